package event

import (
	"context"
	"errors"

	"lien/coop"
	"lien/coop/words"
	"lien/rule"
)

// toCome are the events x that are still to come and on, bounded.
const toCome = `SELECT x.words FROM coop.events x WHERE x.cooperative_id = ? AND x.state = 'on' AND x.ends_at > ? AND x.starts_at > ? ORDER BY x.starts_at, x.id LIMIT 500`

// Find returns the events that hold all the words typed, that are on and have not ended,
// the next one first, most at a time, after where a page ended: of a series, its next date
// alone. Accents, French endings and one slip in each word make no difference. Who may not
// see the agenda finds nothing.
func (s *Events) Find(ctx context.Context, actor coop.Actor, typed string, after After, most int) ([]Event, error) {
	typed, err := rule.Line("words", typed, 0, 100)
	if err != nil || typed == "" {
		return nil, err
	}
	if _, err := active(ctx, s.db, actor); errors.Is(err, rule.ErrForbidden) {
		return nil, nil
	} else if err != nil {
		return nil, err
	}
	now := s.now()
	query, err := words.Query(ctx, s.db, typed, toCome, actor.Cooperative, now, now.Add(-longest))
	if err != nil || query == "" {
		return nil, err
	}
	return s.list(ctx, actor, seen+`
			AND e.state = 'on' AND e.ends_at > ? AND e.starts_at > ? AND (e.starts_at, e.id) > (?, ?) AND e.words @@ ?::tsquery
			AND (e.series_id IS NULL OR NOT EXISTS (SELECT FROM coop.events x
				WHERE x.cooperative_id = e.cooperative_id AND x.series_id = e.series_id AND x.state = 'on' AND x.ends_at > ?
					AND x.starts_at < e.starts_at AND x.words @@ ?::tsquery))
		ORDER BY e.starts_at, e.id
		LIMIT ?`, now, now.Add(-longest), after.At, after.ID, query, now, query, most)
}
