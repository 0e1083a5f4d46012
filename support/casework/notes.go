package casework

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/uptrace/bun"

	"lien/database"
	"lien/rule"
	"lien/seal"
	"lien/support"
)

// WriteNote writes a note that belongs to no contact. Whoever is on the case may;
// rule.ErrMoved once it is closed.
func (c *Cases) WriteNote(ctx context.Context, actor support.Actor, id support.CaseID, w Written, key string) error {
	w, err := w.tidy()
	if err != nil {
		return err
	}
	once, err := rule.Key(key)
	if err != nil {
		return err
	}
	err = c.onOpenCase(ctx, actor, id, func(ctx context.Context, tx bun.Tx) error {
		return c.write(ctx, tx, actor, id, uuid.UUID{}, w, once)
	})
	if database.Broken(err) == "a_note_is_written_once" {
		return nil
	}
	return err
}

func (c *Cases) write(ctx context.Context, tx bun.Tx, actor support.Actor, id support.CaseID, contact uuid.UUID, w Written, key uuid.UUID) error {
	if err := w.classed(); err != nil {
		return err
	}
	if err := holds(ctx, tx, id, w.CoHolder); err != nil {
		return err
	}
	note := rule.NewID[support.NoteID]()
	sealed, err := c.sealer.Seal([]byte(w.Body), placeOf(note))
	if err != nil {
		return err
	}
	_, err = tx.NewRaw(`
		INSERT INTO support.notes (id, case_id, contact_id, author_id, co_holder_id, class, body, client_key, at)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		note, id, orNull(contact), actor.Worker, orNull(w.CoHolder.UUID), w.Class, sealed, key, c.now()).Exec(ctx)
	return err
}

// holds wants a co-holder, if one is named, who is on the case.
func holds(ctx context.Context, tx bun.Tx, id support.CaseID, worker support.WorkerID) error {
	if worker == (support.WorkerID{}) {
		return nil
	}
	var on bool
	err := tx.NewRaw(`
		SELECT EXISTS (SELECT FROM support.case_members WHERE case_id = ? AND worker_id = ? AND until_at IS NULL)`,
		id, worker).Scan(ctx, &on)
	if err == nil && !on {
		return rule.Broken("co_holder", "case.note.co_holder")
	}
	return err
}

// Reclass moves a note to another class (see Note). A note that the actor may not read is
// not there; a class they may not give is rule.ErrForbidden.
func (c *Cases) Reclass(ctx context.Context, actor support.Actor, id support.CaseID, note support.NoteID, to Written) error {
	if err := to.classed(); err != nil {
		return err
	}
	return c.onCase(ctx, actor, id, func(ctx context.Context, tx bun.Tx, _ Role) error {
		var now struct {
			Class Class
			Mine  bool
		}
		err := tx.NewRaw(`
			SELECT class, author_id = ?0 AS mine FROM support.notes
			WHERE id = ?1 AND case_id = ?2 AND (class <> 'secret' OR ?0 IN (author_id, co_holder_id))
			FOR UPDATE`, actor.Worker, note, id).Scan(ctx, &now)
		if err != nil {
			return orNotFound(err)
		}
		if !(Note{Class: now.Class, Mine: now.Mine}).MayBecome(to.Class) {
			return rule.ErrForbidden
		}
		if err := holds(ctx, tx, id, to.CoHolder); err != nil {
			return err
		}
		_, err = tx.NewRaw(`UPDATE support.notes SET class = ?, co_holder_id = ? WHERE id = ?`,
			to.Class, orNull(to.CoHolder.UUID), note).Exec(ctx)
		return err
	})
}

type noteRow struct {
	ID       support.NoteID
	Contact  support.ContactID
	Class    Class
	Body     []byte
	Author   string
	CoHolder string
	Mine     bool
	At       time.Time
}

// readable is the scope of notes: a secret one only for its author and its co-holder.
const readable = `
	SELECT n.id, coalesce(n.contact_id, '00000000-0000-0000-0000-000000000000') AS contact, n.class, n.body,
		a.name AS author, coalesce(h.name, '') AS co_holder, n.author_id = ?0 AS mine, n.at
	FROM support.notes n
	JOIN support.workers a ON a.id = n.author_id
	LEFT JOIN support.workers h ON h.id = n.co_holder_id
	WHERE n.case_id = ?1 AND (n.class <> 'secret' OR ?0 IN (n.author_id, n.co_holder_id))`

// attach gives each contact its notes.
func (c *Cases) attach(ctx context.Context, tx bun.Tx, actor support.Actor, id support.CaseID, list []Contact) error {
	if len(list) == 0 {
		return nil
	}
	ids, at := make([]uuid.UUID, len(list)), map[support.ContactID]int{}
	for n, contact := range list {
		ids[n], at[contact.ID] = contact.ID.UUID, n
	}
	var rows []noteRow
	err := tx.NewRaw(readable+` AND n.contact_id IN (?2) ORDER BY n.at, n.id`, actor.Worker, id, bun.List(ids)).Scan(ctx, &rows)
	if err != nil {
		return err
	}
	for _, row := range rows {
		note, err := c.unseal(row)
		if err != nil {
			return err
		}
		contact := &list[at[note.Contact]]
		contact.Notes = append(contact.Notes, note)
	}
	return nil
}

// alone reads the latest notes that belong to no contact, newest first.
func (c *Cases) alone(ctx context.Context, tx bun.Tx, actor support.Actor, id support.CaseID) ([]Note, error) {
	var rows []noteRow
	err := tx.NewRaw(readable+` AND n.contact_id IS NULL ORDER BY n.at DESC, n.id DESC LIMIT ?2`, actor.Worker, id, pageOf).Scan(ctx, &rows)
	if err != nil {
		return nil, err
	}
	list := make([]Note, len(rows))
	for n, row := range rows {
		if list[n], err = c.unseal(row); err != nil {
			return nil, err
		}
	}
	return list, nil
}

func (c *Cases) unseal(r noteRow) (Note, error) {
	body, err := c.sealer.Open(r.Body, placeOf(r.ID))
	return Note{
		ID: r.ID, Contact: r.Contact, Class: r.Class, Body: string(body),
		Author: r.Author, CoHolder: r.CoHolder, Mine: r.Mine, At: r.At,
	}, err
}

func placeOf(note support.NoteID) string { return seal.Place("notes", "body", note.String()) }

func orNull(id uuid.UUID) uuid.NullUUID { return uuid.NullUUID{UUID: id, Valid: id != uuid.UUID{}} }
