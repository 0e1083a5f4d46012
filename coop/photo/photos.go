package photo

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"io"
	"time"

	"github.com/google/uuid"
	"github.com/uptrace/bun"

	"lien/coop"
	"lien/rule"
	"lien/storage"
)

// perSweep is how many pictures a sweep clears away.
const perSweep = 50

// Photos are the pictures of a house: a row for each, and its files.
type Photos struct {
	db       bun.IDB
	now      func() time.Time
	files    *storage.Folder
	darkroom *Darkroom
}

// NewPhotos returns the pictures whose rows are kept in db and whose files in files; now
// tells the time.
func NewPhotos(db bun.IDB, now func() time.Time, files *storage.Folder, darkroom *Darkroom) *Photos {
	return &Photos{db: db, now: now, files: files, darkroom: darkroom}
}

// Take makes a picture anew from what the actor sent, and keeps it on its way for an hour:
// what it is for calls Keep in its own transaction. Sending the same key again returns the
// same picture. It returns *rule.Invalid on "photo" for what cannot be taken.
func (p *Photos) Take(ctx context.Context, actor coop.Actor, key uuid.UUID, sent []byte) (photo Photo, err error) {
	made, err := p.darkroom.develop(ctx, sent)
	if err != nil {
		return photo, err
	}
	photo, fresh, err := p.announce(ctx, actor, key, made)
	if err != nil || !fresh {
		return photo, err
	}
	for size, file := range made.Files {
		if err := p.files.Put(ctx, photo.file(size), bytes.NewReader(file)); err != nil {
			return photo, err
		}
	}
	return photo, nil
}

// announce writes the row before the files, so that a sweep finds files that nobody kept.
// It is fresh unless another request has already put its files.
func (p *Photos) announce(ctx context.Context, actor coop.Actor, key uuid.UUID, made developed) (photo Photo, fresh bool, err error) {
	photo = Photo{ID: rule.NewID[coop.PhotoID](), Width: made.Width, Height: made.Height, Key: storage.NewKey()}
	err = p.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		var kept int
		err := tx.NewRaw(`SELECT count(*) FROM (
  SELECT FROM coop.photos WHERE cooperative_id = ? AND member_id = ? AND state <> 'gone' AND client_key <> ? LIMIT ?) x`,
			actor.Cooperative, actor.Member, key, perMember).Scan(ctx, &kept)
		if err != nil {
			return err
		}
		if kept >= perMember {
			return errTooMany
		}
		return tx.NewRaw(`INSERT INTO coop.photos AS p (cooperative_id, id, member_id, state, width, height, key, client_key, created_at)
VALUES (?, ?, ?, 'arriving', ?, ?, ?, ?, ?)
ON CONFLICT (cooperative_id, member_id, client_key) DO UPDATE SET client_key = excluded.client_key
RETURNING p.id, p.width, p.height, p.key, p.state = 'arriving'`, actor.Cooperative, photo.ID, actor.Member, photo.Width, photo.Height, photo.Key, key, p.now()).
			Scan(ctx, &photo.ID, &photo.Width, &photo.Height, &photo.Key, &fresh)
	})
	return photo, fresh, err
}

// Keep makes a picture of the actor's stay, in the transaction tx of what it is for.
// Whoever takes it away later calls Drop. It answers ErrNotFound for another's picture.
func Keep(ctx context.Context, tx bun.Tx, actor coop.Actor, id coop.PhotoID) error {
	var kept bool
	err := tx.NewRaw(`UPDATE coop.photos SET state = 'kept'
WHERE cooperative_id = ? AND id = ? AND member_id = ? AND state IN ('arriving', 'kept')
RETURNING true`, actor.Cooperative, id, actor.Member).Scan(ctx, &kept)
	if errors.Is(err, sql.ErrNoRows) {
		return rule.ErrNotFound
	}
	return err
}

// Drop takes a picture away, in the transaction tx of what it was for: nobody sees it any
// more, and its files are deleted by the next sweep.
func Drop(ctx context.Context, tx bun.Tx, cooperative coop.CooperativeID, id coop.PhotoID) error {
	_, err := tx.NewRaw(`UPDATE coop.photos SET state = 'gone' WHERE cooperative_id = ? AND id = ?`, cooperative, id).Exec(ctx)
	return err
}

// Open returns the file of a picture that its reader was found to have a right to, to be
// closed by the caller. It answers ErrNotFound for a size that there is not.
func (p *Photos) Open(ctx context.Context, photo Photo, size Size) (io.ReadCloser, error) {
	if !size.Known() {
		return nil, rule.ErrNotFound
	}
	file, err := p.files.Open(ctx, photo.file(size))
	if errors.Is(err, storage.ErrMissing) {
		return nil, rule.ErrNotFound
	}
	return file, err
}

// Sweep deletes the files of pictures that were taken away, or that nobody kept within an
// hour, and then their rows. It returns how many; several nodes may sweep at once.
func (p *Photos) Sweep(ctx context.Context) (n int, err error) {
	err = p.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		var gone []Photo
		err := tx.NewRaw(`SELECT id, width, height, key FROM coop.photos
WHERE state = 'gone' OR state = 'arriving' AND created_at < ?
ORDER BY id
LIMIT ?
FOR UPDATE SKIP LOCKED`, p.now().Add(-waits), perSweep).Scan(ctx, &gone)
		if err != nil || len(gone) == 0 {
			return err
		}
		var keys []string
		for _, photo := range gone {
			for _, size := range Sizes() {
				if err := p.files.Delete(ctx, photo.file(size)); err != nil {
					return err
				}
			}
			keys = append(keys, photo.Key)
		}
		_, err = tx.NewRaw(`DELETE FROM coop.photos WHERE key IN (?)`, bun.List(keys)).Exec(ctx)
		n = len(gone)
		return err
	})
	return n, err
}
