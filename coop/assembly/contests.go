package assembly

import (
	"context"
	"database/sql"
	"errors"

	"github.com/google/uuid"
	"github.com/uptrace/bun"

	"lien/coop"
	"lien/coop/inbox"
	"lien/rule"
)

// Read returns the minutes of an assembly: to everybody once both have signed, and before to
// who holds the chair, who writes, and who keeps the desk; rule.ErrNotFound to others. The
// annex, where numbers stand, is for those three only.
func (m *Minutes) Read(ctx context.Context, actor coop.Actor, id coop.AssemblyID) (p Report, err error) {
	of, err := (&Assemblies{db: m.db, now: m.now}).One(ctx, actor, id)
	if err != nil {
		return p, err
	}
	var s sheet
	if err := m.db.NewRaw(`SELECT `+sheetColumns, actor.Cooperative, id).Scan(ctx, &s); err != nil {
		return p, orNotFound(err)
	}
	p = Report{
		Assembly: of, Chair: s.ChairName, Secretary: s.SecretaryName, Mine: s.as(actor.Member), Edits: s.Edits,
		SignedAt: s.SignedAt, ContestUntil: s.ContestUntil,
	}
	if err := m.may(ctx, actor, &p, s); err != nil {
		return p, err
	}
	all, err := texts(ctx, m.db, actor.Cooperative, id)
	if err != nil {
		return p, err
	}
	if p.Text, err = m.current(ctx, m.db, actor.Cooperative, of, s, all); err != nil {
		return p, err
	}
	inside := p.Keeps || p.Mine != ""
	if !inside {
		p.Text.Annex = ""
	}
	p.Addenda = addenda(all, inside)
	if p.Writes() && s.Signed == 0 {
		return p, m.toWrite(ctx, actor, &p)
	}
	p.Contests, err = m.contests(ctx, actor, id)
	return p, err
}

// Filed is what a page that leads to the minutes knows of them.
type Filed struct {
	Chair, Secretary string
	Signed           bool
	Mine             bool // the reader signs or writes them
}

// Filed returns how far the minutes of an assembly are; found is false before a bureau was
// named.
func (m *Minutes) Filed(ctx context.Context, actor coop.Actor, id coop.AssemblyID) (f Filed, found bool, err error) {
	var s sheet
	err = m.db.NewRaw(`SELECT `+sheetColumns, actor.Cooperative, id).Scan(ctx, &s)
	if errors.Is(err, sql.ErrNoRows) {
		return f, false, nil
	}
	return Filed{Chair: s.ChairName, Secretary: s.SecretaryName, Signed: s.Signed > 0, Mine: s.as(actor.Member) != ""}, err == nil, err
}

// addenda are those that both signed, and to who signs them the last one that waits.
func addenda(all []Text, inside bool) (list []Text) {
	for n, t := range all {
		if t.Addendum && (t.Signed() || inside && n == len(all)-1) {
			list = append(list, t)
		}
	}
	return list
}

func (m *Minutes) toWrite(ctx context.Context, actor coop.Actor, p *Report) (err error) {
	if p.Points, err = agenda(ctx, m.db, actor.Cooperative, p.Assembly.ID); err != nil {
		return err
	}
	p.Said, err = wordsOf(ctx, m.db, actor.Cooperative, p.Assembly.ID)
	return err
}

// may fills what the reader may do with minutes, and refuses a draft to who has no part in it.
func (m *Minutes) may(ctx context.Context, actor coop.Actor, p *Report, s sheet) error {
	var is struct{ Keeps, Counts, Voter, Contested bool }
	err := m.db.NewRaw(`
		SELECT (SELECT `+holds+` FROM (SELECT ?::uuid AS cooperative_id) AS t) AS keeps, (SELECT `+holds+` FROM (SELECT ?::uuid AS cooperative_id) AS t) AS counts,
		  EXISTS (SELECT FROM coop.roll WHERE cooperative_id = ? AND assembly_id = ? AND member_id = ?) AS voter,
		  EXISTS (SELECT FROM coop.minutes_contests WHERE cooperative_id = ? AND assembly_id = ? AND member_id = ?) AS contested`,
		actor.Member, "facilitator", actor.Cooperative, actor.Member, "scrutineer", actor.Cooperative,
		actor.Cooperative, p.Assembly.ID, actor.Member, actor.Cooperative, p.Assembly.ID, actor.Member).Scan(ctx, &is)
	if err != nil {
		return err
	}
	if p.Keeps = is.Keeps; s.Signed == 0 && !p.Keeps && p.Mine == "" {
		return rule.ErrNotFound
	}
	p.Answers = (is.Keeps || is.Counts) && p.Mine == ""
	p.MayContest = s.Signed > 0 && is.Voter && !is.Contested && p.Mine == "" && m.now().Before(s.ContestUntil)
	return nil
}

// contests are what was held against the minutes, in order. Who contests is named to nobody.
func (m *Minutes) contests(ctx context.Context, actor coop.Actor, id coop.AssemblyID) (list []Contest, err error) {
	err = m.db.NewRaw(`
		SELECT c.id, c.member_id = ? AS mine, c.reason, c.language, c.at, c.answered_at IS NOT NULL AS answered, coalesce(c.upheld, false) AS upheld,
		  coalesce(c.decision, '') AS decision, coalesce(m.name, '') AS by, c.answered_at
		FROM coop.minutes_contests c LEFT JOIN coop.members m ON m.cooperative_id = c.cooperative_id AND m.id = c.answered_by
		WHERE c.cooperative_id = ? AND c.assembly_id = ? ORDER BY c.at, c.id LIMIT ?`, actor.Member, actor.Cooperative, id, mostShown).Scan(ctx, &list)
	return list, err
}

// Contest says what is wrong with signed minutes, by a member who stood on the roll and did
// not sign them, within the statutes' days: *rule.Invalid on "reason" afterwards. The same
// key again changes nothing; a second contest is told beside the form.
func (m *Minutes) Contest(ctx context.Context, actor coop.Actor, id coop.AssemblyID, key uuid.UUID, reason, language string) error {
	return m.hold(ctx, actor, id, func(ctx context.Context, tx bun.Tx, of Assembly, s sheet) error {
		var voter bool
		err := tx.NewRaw(`SELECT EXISTS (SELECT FROM coop.roll WHERE cooperative_id = ? AND assembly_id = ? AND member_id = ?)`,
			actor.Cooperative, id, actor.Member).Scan(ctx, &voter)
		switch {
		case err != nil:
			return err
		case s.Signed == 0:
			return rule.ErrNotFound
		case !voter || s.as(actor.Member) != "":
			return rule.ErrForbidden
		case !m.now().Before(s.ContestUntil):
			return rule.Broken("reason", "minutes.rule.contest_late")
		}
		if reason, err = rule.Text("reason", reason, 10, 2000); err != nil {
			return err
		}
		result, err := tx.NewRaw(`
			INSERT INTO coop.minutes_contests (cooperative_id, id, assembly_id, member_id, reason, language, client_key, at)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (cooperative_id, assembly_id, member_id) DO NOTHING`,
			actor.Cooperative, rule.NewID[coop.ContestID](), id, actor.Member, reason, language, key, m.now()).Exec(ctx)
		if err != nil {
			return err
		}
		if n, err := result.RowsAffected(); err != nil || n == 0 {
			return m.twice(ctx, tx, actor, id, key, err)
		}
		return m.tellWhoAnswers(ctx, tx, actor, of, s)
	})
}

// twice forgives the same form sent again, and refuses another.
func (m *Minutes) twice(ctx context.Context, tx bun.Tx, actor coop.Actor, id coop.AssemblyID, key uuid.UUID, err error) error {
	var same bool
	if err == nil {
		err = tx.NewRaw(`SELECT client_key = ? FROM coop.minutes_contests WHERE cooperative_id = ? AND assembly_id = ? AND member_id = ?`,
			key, actor.Cooperative, id, actor.Member).Scan(ctx, &same)
	}
	if err == nil && !same {
		return rule.Broken("reason", "minutes.rule.contested_already")
	}
	return err
}

// tellWhoAnswers tells those who keep the desk or count, and did not sign, that an answer is
// asked for.
func (m *Minutes) tellWhoAnswers(ctx context.Context, tx bun.Tx, actor coop.Actor, of Assembly, s sheet) error {
	var who []struct{ ID coop.MemberID }
	err := tx.NewRaw(`
		SELECT DISTINCT member_id AS id FROM coop.member_roles
		WHERE cooperative_id = ? AND role IN ('facilitator', 'scrutineer') AND until_at IS NULL AND member_id NOT IN (?, ?, ?)
		ORDER BY member_id LIMIT 50`, actor.Cooperative, s.Chair, s.Secretary, actor.Member).Scan(ctx, &who)
	if err != nil {
		return err
	}
	items := make([]inbox.Item, len(who))
	for n, w := range who {
		items[n] = inbox.Item{
			Cooperative: actor.Cooperative, Member: w.ID, Kind: "minutes_contested", Subject: of.ID.UUID,
			Once: "minutes:" + of.ID.String() + ":contest:" + actor.Member.String(), At: m.now(), Title: of.Title, When: of.StartsAt,
		}
	}
	return inbox.Tell(ctx, tx, items...)
}

// Answer is the written decision on a contest: whether it was right, and why.
type Answer struct {
	Upheld   bool
	Decision string
}

// Answer decides a contest in writing, by a facilitator or a scrutineer who neither signed
// the minutes nor contests them; it is decided once.
func (m *Minutes) Answer(ctx context.Context, actor coop.Actor, contest coop.ContestID, a Answer) (id coop.AssemblyID, err error) {
	var by coop.MemberID
	err = m.db.NewRaw(`SELECT assembly_id, member_id FROM coop.minutes_contests WHERE cooperative_id = ? AND id = ?`, actor.Cooperative, contest).Scan(ctx, &id, &by)
	if err != nil {
		return id, orNotFound(err)
	}
	return id, m.hold(ctx, actor, id, func(ctx context.Context, tx bun.Tx, of Assembly, s sheet) error {
		if err := mustBe(ctx, tx, actor, "scrutineer"); err != nil {
			if err := coop.MustFacilitate(ctx, tx, actor); err != nil {
				return err
			}
		}
		if s.as(actor.Member) != "" || by == actor.Member {
			return rule.ErrForbidden
		}
		decision, err := rule.Text("decision", a.Decision, 10, 2000)
		if err != nil {
			return err
		}
		result, err := tx.NewRaw(`
			UPDATE coop.minutes_contests SET upheld = ?, decision = ?, answered_by = ?, answered_at = ?
			WHERE cooperative_id = ? AND id = ? AND answered_at IS NULL`, a.Upheld, decision, actor.Member, m.now(), actor.Cooperative, contest).Exec(ctx)
		if err != nil {
			return err
		}
		if n, err := result.RowsAffected(); err != nil || n == 0 {
			return errors.Join(err, rule.ErrMoved)
		}
		return inbox.Tell(ctx, tx, inbox.Item{
			Cooperative: actor.Cooperative, Member: by, Kind: "contest_answered", Subject: id.UUID,
			Once: "contest:" + contest.String(), At: m.now(), Title: of.Title, When: of.StartsAt,
		})
	})
}
