package event

import (
	"context"
	"time"

	"lien/coop"
)

// InAMonth is how many events a month shows at most.
const InAMonth = 300

// Within returns the events that start in a span of time, the next one first, called off
// ones that never concerned the member left out: InAMonth at most.
func (s *Events) Within(ctx context.Context, actor coop.Actor, from, to time.Time) ([]Event, error) {
	return s.list(ctx, actor, seen+concerning+`
			AND e.starts_at >= ? AND e.starts_at < ?
		ORDER BY e.starts_at, e.id
		LIMIT ?`, from, to, InAMonth)
}
