package membership

import (
	"context"
	"time"

	"github.com/uptrace/bun"

	"lien/coop"
)

// Zone returns the cooperative's zone: its days begin at midnight there.
func (m *Members) Zone(ctx context.Context, cooperative coop.CooperativeID) (*time.Location, error) {
	var name string
	if err := m.db.NewRaw(`SELECT zone FROM coop.cooperatives WHERE id = ?`, cooperative).Scan(ctx, &name); err != nil {
		return nil, orNotFound(err)
	}
	return time.LoadLocation(name)
}

// today is the day in the cooperative's zone, as a date to compare with other dates.
func (m *Members) today(ctx context.Context, db bun.IDB, cooperative coop.CooperativeID) (time.Time, error) {
	var day time.Time
	err := db.NewRaw(`SELECT (?::timestamptz AT TIME ZONE zone)::date FROM coop.cooperatives WHERE id = ?`, m.now(), cooperative).Scan(ctx, &day)
	return day, orNotFound(err)
}

// orNoDay is a day for a date column that may be empty.
func orNoDay(day time.Time) any {
	if day.IsZero() {
		return nil
	}
	return day.Format(time.DateOnly)
}
