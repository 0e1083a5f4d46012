package inbox_test

import (
	"testing"
	"time"

	"github.com/google/uuid"

	"lien/coop"
	"lien/coop/inbox"
	"lien/database"
	"lien/database/dbtest"
	"lien/rule"
)

func TestMain(m *testing.M) { dbtest.Main(m) }

var morning = time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)

// neighbours makes a cooperative with two members; the second is in the state given.
func neighbours(t *testing.T, h *database.Handles, state string) (awa, bob coop.Actor) {
	t.Helper()
	awa = coop.Actor{Cooperative: rule.NewID[coop.CooperativeID](), Member: rule.NewID[coop.MemberID]()}
	bob = coop.Actor{Cooperative: awa.Cooperative, Member: rule.NewID[coop.MemberID]()}
	_, err := h.Owner.NewRaw(`
		INSERT INTO coop.cooperatives (id, name, town, zone, last_number, created_at)
		VALUES (?0, 'Les Tilleuls', 'Orléans', 'Europe/Paris', 2, ?4);
		INSERT INTO coop.places (cooperative_id, id, kind, name, path) VALUES (?0, ?1, 'residence', 'Les Tilleuls', ARRAY[?1::uuid]);
		INSERT INTO coop.members (cooperative_id, id, number, name, language, place_id, state, joined_at, state_since)
		VALUES (?0, ?2, 1, 'Awa', 'fr', ?1, 'active', ?4, ?4), (?0, ?3, 2, 'Bob', 'fr', ?1, ?5, ?4, ?4)`,
		awa.Cooperative, rule.NewID[coop.PlaceID](), awa.Member, bob.Member, morning, state).Exec(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return awa, bob
}

func item(to coop.Actor, once string) inbox.Item {
	return inbox.Item{
		Cooperative: to.Cooperative, Member: to.Member, Kind: "place_offered", Subject: uuid.New(), Once: once, At: morning,
		Title: "Café", When: morning.Add(time.Hour),
	}
}

func tell(t *testing.T, h *database.Handles, items ...inbox.Item) {
	t.Helper()
	if err := inbox.Tell(t.Context(), h.Coop, items...); err != nil {
		t.Fatal(err)
	}
}

func mine(t *testing.T, i *inbox.Inbox, who coop.Actor) []inbox.Told {
	t.Helper()
	list, err := i.Mine(t.Context(), who, uuid.Nil)
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func TestAMemberIsToldOfAnOccasionOnce(t *testing.T) {
	h := dbtest.Open(t)
	awa, bob := neighbours(t, h, "active")
	i := inbox.New(h.Coop, func() time.Time { return morning })
	fromAwa := item(bob, "offer:1")
	fromAwa.By = awa.Member
	tell(t, h, item(awa, "offer:1"), fromAwa)
	tell(t, h, item(awa, "offer:1"), item(awa, "offer:2"))
	if got := mine(t, i, awa); len(got) != 2 {
		t.Fatalf("Awa was told %d times, want 2", len(got))
	}
	got := mine(t, i, bob)
	if len(got) != 1 || !got[0].New() || got[0].Title != "Café" || !got[0].When.Equal(morning.Add(time.Hour)) || got[0].Name != "Awa" {
		t.Fatalf("Bob was told %+v", got)
	}
}

func TestWhoLeftIsToldNothing(t *testing.T) {
	h := dbtest.Open(t)
	_, bob := neighbours(t, h, "left")
	tell(t, h, item(bob, "offer:1"))
	if got := mine(t, inbox.New(h.Coop, time.Now), bob); len(got) != 0 {
		t.Fatalf("who left was told %+v", got)
	}
}

func TestAnItemIsOpenedByItsOwnReaderOnly(t *testing.T) {
	h := dbtest.Open(t)
	awa, bob := neighbours(t, h, "active")
	i := inbox.New(h.Coop, func() time.Time { return morning.Add(time.Minute) })
	tell(t, h, item(awa, "a"), item(awa, "b"), item(bob, "c"))
	first := mine(t, i, awa)[0]
	if _, err := i.Open(t.Context(), bob, first.ID); err != rule.ErrNotFound {
		t.Fatalf("Bob opens what Awa was told: %v", err)
	}
	for range 2 { // again changes nothing
		told, err := i.Open(t.Context(), awa, first.ID)
		if err != nil || told.New() || !told.ReadAt.Equal(morning.Add(time.Minute)) {
			t.Fatalf("Awa opens: %+v, %v", told, err)
		}
	}
	if n, err := i.Unread(t.Context(), awa); err != nil || n != 1 {
		t.Fatalf("%d unread, %v; want 1", n, err)
	}
	if err := i.OpenAll(t.Context(), awa, first.ID); err != nil {
		t.Fatal(err)
	}
	for who, want := range map[coop.Actor]int{awa: 0, bob: 1} {
		if n, err := i.Unread(t.Context(), who); err != nil || n != want {
			t.Fatalf("%d unread, %v; want %d", n, err, want)
		}
	}
}

func TestWhatCameSinceThePageIsNotMarkedAsRead(t *testing.T) {
	h := dbtest.Open(t)
	awa, _ := neighbours(t, h, "active")
	i := inbox.New(h.Coop, func() time.Time { return morning })
	tell(t, h, item(awa, "a"))
	seen := mine(t, i, awa)[0]
	tell(t, h, item(awa, "b"))
	if err := i.OpenAll(t.Context(), awa, seen.ID); err != nil {
		t.Fatal(err)
	}
	if got := mine(t, i, awa); !got[0].New() || got[1].New() {
		t.Fatalf("read are %+v", got)
	}
}

func TestOldItemsAreThrownAway(t *testing.T) {
	h := dbtest.Open(t)
	awa, _ := neighbours(t, h, "active")
	later := morning.AddDate(0, 0, 170)
	i := inbox.New(h.Coop, func() time.Time { return later })
	tell(t, h, item(awa, "a"))
	fresh := item(awa, "b")
	fresh.At = later
	tell(t, h, fresh)
	if n, err := i.Sweep(t.Context()); err != nil || n != 0 {
		t.Fatalf("%d thrown away too early, %v", n, err)
	}
	later = later.AddDate(0, 0, 11)
	if n, err := i.Sweep(t.Context()); err != nil || n != 1 {
		t.Fatalf("%d thrown away, %v; want 1", n, err)
	}
	if got := mine(t, i, awa); len(got) != 1 {
		t.Fatalf("%d are left, want 1", len(got))
	}
}
