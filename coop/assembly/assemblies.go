package assembly

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"github.com/uptrace/bun"

	"lien/coop"
	"lien/coop/inbox"
	"lien/rule"
)

// mostShown is how many lines one page lists.
const mostShown = 100

// Assemblies are the cooperative's meetings of all members.
type Assemblies struct {
	db     bun.IDB
	now    func() time.Time
	derive Derive
}

// NewAssemblies returns the assemblies kept in db; now tells the time, and derive makes the
// codes of the hall's screen.
func NewAssemblies(db bun.IDB, now func() time.Time, derive Derive) *Assemblies {
	return &Assemblies{db: db, now: now, derive: derive}
}

const columns = `t.id, t.title, t.words, t.language, t.place, t.starts_at, t.state, t.state_since, coalesce(t.statute_n, 0) AS statute, t.cancelled_why,
	(SELECT count(*) FROM coop.motions m WHERE m.cooperative_id = t.cooperative_id AND m.assembly_id = t.id) AS motions`

// List returns the assemblies that members were convened to, the newest first: one more
// than a page from before a moment on, which is zero for the first page.
func (a *Assemblies) List(ctx context.Context, actor coop.Actor) (list []Assembly, err error) {
	err = a.db.NewRaw(`
		SELECT `+columns+` FROM coop.assemblies t
		WHERE t.cooperative_id = ? AND t.statute_n IS NOT NULL
		ORDER BY t.starts_at DESC, t.id DESC LIMIT ?`, actor.Cooperative, mostShown).Scan(ctx, &list)
	return list, err
}

// Desk returns all of them, those that are being prepared too, to a facilitator.
func (a *Assemblies) Desk(ctx context.Context, actor coop.Actor) (list []Assembly, err error) {
	if err := coop.MustFacilitate(ctx, a.db, actor); err != nil {
		return nil, err
	}
	err = a.db.NewRaw(`
		SELECT `+columns+` FROM coop.assemblies t
		WHERE t.cooperative_id = ? ORDER BY t.starts_at DESC, t.id DESC LIMIT ?`, actor.Cooperative, mostShown).Scan(ctx, &list)
	return list, err
}

// Waiting counts what is prepared, convened or under way, up to a hundred, for a facilitator.
func (a *Assemblies) Waiting(ctx context.Context, actor coop.Actor) (n int, err error) {
	err = a.db.NewRaw(`
		SELECT count(*) FROM (
		  SELECT FROM coop.assemblies t
		  WHERE t.cooperative_id = ? AND t.state IN ('draft', 'convened', 'open') AND `+holds+` LIMIT ?
		) s`, actor.Cooperative, actor.Member, "facilitator", mostShown).Scan(ctx, &n)
	return n, err
}

// Next returns the assembly that is under way or comes first; found is false when there is
// none.
func (a *Assemblies) Next(ctx context.Context, actor coop.Actor) (next Assembly, found bool, err error) {
	err = a.db.NewRaw(`
		SELECT `+columns+` FROM coop.assemblies t
		WHERE t.cooperative_id = ? AND t.state IN ('convened', 'open')
		ORDER BY t.state = 'open' DESC, t.starts_at, t.id LIMIT 1`, actor.Cooperative).Scan(ctx, &next)
	if errors.Is(err, sql.ErrNoRows) {
		return next, false, nil
	}
	return next, err == nil, err
}

// One returns an assembly: who keeps the desk sees those in preparation, too.
func (a *Assemblies) One(ctx context.Context, actor coop.Actor, id coop.AssemblyID) (found Assembly, err error) {
	err = a.db.NewRaw(`
		SELECT `+columns+` FROM coop.assemblies t
		WHERE t.cooperative_id = ? AND t.id = ? AND (t.statute_n IS NOT NULL OR `+holds+`)`,
		actor.Cooperative, id, actor.Member, "facilitator").Scan(ctx, &found)
	return found, orNotFound(err)
}

// StatuteOf returns the statutes that an assembly was convened under, or those in force
// while it is prepared.
func (a *Assemblies) StatuteOf(ctx context.Context, actor coop.Actor, of Assembly) (Statute, error) {
	return statute(ctx, a.db, actor.Cooperative, of.Statute)
}

// Plan begins the preparation of an assembly, by a facilitator. The same key again returns
// the first one.
func (a *Assemblies) Plan(ctx context.Context, actor coop.Actor, p Plan) (id coop.AssemblyID, err error) {
	err = a.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		if err := coop.MustFacilitate(ctx, tx, actor); err != nil {
			return err
		}
		zone, err := zoneOf(ctx, tx, actor.Cooperative)
		if err != nil {
			return err
		}
		p, starts, err := p.check(a.now(), zone)
		if err != nil {
			return err
		}
		id = rule.NewID[coop.AssemblyID]()
		return tx.NewRaw(`
			INSERT INTO coop.assemblies AS t (cooperative_id, id, title, words, language, place, starts_at, state, state_since, cancelled_why, steps, made_by, client_key, created_at)
			VALUES (?0, ?1, ?2, ?3, ?4, ?5, ?6, 'draft', ?7, '', 0, ?8, ?9, ?7)
			ON CONFLICT (cooperative_id, made_by, client_key) DO UPDATE SET steps = t.steps
			RETURNING id`,
			actor.Cooperative, id, p.Title, p.Words, p.Language, p.Place, starts, a.now(), actor.Member, p.Key).Scan(ctx, &id)
	})
	return id, err
}

func zoneOf(ctx context.Context, db bun.IDB, cooperative coop.CooperativeID) (*time.Location, error) {
	var name string
	if err := db.NewRaw(`SELECT zone FROM coop.cooperatives WHERE id = ?`, cooperative).Scan(ctx, &name); err != nil {
		return nil, orNotFound(err)
	}
	return time.LoadLocation(name)
}

// Cancel calls an assembly off that has not opened, by a facilitator, with words that
// everybody reads who was convened.
func (a *Assemblies) Cancel(ctx context.Context, actor coop.Actor, id coop.AssemblyID, why string) error {
	return a.act(ctx, actor, id, func(ctx context.Context, tx bun.Tx, of Assembly) error {
		if _, ok := of.State.after(Cancels); !ok {
			return rule.ErrMoved
		}
		why, err := rule.Text("why", why, 3, 500)
		if err != nil {
			return err
		}
		if err := a.move(ctx, tx, actor, of, Cancels); err != nil {
			return err
		}
		_, err = tx.NewRaw(`UPDATE coop.assemblies SET cancelled_why = ? WHERE cooperative_id = ? AND id = ?`, why, actor.Cooperative, id).Exec(ctx)
		if err != nil || of.State == Draft {
			return err
		}
		if err := lapse(ctx, tx, actor.Cooperative, id, a.now(), true); err != nil {
			return err
		}
		return a.tellAll(ctx, tx, actor, of, "assembly_cancelled")
	})
}

// act lets a facilitator do something with an assembly under its lock.
func (a *Assemblies) act(ctx context.Context, actor coop.Actor, id coop.AssemblyID, do func(context.Context, bun.Tx, Assembly) error) error {
	return a.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		if err := coop.MustFacilitate(ctx, tx, actor); err != nil {
			return err
		}
		of, err := hold(ctx, tx, actor.Cooperative, id)
		if err != nil {
			return err
		}
		return do(ctx, tx, of)
	})
}

// hold locks an assembly: what changes it waits for what changed it before.
func hold(ctx context.Context, tx bun.Tx, cooperative coop.CooperativeID, id coop.AssemblyID) (of Assembly, err error) {
	err = tx.NewRaw(`SELECT `+columns+` FROM coop.assemblies t WHERE t.cooperative_id = ? AND t.id = ? FOR UPDATE`, cooperative, id).Scan(ctx, &of)
	return of, orNotFound(err)
}

// move takes one step of the table, under the assembly's lock, and writes it down.
func (a *Assemblies) move(ctx context.Context, tx bun.Tx, by coop.Actor, of Assembly, step Step) error {
	to, ok := of.State.after(step)
	if !ok {
		return rule.ErrMoved
	}
	_, err := tx.NewRaw(`
		WITH moved AS (
		  UPDATE coop.assemblies SET state = ?0, state_since = ?1, steps = steps + 1
		  WHERE cooperative_id = ?2 AND id = ?3 RETURNING steps
		)
		INSERT INTO coop.assembly_events (cooperative_id, assembly_id, n, step, from_state, to_state, by_member_id, at)
		SELECT ?2, ?3, steps, ?4, ?5, ?0, ?6, ?1 FROM moved`,
		to, a.now(), by.Cooperative, of.ID, step, of.State, rule.OrNone(by.Member)).Exec(ctx)
	return err
}

// tellAll tells everybody who has a voice, some hundreds at a time.
func (a *Assemblies) tellAll(ctx context.Context, tx bun.Tx, actor coop.Actor, of Assembly, kind string) error {
	after := coop.MemberID{}
	for {
		var some []struct{ ID coop.MemberID }
		err := tx.NewRaw(`
			SELECT id FROM coop.members WHERE cooperative_id = ? AND state IN `+voices+` AND id > ?
			ORDER BY id LIMIT 500`, actor.Cooperative, after).Scan(ctx, &some)
		if err != nil || len(some) == 0 {
			return err
		}
		items := make([]inbox.Item, len(some))
		for n, m := range some {
			items[n] = inbox.Item{
				Cooperative: actor.Cooperative, Member: m.ID, Kind: kind, Subject: of.ID.UUID, Once: "assembly:" + of.ID.String() + ":" + kind,
				At: a.now(), Title: of.Title, When: of.StartsAt,
			}
		}
		if err := inbox.Tell(ctx, tx, items...); err != nil {
			return err
		}
		after = some[len(some)-1].ID
	}
}

// voices are the states of members who have a voice: a pause is a rest from what one does
// for others, and takes nobody's voice; who is suspended, or is leaving, has none.
const voices = `('active', 'paused')`

// Due calls off what was convened and not opened within a day, a bounded number at a time.
func (a *Assemblies) Due(ctx context.Context) (n int, err error) {
	now := a.now()
	err = a.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		var late []struct {
			Cooperative coop.CooperativeID
			ID          coop.AssemblyID
		}
		err := tx.NewRaw(`
			SELECT cooperative_id AS cooperative, id FROM coop.assemblies
			WHERE state = 'convened' AND starts_at < ?
			ORDER BY starts_at LIMIT 20 FOR UPDATE SKIP LOCKED`, now.Add(-24*time.Hour)).Scan(ctx, &late)
		n = len(late)
		for _, l := range late { // twenty at most, and hardly ever one
			if err != nil {
				return err
			}
			if err = a.move(ctx, tx, coop.Actor{Cooperative: l.Cooperative}, Assembly{ID: l.ID, State: Convened}, Lapses); err == nil {
				err = lapse(ctx, tx, l.Cooperative, l.ID, now, true)
			}
		}
		return err
	})
	return n, err
}
