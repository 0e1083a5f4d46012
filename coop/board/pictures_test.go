package board_test

import (
	"bytes"
	"errors"
	"image"
	"image/jpeg"
	"testing"
	"time"

	"github.com/google/uuid"

	"lien/coop"
	"lien/coop/board"
	"lien/coop/photo"
	"lien/rule"
	"lien/storage"
)

func (w *wall) album(t testing.TB) (*board.Pictures, *photo.Photos) {
	t.Helper()
	files, err := storage.NewFolder(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	now := func() time.Time { return w.clock }
	photos := photo.NewPhotos(w.Coop, now, files, photo.NewDarkroom(1))
	return board.NewPictures(w.Coop, now, photos), photos
}

// shot is a photo of its own width.
func shot(t testing.TB, width int) board.Shot {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, image.NewGray(image.Rect(0, 0, width, 200)), nil); err != nil {
		t.Fatal(err)
	}
	return board.Shot{Key: uuid.New(), File: b.Bytes(), Words: "Un gant bleu", Language: "fr"}
}

func (w *wall) photos(t testing.TB, id coop.NoticeID) []board.Picture {
	t.Helper()
	_, n, err := w.boards.Notice(t.Context(), w.ana, id)
	if err != nil {
		t.Fatal(err)
	}
	return n.Photos
}

// sees reports whether somebody gets the file of a photo.
func sees(t testing.TB, p *board.Pictures, who coop.Actor, id coop.NoticeID, shown coop.PhotoID) bool {
	t.Helper()
	file, err := p.Open(t.Context(), who, id, shown, photo.Small)
	if errors.Is(err, rule.ErrNotFound) {
		return false
	}
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	if _, err := jpeg.Decode(file); err != nil {
		t.Errorf("it is no picture: %v", err)
	}
	return true
}

func TestAPhotoIsSeenByWhoReadsItsNotice(t *testing.T) {
	w := newWall(t)
	album, photos := w.album(t)
	id, err := album.Pin(t.Context(), w.ana, w.first, draft("trouvé"), shot(t, 320))
	if err != nil {
		t.Fatal(err)
	}
	hung := w.photos(t, id)
	if len(hung) != 1 || hung[0].Words != "Un gant bleu" || hung[0].Width != 320 || hung[0].Height != 200 {
		t.Fatalf("its author reads %+v", hung)
	}
	expect := func(when string, want map[string]bool) {
		t.Helper()
		for name, who := range map[string]coop.Actor{
			"author": w.ana, "neighbour": w.bo, "elsewhere": w.cem, "facilitator": w.fay,
			"foreign": {Cooperative: rule.NewID[coop.CooperativeID](), Member: w.bo.Member},
		} {
			if got := sees(t, album, who, id, hung[0].ID); got != want[name] {
				t.Errorf("%s, the %s: %v", when, name, got)
			}
		}
	}
	expect("up", map[string]bool{"author": true, "neighbour": true, "facilitator": true})
	w.exec(t, `UPDATE coop.members SET place_id = (SELECT place_id FROM coop.members WHERE id = ?) WHERE id = ?`, w.cem.Member, w.fay.Member)
	expect("up, the facilitator elsewhere", map[string]bool{"author": true, "neighbour": true})
	if err := w.boards.Report(t.Context(), w.bo, board.Report{Notice: id, Reason: "privacy"}); err != nil {
		t.Fatal(err)
	}
	expect("reported", map[string]bool{"author": true, "neighbour": true, "facilitator": true})
	files, err := w.boards.Queue(t.Context(), w.fay)
	if err != nil || len(files) != 1 || len(files[0].Photos) != 1 {
		t.Fatalf("the desk reads %+v: %v", files, err)
	}
	if _, err := w.boards.Decide(t.Context(), w.fay, files[0].ID, board.Decision{Step: board.ToHide, Rule: "privacy"}); err != nil {
		t.Fatal(err)
	}
	expect("hidden", map[string]bool{"author": true, "facilitator": true})
	if _, err := w.boards.Decide(t.Context(), w.fay, files[0].ID, board.Decision{Step: board.ToRestore, Seen: 1, Words: "Pardon."}); err != nil {
		t.Fatal(err)
	}
	w.hide(t, w.bo, w.ana)
	expect("who hides from the author", map[string]bool{"author": true})
	if _, err := album.Open(t.Context(), w.ana, id, hung[0].ID, "../large"); !errors.Is(err, rule.ErrNotFound) {
		t.Errorf("a size that there is not: %v", err)
	}
	other := w.pin(t, w.ana, w.first, "autre chose")
	if sees(t, album, w.ana, other, hung[0].ID) {
		t.Error("it hangs with a notice that it does not hang with")
	}
	if _, err := w.boards.TakeDown(t.Context(), w.ana, id, board.Decision{}); err != nil {
		t.Fatal(err)
	}
	expect("withdrawn", nil)
	if n, err := photos.Sweep(t.Context()); err != nil || n != 1 {
		t.Errorf("%d swept after the notice was withdrawn (%v), want its photo", n, err)
	}
}

func TestANoticeShowsFourPhotosInOrder(t *testing.T) {
	w := newWall(t)
	album, photos := w.album(t)
	d, first := draft("à donner"), shot(t, 100)
	id, err := album.Pin(t.Context(), w.ana, w.first, d, first)
	if err != nil {
		t.Fatal(err)
	}
	if again, err := album.Pin(t.Context(), w.ana, w.first, d, first); err != nil || again != id {
		t.Errorf("pinned again: %v, %v", again, err)
	}
	for n := range 3 {
		next := shot(t, 110+n)
		for range 2 { // sent twice, it hangs once
			if _, err := album.Add(t.Context(), w.ana, id, next); err != nil {
				t.Fatal(err)
			}
		}
	}
	var invalid *rule.Invalid
	if _, err := album.Add(t.Context(), w.ana, id, shot(t, 120)); !errors.As(err, &invalid) || invalid.Rule != "photo.full" {
		t.Errorf("a fifth: %v", err)
	}
	hung := w.photos(t, id)
	if len(hung) != 4 || hung[0].Width != 100 || hung[3].Width != 112 {
		t.Fatalf("hung are %+v", hung)
	}
	if _, err := album.Remove(t.Context(), w.bo, id, hung[0].ID); !errors.Is(err, rule.ErrNotFound) {
		t.Errorf("a neighbour removes one: %v", err)
	}
	if _, err := album.Remove(t.Context(), w.ana, id, hung[0].ID); err != nil {
		t.Fatal(err)
	}
	if left := w.photos(t, id); len(left) != 3 || left[0].ID != hung[1].ID || left[2].ID != hung[3].ID {
		t.Errorf("left are %+v of %+v", left, hung)
	}
	entries, err := w.boards.Log(t.Context(), w.first.UUID, 0, 100)
	if err != nil || len(entries) != 5 {
		t.Errorf("%d entries for a notice, three photos and one removed: %v", len(entries), err)
	}
	if n, err := photos.Sweep(t.Context()); err != nil || n != 1 {
		t.Errorf("%d swept (%v), want the one removed", n, err)
	}
}

func TestThePhotosOfWhatEndedAreDropped(t *testing.T) {
	w := newWall(t)
	album, photos := w.album(t)
	d := draft("un jour")
	d.Days = 1
	id, err := album.Pin(t.Context(), w.ana, w.first, d, shot(t, 100))
	if err != nil {
		t.Fatal(err)
	}
	shown := w.photos(t, id)[0].ID
	w.clock = w.clock.AddDate(0, 0, 2)
	if n, err := w.boards.Due(t.Context()); err != nil || n != 1 {
		t.Fatalf("%d ended: %v", n, err)
	}
	if sees(t, album, w.ana, id, shown) {
		t.Error("its photo is still there")
	}
	if n, err := photos.Sweep(t.Context()); err != nil || n != 1 {
		t.Errorf("%d swept: %v", n, err)
	}
}

func TestNobodysFileIsOpenedForWhatCannotHang(t *testing.T) {
	w := newWall(t)
	album, _ := w.album(t)
	id := w.pin(t, w.ana, w.first, "chez nous")
	short := draft("")
	for name, try := range map[string]func() error{
		"on a foreign board":  func() error { _, err := album.Pin(t.Context(), w.cem, w.first, draft("moi"), shot(t, 100)); return err },
		"without a word":      func() error { _, err := album.Pin(t.Context(), w.ana, w.first, short, shot(t, 100)); return err },
		"on another's notice": func() error { _, err := album.Add(t.Context(), w.bo, id, shot(t, 100)); return err },
		"no picture": func() error {
			bad := shot(t, 100)
			bad.File = []byte("<svg xmlns='http://www.w3.org/2000/svg'/>")
			_, err := album.Pin(t.Context(), w.ana, w.first, draft("moi"), bad)
			return err
		},
	} {
		if err := try(); err == nil {
			t.Errorf("%s: taken", name)
		}
	}
	var kept, pinned int
	if err := w.Owner.NewRaw(`SELECT (SELECT count(*) FROM coop.photos), (SELECT count(*) FROM coop.notices)`).Scan(t.Context(), &kept, &pinned); err != nil || kept != 0 || pinned != 1 {
		t.Errorf("%d photos and %d notices were kept: %v", kept, pinned, err)
	}
}
