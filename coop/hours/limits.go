package hours

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"github.com/google/uuid"
	"github.com/uptrace/bun"

	"lien/coop"
	"lien/database"
	"lien/rule"
)

// farthest is how far any limit may be from zero, in minutes: a slip of the pen is no vote.
const farthest = 1000 * 60

// Change is the cooperative's limits as they were voted: from when they hold, who wrote
// them down, and what was decided. The first ones are those that a cooperative begins
// with: nobody voted them, and By is empty.
type Change struct {
	N int
	Limits
	VotedOn time.Time // the day of the vote, zero for the first
	Words   string
	By      string
	At      time.Time
}

// Amendment is new limits, as the form holds them. Seen is the number of the change that
// the page showed as the latest.
type Amendment struct {
	Key     uuid.UUID
	Seen    int
	Limits  Limits
	VotedOn time.Time
	Words   string
}

// check returns the amendment as it is kept, or what is wrong with it.
func (a Amendment) check(now time.Time) (_ Amendment, err error) {
	l := a.Limits
	switch {
	case l.SoftFloor > 0 || l.SoftFloor < -farthest:
		return a, rule.Broken("soft", "limits.soft_wrong")
	case l.HardFloor > l.SoftFloor || l.HardFloor < -farthest:
		return a, rule.Broken("hard", "limits.hard_wrong")
	case l.Ceiling <= 0 || l.Ceiling > farthest:
		return a, rule.Broken("ceiling", "limits.ceiling_wrong")
	case l.PerAct <= 0 || l.PerAct > 24*60:
		return a, rule.Broken("per_act", "limits.per_act_wrong")
	}
	if err := CheckVote(a.VotedOn, now); err != nil {
		return a, err
	}
	a.Words, err = rule.Text("words", a.Words, 3, 500)
	return a, err
}

// CheckVote refuses a day on which nothing can have been voted: none, or one to come.
// Field is "voted_on".
func CheckVote(on, now time.Time) error {
	switch {
	case on.IsZero() || on.Year() < 1900:
		return rule.Broken("voted_on", "limits.vote_missing")
	case on.After(now):
		return rule.Broken("voted_on", "limits.vote_to_come")
	}
	return nil
}

// Amend writes down limits that the members voted. Only a facilitator or the treasurer
// may. It moves no hours: who is beyond a new limit stays there until their next act. Who
// had not seen the latest limits gets ErrMoved; the same key twice is one change.
func (l *Ledger) Amend(ctx context.Context, actor coop.Actor, a Amendment) error {
	now := l.now()
	err := l.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		if err := Steward(ctx, tx, actor); err != nil {
			return err
		}
		if err := open(ctx, tx, actor.Cooperative, coop.MemberID{}); err != nil {
			return err
		}
		last, done, err := lockLimits(ctx, tx, actor, a.Key)
		if err != nil || done {
			return err
		}
		if a, err = a.check(now); err != nil {
			return err
		}
		if last != a.Seen {
			return rule.ErrMoved
		}
		_, err = tx.NewRaw(`WITH now AS (
  UPDATE coop.hours_limits
  SET soft_floor = ?, hard_floor = ?, ceiling = ?, per_act = ?
  WHERE cooperative_id = ?
  RETURNING cooperative_id, soft_floor, hard_floor, ceiling, per_act
)
INSERT INTO coop.hours_limit_changes (cooperative_id, n, soft_floor, hard_floor, ceiling, per_act, voted_on, words, by_member_id, client_key, at)
SELECT cooperative_id, ?, soft_floor, hard_floor, ceiling, per_act, ?::date, ?, ?, ?, ? FROM now`,
			a.Limits.SoftFloor, a.Limits.HardFloor, a.Limits.Ceiling, a.Limits.PerAct, actor.Cooperative,
			last+1, a.VotedOn.Format(time.DateOnly), a.Words, actor.Member, a.Key, now).Exec(ctx)
		return err
	})
	if database.Broken(err) == "limits_are_changed_once" {
		return rule.ErrMoved
	}
	return err
}

// lockLimits returns the number of the latest change, and whether the key made one before.
func lockLimits(ctx context.Context, tx bun.Tx, actor coop.Actor, key uuid.UUID) (last int, done bool, err error) {
	if _, err := tx.NewRaw(`SELECT cooperative_id FROM coop.hours_limits WHERE cooperative_id = ? FOR UPDATE`, actor.Cooperative).Exec(ctx); err != nil {
		return 0, false, err
	}
	err = tx.NewRaw(`SELECT coalesce(max(n), 0), coalesce(bool_or(by_member_id = ? AND client_key = ?), false)
FROM coop.hours_limit_changes
WHERE cooperative_id = ?`, actor.Member, key, actor.Cooperative).Scan(ctx, &last, &done)
	return last, done, err
}

// Changes lists how the limits came to be, the latest first, fifty at most. Only a
// facilitator or the treasurer may read them.
func (l *Ledger) Changes(ctx context.Context, actor coop.Actor) (list []Change, err error) {
	if err := Steward(ctx, l.db, actor); err != nil {
		return nil, err
	}
	err = l.db.NewRaw(`SELECT c.n, c.soft_floor, c.hard_floor, c.ceiling, c.per_act, c.voted_on, c.words, c.at,
  CASE WHEN m.state = 'left' THEN '' ELSE coalesce(m.name, '') END AS "by"
FROM coop.hours_limit_changes c
LEFT JOIN coop.members m ON m.cooperative_id = c.cooperative_id AND m.id = c.by_member_id
WHERE c.cooperative_id = ?
ORDER BY c.n DESC
LIMIT 50`, actor.Cooperative).Scan(ctx, &list)
	return list, err
}

// Limits returns the cooperative's limits.
func (l *Ledger) Limits(ctx context.Context, db bun.IDB, cooperative coop.CooperativeID) (Limits, error) {
	var found Limits
	err := db.NewRaw(`SELECT soft_floor, hard_floor, ceiling, per_act
FROM coop.hours_limits
WHERE cooperative_id = ?`, cooperative).Scan(ctx, &found.SoftFloor, &found.HardFloor, &found.Ceiling, &found.PerAct)
	if errors.Is(err, sql.ErrNoRows) {
		return customary, nil
	}
	return found, err
}

// stewards is whether a member looks after the hours; it asks for the cooperative and them.
const stewards = `EXISTS (
  SELECT FROM coop.member_roles r
  JOIN coop.members me ON me.cooperative_id = r.cooperative_id AND me.id = r.member_id AND me.state IN ('welcomed', 'active')
  WHERE r.cooperative_id = ? AND r.member_id = ? AND r.role IN ('facilitator', 'treasurer') AND r.until_at IS NULL)`

// Steward answers ErrNotFound to who does not look after the cooperative's hours: that is
// its facilitators and its treasurer, while they are active members.
func Steward(ctx context.Context, db bun.IDB, actor coop.Actor) error {
	var yes bool
	err := db.NewRaw(`SELECT `+stewards, actor.Cooperative, actor.Member).Scan(ctx, &yes)
	if err == nil && !yes {
		return rule.ErrNotFound
	}
	return err
}

// Low is a member who has reached the soft floor, as those who look after the hours see
// them: who it is, never how much.
type Low struct {
	ID   coop.MemberID
	Name string
}

// Lows lists the members whose hours have reached the soft floor, thirty at most, by name.
// Only a facilitator or the treasurer may read them, to offer what the fund can do.
func (l *Ledger) Lows(ctx context.Context, actor coop.Actor) (list []Low, err error) {
	if err := Steward(ctx, l.db, actor); err != nil {
		return nil, err
	}
	err = l.db.NewRaw(`SELECT m.id, m.name
`+lows+`
ORDER BY m.name, m.id
LIMIT ?`, actor.Cooperative, actor.Member, MostLow).Scan(ctx, &list)
	return list, err
}

// Low counts the members of Lows: none for who may not read them.
func (l *Ledger) Low(ctx context.Context, actor coop.Actor) (n int, err error) {
	err = l.db.NewRaw(`SELECT count(*) FROM (SELECT `+lows+` LIMIT ?) s WHERE `+stewards,
		actor.Cooperative, actor.Member, MostLow, actor.Cooperative, actor.Member).Scan(ctx, &n)
	return n, err
}

// MostLow is how many members who reached the soft floor are listed at once.
const MostLow = 30

// lows are the members but one whose hours have reached the soft floor; it asks for the
// cooperative and that one.
const lows = standsIn + `
JOIN coop.hours_limits l ON l.cooperative_id = a.cooperative_id
JOIN coop.members m ON m.cooperative_id = mine.cooperative_id AND m.id = mine.member_id AND m.state IN ('welcomed', 'active')
WHERE mine.cooperative_id = ? AND m.id <> ? AND a.balance <= l.soft_floor * a.people`
