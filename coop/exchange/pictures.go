package exchange

import (
	"context"
	"database/sql"
	"errors"
	"io"
	"time"

	"github.com/google/uuid"
	"github.com/uptrace/bun"

	"lien/coop"
	"lien/coop/photo"
	"lien/rule"
)

// Pictures are the photos of listings.
type Pictures struct {
	listings *Listings
	photos   *photo.Photos
}

// NewPictures returns the photos of the listings kept in db, with their files in photos;
// now tells the time.
func NewPictures(db bun.IDB, now func() time.Time, photos *photo.Photos) *Pictures {
	return &Pictures{listings: NewListings(db, now), photos: photos}
}

// Shot is a photo as it is sent for a listing, with words for who cannot see it.
type Shot struct {
	Key      uuid.UUID
	File     []byte
	Words    string
	Language string
}

// Add adds a photo to a listing of the actor's own, four at most. Sending the same
// key again changes nothing. It returns *rule.Invalid on "photo" for a file that is no
// picture, and ErrNotFound for a listing that is not theirs.
func (p *Pictures) Add(ctx context.Context, actor coop.Actor, id coop.ListingID, shot Shot) error {
	words, err := rule.Line("words", shot.Words, 0, 120)
	if err != nil {
		return err
	}
	// Looked at first: nobody's file is opened for a listing that is not theirs.
	if err := p.listings.turn(ctx, actor, id, TurnPicture, nil); err != nil {
		return err
	}
	taken, err := p.photos.Take(ctx, actor, shot.Key, shot.File)
	if err != nil {
		return err
	}
	return p.listings.turn(ctx, actor, id, TurnPicture, func(tx bun.Tx, _ Listing) error {
		return hang(ctx, tx, actor, id, taken.ID, words, shot.Language)
	})
}

// hang gives a photo the first free place of a listing that is locked.
func hang(ctx context.Context, tx bun.Tx, actor coop.Actor, id coop.ListingID, taken coop.PhotoID, words, language string) error {
	hanging, err := pictures(ctx, tx, actor.Cooperative, id)
	if err != nil {
		return err
	}
	for _, h := range hanging {
		if h.ID == taken {
			return nil
		}
	}
	if len(hanging) >= mostPhotos {
		return rule.Broken("photo", "listing.photos_full", "most", mostPhotos)
	}
	if err := photo.Keep(ctx, tx, actor, taken); err != nil {
		return err
	}
	_, err = tx.NewRaw(`INSERT INTO coop.listing_photos (cooperative_id, listing_id, n, photo_id, words, language)
VALUES (?, ?, ?, ?, ?, ?)`, actor.Cooperative, id, len(hanging)+1, taken, words, language).Exec(ctx)
	return err
}

// Remove takes a photo of a listing of the actor's own away for good.
func (p *Pictures) Remove(ctx context.Context, actor coop.Actor, id coop.ListingID, taken coop.PhotoID) error {
	return p.listings.turn(ctx, actor, id, TurnPicture, func(tx bun.Tx, _ Listing) error {
		var n int
		err := tx.NewRaw(`DELETE FROM coop.listing_photos
WHERE cooperative_id = ? AND listing_id = ? AND photo_id = ?
RETURNING n`, actor.Cooperative, id, taken).Scan(ctx, &n)
		if errors.Is(err, sql.ErrNoRows) {
			return rule.ErrNotFound
		}
		if err != nil {
			return err
		}
		_, err = tx.NewRaw(`UPDATE coop.listing_photos SET n = n - 1 WHERE cooperative_id = ? AND listing_id = ? AND n > ?`,
			actor.Cooperative, id, n).Exec(ctx)
		if err != nil {
			return err
		}
		return photo.Drop(ctx, tx, actor.Cooperative, taken)
	})
}

// Open returns the file of a photo to whoever may see its listing, and to
// facilitators while it is reported or hidden. The caller closes it.
func (p *Pictures) Open(ctx context.Context, actor coop.Actor, id coop.PhotoID, size photo.Size) (io.ReadCloser, error) {
	visible := inSight(actor, p.listings.now())
	var found photoOf
	err := p.listings.db.NewRaw(`SELECT f.id, f.width, f.height, f.key
FROM coop.photos f
JOIN coop.listing_photos s ON s.cooperative_id = f.cooperative_id AND s.photo_id = f.id
JOIN coop.listings l ON l.cooperative_id = s.cooperative_id AND l.id = s.listing_id
JOIN coop.members m ON m.cooperative_id = l.cooperative_id AND m.id = l.member_id
WHERE f.cooperative_id = ? AND f.id = ? AND f.state = 'kept' AND (l.member_id = ? OR `+visible.where+` OR `+onDesk+`)`,
		append(append([]any{actor.Cooperative, id, actor.Member}, visible.args...), actor.Member)...).Scan(ctx, &found)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, rule.ErrNotFound
	}
	if err != nil {
		return nil, err
	}
	return p.photos.Open(ctx, found.Photo, size)
}

// pictures are the photos of a listing in their order.
func pictures(ctx context.Context, db bun.IDB, cooperative coop.CooperativeID, id coop.ListingID) (all []Picture, err error) {
	err = db.NewRaw(`SELECT f.id, f.width, f.height, s.words, s.language
FROM coop.listing_photos s
JOIN coop.photos f ON f.cooperative_id = s.cooperative_id AND f.id = s.photo_id
WHERE s.cooperative_id = ? AND s.listing_id = ? AND f.state = 'kept'
ORDER BY s.n`, cooperative, id).Scan(ctx, &all)
	return all, err
}
