package casework

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/uptrace/bun"

	"lien/rule"
	"lien/support"
)

// Section is the part of a case that somebody looks at.
type Section string

// The sections. The overview is the household, the latest contacts and notes, and the
// next appointments together.
const (
	Overview     Section = "overview"
	EarlierOnes  Section = "contacts"
	IdentityOnly Section = "identity"
)

// File is a case as somebody on it reads it.
type File struct {
	ID           support.CaseID
	Household    string
	Stratum      Stratum
	State        State
	AgreedOn     time.Time
	OpenedAt     time.Time
	LastContact  time.Time // zero when there was none yet
	Outcome      Outcome   // how it ended; empty while it is open
	ClosedAt     time.Time // zero while it is open
	Role         Role      // the reader's
	Persons      []Person  // adults first
	Workers      []Place   // the referent first
	Contacts     []Contact // newest first
	More         bool      // there may be earlier contacts
	Notes        []Note    // those that belong to no contact
	Appointments []Appointment
	Looks        []Look
}

// Adults are the persons who may each open the door of their own bond.
func (f File) Adults() []Person {
	var adults []Person
	for _, p := range f.Persons {
		if p.Adult {
			adults = append(adults, p)
		}
	}
	return adults
}

// Referent is the worker who answers for the case.
func (f File) Referent() Place {
	for _, p := range f.Workers {
		if p.Role == Referent {
			return p
		}
	}
	return Place{}
}

// Place is somebody on a case.
type Place struct {
	Worker       support.WorkerID
	Name         string
	Organisation string
	Role         Role
	From         time.Time
}

// Look is one time that somebody looked at a case.
type Look struct {
	ID      uuid.UUID
	Name    string
	Mine    bool
	Section Section
	Purpose support.Purpose
	At      time.Time
}

// Read returns the file of a case to somebody on it, and rule.ErrNotFound to everybody
// else, as if there were no such case. The look is written in the same transaction, before
// anything is read: without its row nothing is read. EarlierOnes reads contacts before the
// given one, Overview from the newest.
func (c *Cases) Read(ctx context.Context, actor support.Actor, id support.CaseID, section Section, purpose support.Purpose, before Before) (File, error) {
	file := File{ID: id}
	err := c.onCase(ctx, actor, id, func(ctx context.Context, tx bun.Tx, role Role) error {
		if err := c.look(ctx, tx, actor, id, string(role), section, purpose); err != nil {
			return err
		}
		file.Role = role
		if err := c.identity(ctx, tx, &file); err != nil {
			return err
		}
		return c.content(ctx, tx, actor, &file, before)
	})
	if err != nil {
		return File{}, err
	}
	return file, nil
}

// About returns who is in a household and who is on its case, to somebody on it, before
// they write; the look is written.
func (c *Cases) About(ctx context.Context, actor support.Actor, id support.CaseID) (File, error) {
	file := File{ID: id}
	err := c.onCase(ctx, actor, id, func(ctx context.Context, tx bun.Tx, role Role) error {
		file.Role = role
		if err := c.look(ctx, tx, actor, id, string(role), IdentityOnly, support.FollowUp); err != nil {
			return err
		}
		return c.identity(ctx, tx, &file)
	})
	if err != nil {
		return File{}, err
	}
	return file, nil
}

// Identity returns who is in a household and who accompanies them, to a coordinator; the
// look is written. It holds no content.
func (c *Cases) Identity(ctx context.Context, actor support.Actor, id support.CaseID) (File, error) {
	file := File{ID: id}
	err := support.Within(ctx, c.db, actor, func(ctx context.Context, tx bun.Tx) error {
		if err := coordinates(ctx, tx); err != nil {
			return rule.ErrNotFound
		}
		if err := c.identity(ctx, tx, &file); err != nil {
			return err
		}
		file.LastContact = time.Time{}
		return c.look(ctx, tx, actor, id, "coordinator", IdentityOnly, support.Coordination)
	})
	if err != nil {
		return File{}, err
	}
	return file, nil
}

func (c *Cases) look(ctx context.Context, tx bun.Tx, actor support.Actor, id support.CaseID, role string, section Section, purpose support.Purpose) error {
	_, err := tx.NewRaw(`
		INSERT INTO support.accesses (id, case_id, worker_id, role, organisation_id, section, purpose, at)
		SELECT ?, ?, w.id, ?, w.organisation_id, ?, ?, ? FROM support.workers w WHERE w.id = ?`,
		uuid.Must(uuid.NewV7()), id, role, section, purpose, c.now(), actor.Worker).Exec(ctx)
	return err
}

func (c *Cases) identity(ctx context.Context, tx bun.Tx, f *File) error {
	var household support.HouseholdID
	err := tx.NewRaw(`
		SELECT h.id, h.name, k.stratum, k.state, k.agreed_on, k.opened_at, coalesce(k.last_contact_at, '0001-01-01 00:00:00Z'),
			coalesce(k.outcome, ''), coalesce(k.closed_at, '0001-01-01 00:00:00Z')
		FROM support.cases k JOIN support.households h ON h.id = k.household_id
		WHERE k.id = ?`, f.ID).Scan(ctx, &household, &f.Household, &f.Stratum, &f.State, &f.AgreedOn, &f.OpenedAt, &f.LastContact,
		&f.Outcome, &f.ClosedAt)
	if err != nil {
		return orNotFound(err)
	}
	err = tx.NewRaw(`
		SELECT id, given_name, family_name, coalesce(born_year, 0) AS born_year, adult, languages, contact_wish
		FROM support.persons WHERE household_id = ?
		ORDER BY adult DESC, id LIMIT 40`, household).Scan(ctx, &f.Persons)
	if err != nil {
		return err
	}
	return tx.NewRaw(`
		SELECT m.worker_id AS worker, w.name, o.name AS organisation, m.role, m.from_at AS "from"
		FROM support.case_members m
		JOIN support.workers w ON w.id = m.worker_id
		JOIN support.organisations o ON o.id = w.organisation_id
		WHERE m.case_id = ? AND m.until_at IS NULL
		ORDER BY m.role DESC, w.name, w.id LIMIT 20`, f.ID).Scan(ctx, &f.Workers)
}

func (c *Cases) content(ctx context.Context, tx bun.Tx, actor support.Actor, f *File, before Before) error {
	var err error
	if f.Contacts, err = contacts(ctx, tx, f.ID, before); err != nil {
		return err
	}
	f.More = len(f.Contacts) == pageOf
	if err := c.attach(ctx, tx, actor, f.ID, f.Contacts); err != nil {
		return err
	}
	if !before.At.IsZero() {
		return nil
	}
	if f.Notes, err = c.alone(ctx, tx, actor, f.ID); err != nil {
		return err
	}
	err = tx.NewRaw(appointments+` AND a.case_id = ?1 AND a.at >= ?2 ORDER BY a.at, a.id LIMIT 5`,
		actor.Worker, f.ID, c.now()).Scan(ctx, &f.Appointments)
	if err != nil {
		return err
	}
	return tx.NewRaw(`
		SELECT a.id, w.name, a.worker_id = ? AS mine, a.section, a.purpose, a.at
		FROM support.accesses a JOIN support.workers w ON w.id = a.worker_id
		WHERE a.case_id = ? ORDER BY a.at DESC, a.id DESC LIMIT 8`, actor.Worker, f.ID).Scan(ctx, &f.Looks)
}
