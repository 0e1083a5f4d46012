package sharing

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"github.com/uptrace/bun"

	"lien/coop"
	"lien/rule"
)

// mostShown is how many things one page lists.
const mostShown = 100

// Resources are what the cooperative shares.
type Resources struct {
	db  bun.IDB
	now func() time.Time
}

// NewResources returns the things kept in db; now tells the time.
func NewResources(db bun.IDB, now func() time.Time) *Resources { return &Resources{db: db, now: now} }

const resourceColumns = `t.id, t.kind, t.shared, t.name, t.details, t.language, p.name AS place, t.state, t.paused_why, t.created_at,
	(SELECT count(*) FROM coop.damages d WHERE d.cooperative_id = t.cooperative_id AND d.resource_id = t.id AND d.mended_at IS NULL) AS damages`

const resourceFrom = `FROM coop.resources t
	JOIN coop.places p ON p.cooperative_id = t.cooperative_id AND p.id = t.place_id`

// List returns what is shared, by kind and name: all of it, the hundred first.
func (t *Resources) List(ctx context.Context, actor coop.Actor) (list []Resource, err error) {
	err = t.db.NewRaw(`
		SELECT `+resourceColumns+` `+resourceFrom+`
		WHERE t.cooperative_id = ? AND t.state <> 'retired'
		ORDER BY t.kind, t.name, t.id LIMIT ?`, actor.Cooperative, mostShown).Scan(ctx, &list)
	return list, err
}

// One returns a thing; who runs the desk sees retired ones too.
func (t *Resources) One(ctx context.Context, actor coop.Actor, id coop.ResourceID) (Resource, error) {
	return one(ctx, t.db, actor, id)
}

func one(ctx context.Context, db bun.IDB, actor coop.Actor, id coop.ResourceID) (resource Resource, err error) {
	err = db.NewRaw(`
		SELECT `+resourceColumns+` `+resourceFrom+`
		WHERE t.cooperative_id = ? AND t.id = ? AND (t.state <> 'retired' OR `+facilitates+`)`,
		actor.Cooperative, id, actor.Member).Scan(ctx, &resource)
	return resource, orNotFound(err)
}

// Add puts a thing on the shelf with its customary rules, by a facilitator. Sending the
// same key again returns the first one.
func (t *Resources) Add(ctx context.Context, actor coop.Actor, d Draft) (id coop.ResourceID, err error) {
	if d, err = d.check(); err != nil {
		return id, err
	}
	err = t.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		if err := coop.MustFacilitate(ctx, tx, actor); err != nil {
			return err
		}
		id = rule.NewID[coop.ResourceID]()
		err := tx.NewRaw(`
			INSERT INTO coop.resources (cooperative_id, id, kind, shared, name, details, language, place_id, state, paused_why, made_by, client_key, created_at)
			SELECT cooperative_id, ?, ?, ?, ?, ?, ?, id, 'open', '', ?, ?, ?
			FROM coop.places WHERE cooperative_id = ? AND id = ?
			ON CONFLICT (cooperative_id, made_by, client_key) DO NOTHING
			RETURNING id`,
			id, d.Kind, d.Shared, d.Name, d.Details, d.Language, actor.Member, d.Key, t.now(), actor.Cooperative, d.Place).Scan(ctx, &id)
		if errors.Is(err, sql.ErrNoRows) {
			return t.again(ctx, tx, actor, d, &id)
		}
		if err != nil {
			return err
		}
		if d.Shared == Lent {
			return keepLending(ctx, tx, actor, id, customaryLending, t.now())
		}
		return keepBooking(ctx, tx, actor, id, Customary(d.Kind), t.now())
	})
	return id, err
}

// again answers a form that was sent twice with the thing of the first time, and a place
// that is not there with a sentence.
func (t *Resources) again(ctx context.Context, tx bun.Tx, actor coop.Actor, d Draft, id *coop.ResourceID) error {
	err := tx.NewRaw(`SELECT id FROM coop.resources WHERE cooperative_id = ? AND made_by = ? AND client_key = ?`,
		actor.Cooperative, actor.Member, d.Key).Scan(ctx, id)
	if errors.Is(err, sql.ErrNoRows) {
		return rule.Broken("place", "rule.choose")
	}
	return err
}

// Pause keeps a thing from being had, with the reason that everybody reads, or changes the
// reason; what is booked stands, and whoever booked is told by the reason. Reopen ends it, Retire is for good and
// waits until nobody has it.
func (t *Resources) Pause(ctx context.Context, actor coop.Actor, id coop.ResourceID, why string) error {
	why, err := rule.Text("why", why, 3, 300)
	if err != nil {
		return err
	}
	return t.stand(ctx, actor, id, Paused, why)
}

// Reopen lets a paused thing be had again.
func (t *Resources) Reopen(ctx context.Context, actor coop.Actor, id coop.ResourceID) error {
	return t.stand(ctx, actor, id, Open, "")
}

// Retire takes a thing off the shelf for good; while somebody has it, rule.ErrMoved.
func (t *Resources) Retire(ctx context.Context, actor coop.Actor, id coop.ResourceID) error {
	return t.stand(ctx, actor, id, Retired, "")
}

func (t *Resources) stand(ctx context.Context, actor coop.Actor, id coop.ResourceID, to Standing, why string) error {
	return t.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		if err := coop.MustFacilitate(ctx, tx, actor); err != nil {
			return err
		}
		from, err := hold(ctx, tx, actor.Cooperative, id)
		switch {
		case err != nil:
			return err
		case from.State == to && to != Paused:
			return nil
		case from.State == Retired:
			return rule.ErrMoved
		}
		if to == Retired {
			if err := nobodyHas(ctx, tx, actor.Cooperative, id); err != nil {
				return err
			}
		}
		_, err = tx.NewRaw(`UPDATE coop.resources SET state = ?, paused_why = ? WHERE cooperative_id = ? AND id = ?`,
			to, why, actor.Cooperative, id).Exec(ctx)
		if err != nil || to != Open || from.Shared != Lent {
			return err
		}
		return next(ctx, tx, actor.Cooperative, id, t.now())
	})
}

func nobodyHas(ctx context.Context, tx bun.Tx, cooperative coop.CooperativeID, id coop.ResourceID) error {
	var had bool
	err := tx.NewRaw(`
		SELECT EXISTS (SELECT FROM coop.bookings WHERE cooperative_id = ?0 AND resource_id = ?1 AND state IN ('booked', 'started'))
		  OR EXISTS (SELECT FROM coop.loans WHERE cooperative_id = ?0 AND resource_id = ?1 AND state IN ('asked', 'held', 'out'))`,
		cooperative, id).Scan(ctx, &had)
	if err == nil && had {
		return rule.ErrMoved
	}
	return err
}

// held is a thing under its lock: who books or borrows it waits for the one before.
type held struct {
	State  Standing
	Shared Shared
	Zone   string
}

func hold(ctx context.Context, tx bun.Tx, cooperative coop.CooperativeID, id coop.ResourceID) (h held, err error) {
	err = tx.NewRaw(`
		SELECT t.state, t.shared, c.zone
		FROM coop.resources t JOIN coop.cooperatives c ON c.id = t.cooperative_id
		WHERE t.cooperative_id = ? AND t.id = ?
		FOR UPDATE OF t`, cooperative, id).Scan(ctx, &h)
	return h, orNotFound(err)
}

// facilitates asks whether the member is an active facilitator today; it stands in a query
// whose thing is t.
var facilitates = coop.FacilitatesAs("t.cooperative_id", "?")

func mustBeActive(ctx context.Context, db bun.IDB, actor coop.Actor) error {
	var active bool
	err := db.NewRaw(`SELECT state IN ('welcomed', 'active') FROM coop.members WHERE cooperative_id = ? AND id = ?`,
		actor.Cooperative, actor.Member).Scan(ctx, &active)
	if err = orNotFound(err); err == nil && !active {
		return rule.ErrForbidden
	}
	return err
}

func orNotFound(err error) error {
	if errors.Is(err, sql.ErrNoRows) {
		return rule.ErrNotFound
	}
	return err
}
