package poster_test

import (
	"crypto/sha256"
	"errors"
	"testing"
	"time"

	"github.com/google/uuid"

	"lien/coop"
	"lien/coop/exchange"
	"lien/coop/poster"
	"lien/database"
	"lien/database/dbtest"
	"lien/rule"
)

func TestMain(m *testing.M) { dbtest.Main(m) }

// wall is a stairwell with a facilitator and two neighbours.
type wall struct {
	t           *testing.T
	db          *database.Handles
	now         time.Time
	posters     *poster.Posters
	listings    *exchange.Listings
	cooperative coop.CooperativeID
	place       coop.PlaceID
	aline, awa  coop.Actor
}

func opened(t *testing.T) *wall {
	t.Helper()
	w := &wall{
		t: t, db: dbtest.Open(t), now: time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC),
		cooperative: rule.NewID[coop.CooperativeID](), place: rule.NewID[coop.PlaceID](),
	}
	clock := func() time.Time { return w.now }
	w.posters = poster.New(w.db.Coop, func(label string, id []byte) []byte {
		sum := sha256.Sum256(append([]byte(label), id...))
		return sum[:]
	}, clock)
	w.listings = exchange.NewListings(w.db.Coop, clock)
	w.aline = coop.Actor{Cooperative: w.cooperative, Member: rule.NewID[coop.MemberID]()}
	w.awa = coop.Actor{Cooperative: w.cooperative, Member: rule.NewID[coop.MemberID]()}
	w.sql(`
		INSERT INTO coop.cooperatives (id, name, town, zone, last_number, created_at) VALUES (?0, 'Les Iris', 'Orléans', 'Europe/Paris', 2, ?4);
		INSERT INTO coop.places (cooperative_id, id, kind, name, path) VALUES (?0, ?1, 'residence', 'Les Iris', ARRAY[?1::uuid]);
		INSERT INTO coop.members (cooperative_id, id, number, name, language, place_id, state, joined_at, state_since)
		VALUES (?0, ?2, 1, 'Aline', 'fr', ?1, 'active', ?4, ?4), (?0, ?3, 2, 'Awa', 'fr', ?1, 'active', ?4, ?4);
		INSERT INTO coop.member_roles (cooperative_id, member_id, role, from_at) VALUES (?0, ?2, 'facilitator', ?4)`,
		w.cooperative, w.place, w.aline.Member, w.awa.Member, w.now)
	return w
}

func (w *wall) sql(query string, args ...any) {
	w.t.Helper()
	if _, err := w.db.Owner.NewRaw(query, args...).Exec(w.t.Context()); err != nil {
		w.t.Fatal(err)
	}
}

func (w *wall) listing(title string) coop.ListingID {
	w.t.Helper()
	id, err := w.listings.Publish(w.t.Context(), w.awa, exchange.Draft{
		Key: uuid.New(), Kind: exchange.Offer, Category: "sewing", Title: title, Details: "Chez moi, porte 12.", Language: "fr",
	})
	if err != nil {
		w.t.Fatal(err)
	}
	return id
}

func (w *wall) made(languages ...string) poster.Poster {
	w.t.Helper()
	id, err := w.posters.Make(w.t.Context(), w.aline, poster.Wish{Key: uuid.New(), Place: w.place, Languages: languages})
	if err != nil {
		w.t.Fatal(err)
	}
	made, err := w.posters.One(w.t.Context(), w.aline, id)
	if err != nil {
		w.t.Fatal(err)
	}
	return made
}

func TestAListingHangsOnlyWhileItsOwnerWantsItTo(t *testing.T) {
	w := opened(t)
	ctx := t.Context()
	id := w.listing("Ourlets et boutons")
	if got := w.made("fr").Items; len(got) != 0 {
		t.Fatalf("nobody was asked, and it shows %+v", got)
	}
	if err := w.posters.Hang(ctx, w.aline, id, true); !errors.Is(err, rule.ErrNotFound) {
		t.Fatalf("somebody else hangs it: %v", err)
	}
	if err := w.posters.Hang(ctx, w.awa, id, true); err != nil {
		t.Fatal(err)
	}
	made := w.made("ar", "fr", "xx")
	if len(made.Items) != 1 || made.Items[0].Title != "Ourlets et boutons" || len(made.Languages) != 2 || made.Languages[0] != "fr" {
		t.Fatalf("got %+v", made)
	}
	code := made.Items[0].Code
	if f, err := w.posters.Lookup(ctx, " "+code[:3]+"-"+code[3:]); err != nil || f.Item.Subject != id.UUID || f.Cooperative != w.cooperative {
		t.Errorf("the code leads to %+v, %v", f, err)
	}
	if f, err := w.posters.Lookup(ctx, made.Code); err != nil || len(f.Poster.Items) != 1 {
		t.Errorf("the square leads to %+v, %v", f, err)
	}
	if err := w.posters.Hang(ctx, w.awa, id, false); err != nil {
		t.Fatal(err)
	}
	if _, err := w.posters.Lookup(ctx, code); !errors.Is(err, rule.ErrNotFound) {
		t.Errorf("taken down, the code still leads somewhere: %v", err)
	}
	if one, err := w.posters.One(ctx, w.aline, made.ID); err != nil || len(one.Items) != 0 {
		t.Errorf("taken down, the sheet still shows %+v, %v", one.Items, err)
	}
}

func TestWhatIsOverLeadsNowhere(t *testing.T) {
	w := opened(t)
	w.sql(`
		INSERT INTO coop.events (cooperative_id, id, organiser_id, place, title, details, language, starts_at, ends_at, zone, state, client_key, created_at, cancelled_why)
		VALUES (?, gen_random_uuid(), ?, 'Salle commune', 'Café', '', 'fr', ?, ?, 'Europe/Paris', 'on', gen_random_uuid(), ?, '')`,
		w.cooperative, w.awa.Member, w.now.Add(48*time.Hour), w.now.Add(50*time.Hour), w.now)
	made := w.made("fr")
	if len(made.Items) != 1 || made.Items[0].Kind != poster.AnEvent || made.Items[0].Place != "Salle commune" {
		t.Fatalf("got %+v", made.Items)
	}
	w.now = w.now.Add(51 * time.Hour)
	if _, err := w.posters.Lookup(t.Context(), made.Items[0].Code); !errors.Is(err, rule.ErrNotFound) {
		t.Errorf("over, the code still leads somewhere: %v", err)
	}
}

func TestOnlyAFacilitatorMakesPostersAndOnce(t *testing.T) {
	w := opened(t)
	ctx := t.Context()
	wish := poster.Wish{Key: uuid.New(), Place: w.place, Languages: []string{"fr"}}
	if _, err := w.posters.Make(ctx, w.awa, wish); !errors.Is(err, rule.ErrForbidden) {
		t.Fatalf("a neighbour makes one: %v", err)
	}
	first, err := w.posters.Make(ctx, w.aline, wish)
	if err != nil {
		t.Fatal(err)
	}
	if again, err := w.posters.Make(ctx, w.aline, wish); err != nil || again != first {
		t.Errorf("the same tap makes %v, %v", again, err)
	}
	var invalid *rule.Invalid
	wish.Languages = nil
	if _, err := w.posters.Make(ctx, w.aline, wish); !errors.As(err, &invalid) || invalid.Field != "languages" {
		t.Errorf("without a language: %v", err)
	}
	wish = poster.Wish{Key: uuid.New(), Place: rule.NewID[coop.PlaceID](), Languages: []string{"fr"}}
	if _, err := w.posters.Make(ctx, w.aline, wish); !errors.As(err, &invalid) || invalid.Field != "place" {
		t.Errorf("in no place: %v", err)
	}
	for _, typed := range []string{"", "AAAAA", "not a code", "K7M4R\x00"} {
		if _, err := w.posters.Lookup(ctx, typed); !errors.Is(err, rule.ErrNotFound) {
			t.Errorf("%q leads somewhere: %v", typed, err)
		}
	}
}

func TestAPosterTellsNoNameAndNoDoor(t *testing.T) {
	w := opened(t)
	ctx := t.Context()
	for _, title := range []string{"Thé chez Awa, le soir", "Thé, porte 12", "Étage 3 : thé", "شاي، الباب ٤", "Flat 7, tea"} {
		var invalid *rule.Invalid
		if err := w.posters.Hang(ctx, w.awa, w.listing(title), true); !errors.As(err, &invalid) || invalid.Field != "poster" {
			t.Errorf("%q may hang: %v", title, err)
		}
	}
	kept := w.listing("Porter un sac, 2 étages")
	if err := w.posters.Hang(ctx, w.awa, kept, true); err != nil {
		t.Fatal(err)
	}
	w.sql(`
		INSERT INTO coop.events (cooperative_id, id, organiser_id, place, title, details, language, starts_at, ends_at, zone, state, client_key, created_at, cancelled_why)
		SELECT ?0, gen_random_uuid(), ?1, 'Chez Awa, appt. n° 4', t, '', 'fr', ?2, ?3, 'Europe/Paris', 'on', gen_random_uuid(), ?4, ''
		FROM unnest(ARRAY['Café', 'Café porte 4']) AS t`,
		w.cooperative, w.awa.Member, w.now.Add(48*time.Hour), w.now.Add(50*time.Hour), w.now)
	items := w.made("fr").Items
	if len(items) != 2 || items[0].Title != "Café" || items[0].Place != "" || items[1].Subject != kept.UUID {
		t.Fatalf("got %+v", items)
	}
	w.sql(`UPDATE coop.listings SET title = 'Awa porte un sac'`)
	if _, err := w.posters.Lookup(ctx, items[1].Code); !errors.Is(err, rule.ErrNotFound) {
		t.Errorf("a title that was changed to tell a name still shows: %v", err)
	}
}
