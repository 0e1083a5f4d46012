package membership_test

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"errors"
	"testing"
	"time"

	"github.com/google/uuid"

	"lien/coop"
	"lien/coop/membership"
	"lien/database"
	"lien/database/dbtest"
	"lien/rule"
)

// house is a founded cooperative with its facilitator.
type house struct {
	t           testing.TB
	db          *database.Handles
	now         time.Time
	members     *membership.Members
	invitations *membership.Invitations
	charters    *membership.Charters
	leaflets    *membership.Leaflets
	wishes      *membership.Applications
	made        membership.Founded
	aline       coop.Actor
}

func (h *house) clock() time.Time { return h.now }

func derive(label string, id []byte) []byte {
	mac := hmac.New(sha256.New, []byte("a key for tests"))
	mac.Write(append([]byte(label+"\x00"), id...))
	return mac.Sum(nil)
}

func founded(t testing.TB) *house {
	t.Helper()
	h := &house{t: t, db: dbtest.Open(t), now: time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)}
	h.members = membership.NewMembers(h.db.Coop, h.clock)
	h.invitations = membership.NewInvitations(h.db.Coop, derive, h.clock)
	h.charters = membership.NewCharters(h.db.Coop, h.clock)
	h.leaflets = membership.NewLeaflets(h.db.Coop, derive, h.clock)
	h.wishes = membership.NewApplications(h.db.Coop, derive, h.clock)
	made, err := h.members.Found(t.Context(), founding())
	if err != nil {
		t.Fatal(err)
	}
	h.made, h.aline = made, coop.Actor{Cooperative: made.Cooperative, Member: made.Facilitator}
	return h
}

func founding() membership.Founding {
	text := "Nous nous entraidons. Nous gardons pour nous ce que l’on nous confie."
	return membership.Founding{
		Name: "Coopérative de La Source", Town: "Orléans", Zone: "Europe/Paris",
		Residences: []membership.Residence{{Name: "Les Iris", Buildings: []membership.Building{
			{Name: "Bâtiment A", Stairwells: []string{"Escalier 1", "Escalier 2"}},
		}}},
		Charters: []membership.Charter{
			{Language: "fr", Title: "Notre charte", Body: text},
			{Language: "ar", Title: "ميثاقنا", Body: "نتعاون فيما بيننا ونحفظ ما نؤتمن عليه."},
		},
		Facilitator: "Aline", Language: "fr",
	}
}

func (h *house) invitation() membership.Invitation {
	h.t.Helper()
	made, err := h.invitations.Invite(h.t.Context(), h.aline, h.made.Places[2].ID, uuid.New())
	if err != nil {
		h.t.Fatal(err)
	}
	return made
}

func (h *house) joining(v membership.Invitation, name string) membership.Joining {
	return membership.Joining{
		ID: rule.NewID[coop.MemberID](), Cooperative: h.made.Cooperative, Invitation: v.ID,
		Name: name, Language: "fr", Version: 1, Channel: membership.ByPhone,
	}
}

func (h *house) join(name string) coop.Actor {
	h.t.Helper()
	joined, err := h.members.Join(h.t.Context(), h.joining(h.invitation(), name))
	if err != nil {
		h.t.Fatal(err)
	}
	return coop.Actor{Cooperative: h.made.Cooperative, Member: joined.ID}
}

func (h *house) count(query string, args ...any) (n int) {
	h.t.Helper()
	if err := h.db.Owner.NewRaw(query, args...).Scan(context.Background(), &n); err != nil {
		h.t.Fatal(err)
	}
	return n
}

func wants(t testing.TB, err, want error) {
	t.Helper()
	if !errors.Is(err, want) {
		t.Fatalf("got %v, want %v", err, want)
	}
}

func breaks(t testing.TB, err error, field, key string) {
	t.Helper()
	var invalid *rule.Invalid
	if !errors.As(err, &invalid) || invalid.Field != field || invalid.Rule != key {
		t.Fatalf("got %v, want %s: %s", err, field, key)
	}
}
