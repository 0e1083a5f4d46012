package event

import (
	"context"

	"lien/coop"
	"lien/rule"
)

// Series returns a series with its dates to come, the next one first, at most a page.
// Active members see all of their cooperative's, called off dates excepted.
func (s *Events) Series(ctx context.Context, actor coop.Actor, id coop.SeriesID) (Series, []Event, error) {
	if _, err := active(ctx, s.db, actor); err != nil {
		return Series{}, nil, rule.ErrNotFound
	}
	sr, err := series(ctx, s.db, actor.Cooperative, id)
	if err != nil {
		return sr, nil, err
	}
	dates, err := s.list(ctx, actor, seen+concerning+`
			AND e.series_id = ? AND e.ends_at > ?
		ORDER BY e.starts_at, e.id
		LIMIT ?`, id, s.now(), Page)
	return sr, dates, err
}
