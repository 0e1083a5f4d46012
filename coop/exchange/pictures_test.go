package exchange_test

import (
	"bytes"
	"errors"
	"image"
	"image/jpeg"
	"testing"
	"time"

	"github.com/google/uuid"

	"lien/coop"
	"lien/coop/exchange"
	"lien/coop/photo"
	"lien/rule"
	"lien/storage"
)

// album is the pictures of a street's listings, and what keeps them.
func (s *street) album(t testing.TB) (*exchange.Pictures, *photo.Photos) {
	t.Helper()
	files, err := storage.NewFolder(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	photos := photo.NewPhotos(s.Coop, s.now, files, photo.NewDarkroom(1))
	return exchange.NewPictures(s.Coop, s.now, photos), photos
}

func shot(t testing.TB) exchange.Shot {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, image.NewGray(image.Rect(0, 0, 320, 200)), nil); err != nil {
		t.Fatal(err)
	}
	return exchange.Shot{Key: uuid.New(), File: b.Bytes(), Words: "Une étagère bleue", Language: "fr"}
}

func (s *street) photos(t testing.TB, n int, id coop.ListingID) []exchange.Picture {
	t.Helper()
	l, err := s.listings.One(t.Context(), s.actor(n), id)
	if err != nil {
		t.Fatal(err)
	}
	return l.Photos
}

func seenBy(t testing.TB, p *exchange.Pictures, a coop.Actor, id coop.PhotoID) error {
	t.Helper()
	file, err := p.Open(t.Context(), a, id, photo.Medium)
	if err != nil {
		return err
	}
	defer file.Close()
	if _, err := jpeg.Decode(file); err != nil {
		t.Errorf("it is no picture: %v", err)
	}
	return nil
}

func TestAPhotoIsSeenByWhoSeesItsListing(t *testing.T) {
	s := newStreet(t, 4)
	album, _ := s.album(t)
	fay := s.facilitator(t, 2)
	id := s.publish(t, 0, draft())
	if err := album.Add(t.Context(), s.actor(0), id, shot(t)); err != nil {
		t.Fatal(err)
	}
	hung := s.photos(t, 1, id)
	if len(hung) != 1 || hung[0].Words != "Une étagère bleue" || hung[0].Width != 320 || hung[0].Height != 200 {
		t.Fatalf("a neighbour reads %+v", hung)
	}
	elsewhere := rule.NewID[coop.CooperativeID]()
	foreign := coop.Actor{Cooperative: elsewhere, Member: s.found(t, elsewhere, 1)[0]}
	expect := func(when string, want map[string]bool) {
		t.Helper()
		for name, a := range map[string]coop.Actor{"owner": s.actor(0), "neighbour": s.actor(1), "facilitator": fay, "foreign": foreign} {
			if err := seenBy(t, album, a, hung[0].ID); (err == nil) != want[name] || err != nil && !errors.Is(err, rule.ErrNotFound) {
				t.Errorf("%s, %s: %v", when, name, err)
			}
		}
	}
	expect("open", map[string]bool{"owner": true, "neighbour": true, "facilitator": true})
	s.exec(t, `UPDATE coop.listings SET state = 'paused' WHERE id = ?`, id)
	expect("paused", map[string]bool{"owner": true})
	s.exec(t, `UPDATE coop.listings SET state = 'open', moderation = 'hidden' WHERE id = ?`, id)
	expect("hidden", map[string]bool{"owner": true, "facilitator": true})
	s.exec(t, `UPDATE coop.listings SET moderation = 'none' WHERE id = ?`, id)
	s.hide(t, 1, 0)
	expect("who hides from each other", map[string]bool{"owner": true, "facilitator": true})
	if _, err := album.Open(t.Context(), s.actor(0), hung[0].ID, "../large"); !errors.Is(err, rule.ErrNotFound) {
		t.Errorf("a size that there is not: %v", err)
	}
}

func TestAListingShowsFourPhotosInOrder(t *testing.T) {
	s := newStreet(t, 2)
	album, photos := s.album(t)
	id := s.publish(t, 0, draft())
	first := shot(t)
	for n := range 4 {
		next := first
		if n > 0 {
			next = shot(t)
		}
		for range 2 { // sent twice, it hangs once
			if err := album.Add(t.Context(), s.actor(0), id, next); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := album.Add(t.Context(), s.actor(0), id, shot(t)); broken(err) != "photo listing.photos_full" {
		t.Errorf("a fifth: %v", err)
	}
	hung := s.photos(t, 0, id)
	if err := album.Remove(t.Context(), s.actor(1), id, hung[0].ID); !errors.Is(err, rule.ErrNotFound) {
		t.Errorf("a neighbour removes one: %v", err)
	}
	if err := album.Remove(t.Context(), s.actor(0), id, hung[0].ID); err != nil {
		t.Fatal(err)
	}
	left := s.photos(t, 0, id)
	if len(left) != 3 || left[0].ID != hung[1].ID || left[2].ID != hung[3].ID {
		t.Errorf("left are %+v of %+v", left, hung)
	}
	if err := seenBy(t, album, s.actor(0), hung[0].ID); !errors.Is(err, rule.ErrNotFound) {
		t.Errorf("the one removed is still seen: %v", err)
	}
	if n, err := photos.Sweep(t.Context()); err != nil || n != 1 {
		t.Errorf("%d swept (%v), want the one removed", n, err)
	}
	s.later(2 * time.Hour)
	if n, err := photos.Sweep(t.Context()); err != nil || n != 1 { // the fifth, which nobody kept
		t.Errorf("%d swept (%v), want the one that nobody kept", n, err)
	}
	for _, p := range left {
		if err := seenBy(t, album, s.actor(1), p.ID); err != nil {
			t.Errorf("a kept one is swept away: %v", err)
		}
	}
}

func TestNobodysFileIsOpenedForAForeignListing(t *testing.T) {
	s := newStreet(t, 2)
	album, _ := s.album(t)
	id := s.publish(t, 0, draft())
	if err := album.Add(t.Context(), s.actor(1), id, shot(t)); !errors.Is(err, rule.ErrNotFound) {
		t.Errorf("got %v", err)
	}
	bad := shot(t)
	bad.File = []byte("no picture")
	if err := album.Add(t.Context(), s.actor(0), id, bad); broken(err) != "photo photo.kind" {
		t.Errorf("got %v", err)
	}
	if n := s.number(t, `SELECT count(*) FROM coop.photos`); n != 0 {
		t.Errorf("%d rows were written", n)
	}
}

func TestAForeignKeyGivesNobodysPhotoAway(t *testing.T) {
	s := newStreet(t, 2)
	album, _ := s.album(t)
	mine, theirs := s.publish(t, 0, draft()), s.publish(t, 1, draft())
	same := shot(t)
	if err := album.Add(t.Context(), s.actor(0), mine, same); err != nil {
		t.Fatal(err)
	}
	if err := album.Add(t.Context(), s.actor(1), theirs, same); err != nil {
		t.Fatal(err)
	}
	if a, b := s.photos(t, 0, mine), s.photos(t, 1, theirs); a[0].ID == b[0].ID {
		t.Error("two people's photos are one")
	}
}
