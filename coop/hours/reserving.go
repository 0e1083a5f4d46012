package hours

import (
	"context"
	"time"

	"github.com/uptrace/bun"

	"lien/coop"
	"lien/rule"
)

// Promise is minutes that are kept for an agreement under way: Member will be helped.
type Promise struct {
	Cooperative coop.CooperativeID
	Agreement   coop.AgreementID
	Member      coop.MemberID
	Minutes     int64
	At          time.Time
}

// HoldAll locks the accounts of these members and those where their hours go, in the order of
// their ids, inside the caller's transaction: it is for who moves hours of several of them
// one after the other, so that no two such wait for each other.
func (l *Ledger) HoldAll(ctx context.Context, tx bun.Tx, cooperative coop.CooperativeID, members []coop.MemberID) error {
	_, err := tx.NewRaw(`SELECT a.id
FROM coop.hours_accounts a
WHERE a.cooperative_id = ?0 AND (a.member_id IN (?1)
  OR a.id = ANY (ARRAY(SELECT goes_to FROM coop.hours_accounts WHERE cooperative_id = ?0 AND member_id IN (?1) AND goes_to IS NOT NULL)))
ORDER BY a.id
FOR UPDATE`, cooperative, bun.List(members)).Exec(ctx)
	return err
}

// Reserve keeps minutes where the member's hours stand, inside the caller's transaction,
// until Pay or Release of the same agreement: they cannot be promised again. Reserving
// twice is reserving once; what was given back can be kept again, for another day. It returns *rule.Invalid on "minutes" when too much is promised
// already; the sentence tells nobody what the member has.
func (l *Ledger) Reserve(ctx context.Context, tx bun.Tx, p Promise) error {
	limits, a, _, err := lock(ctx, tx, move{cooperative: p.Cooperative, agreement: p.Agreement, from: p.Member, to: p.Member})
	switch {
	case err != nil:
		return err
	case a.Kept > 0:
		return nil
	case a.free()-p.Minutes < limits.HardFloor*a.People:
		return rule.Broken("minutes", "hours.floor")
	}
	_, err = tx.NewRaw(`WITH kept AS (
  INSERT INTO coop.hours_reserved (cooperative_id, agreement_id, member_id, account_id, minutes, at)
  VALUES (?, ?, ?, ?, ?, ?)
  ON CONFLICT (cooperative_id, agreement_id) DO UPDATE
  SET account_id = excluded.account_id, released_at = NULL
  RETURNING cooperative_id, account_id, minutes
)
UPDATE coop.hours_accounts a
SET reserved = a.reserved + kept.minutes
FROM kept
WHERE a.cooperative_id = kept.cooperative_id AND a.id = kept.account_id`,
		p.Cooperative, p.Agreement, p.Member, a.ID, p.Minutes, p.At).Exec(ctx)
	return err
}

// Release gives back what was kept for an agreement that came to nothing, inside the
// caller's transaction. Releasing what is not kept does nothing.
func (l *Ledger) Release(ctx context.Context, tx bun.Tx, p Promise) error {
	_, a, _, err := lock(ctx, tx, move{cooperative: p.Cooperative, agreement: p.Agreement, from: p.Member, to: p.Member})
	if err != nil || a.Kept == 0 {
		return err
	}
	_, err = tx.NewRaw(`WITH kept AS (
  UPDATE coop.hours_reserved
  SET released_at = ?
  WHERE cooperative_id = ? AND agreement_id = ? AND released_at IS NULL
  RETURNING cooperative_id, account_id, minutes
)
UPDATE coop.hours_accounts a
SET reserved = a.reserved - kept.minutes
FROM kept
WHERE a.cooperative_id = kept.cooperative_id AND a.id = kept.account_id`, p.At, p.Cooperative, p.Agreement).Exec(ctx)
	return err
}
