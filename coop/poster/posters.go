package poster

import (
	"context"
	"database/sql"
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect/pgdialect"

	"lien/coop"
	"lien/coop/membership"
	"lien/database"
	"lien/rule"
)

// Posters are the sheets of a cooperative's stairwells.
type Posters struct {
	db     bun.IDB
	derive Derive
	now    func() time.Time
}

// New returns the posters kept in db. Their codes come from derive; now tells the time.
func New(db bun.IDB, derive Derive, now func() time.Time) *Posters {
	return &Posters{db: db, derive: derive, now: now}
}

// Hang says that a listing of the actor's own may stand on posters, or no longer. Only an
// active member's open listing may begin to, and only one whose title tells nobody's name or
// door: *rule.Invalid on "poster".
func (p *Posters) Hang(ctx context.Context, actor coop.Actor, listing coop.ListingID, up bool) error {
	return p.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		var l struct {
			May, Named bool
			Title      string
		}
		err := tx.NewRaw(`
			SELECT l.state = 'open' AND m.state IN ('welcomed', 'active') AS may, l.title, `+named+` AS named
			FROM coop.listings AS l
			JOIN coop.members AS m ON m.cooperative_id = l.cooperative_id AND m.id = l.member_id
			WHERE l.cooperative_id = ? AND l.id = ? AND l.member_id = ?`, actor.Cooperative, listing, actor.Member).Scan(ctx, &l)
		switch {
		case err != nil:
			return orNotFound(err)
		case up && !l.May:
			return rule.ErrMoved
		case up && (l.Named || tellsDoor(l.Title)):
			return rule.Broken("poster", "poster.own.tells")
		case up:
			_, err = tx.NewRaw(`INSERT INTO coop.poster_listings (cooperative_id, listing_id, at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING`,
				actor.Cooperative, listing, p.now()).Exec(ctx)
		default:
			_, err = tx.NewRaw(`DELETE FROM coop.poster_listings WHERE cooperative_id = ? AND listing_id = ?`, actor.Cooperative, listing).Exec(ctx)
		}
		return err
	})
}

// Hangs reports whether a listing may stand on posters.
func (p *Posters) Hangs(ctx context.Context, actor coop.Actor, listing coop.ListingID) (up bool, err error) {
	err = p.db.NewRaw(`SELECT EXISTS (SELECT FROM coop.poster_listings WHERE cooperative_id = ? AND listing_id = ?)`,
		actor.Cooperative, listing).Scan(ctx, &up)
	return up, err
}

// Wish is what the form of a new poster holds.
type Wish struct {
	Key       uuid.UUID
	Place     coop.PlaceID
	Languages []string
}

func (w Wish) check() (Wish, error) {
	var chosen []string
	for _, code := range membership.Languages() {
		if slices.Contains(w.Languages, code) {
			chosen = append(chosen, code)
		}
	}
	if len(chosen) == 0 {
		return w, rule.Broken("languages", "rule.choose")
	}
	w.Languages = chosen
	return w, nil
}

// Make makes this week's poster of a place: the newest listings whose owners want them
// there, the events of the next two weeks, and what facilitators pinned lately on the
// boards of the place. Facilitators only; the same key again returns the first one.
func (p *Posters) Make(ctx context.Context, actor coop.Actor, w Wish) (id coop.PosterID, err error) {
	if w, err = w.check(); err != nil {
		return id, err
	}
	err = p.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		if err := coop.MustFacilitate(ctx, tx, actor); err != nil {
			return err
		}
		id = rule.NewID[coop.PosterID]()
		var fresh bool
		err := tx.NewRaw(`
			INSERT INTO coop.posters (cooperative_id, id, place_id, made_by, languages, client_key, made_at)
			VALUES (?, ?, ?, ?, ?, ?, ?)
			ON CONFLICT ON CONSTRAINT a_poster_is_made_once DO NOTHING
			RETURNING true`,
			actor.Cooperative, id, w.Place, actor.Member, pgdialect.Array(w.Languages), w.Key, p.now()).Scan(ctx, &fresh)
		if errors.Is(err, sql.ErrNoRows) {
			return tx.NewRaw(`SELECT id FROM coop.posters WHERE cooperative_id = ? AND made_by = ? AND client_key = ?`,
				actor.Cooperative, actor.Member, w.Key).Scan(ctx, &id)
		}
		if err != nil {
			return err
		}
		return p.fill(ctx, tx, actor.Cooperative, id, w.Place)
	})
	if database.Broken(err) == "posters_cooperative_id_place_id_fkey" {
		err = rule.Broken("place", "rule.choose")
	}
	return id, err
}

// thing is what gets a code.
type thing struct {
	Kind    Kind
	Subject uuid.UUID
}

// fill chooses what stands on a poster and gives each thing, and the poster, its code.
func (p *Posters) fill(ctx context.Context, tx bun.Tx, cooperative coop.CooperativeID, id coop.PosterID, place coop.PlaceID) error {
	var things []thing
	now := p.now()
	err := tx.NewRaw(`
		(SELECT 'event' AS kind, e.id AS subject
		 FROM coop.events AS e
		 WHERE e.cooperative_id = ?0 AND e.state = 'on' AND e.starts_at BETWEEN ?1 AND ?2
		 ORDER BY e.starts_at, e.id LIMIT ?3)
		UNION ALL
		(SELECT 'notice', n.id
		 FROM coop.notices AS n
		 JOIN coop.boards AS b ON b.cooperative_id = n.cooperative_id AND b.id = n.board_id
		 WHERE n.cooperative_id = ?0 AND n.gone_at IS NULL AND n.created_at > ?4 AND `+byFacilitator+`
		   AND (b.place_id IS NULL OR b.place_id = ANY ((SELECT path FROM coop.places WHERE cooperative_id = ?0 AND id = ?5)::uuid[]))
		 ORDER BY n.created_at DESC, n.id LIMIT ?6)
		UNION ALL
		(SELECT 'listing', l.id
		 FROM coop.listings AS l
		 JOIN coop.poster_listings AS h ON h.cooperative_id = l.cooperative_id AND h.listing_id = l.id
		 JOIN coop.members AS m ON m.cooperative_id = l.cooperative_id AND m.id = l.member_id
		 WHERE l.cooperative_id = ?0 AND l.state = 'open' AND l.moderation = 'none' AND l.expires_at > ?1 AND m.state IN ('welcomed', 'active')
		 ORDER BY l.id DESC LIMIT ?7)`,
		cooperative, now, now.Add(eventsWithin), mostEvents, now.Add(-noticesSince), place, mostNotices, mostListings).Scan(ctx, &things)
	if err != nil {
		return err
	}
	if err := p.code(ctx, tx, cooperative, append(things, thing{APoster, id.UUID})); err != nil || len(things) == 0 {
		return err
	}
	var args []any
	for n, t := range things {
		args = append(args, cooperative, id, n+1, t.Kind, t.Subject)
	}
	_, err = tx.NewRaw(`INSERT INTO coop.poster_items (cooperative_id, poster_id, n, kind, subject_id)
		VALUES `+strings.Repeat(`, (?, ?, ?, ?, ?)`, len(things))[2:], args...).Exec(ctx)
	return err
}

var byFacilitator = coop.FacilitatesAs("n.cooperative_id", "n.member_id")

// code gives each thing a code unless it has one; a thing whose first code is taken gets
// its second.
func (p *Posters) code(ctx context.Context, tx bun.Tx, cooperative coop.CooperativeID, things []thing) error {
	for try := range 2 {
		var args []any
		for _, t := range things {
			args = append(args, cooperative, t.Kind, t.Subject, p.derive.codes(t.Kind, t.Subject)[try])
		}
		_, err := tx.NewRaw(`INSERT INTO coop.poster_codes (cooperative_id, kind, subject_id, code)
			VALUES `+strings.Repeat(`, (?, ?, ?, ?)`, len(things))[2:]+` ON CONFLICT DO NOTHING`, args...).Exec(ctx)
		if err != nil {
			return err
		}
	}
	return nil
}

func orNotFound(err error) error {
	if errors.Is(err, sql.ErrNoRows) {
		return rule.ErrNotFound
	}
	return err
}
