package event

import (
	"context"
	"database/sql"
	"time"

	"github.com/google/uuid"
	"github.com/uptrace/bun"

	"lien/coop"
	"lien/rule"
)

var seriesColumns = `s.id, s.organiser_id, s.title, s.details, s.language, s.place, s.zone, s.first_on, s.rhythm,
	s.from_clock, s.until_clock, s.last_on, s.skips_public, s.skips_school, coalesce(s.capacity, 0) AS capacity,
	s.guests_most, s.newcomer_places, s.newcomer_days, s.place_id, s.resource_id, ` + within("s") + `,
	s.made_through, s.sequence, coalesce(s.changed_at, s.created_at) AS changed_at`

// begin writes a series with its first events, and returns the first of them. The same
// key again returns the same one.
func (s *Events) begin(ctx context.Context, tx bun.Tx, actor coop.Actor, key uuid.UUID, sr Series) (coop.EventID, error) {
	sr.ID, sr.OrganiserID = rule.NewID[coop.SeriesID](), actor.Member
	sr.MadeThrough = sr.FirstOn.AddDate(0, 0, -1)
	result, err := insertSeries(ctx, tx, actor.Cooperative, key, sr, s.now())
	if err != nil {
		return coop.EventID{}, err
	}
	if n, err := result.RowsAffected(); err != nil || n == 0 {
		return first(ctx, tx, actor, key, err)
	}
	through, err := s.ahead(sr)
	if err != nil {
		return coop.EventID{}, err
	}
	if through.Before(sr.FirstOn) { // announced long before
		through = sr.FirstOn
	}
	if _, err := s.make(ctx, tx, actor.Cooperative, sr, through); err != nil {
		return coop.EventID{}, err
	}
	return first(ctx, tx, actor, key, nil)
}

func first(ctx context.Context, tx bun.Tx, actor coop.Actor, key uuid.UUID, err error) (id coop.EventID, _ error) {
	if err != nil {
		return id, err
	}
	err = tx.NewRaw(`
		SELECT e.id
		FROM coop.event_series s
		JOIN coop.events e ON e.cooperative_id = s.cooperative_id AND e.series_id = s.id
		WHERE s.cooperative_id = ? AND s.organiser_id = ? AND s.client_key = ?
		ORDER BY e.series_day
		LIMIT 1`, actor.Cooperative, actor.Member, key).Scan(ctx, &id)
	return id, err
}

// ahead is the day up to which a series makes its events now.
func (s *Events) ahead(sr Series) (time.Time, error) {
	loc, err := time.LoadLocation(sr.Zone)
	return dayIn(s.now(), loc).AddDate(0, 0, 7*weeksAhead), err
}

// row is an event that a series makes, as SQL takes it.
type row struct {
	ID  uuid.UUID `bun:"type:uuid"`
	Key uuid.UUID `bun:"type:uuid"`
	Day string    `bun:"type:date"`
	At  time.Time `bun:"type:timestamptz"`
	End time.Time `bun:"type:timestamptz"`
}

// make writes the events of a series up to a day, of those that are not past, and keeps how
// far it came. A day that has its event already keeps it as it is.
func (s *Events) make(ctx context.Context, tx bun.Tx, cooperative coop.CooperativeID, sr Series, through time.Time) (int, error) {
	if known := SchoolKnownThrough(); sr.SkipsSchool && known.Before(through) {
		through = known // the rest is made when it is known
	}
	var rows []row
	for _, day := range sr.Days(sr.MadeThrough, through) {
		starts, ends, err := sr.on(day)
		if err != nil || !starts.After(s.now()) {
			continue // a day on which the hour does not exist was refused at the beginning
		}
		rows = append(rows, row{
			ID: rule.NewID[coop.EventID]().UUID, Key: uuid.NewSHA1(sr.ID.UUID, []byte(day.Format(time.DateOnly))),
			Day: day.Format(time.DateOnly), At: starts, End: ends,
		})
	}
	if len(rows) > 0 {
		_, err := tx.NewRaw(`
			INSERT INTO coop.events (cooperative_id, id, organiser_id, place, place_id, resource_id, title, details, language, starts_at, ends_at, zone,
				capacity, guests_most, newcomer_places, newcomer_days, state, client_key, created_at, cancelled_why, series_id, series_day)
			SELECT s.cooperative_id, d.id, s.organiser_id, s.place, s.place_id, s.resource_id, s.title, s.details, s.language, d.at, d."end", s.zone,
				s.capacity, s.guests_most, s.newcomer_places, s.newcomer_days, 'on', d.key, ?, '', s.id, d.day
			FROM (?) AS d (id, key, day, at, "end")
			JOIN coop.event_series s ON s.cooperative_id = ? AND s.id = ?
			ON CONFLICT DO NOTHING`, s.now(), tx.NewValues(&rows), cooperative, sr.ID).Exec(ctx)
		if err != nil {
			return 0, err
		}
	}
	_, err := tx.NewRaw(`
		UPDATE coop.event_series SET made_through = greatest(made_through, ?::date) WHERE cooperative_id = ? AND id = ?`,
		through.Format(time.DateOnly), cooperative, sr.ID).Exec(ctx)
	return len(rows), err
}

func insertSeries(ctx context.Context, tx bun.Tx, cooperative coop.CooperativeID, key uuid.UUID, sr Series, now time.Time) (sql.Result, error) {
	return tx.NewRaw(`
		INSERT INTO coop.event_series (cooperative_id, id, organiser_id, title, details, language, place, place_id, resource_id, zone, first_on, rhythm,
			from_clock, until_clock, last_on, skips_public, skips_school, capacity,
			guests_most, newcomer_places, newcomer_days, made_through, sequence, client_key, created_at)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?::date, ?, ?, ?, nullif(?, '')::date, ?, ?, nullif(?, 0), ?, ?, ?, ?::date, ?, ?, ?)
		ON CONFLICT ON CONSTRAINT a_series_is_begun_once DO NOTHING`,
		cooperative, sr.ID, sr.OrganiserID, sr.Title, sr.Details, sr.Language, sr.Place, orNull(sr.PlaceID.UUID), orNull(sr.ResourceID.UUID), sr.Zone, sr.FirstOn.Format(time.DateOnly), sr.Rhythm,
		sr.FromClock, sr.UntilClock, dateOrNone(sr.LastOn), sr.SkipsPublic, sr.SkipsSchool, sr.Capacity,
		sr.GuestsMost, sr.NewcomerPlaces, sr.NewcomerDays,
		sr.MadeThrough.Format(time.DateOnly), sr.Sequence, key, now).Exec(ctx)
}

// dateOrNone is a day as SQL reads it, empty for none.
func dateOrNone(day time.Time) string {
	if day.IsZero() {
		return ""
	}
	return day.Format(time.DateOnly)
}

// Make makes the events of the series that have not made enough of them, fifty series at
// most. It is for a clock; calling it twice makes nothing twice. Who organises a series
// and left, rests or is suspended makes none meanwhile.
func (s *Events) Make(ctx context.Context) (made int, err error) {
	err = s.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		var due []struct {
			CooperativeID coop.CooperativeID
			Series
		}
		err := tx.NewRaw(`
			SELECT s.cooperative_id, `+seriesColumns+`
			FROM coop.event_series s
			JOIN coop.members m ON m.cooperative_id = s.cooperative_id AND m.id = s.organiser_id AND m.state IN ('welcomed', 'active')
			WHERE s.made_through < least(s.last_on, CASE WHEN s.skips_school THEN ?::date END, (?::timestamptz AT TIME ZONE s.zone)::date + ?)
			ORDER BY s.made_through, s.id
			LIMIT 50
			FOR UPDATE OF s SKIP LOCKED`, SchoolKnownThrough().Format(time.DateOnly), s.now(), 7*weeksAhead).Scan(ctx, &due)
		if err != nil {
			return err
		}
		for _, d := range due { // one statement for all the days of a series
			through, err := s.ahead(d.Series)
			if err != nil {
				return err
			}
			n, err := s.make(ctx, tx, d.CooperativeID, d.Series, through)
			if made += n; err != nil {
				return err
			}
		}
		return nil
	})
	return made, err
}
