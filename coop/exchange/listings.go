package exchange

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect/pgdialect"

	"lien/coop"
	"lien/rule"
)

// openAtOnce is how many listings of one member may be open together, and inADay how many
// may be put up within a day: more is a flood.
const (
	openAtOnce = 40
	inADay     = 12
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

// Publish puts a listing of the actor's up for 90 days, or keeps it for later. Sending the
// same key again returns the first listing. It returns *rule.Invalid for the form, and
// ErrForbidden for somebody who is not an active member.
func (l *Listings) Publish(ctx context.Context, actor coop.Actor, draft Draft) (id coop.ListingID, err error) {
	if draft, err = draft.check(); err != nil {
		return id, err
	}
	err = l.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		id, err = l.write(ctx, tx, actor, draft)
		return err
	})
	return id, err
}

// write puts a checked draft down. A replay is answered before the limits are looked at.
func (l *Listings) write(ctx context.Context, tx bun.Tx, actor coop.Actor, draft Draft) (id coop.ListingID, err error) {
	if err := mustBeActive(ctx, tx, actor); err != nil {
		return id, err
	}
	err = tx.NewRaw(`SELECT id FROM coop.listings
WHERE cooperative_id = ? AND member_id = ? AND client_key = ?`, actor.Cooperative, actor.Member, draft.Key).Scan(ctx, &id)
	if !errors.Is(err, sql.ErrNoRows) {
		return id, err
	}
	now, state, published := l.now(), Open, l.now()
	if draft.Later {
		state, published = Drafted, time.Time{}
	} else if err := mayPutUp(ctx, tx, actor, now); err != nil {
		return id, err
	}
	if err := learn(ctx, tx, actor, draft); err != nil {
		return id, err
	}
	id = rule.NewID[coop.ListingID]()
	// Two devices that send the key together both insert; the second is given the first's.
	err = tx.NewRaw(`INSERT INTO coop.listings AS l
  (cooperative_id, id, member_id, kind, category, title, details, language, minutes, place, free_times, spoken, state, client_key,
   created_at, published_at, expires_at)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, nullif(?, 0), ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (cooperative_id, member_id, client_key) DO UPDATE SET client_key = excluded.client_key
RETURNING id`, actor.Cooperative, id, actor.Member, draft.Kind, draft.Category, draft.Title, draft.Details, draft.Language,
		draft.Minutes, draft.Place, draft.Free, array(draft.Spoken), state, draft.Key, now, bun.NullZero(published), now.Add(Lasts)).Scan(ctx, &id)
	return id, err
}

// mayPutUp refuses too many listings, at once or within a day. It locks the member, so
// that two devices do not pass the limit together.
func mayPutUp(ctx context.Context, tx bun.Tx, actor coop.Actor, now time.Time) error {
	if err := mayBeOpen(ctx, tx, actor, now); err != nil {
		return err
	}
	var today int
	err := tx.NewRaw(`SELECT count(*) FROM coop.listings
WHERE cooperative_id = ? AND member_id = ? AND published_at > ?`, actor.Cooperative, actor.Member, now.Add(-day)).Scan(ctx, &today)
	if err == nil && today >= inADay {
		return rule.Broken("title", "listing.too_fast", "most", inADay)
	}
	return err
}

func mayBeOpen(ctx context.Context, tx bun.Tx, actor coop.Actor, now time.Time) error {
	_, err := tx.NewRaw(`SELECT FROM coop.members
WHERE cooperative_id = ? AND id = ?
FOR NO KEY UPDATE`, actor.Cooperative, actor.Member).Exec(ctx)
	if err != nil {
		return err
	}
	var open int
	err = tx.NewRaw(`SELECT count(*) FROM coop.listings
WHERE cooperative_id = ? AND member_id = ? AND state = 'open' AND expires_at > ?`, actor.Cooperative, actor.Member, now).Scan(ctx, &open)
	if err == nil && open >= openAtOnce {
		return rule.Broken("title", "listing.too_many", "most", openAtOnce)
	}
	return err
}

// learn keeps the words of a listing, against which a search mends its slips. They are
// written in their order, so that two who write at once do not wait for each other.
func learn(ctx context.Context, tx bun.Tx, actor coop.Actor, draft Draft) error {
	_, err := tx.NewRaw(`INSERT INTO coop.listing_words (cooperative_id, word, stem)
SELECT ?, w.word, w.stem
FROM (
  SELECT t.word, (ts_lexize('french_stem', t.word))[1] AS stem
  FROM unnest(tsvector_to_array(to_tsvector('simple', coop.plain(?)))) AS t (word)
) w
WHERE length(w.word) BETWEEN 3 AND 30 AND w.stem IS NOT NULL
ORDER BY w.word
ON CONFLICT DO NOTHING`, actor.Cooperative, draft.Title+" "+draft.Details).Exec(ctx)
	return err
}

// Revise changes the words of a listing of the actor's own that is not closed. The key
// and the kind stay.
func (l *Listings) Revise(ctx context.Context, actor coop.Actor, id coop.ListingID, draft Draft) error {
	draft, err := draft.check()
	if err != nil {
		return err
	}
	return l.turn(ctx, actor, id, TurnRevise, func(tx bun.Tx, _ Listing) error {
		if err := learn(ctx, tx, actor, draft); err != nil {
			return err
		}
		return set(ctx, tx, actor, id, `category = ?, title = ?, details = ?, language = ?, minutes = nullif(?, 0), place = ?, free_times = ?, spoken = ?`,
			draft.Category, draft.Title, draft.Details, draft.Language, draft.Minutes, draft.Place, draft.Free, array(draft.Spoken))
	})
}

// PutUp shows a listing that the actor had kept for later.
func (l *Listings) PutUp(ctx context.Context, actor coop.Actor, id coop.ListingID) error {
	return l.turn(ctx, actor, id, TurnUp, func(tx bun.Tx, _ Listing) error {
		if err := mayPutUp(ctx, tx, actor, l.now()); err != nil {
			return err
		}
		return set(ctx, tx, actor, id, `published_at = ?, expires_at = ?`, l.now(), l.now().Add(Lasts))
	})
}

// Pause takes a listing of the actor's own out of sight until it is reopened.
func (l *Listings) Pause(ctx context.Context, actor coop.Actor, id coop.ListingID) error {
	return l.turn(ctx, actor, id, TurnPause, nil)
}

// Reopen puts a paused listing of the actor's own back.
func (l *Listings) Reopen(ctx context.Context, actor coop.Actor, id coop.ListingID) error {
	return l.turn(ctx, actor, id, TurnReopen, func(tx bun.Tx, _ Listing) error { return mayBeOpen(ctx, tx, actor, l.now()) })
}

// Close ends a listing of the actor's own for good. Agreements made from it go on.
func (l *Listings) Close(ctx context.Context, actor coop.Actor, id coop.ListingID) error {
	return l.turn(ctx, actor, id, TurnClose, nil)
}

// Renew puts a listing of the actor's own up for another 90 days, expired or not.
func (l *Listings) Renew(ctx context.Context, actor coop.Actor, id coop.ListingID) error {
	return l.turn(ctx, actor, id, TurnRenew, func(tx bun.Tx, old Listing) error {
		if old.Standing(l.now()) != Open {
			if err := mayBeOpen(ctx, tx, actor, l.now()); err != nil {
				return err
			}
		}
		return set(ctx, tx, actor, id, `expires_at = ?, warned_at = NULL`, l.now().Add(Lasts))
	})
}

// turn makes a turn of a listing of the actor's own along the table, and then what else it
// brings. It answers ErrNotFound for a listing that is not theirs, ErrMoved for one that
// does not stand where the turn begins; one that was made already changes nothing.
func (l *Listings) turn(ctx context.Context, actor coop.Actor, id coop.ListingID, turn Turn, also func(bun.Tx, Listing) error) error {
	return l.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		var old Listing
		err := tx.NewRaw(`SELECT l.id, l.kind, l.state, l.moderation, l.expires_at, w.starts_at
FROM coop.listings l
LEFT JOIN coop.workshops w ON w.cooperative_id = l.cooperative_id AND w.listing_id = l.id
WHERE l.cooperative_id = ? AND l.id = ? AND l.member_id = ?
FOR UPDATE OF l`, actor.Cooperative, id, actor.Member).Scan(ctx, &old)
		if errors.Is(err, sql.ErrNoRows) {
			return rule.ErrNotFound
		}
		if err != nil {
			return err
		}
		line, again, found := showing(turn, old, l.now())
		switch {
		case again:
			return nil
		case !found || line.ByHouse:
			return rule.ErrMoved
		}
		if old.Several() && turn != TurnPicture && l.now().Before(old.StartsAt) {
			return rule.ErrForbidden // what others took a seat in stays as it is, or is called off
		}
		if old.Several() && turn == TurnRenew {
			return rule.ErrForbidden // its day is its end
		}
		if err := mustBeActive(ctx, tx, actor); err != nil {
			return err
		}
		if also != nil {
			if err := also(tx, old); err != nil {
				return err
			}
		}
		if line.To == old.State {
			return nil
		}
		return set(ctx, tx, actor, id, `state = ?`, line.To)
	})
}

func set(ctx context.Context, tx bun.Tx, actor coop.Actor, id coop.ListingID, what string, args ...any) error {
	_, err := tx.NewRaw(`UPDATE coop.listings SET `+what+` WHERE cooperative_id = ? AND id = ?`,
		append(args, actor.Cooperative, id)...).Exec(ctx)
	return err
}

// array is a list of texts as a column takes it; none is an empty list.
func array(texts []string) any {
	if texts == nil {
		texts = []string{}
	}
	return pgdialect.Array(texts)
}
