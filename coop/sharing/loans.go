package sharing

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"github.com/google/uuid"
	"github.com/uptrace/bun"

	"lien/coop"
	"lien/coop/inbox"
	"lien/rule"
)

// Loans are the things that are lent, and who waits for them.
type Loans struct {
	db  bun.IDB
	now func() time.Time
}

// NewLoans returns the loans kept in db; now tells the time.
func NewLoans(db bun.IDB, now func() time.Time) *Loans { return &Loans{db: db, now: now} }

// Ask puts the actor in turn for a thing, and keeps it for them at once when nobody has
// it. A home that has as many things as the rule allows, or one that is late, is told so
// beside the form. Asking again while one waits or has it returns that loan.
func (l *Loans) Ask(ctx context.Context, actor coop.Actor, resource coop.ResourceID, key uuid.UUID) (id coop.LoanID, err error) {
	now := l.now()
	err = l.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		if err := mustBeActive(ctx, tx, actor); err != nil {
			return err
		}
		home, err := homeOf(ctx, tx, actor)
		if err != nil {
			return err
		}
		h, err := hold(ctx, tx, actor.Cooperative, resource)
		switch {
		case err != nil:
			return err
		case h.State == Retired || h.Shared != Lent:
			return rule.ErrNotFound
		}
		err = tx.NewRaw(`
			SELECT id FROM coop.loans
			WHERE cooperative_id = ? AND member_id = ? AND (client_key = ? OR resource_id = ? AND state IN ('asked', 'held', 'out'))
			ORDER BY id DESC LIMIT 1`, actor.Cooperative, actor.Member, key, resource).Scan(ctx, &id)
		if !errors.Is(err, sql.ErrNoRows) {
			return err
		}
		if h.State == Paused {
			return rule.Broken("key", "resource.rule.paused")
		}
		if err := l.mayBorrow(ctx, tx, actor, home, resource, now); err != nil {
			return err
		}
		if id, err = l.queue(ctx, tx, actor, home, resource, key, now); err != nil {
			return err
		}
		return next(ctx, tx, actor.Cooperative, resource, now)
	})
	return id, err
}

// mayBorrow refuses a home that has its share, or something that should be back.
func (l *Loans) mayBorrow(ctx context.Context, tx bun.Tx, actor coop.Actor, home uuid.UUID, resource coop.ResourceID, now time.Time) error {
	rules, err := lendingRules(ctx, tx, actor.Cooperative, resource)
	if err != nil {
		return err
	}
	var has struct{ Resources, Late int }
	err = tx.NewRaw(`
		SELECT count(*) AS resources, count(*) FILTER (WHERE state = 'out' AND due_at < ?3) AS late
		FROM coop.loans WHERE cooperative_id = ?1 AND `+lentTo+` AND state IN ('asked', 'held', 'out')`,
		home, actor.Cooperative, actor.Member, now).Scan(ctx, &has)
	switch {
	case err != nil:
		return err
	case has.Late > 0:
		return rule.Broken("key", "resource.rule.late_first")
	case has.Resources >= rules.AtOnce:
		return rule.Broken("key", "resource.rule.at_once", "most", rules.AtOnce)
	}
	return nil
}

func (l *Loans) queue(ctx context.Context, tx bun.Tx, actor coop.Actor, home uuid.UUID, resource coop.ResourceID, key uuid.UUID, now time.Time) (coop.LoanID, error) {
	id := rule.NewID[coop.LoanID]()
	_, err := tx.NewRaw(`
		INSERT INTO coop.loans (cooperative_id, id, resource_id, member_id, home_id, state, turn, renewed, condition_out, condition_back, client_key, created_at, state_since)
		SELECT ?0, ?1, ?2, ?3, ?4, 'asked', coalesce(max(turn), 0) + 1, 0, '', '', ?5, ?6, ?6
		FROM coop.loans WHERE cooperative_id = ?0 AND resource_id = ?2`,
		actor.Cooperative, id, resource, actor.Member, home, key, now).Exec(ctx)
	return id, err
}

// next keeps the thing for the first in turn who may take part, when nobody has it, and
// tells them until when. It runs under the thing's lock.
func next(ctx context.Context, tx bun.Tx, cooperative coop.CooperativeID, resource coop.ResourceID, now time.Time) error {
	var kept struct {
		ID     coop.LoanID
		Member coop.MemberID
		Name   string
		Until  time.Time
	}
	err := tx.NewRaw(`
		WITH first AS (
		  SELECT l.id FROM coop.loans l
		  JOIN coop.members m ON m.cooperative_id = l.cooperative_id AND m.id = l.member_id AND m.state IN ('welcomed', 'active')
		  JOIN coop.resources t ON t.cooperative_id = l.cooperative_id AND t.id = l.resource_id AND t.state = 'open'
		  WHERE l.cooperative_id = ?0 AND l.resource_id = ?1 AND l.state = 'asked'
		    AND NOT EXISTS (SELECT FROM coop.loans o WHERE o.cooperative_id = ?0 AND o.resource_id = ?1 AND o.state IN ('held', 'out'))
		  ORDER BY l.turn LIMIT 1
		)
		UPDATE coop.loans l
		SET state = 'held', hold_until = ?2::timestamptz + r.hold_hours * interval '1 hour', state_since = ?2
		FROM first, coop.lending_rules r, coop.resources t
		WHERE l.cooperative_id = ?0 AND l.id = first.id AND r.cooperative_id = ?0 AND r.resource_id = ?1 AND t.cooperative_id = ?0 AND t.id = ?1
		RETURNING l.id, l.member_id AS member, t.name, l.hold_until AS until`, cooperative, resource, now).Scan(ctx, &kept)
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	if err != nil {
		return err
	}
	return inbox.Tell(ctx, tx, inbox.Item{
		Cooperative: cooperative, Member: kept.Member, Kind: "resource_kept", Subject: kept.ID.UUID,
		Once: "loan:" + kept.ID.String() + ":held", At: now, Title: kept.Name, When: kept.Until,
	})
}

// Withdraw gives up one's turn, or what is kept for one.
func (l *Loans) Withdraw(ctx context.Context, actor coop.Actor, id coop.LoanID) error {
	return l.take(ctx, actor, id, ToWithdraw, "", refund)
}

// Renew keeps the thing as long again, unless somebody waits for it.
func (l *Loans) Renew(ctx context.Context, actor coop.Actor, id coop.LoanID) error {
	return l.take(ctx, actor, id, ToRenew, "", refund)
}

// HandOver gives the thing to whom it is kept for, with words on its condition, by a
// facilitator who is not that person.
func (l *Loans) HandOver(ctx context.Context, actor coop.Actor, id coop.LoanID, condition string) error {
	return l.take(ctx, actor, id, ToHandOver, condition, refund)
}

// TakeBack notes that the thing is back, with words on its condition, and keeps it for
// the next in turn. A deposit goes back to who had it.
func (l *Loans) TakeBack(ctx context.Context, actor coop.Actor, id coop.LoanID, condition string) error {
	return l.take(ctx, actor, id, ToTakeBack, condition, refund)
}

// Lose notes that the thing will not come back, and pauses it with the words as reason. A deposit
// stays in the fund.
func (l *Loans) Lose(ctx context.Context, actor coop.Actor, id coop.LoanID, why string) error {
	return l.take(ctx, actor, id, ToLose, why, leave)
}

// take moves a loan along its table under the thing's lock, and then the queue.
func (l *Loans) take(ctx context.Context, actor coop.Actor, id coop.LoanID, step Step, words string, keep bool) error {
	words, err := rule.Text("words", words, 0, 500)
	if err != nil {
		return err
	}
	now := l.now()
	return l.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		loan, who, err := l.held(ctx, tx, actor, id)
		if err != nil {
			return err
		}
		to, ok := loan.after(step, who)
		if !ok {
			return rule.ErrMoved
		}
		if err := l.write(ctx, tx, actor, loan, step, to, words, now); err != nil {
			return err
		}
		if err := l.deposit(ctx, tx, actor, loan, step, words, keep, now); err != nil {
			return err
		}
		return next(ctx, tx, actor.Cooperative, loan.Resource, now)
	})
}

// held locks the thing and then its loan, and says who the actor is to it: facilitators
// act on others' loans, never on their own as facilitators.
func (l *Loans) held(ctx context.Context, tx bun.Tx, actor coop.Actor, id coop.LoanID) (Loan, role, error) {
	var found struct {
		Loan
		Facilitates bool
	}
	var resource coop.ResourceID
	err := tx.NewRaw(`SELECT resource_id FROM coop.loans WHERE cooperative_id = ? AND id = ?`, actor.Cooperative, id).Scan(ctx, &resource)
	if err = orNotFound(err); err != nil {
		return found.Loan, holder, err
	}
	if _, err := hold(ctx, tx, actor.Cooperative, resource); err != nil {
		return found.Loan, holder, err
	}
	err = tx.NewRaw(`
		SELECT `+loanColumns+`, `+facilitates+` AS facilitates `+loanFrom+`
		WHERE l.cooperative_id = ? AND l.id = ? FOR UPDATE OF l`, actor.Member, actor.Cooperative, id).Scan(ctx, &found)
	switch {
	case err != nil:
		return found.Loan, holder, orNotFound(err)
	case found.Member == actor.Member:
		return found.Loan, holder, nil
	case found.Facilitates:
		return found.Loan, facilitator, nil
	}
	return found.Loan, holder, rule.ErrNotFound
}

func (l *Loans) write(ctx context.Context, tx bun.Tx, actor coop.Actor, loan Loan, step Step, to, words string, now time.Time) error {
	rules, err := lendingRules(ctx, tx, actor.Cooperative, loan.Resource)
	if err != nil {
		return err
	}
	span := time.Duration(rules.Days) * 24 * time.Hour
	set, args := "", []any{}
	switch step {
	case ToHandOver:
		set, args = ", out_at = ?, due_at = ?, condition_out = ?, handed_by = ?", []any{now, now.Add(span), words, actor.Member}
	case ToRenew:
		if err := l.mayRenew(ctx, tx, actor, loan, rules, now); err != nil {
			return err
		}
		set, args = ", due_at = ?, renewed = renewed + 1", []any{loan.DueAt.Add(span)}
	case ToTakeBack:
		set, args = ", back_at = ?, condition_back = ?, taken_by = ?", []any{now, words, actor.Member}
	case ToLose:
		set, args = ", condition_back = ?, taken_by = ?", []any{words, actor.Member}
		_, err := tx.NewRaw(`UPDATE coop.resources SET state = 'paused', paused_why = ? WHERE cooperative_id = ? AND id = ? AND state = 'open'`,
			words, actor.Cooperative, loan.Resource).Exec(ctx)
		if err != nil {
			return err
		}
	}
	args = append([]any{to, now}, args...)
	_, err = tx.NewRaw(`UPDATE coop.loans SET state = ?, state_since = ?, hold_until = NULL`+set+` WHERE cooperative_id = ? AND id = ?`,
		append(args, actor.Cooperative, loan.ID)...).Exec(ctx)
	return err
}

func (l *Loans) mayRenew(ctx context.Context, tx bun.Tx, actor coop.Actor, loan Loan, rules LendingRules, now time.Time) error {
	var awaited bool
	err := tx.NewRaw(`SELECT EXISTS (SELECT FROM coop.loans WHERE cooperative_id = ? AND resource_id = ? AND state = 'asked')`,
		actor.Cooperative, loan.Resource).Scan(ctx, &awaited)
	switch {
	case err != nil:
		return err
	case awaited:
		return rule.Broken("renew", "resource.rule.awaited")
	case !loan.MayRenew(rules, now):
		return rule.Broken("renew", "resource.rule.renewed_enough")
	}
	return nil
}

const loanColumns = `l.id, l.resource_id AS resource, t.name, t.language, p.name AS place, l.member_id AS member, l.state, l.hold_until, l.out_at, l.due_at, l.back_at,
	l.renewed, l.condition_out, l.condition_back, l.state_since,
	CASE WHEN d.ended_at IS NULL THEN coalesce(d.minutes, 0) ELSE 0 END AS deposit, CASE WHEN d.kept_by IS NULL THEN 0 ELSE d.minutes END AS kept, coalesce(d.kept_why, '') AS kept_why`

const loanFrom = `FROM coop.loans l
	JOIN coop.resources t ON t.cooperative_id = l.cooperative_id AND t.id = l.resource_id
	JOIN coop.places p ON p.cooperative_id = t.cooperative_id AND p.id = t.place_id
	LEFT JOIN coop.deposits d ON d.cooperative_id = l.cooperative_id AND d.loan_id = l.id`
