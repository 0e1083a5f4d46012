package exchange

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"time"

	"github.com/google/uuid"
	"github.com/uptrace/bun"

	"lien/coop"
	"lien/coop/hours"
	"lien/coop/participation"
	"lien/rule"
)

// held is an agreement under its lock, with what the rules ask about the people.
type held struct {
	Agreement
	GiverActive    bool
	ReceiverActive bool
	Facilitates    bool // the actor is an active facilitator
}

// take moves an agreement one step along the table, in one transaction.
func (a *Agreements) take(ctx context.Context, actor coop.Actor, id coop.AgreementID, seen int, asked act) (after Agreement, err error) {
	now := a.now()
	err = a.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		h, err := hold(ctx, tx, actor, id)
		if err != nil {
			return err
		}
		if h.Steps != seen {
			after = h.Agreement
			return replayed(ctx, tx, actor, h.Agreement, seen, asked)
		}
		if asked, err = asked.check(now); err != nil {
			return err
		}
		after, err = a.step(ctx, tx, actor, h, asked, now)
		return err
	})
	return after, err
}

// step checks the rules on a locked agreement and writes what follows.
func (a *Agreements) step(ctx context.Context, tx bun.Tx, actor coop.Actor, h held, asked act, now time.Time) (Agreement, error) {
	g := h.Agreement
	if err := h.mayAct(actor, asked.step, now); err != nil {
		return g, err
	}
	if asked.step == ToSettle || asked.step == ToVoid {
		if err := a.neutral(ctx, tx, actor, g); err != nil {
			return g, err
		}
	}
	asked.step = g.apply(actor.Member, asked)
	if asked.step == ToClaim || asked.step == ToDiffer || asked.step == ToCounter { // what is paid, the ledger checks
		limits, err := a.ledger.Limits(ctx, tx, actor.Cooperative)
		if err == nil {
			err = limits.CheckAct("minutes", asked.minutes)
		}
		if err != nil {
			return h.Agreement, err
		}
	}
	t, _ := find(asked.step, g.State)
	g.State, g.Steps, g.StateSince, g.DeadlineAt = t.To, g.Steps+1, now, t.deadline(g, now)
	if err := a.count(ctx, tx, actor, g, t.From, now); err != nil {
		return h.Agreement, err
	}
	if err := write(ctx, tx, actor, g, t, asked, now); err != nil {
		return h.Agreement, err
	}
	return g, follow(ctx, tx, actor, h.Agreement, g, t.Step, now)
}

// follow is what a step brings with it: open pages hear of it, those concerned are told,
// the way to somebody's door is forgotten once they met, and who helped hears no more.
func follow(ctx context.Context, tx bun.Tx, actor coop.Actor, before, g Agreement, step Step, now time.Time) error {
	if _, err := note(ctx, tx, actor, g.ID, line{kind: SaidStep, body: string(step), key: uuid.New(), at: now}); err != nil {
		return err
	}
	if before.State == Agreed {
		if err := forgetWay(ctx, tx, actor, g.ID); err != nil {
			return err
		}
	}
	if before.NeedsHelp(now) && !g.NeedsHelp(now) {
		if err := rightsChange(ctx, tx, actor); err != nil {
			return err
		}
	}
	return tellOf(ctx, tx, actor, before, g, step, now)
}

// mayAct answers ErrForbidden to whom the table does not let do this, or who is not
// active; ErrMoved when the state does not know the step.
func (h held) mayAct(actor coop.Actor, step Step, now time.Time) error {
	m := actor.Member
	if _, ok := find(step, h.State); !ok {
		return rule.ErrMoved
	}
	active := h.Facilitates || m == h.Giver.ID && h.GiverActive || m == h.Receiver.ID && h.ReceiverActive
	if !active || !h.May(step, m, h.Facilitates, now) {
		return rule.ErrForbidden
	}
	if (actor.Witness != coop.MemberID{}) && h.Party(actor.Witness) {
		return rule.ErrForbidden // who stands at the desk is one of the two
	}
	if (step == ToAgree || step == ToCounter) && !(h.GiverActive && h.ReceiverActive) {
		return rule.ErrForbidden
	}
	if step == ToCounter && h.Steps >= mostProposals {
		return rule.Broken("when", "agreement.counter_enough")
	}
	return nil
}

// neutral refuses a facilitator whose hours stand in one account with one of the two: what
// that one gains, they would gain.
func (a *Agreements) neutral(ctx context.Context, tx bun.Tx, actor coop.Actor, g Agreement) error {
	for _, party := range []coop.MemberID{g.Giver.ID, g.Receiver.ID} {
		var invalid *rule.Invalid
		err := a.ledger.Apart(ctx, tx, actor.Cooperative, "minutes", actor.Member, party)
		if errors.As(err, &invalid) {
			return rule.ErrForbidden
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// apply notes the minutes that somebody named, and returns the step that this makes of
// it: a confirmation with a figure too far away is a difference.
func (g *Agreement) apply(m coop.MemberID, asked act) Step {
	switch asked.step {
	case ToCounter:
		g.ProposedBy, g.PlannedAt, g.Planned, g.Meeting = m, asked.plan.PlannedAt, asked.plan.Minutes, asked.plan.Meeting
	case ToMove:
		g.PlannedAt = asked.plan.PlannedAt
	case ToClaim:
		g.DoneBy, g.Claimed = m, asked.minutes
	case ToConfirm:
		g.Answered = asked.minutes
		paid, met := Meet(g.Claimed, asked.minutes)
		if !met {
			return ToDiffer
		}
		g.Paid = paid
	case ToAccept:
		g.Paid = g.Figure(g.Other(m).ID)
	case ToSettle:
		g.Paid = asked.minutes
	}
	return asked.step
}

// count lets the ledger follow: hours are kept from the yes on, so that they are not
// promised twice, and then paid, or given back when it came to nothing.
func (a *Agreements) count(ctx context.Context, tx bun.Tx, actor coop.Actor, g Agreement, from State, now time.Time) error {
	promise := hours.Promise{Cooperative: actor.Cooperative, Agreement: g.ID, Member: g.Receiver.ID, Minutes: g.Planned, At: now}
	switch {
	case g.State == Agreed:
		return a.ledger.Reserve(ctx, tx, promise)
	case g.State.Paid():
		return a.pay(ctx, tx, actor, g, now)
	case g.State.Final(), from == Agreed && g.State == Proposed: // asked again: nothing is promised
		return a.ledger.Release(ctx, tx, promise)
	}
	return nil
}

// pay moves the minutes and counts the help for both, in the order of their ids.
func (a *Agreements) pay(ctx context.Context, tx bun.Tx, actor coop.Actor, g Agreement, now time.Time) error {
	_, err := a.ledger.Pay(ctx, tx, hours.Payment{
		Cooperative: actor.Cooperative, Agreement: g.ID, From: g.Receiver.ID, To: g.Giver.ID,
		Minutes: g.Paid, By: actor.Member, At: now,
	})
	if err != nil {
		return err
	}
	given := func() error {
		return participation.Count(ctx, tx, actor.Cooperative, g.Giver.ID, now, participation.HelpGiven)
	}
	received := func() error {
		return participation.Count(ctx, tx, actor.Cooperative, g.Receiver.ID, now, participation.HelpReceived)
	}
	if bytes.Compare(g.Giver.ID.UUID[:], g.Receiver.ID.UUID[:]) > 0 {
		given, received = received, given
	}
	if err := given(); err != nil {
		return err
	}
	return received()
}

// write keeps the new state and the event that led to it, in one statement.
func write(ctx context.Context, tx bun.Tx, actor coop.Actor, g Agreement, t Transition, asked act, now time.Time) error {
	var written bool
	return tx.NewRaw(`WITH g AS (
  UPDATE coop.agreements
  SET state = ?, done_by = ?, minutes_claimed = nullif(?, 0), minutes_answered = nullif(?, 0), minutes_paid = nullif(?, 0),
    steps = ?, state_since = ?, deadline_at = ?, offered_by = ?, planned_at = ?, minutes_planned = ?, meeting = ?, called = 0, call_at = ?
  WHERE cooperative_id = ? AND id = ?
  RETURNING cooperative_id, id
)
INSERT INTO coop.agreement_events (cooperative_id, agreement_id, n, step, from_state, to_state, by_member_id, minutes, words, language,
  channel, witness_id, planned_at, meeting, at)
SELECT cooperative_id, id, ?, ?, ?, ?, ?, nullif(?, 0), ?, ?, ?, ?, ?, nullif(?, ''), ? FROM g
RETURNING true`,
		g.State, rule.OrNone(g.DoneBy), g.Claimed, g.Answered, g.Paid, g.Steps, g.StateSince, bun.NullZero(g.DeadlineAt),
		g.ProposedBy, g.PlannedAt, g.Planned, g.Meeting, bun.NullZero(g.callAt(0)),
		actor.Cooperative, g.ID, g.Steps, t.Step, t.From, t.To, actor.Member, asked.minutes, asked.words.Text, asked.words.Language,
		actor.Channel, rule.OrNone(actor.Witness), bun.NullZero(asked.plan.PlannedAt), asked.plan.Meeting, now).Scan(ctx, &written)
}

// replayed accepts a step that this person already took, with the same answer, right
// after what the page had seen; everything else came too late.
func replayed(ctx context.Context, tx bun.Tx, actor coop.Actor, g Agreement, seen int, asked act) error {
	var same bool
	err := tx.NewRaw(`SELECT by_member_id = ? AND (step = ? OR (step = ? AND ?)) AND coalesce(minutes, 0) = (?)
  AND (planned_at = ? AND meeting = ?) IS NOT FALSE
FROM coop.agreement_events
WHERE cooperative_id = ? AND agreement_id = ? AND n = (?)`,
		actor.Member, asked.step, ToDiffer, asked.step == ToConfirm, asked.minutes, bun.NullZero(asked.plan.PlannedAt), asked.plan.Meeting,
		actor.Cooperative, g.ID, seen+1).Scan(ctx, &same)
	if errors.Is(err, sql.ErrNoRows) || err == nil && !same {
		return rule.ErrMoved
	}
	return err
}

// hold locks the agreement for one of the two, or for a facilitator.
func hold(ctx context.Context, tx bun.Tx, actor coop.Actor, id coop.AgreementID) (h held, err error) {
	err = tx.NewRaw(`SELECT `+columns+`,
  giver.state IN ('welcomed', 'active') AS giver_active, receiver.state IN ('welcomed', 'active') AS receiver_active,
  `+coop.FacilitatesAs("g.cooperative_id", "?")+` AS facilitates
`+from+`
WHERE g.cooperative_id = ? AND g.id = ?
FOR UPDATE OF g`, actor.Member, actor.Cooperative, id).Scan(ctx, &h)
	if errors.Is(err, sql.ErrNoRows) {
		return h, rule.ErrNotFound
	}
	if err == nil && !h.Party(actor.Member) && !h.Facilitates {
		return h, rule.ErrNotFound
	}
	return h, err
}
