package assembly

import (
	"context"
	"database/sql"
	"errors"

	"github.com/uptrace/bun"

	"lien/coop"
	"lien/rule"
)

// Statute returns the statutes in force; found is false before the first were entered.
func (a *Assemblies) Statute(ctx context.Context, actor coop.Actor) (s Statute, found bool, err error) {
	s, err = statute(ctx, a.db, actor.Cooperative, 0)
	if errors.Is(err, rule.ErrNotFound) {
		return s, false, nil
	}
	return s, err == nil, err
}

// statute reads the statutes with a number, or the newest for 0.
func statute(ctx context.Context, db bun.IDB, cooperative coop.CooperativeID, n int) (s Statute, err error) {
	err = db.NewRaw(`
		SELECT s.n, s.quorum_percent AS quorum, s.proxies_cap AS cap, s.notice_days AS notice, s.contest_days AS contest, s.voted_on, m.name AS entered_by
		FROM coop.statutes s JOIN coop.members m ON m.cooperative_id = s.cooperative_id AND m.id = s.entered_by
		WHERE s.cooperative_id = ?0 AND (s.n = ?1 OR ?1 = 0)
		ORDER BY s.n DESC LIMIT 1`, cooperative, n).Scan(ctx, &s)
	if err != nil {
		return s, orNotFound(err)
	}
	err = db.NewRaw(`
		SELECT kind, num, den, strict, base, tie FROM coop.majorities
		WHERE cooperative_id = ? AND statute_n = ? ORDER BY kind`, cooperative, s.N).Scan(ctx, &s.Majorities)
	return s, err
}

// Amend enters the statutes that were voted, by a facilitator: they hold for assemblies
// convened from now on. When others were entered since the form was shown, rule.ErrMoved;
// the same key again changes nothing.
func (a *Assemblies) Amend(ctx context.Context, actor coop.Actor, form Amendment) error {
	s, err := form.check(a.now())
	if err != nil {
		return err
	}
	return a.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		if err := coop.MustFacilitate(ctx, tx, actor); err != nil {
			return err
		}
		if _, err := tx.NewRaw(`SELECT id FROM coop.cooperatives WHERE id = ? FOR UPDATE`, actor.Cooperative).Exec(ctx); err != nil {
			return err
		}
		var last struct {
			N    int
			Sent bool
		}
		err := tx.NewRaw(`
			SELECT coalesce(max(n), 0) AS n, coalesce(bool_or(entered_by = ? AND client_key = ?), false) AS sent
			FROM coop.statutes WHERE cooperative_id = ?`, actor.Member, form.Key, actor.Cooperative).Scan(ctx, &last)
		switch {
		case err != nil || last.Sent:
			return err
		case last.N != form.Seen:
			return rule.ErrMoved
		}
		s.N = last.N + 1
		return a.enter(ctx, tx, actor, form, s)
	})
}

func (a *Assemblies) enter(ctx context.Context, tx bun.Tx, actor coop.Actor, form Amendment, s Statute) error {
	_, err := tx.NewRaw(`
		INSERT INTO coop.statutes (cooperative_id, n, quorum_percent, proxies_cap, notice_days, contest_days, voted_on, entered_by, entered_at, client_key)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		actor.Cooperative, s.N, s.Quorum, s.Cap, s.Notice, s.Contest, s.VotedOn, actor.Member, a.now(), form.Key).Exec(ctx)
	if err != nil {
		return err
	}
	for _, m := range s.Majorities { // two
		_, err := tx.NewRaw(`
			INSERT INTO coop.majorities (cooperative_id, statute_n, kind, num, den, strict, base, tie)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?)`, actor.Cooperative, s.N, m.Kind, m.Num, m.Den, m.Strict, m.Base, m.Tie).Exec(ctx)
		if err != nil {
			return err
		}
	}
	return nil
}

// holds asks whether the member is active and holds a role now; it stands in a query
// whose thing is t.
const holds = `EXISTS (
	SELECT FROM coop.members me
	JOIN coop.member_roles r ON r.cooperative_id = me.cooperative_id AND r.member_id = me.id
	WHERE me.cooperative_id = t.cooperative_id AND me.id = ? AND me.state IN ('welcomed', 'active')
	  AND r.role = ? AND r.until_at IS NULL)`

// mustBe refuses who does not hold the role at this moment.
func mustBe(ctx context.Context, db bun.IDB, actor coop.Actor, role string) error {
	var yes bool
	err := db.NewRaw(`SELECT `+holds+` FROM (SELECT ?::uuid AS cooperative_id) AS t`, actor.Member, role, actor.Cooperative).Scan(ctx, &yes)
	if err == nil && !yes {
		return rule.ErrForbidden
	}
	return err
}

func orNotFound(err error) error {
	if errors.Is(err, sql.ErrNoRows) {
		return rule.ErrNotFound
	}
	return err
}
