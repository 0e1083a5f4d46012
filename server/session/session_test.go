package session_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"lien/coop"
	"lien/coop/membership"
	"lien/database"
	"lien/database/dbtest"
	"lien/rule"
	"lien/seal"
	"lien/server/session"
)

// house is a cooperative with one facilitator, and every way in.
type house struct {
	t             testing.TB
	db            *database.Handles
	now           time.Time
	members       *membership.Members
	invitations   *membership.Invitations
	sessions      *session.Sessions
	devices       *session.Devices
	joinings      *session.Joinings
	links         *session.Links
	professionals *session.Professionals
	made          membership.Founded
	aline         coop.Actor
}

func (h *house) clock() time.Time { return h.now }

func opened(t testing.TB) *house {
	t.Helper()
	h := &house{t: t, db: dbtest.Open(t), now: time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)}
	file, err := seal.Generate()
	must(t, err)
	sealer, err := seal.New(file)
	must(t, err)
	hasher, err := session.NewHasher()
	must(t, err)
	h.members = membership.NewMembers(h.db.Coop, h.clock)
	h.invitations = membership.NewInvitations(h.db.Coop, sealer.Derive, h.clock)
	h.sessions = session.NewSessions(h.db.Account, h.members, session.Cookies{}, h.clock)
	h.devices = session.NewDevices(h.db.Account, hasher, h.clock)
	h.joinings = session.NewJoinings(h.db.Account, hasher, h.clock)
	h.links = session.NewLinks(h.db.Account, h.members, hasher, h.clock)
	h.professionals = session.NewProfessionals(h.db.Account, hasher, sealer, h.clock)
	h.made, err = h.members.Found(t.Context(), membership.Founding{
		Name: "La Source", Town: "Orléans", Zone: "Europe/Paris", Facilitator: "Aline", Language: "fr",
		Residences: []membership.Residence{{Name: "Les Iris"}},
		Charters:   []membership.Charter{{Language: "fr", Title: "Notre charte", Body: "Nous nous entraidons entre voisins."}},
	})
	must(t, err)
	h.aline = coop.Actor{Cooperative: h.made.Cooperative, Member: h.made.Facilitator}
	return h
}

// device is a resident's phone: its two cookies.
type device struct{ device, session string }

const pin = "280419"

// enter opens a device of the member with the PIN, as a demonstration's link does.
func (h *house) enter(member coop.Actor) device {
	h.t.Helper()
	path, err := h.links.ForResident(h.t.Context(), member, pin, time.Hour)
	must(h.t, err)
	made, err := h.links.Enrol(h.t.Context(), strings.TrimPrefix(path, "/sign-in/"), "", "", "android")
	must(h.t, err)
	return device{made.Device, made.Session.Token}
}

func (h *house) actor(d device) session.Actor {
	h.t.Helper()
	actor, err := h.sessions.Find(h.t.Context(), session.Resident, d.session)
	must(h.t, err)
	return actor
}

// private asks the PIN again and returns who then acts on the device.
func (h *house) private(d device) session.Actor {
	h.t.Helper()
	opened, err := h.devices.OpenPrivate(h.t.Context(), h.actor(d), pin)
	must(h.t, err)
	return h.actor(device{d.device, opened.Token})
}

// join brings a new member in, through every step.
func (h *house) join(name string) (coop.Actor, device) {
	h.t.Helper()
	ctx := h.t.Context()
	sheet, err := h.invitations.Invite(ctx, h.aline, h.made.Places[0].ID, uuid.New())
	must(h.t, err)
	welcome, err := h.invitations.Lookup(ctx, sheet.Code)
	must(h.t, err)
	token, _, err := h.joinings.Start(ctx, welcome, "fr")
	must(h.t, err)
	must(h.t, h.joinings.Call(ctx, token, name))
	must(h.t, h.joinings.ChoosePIN(ctx, token, pin, pin))
	j, err := h.joinings.Find(ctx, token)
	must(h.t, err)
	member, err := h.members.Join(ctx, membership.Joining{
		ID: j.ID, Cooperative: j.Cooperative, Invitation: j.Invitation, Name: j.Name, Language: j.Language, Version: 1, Channel: membership.ByPhone,
	})
	must(h.t, err)
	made, err := h.joinings.Finish(ctx, token, member.ID, "android")
	must(h.t, err)
	return coop.Actor{Cooperative: j.Cooperative, Member: member.ID}, device{made.Device, made.Session.Token}
}

func (h *house) count(query string, args ...any) (n int) {
	h.t.Helper()
	must(h.t, h.db.Owner.NewRaw(query, args...).Scan(context.Background(), &n))
	return n
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
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
