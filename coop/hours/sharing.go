package hours

import (
	"bytes"
	"context"
	"slices"
	"time"

	"github.com/google/uuid"
	"github.com/uptrace/bun"

	"lien/coop"
	"lien/rule"
)

// Sharing is what members of a household do with the account that they share. Member is
// whom it concerns, By whose act it is.
type Sharing struct {
	Cooperative coop.CooperativeID
	Household   coop.HouseholdID
	Member      coop.MemberID
	By          coop.MemberID
	At          time.Time
}

// Hold makes sure that there is an account of the household and one of each member, and
// locks them all in the order of their ids, inside the caller's transaction. It comes
// before acts that touch several of them, so that no two wait for each other.
func (l *Ledger) Hold(ctx context.Context, tx bun.Tx, cooperative coop.CooperativeID, household coop.HouseholdID, members []coop.MemberID) error {
	members = slices.SortedFunc(slices.Values(members), func(a, b coop.MemberID) int { return bytes.Compare(a.UUID[:], b.UUID[:]) })
	for _, member := range members { // a household is a handful of people
		if err := open(ctx, tx, cooperative, member); err != nil {
			return err
		}
	}
	_, err := tx.NewRaw(`INSERT INTO coop.hours_accounts (cooperative_id, id, kind, household_id, people, balance)
VALUES (?, ?, 'household', ?, 0, 0)
ON CONFLICT DO NOTHING`, cooperative, rule.NewID[coop.HoursID](), household).Exec(ctx)
	if err != nil {
		return err
	}
	_, err = tx.NewRaw(`SELECT id
FROM coop.hours_accounts
WHERE cooperative_id = ? AND (household_id = ? OR member_id IN (?))
ORDER BY id
FOR UPDATE`, cooperative, household, bun.List(members)).Exec(ctx)
	return err
}

// Share brings all that a member has, or owes, into the household's account, after Hold
// and inside the caller's transaction. From then on their hours go to it and come from it.
// The caller knows that all who share it agree. Sharing twice is sharing once; who shares
// another account gets ErrMoved.
func (l *Ledger) Share(ctx context.Context, tx bun.Tx, s Sharing) error {
	home, own, err := lockHome(ctx, tx, s)
	switch {
	case err != nil:
		return err
	case own.GoesTo == home.ID:
		return nil
	case own.GoesTo != coop.HoursID{}:
		return rule.ErrMoved
	}
	if err := pass(ctx, tx, s, own, home, own.Balance); err != nil {
		return err
	}
	return point(ctx, tx, s.Cooperative, own.ID, home.ID, home.ID, 1)
}

// Part lets a member's hours stand in an account of their own again, empty, inside the
// caller's transaction. What they gathered stays until Divide. It reports whether they
// shared the household's account at all.
func (l *Ledger) Part(ctx context.Context, tx bun.Tx, s Sharing) (shared bool, err error) {
	home, own, err := lockHome(ctx, tx, s)
	if err != nil || home.ID == (coop.HoursID{}) || own.GoesTo != home.ID {
		return false, err
	}
	return true, point(ctx, tx, s.Cooperative, own.ID, home.ID, coop.HoursID{}, -1)
}

// Divide passes minutes from the household's account to where the member's hours stand
// now, inside the caller's transaction; fewer than none are passed the other way, as when
// a debt is shared. No limit stands in the way: nothing is earned or spent by it. Who
// still shares the account gets ErrMoved.
func (l *Ledger) Divide(ctx context.Context, tx bun.Tx, s Sharing, minutes int64) error {
	home, own, err := lockHome(ctx, tx, s)
	if err != nil {
		return err
	}
	if home.ID == (coop.HoursID{}) || own.GoesTo == home.ID {
		return rule.ErrMoved
	}
	if own.GoesTo != (coop.HoursID{}) { // they share another one by now
		own.ID = own.GoesTo
	}
	return pass(ctx, tx, s, home, own, minutes)
}

// Rest divides all that is left to the member, whose hours stand in an account of their
// own from then on. It comes after Hold.
func (l *Ledger) Rest(ctx context.Context, tx bun.Tx, s Sharing) error {
	if _, err := l.Part(ctx, tx, s); err != nil {
		return err
	}
	home, _, err := lockHome(ctx, tx, s)
	if err != nil {
		return err
	}
	return l.Divide(ctx, tx, s, home.Balance)
}

// Home is what stands in a household's account: in all, and how many share it.
type Home struct {
	Balance int64
	People  int64
	Parts   []Part // what came of each person's own acts, by name
}

// Part is what one person brought in and earned, less what they were helped with.
type Part struct {
	Member  coop.MemberID
	Minutes int64
}

// Home returns what stands in a household's account, with what came of whose acts. It is
// for the household's own members and for who decides between them.
func (l *Ledger) Home(ctx context.Context, db bun.IDB, cooperative coop.CooperativeID, household coop.HouseholdID) (h Home, err error) {
	err = db.NewRaw(`SELECT coalesce(sum(balance), 0)::bigint, coalesce(sum(people), 0)::bigint
FROM coop.hours_accounts
WHERE cooperative_id = ? AND household_id = ?`, cooperative, household).Scan(ctx, &h.Balance, &h.People)
	if err != nil {
		return h, err
	}
	err = db.NewRaw(`SELECT e.member_id AS member, sum(e.minutes)::bigint AS minutes
FROM coop.hours_accounts a
JOIN coop.entries e ON e.cooperative_id = a.cooperative_id AND e.account_id = a.id
WHERE a.cooperative_id = ? AND a.household_id = ?
GROUP BY e.member_id
ORDER BY e.member_id`, cooperative, household).Scan(ctx, &h.Parts)
	return h, err
}

// Apart refuses two members whose hours stand in one account: between them nothing would
// move. Field is the form's name of what is asked.
func (l *Ledger) Apart(ctx context.Context, db bun.IDB, cooperative coop.CooperativeID, field string, one, other coop.MemberID) error {
	var together bool
	err := db.NewRaw(`SELECT EXISTS (
  SELECT FROM coop.hours_accounts a
  JOIN coop.hours_accounts b ON b.cooperative_id = a.cooperative_id AND b.goes_to = a.goes_to
  WHERE a.cooperative_id = ? AND a.member_id = ? AND b.member_id = ?)`, cooperative, one, other).Scan(ctx, &together)
	if err == nil && together {
		return rule.Broken(field, "hours.one_account")
	}
	return err
}

// lockHome locks the household's account, the member's own, and the one where the member's
// hours stand, in the order of their ids. The first is zero when there is none.
func lockHome(ctx context.Context, tx bun.Tx, s Sharing) (home, own account, err error) {
	var rows []account
	err = tx.NewRaw(`SELECT id, kind, member_id, household_id, goes_to, people, balance
FROM coop.hours_accounts
WHERE cooperative_id = ?0 AND (household_id = ?1 OR member_id = ?2
  OR id = ANY (ARRAY(SELECT goes_to FROM coop.hours_accounts WHERE cooperative_id = ?0 AND member_id = ?2 AND goes_to IS NOT NULL)))
ORDER BY id
FOR UPDATE`, s.Cooperative, s.Household, s.Member).Scan(ctx, &rows)
	for _, a := range rows {
		if a.own(s.Member) {
			own = a
		}
		if a.HouseholdID == s.Household {
			home = a
		}
	}
	if err == nil && own.ID == (coop.HoursID{}) {
		err = rule.ErrNotFound
	}
	return home, own, err
}

// pass writes a transfer between a household's account and a member's: the entries of both
// are the member's. Fewer minutes than none go the other way, none at all are no transfer.
func pass(ctx context.Context, tx bun.Tx, s Sharing, from, to account, minutes int64) error {
	if minutes == 0 {
		return nil
	}
	if minutes < 0 {
		from, to, minutes = to, from, -minutes
	}
	m := move{
		cooperative: s.Cooperative, key: uuid.Must(uuid.NewV7()), kind: AtHome, from: s.Member, to: s.Member,
		minutes: minutes, by: s.By, at: s.At,
	}
	if _, err := insert(ctx, tx, m, from, to); err != nil {
		return err
	}
	return shift(ctx, tx, m, from, to)
}

// point says where a member's hours go from now on, and counts who shares the home. What is
// promised for the member goes with them.
func point(ctx context.Context, tx bun.Tx, cooperative coop.CooperativeID, own, home, to coop.HoursID, people int) error {
	_, err := tx.NewRaw(`UPDATE coop.hours_accounts
SET goes_to = CASE WHEN id = ?0 THEN ?1::uuid END, people = people + CASE WHEN id = ?2 THEN (?3) ELSE 0 END
WHERE cooperative_id = ?4 AND id IN (?0, ?2)`, own, rule.OrNone(to), home, people, cooperative).Exec(ctx)
	if err != nil {
		return err
	}
	_, err = tx.NewRaw(`WITH moved AS (
  UPDATE coop.hours_reserved r
  SET account_id = CASE WHEN ?3 THEN ?1::uuid ELSE ?2::uuid END
  FROM coop.hours_accounts own
  WHERE own.cooperative_id = ?0 AND own.id = ?1 AND r.cooperative_id = ?0 AND r.member_id = own.member_id
    AND r.released_at IS NULL AND r.account_id = CASE WHEN ?3 THEN ?2::uuid ELSE ?1::uuid END
  RETURNING r.minutes
), sum AS (
  SELECT coalesce(sum(minutes), 0)::bigint AS minutes FROM moved
)
UPDATE coop.hours_accounts a
SET reserved = a.reserved + CASE WHEN (a.id = ?1) = ?3 THEN sum.minutes ELSE -sum.minutes END
FROM sum
WHERE a.cooperative_id = ?0 AND a.id IN (?1, ?2) AND sum.minutes > 0`, cooperative, own, home, to == coop.HoursID{}).Exec(ctx)
	return err
}
