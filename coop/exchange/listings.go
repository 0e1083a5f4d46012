package exchange

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"github.com/uptrace/bun"

	"lien/coop"
	"lien/rule"
)

// perShelf is how many listings a page shows; perOwner how many of their own a member has
// in sight, and openAtOnce how many may be open together.
const (
	perShelf   = 24
	perOwner   = 100
	openAtOnce = 40
)

// Listings are what members offer and need.
type Listings struct {
	db  bun.IDB
	now func() time.Time
}

// NewListings returns the listings kept in db; now tells the time.
func NewListings(db bun.IDB, now func() time.Time) *Listings {
	return &Listings{db: db, now: now}
}

// Publish puts a listing of the actor's up for 90 days. Sending the same key again
// returns the first listing. It returns *rule.Invalid for the form, and ErrForbidden for
// somebody who is not an active member.
func (l *Listings) Publish(ctx context.Context, actor coop.Actor, draft Draft) (id coop.ListingID, err error) {
	if draft, err = draft.check(); err != nil {
		return id, err
	}
	now := l.now()
	err = l.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		if err := mustBeActive(ctx, tx, actor); err != nil {
			return err
		}
		err := tx.NewRaw(`SELECT id FROM coop.listings
WHERE cooperative_id = ? AND member_id = ? AND client_key = ?`, actor.Cooperative, actor.Member, draft.Key).Scan(ctx, &id)
		if !errors.Is(err, sql.ErrNoRows) {
			return err
		}
		if err := l.mayOpen(ctx, tx, actor, now); err != nil {
			return err
		}
		id = rule.NewID[coop.ListingID]()
		// Two devices that send the key together both insert; the second is given the first's.
		return tx.NewRaw(`INSERT INTO coop.listings AS l
  (cooperative_id, id, member_id, kind, category, title, details, language, minutes, state, client_key, created_at, expires_at)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, nullif(?, 0), 'open', ?, ?, ?)
ON CONFLICT (cooperative_id, member_id, client_key) DO UPDATE SET client_key = excluded.client_key
RETURNING id`, actor.Cooperative, id, actor.Member, draft.Kind, draft.Category, draft.Title, draft.Details, draft.Language,
			draft.Minutes, draft.Key, now, now.Add(Lasts)).Scan(ctx, &id)
	})
	return id, err
}

func (l *Listings) mayOpen(ctx context.Context, tx bun.Tx, actor coop.Actor, now time.Time) error {
	var open int
	err := tx.NewRaw(`SELECT count(*) FROM coop.listings
WHERE cooperative_id = ? AND member_id = ? AND state = 'open' AND expires_at > ?`, actor.Cooperative, actor.Member, now).Scan(ctx, &open)
	if err == nil && open >= openAtOnce {
		return rule.Broken("title", "listing.too_many", "most", openAtOnce)
	}
	return err
}

// Revise changes the words of a listing of the actor's own that is not closed. The key
// and the kind stay.
func (l *Listings) Revise(ctx context.Context, actor coop.Actor, id coop.ListingID, draft Draft) error {
	draft, err := draft.check()
	if err != nil {
		return err
	}
	return l.change(ctx, actor, id, `category = ?, title = ?, details = ?, language = ?, minutes = nullif(?, 0)`, "state <> 'closed'",
		draft.Category, draft.Title, draft.Details, draft.Language, draft.Minutes)
}

// Pause takes a listing of the actor's own out of sight until it is reopened.
func (l *Listings) Pause(ctx context.Context, actor coop.Actor, id coop.ListingID) error {
	return l.change(ctx, actor, id, `state = 'paused'`, "state IN ('open', 'paused')")
}

// Reopen puts a paused listing of the actor's own back.
func (l *Listings) Reopen(ctx context.Context, actor coop.Actor, id coop.ListingID) error {
	return l.change(ctx, actor, id, `state = 'open'`, "state IN ('open', 'paused')")
}

// Close ends a listing of the actor's own for good. Agreements made from it go on.
func (l *Listings) Close(ctx context.Context, actor coop.Actor, id coop.ListingID) error {
	return l.change(ctx, actor, id, `state = 'closed'`, "TRUE")
}

// Renew puts a listing of the actor's own up for another 90 days, expired or not.
func (l *Listings) Renew(ctx context.Context, actor coop.Actor, id coop.ListingID) error {
	return l.change(ctx, actor, id, `state = 'open', expires_at = ?`, "state <> 'closed'", l.now().Add(Lasts))
}

// change sets columns of a listing of the actor's own. It answers ErrNotFound for one
// that is not theirs, ErrMoved for one whose state is not among those allowed.
func (l *Listings) change(ctx context.Context, actor coop.Actor, id coop.ListingID, set, allowed string, args ...any) error {
	return l.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		var possible bool
		err := tx.NewRaw(`SELECT `+allowed+` FROM coop.listings
WHERE cooperative_id = ? AND id = ? AND member_id = ?
FOR UPDATE`, actor.Cooperative, id, actor.Member).Scan(ctx, &possible)
		switch {
		case errors.Is(err, sql.ErrNoRows):
			return rule.ErrNotFound
		case err != nil:
			return err
		case !possible:
			return rule.ErrMoved
		}
		if err := mustBeActive(ctx, tx, actor); err != nil {
			return err
		}
		_, err = tx.NewRaw(`UPDATE coop.listings SET `+set+` WHERE cooperative_id = ? AND id = ?`,
			append(args, actor.Cooperative, id)...).Exec(ctx)
		return err
	})
}

// One returns a listing: everyone's while it is visible, the actor's own always.
func (l *Listings) One(ctx context.Context, actor coop.Actor, id coop.ListingID) (Listing, error) {
	found, err := l.read(ctx, `l.id = ? AND (l.member_id = ? OR `+visible+`)`, `l.id`, 1, actor,
		append([]any{id, actor.Member}, visibleTo(actor, l.now())...)...)
	if err == nil && len(found) == 0 {
		err = rule.ErrNotFound
	}
	if err != nil {
		return Listing{}, err
	}
	return found[0], nil
}

// Mine returns the actor's own listings, newest first, those that others no longer see
// among them.
func (l *Listings) Mine(ctx context.Context, actor coop.Actor) ([]Listing, error) {
	return l.read(ctx, `l.member_id = ?`, `l.id DESC`, perOwner, actor, actor.Member)
}

// List returns a page of what others see, newest first. Words are searched without
// regard to accents, French endings and small typing mistakes; such a search has one
// page, its best first.
func (l *Listings) List(ctx context.Context, actor coop.Actor, s Search) (Shelf, error) {
	where, order, args := visible, `l.id DESC`, visibleTo(actor, l.now())
	if s.Kind != "" {
		where, args = where+` AND l.kind = ?`, append(args, s.Kind)
	}
	if s.Category != "" {
		where, args = where+` AND l.category = ?`, append(args, s.Category)
	}
	words, err := rule.Line("words", s.Words, 0, 100)
	if err != nil {
		return Shelf{}, err
	}
	if words != "" {
		return l.find(ctx, actor, words, where, args)
	}
	if (s.After != coop.ListingID{}) {
		where, args = where+` AND l.id <= ?`, append(args, s.After)
	}
	found, err := l.read(ctx, where, order, perShelf+1, actor, args...)
	shelf := Shelf{Listings: found}
	if len(found) > perShelf {
		shelf.Listings, shelf.Next = found[:perShelf], found[perShelf].ID
	}
	return shelf, err
}

// find ranks what holds the words, or has a title that looks like them: whole words come
// before likeness, and likeness before age.
func (l *Listings) find(ctx context.Context, actor coop.Actor, words, where string, args []any) (shelf Shelf, err error) {
	where += ` AND (l.words @@ websearch_to_tsquery('french', coop.plain(?)) OR coop.plain(l.title) %> coop.plain(?))`
	order := `ts_rank(l.words, websearch_to_tsquery('french', coop.plain(?))) DESC,
  word_similarity(coop.plain(?), coop.plain(l.title)) DESC, l.id DESC`
	err = l.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		if _, err := tx.NewRaw(`SELECT set_config('pg_trgm.word_similarity_threshold', '0.45', true)`).Exec(ctx); err != nil {
			return err
		}
		in := &Listings{db: tx, now: l.now}
		shelf.Listings, err = in.read(ctx, where, order, perShelf, actor, append(args, words, words, words, words)...)
		return err
	})
	return shelf, err
}

// visible is what others than the owner see: an active member reads, whom the owner does
// not hide from. Its arguments are visibleTo.
const visible = `l.state = 'open' AND l.expires_at > ? AND m.state IN ('welcomed', 'active')
  AND EXISTS (SELECT FROM coop.members me WHERE me.cooperative_id = l.cooperative_id AND me.id = ? AND me.state IN ('welcomed', 'active'))
  AND l.member_id <> ALL (ARRAY(SELECT coop.hidden_from(?, ?)))`

func visibleTo(actor coop.Actor, now time.Time) []any {
	return []any{now, actor.Member, actor.Cooperative, actor.Member}
}

func (l *Listings) read(ctx context.Context, where, order string, most int, actor coop.Actor, args ...any) (found []Listing, err error) {
	args = append([]any{actor.Cooperative}, args...)
	err = l.db.NewRaw(`SELECT l.id, l.kind, l.category, l.title, l.details, l.language, coalesce(l.minutes, 0) AS minutes,
  l.state, l.created_at, l.expires_at, l.member_id AS owner_id, m.name AS owner_name
FROM coop.listings l
JOIN coop.members m ON m.cooperative_id = l.cooperative_id AND m.id = l.member_id
WHERE l.cooperative_id = ? AND (`+where+`)
ORDER BY `+order+`
LIMIT ?`, append(args, most)...).Scan(ctx, &found)
	return found, err
}
