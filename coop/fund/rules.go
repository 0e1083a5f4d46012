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
	"lien/rule"
)

const ruleColumns = `r.id, r.why, r.words, r.language, r.minutes, r.yearly_each AS each, r.yearly_all AS "all", r.voted_on, r.ended_at,
  CASE WHEN m.state = 'left' THEN '' ELSE coalesce(m.name, '') END AS entered_by`

// Rules lists what the fund pays for, fifty at most, for every member to read.
func (f *Fund) Rules(ctx context.Context, actor coop.Actor) (list []Rule, err error) {
	err = f.db.NewRaw(`SELECT `+ruleColumns+`
FROM coop.fund_rules r
JOIN coop.members m ON m.cooperative_id = r.cooperative_id AND m.id = r.entered_by
WHERE r.cooperative_id = ? AND r.ended_at IS NULL
ORDER BY r.why, r.id
LIMIT 50`, actor.Cooperative).Scan(ctx, &list)
	return list, err
}

// Rule returns a rule that holds, ErrNotFound when it does not.
func (f *Fund) Rule(ctx context.Context, actor coop.Actor, id coop.FundRuleID) (r Rule, err error) {
	return oneRule(ctx, f.db, actor, id, "")
}

func oneRule(ctx context.Context, db bun.IDB, actor coop.Actor, id coop.FundRuleID, lock string) (r Rule, err error) {
	err = db.NewRaw(`SELECT `+ruleColumns+`
FROM coop.fund_rules r
JOIN coop.members m ON m.cooperative_id = r.cooperative_id AND m.id = r.entered_by
WHERE r.cooperative_id = ? AND r.id = ? AND r.ended_at IS NULL
`+lock, actor.Cooperative, id).Scan(ctx, &r)
	if errors.Is(err, sql.ErrNoRows) {
		err = rule.ErrNotFound
	}
	return r, err
}

// Enter writes down a rule that the members voted. The treasurer does, or a facilitator
// where there is no treasurer. The same key twice is one rule.
func (f *Fund) Enter(ctx context.Context, actor coop.Actor, d RuleDraft) (id coop.FundRuleID, err error) {
	now := f.now()
	err = f.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		if err := keeps(ctx, tx, actor); err != nil {
			return err
		}
		limits, err := f.ledger.Limits(ctx, tx, actor.Cooperative)
		if err != nil {
			return err
		}
		if d, err = d.check(now, limits.PerAct); err != nil {
			return err
		}
		return tx.NewRaw(`INSERT INTO coop.fund_rules AS r (cooperative_id, id, why, words, language, minutes, yearly_each, yearly_all, voted_on, entered_by, entered_at, client_key)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?::date, ?, ?, ?)
ON CONFLICT (cooperative_id, entered_by, client_key) DO UPDATE SET ended_at = r.ended_at
RETURNING id`,
			actor.Cooperative, rule.NewID[coop.FundRuleID](), d.Why, d.Words, d.Language, d.Minutes, d.Each, d.All,
			d.VotedOn.Format(time.DateOnly), actor.Member, now, d.Key).Scan(ctx, &id)
	})
	return id, err
}

// End ends a rule from now on; what was given under it stays given, and what still waits
// can only be refused. Ending twice is ending once.
func (f *Fund) End(ctx context.Context, actor coop.Actor, id coop.FundRuleID) error {
	return f.end(ctx, actor, "fund_rules", id.UUID)
}

// Minting returns the minting rule that holds; its ID is zero when there is none.
func (f *Fund) Minting(ctx context.Context, actor coop.Actor) (m Minting, err error) {
	err = f.db.NewRaw(`SELECT r.id, r.cap, r.words, r.language, r.voted_on, CASE WHEN m.state = 'left' THEN '' ELSE m.name END AS entered_by
FROM coop.minting_rules r
JOIN coop.members m ON m.cooperative_id = r.cooperative_id AND m.id = r.entered_by
WHERE r.cooperative_id = ? AND r.ended_at IS NULL`, actor.Cooperative).Scan(ctx, &m)
	if errors.Is(err, sql.ErrNoRows) {
		err = nil
	}
	return m, err
}

// Mint writes down how many hours the community may make, as it voted; the rule that held
// before ends. The treasurer does, or a facilitator where there is no treasurer.
func (f *Fund) Mint(ctx context.Context, actor coop.Actor, d MintingDraft) error {
	now := f.now()
	return f.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		if err := keeps(ctx, tx, actor); err != nil {
			return err
		}
		d, err := d.check(now)
		if err != nil {
			return err
		}
		if err := holdFund(ctx, tx, actor); err != nil {
			return err
		}
		var done bool
		err = tx.NewRaw(`SELECT EXISTS (SELECT FROM coop.minting_rules WHERE cooperative_id = ? AND entered_by = ? AND client_key = ?)`,
			actor.Cooperative, actor.Member, d.Key).Scan(ctx, &done)
		if err != nil || done {
			return err
		}
		if _, err = tx.NewRaw(`UPDATE coop.minting_rules SET ended_by = ?, ended_at = ? WHERE cooperative_id = ? AND ended_at IS NULL`,
			actor.Member, now, actor.Cooperative).Exec(ctx); err != nil {
			return err
		}
		_, err = tx.NewRaw(`INSERT INTO coop.minting_rules (cooperative_id, id, cap, words, language, voted_on, entered_by, entered_at, client_key)
VALUES (?, ?, ?, ?, ?, ?::date, ?, ?, ?)`, actor.Cooperative, rule.NewID[coop.MintingID](), d.Cap, d.Words, d.Language,
			d.VotedOn.Format(time.DateOnly), actor.Member, now, d.Key).Exec(ctx)
		return err
	})
}

// EndMinting ends a minting rule: from now on the fund gives only what it has. What the
// community made stays made, and is filled up again by gifts.
func (f *Fund) EndMinting(ctx context.Context, actor coop.Actor, id coop.MintingID) error {
	return f.end(ctx, actor, "minting_rules", id.UUID)
}

func (f *Fund) end(ctx context.Context, actor coop.Actor, table string, id uuid.UUID) error {
	return f.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		if err := keeps(ctx, tx, actor); err != nil {
			return err
		}
		if err := holdFund(ctx, tx, actor); err != nil {
			return err
		}
		found, err := tx.NewRaw(`UPDATE coop.? SET ended_by = coalesce(ended_by, ?), ended_at = coalesce(ended_at, ?)
WHERE cooperative_id = ? AND id = ?`, bun.Ident(table), actor.Member, f.now(), actor.Cooperative, id).Exec(ctx)
		if err != nil {
			return err
		}
		if n, err := found.RowsAffected(); err != nil || n == 0 {
			return errors.Join(err, rule.ErrNotFound)
		}
		return nil
	})
}

// holdFund locks the fund's account, as every draw does: what it may give does not change
// under one that is on its way.
func holdFund(ctx context.Context, tx bun.Tx, actor coop.Actor) error {
	_, err := tx.NewRaw(`SELECT id FROM coop.hours_accounts WHERE cooperative_id = ? AND kind = 'fund' FOR UPDATE`, actor.Cooperative).Exec(ctx)
	return err
}

// keeps answers ErrNotFound to who does not write the fund's rules down: that is the
// treasurer, or where there is none, the facilitators.
func keeps(ctx context.Context, db bun.IDB, actor coop.Actor) error {
	if err := hours.Steward(ctx, db, actor); err != nil {
		return err
	}
	var yes bool
	err := db.NewRaw(`WITH treasurers AS (
  SELECT r.member_id
  FROM coop.member_roles r
  JOIN coop.members m ON m.cooperative_id = r.cooperative_id AND m.id = r.member_id AND m.state IN ('welcomed', 'active')
  WHERE r.cooperative_id = ? AND r.role = 'treasurer' AND r.until_at IS NULL
)
SELECT EXISTS (SELECT FROM treasurers WHERE member_id = ?) OR NOT EXISTS (SELECT FROM treasurers)`, actor.Cooperative, actor.Member).Scan(ctx, &yes)
	if err == nil && !yes {
		return rule.ErrForbidden
	}
	return err
}

// Keeps reports whether the actor looks after the hours, and whether they write the rules.
func (f *Fund) Keeps(ctx context.Context, actor coop.Actor) (steward, keeper bool, err error) {
	switch err = keeps(ctx, f.db, actor); {
	case err == nil:
		return true, true, nil
	case errors.Is(err, rule.ErrForbidden):
		return true, false, nil
	case errors.Is(err, rule.ErrNotFound):
		return false, false, nil
	}
	return false, false, err
}
