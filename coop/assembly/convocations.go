package assembly

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"github.com/uptrace/bun"

	"lien/coop"
	"lien/rule"
)

// Proof is one convocation that left a trace of its own: a paper handed to somebody, or a
// poster. By is who handed it over or hung it.
type Proof struct {
	Channel string
	Name    string // of the member, or of the place
	Number  int64  // of the member
	By      string
	At      time.Time
}

// Reach is how many have a voice and were convened in each way.
type Reach struct {
	Voices, Inbox, Paper, Posters int
}

// Convene tells everybody who has a voice, in their inbox, and freezes the agenda. The
// statutes in force become the assembly's; their notice must still be kept, in whole days of
// the neighbourhood: otherwise *rule.Invalid on "convene", as without an agenda.
func (a *Assemblies) Convene(ctx context.Context, actor coop.Actor, id coop.AssemblyID) error {
	return a.act(ctx, actor, id, func(ctx context.Context, tx bun.Tx, of Assembly) error {
		s, err := statute(ctx, tx, actor.Cooperative, 0)
		switch {
		case errors.Is(err, rule.ErrNotFound):
			return rule.Broken("convene", "assembly.rule.no_statutes")
		case err != nil:
			return err
		case of.State == Draft && of.Motions == 0:
			return rule.Broken("convene", "assembly.rule.no_agenda")
		}
		zone, err := zoneOf(ctx, tx, actor.Cooperative)
		if err != nil {
			return err
		}
		if of.State == Draft && daysUntil(a.now().In(zone), of.StartsAt.In(zone)) < s.Notice {
			return rule.Broken("convene", "assembly.rule.too_soon", "days", s.Notice)
		}
		_, err = tx.NewRaw(`UPDATE coop.assemblies SET statute_n = ? WHERE cooperative_id = ? AND id = ?`, s.N, actor.Cooperative, id).Exec(ctx)
		if err != nil {
			return err
		}
		if err := a.move(ctx, tx, actor, of, Convenes); err != nil {
			return err
		}
		_, err = tx.NewRaw(`
			INSERT INTO coop.convocations (cooperative_id, id, assembly_id, channel, member_id, by_member_id, at)
			SELECT cooperative_id, gen_random_uuid(), ?, 'inbox', id, ?, ?
			FROM coop.members WHERE cooperative_id = ? AND state IN `+voices+` ORDER BY id`,
			id, actor.Member, a.now(), actor.Cooperative).Exec(ctx)
		if err != nil {
			return err
		}
		return a.tellAll(ctx, tx, actor, of, "assembly_convened")
	})
}

// daysUntil counts the midnights between two moments on the same wall.
func daysUntil(from, to time.Time) int {
	day := func(t time.Time) time.Time { return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC) }
	return int(day(to).Sub(day(from)).Hours() / 24)
}

// Hand writes down that the actor, a facilitator, handed the paper to the member with a
// number. Doing it twice has one effect: the first hand-over is the proof.
func (a *Assemblies) Hand(ctx context.Context, actor coop.Actor, id coop.AssemblyID, number int64) error {
	return a.prove(ctx, actor, id, func(ctx context.Context, tx bun.Tx) error {
		member, err := voiceOf(ctx, tx, actor.Cooperative, number)
		if err != nil {
			return err
		}
		_, err = tx.NewRaw(`
			INSERT INTO coop.convocations (cooperative_id, id, assembly_id, channel, member_id, by_member_id, at)
			VALUES (?, gen_random_uuid(), ?, 'paper', ?, ?, ?)
			ON CONFLICT (cooperative_id, assembly_id, channel, member_id) WHERE member_id IS NOT NULL DO NOTHING`,
			actor.Cooperative, id, member, actor.Member, a.now()).Exec(ctx)
		return err
	})
}

// voiceOf finds who has a voice by their number: *rule.Invalid on "number" otherwise.
func voiceOf(ctx context.Context, tx bun.IDB, cooperative coop.CooperativeID, number int64) (member coop.MemberID, err error) {
	err = tx.NewRaw(`SELECT id FROM coop.members WHERE cooperative_id = ? AND number = ? AND state IN `+voices, cooperative, number).Scan(ctx, &member)
	if errors.Is(err, sql.ErrNoRows) {
		return member, rule.Broken("number", "assembly.rule.number")
	}
	return member, err
}

// Hang writes down that a poster hangs at a place, from now on.
func (a *Assemblies) Hang(ctx context.Context, actor coop.Actor, id coop.AssemblyID, place coop.PlaceID) error {
	return a.prove(ctx, actor, id, func(ctx context.Context, tx bun.Tx) error {
		result, err := tx.NewRaw(`
			INSERT INTO coop.convocations (cooperative_id, id, assembly_id, channel, place_id, by_member_id, at)
			SELECT cooperative_id, gen_random_uuid(), ?, 'poster', id, ?, ?
			FROM coop.places WHERE cooperative_id = ? AND id = ?
			ON CONFLICT (cooperative_id, assembly_id, place_id) WHERE place_id IS NOT NULL DO NOTHING`,
			id, actor.Member, a.now(), actor.Cooperative, place).Exec(ctx)
		if err != nil {
			return err
		}
		if n, err := result.RowsAffected(); err != nil || n > 0 {
			return err
		}
		var known bool
		err = tx.NewRaw(`SELECT EXISTS (SELECT FROM coop.places WHERE cooperative_id = ? AND id = ?)`, actor.Cooperative, place).Scan(ctx, &known)
		if err == nil && !known {
			return rule.Broken("place", "rule.choose")
		}
		return err
	})
}

// prove writes down how somebody was convened, as long as it may still bring them here.
func (a *Assemblies) prove(ctx context.Context, actor coop.Actor, id coop.AssemblyID, write func(context.Context, bun.Tx) error) error {
	return a.act(ctx, actor, id, func(ctx context.Context, tx bun.Tx, of Assembly) error {
		if of.State != Convened {
			return rule.ErrMoved
		}
		return write(ctx, tx)
	})
}

// Reached counts who was convened in each way, and returns the papers and posters one by
// one, newest first, to a facilitator.
func (a *Assemblies) Reached(ctx context.Context, actor coop.Actor, id coop.AssemblyID) (r Reach, proofs []Proof, err error) {
	if err := coop.MustFacilitate(ctx, a.db, actor); err != nil {
		return r, nil, err
	}
	err = a.db.NewRaw(`
		SELECT (SELECT count(*) FROM coop.members WHERE cooperative_id = ?0 AND state IN `+voices+`) AS voices,
		  count(*) FILTER (WHERE channel = 'inbox') AS inbox, count(*) FILTER (WHERE channel = 'paper') AS paper,
		  count(*) FILTER (WHERE channel = 'poster') AS posters
		FROM coop.convocations WHERE cooperative_id = ?0 AND assembly_id = ?1`, actor.Cooperative, id).Scan(ctx, &r)
	if err != nil {
		return r, nil, err
	}
	err = a.db.NewRaw(`
		SELECT c.channel, coalesce(m.name, p.name) AS name, coalesce(m.number, 0) AS number, b.name AS by, c.at
		FROM coop.convocations c
		LEFT JOIN coop.members m ON m.cooperative_id = c.cooperative_id AND m.id = c.member_id
		LEFT JOIN coop.places p ON p.cooperative_id = c.cooperative_id AND p.id = c.place_id
		JOIN coop.members b ON b.cooperative_id = c.cooperative_id AND b.id = c.by_member_id
		WHERE c.cooperative_id = ? AND c.assembly_id = ? AND c.channel <> 'inbox'
		ORDER BY c.at DESC, c.id LIMIT 200`, actor.Cooperative, id).Scan(ctx, &proofs)
	return r, proofs, err
}
