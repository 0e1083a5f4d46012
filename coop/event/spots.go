package event

import (
	"context"
	"database/sql"
	"errors"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/uptrace/bun"

	"lien/coop"
	"lien/rule"
)

// within is the names of the places on the way up from the place of x, a line each.
func within(x string) string {
	return `coalesce((SELECT string_agg(up.name, E'\n' ORDER BY cardinality(up.path) DESC)
			FROM coop.places here
			JOIN coop.places up ON up.cooperative_id = here.cooperative_id AND up.id = ANY (here.path)
			WHERE here.cooperative_id = ` + x + `.cooperative_id AND here.id = ` + x + `.place_id), '') AS within,
		coalesce((SELECT thing.name FROM coop.resources thing
			WHERE thing.cooperative_id = ` + x + `.cooperative_id AND thing.id = ` + x + `.resource_id), '') AS thing`
}

// inside says, in SQL, that an event e is in a place or in one that stands in it.
const inside = `
		AND e.place_id IN (SELECT at.id FROM coop.places at WHERE at.cooperative_id = e.cooperative_id AND ? = ANY (at.path))`

// Spots returns where an event may be, each place before what stands in it: the open
// places of the cooperative and its rooms, 500 at most. Active members only.
func (s *Events) Spots(ctx context.Context, actor coop.Actor) (choices []SpotChoice, err error) {
	if _, err := active(ctx, s.db, actor); err != nil {
		return nil, err
	}
	err = s.db.NewRaw(`
		SELECT p.id AS place_id, NULL::uuid AS resource_id, p.kind, p.name, p.path
		FROM coop.places p
		WHERE p.cooperative_id = ?0 AND p.closed_at IS NULL
		UNION ALL
		SELECT r.place_id, r.id, 'thing', r.name, p.path
		FROM coop.resources r
		JOIN coop.places p ON p.cooperative_id = r.cooperative_id AND p.id = r.place_id AND p.closed_at IS NULL
		WHERE r.cooperative_id = ?0 AND r.kind = 'room' AND r.state <> 'retired'
		ORDER BY path, resource_id NULLS FIRST
		LIMIT 500`, actor.Cooperative).Scan(ctx, &choices)
	return choices, err
}

// placed reads the spot that was chosen, with words for it: those that were typed, or its
// name. What the event was in before may have closed since.
func (s *Events) placed(ctx context.Context, tx bun.IDB, cooperative coop.CooperativeID, typed, words string, was Spot) (Spot, string, error) {
	if typed == was.Value() && strings.TrimSpace(words) != "" {
		return was, words, nil
	}
	if typed == "" {
		return Spot{}, words, nil
	}
	kind, text, _ := strings.Cut(typed, ".")
	id, err := uuid.Parse(text)
	query := map[string]string{
		"place": `SELECT p.id AS place_id, NULL::uuid AS resource_id, p.name AS thing FROM coop.places p
			WHERE p.cooperative_id = ? AND p.id = ? AND p.closed_at IS NULL`,
		"thing": `SELECT r.place_id, r.id AS resource_id, r.name AS thing FROM coop.resources r
			WHERE r.cooperative_id = ? AND r.id = ? AND r.kind = 'room' AND r.state <> 'retired'`,
	}[kind]
	if err != nil || query == "" {
		return Spot{}, words, rule.Broken("spot", "event.rule.spot")
	}
	var found Spot
	err = tx.NewRaw(query, cooperative, id).Scan(ctx, &found)
	if errors.Is(err, sql.ErrNoRows) {
		return found, words, rule.Broken("spot", "event.rule.spot")
	}
	if strings.TrimSpace(words) == "" {
		words = found.Thing
	}
	return found, words, err
}

// ComingIn returns a page of the events that have not ended in a place and what stands in
// it, the next one first.
func (s *Events) ComingIn(ctx context.Context, actor coop.Actor, place coop.PlaceID, after After) ([]Event, error) {
	now := s.now()
	return s.list(ctx, actor, seen+concerning+inside+`
			AND e.ends_at > ? AND e.starts_at > ? AND (e.starts_at, e.id) > (?, ?)
		ORDER BY e.starts_at, e.id
		LIMIT ?`, place, now, now.Add(-longest), after.At, after.ID, Page)
}

// WithinIn returns what Within does, of a place and what stands in it.
func (s *Events) WithinIn(ctx context.Context, actor coop.Actor, place coop.PlaceID, from, to time.Time) ([]Event, error) {
	return s.list(ctx, actor, seen+concerning+inside+`
			AND e.starts_at >= ? AND e.starts_at < ?
		ORDER BY e.starts_at, e.id
		LIMIT ?`, place, from, to, InAMonth)
}

// orNull is an id as SQL takes it, NULL for none.
func orNull(id uuid.UUID) any {
	if id == uuid.Nil {
		return nil
	}
	return id
}
