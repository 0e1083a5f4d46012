package problem

import (
	"context"
	"database/sql"
	"errors"

	"lien/coop"
	"lien/rule"
)

// read selects the problems x that a member m may read: of a place that they live in, and
// all of them for a facilitator. It asks for the member twice and for the cooperative.
var read = `
	SELECT x.id, x.place_id, x.kind, x.title, x.language, x.state, x.steps, x.opened_at,
		(SELECT string_agg(up.name, ' · ' ORDER BY array_position(at.path, up.id)) FROM coop.places up
			WHERE up.cooperative_id = at.cooperative_id AND up.id = ANY (at.path) AND (up.kind <> 'residence' OR at.kind = 'residence')) AS place,
		(SELECT count(DISTINCT h.home) FROM coop.problem_homes h
			JOIN coop.members o ON o.cooperative_id = h.cooperative_id AND o.id = h.member_id AND o.state <> 'left'
			WHERE h.cooperative_id = x.cooperative_id AND h.problem_id = x.id AND h.withdrawn_at IS NULL) AS homes,
		EXISTS (SELECT FROM coop.problem_homes h WHERE h.cooperative_id = x.cooperative_id AND h.problem_id = x.id AND h.member_id = m.id AND h.withdrawn_at IS NULL) AS mine,
		x.place_id = ANY (p.path) AS here
	FROM coop.members m
	JOIN coop.places p ON p.cooperative_id = m.cooperative_id AND p.id = m.place_id
	JOIN coop.problems x ON x.cooperative_id = m.cooperative_id
	JOIN coop.places at ON at.cooperative_id = x.cooperative_id AND at.id = x.place_id
	WHERE m.state IN ('welcomed', 'active') AND m.cooperative_id = ?0 AND m.id = ?1
		AND (x.place_id = ANY (p.path) OR ` + coop.FacilitatesAs("m.cooperative_id", "m.id") + `)`

// perPage is how many problems a page shows.
const perPage = 30

// List returns a page of the problems that the actor may read, those told of last first,
// from before one on; next is where the page after begins, zero when there is none.
func (s *Problems) List(ctx context.Context, actor coop.Actor, before coop.ProblemID) (list []Problem, next coop.ProblemID, err error) {
	err = s.db.NewRaw(read+` AND (?2 OR x.id < ?3) ORDER BY x.id DESC LIMIT ?4`,
		actor.Cooperative, actor.Member, before == coop.ProblemID{}, before, perPage+1).Scan(ctx, &list)
	if len(list) > perPage {
		list = list[:perPage]
		next = list[perPage-1].ID
	}
	return list, next, err
}

// MostWaiting is how far Waiting counts.
const MostWaiting = 100

// Waiting counts, for a facilitator, the problems of which the landlord was not told yet,
// MostWaiting at most; others get ErrForbidden.
func (s *Problems) Waiting(ctx context.Context, actor coop.Actor) (n int, err error) {
	var yes bool
	err = s.db.NewRaw(`SELECT `+coop.Facilitates+`, (SELECT count(*) FROM (
			SELECT FROM coop.problems WHERE cooperative_id = ? AND state = 'open' LIMIT ?) w)`,
		actor.Cooperative, actor.Member, actor.Cooperative, MostWaiting).Scan(ctx, &yes, &n)
	if err == nil && !yes {
		return 0, rule.ErrForbidden
	}
	return n, err
}

// One returns a problem that the actor may read, what homes said, the first home first,
// 500 at most, and what was done. Of somebody whom the actor does not see nothing is read;
// the home of who left the cooperative says nothing any more and is not counted.
func (s *Problems) One(ctx context.Context, actor coop.Actor, id coop.ProblemID) (p Problem, lines []Line, taken []Taken, err error) {
	err = s.db.NewRaw(read+` AND x.id = ?2`, actor.Cooperative, actor.Member, id).Scan(ctx, &p)
	if errors.Is(err, sql.ErrNoRows) {
		return p, nil, nil, rule.ErrNotFound
	}
	if err != nil {
		return p, nil, nil, err
	}
	if lines, err = s.lines(ctx, actor, id, `AND NOT coop.hidden_between(h.cooperative_id, h.member_id, ?2)`); err != nil {
		return p, nil, nil, err
	}
	taken, err = s.taken(ctx, actor, id)
	return p, lines, taken, err
}

// Letter returns what the letter to the landlord says of a problem: every home that has
// it, under its pseudonym. Only a facilitator may ask for it.
func (s *Problems) Letter(ctx context.Context, actor coop.Actor, id coop.ProblemID) (p Problem, lines []Line, taken []Taken, err error) {
	if err := coop.MustFacilitate(ctx, s.db, actor); err != nil {
		return p, nil, nil, err
	}
	err = s.db.NewRaw(read+` AND x.id = ?2`, actor.Cooperative, actor.Member, id).Scan(ctx, &p)
	if errors.Is(err, sql.ErrNoRows) {
		return p, nil, nil, rule.ErrNotFound
	}
	if err != nil {
		return p, nil, nil, err
	}
	if lines, err = s.lines(ctx, actor, id, ``); err != nil {
		return p, nil, nil, err
	}
	taken, err = s.taken(ctx, actor, id)
	return p, lines, taken, err
}

func (s *Problems) lines(ctx context.Context, actor coop.Actor, id coop.ProblemID, but string) (lines []Line, err error) {
	err = s.db.NewRaw(`
		SELECT h.home, coalesce(b.name, '') AS building, h.words, h.language, h.since_on AS since, h.at, h.member_id = ?2 AS mine,
			h.place_id AS stair, coalesce(b.name || ' · ', '') || p.name AS stairs
		FROM coop.problem_homes h
		JOIN coop.members o ON o.cooperative_id = h.cooperative_id AND o.id = h.member_id AND o.state <> 'left'
		JOIN coop.places p ON p.cooperative_id = h.cooperative_id AND p.id = h.place_id
		LEFT JOIN coop.places b ON b.cooperative_id = p.cooperative_id AND b.id = ANY (p.path) AND b.kind = 'building'
		WHERE h.cooperative_id = ?0 AND h.problem_id = ?1 AND h.withdrawn_at IS NULL `+but+`
		ORDER BY h.home, h.at LIMIT 500`, actor.Cooperative, id, actor.Member).Scan(ctx, &lines)
	return lines, err
}

func (s *Problems) taken(ctx context.Context, actor coop.Actor, id coop.ProblemID) (taken []Taken, err error) {
	err = s.db.NewRaw(`SELECT n, step, done_on AS "on", words, language, at FROM coop.problem_steps
		WHERE cooperative_id = ? AND problem_id = ? ORDER BY n LIMIT 200`, actor.Cooperative, id).Scan(ctx, &taken)
	return taken, err
}

// Places are those that the actor lives in, the nearest first: where a problem may be.
func (s *Problems) Places(ctx context.Context, actor coop.Actor) (list []Place, err error) {
	err = s.db.NewRaw(`
		SELECT up.id, up.name FROM coop.members m
		JOIN coop.places p ON p.cooperative_id = m.cooperative_id AND p.id = m.place_id
		JOIN coop.places up ON up.cooperative_id = p.cooperative_id AND up.id = ANY (p.path)
		WHERE m.cooperative_id = ? AND m.id = ? AND m.state IN ('welcomed', 'active')
		ORDER BY array_position(p.path, up.id) DESC`, actor.Cooperative, actor.Member).Scan(ctx, &list)
	return list, err
}

// Place is somewhere that a problem may be.
type Place struct {
	ID   coop.PlaceID
	Name string
}
