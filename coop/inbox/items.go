package inbox

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"github.com/google/uuid"
	"github.com/uptrace/bun"

	"lien/coop"
	"lien/rule"
)

// How many items a page shows, how long they are kept, and how many are thrown away in
// one go.
const (
	Shown = 30
	kept  = 180 * 24 * time.Hour
	swept = 1000
)

// Tell puts the items into their members' inboxes, in the transaction of the act that they
// tell of. An occasion that was told before changes nothing, and who left or died is told nothing.
func Tell(ctx context.Context, tx bun.IDB, items ...Item) error {
	if len(items) == 0 {
		return nil
	}
	rows := make([]row, len(items))
	for n, i := range items {
		rows[n] = row{
			Cooperative: i.Cooperative.UUID, ID: rule.NewID[struct{ uuid.UUID }]().UUID, Member: i.Member.UUID,
			Kind: i.Kind, Subject: i.Subject, Once: i.Once, By: i.By.UUID, Title: i.Title, When: i.When, Minutes: i.Minutes, At: i.At,
		}
		if i.Held.After(i.At) {
			rows[n].At, rows[n].ID = i.Held, sortedBy(i.Held)
		}
	}
	_, err := tx.NewRaw(`
		INSERT INTO coop.inbox (cooperative_id, id, member_id, kind, subject_id, once, by_member_id, title, at_moment, minutes, told_at)
		SELECT t.cooperative, t.id, t.member, t.kind, t.subject, t.once, t.by, t.title, t.when, t.minutes, t.at
		FROM (?) AS t (cooperative, id, member, kind, subject, once, "by", title, "when", minutes, at)
		JOIN coop.members AS m ON m.cooperative_id = t.cooperative AND m.id = t.member AND m.state <> 'left'
		WHERE NOT EXISTS (SELECT FROM coop.departures AS d WHERE d.cooperative_id = m.cooperative_id AND d.member_id = m.id AND d.because = 'died' AND d.closed_at IS NULL)
		ON CONFLICT (cooperative_id, member_id, once) DO NOTHING`, tx.NewValues(&rows)).Exec(ctx)
	return err
}

// sortedBy is an identifier that sorts by a moment to come: what is held takes its place
// among what is told then.
func sortedBy(at time.Time) (id uuid.UUID) {
	id = uuid.Must(uuid.NewV7())
	ms := uint64(at.UnixMilli()) // #nosec G115 -- no moment before 1970 is told
	for n := range 6 {
		id[n] = byte(ms >> (8 * (5 - n)))
	}
	return id
}

// row is an item as SQL takes it.
type row struct {
	Cooperative uuid.UUID `bun:"type:uuid"`
	ID          uuid.UUID `bun:"type:uuid"`
	Member      uuid.UUID `bun:"type:uuid"`
	Kind        string
	Subject     uuid.UUID `bun:"type:uuid"`
	Once        string
	By          uuid.UUID `bun:"type:uuid,nullzero"`
	Title       string    `bun:",nullzero"`
	When        time.Time `bun:",nullzero"`
	Minutes     int64     `bun:",nullzero"`
	At          time.Time
}

// Inbox is what the members of the cooperatives were told.
type Inbox struct {
	db  bun.IDB
	now func() time.Time
}

// New returns the inbox kept in the database.
func New(db bun.IDB, now func() time.Time) *Inbox { return &Inbox{db: db, now: now} }

const columns = `i.id, i.kind, i.subject_id AS subject, coalesce(i.title, '') AS title, i.at_moment AS "when",
	coalesce(i.minutes, 0) AS minutes, i.told_at AS at, i.read_at, coalesce((
	  SELECT m.name FROM coop.members AS m
	  WHERE m.cooperative_id = i.cooperative_id AND m.id = i.by_member_id AND m.state <> 'left'), '') AS name`

// Mine returns what the actor was told, newest first, from before an item on: the first
// page for the zero id. One more than Shown means that there is an older page.
func (i *Inbox) Mine(ctx context.Context, actor coop.Actor, before uuid.UUID) (list []Told, err error) {
	err = i.db.NewRaw(`
		SELECT `+columns+`
		FROM coop.inbox AS i
		WHERE i.cooperative_id = ? AND i.member_id = ? AND i.told_at <= ? AND (? OR i.id < ?)
		ORDER BY i.id DESC LIMIT ?`,
		actor.Cooperative, actor.Member, i.now(), before == uuid.Nil, before, Shown+1).Scan(ctx, &list)
	return list, err
}

// Unread counts what the actor has not opened, up to a hundred.
func (i *Inbox) Unread(ctx context.Context, actor coop.Actor) (n int, err error) {
	err = i.db.NewRaw(`
		SELECT count(*) FROM (
		  SELECT FROM coop.inbox WHERE cooperative_id = ? AND member_id = ? AND read_at IS NULL AND told_at <= ? LIMIT 100
		) AS u`, actor.Cooperative, actor.Member, i.now()).Scan(ctx, &n)
	return n, err
}

// Open marks one item of the actor's as read and returns it; again changes nothing.
func (i *Inbox) Open(ctx context.Context, actor coop.Actor, id uuid.UUID) (t Told, err error) {
	err = i.db.NewRaw(`
		UPDATE coop.inbox AS i SET read_at = coalesce(read_at, greatest(told_at, ?))
		WHERE cooperative_id = ? AND member_id = ? AND id = ? AND told_at <= ?
		RETURNING `+columns, i.now(), actor.Cooperative, actor.Member, id, i.now()).Scan(ctx, &t)
	if errors.Is(err, sql.ErrNoRows) {
		return t, rule.ErrNotFound
	}
	return t, err
}

// OpenAll marks as read what the actor has seen: the item and all that is older.
func (i *Inbox) OpenAll(ctx context.Context, actor coop.Actor, newest uuid.UUID) error {
	_, err := i.db.NewRaw(`
		UPDATE coop.inbox SET read_at = greatest(told_at, ?)
		WHERE cooperative_id = ? AND member_id = ? AND id <= ? AND read_at IS NULL AND told_at <= ?`,
		i.now(), actor.Cooperative, actor.Member, newest, i.now()).Exec(ctx)
	return err
}

// Sweep throws away what was told half a year ago, a bounded number at a time, and
// returns how many.
func (i *Inbox) Sweep(ctx context.Context) (int, error) {
	result, err := i.db.NewRaw(`
		DELETE FROM coop.inbox WHERE (cooperative_id, id) IN (
		  SELECT cooperative_id, id FROM coop.inbox WHERE told_at < ? ORDER BY told_at LIMIT ?
		)`, i.now().Add(-kept), swept).Exec(ctx)
	if err != nil {
		return 0, err
	}
	n, err := result.RowsAffected()
	return int(n), err
}

// Forget takes back what was told about a subject, from every inbox of the cooperative:
// for what must not be remembered.
func Forget(ctx context.Context, tx bun.IDB, cooperative coop.CooperativeID, subject uuid.UUID) error {
	_, err := tx.NewRaw(`DELETE FROM coop.inbox WHERE cooperative_id = ? AND subject_id = ?`, cooperative, subject).Exec(ctx)
	return err
}
