package cheque

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"time"

	"github.com/uptrace/bun"

	"lien/coop"
	"lien/coop/exchange"
	"lien/coop/hours"
	"lien/coop/participation"
	"lien/rule"
)

// Confirm is the drawer's yes: I signed it, for so many minutes. Close figures settle on the
// lower one, as those of an agreement do; others become a dispute for a facilitator. It
// returns *rule.Invalid on "minutes" when a limit of the cooperative stands in the way.
func (l *Leaves) Confirm(ctx context.Context, actor coop.Actor, id coop.LeafID, seen int, minutes int64) (Leaf, error) {
	return l.take(ctx, actor, id, seen, act{step: ToConfirm, minutes: minutes, counted: true})
}

// Refuse is the drawer's no: words tell a facilitator what happened instead.
func (l *Leaves) Refuse(ctx context.Context, actor coop.Actor, id coop.LeafID, seen int, words string) (Leaf, error) {
	return l.take(ctx, actor, id, seen, act{step: ToRefuse, words: words, said: true})
}

// Withdraw takes back a leaf that was brought by mistake: it is blank again.
func (l *Leaves) Withdraw(ctx context.Context, actor coop.Actor, id coop.LeafID, seen int) (Leaf, error) {
	return l.take(ctx, actor, id, seen, act{step: ToWithdraw})
}

// Accept ends a dispute with the figure that the other one named.
func (l *Leaves) Accept(ctx context.Context, actor coop.Actor, id coop.LeafID, seen int) (Leaf, error) {
	return l.take(ctx, actor, id, seen, act{step: ToAccept})
}

// Witness settles a leaf that a facilitator, neither of the two, has seen with its signature.
func (l *Leaves) Witness(ctx context.Context, actor coop.Actor, id coop.LeafID, seen int) (Leaf, error) {
	return l.take(ctx, actor, id, seen, act{step: ToWitness, channel: coop.OnPaper, witness: actor.Member})
}

// Settle is a facilitator's mediation: so many minutes are owed, and why.
func (l *Leaves) Settle(ctx context.Context, actor coop.Actor, id coop.LeafID, seen int, minutes int64, words string) (Leaf, error) {
	return l.take(ctx, actor, id, seen, act{step: ToSettle, minutes: minutes, counted: true, words: words, said: true})
}

// Void is a facilitator's mediation: nothing is owed, and why.
func (l *Leaves) Void(ctx context.Context, actor coop.Actor, id coop.LeafID, seen int, words string) (Leaf, error) {
	return l.take(ctx, actor, id, seen, act{step: ToVoid, words: words, said: true, because: Settled})
}

// Lose says that a blank leaf is lost, stolen or spoiled: it is worth nothing from now on.
// Its drawer may, and a facilitator.
func (l *Leaves) Lose(ctx context.Context, actor coop.Actor, id coop.LeafID, seen int, why Because) (Leaf, error) {
	if err := why.check(); err != nil {
		return Leaf{}, err
	}
	return l.take(ctx, actor, id, seen, act{step: ToLose, because: why})
}

func (b Because) check() error {
	for _, known := range Reasons() {
		if b == known {
			return nil
		}
	}
	return rule.Broken("because", "rule.choose")
}

// act is a step as it was asked for. Counted and said tell which parts it must have.
type act struct {
	step    Step
	minutes int64
	counted bool
	words   string
	said    bool
	because Because
	brought Presentation
	channel coop.Channel // by which it came, when not as the actor's others do
	witness coop.MemberID
}

func (t act) check() (act, error) {
	if t.counted && t.minutes <= 0 {
		return t, rule.Broken("minutes", "hours.nothing")
	}
	if !t.said {
		return t, nil
	}
	words, err := rule.Text("words", t.words, 3, 1000)
	t.words = words
	return t, err
}

// held is a leaf under its lock, with what the rules ask about the people.
type held struct {
	Leaf
	Active      bool // the actor takes part
	Facilitates bool // the actor is an acting facilitator
	Payable     bool // neither of the two has left
}

// take moves a leaf one step along the table, in one transaction.
func (l *Leaves) take(ctx context.Context, actor coop.Actor, id coop.LeafID, seen int, asked act) (after Leaf, err error) {
	now := l.now()
	err = l.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		h, err := hold(ctx, tx, actor, id)
		if err != nil {
			return err
		}
		if h.Steps != seen {
			after = h.Leaf
			return replayed(ctx, tx, actor, h.Leaf, seen, asked)
		}
		after, err = l.step(ctx, tx, actor, h, asked, now)
		return err
	})
	return after, err
}

// step checks the rules on a locked leaf and writes what follows.
func (l *Leaves) step(ctx context.Context, tx bun.Tx, actor coop.Actor, h held, asked act, now time.Time) (Leaf, error) {
	asked, err := asked.check()
	if err != nil {
		return h.Leaf, err
	}
	if asked.channel == coop.OwnPhone {
		asked.channel, asked.witness = actor.Channel, actor.Witness
	}
	if _, ok := find(asked.step, h.State); !ok {
		return h.Leaf, rule.ErrMoved
	}
	if !h.Active || !h.May(asked.step, actor.Member, h.Facilitates, now) {
		return h.Leaf, rule.ErrForbidden
	}
	if t, _ := find(asked.step, h.State); t.Who == Facilitator {
		if err := l.neutral(ctx, tx, actor, h.Leaf); err != nil {
			return h.Leaf, err
		}
	}
	g := h.Leaf
	asked.step = g.apply(actor.Member, asked)
	t, _ := find(asked.step, g.State)
	if t.To == Presented || asked.step == ToDiffer { // what is paid, the ledger checks
		if err := l.checkAct(ctx, tx, actor, asked.minutes); err != nil {
			return h.Leaf, err
		}
	}
	g.State, g.Steps, g.StateSince, g.DeadlineAt = t.To, g.Steps+1, now, t.deadline(g, now)
	var paid hours.Receipt
	if t.To == Paid {
		if !h.Payable {
			return h.Leaf, rule.ErrForbidden
		}
		if paid, err = l.pay(ctx, tx, actor, g, now); err != nil {
			return h.Leaf, err
		}
	}
	if t.To == Blank {
		g.clear()
	}
	if err := write(ctx, tx, actor, g, paid.Transfer, t, asked, now); err != nil {
		return h.Leaf, err
	}
	return g, tell(ctx, tx, actor, h.Leaf, g, t, now)
}

// neutral refuses a facilitator whose hours stand in one account with one of the two: what
// that one gains, they would gain.
func (l *Leaves) neutral(ctx context.Context, tx bun.Tx, actor coop.Actor, g Leaf) error {
	for _, party := range []coop.MemberID{g.Drawer.ID, g.Bearer.ID} {
		var invalid *rule.Invalid
		err := l.ledger.Apart(ctx, tx, actor.Cooperative, "code", actor.Member, party)
		if errors.As(err, &invalid) {
			return rule.ErrForbidden
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (l *Leaves) checkAct(ctx context.Context, tx bun.Tx, actor coop.Actor, minutes int64) error {
	limits, err := l.ledger.Limits(ctx, tx, actor.Cooperative)
	if err != nil {
		return err
	}
	return limits.CheckAct("minutes", minutes)
}

// apply notes the figure that somebody named, and returns the step that this makes of it: a
// confirmation with one too far away is a difference.
func (l *Leaf) apply(m coop.MemberID, asked act) Step {
	switch asked.step {
	case ToHonour, ToWitness:
		l.Paid = l.Claimed
	case ToConfirm:
		l.Answered = asked.minutes
		paid, met := exchange.Meet(l.Claimed, asked.minutes)
		if !met {
			return ToDiffer
		}
		l.Paid = paid
	case ToAccept:
		l.Paid = l.figure(m)
	case ToSettle:
		l.Paid = asked.minutes
	case ToLose, ToVoid:
		l.Because = asked.because
	}
	return asked.step
}

// clear takes from a leaf all that was said of it.
func (l *Leaf) clear() {
	l.Bearer, l.Category, l.About, l.Language = exchange.Person{}, "", "", ""
	l.Claimed, l.Answered = 0, 0
}

// pay moves the minutes and counts the help for both, in the order of their ids.
func (l *Leaves) pay(ctx context.Context, tx bun.Tx, actor coop.Actor, g Leaf, now time.Time) (hours.Receipt, error) {
	paid, err := l.ledger.Cash(ctx, tx, g.ID, hours.Payment{
		Cooperative: actor.Cooperative, From: g.Drawer.ID, To: g.Bearer.ID, Minutes: g.Paid, By: actor.Member, At: now,
	})
	if err != nil {
		return paid, err
	}
	given := func() error {
		return participation.Count(ctx, tx, actor.Cooperative, g.Bearer.ID, now, participation.HelpGiven)
	}
	received := func() error {
		return participation.Count(ctx, tx, actor.Cooperative, g.Drawer.ID, now, participation.HelpReceived)
	}
	if bytes.Compare(g.Bearer.ID.UUID[:], g.Drawer.ID.UUID[:]) > 0 {
		given, received = received, given
	}
	if err := given(); err != nil {
		return paid, err
	}
	return paid, received()
}

// write keeps the new state and the event that led to it, in one statement.
func write(ctx context.Context, tx bun.Tx, actor coop.Actor, g Leaf, transfer coop.TransferID, t Transition, asked act, now time.Time) error {
	var written bool
	return tx.NewRaw(`WITH f AS (
  UPDATE coop.cheque_leaves
  SET reminded = 0, state = ?, bearer_id = ?, category = nullif(?, ''), about = ?, language = ?, minutes_claimed = nullif(?, 0), minutes_answered = nullif(?, 0),
    minutes_paid = nullif(?, 0), because = nullif(?, ''), transfer_id = ?, steps = ?, state_since = ?, deadline_at = ?
  WHERE cooperative_id = ? AND id = ?
  RETURNING cooperative_id, id
)
INSERT INTO coop.cheque_events (cooperative_id, leaf_id, n, step, from_state, to_state, by_member_id, channel, witness_id, minutes, words, at)
SELECT cooperative_id, id, ?, ?, ?, ?, ?, ?, ?, nullif(?, 0), ?, ? FROM f
RETURNING true`,
		g.State, rule.OrNone(g.Bearer.ID), g.Category, g.About, g.Language, g.Claimed, g.Answered,
		g.Paid, g.Because, rule.OrNone(transfer), g.Steps, g.StateSince, bun.NullZero(g.DeadlineAt),
		actor.Cooperative, g.ID,
		g.Steps, t.Step, t.From, t.To, actor.Member, asked.channel, rule.OrNone(asked.witness), asked.minutes, asked.words, now).Scan(ctx, &written)
}

// replayed accepts a step that this person already took, with the same answer, right after
// what the page had seen; everything else came too late.
func replayed(ctx context.Context, tx bun.Tx, actor coop.Actor, g Leaf, seen int, asked act) error {
	var same bool
	err := tx.NewRaw(`SELECT by_member_id = ? AND (step = ? OR (step = ? AND ?)) AND coalesce(minutes, 0) = (?)
FROM coop.cheque_events
WHERE cooperative_id = ? AND leaf_id = ? AND n = (?)`,
		actor.Member, asked.step, ToDiffer, asked.step == ToConfirm, asked.minutes,
		actor.Cooperative, g.ID, seen+1).Scan(ctx, &same)
	if errors.Is(err, sql.ErrNoRows) || err == nil && !same {
		return rule.ErrMoved
	}
	return err
}

// hold locks the leaf for one of the two, or for a facilitator.
func hold(ctx context.Context, tx bun.Tx, actor coop.Actor, id coop.LeafID) (h held, err error) {
	err = tx.NewRaw(`SELECT me.state IN ('welcomed', 'active') AS active, `+coop.Facilitates+` AS facilitates,
  d.state <> 'left' AND coalesce(r.state, '') <> 'left' AS payable, `+leafColumns+`
JOIN coop.members AS me ON me.cooperative_id = f.cooperative_id AND me.id = ?
WHERE f.cooperative_id = ? AND f.id = ?
FOR UPDATE OF f`, actor.Cooperative, actor.Member, actor.Member, actor.Cooperative, id).Scan(ctx, &h)
	if err != nil {
		return h, orNotFound(err)
	}
	if !h.Party(actor.Member) && !h.Facilitates {
		return h, rule.ErrNotFound
	}
	return h, nil
}
