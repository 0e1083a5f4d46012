package sharing

import (
	"context"
	"time"

	"github.com/uptrace/bun"

	"lien/coop"
	"lien/coop/inbox"
)

// Shelf is what everybody may know of a thing that is lent: whether it is there, when it
// should be back, how many wait. Never with whom it is.
type Shelf struct {
	There   bool
	DueAt   time.Time // zero when it is there, or kept for somebody
	Waiting int
}

// Shelf returns where a thing that is lent stands.
func (l *Loans) Shelf(ctx context.Context, actor coop.Actor, resource coop.ResourceID) (s Shelf, err error) {
	err = l.db.NewRaw(`
		SELECT count(*) FILTER (WHERE state IN ('held', 'out')) = 0 AS there, max(due_at) FILTER (WHERE state = 'out') AS due_at,
		  count(*) FILTER (WHERE state = 'asked') AS waiting
		FROM coop.loans WHERE cooperative_id = ? AND resource_id = ? AND state IN ('asked', 'held', 'out')`,
		actor.Cooperative, resource).Scan(ctx, &s)
	return s, err
}

// Mine returns the actor's own loans, those that are open first.
func (l *Loans) Mine(ctx context.Context, actor coop.Actor) (list []Loan, err error) {
	err = l.db.NewRaw(`
		SELECT `+loanColumns+`, (SELECT count(*) FROM coop.loans w
		  WHERE w.cooperative_id = l.cooperative_id AND w.resource_id = l.resource_id AND w.state = 'asked' AND w.turn < l.turn) AS before
		`+loanFrom+`
		WHERE l.cooperative_id = ? AND l.member_id = ?
		ORDER BY l.state NOT IN ('asked', 'held', 'out'), l.id DESC LIMIT ?`,
		actor.Cooperative, actor.Member, mostMine).Scan(ctx, &list)
	return list, err
}

// Desk returns the loans that a facilitator has to do with: what is to be handed over, what
// is out, late first. A thing narrows it, the zero id does not.
func (l *Loans) Desk(ctx context.Context, actor coop.Actor, resource coop.ResourceID) (list []Loan, err error) {
	if err := coop.MustFacilitate(ctx, l.db, actor); err != nil {
		return nil, err
	}
	err = l.db.NewRaw(`
		SELECT `+loanColumns+`, CASE WHEN m.state = 'left' THEN '' ELSE m.name END AS by
		`+loanFrom+`
		JOIN coop.members m ON m.cooperative_id = l.cooperative_id AND m.id = l.member_id
		WHERE l.cooperative_id = ? AND l.state IN ('asked', 'held', 'out') AND (? OR l.resource_id = ?)
		ORDER BY l.state <> 'held', l.state <> 'out', l.due_at, l.turn, l.id LIMIT ?`,
		actor.Cooperative, resource == coop.ResourceID{}, resource, mostShown).Scan(ctx, &list)
	return list, err
}

// Waiting counts what waits for a facilitator: what is to be handed over, and what should
// be back; up to a hundred, and none for who does not facilitate.
func (l *Loans) Waiting(ctx context.Context, actor coop.Actor) (n int, err error) {
	err = l.db.NewRaw(`
		SELECT count(*) FROM (
		  SELECT FROM coop.loans t
		  WHERE t.cooperative_id = ? AND (t.state = 'held' OR t.state = 'out' AND t.due_at < ?) AND `+facilitates+` LIMIT 100
		) AS w`, actor.Cooperative, l.now(), actor.Member).Scan(ctx, &n)
	return n, err
}

// ResourceOf returns which thing a loan is of, for a facilitator.
func (l *Loans) ResourceOf(ctx context.Context, actor coop.Actor, id coop.LoanID) (resource coop.ResourceID, err error) {
	if err := coop.MustFacilitate(ctx, l.db, actor); err != nil {
		return resource, err
	}
	err = l.db.NewRaw(`SELECT resource_id FROM coop.loans WHERE cooperative_id = ? AND id = ?`, actor.Cooperative, id).Scan(ctx, &resource)
	return resource, orNotFound(err)
}

// Due lapses what was kept and not fetched, and passes it on; then reminds of what is due
// tomorrow and what is late, the same day and each week after. A bounded number at a time;
// it returns how many. For a clock that calls it every few minutes.
func (l *Loans) Due(ctx context.Context) (int, error) {
	lapsed, err := l.lapse(ctx)
	if err != nil {
		return lapsed, err
	}
	return lapsed, l.remind(ctx)
}

func (l *Loans) lapse(ctx context.Context) (int, error) {
	now := l.now()
	var over []struct {
		Cooperative coop.CooperativeID
		Resource    coop.ResourceID
	}
	err := l.db.NewRaw(`
		SELECT cooperative_id AS cooperative, resource_id AS resource FROM coop.loans
		WHERE state = 'held' AND hold_until <= ? ORDER BY cooperative_id, resource_id LIMIT 100`, now).Scan(ctx, &over)
	if err != nil {
		return 0, err
	}
	for n, o := range over { // each in a transaction of its own, so that none waits for all
		err := l.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
			if _, err := hold(ctx, tx, o.Cooperative, o.Resource); err != nil {
				return err
			}
			_, err := tx.NewRaw(`
				UPDATE coop.loans SET state = 'lapsed', hold_until = NULL, state_since = ?0
				WHERE cooperative_id = ?1 AND resource_id = ?2 AND state = 'held' AND hold_until <= ?0`, now, o.Cooperative, o.Resource).Exec(ctx)
			if err != nil {
				return err
			}
			return next(ctx, tx, o.Cooperative, o.Resource, now)
		})
		if err != nil {
			return n, err
		}
	}
	return len(over), nil
}

// remind tells who has a thing that it is due, once for each occasion.
func (l *Loans) remind(ctx context.Context) error {
	now := l.now()
	var due []struct {
		Cooperative coop.CooperativeID
		ID          coop.LoanID
		Member      coop.MemberID
		Name        string
		DueAt       time.Time
		Late        bool
		Once        string // the occasion: this term, the day before or so many weeks late
	}
	err := l.db.NewRaw(`
		SELECT l.cooperative_id AS cooperative, l.id, l.member_id AS member, t.name, l.due_at, l.due_at <= ?0 AS late, w.once
		FROM coop.loans l
		JOIN coop.resources t ON t.cooperative_id = l.cooperative_id AND t.id = l.resource_id,
		LATERAL (SELECT concat_ws(':', 'loan', l.id, 'due', l.renewed,
		  CASE WHEN l.due_at > ?0 THEN 'soon' ELSE floor(extract(epoch FROM ?0::timestamptz - l.due_at) / 604800)::int::text END) AS once) AS w
		WHERE l.state = 'out' AND l.due_at <= ?0::timestamptz + interval '1 day'
		  AND NOT EXISTS (SELECT FROM coop.inbox i WHERE i.cooperative_id = l.cooperative_id AND i.member_id = l.member_id
		    AND i.once = w.once)
		ORDER BY l.due_at LIMIT 200`, now).Scan(ctx, &due)
	if err != nil {
		return err
	}
	told := make([]inbox.Item, len(due))
	for n, d := range due {
		told[n] = inbox.Item{Cooperative: d.Cooperative, Member: d.Member, Kind: "resource_due", Subject: d.ID.UUID, Once: d.Once, At: now, Title: d.Name, When: d.DueAt}
		if d.Late {
			told[n].Kind = "resource_late"
		}
	}
	return inbox.Tell(ctx, l.db, told...)
}
