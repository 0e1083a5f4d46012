package assembly

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"github.com/uptrace/bun"

	"lien/coop"
	"lien/coop/inbox"
	"lien/coop/participation"
	"lien/rule"
)

// early is how long before the hour the doors may open.
const early = 2 * time.Hour

// Open opens the doors, by a facilitator: the roll is everybody who has a voice at this
// moment, and stays so. Proxies that nobody said yes to lapse.
func (a *Assemblies) Open(ctx context.Context, actor coop.Actor, id coop.AssemblyID) error {
	return a.act(ctx, actor, id, func(ctx context.Context, tx bun.Tx, of Assembly) error {
		now := a.now()
		if of.State == Convened && now.Before(of.StartsAt.Add(-early)) {
			return rule.Broken("open", "assembly.rule.early")
		}
		if err := a.move(ctx, tx, actor, of, Opens); err != nil {
			return err
		}
		_, err := tx.NewRaw(`
			INSERT INTO coop.roll (cooperative_id, assembly_id, member_id, present, added_why, added_at)
			SELECT cooperative_id, ?, id, false, '', ?
			FROM coop.members WHERE cooperative_id = ? AND state IN `+voices+` ORDER BY id`, id, now, actor.Cooperative).Exec(ctx)
		if err != nil {
			return err
		}
		return lapse(ctx, tx, actor.Cooperative, id, now, false)
	})
}

// Enrol adds somebody to the roll of an open assembly, with the reason that the minutes tell:
// a member who had a voice and was forgotten. Who joined after the doors opened has none here.
func (a *Assemblies) Enrol(ctx context.Context, actor coop.Actor, id coop.AssemblyID, number int64, why string) error {
	return a.act(ctx, actor, id, func(ctx context.Context, tx bun.Tx, of Assembly) error {
		if of.State != Open {
			return rule.ErrMoved
		}
		why, err := rule.Text("added_why", why, 3, 300)
		if err != nil {
			return err
		}
		member, err := voiceOf(ctx, tx, actor.Cooperative, number)
		if err != nil {
			return rule.Broken("added", "assembly.rule.number")
		}
		var before bool
		err = tx.NewRaw(`SELECT joined_at < ? FROM coop.members WHERE cooperative_id = ? AND id = ?`, of.StateSince, actor.Cooperative, member).Scan(ctx, &before)
		if err == nil && !before {
			return rule.Broken("added", "assembly.rule.joined_after")
		}
		if err != nil {
			return err
		}
		_, err = tx.NewRaw(`
			INSERT INTO coop.roll (cooperative_id, assembly_id, member_id, present, added_why, added_by, added_at)
			VALUES (?, ?, ?, false, ?, ?, ?) ON CONFLICT (cooperative_id, assembly_id, member_id) DO NOTHING`,
			actor.Cooperative, id, member, why, actor.Member, a.now()).Exec(ctx)
		return err
	})
}

// Code returns what the screen of the hall shows now, and until when, to a facilitator while
// the assembly is open.
func (a *Assemblies) Code(ctx context.Context, actor coop.Actor, id coop.AssemblyID) (code string, until time.Time, err error) {
	if err := coop.MustFacilitate(ctx, a.db, actor); err != nil {
		return "", until, err
	}
	of, err := a.One(ctx, actor, id)
	switch {
	case err != nil:
		return "", until, err
	case of.State != Open:
		return "", until, rule.ErrMoved
	}
	return a.derive.code(id, a.now()), a.now().Truncate(codeLasts).Add(codeLasts), nil
}

// Arrive signs the actor in, by the code that the screen of the hall shows. Doing it twice has
// one effect. Who gave their vote away has it back, and the holder is told.
func (a *Assemblies) Arrive(ctx context.Context, actor coop.Actor, id coop.AssemblyID, code string) error {
	return a.present(ctx, actor, id, func(ctx context.Context, tx bun.Tx, of Assembly) error {
		if !a.derive.shown(id, code, a.now()) {
			return rule.Broken("code", "assembly.rule.code")
		}
		err := a.come(ctx, tx, actor, of, actor.Member, ByCode)
		if errors.Is(err, rule.ErrNotFound) {
			return rule.Broken("code", "assembly.rule.not_on_roll")
		}
		return err
	})
}

// Admit signs in the member with a number, by a facilitator at the door, as they said it or
// as they signed on paper.
func (a *Assemblies) Admit(ctx context.Context, actor coop.Actor, id coop.AssemblyID, number int64, door Door) error {
	if door != ByNumber && door != ByPaper {
		return rule.Broken("door", "rule.choose")
	}
	return a.present(ctx, actor, id, func(ctx context.Context, tx bun.Tx, of Assembly) error {
		if err := coop.MustFacilitate(ctx, tx, actor); err != nil {
			return err
		}
		var member coop.MemberID
		err := tx.NewRaw(`SELECT id FROM coop.members WHERE cooperative_id = ? AND number = ?`, actor.Cooperative, number).Scan(ctx, &member)
		if err == nil {
			err = a.come(ctx, tx, actor, of, member, door)
		}
		if errors.Is(err, sql.ErrNoRows) || errors.Is(err, rule.ErrNotFound) {
			return rule.Broken("number", "assembly.rule.not_on_roll")
		}
		return err
	})
}

// Depart says that the actor goes; what they hold for others counts no more from now on.
func (a *Assemblies) Depart(ctx context.Context, actor coop.Actor, id coop.AssemblyID) error {
	return a.present(ctx, actor, id, func(ctx context.Context, tx bun.Tx, _ Assembly) error {
		return a.note(ctx, tx, actor, id, actor.Member, false, ByPhone)
	})
}

// SeeOff writes down that a member went, by a facilitator.
func (a *Assemblies) SeeOff(ctx context.Context, actor coop.Actor, id coop.AssemblyID, member coop.MemberID) error {
	return a.present(ctx, actor, id, func(ctx context.Context, tx bun.Tx, _ Assembly) error {
		if err := coop.MustFacilitate(ctx, tx, actor); err != nil {
			return err
		}
		return a.note(ctx, tx, actor, id, member, false, ByNumber)
	})
}

// present lets people come and go while the assembly is open; it cannot close meanwhile.
func (a *Assemblies) present(ctx context.Context, actor coop.Actor, id coop.AssemblyID, do func(context.Context, bun.Tx, Assembly) error) error {
	return a.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		var of Assembly
		err := tx.NewRaw(`
			SELECT `+columns+` FROM coop.assemblies t
			WHERE t.cooperative_id = ? AND t.id = ? AND t.statute_n IS NOT NULL FOR SHARE`, actor.Cooperative, id).Scan(ctx, &of)
		switch {
		case err != nil:
			return orNotFound(err)
		case of.State != Open:
			return rule.ErrMoved
		}
		return do(ctx, tx, of)
	})
}

// come signs somebody in, and gives them back the vote that they gave away.
func (a *Assemblies) come(ctx context.Context, tx bun.Tx, by coop.Actor, of Assembly, member coop.MemberID, door Door) error {
	if err := a.note(ctx, tx, by, of.ID, member, true, door); err != nil {
		return err
	}
	var back struct {
		ID     coop.ProxyID
		Holder coop.MemberID
	}
	err := tx.NewRaw(`
		UPDATE coop.proxies SET state = 'returned', state_since = ?
		WHERE cooperative_id = ? AND assembly_id = ? AND giver_id = ? AND state = 'accepted'
		RETURNING id, holder_id AS holder`, a.now(), by.Cooperative, of.ID, member).Scan(ctx, &back)
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	if err != nil {
		return err
	}
	return inbox.Tell(ctx, tx, inbox.Item{
		Cooperative: by.Cooperative, Member: back.Holder, Kind: "proxy_returned", Subject: of.ID.UUID,
		Once: "proxy:" + back.ID.String() + ":returned", At: a.now(), By: member, Title: of.Title, When: of.StartsAt,
	})
}

// note writes down a coming or a going, once: who is there already has come. The first coming
// counts in the member's month. Who does not stand on the roll is rule.ErrNotFound.
func (a *Assemblies) note(ctx context.Context, tx bun.Tx, by coop.Actor, id coop.AssemblyID, member coop.MemberID, here bool, door Door) error {
	var before bool
	err := tx.NewRaw(`SELECT present FROM coop.roll WHERE cooperative_id = ? AND assembly_id = ? AND member_id = ? FOR UPDATE`,
		by.Cooperative, id, member).Scan(ctx, &before)
	if err != nil || before == here {
		return orNotFound(err)
	}
	var n int
	err = tx.NewRaw(`
		WITH moved AS (
		  UPDATE coop.roll SET present = ?0 WHERE cooperative_id = ?1 AND assembly_id = ?2 AND member_id = ?3
		)
		INSERT INTO coop.presences (cooperative_id, assembly_id, member_id, n, arrived, channel, by_member_id, at)
		SELECT ?1, ?2, ?3, coalesce(max(n), 0) + 1, ?0, ?4, ?5, ?6
		FROM coop.presences WHERE cooperative_id = ?1 AND assembly_id = ?2 AND member_id = ?3
		RETURNING n`, here, by.Cooperative, id, member, door, by.Member, a.now()).Scan(ctx, &n)
	if err != nil || n > 1 {
		return err
	}
	return participation.Count(ctx, tx, by.Cooperative, member, a.now(), participation.Assemblies)
}

// Quorum counts the voices of an assembly at this moment; of one that is not open yet, the
// roll is zero.
func (a *Assemblies) Quorum(ctx context.Context, actor coop.Actor, of Assembly) (Quorum, error) {
	return quorum(ctx, a.db, actor.Cooperative, of)
}

func quorum(ctx context.Context, db bun.IDB, cooperative coop.CooperativeID, of Assembly) (q Quorum, err error) {
	var percent int
	err = db.NewRaw(`
		SELECT count(*) AS roll, count(*) FILTER (WHERE r.present) AS present,
		  (SELECT count(*) FROM coop.proxies p
		   JOIN coop.roll g ON g.cooperative_id = ?0 AND g.assembly_id = ?1 AND g.member_id = p.giver_id AND NOT g.present
		   JOIN coop.roll h ON h.cooperative_id = ?0 AND h.assembly_id = ?1 AND h.member_id = p.holder_id AND h.present
		   WHERE p.cooperative_id = ?0 AND p.assembly_id = ?1 AND p.state = 'accepted') AS represented,
		  (SELECT s.quorum_percent FROM coop.statutes s WHERE s.cooperative_id = ?0 AND s.n = ?2) AS percent
		FROM coop.roll r WHERE r.cooperative_id = ?0 AND r.assembly_id = ?1`, cooperative, of.ID, of.Statute).
		Scan(ctx, &q.Roll, &q.Present, &q.Represented, &percent)
	q.Needed = Statute{Quorum: percent}.Voices(q.Roll)
	return q, err
}

// Mine reports whether the actor stands on the roll, and is there.
func (a *Assemblies) Mine(ctx context.Context, actor coop.Actor, id coop.AssemblyID) (stands, here bool, err error) {
	err = a.db.NewRaw(`SELECT true, present FROM coop.roll WHERE cooperative_id = ? AND assembly_id = ? AND member_id = ?`,
		actor.Cooperative, id, actor.Member).Scan(ctx, &stands, &here)
	if errors.Is(err, sql.ErrNoRows) {
		return false, false, nil
	}
	return stands, here, err
}

// Attendees are those who are there or were, by name, to a facilitator.
func (a *Assemblies) Attendees(ctx context.Context, actor coop.Actor, id coop.AssemblyID) (list []Attendee, err error) {
	if err := coop.MustFacilitate(ctx, a.db, actor); err != nil {
		return nil, err
	}
	err = a.db.NewRaw(`
		SELECT m.id, CASE WHEN m.state = 'left' THEN '' ELSE m.name END AS name, m.number, r.present, p.at
		FROM coop.roll r
		JOIN coop.members m ON m.cooperative_id = r.cooperative_id AND m.id = r.member_id
		JOIN LATERAL (SELECT at FROM coop.presences p
		  WHERE p.cooperative_id = r.cooperative_id AND p.assembly_id = r.assembly_id AND p.member_id = r.member_id ORDER BY n DESC LIMIT 1) p ON true
		WHERE r.cooperative_id = ? AND r.assembly_id = ?
		ORDER BY lower(m.name), m.id LIMIT 500`, actor.Cooperative, id).Scan(ctx, &list)
	return list, err
}

// Close ends an assembly, by a facilitator, once no vote is open: *rule.Invalid on "close"
// until then.
func (a *Assemblies) Close(ctx context.Context, actor coop.Actor, id coop.AssemblyID) error {
	return a.act(ctx, actor, id, func(ctx context.Context, tx bun.Tx, of Assembly) error {
		var voting bool
		err := tx.NewRaw(`SELECT EXISTS (SELECT FROM coop.votes WHERE cooperative_id = ? AND assembly_id = ? AND state = 'open')`,
			actor.Cooperative, id).Scan(ctx, &voting)
		if err == nil && voting {
			err = rule.Broken("close", "assembly.rule.vote_open")
		}
		if err != nil {
			return err
		}
		return a.move(ctx, tx, actor, of, Closes)
	})
}
