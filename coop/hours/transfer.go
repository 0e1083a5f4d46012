package hours

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"slices"

	"github.com/uptrace/bun"

	"lien/coop"
	"lien/coop/inbox"
	"lien/rule"
)

// transfer writes m in three statements: lock both accounts, insert the transfer with
// its two entries, move both balances. A key that was used before changes nothing and
// returns what it did the first time.
func transfer(ctx context.Context, tx bun.Tx, m move) (Receipt, error) {
	if m.from == m.to {
		return Receipt{}, rule.Broken("to", "hours.oneself")
	}
	limits, from, to, err := lock(ctx, tx, m)
	if err != nil {
		return Receipt{}, err
	}
	refusal := limits.check(m, from, to)
	if from.ID == to.ID {
		refusal = rule.Broken("minutes", "hours.one_account")
	}
	if refusal != nil {
		// A transfer sent again may no longer fit, and still is the one that was made.
		return earlier(ctx, tx, m, refusal)
	}
	id, err := insert(ctx, tx, m, from, to)
	if errors.Is(err, sql.ErrNoRows) {
		return earlier(ctx, tx, m, rule.ErrMoved)
	}
	if err != nil {
		return Receipt{}, refused(err)
	}
	if err := shift(ctx, tx, m, from, to); err != nil {
		return Receipt{}, refused(err)
	}
	if err := label(ctx, tx, m, id, from); err != nil {
		return Receipt{}, err
	}
	floor := limits.SoftFloor * from.People
	r := Receipt{Transfer: id, Minutes: m.minutes, Low: !from.Fund() && from.Balance-m.minutes <= floor}
	if r.Low && from.Balance > floor {
		return r, suggest(ctx, tx, m, id)
	}
	return r, nil
}

// suggest tells who has just reached the soft floor, and nobody else, that there are ideas
// on their page.
func suggest(ctx context.Context, tx bun.Tx, m move, id coop.TransferID) error {
	return inbox.Tell(ctx, tx, inbox.Item{
		Cooperative: m.cooperative, Member: m.from, Kind: "hours_idea", Subject: id.UUID, Once: "idea:" + id.String(), At: m.at,
	})
}

// lock takes the accounts where the hours of both stand, in the order of their ids, and
// reads the limits beside them. An account that is missing is opened first.
func lock(ctx context.Context, tx bun.Tx, m move) (limits Limits, from, to account, err error) {
	rows, err := lockRows(ctx, tx, m)
	if err == nil && len(rows) == 0 {
		if err = openBoth(ctx, tx, m); err == nil {
			rows, err = lockRows(ctx, tx, m)
		}
	}
	if err != nil {
		return limits, from, to, err
	}
	if from, err = standing(rows, m.from); err != nil {
		return limits, from, to, err
	}
	to, err = standing(rows, m.to)
	to.Kept = 0 // hours are kept of who is helped
	return rows[0].Limits, from, to, err
}

// openBoth opens the accounts that are missing, in the order of the members' ids, so that
// no two wait for each other.
func openBoth(ctx context.Context, tx bun.Tx, m move) error {
	first, second := m.from, m.to
	if bytes.Compare(first.UUID[:], second.UUID[:]) > 0 {
		first, second = second, first
	}
	if err := open(ctx, tx, m.cooperative, first); err != nil {
		return err
	}
	return open(ctx, tx, m.cooperative, second)
}

type locked struct {
	account
	Limits
}

// lockRows locks the accounts of both people and those where their hours go. They are all
// locked, so that nobody begins to share an account, or ceases to, meanwhile; or none is,
// when one is missing: who opens it must not hold the others.
func lockRows(ctx context.Context, tx bun.Tx, m move) (rows []locked, err error) {
	fund := m.from == coop.MemberID{} || m.to == coop.MemberID{}
	needed := 2
	if m.from == m.to {
		needed = 1
	}
	err = tx.NewRaw(`SELECT a.id, a.kind, a.member_id, a.goes_to, a.people, a.balance, a.reserved,
  coalesce((SELECT minutes FROM coop.hours_reserved WHERE cooperative_id = ?0 AND agreement_id = ?4 AND released_at IS NULL), 0) AS kept,
  CASE WHEN a.kind = 'fund' THEN coalesce((SELECT cap FROM coop.minting_rules WHERE cooperative_id = ?0 AND ended_at IS NULL), 0) ELSE 0 END AS below,
  l.soft_floor, l.hard_floor, l.ceiling, l.per_act
FROM coop.hours_accounts a
JOIN coop.hours_limits l ON l.cooperative_id = a.cooperative_id
WHERE a.cooperative_id = ?0 AND (a.member_id IN (?1, ?2) OR (a.kind = 'fund' AND ?3)
  OR a.id = ANY (ARRAY(SELECT goes_to FROM coop.hours_accounts WHERE cooperative_id = ?0 AND member_id IN (?1, ?2) AND goes_to IS NOT NULL)))
  AND (SELECT count(*) FROM coop.hours_accounts WHERE cooperative_id = ?0 AND (member_id IN (?1, ?2) OR (kind = 'fund' AND ?3))) = (?5)
ORDER BY a.id
FOR UPDATE OF a`, m.cooperative, m.from, m.to, fund, rule.OrNone(m.agreement), needed).Scan(ctx, &rows)
	return rows, err
}

// own reports whether the account is the member's, or the fund for the zero member.
func (a account) own(m coop.MemberID) bool {
	return a.MemberID == m && a.Fund() == (m == coop.MemberID{}) && a.Kind != "household"
}

// standing finds the account where the member's hours stand. ErrMoved says that they began
// to share one while this transfer waited for the lock: the next try finds it.
func standing(rows []locked, m coop.MemberID) (account, error) {
	n := slices.IndexFunc(rows, func(r locked) bool { return r.own(m) })
	if n < 0 {
		return account{}, rule.ErrNotFound
	}
	goes := rows[n].GoesTo
	if goes == (coop.HoursID{}) {
		return rows[n].account, nil
	}
	if n = slices.IndexFunc(rows, func(r locked) bool { return r.ID == goes }); n < 0 {
		return account{}, rule.ErrMoved
	}
	return rows[n].account, nil
}

func insert(ctx context.Context, tx bun.Tx, m move, from, to account) (id coop.TransferID, err error) {
	id = rule.NewID[coop.TransferID]()
	var inserted int
	err = tx.NewRaw(`WITH t AS (
  INSERT INTO coop.transfers (cooperative_id, id, client_key, kind, minutes, agreement_id, corrects_id, by_member_id, at)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
  ON CONFLICT (cooperative_id, kind, client_key) DO NOTHING
  RETURNING cooperative_id, id, minutes, at
)
INSERT INTO coop.entries (cooperative_id, transfer_id, side, account_id, member_id, amount, at)
SELECT t.cooperative_id, t.id, e.side, e.account_id, e.member_id, t.minutes, t.at
FROM t, (VALUES (-1, ?::uuid, ?::uuid), (1, ?::uuid, ?::uuid)) AS e (side, account_id, member_id)
RETURNING 1`,
		m.cooperative, id, m.key, m.kind, m.minutes, rule.OrNone(m.agreement), rule.OrNone(m.corrects), rule.OrNone(m.by), m.at,
		from.ID, rule.OrNone(m.from), to.ID, rule.OrNone(m.to)).Scan(ctx, &inserted)
	return id, err
}

// shift moves both balances, and gives back what was kept for the agreement.
func shift(ctx context.Context, tx bun.Tx, m move, from, to account) error {
	_, err := tx.NewRaw(`UPDATE coop.hours_accounts
SET balance = balance + CASE WHEN id = ?0 THEN (?1) ELSE (?2) END, reserved = reserved - CASE WHEN id = ?0 THEN (?3) ELSE 0 END
WHERE cooperative_id = ?4 AND id IN (?0, ?5)`, from.ID, -m.minutes, m.minutes, from.Kept, m.cooperative, to.ID).Exec(ctx)
	if err != nil || from.Kept == 0 {
		return err
	}
	_, err = tx.NewRaw(`UPDATE coop.hours_reserved
SET released_at = ?
WHERE cooperative_id = ? AND agreement_id = ?`, m.at, m.cooperative, m.agreement).Exec(ctx)
	return err
}

// label writes beside a transfer which of its minutes the fund did not have: those the
// community made, under the rule that holds.
func label(ctx context.Context, tx bun.Tx, m move, id coop.TransferID, from account) error {
	made := m.minutes - max(from.free(), 0)
	if !from.Fund() || made <= 0 || m.kind == AsCorrection || m.kind == AtDeparture || m.kind == DepositBack {
		return nil
	}
	_, err := tx.NewRaw(`INSERT INTO coop.minted_hours (cooperative_id, transfer_id, rule_id, minutes)
SELECT cooperative_id, ?, id, ?
FROM coop.minting_rules
WHERE cooperative_id = ? AND ended_at IS NULL`, id, made, m.cooperative).Exec(ctx)
	return err
}

// earlier returns what the key of m did before, if it was the same person's; otherwise
// the reason not to do it now.
func earlier(ctx context.Context, tx bun.Tx, m move, reason error) (r Receipt, err error) {
	err = tx.NewRaw(`SELECT id, minutes
FROM coop.transfers
WHERE cooperative_id = ? AND client_key = ? AND kind = ? AND by_member_id = ? AND kind <> 'correction'`,
		m.cooperative, m.key, m.kind, m.by).Scan(ctx, &r.Transfer, &r.Minutes)
	if errors.Is(err, sql.ErrNoRows) {
		return r, reason
	}
	return r, err
}

func open(ctx context.Context, tx bun.IDB, cooperative coop.CooperativeID, member coop.MemberID) error {
	_, err := tx.NewRaw(`WITH limits AS (
  INSERT INTO coop.hours_limits (cooperative_id, soft_floor, hard_floor, ceiling, per_act)
  VALUES (?, ?, ?, ?, ?)
  ON CONFLICT (cooperative_id) DO NOTHING
  RETURNING cooperative_id, soft_floor, hard_floor, ceiling, per_act
), first AS (
  INSERT INTO coop.hours_limit_changes (cooperative_id, n, soft_floor, hard_floor, ceiling, per_act, words, at)
  SELECT l.cooperative_id, 1, l.soft_floor, l.hard_floor, l.ceiling, l.per_act, '', c.created_at
  FROM limits l JOIN coop.cooperatives c ON c.id = l.cooperative_id
)
INSERT INTO coop.hours_accounts (cooperative_id, id, kind, member_id, balance)
SELECT ?, a.id, a.kind, a.member_id, 0
FROM (VALUES (?::uuid, 'fund', NULL::uuid), (?::uuid, 'member', ?::uuid)) AS a (id, kind, member_id)
WHERE a.kind = 'fund' OR a.member_id IS NOT NULL
ON CONFLICT DO NOTHING`,
		cooperative, customary.SoftFloor, customary.HardFloor, customary.Ceiling, customary.PerAct,
		cooperative, rule.NewID[coop.HoursID](), rule.NewID[coop.HoursID](), rule.OrNone(member)).Exec(ctx)
	return err
}
