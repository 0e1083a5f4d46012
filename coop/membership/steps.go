package membership

import (
	"context"
	"errors"
	"time"

	"github.com/google/uuid"
	"github.com/uptrace/bun"

	"lien/coop"
	"lien/rule"
)

// doing is an act on an application as it was asked for.
type doing struct {
	act   Act
	seen  int // the step that the page showed; 0 does not mind
	words string
	// What the act writes beside the stage.
	meetingAt    time.Time
	meetingPlace string
	invitation   coop.InvitationID
	member       coop.MemberID
}

// Meet proposes a welcome meeting, or another one. Facilitators only.
func (a *Applications) Meet(ctx context.Context, actor coop.Actor, id coop.ApplicationID, seen int, r Rendezvous) error {
	return a.atDesk(ctx, actor, id, func(ctx context.Context, tx bun.Tx, _ Application) (doing, error) {
		var zone string
		if err := tx.NewRaw(`SELECT zone FROM coop.cooperatives WHERE id = ?`, actor.Cooperative).Scan(ctx, &zone); err != nil {
			return doing{}, orNotFound(err)
		}
		at, place, err := r.moment(zone, a.now())
		return doing{act: ToMeet, seen: seen, meetingAt: at, meetingPlace: place}, err
	})
}

// Welcome says that the applicant was met, and makes the invitation by which they join,
// housed at place. Again, it makes a new one and the former opens nothing any more.
// Facilitators only.
func (a *Applications) Welcome(ctx context.Context, actor coop.Actor, id coop.ApplicationID, seen int, place coop.PlaceID, key uuid.UUID) (Invitation, error) {
	var made Invitation
	err := a.atDesk(ctx, actor, id, func(ctx context.Context, tx bun.Tx, v Application) (doing, error) {
		if err := a.revoke(ctx, tx, v); err != nil {
			return doing{}, err
		}
		err := a.invitations.make(ctx, tx, actor, sheet{place: place, key: key}, &made)
		return doing{act: ToWelcome, seen: seen, invitation: made.ID}, err
	})
	var invalid *rule.Invalid
	if err = unplaced(err); errors.As(err, &invalid) && invalid.Field == "place" {
		invalid.Field = "home"
	}
	if err != nil {
		return Invitation{}, err
	}
	return a.invitations.written(made), nil
}

// Decline closes an application with a reason that its applicant reads. Facilitators only.
func (a *Applications) Decline(ctx context.Context, actor coop.Actor, id coop.ApplicationID, seen int, why string) error {
	why, err := reason(why)
	if err != nil {
		return err
	}
	return a.atDesk(ctx, actor, id, func(ctx context.Context, tx bun.Tx, v Application) (doing, error) {
		return doing{act: ToDecline, seen: seen, words: why}, a.revoke(ctx, tx, v)
	})
}

// Paper is how somebody without a phone says yes to the charter: which version, in which
// language, on paper or by word at the desk.
type Paper struct {
	Version  int
	Language string
	Channel  Channel
}

func (p Paper) tidy() error {
	if p.Channel != AtDesk && p.Channel != OnPaper {
		return rule.Broken("channel", "rule.choose")
	}
	return language("language", p.Language)
}

// Enrol makes a met applicant a member without any device: they said yes to the charter at
// the desk or on paper, before the facilitator who writes it down. A device can come later.
func (a *Applications) Enrol(ctx context.Context, actor coop.Actor, id coop.ApplicationID, seen int, p Paper) (coop.MemberID, error) {
	if err := p.tidy(); err != nil {
		return coop.MemberID{}, err
	}
	member := rule.NewID[coop.MemberID]()
	err := a.atDesk(ctx, actor, id, func(ctx context.Context, tx bun.Tx, v Application) (doing, error) {
		if !v.May(ToEnter, Facilitator, a.now()) {
			return doing{}, rule.ErrMoved
		}
		var place coop.PlaceID
		err := tx.NewRaw(`SELECT place_id FROM coop.invitations WHERE cooperative_id = ? AND id = ?`, v.Cooperative, v.Invitation).Scan(ctx, &place)
		if err != nil {
			return doing{}, orNotFound(err)
		}
		if err := a.revoke(ctx, tx, v); err != nil {
			return doing{}, err
		}
		text, err := read(ctx, tx, v.Cooperative, p)
		if err != nil {
			return doing{}, err
		}
		j := Joining{ID: member, Cooperative: v.Cooperative, Name: v.Name, Language: p.Language}
		if err := a.members.add(ctx, tx, j, place, Active, a.now()); err != nil {
			return doing{}, err
		}
		err = accept(ctx, tx, v.Cooperative, member, text, p.Channel, actor.Member, a.now())
		return doing{act: ToEnter, seen: seen, member: member}, err
	})
	return member, err
}

// read is the charter in force in the language that it was read in.
func read(ctx context.Context, tx bun.Tx, cooperative coop.CooperativeID, p Paper) (Charter, error) {
	text, err := current(ctx, tx, cooperative, p.Language)
	if err == nil && text.Version != p.Version {
		return text, rule.Broken("charter", "member.charter_changed")
	}
	return text, err
}

// Withdraw takes an application back, by its applicant's code. What was withdrawn stays so.
func (a *Applications) Withdraw(ctx context.Context, typed string) error {
	v, err := a.Follow(ctx, typed)
	if err != nil || v.Stage == Withdrawn {
		return err
	}
	return a.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		v, err := a.hold(ctx, tx, v.Cooperative, v.ID)
		if err != nil {
			return err
		}
		if !v.May(ToWithdraw, Applicant, a.now()) {
			return rule.ErrMoved
		}
		if err := a.revoke(ctx, tx, v); err != nil {
			return err
		}
		return a.take(ctx, tx, coop.Actor{Cooperative: v.Cooperative}, v, Applicant, doing{act: ToWithdraw})
	})
}

// atDesk is a facilitator's act on an application, whose rows are locked.
func (a *Applications) atDesk(ctx context.Context, actor coop.Actor, id coop.ApplicationID, do func(context.Context, bun.Tx, Application) (doing, error)) error {
	return a.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		if err := coop.MustFacilitate(ctx, tx, actor); err != nil {
			return err
		}
		v, err := a.hold(ctx, tx, actor.Cooperative, id)
		if err != nil {
			return err
		}
		d, err := do(ctx, tx, v)
		if err != nil {
			return err
		}
		return a.take(ctx, tx, actor, v, Facilitator, d)
	})
}

// hold locks an application, and before it the invitation that it led to, in the order in
// which joining does.
func (a *Applications) hold(ctx context.Context, tx bun.Tx, cooperative coop.CooperativeID, id coop.ApplicationID) (Application, error) {
	_, err := tx.NewRaw(`
		SELECT i.id FROM coop.invitations AS i
		WHERE i.cooperative_id = ?0 AND i.id = (SELECT a.invitation_id FROM coop.applications AS a WHERE a.cooperative_id = ?0 AND a.id = ?1)
		FOR UPDATE`, cooperative, id).Exec(ctx)
	if err != nil {
		return Application{}, err
	}
	var steps int
	err = tx.NewRaw(`SELECT steps FROM coop.applications WHERE cooperative_id = ? AND id = ? FOR UPDATE`, cooperative, id).Scan(ctx, &steps)
	if err != nil {
		return Application{}, orNotFound(err)
	}
	return a.one(ctx, tx, cooperative, id)
}

// revoke makes the invitation of an application open nothing any more.
func (a *Applications) revoke(ctx context.Context, tx bun.Tx, v Application) error {
	_, err := tx.NewRaw(`
		UPDATE coop.invitations SET revoked_at = ? WHERE cooperative_id = ? AND id = ? AND used_at IS NULL AND revoked_at IS NULL`,
		a.now(), v.Cooperative, v.Invitation).Exec(ctx)
	return err
}

// take writes the next stage of a locked application, if the table has such a line.
func (a *Applications) take(ctx context.Context, tx bun.Tx, by coop.Actor, v Application, who Who, d doing) error {
	now := a.now()
	if !v.May(d.act, who, now) || d.seen != 0 && d.seen != v.Steps {
		return rule.ErrMoved
	}
	p, _ := passage(d.act, v.Stage) // May has found it
	from := now
	if p.AfterMeeting {
		from = d.meetingAt
	}
	var deadline any
	if p.Within > 0 {
		deadline = from.Add(p.Within)
	}
	_, err := tx.NewRaw(`
		UPDATE coop.applications SET state = ?, state_since = ?, deadline_at = ?, steps = steps + 1,
		  meeting_at = coalesce(?, meeting_at), meeting_place = coalesce(nullif(?, ''), meeting_place),
		  invitation_id = coalesce(?, invitation_id), member_id = ?
		WHERE cooperative_id = ? AND id = ?`,
		p.To, now, deadline, orNever(d.meetingAt), d.meetingPlace, rule.OrNone(d.invitation), rule.OrNone(d.member), v.Cooperative, v.ID).Exec(ctx)
	if err != nil {
		return err
	}
	return told(ctx, tx, by, v.ID, line{v.Steps + 1, d.act, v.Stage, p.To, d.words, now})
}

// entered closes the application that led to the invitation which has just been used.
func entered(ctx context.Context, tx bun.Tx, j Joining, now time.Time) error {
	var v struct {
		ID    coop.ApplicationID
		Steps int
	}
	err := tx.NewRaw(`
		UPDATE coop.applications SET state = 'entered', state_since = ?, deadline_at = NULL, steps = steps + 1, member_id = ?
		WHERE cooperative_id = ? AND invitation_id = ? AND state = 'met'
		RETURNING id, steps`, now, j.ID, j.Cooperative, j.Invitation).Scan(ctx, &v)
	if err = orNotFound(err); err == rule.ErrNotFound {
		return nil // invited without having applied
	}
	if err != nil {
		return err
	}
	return told(ctx, tx, coop.Actor{Cooperative: j.Cooperative}, v.ID, line{v.Steps, ToEnter, Met, Entered, "", now})
}

// forgetAfter is how long a closed application keeps what its applicant wrote.
const forgetAfter = 60 * 24 * time.Hour

// Due closes what an invitation's end closes, and takes name, number and words out of what
// was closed sixty days ago. It is for a clock that calls it every minute, and returns how
// many it touched, two hundred at most.
func (a *Applications) Due(ctx context.Context) (int, error) {
	n := 0
	err := a.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		var late []struct {
			CooperativeID coop.CooperativeID
			ID            coop.ApplicationID
		}
		now := a.now()
		err := tx.NewRaw(`
			SELECT cooperative_id, id FROM coop.applications
			WHERE state = 'met' AND deadline_at < ?
			ORDER BY deadline_at, id LIMIT 100 FOR UPDATE SKIP LOCKED`, now).Scan(ctx, &late)
		if err != nil {
			return err
		}
		for _, l := range late {
			v, err := a.one(ctx, tx, l.CooperativeID, l.ID)
			if err != nil {
				return err
			}
			if err := a.take(ctx, tx, coop.Actor{Cooperative: l.CooperativeID}, v, TheClock, doing{act: ToLapse}); err != nil {
				return err
			}
		}
		done, err := tx.NewRaw(`
			UPDATE coop.applications SET name = '', phone = '', words = '', forgotten_at = ?
			WHERE (cooperative_id, id) IN (
			  SELECT cooperative_id, id FROM coop.applications
			  WHERE deadline_at IS NULL AND forgotten_at IS NULL AND state_since < ?
			  ORDER BY state_since, id LIMIT 100 FOR UPDATE SKIP LOCKED)`, now, now.Add(-forgetAfter)).Exec(ctx)
		if err != nil {
			return err
		}
		forgotten, err := done.RowsAffected()
		n = len(late) + int(forgotten)
		return err
	})
	return n, err
}

func orNever(at time.Time) any {
	if at.IsZero() {
		return nil
	}
	return at
}
