package visit

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"github.com/google/uuid"
	"github.com/uptrace/bun"

	"lien/coop"
	"lien/coop/inbox"
	"lien/database"
	"lien/rule"
)

// Visits are what members let a chosen person know.
type Visits struct {
	db  bun.IDB
	now func() time.Time
}

// NewVisits returns the visits kept in db; now tells the time.
func NewVisits(db bun.IDB, now func() time.Time) *Visits { return &Visits{db: db, now: now} }

// read is a visit v with both people.
const read = `SELECT v.id, v.agreement_id AS agreement, v.asked_at, v.accepted_at, v.arrived_at, v.left_at, v.due_at, v.told_at, v.passed_on_at, v.answered_at,
  v.member_id, CASE WHEN m.state = 'left' THEN '' ELSE m.name END AS member_name,
  v.whom_id, CASE WHEN w.state = 'left' THEN '' ELSE w.name END AS whom_name
FROM coop.visits v
JOIN coop.members m ON m.cooperative_id = v.cooperative_id AND m.id = v.member_id
JOIN coop.members w ON w.cooperative_id = v.cooperative_id AND w.id = v.whom_id
WHERE v.cooperative_id = ?`

// facilitates is true of an active facilitator; it asks for the member.
var facilitates = coop.FacilitatesAs("v.cooperative_id", "?")

// Mine returns the actor's own visit of an agreement; it is not Set when there is none.
func (s *Visits) Mine(ctx context.Context, actor coop.Actor, id coop.AgreementID) (v Visit, err error) {
	err = s.db.NewRaw(read+` AND v.agreement_id = ? AND v.member_id = ?`, actor.Cooperative, id, actor.Member).Scan(ctx, &v)
	if errors.Is(err, sql.ErrNoRows) {
		return Visit{}, nil
	}
	return v, err
}

// One returns a visit to its member, to the chosen person, and to a facilitator once they
// were asked to call.
func (s *Visits) One(ctx context.Context, actor coop.Actor, id uuid.UUID) (v Visit, err error) {
	err = s.db.NewRaw(read+` AND v.id = ?
  AND (? IN (v.member_id, v.whom_id) OR v.passed_on_at IS NOT NULL AND `+facilitates+`)`,
		actor.Cooperative, id, actor.Member, actor.Member).Scan(ctx, &v)
	if errors.Is(err, sql.ErrNoRows) {
		return v, rule.ErrNotFound
	}
	return v, err
}

// Candidates lists whom the actor may choose for an agreement of theirs: by a part of a
// name, of who is in the directory or was met, eight at most; or the facilitators when
// nothing is typed. Accents and capitals do not matter.
func (s *Visits) Candidates(ctx context.Context, actor coop.Actor, id coop.AgreementID, words string) (list []Person, err error) {
	if words, err = rule.Line("words", words, 0, 60); err != nil {
		return nil, err
	}
	chosen := `position(coop.plain(?) IN coop.plain(n.name)) > 0`
	if words == "" {
		chosen = `? = '' AND ` + helps
	}
	err = s.db.NewRaw(`SELECT n.id, n.name`+choosable+` AND `+chosen+`
ORDER BY n.name, n.id LIMIT 8`, actor.Cooperative, id, actor.Member, words).Scan(ctx, &list)
	return list, err
}

// helps is true of a member n who facilitates.
var helps = coop.FacilitatesAs("n.cooperative_id", "n.id")

// choosable joins the members n whom one of the two of an agreement g may choose: neither
// of the two, active, a facilitator or somebody whom they may find. It asks for the
// cooperative, the agreement and the member.
var choosable = `
FROM coop.agreements g
JOIN coop.members me ON me.cooperative_id = g.cooperative_id AND me.id IN (g.giver_id, g.receiver_id) AND me.state IN ('welcomed', 'active')
JOIN coop.members n ON n.cooperative_id = g.cooperative_id AND n.id NOT IN (g.giver_id, g.receiver_id) AND n.state IN ('welcomed', 'active')
  AND (coop.findable(g.cooperative_id, me.id, n.id) OR ` + helps + `)
WHERE g.cooperative_id = ? AND g.id = ? AND g.state = 'agreed' AND me.id = ?`

// Ask lets the actor choose who knows of their visit, once both have agreed on it and
// before they have left. A facilitator is that person at once; another one is asked
// first. Choosing somebody else asks anew.
func (s *Visits) Ask(ctx context.Context, actor coop.Actor, id coop.AgreementID, whom coop.MemberID) error {
	now := s.now()
	return s.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		var fit struct {
			Ends  time.Time
			Helps bool
		}
		err := tx.NewRaw(`SELECT g.planned_at + g.minutes_planned * interval '1 minute' AS ends, `+helps+` AS helps`+choosable+` AND n.id = ?`,
			actor.Cooperative, id, actor.Member, whom).Scan(ctx, &fit)
		if errors.Is(err, sql.ErrNoRows) {
			return rule.Broken("whom", "visit.choose")
		}
		if err != nil {
			return err
		}
		old, err := hold(ctx, tx, actor.Cooperative, `v.agreement_id = ? AND v.member_id = ?`, id, actor.Member)
		switch {
		case err == nil && old.Whom.ID == whom:
			return nil
		case err == nil && old.Left():
			return rule.ErrMoved
		case err == nil:
			err = forget(ctx, tx, actor.Cooperative, old.ID)
		case errors.Is(err, rule.ErrNotFound):
			err = nil
		}
		if err != nil {
			return err
		}
		due := later(later(fit.Ends, now).Add(Grace), old.DueAt)
		var accepted time.Time
		if fit.Helps {
			accepted = now
		}
		visit := uuid.Must(uuid.NewV7())
		_, err = tx.NewRaw(`INSERT INTO coop.visits (cooperative_id, id, agreement_id, member_id, whom_id, asked_at, accepted_at, arrived_at, due_at, ends_at)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
			actor.Cooperative, visit, id, actor.Member, whom, now, bun.NullZero(accepted), bun.NullZero(old.ArrivedAt), due, due.Add(2*Kept)).Exec(ctx)
		if database.Broken(err) == "one_person_waits_for_a_visitor" {
			return rule.ErrMoved
		}
		if err != nil {
			return err
		}
		kind := "visit_asked"
		if fit.Helps {
			kind = "visit_known"
		}
		return tell(ctx, tx, actor.Cooperative, whom, kind, visit, actor.Member, now)
	})
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

// tell puts one item about a visit into somebody's inbox.
func tell(ctx context.Context, tx bun.IDB, cooperative coop.CooperativeID, to coop.MemberID, kind string, id uuid.UUID, by coop.MemberID, at time.Time) error {
	return inbox.Tell(ctx, tx, inbox.Item{
		Cooperative: cooperative, Member: to, Kind: kind, Subject: id, Once: "visit:" + id.String() + ":" + kind, At: at, By: by,
	})
}

// Answer is the chosen person's yes or no. A no leaves nothing behind but the word of it.
func (s *Visits) Answer(ctx context.Context, actor coop.Actor, id uuid.UUID, yes bool) error {
	now := s.now()
	return s.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		v, err := hold(ctx, tx, actor.Cooperative, `v.id = ? AND v.whom_id = ?`, id, actor.Member)
		if err != nil || v.Accepted() && yes {
			return err
		}
		if v.Accepted() {
			return rule.ErrMoved
		}
		if !yes {
			if err := forget(ctx, tx, actor.Cooperative, id); err != nil {
				return err
			}
			return tell(ctx, tx, actor.Cooperative, v.Member.ID, "visit_declined", v.Agreement.UUID, actor.Member, now)
		}
		if err := set(ctx, tx, actor.Cooperative, id, `accepted_at = ?`, now); err != nil {
			return err
		}
		return tell(ctx, tx, actor.Cooperative, v.Member.ID, "visit_accepted", id, actor.Member, now)
	})
}

// Arrive says that the actor is there. The chosen person is told when they accepted.
func (s *Visits) Arrive(ctx context.Context, actor coop.Actor, id coop.AgreementID) error {
	now := s.now()
	return s.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		v, err := hold(ctx, tx, actor.Cooperative, `v.agreement_id = ? AND v.member_id = ?`, id, actor.Member)
		if err != nil || !v.ArrivedAt.IsZero() {
			return err
		}
		var minutes int64
		err = tx.NewRaw(`SELECT minutes_planned FROM coop.agreements WHERE cooperative_id = ? AND id = ?`, actor.Cooperative, id).Scan(ctx, &minutes)
		if err != nil {
			return err
		}
		due := later(v.DueAt, now.Add(time.Duration(minutes)*time.Minute+Grace))
		if err := set(ctx, tx, actor.Cooperative, v.ID, `arrived_at = ?, due_at = ?, ends_at = ?`, now, due, due.Add(2*Kept)); err != nil || !v.Accepted() {
			return err
		}
		return tell(ctx, tx, actor.Cooperative, v.Whom.ID, "visit_arrived", v.ID, actor.Member, now)
	})
}

// Leave says that the actor has left, and ends it: a day later nothing is left of it.
func (s *Visits) Leave(ctx context.Context, actor coop.Actor, id coop.AgreementID) error {
	now := s.now()
	return s.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		v, err := hold(ctx, tx, actor.Cooperative, `v.agreement_id = ? AND v.member_id = ?`, id, actor.Member)
		switch {
		case err != nil || v.Left():
			return err
		case v.ArrivedAt.IsZero():
			return rule.ErrMoved
		}
		if err := set(ctx, tx, actor.Cooperative, v.ID, `left_at = ?, ends_at = ?`, now, now.Add(Kept)); err != nil || !v.Accepted() {
			return err
		}
		return tell(ctx, tx, actor.Cooperative, v.Whom.ID, "visit_left", v.ID, actor.Member, now)
	})
}

// Drop lets the actor wish it no more, at any time.
func (s *Visits) Drop(ctx context.Context, actor coop.Actor, id coop.AgreementID) error {
	return s.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		v, err := hold(ctx, tx, actor.Cooperative, `v.agreement_id = ? AND v.member_id = ?`, id, actor.Member)
		if errors.Is(err, rule.ErrNotFound) {
			return nil
		}
		if err != nil {
			return err
		}
		return forget(ctx, tx, actor.Cooperative, v.ID)
	})
}

// Well is said by whoever was asked to call and reached the member: nobody calls any more.
func (s *Visits) Well(ctx context.Context, actor coop.Actor, id uuid.UUID) error {
	now := s.now()
	return s.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		v, err := hold(ctx, tx, actor.Cooperative, `v.id = ? AND v.member_id <> ?
  AND (v.whom_id = ? AND v.told_at IS NOT NULL OR v.passed_on_at IS NOT NULL AND `+facilitates+`)`, id, actor.Member, actor.Member, actor.Member)
		if err != nil || !v.AnsweredAt.IsZero() {
			return err
		}
		return set(ctx, tx, actor.Cooperative, id, `answered_at = ?, ends_at = ?`, now, now.Add(Kept))
	})
}

// hold locks one visit of the cooperative.
func hold(ctx context.Context, tx bun.Tx, cooperative coop.CooperativeID, where string, args ...any) (v Visit, err error) {
	err = tx.NewRaw(read+` AND `+where+` FOR UPDATE OF v`, append([]any{cooperative}, args...)...).Scan(ctx, &v)
	if errors.Is(err, sql.ErrNoRows) {
		return v, rule.ErrNotFound
	}
	return v, err
}

func set(ctx context.Context, tx bun.Tx, cooperative coop.CooperativeID, id uuid.UUID, what string, args ...any) error {
	_, err := tx.NewRaw(`UPDATE coop.visits SET `+what+` WHERE cooperative_id = ? AND id = ?`, append(args, cooperative, id)...).Exec(ctx)
	return err
}

// forget throws a visit away, and whatever the inboxes held about it.
func forget(ctx context.Context, tx bun.Tx, cooperative coop.CooperativeID, id uuid.UUID) error {
	if err := inbox.Forget(ctx, tx, cooperative, id); err != nil {
		return err
	}
	_, err := tx.NewRaw(`DELETE FROM coop.visits WHERE cooperative_id = ? AND id = ?`, cooperative, id).Exec(ctx)
	return err
}
