package fund

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"github.com/google/uuid"
	"github.com/uptrace/bun"

	"lien/coop"
	"lien/coop/hours"
	"lien/coop/inbox"
	"lien/database"
	"lien/rule"
)

// Wish is what the form of a draw holds.
type Wish struct {
	Key      uuid.UUID
	Rule     coop.FundRuleID
	Words    string
	Language string
}

// Ask asks the fund for hours under a rule. The actor is an active member who is not
// waiting under the same rule already. *rule.Invalid on "rule" says that the year's share
// is used up. The same key twice is asking once.
func (f *Fund) Ask(ctx context.Context, actor coop.Actor, w Wish) (coop.DrawID, error) {
	return f.begin(ctx, actor, actor.Member, w, ToAsk)
}

// Offer offers hours under a rule to a member who has reached the soft floor. Only who
// looks after the hours may, and not to themselves; ErrNotFound for anybody else.
func (f *Fund) Offer(ctx context.Context, actor coop.Actor, to coop.MemberID, w Wish) (coop.DrawID, error) {
	return f.begin(ctx, actor, to, w, ToOffer)
}

// MayOffer returns the name of a member to whom hours may be offered.
func (f *Fund) MayOffer(ctx context.Context, actor coop.Actor, to coop.MemberID) (string, error) {
	lows, err := f.ledger.Lows(ctx, actor)
	for _, low := range lows {
		if low.ID == to {
			return low.Name, nil
		}
	}
	return "", errors.Join(err, rule.ErrNotFound)
}

func (f *Fund) begin(ctx context.Context, actor coop.Actor, member coop.MemberID, w Wish, step Step) (id coop.DrawID, err error) {
	now := f.now()
	t, _ := find(step, None)
	err = f.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		err := tx.NewRaw(`SELECT id FROM coop.fund_draws WHERE cooperative_id = ? AND began_by = ? AND client_key = ?`,
			actor.Cooperative, actor.Member, w.Key).Scan(ctx, &id)
		if !errors.Is(err, sql.ErrNoRows) {
			return err
		}
		if step == ToOffer {
			if err := f.mayOffer(ctx, tx, actor, member); err != nil {
				return err
			}
		}
		if w.Words, err = rule.Text("words", w.Words, 0, 500); err != nil {
			return err
		}
		if err := active(ctx, tx, actor.Cooperative, member); err != nil {
			return err
		}
		r, err := oneRule(ctx, tx, actor, w.Rule, "FOR UPDATE OF r")
		if err != nil {
			return err
		}
		if err := fits(ctx, tx, actor.Cooperative, r, member, now); err != nil {
			return err
		}
		id = rule.NewID[coop.DrawID]()
		_, err = tx.NewRaw(`WITH d AS (
  INSERT INTO coop.fund_draws (cooperative_id, id, rule_id, member_id, state, words, answer, language, began_by, decided_by, steps, client_key, created_at, state_since, deadline_at)
  VALUES (?0, ?1, ?2, ?3, ?4, ?5, '', ?6, ?7, CASE WHEN ?7::uuid <> ?3::uuid THEN ?7::uuid END, 1, ?8, ?9, ?9, ?10)
  RETURNING cooperative_id, id
)
INSERT INTO coop.fund_draw_events (cooperative_id, draw_id, n, step, from_state, to_state, by_member_id, at)
SELECT cooperative_id, id, 1, ?11, '', ?4, ?7, ?9 FROM d`,
			actor.Cooperative, id, r.ID, member, t.To, w.Words, w.Language, actor.Member, w.Key, now, now.Add(t.Within), t.Step).Exec(ctx)
		if err != nil {
			return err
		}
		if step == ToOffer {
			return f.tell(ctx, tx, actor.Cooperative, []coop.MemberID{member}, "fund_offered", id, r.Minutes, now)
		}
		return f.tellStewards(ctx, tx, actor.Cooperative, member, "fund_asked", id, r.Minutes, now)
	})
	switch database.Broken(err) {
	case "a_member_waits_once_under_a_rule":
		return id, rule.Broken("rule", "fund.waits_already")
	case "a_draw_begins_once":
		return id, rule.ErrMoved
	}
	return id, err
}

func (f *Fund) mayOffer(ctx context.Context, tx bun.Tx, actor coop.Actor, to coop.MemberID) error {
	lows, err := hours.NewLedger(tx, f.now).Lows(ctx, actor)
	if err != nil {
		return err
	}
	for _, low := range lows {
		if low.ID == to {
			return nil
		}
	}
	return rule.ErrNotFound
}

// Grant gives what was asked for. Only who looks after the hours may, and never for
// themselves. *rule.Invalid on "minutes" or "rule" says why it is not possible.
func (f *Fund) Grant(ctx context.Context, actor coop.Actor, id coop.DrawID, seen int) error {
	return f.take(ctx, actor, id, seen, ToGrant, "")
}

// Refuse says no, with words for the member.
func (f *Fund) Refuse(ctx context.Context, actor coop.Actor, id coop.DrawID, seen int, answer string) error {
	return f.take(ctx, actor, id, seen, ToRefuse, answer)
}

// Withdraw takes back what the actor asked for.
func (f *Fund) Withdraw(ctx context.Context, actor coop.Actor, id coop.DrawID, seen int) error {
	return f.take(ctx, actor, id, seen, ToWithdraw, "")
}

// Take accepts an offer: the hours are given at once.
func (f *Fund) Take(ctx context.Context, actor coop.Actor, id coop.DrawID, seen int) error {
	return f.take(ctx, actor, id, seen, ToTake, "")
}

// Decline says no to an offer, without a reason.
func (f *Fund) Decline(ctx context.Context, actor coop.Actor, id coop.DrawID, seen int) error {
	return f.take(ctx, actor, id, seen, ToDecline, "")
}

// take moves a draw one step along the table, in one transaction.
func (f *Fund) take(ctx context.Context, actor coop.Actor, id coop.DrawID, seen int, step Step, answer string) error {
	now := f.now()
	return f.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		d, steward, err := hold(ctx, tx, actor, id)
		if err != nil {
			return err
		}
		if d.Steps != seen {
			return replayed(ctx, tx, actor, d, seen, step)
		}
		t, ok := find(step, d.State)
		switch {
		case !ok:
			return rule.ErrMoved
		case !d.May(step, actor.Member, steward):
			return rule.ErrForbidden
		}
		if step == ToRefuse {
			if answer, err = rule.Text("answer", answer, 3, 500); err != nil {
				return err
			}
		}
		return f.write(ctx, tx, actor, d, t, answer, now)
	})
}

func (f *Fund) write(ctx context.Context, tx bun.Tx, actor coop.Actor, d Draw, t Transition, answer string, now time.Time) error {
	var receipt hours.Receipt
	if t.To == Granted {
		var err error
		if receipt, err = f.give(ctx, tx, actor, d, now); err != nil {
			return err
		}
	}
	if err := move(ctx, tx, actor.Cooperative, d.ID, t, actor.Member, receipt, answer, now); err != nil {
		return err
	}
	switch t.To {
	case Granted, Refused:
		return f.tell(ctx, tx, actor.Cooperative, []coop.MemberID{d.Member}, "fund_"+string(t.To), d.ID, receipt.Minutes, now)
	}
	return nil
}

// give draws the minutes of the rule, after its caps were looked at under its lock.
func (f *Fund) give(ctx context.Context, tx bun.Tx, actor coop.Actor, d Draw, now time.Time) (hours.Receipt, error) {
	if err := active(ctx, tx, actor.Cooperative, d.Member); err != nil {
		return hours.Receipt{}, rule.ErrMoved
	}
	r, err := oneRule(ctx, tx, actor, d.Rule.ID, "FOR UPDATE OF r")
	if errors.Is(err, rule.ErrNotFound) {
		return hours.Receipt{}, rule.Broken("rule", "fund.rule_ended")
	}
	if err != nil {
		return hours.Receipt{}, err
	}
	if err := fits(ctx, tx, actor.Cooperative, r, d.Member, now); err != nil {
		return hours.Receipt{}, err
	}
	return f.ledger.Draw(ctx, tx, hours.Draw{Cooperative: actor.Cooperative, Key: d.ID.UUID, To: d.Member, Minutes: r.Minutes, By: actor.Member, At: now})
}

// move keeps the new state and the event that led to it.
func move(ctx context.Context, tx bun.Tx, cooperative coop.CooperativeID, id coop.DrawID, t Transition, by coop.MemberID, receipt hours.Receipt, answer string, now time.Time) error {
	_, err := tx.NewRaw(`WITH d AS (
  UPDATE coop.fund_draws
  SET state = ?0, steps = steps + 1, state_since = ?1, deadline_at = NULL, answer = ?2, minutes = nullif(?3, 0), transfer_id = ?4::uuid,
    decided_by = CASE WHEN ?5 THEN ?6::uuid ELSE decided_by END
  WHERE cooperative_id = ?7 AND id = ?8
  RETURNING cooperative_id, id, steps
)
INSERT INTO coop.fund_draw_events (cooperative_id, draw_id, n, step, from_state, to_state, by_member_id, at)
SELECT cooperative_id, id, steps, ?9, ?10, ?0, ?6::uuid, ?1 FROM d`,
		t.To, now, answer, receipt.Minutes, rule.OrNone(receipt.Transfer), t.Who == Steward, rule.OrNone(by), cooperative, id, t.Step, t.From).Exec(ctx)
	return err
}

// hold locks a draw for its member or for who looks after the hours. To stewards it is
// there only while it waits: what is decided is the member's alone.
func hold(ctx context.Context, tx bun.Tx, actor coop.Actor, id coop.DrawID) (d Draw, steward bool, err error) {
	err = tx.NewRaw(drawLines+`
WHERE d.cooperative_id = ? AND d.id = ?
FOR UPDATE OF d`, actor.Cooperative, id).Scan(ctx, &d)
	if errors.Is(err, sql.ErrNoRows) {
		return d, false, rule.ErrNotFound
	}
	if err != nil {
		return d, false, err
	}
	err = hours.Steward(ctx, tx, actor)
	steward = err == nil
	if errors.Is(err, rule.ErrNotFound) && d.Member == actor.Member {
		err = nil
	}
	return d, steward, err
}

// replayed accepts a step that this person already took right after what the page had
// seen; everything else came too late.
func replayed(ctx context.Context, tx bun.Tx, actor coop.Actor, d Draw, seen int, step Step) error {
	var same bool
	err := tx.NewRaw(`SELECT EXISTS (
  SELECT FROM coop.fund_draw_events
  WHERE cooperative_id = ? AND draw_id = ? AND n = (?) AND by_member_id = ? AND step = ?)`,
		actor.Cooperative, d.ID, seen+1, actor.Member, step).Scan(ctx, &same)
	if err == nil && !same {
		return rule.ErrMoved
	}
	return err
}

// fits says whether the year still has room under the rule, which is locked: for the
// member and for all. The year is the calendar's where the neighbourhood is.
func fits(ctx context.Context, tx bun.Tx, cooperative coop.CooperativeID, r Rule, member coop.MemberID, now time.Time) error {
	var own, all int64
	err := tx.NewRaw(`SELECT coalesce(sum(d.minutes) FILTER (WHERE d.member_id = ?), 0)::bigint, coalesce(sum(d.minutes), 0)::bigint
FROM coop.cooperatives c
JOIN coop.fund_draws d ON d.cooperative_id = c.id AND d.rule_id = ? AND d.state = 'granted'
  AND d.state_since >= date_trunc('year', ?::timestamptz AT TIME ZONE c.zone) AT TIME ZONE c.zone
WHERE c.id = ?`, member, r.ID, now, cooperative).Scan(ctx, &own, &all)
	switch {
	case err != nil:
		return err
	case own+r.Minutes > r.Each:
		return rule.Broken("rule", "fund.each_used")
	case all+r.Minutes > r.All:
		return rule.Broken("rule", "fund.all_used")
	}
	return nil
}

func active(ctx context.Context, tx bun.Tx, cooperative coop.CooperativeID, member coop.MemberID) error {
	var yes bool
	err := tx.NewRaw(`SELECT EXISTS (SELECT FROM coop.members WHERE cooperative_id = ? AND id = ? AND state IN ('welcomed', 'active'))`,
		cooperative, member).Scan(ctx, &yes)
	if err == nil && !yes {
		return rule.ErrForbidden
	}
	return err
}

func (f *Fund) tell(ctx context.Context, tx bun.Tx, cooperative coop.CooperativeID, to []coop.MemberID, kind string, id coop.DrawID, minutes int64, now time.Time) error {
	var items []inbox.Item
	for _, member := range to {
		items = append(items, inbox.Item{
			Cooperative: cooperative, Member: member, Kind: kind, Subject: id.UUID, Once: "draw:" + id.String() + ":" + kind, At: now, Minutes: minutes,
		})
	}
	return inbox.Tell(ctx, tx, items...)
}

// tellStewards tells all who look after the hours but the member whose draw it is.
func (f *Fund) tellStewards(ctx context.Context, tx bun.Tx, cooperative coop.CooperativeID, but coop.MemberID, kind string, id coop.DrawID, minutes int64, now time.Time) error {
	var found []struct{ ID coop.MemberID }
	err := tx.NewRaw(`SELECT DISTINCT m.id
FROM coop.member_roles r
JOIN coop.members m ON m.cooperative_id = r.cooperative_id AND m.id = r.member_id AND m.state IN ('welcomed', 'active')
WHERE r.cooperative_id = ? AND r.role IN ('facilitator', 'treasurer') AND r.until_at IS NULL AND m.id <> ?
ORDER BY m.id
LIMIT 30`, cooperative, but).Scan(ctx, &found)
	if err != nil {
		return err
	}
	var stewards []coop.MemberID
	for _, m := range found {
		stewards = append(stewards, m.ID)
	}
	return f.tell(ctx, tx, cooperative, stewards, kind, id, minutes, now)
}
