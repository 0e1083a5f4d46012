package board

import (
	"context"
	"errors"
	"io"
	"time"

	"github.com/google/uuid"
	"github.com/uptrace/bun"

	"lien/coop"
	"lien/coop/photo"
	"lien/rule"
)

// MostPhotos is how many photos a notice shows, and mostShown how long the words for who
// cannot see one may be, in characters.
const (
	MostPhotos = 4
	mostShown  = 120
)

// Picture is a photo as it hangs with a notice, with words for who cannot see it.
type Picture struct {
	ID       coop.PhotoID
	Width    int
	Height   int
	Words    string
	Language string
}

// Shot is a photo as it is sent for a notice; no file is no photo.
type Shot struct {
	Key      uuid.UUID
	File     []byte
	Words    string
	Language string
}

func (s Shot) check() (_ Shot, err error) {
	s.Words, err = rule.Line("words", s.Words, 0, mostShown)
	return s, err
}

// key is the photo's own, by what it shows: another photo sent with the key of one that
// was refused is another one.
func (s Shot) key() uuid.UUID { return uuid.NewSHA1(s.Key, s.File) }

// Pictures are the photos of notices.
type Pictures struct {
	boards *Boards
	photos *photo.Photos
}

// NewPictures returns the photos of the notices kept in db, with their files in photos;
// now tells the time.
func NewPictures(db bun.IDB, now func() time.Time, photos *photo.Photos) *Pictures {
	return &Pictures{boards: NewBoards(db, now), photos: photos}
}

// Pin pins a notice as Boards.Pin does, with a photo if one was sent. It returns
// *rule.Invalid on "photo" for a file that is no picture; nothing is pinned then.
func (p *Pictures) Pin(ctx context.Context, actor coop.Actor, board coop.BoardID, d Draft, shot Shot) (id coop.NoticeID, err error) {
	if len(shot.File) == 0 && shot.Words == "" {
		return p.boards.Pin(ctx, actor, board, d)
	}
	// Looked at first: nobody's file is opened for a notice that cannot hang.
	if _, err = d.check(); err != nil {
		return id, err
	}
	if shot, err = shot.check(); err != nil {
		return id, err
	}
	if may, err := p.boards.MayRead(ctx, actor.Member, board); err != nil || !may {
		return id, errors.Join(err, rule.ErrNotFound)
	}
	taken, err := p.photos.Take(ctx, actor, shot.key(), shot.File)
	if err != nil {
		return id, err
	}
	return p.boards.pinWith(ctx, actor, board, d, func(ctx context.Context, tx bun.Tx, id coop.NoticeID) error {
		return hangPhoto(ctx, tx, actor, id, taken.ID, shot)
	})
}

// Add adds a photo to a notice of the actor's own that is up, four at most. Sending the
// same photo with the same key again changes nothing. It returns the board that changed,
// *rule.Invalid on "photo" for what is no picture, and ErrNotFound for another's notice.
func (p *Pictures) Add(ctx context.Context, actor coop.Actor, id coop.NoticeID, shot Shot) (board coop.BoardID, err error) {
	if shot, err = shot.check(); err != nil {
		return board, err
	}
	if _, err = own(ctx, p.boards.db, actor, id); err != nil { // nobody's file is opened for another's notice
		return board, err
	}
	taken, err := p.photos.Take(ctx, actor, shot.key(), shot.File)
	if err != nil {
		return board, err
	}
	return p.boards.rehang(ctx, actor, id, func(ctx context.Context, tx bun.Tx) error {
		return hangPhoto(ctx, tx, actor, id, taken.ID, shot)
	})
}

// Remove takes a photo of a notice of the actor's own away for good. It returns the board
// that changed.
func (p *Pictures) Remove(ctx context.Context, actor coop.Actor, id coop.NoticeID, taken coop.PhotoID) (board coop.BoardID, err error) {
	return p.boards.rehang(ctx, actor, id, func(ctx context.Context, tx bun.Tx) error {
		var n int
		err := tx.NewRaw(`DELETE FROM coop.notice_photos WHERE cooperative_id = ? AND notice_id = ? AND photo_id = ? RETURNING n`,
			actor.Cooperative, id, taken).Scan(ctx, &n)
		if err != nil {
			return orNotFound(err)
		}
		_, err = tx.NewRaw(`UPDATE coop.notice_photos SET n = n - 1 WHERE cooperative_id = ? AND notice_id = ? AND n > ?`,
			actor.Cooperative, id, n).Exec(ctx)
		if err != nil {
			return err
		}
		return photo.Drop(ctx, tx, actor.Cooperative, taken)
	})
}

// rehang changes what hangs with a notice of the actor's own that is up, and writes it in
// the log of its board, which it returns.
func (s *Boards) rehang(ctx context.Context, actor coop.Actor, id coop.NoticeID, do func(context.Context, bun.Tx) error) (board coop.BoardID, err error) {
	err = s.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		if board, err = boardOf(ctx, tx, actor, id); err != nil {
			return err
		}
		seq, err := next(ctx, tx, actor, board)
		if err != nil {
			return err
		}
		if _, err := own(ctx, tx, actor, id); err != nil {
			return err
		}
		if err := do(ctx, tx); err != nil {
			return err
		}
		return write(ctx, tx, actor, change{board: board, seq: seq, kind: "hung", notice: id, at: s.now()})
	})
	if errors.Is(err, errReplayed) {
		err = nil
	}
	return board, err
}

// hangPhoto gives a photo the first free place of a notice whose board is locked.
func hangPhoto(ctx context.Context, tx bun.Tx, actor coop.Actor, id coop.NoticeID, taken coop.PhotoID, shot Shot) error {
	var hanging int
	var hangs bool
	err := tx.NewRaw(`SELECT count(*), coalesce(bool_or(photo_id = ?), false) FROM coop.notice_photos WHERE cooperative_id = ? AND notice_id = ?`,
		taken, actor.Cooperative, id).Scan(ctx, &hanging, &hangs)
	switch {
	case err != nil:
		return err
	case hangs:
		return errReplayed // nothing changed: the number is given back
	case hanging >= MostPhotos:
		return rule.Broken("photo", "photo.full")
	}
	if err := photo.Keep(ctx, tx, actor, taken); err != nil {
		return err
	}
	_, err = tx.NewRaw(`INSERT INTO coop.notice_photos (cooperative_id, notice_id, n, photo_id, words, language) VALUES (?, ?, ?, ?, ?, ?)`,
		actor.Cooperative, id, hanging+1, taken, shot.Words, shot.Language).Exec(ctx)
	return err
}

// dropPhotos takes the photos of a notice away for good, with what comes down for good.
func dropPhotos(ctx context.Context, tx bun.Tx, cooperative coop.CooperativeID, ids ...coop.NoticeID) error {
	_, err := tx.NewRaw(`
		WITH hung AS (DELETE FROM coop.notice_photos WHERE cooperative_id = ? AND notice_id IN (?) RETURNING cooperative_id, photo_id)
		UPDATE coop.photos f SET state = 'gone' FROM hung h WHERE f.cooperative_id = h.cooperative_id AND f.id = h.photo_id`,
		cooperative, bun.List(ids)).Exec(ctx)
	return err
}

// Open returns the file of a photo to whoever reads its notice: its author also after it
// came down, and facilitators while it is reported or hidden. The caller closes it.
func (p *Pictures) Open(ctx context.Context, actor coop.Actor, notice coop.NoticeID, id coop.PhotoID, size photo.Size) (io.ReadCloser, error) {
	var found photo.Photo
	err := p.boards.db.NewRaw(`
		SELECT i.id, i.width, i.height, i.key
		FROM coop.photos i
		JOIN coop.notice_photos s ON s.cooperative_id = i.cooperative_id AND s.photo_id = i.id
		JOIN coop.notices n ON n.cooperative_id = s.cooperative_id AND n.id = s.notice_id
		WHERE i.cooperative_id = ? AND n.id = ? AND i.id = ? AND i.state = 'kept' AND `+shown,
		append([]any{actor.Cooperative, notice, id}, shownTo(actor)...)...).Scan(ctx, &found)
	if err != nil {
		return nil, orNotFound(err)
	}
	return p.photos.Open(ctx, found, size)
}

// shown is a notice n that somebody may see what hangs with: who wrote it, who reads its
// board while it is up, and facilitators while it is on their desk. It asks for shownTo.
var shown = `(n.member_id = ?
	OR n.gone_at IS NULL AND NOT coop.hidden_between(n.cooperative_id, n.member_id, ?) AND n.board_id IN (SELECT b.id ` + readable + `)
	OR n.member_id <> ? AND EXISTS (
		SELECT FROM coop.board_files f
		WHERE f.cooperative_id = n.cooperative_id AND f.notice_id = n.id AND f.comment_id IS NULL AND ` + onDesk + `)
		AND ` + coop.Facilitates + `)`

func shownTo(actor coop.Actor) []any {
	return []any{actor.Member, actor.Member, actor.Cooperative, actor.Member, actor.Member, actor.Cooperative, actor.Member}
}

// pictureColumn are the photos that hang with a notice n, in their order.
const pictureColumn = `coalesce((
	SELECT jsonb_agg(jsonb_build_object('ID', i.id, 'Width', i.width, 'Height', i.height, 'Words', s.words, 'Language', s.language) ORDER BY s.n)
	FROM coop.notice_photos s JOIN coop.photos i ON i.cooperative_id = s.cooperative_id AND i.id = s.photo_id
	WHERE s.cooperative_id = n.cooperative_id AND s.notice_id = n.id), '[]') AS photos`
