package problem

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"github.com/uptrace/bun"

	"lien/coop"
	"lien/coop/inbox"
	"lien/database"
	"lien/rule"
)

// Problems are the cooperative's.
type Problems struct {
	db  bun.IDB
	now func() time.Time
}

// NewProblems returns the problems kept in db; now tells the time.
func NewProblems(db bun.IDB, now func() time.Time) *Problems { return &Problems{db: db, now: now} }

// mostOpen is how many problems that are not solved one member may have told of.
const mostOpen = 5

// TellOf opens a problem of a place that the actor lives in, with their own line. The same
// key again returns the first. It returns *rule.Invalid for the form, and where a problem
// of the kind is open there already.
func (s *Problems) TellOf(ctx context.Context, actor coop.Actor, d Draft) (id coop.ProblemID, err error) {
	if d, err = d.check(); err != nil {
		return id, err
	}
	err = s.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		err := tx.NewRaw(`SELECT id FROM coop.problems WHERE cooperative_id = ? AND opened_by = ? AND client_key = ?`, actor.Cooperative, actor.Member, d.Key).Scan(ctx, &id)
		if err == nil || !errors.Is(err, sql.ErrNoRows) {
			return err
		}
		if err := s.mayOpen(ctx, tx, actor, d.Place); err != nil {
			return err
		}
		id = rule.NewID[coop.ProblemID]()
		_, err = tx.NewRaw(`
			INSERT INTO coop.problems (cooperative_id, id, place_id, kind, title, language, state, steps, homes, opened_by, client_key, opened_at)
			VALUES (?, ?, ?, ?, ?, ?, 'open', 0, 0, ?, ?, ?)`,
			actor.Cooperative, id, d.Place, d.Kind, d.Title, d.Too.Language, actor.Member, d.Key, s.now()).Exec(ctx)
		if err != nil {
			return err
		}
		return s.too(ctx, tx, actor, id, d.Too)
	})
	switch database.Broken(err) {
	case "a_problem_of_a_place_is_one":
		return id, rule.Broken("kind", "problem.rule.already")
	case "a_problem_is_opened_once":
		return id, rule.ErrMoved
	}
	return id, err
}

// mayOpen locks the member, so that two devices do not pass the limit together.
func (s *Problems) mayOpen(ctx context.Context, tx bun.Tx, actor coop.Actor, place coop.PlaceID) error {
	var here bool
	var open int
	err := tx.NewRaw(`
		SELECT EXISTS (SELECT FROM coop.places p WHERE p.cooperative_id = m.cooperative_id AND p.id = m.place_id AND ? = ANY (p.path)),
			(SELECT count(*) FROM coop.problems x WHERE x.cooperative_id = m.cooperative_id AND x.opened_by = m.id AND x.state <> 'solved')
		FROM coop.members m WHERE m.cooperative_id = ? AND m.id = ? AND m.state IN ('welcomed', 'active') FOR NO KEY UPDATE`,
		place, actor.Cooperative, actor.Member).Scan(ctx, &here, &open)
	if errors.Is(err, sql.ErrNoRows) || err == nil && !here {
		return rule.Broken("place", "rule.choose")
	}
	if err == nil && open >= mostOpen {
		return rule.Broken("title", "problem.rule.many", "most", mostOpen)
	}
	return err
}

// MeToo adds what the actor's home has to say of a problem where they live, or changes it;
// the home keeps its pseudonym.
func (s *Problems) MeToo(ctx context.Context, actor coop.Actor, id coop.ProblemID, t Too) error {
	return s.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		return s.too(ctx, tx, actor, id, t)
	})
}

// too gives a home its pseudonym under the lock of the problem.
func (s *Problems) too(ctx context.Context, tx bun.Tx, actor coop.Actor, id coop.ProblemID, t Too) error {
	var state State
	var stairs coop.PlaceID
	var zone string
	err := tx.NewRaw(`
		SELECT x.state, m.place_id, c.zone FROM coop.problems x
		JOIN coop.cooperatives c ON c.id = x.cooperative_id
		JOIN coop.members m ON m.cooperative_id = x.cooperative_id AND m.id = ? AND m.state IN ('welcomed', 'active')
		JOIN coop.places p ON p.cooperative_id = m.cooperative_id AND p.id = m.place_id AND x.place_id = ANY (p.path)
		WHERE x.cooperative_id = ? AND x.id = ? FOR NO KEY UPDATE OF x`, actor.Member, actor.Cooperative, id).Scan(ctx, &state, &stairs, &zone)
	if errors.Is(err, sql.ErrNoRows) {
		return rule.ErrNotFound
	}
	if err != nil {
		return err
	}
	there, err := time.LoadLocation(zone)
	if err != nil {
		return err
	}
	if t, err = t.check(s.now().In(there)); err != nil {
		return err
	}
	if state == Solved {
		return rule.ErrMoved
	}
	home, err := homeOf(ctx, tx, actor, id)
	if err != nil {
		return err
	}
	var since any
	if !t.Since.IsZero() {
		since = t.Since.Format(time.DateOnly)
	}
	_, err = tx.NewRaw(`
		INSERT INTO coop.problem_homes (cooperative_id, problem_id, member_id, home, place_id, words, language, since_on, at)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?::date, ?)
		ON CONFLICT (cooperative_id, problem_id, member_id) DO UPDATE SET words = excluded.words, language = excluded.language,
			since_on = excluded.since_on, at = excluded.at, withdrawn_at = NULL`,
		actor.Cooperative, id, actor.Member, home, stairs, t.Words, t.Language, since, s.now()).Exec(ctx)
	return err
}

// homeOf is the pseudonym that the actor, or somebody they live with, has in a problem
// already; or the next one.
func homeOf(ctx context.Context, tx bun.Tx, actor coop.Actor, id coop.ProblemID) (home int, err error) {
	err = tx.NewRaw(`
		SELECT h.home FROM coop.problem_homes h
		WHERE h.cooperative_id = ?0 AND h.problem_id = ?1 AND (h.member_id = ?2 OR h.member_id IN (
			SELECT y.member_id FROM coop.household_members x
			JOIN coop.household_members y ON y.cooperative_id = x.cooperative_id AND y.household_id = x.household_id AND y.until_at IS NULL
			WHERE x.cooperative_id = ?0 AND x.member_id = ?2 AND x.until_at IS NULL))
		ORDER BY h.member_id <> ?2, h.home LIMIT 1`, actor.Cooperative, id, actor.Member).Scan(ctx, &home)
	if errors.Is(err, sql.ErrNoRows) {
		err = tx.NewRaw(`UPDATE coop.problems SET homes = homes + 1 WHERE cooperative_id = ? AND id = ? RETURNING homes`, actor.Cooperative, id).Scan(ctx, &home)
	}
	return home, err
}

// Withdraw takes back what the actor said of a problem.
func (s *Problems) Withdraw(ctx context.Context, actor coop.Actor, id coop.ProblemID) error {
	result, err := s.db.NewRaw(`UPDATE coop.problem_homes SET words = '', since_on = NULL, withdrawn_at = coalesce(withdrawn_at, ?)
		WHERE cooperative_id = ? AND problem_id = ? AND member_id = ?`, s.now(), actor.Cooperative, id, actor.Member).Exec(ctx)
	if err != nil {
		return err
	}
	if n, err := result.RowsAffected(); err != nil || n == 0 {
		return errors.Join(err, rule.ErrNotFound)
	}
	return nil
}

// Note is what a facilitator writes down. Seen is the number of steps that the page showed.
type Note struct {
	Seen     int
	Step     Step
	On       time.Time
	Words    string
	Language string
}

// Take writes down what was done about a problem, and tells those who have it. Only a
// facilitator may; who had not seen the last step gets ErrMoved.
func (s *Problems) Take(ctx context.Context, actor coop.Actor, id coop.ProblemID, n Note) error {
	way, known := steps[n.Step]
	if !known {
		return rule.Broken("step", "rule.choose")
	}
	now := s.now()
	if n.On.IsZero() || n.On.After(now) || n.On.Year() < 1950 {
		return rule.Broken("on", "problem.rule.on")
	}
	words, err := rule.Text("note", n.Words, 3, LongestWords)
	if err != nil {
		return err
	}
	if err := language(n.Language); err != nil {
		return err
	}
	return s.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		if err := coop.MustFacilitate(ctx, tx, actor); err != nil {
			return err
		}
		var was State
		var seen int
		var title string
		err := tx.NewRaw(`SELECT state, steps, title FROM coop.problems WHERE cooperative_id = ? AND id = ? FOR NO KEY UPDATE`, actor.Cooperative, id).Scan(ctx, &was, &seen, &title)
		if errors.Is(err, sql.ErrNoRows) {
			return rule.ErrNotFound
		}
		if err != nil {
			return err
		}
		if seen != n.Seen || !contains(way.from, was) {
			return rule.ErrMoved
		}
		_, err = tx.NewRaw(`
			INSERT INTO coop.problem_steps (cooperative_id, problem_id, n, step, from_state, to_state, done_on, words, language, by_member_id, at)
			VALUES (?, ?, ?, ?, ?, ?, ?::date, ?, ?, ?, ?)`,
			actor.Cooperative, id, seen+1, n.Step, was, way.to, n.On.Format(time.DateOnly), words, n.Language, actor.Member, now).Exec(ctx)
		if err != nil {
			return err
		}
		_, err = tx.NewRaw(`UPDATE coop.problems SET state = ?, steps = steps + 1 WHERE cooperative_id = ? AND id = ?`, way.to, actor.Cooperative, id).Exec(ctx)
		if err != nil {
			return err
		}
		return s.tell(ctx, tx, actor, id, seen+1, way.to, title)
	})
}

func contains(list []State, s State) bool {
	for _, x := range list {
		if x == s {
			return true
		}
	}
	return false
}

// tell tells those who have the problem what has become of it.
func (s *Problems) tell(ctx context.Context, tx bun.Tx, actor coop.Actor, id coop.ProblemID, n int, to State, title string) error {
	var items []inbox.Item
	err := tx.NewRaw(`
		SELECT cooperative_id AS cooperative, member_id AS member, 'problem_' || ? AS kind, problem_id AS subject,
			'problem:' || problem_id || ':' || ? AS once, ?::timestamptz AS at, ? AS title
		FROM coop.problem_homes WHERE cooperative_id = ? AND problem_id = ? AND withdrawn_at IS NULL AND member_id <> ? ORDER BY member_id`,
		string(to), n, s.now(), title, actor.Cooperative, id, actor.Member).Scan(ctx, &items)
	if err != nil {
		return err
	}
	return inbox.Tell(ctx, tx, items...)
}
