package casework

import (
	"context"
	"time"

	"github.com/uptrace/bun"

	"lien/database"
	"lien/rule"
	"lien/support"
)

// Appointment is a meeting to come.
type Appointment struct {
	ID        support.AppointmentID
	Case      support.CaseID
	Household string
	Kind      Kind
	About     string
	At        time.Time
	With      string // the worker's name
	Persons   int
}

// Made is an appointment that a worker makes for themselves.
type Made struct {
	Kind  Kind
	About string
	At    time.Time
	Key   string
}

func (m Made) tidy(now time.Time) (Made, error) {
	switch m.Kind {
	case Home, Office, Phone, Street:
	default:
		return m, rule.Broken("kind", "case.choose")
	}
	switch {
	case m.At.IsZero():
		return m, rule.Broken("at", "case.when.missing")
	case m.At.Before(now):
		return m, rule.Broken("at", "case.appointment.past")
	case m.At.After(now.AddDate(1, 0, 0)):
		return m, rule.Broken("at", "case.appointment.far")
	}
	var err error
	m.About, err = rule.Line("about", m.About, 0, 200)
	return m, err
}

// Appoint makes an appointment with the household. Whoever is on the case may;
// rule.ErrMoved once it is closed.
func (c *Cases) Appoint(ctx context.Context, actor support.Actor, id support.CaseID, m Made) error {
	m, err := m.tidy(c.now())
	if err != nil {
		return err
	}
	key, err := rule.Key(m.Key)
	if err != nil {
		return err
	}
	err = c.onOpenCase(ctx, actor, id, func(ctx context.Context, tx bun.Tx) error {
		_, err := tx.NewRaw(`
			INSERT INTO support.appointments (id, case_id, worker_id, kind, about, at, client_key, created_at)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
			rule.NewID[support.AppointmentID](), id, actor.Worker, m.Kind, m.About, m.At, key, c.now()).Exec(ctx)
		return err
	})
	if database.Broken(err) == "an_appointment_is_made_once" {
		return nil
	}
	return err
}

// Cancel takes an appointment back. Whoever is on the case may; rule.ErrMoved when it was
// cancelled already.
func (c *Cases) Cancel(ctx context.Context, actor support.Actor, id support.CaseID, appointment support.AppointmentID) error {
	return c.onCase(ctx, actor, id, func(ctx context.Context, tx bun.Tx, _ Role) error {
		var open bool
		err := tx.NewRaw(`
			SELECT cancelled_at IS NULL FROM support.appointments WHERE id = ? AND case_id = ? FOR UPDATE`,
			appointment, id).Scan(ctx, &open)
		if err != nil {
			return orNotFound(err)
		}
		if !open {
			return rule.ErrMoved
		}
		_, err = tx.NewRaw(`UPDATE support.appointments SET cancelled_at = ? WHERE id = ?`, c.now(), appointment).Exec(ctx)
		return err
	})
}

// Day is a worker's own day: the appointments of today, and the next ones after it.
type Day struct {
	Today, Next []Appointment
}

// Today returns the actor's own appointments from the beginning of the day, given by who
// asks, on cases they are on: those before the day's end, and the next ten.
func (c *Cases) Today(ctx context.Context, actor support.Actor, begins, ends time.Time) (Day, error) {
	var day Day
	err := support.Within(ctx, c.db, actor, func(ctx context.Context, tx bun.Tx) error {
		for _, part := range []struct {
			list     *[]Appointment
			from, to time.Time
			most     int
		}{{&day.Today, begins, ends, 50}, {&day.Next, ends, ends.AddDate(1, 0, 0), 10}} {
			err := tx.NewRaw(appointments+`
				AND a.worker_id = ?0 AND a.at >= ?1 AND a.at < ?2
				ORDER BY a.at, a.id LIMIT ?3`, actor.Worker, part.from, part.to, part.most).Scan(ctx, part.list)
			if err != nil {
				return err
			}
		}
		return nil
	})
	return day, err
}

// appointments is the scope of appointments: those of the cases that ?0 is on.
const appointments = `
	SELECT a.id, a.case_id AS "case", h.name AS household, a.kind, a.about, a.at, w.name AS "with",
		(SELECT count(*) FROM support.persons p WHERE p.household_id = h.id) AS persons
	FROM support.appointments a
	JOIN support.case_members m ON m.case_id = a.case_id AND m.worker_id = ?0 AND m.until_at IS NULL
	JOIN support.cases k ON k.id = a.case_id
	JOIN support.households h ON h.id = k.household_id
	JOIN support.workers w ON w.id = a.worker_id
	WHERE a.cancelled_at IS NULL`
