package hours

import (
	"context"
	"encoding/json"
	"slices"

	"github.com/google/uuid"
	"github.com/uptrace/bun"

	"lien/coop"
	"lien/rule"
)

// Opening is what a member had in the list that the cooperative kept before, in minutes:
// fewer than none when they owed some.
type Opening struct {
	Member  coop.MemberID
	Minutes int64
}

// OpenAll makes sure that members have accounts of hours, inside the caller's transaction.
func (l *Ledger) OpenAll(ctx context.Context, tx bun.Tx, cooperative coop.CooperativeID, members []coop.MemberID) error {
	if err := open(ctx, tx, cooperative, coop.MemberID{}); err != nil || len(members) == 0 {
		return err
	}
	list, err := json.Marshal(members)
	if err != nil {
		return err
	}
	_, err = tx.NewRaw(`INSERT INTO coop.hours_accounts (cooperative_id, id, kind, member_id, balance)
SELECT ?, gen_random_uuid(), 'member', id::uuid, 0
FROM jsonb_array_elements_text(?::jsonb) AS id
ORDER BY id
ON CONFLICT DO NOTHING`, cooperative, string(list)).Exec(ctx)
	return err
}

// Begin writes opening balances, once for each member, between the fund and the account
// where their hours stand, inside the caller's transaction. It returns what was written:
// whose balance would pass a limit, who has no account, and who had an opening balance
// before, is left out. The caller decides who may, and that each is named once.
func (l *Ledger) Begin(ctx context.Context, tx bun.Tx, by coop.Actor, openings []Opening) (map[coop.MemberID]coop.TransferID, error) {
	written := map[coop.MemberID]coop.TransferID{}
	if len(openings) == 0 {
		return written, nil
	}
	members := make([]coop.MemberID, len(openings))
	for n, o := range openings {
		members[n] = o.Member
	}
	rows, err := lockMany(ctx, tx, by.Cooperative, members)
	if err != nil {
		return nil, err
	}
	moves, deltas := books(rows, openings)
	if len(moves) == 0 {
		return written, nil
	}
	for _, m := range moves {
		written[m.Member] = m.ID
	}
	return written, l.post(ctx, tx, by, moves, deltas)
}

// lockMany locks the fund, the accounts of members and those where their hours go, in the
// order of their ids. Then it leaves out who has an opening balance already.
func lockMany(ctx context.Context, tx bun.Tx, cooperative coop.CooperativeID, members []coop.MemberID) (rows []locked, err error) {
	err = tx.NewRaw(`SELECT a.id, a.kind, a.member_id, a.goes_to, a.people, a.balance, a.reserved, l.soft_floor, l.hard_floor, l.ceiling, l.per_act
FROM coop.hours_accounts a
JOIN coop.hours_limits l ON l.cooperative_id = a.cooperative_id
WHERE a.cooperative_id = ?0 AND (a.kind = 'fund' OR a.member_id IN (?1)
  OR a.id = ANY (ARRAY(SELECT goes_to FROM coop.hours_accounts WHERE cooperative_id = ?0 AND member_id IN (?1) AND goes_to IS NOT NULL)))
ORDER BY a.id
FOR UPDATE OF a`, cooperative, bun.List(members)).Scan(ctx, &rows)
	if err != nil {
		return nil, err
	}
	var before []coop.MemberID
	err = tx.NewRaw(`SELECT client_key FROM coop.transfers WHERE cooperative_id = ? AND kind = ? AND client_key IN (?)`,
		cooperative, AsOpening, bun.List(members)).Scan(ctx, &before)
	has := make(map[coop.MemberID]bool, len(before))
	for _, m := range before {
		has[m] = true
	}
	return slices.DeleteFunc(rows, func(r locked) bool { return r.Kind == "member" && has[r.MemberID] }), err
}

// beginning is one opening balance as SQL takes it: the transfer and its two entries.
type beginning struct {
	ID                 coop.TransferID
	Member             coop.MemberID
	Minutes            int64
	From, To           coop.HoursID
	FromMember, Toward *coop.MemberID
}

// books decides which openings fit into the locked accounts, one after the other, and what
// each account gains by them.
func books(rows []locked, openings []Opening) (moves []beginning, deltas map[coop.HoursID]int64) {
	deltas = map[coop.HoursID]int64{}
	byID, byMember, fund := map[coop.HoursID]locked{}, map[coop.MemberID]locked{}, coop.HoursID{}
	for _, r := range rows {
		byID[r.ID] = r
		switch r.Kind {
		case "fund":
			fund = r.ID
		case "member":
			byMember[r.MemberID] = r
		}
	}
	for _, o := range openings {
		own, found := byMember[o.Member]
		if !found || o.Minutes == 0 {
			continue
		}
		if own.GoesTo != (coop.HoursID{}) {
			if own, found = byID[own.GoesTo]; !found { // they began to share it just now
				continue
			}
		}
		if !own.begins(o.Minutes, deltas[own.ID]) {
			continue
		}
		member := o.Member
		b := beginning{ID: rule.NewID[coop.TransferID](), Member: member, Minutes: o.Minutes, From: fund, To: own.ID, Toward: &member}
		if o.Minutes < 0 {
			b.Minutes, b.From, b.To, b.FromMember, b.Toward = -o.Minutes, own.ID, fund, &member, nil
		}
		moves = append(moves, b)
		deltas[own.ID] += o.Minutes
		deltas[fund] -= o.Minutes
	}
	return moves, deltas
}

// begins reports whether an account stays within the limits with an opening balance, beside
// what others of the same list brought to it.
func (r locked) begins(minutes, brought int64) bool {
	if minutes > 0 {
		return r.Balance+brought+minutes <= r.Ceiling*r.People
	}
	return r.Balance+brought-r.Reserved+minutes >= r.HardFloor*r.People
}

// post writes the transfers, their entries and the balances.
func (l *Ledger) post(ctx context.Context, tx bun.Tx, by coop.Actor, moves []beginning, deltas map[coop.HoursID]int64) error {
	list, err := json.Marshal(moves)
	if err != nil {
		return err
	}
	_, err = tx.NewRaw(`WITH moves AS (
  SELECT * FROM jsonb_to_recordset(?0::jsonb) AS m ("ID" uuid, "Member" uuid, "Minutes" bigint, "From" uuid, "To" uuid, "FromMember" uuid, "Toward" uuid)
), made AS (
  INSERT INTO coop.transfers (cooperative_id, id, client_key, kind, minutes, by_member_id, at)
  SELECT ?1, "ID", "Member", ?2, "Minutes", ?3, ?4 FROM moves
)
INSERT INTO coop.entries (cooperative_id, transfer_id, side, account_id, member_id, amount, at)
SELECT ?1, m."ID", e.side, e.account, e.member, m."Minutes", ?4
FROM moves m, LATERAL (VALUES (-1, m."From", m."FromMember"), (1, m."To", m."Toward")) AS e (side, account, member)`,
		string(list), by.Cooperative, AsOpening, rule.OrNone(by.Member), l.now()).Exec(ctx)
	if err != nil {
		return refused(err)
	}
	gains := make(map[uuid.UUID]int64, len(deltas))
	for id, minutes := range deltas {
		gains[id.UUID] = minutes
	}
	if list, err = json.Marshal(gains); err != nil {
		return err
	}
	_, err = tx.NewRaw(`UPDATE coop.hours_accounts a
SET balance = a.balance + g.value::bigint
FROM jsonb_each_text(?::jsonb) AS g
WHERE a.cooperative_id = ? AND a.id = g.key::uuid`, string(list), by.Cooperative).Exec(ctx)
	return err
}
