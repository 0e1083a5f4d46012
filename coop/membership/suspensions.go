package membership

import (
	"context"
	"errors"

	"github.com/uptrace/bun"

	"lien/coop"
	"lien/coop/inbox"
	"lien/rule"
)

// Suspend stops a member from taking part until a day, by a facilitator's decision whose
// reason the member reads and can contest. Nobody suspends themselves or the last
// facilitator.
func (m *Members) Suspend(ctx context.Context, actor coop.Actor, member coop.MemberID, v Verdict) error {
	if _, err := reason(v.Why); err != nil {
		return err
	}
	if actor.Member == member {
		return rule.ErrForbidden
	}
	return m.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		if err := coop.MustFacilitate(ctx, tx, actor); err != nil {
			return err
		}
		if err := another(ctx, tx, actor.Cooperative, member); err != nil {
			return err
		}
		today, err := m.today(ctx, tx, actor.Cooperative)
		if err != nil {
			return err
		}
		why, until, err := v.on(today)
		if err != nil {
			return err
		}
		if err := m.move(ctx, tx, actor, member, Suspends, why); err != nil {
			return err
		}
		if _, err := endPauses(ctx, tx, actor.Cooperative, member, m); err != nil {
			return err
		}
		id := rule.NewID[coop.SuspensionID]()
		_, err = tx.NewRaw(`
			INSERT INTO coop.suspensions (cooperative_id, id, member_id, decided_by, reason, decided_at, until_on, contest, outcome, review)
			VALUES (?, ?, ?, ?, ?, ?, ?, '', '', '')`,
			actor.Cooperative, id, member, actor.Member, why, m.now(), orNoDay(until)).Exec(ctx)
		if err != nil {
			return err
		}
		return inbox.Tell(ctx, tx, m.about(actor, member, "suspended", id))
	})
}

// about is what a member is told of their suspension.
func (m *Members) about(by coop.Actor, member coop.MemberID, kind string, id coop.SuspensionID) inbox.Item {
	return inbox.Item{
		Cooperative: by.Cooperative, Member: member, Kind: kind, Subject: id.UUID, Once: kind + ":" + id.String(), At: m.now(), By: by.Member,
	}
}

// Reinstate ends a suspension before its last day, with a reason as well.
func (m *Members) Reinstate(ctx context.Context, actor coop.Actor, member coop.MemberID, why string) error {
	why, err := reason(why)
	if err != nil {
		return err
	}
	if actor.Member == member {
		return rule.ErrForbidden
	}
	return m.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		if err := coop.MustFacilitate(ctx, tx, actor); err != nil {
			return err
		}
		return m.reinstate(ctx, tx, actor, member, why)
	})
}

// reinstate ends the suspension and what stands of it.
func (m *Members) reinstate(ctx context.Context, tx bun.Tx, by coop.Actor, member coop.MemberID, why string) error {
	if err := m.move(ctx, tx, by, member, Reinstates, why); err != nil {
		return err
	}
	return endSuspensions(ctx, tx, by.Cooperative, member, m)
}

func endSuspensions(ctx context.Context, tx bun.Tx, cooperative coop.CooperativeID, member coop.MemberID, m *Members) error {
	_, err := tx.NewRaw(`UPDATE coop.suspensions SET ended_at = ? WHERE cooperative_id = ? AND member_id = ? AND ended_at IS NULL`,
		m.now(), cooperative, member).Exec(ctx)
	return err
}

// Contest says what the suspended member answers to the decision, within a month and once.
// Somebody else than who decided must then answer within two weeks.
func (m *Members) Contest(ctx context.Context, actor coop.Actor, words string) error {
	words, err := rule.Text("words", words, 10, 2000)
	if err != nil {
		return err
	}
	return m.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		if _, err := lock(ctx, tx, actor.Cooperative, actor.Member); err != nil {
			return err
		}
		s, err := suspension(ctx, tx, `s.cooperative_id = ? AND s.member_id = ? AND s.ended_at IS NULL`, actor.Cooperative, actor.Member)
		if err != nil {
			return moved(err)
		}
		if s.Contest == words {
			return nil // sent twice
		}
		now := m.now()
		if !s.MayContest(now) {
			return rule.ErrMoved
		}
		_, err = tx.NewRaw(`UPDATE coop.suspensions SET contest = ?, contested_at = ?, review_by = ? WHERE cooperative_id = ? AND id = ?`,
			words, now, now.Add(reviewedIn), actor.Cooperative, s.ID).Exec(ctx)
		if err != nil {
			return err
		}
		return tellFacilitators(ctx, tx, m.about(actor, coop.MemberID{}, "contested", s.ID), s.DecidedBy)
	})
}

// moved is what a step answers when what it needs is not there any more.
func moved(err error) error {
	if errors.Is(err, rule.ErrNotFound) {
		return rule.ErrMoved
	}
	return err
}

// Finding is a review as it was written.
type Finding struct {
	Outcome Outcome
	Words   string
}

func (f Finding) tidy() (words string, err error) {
	if f.Outcome != Upheld && f.Outcome != Lifted {
		return "", rule.Broken("outcome", "rule.choose")
	}
	return rule.Text("words", f.Words, 10, 1000)
}

// Review answers a contest: the decision is upheld or lifted, and why. Only a facilitator
// who neither decided nor is the member may, once.
func (m *Members) Review(ctx context.Context, actor coop.Actor, id coop.SuspensionID, f Finding) error {
	return m.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		if err := coop.MustFacilitate(ctx, tx, actor); err != nil {
			return err
		}
		s, err := suspension(ctx, tx, `s.cooperative_id = ? AND s.id = ?`, actor.Cooperative, id)
		if err != nil {
			return err
		}
		if _, err := lock(ctx, tx, actor.Cooperative, s.Member); err != nil {
			return err
		}
		if s, err = suspension(ctx, tx, `s.cooperative_id = ? AND s.id = ?`, actor.Cooperative, id); err != nil {
			return err
		}
		if actor.Member == s.DecidedBy || actor.Member == s.Member {
			return rule.ErrForbidden
		}
		if !s.MayReview(actor.Member) {
			return rule.ErrMoved
		}
		words, err := f.tidy()
		if err != nil {
			return err
		}
		if f.Outcome == Lifted {
			if err := m.reinstate(ctx, tx, actor, s.Member, words); err != nil {
				return err
			}
		}
		_, err = tx.NewRaw(`
			UPDATE coop.suspensions SET reviewed_by = ?, reviewed_at = ?, outcome = ?, review = ? WHERE cooperative_id = ? AND id = ?`,
			actor.Member, m.now(), f.Outcome, words, actor.Cooperative, id).Exec(ctx)
		if err != nil {
			return err
		}
		return inbox.Tell(ctx, tx, m.about(actor, s.Member, "review_"+string(f.Outcome), id))
	})
}

const suspensionColumns = `
	SELECT s.id, s.member_id AS member, m.name, s.decided_by, d.name AS by, s.reason, s.decided_at, s.until_on, s.contest, s.contested_at,
	       s.review_by, coalesce(r.name, '') AS reviewer, s.outcome, s.review, s.reviewed_at, s.ended_at
	FROM coop.suspensions AS s
	JOIN coop.members AS m ON m.cooperative_id = s.cooperative_id AND m.id = s.member_id
	JOIN coop.members AS d ON d.cooperative_id = s.cooperative_id AND d.id = s.decided_by
	LEFT JOIN coop.members AS r ON r.cooperative_id = s.cooperative_id AND r.id = s.reviewed_by`

func suspension(ctx context.Context, db bun.IDB, which string, args ...any) (Suspension, error) {
	var found Suspension
	err := db.NewRaw(suspensionColumns+` WHERE `+which, args...).Scan(ctx, &found)
	return found, orNotFound(err)
}

// Suspension returns the member's last suspension, running or over, and whether there is
// one: for the member themselves and for a facilitator.
func (m *Members) Suspension(ctx context.Context, actor coop.Actor, member coop.MemberID) (Suspension, bool, error) {
	if actor.Member != member {
		if err := coop.MustFacilitate(ctx, m.db, actor); err != nil {
			return Suspension{}, false, err
		}
	}
	found, err := suspension(ctx, m.db, `s.cooperative_id = ? AND s.member_id = ? ORDER BY s.decided_at DESC, s.id DESC LIMIT 1`, actor.Cooperative, member)
	if errors.Is(err, rule.ErrNotFound) {
		return found, false, nil
	}
	return found, err == nil, err
}

// OneSuspension returns a suspension at the desk. Facilitators only.
func (m *Members) OneSuspension(ctx context.Context, actor coop.Actor, id coop.SuspensionID) (Suspension, error) {
	if err := coop.MustFacilitate(ctx, m.db, actor); err != nil {
		return Suspension{}, err
	}
	return suspension(ctx, m.db, `s.cooperative_id = ? AND s.id = ?`, actor.Cooperative, id)
}

// Suspended lists the suspensions that run, those whose answer is due first, fifty at
// most. Facilitators only.
func (m *Members) Suspended(ctx context.Context, actor coop.Actor) ([]Suspension, error) {
	if err := coop.MustFacilitate(ctx, m.db, actor); err != nil {
		return nil, err
	}
	var list []Suspension
	err := m.db.NewRaw(suspensionColumns+`
		WHERE s.cooperative_id = ? AND s.ended_at IS NULL
		ORDER BY s.reviewed_at IS NOT NULL, s.review_by NULLS LAST, s.until_on, s.id LIMIT 50`, actor.Cooperative).Scan(ctx, &list)
	return list, err
}

// Contested counts the contests that wait for an answer which the actor may give, up to
// fifty: none for who is no facilitator.
func (m *Members) Contested(ctx context.Context, actor coop.Actor) (n int, err error) {
	err = m.db.NewRaw(`
		SELECT count(*) FROM (
		  SELECT FROM coop.suspensions AS s
		  WHERE s.cooperative_id = ? AND s.ended_at IS NULL AND s.contested_at IS NOT NULL AND s.reviewed_at IS NULL
		    AND s.decided_by <> ? AND s.member_id <> ? AND `+coop.Facilitates+` LIMIT 50) AS w`,
		actor.Cooperative, actor.Member, actor.Member, actor.Cooperative, actor.Member).Scan(ctx, &n)
	return n, err
}
