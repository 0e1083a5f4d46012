package participation

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"time"

	"github.com/uptrace/bun"

	"lien/coop"
	"lien/rule"
)

// Participation is how the members took part.
type Participation struct {
	db bun.IDB
}

// New returns the participation kept in db.
func New(db bun.IDB) *Participation { return &Participation{db: db} }

// Mine returns the summary and the months with something in them, oldest first, of the
// member who asks: what the door would show if it opened from the day from. A from long
// ago shows the past months, the day of the choice shows "from now on". Of both times only
// the calendar day, as they tell it themselves, matters.
func (p *Participation) Mine(ctx context.Context, actor coop.Actor, from, today time.Time) (Summary, []Month, error) {
	summary, err := p.summary(ctx, actor, from, today)
	if err != nil {
		return Summary{}, nil, err
	}
	months, err := p.months(ctx, actor, from, today)
	return summary, months, err
}

func (p *Participation) summary(ctx context.Context, actor coop.Actor, from, today time.Time) (Summary, error) {
	var drawn []byte
	err := p.db.NewRaw(`
		SELECT coop.participation_summary(m.id, ?::date, ?::date)
		FROM coop.members m
		WHERE m.cooperative_id = ? AND m.id = ?`,
		from.Format(time.DateOnly), today.Format(time.DateOnly), actor.Cooperative.UUID, actor.Member.UUID).Scan(ctx, &drawn)
	if errors.Is(err, sql.ErrNoRows) {
		return Summary{}, rule.ErrNotFound
	}
	var s Summary
	if err != nil || len(drawn) == 0 {
		return s, err
	}
	return s, json.Unmarshal(drawn, &s)
}

func (p *Participation) months(ctx context.Context, actor coop.Actor, from, today time.Time) ([]Month, error) {
	var months []Month
	err := p.db.NewRaw(`
		SELECT t.month, t.help_given, t.help_received, t.events, t.board, t.assemblies
		FROM coop.members m, coop.participation_months(m.id, ?::date, ?::date) t
		WHERE m.cooperative_id = ? AND m.id = ?
			AND t.help_given + t.help_received + t.events + t.board + t.assemblies > 0
		ORDER BY t.month`,
		from.Format(time.DateOnly), today.Format(time.DateOnly), actor.Cooperative.UUID, actor.Member.UUID).Scan(ctx, &months)
	return months, err
}
