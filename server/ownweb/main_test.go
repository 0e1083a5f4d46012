package ownweb_test

import (
	"testing"
	"time"

	"github.com/google/uuid"

	"lien/coop"
	"lien/coop/safetynet"
	"lien/database"
	"lien/database/dbtest"
	"lien/rule"
	"lien/seal"
	"lien/server/ownweb"
	"lien/support"
	"lien/support/bond"
	"lien/support/casework"
)

func TestMain(m *testing.M) { dbtest.Main(m) }

// house is both sides of the wall on a real database, with a clock that stands still
// until the test moves it, and that the door is told.
type house struct {
	t        *testing.T
	db       *database.Handles
	at       time.Time
	door     *ownweb.Door
	referent *bond.Door
	cases    *casework.Cases
	workers  *casework.Workers
	nets     *safetynet.Nets

	cooperative coop.CooperativeID
	place       coop.PlaceID
	members     int64

	organisation                support.OrganisationID
	coordinator, claire, hugues support.Actor
}

func newHouse(t *testing.T) *house {
	t.Helper()
	h := &house{
		t: t, db: dbtest.Open(t), at: time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC),
		cooperative: rule.NewID[coop.CooperativeID](), place: rule.NewID[coop.PlaceID](),
	}
	keys, err := seal.Generate()
	must(t, err)
	sealer, err := seal.New(keys)
	must(t, err)
	h.door = ownweb.NewDoor(h.db.Account, sealer.Derive, h.now)
	h.referent = bond.NewDoor(h.db.Support, sealer.Derive, h.now)
	h.cases = casework.NewCases(h.db.Support, sealer, h.now)
	h.workers = casework.NewWorkers(h.db.Support, h.now)
	h.nets = safetynet.NewNets(h.db.Coop, h.now)
	h.sql(`UPDATE bond.clock SET may_be_told = true`)
	h.sql(`INSERT INTO coop.cooperatives (id, name, town, zone, last_number, created_at) VALUES (?0, 'Les Iris', 'Orléans', 'Europe/Paris', 100, ?2);
		INSERT INTO coop.places (cooperative_id, id, kind, name, path) VALUES (?0, ?1, 'residence', 'Les Iris', ARRAY[?1::uuid])`,
		h.cooperative, h.place, h.at)
	admin := support.Actor{Worker: rule.NewID[support.WorkerID](), Function: support.Administrator}
	must(t, h.workers.Found(t.Context(), admin.Worker, "Anne", "AURORE"))
	h.organisation, err = h.workers.AddOrganisation(t.Context(), admin, "AHU", casework.Association)
	must(t, err)
	worker := func(name string, function support.Function) support.Actor {
		a := support.Actor{Worker: rule.NewID[support.WorkerID](), Function: function}
		must(t, h.workers.Add(t.Context(), admin, a.Worker, h.organisation, name, function))
		return a
	}
	h.coordinator = worker("Odile", support.Coordinator)
	h.claire, h.hugues = worker("Claire Vasseur", support.Caseworker), worker("Hugues Petit", support.Caseworker)
	return h
}

func (h *house) now() time.Time { return h.at }

func (h *house) later(d time.Duration) { h.at = h.at.Add(d) }

func (h *house) sql(query string, args ...any) {
	h.t.Helper()
	_, err := h.db.Owner.NewRaw(query, args...).Exec(h.t.Context())
	must(h.t, err)
}

// member is a resident; active ones took part in every month, longer than any story lasts.
func (h *house) member(active bool) ownweb.Owner {
	h.t.Helper()
	h.members++
	o := ownweb.Owner{Resident: uuid.New(), Member: coop.Actor{Cooperative: h.cooperative, Member: rule.NewID[coop.MemberID]()}}
	h.sql(`INSERT INTO coop.members (cooperative_id, id, number, name, language, place_id, state, joined_at, state_since)
		VALUES (?, ?, ?, 'Fatoumata', 'fr', ?, 'active', ?, ?)`, h.cooperative, o.Member.Member, h.members, h.place, h.at.AddDate(-1, 0, 0), h.at)
	if active {
		h.sql(`INSERT INTO coop.participation (cooperative_id, member_id, month, help_given, events)
			SELECT ?, ?, m::date, 2, 1 FROM generate_series('2026-01-01'::timestamp, '2060-01-01', '1 month') m`, h.cooperative, o.Member.Member)
	}
	return o
}

// household is a case of one adult, with its referent.
type household struct {
	Case   support.CaseID
	Person support.PersonID
}

func (h *house) household(referent support.Actor) household {
	h.t.Helper()
	id, err := h.cases.Open(h.t.Context(), h.coordinator, casework.Opening{
		Household: "Diarra", Stratum: casework.InPlace, AgreedOn: h.at, Referent: referent.Worker, Key: uuid.NewString(),
		Persons: []casework.Person{{GivenName: "Fatoumata", FamilyName: "Diarra", Adult: true}, {GivenName: "Lina", FamilyName: "Diarra"}},
	})
	must(h.t, err)
	file, err := h.cases.Identity(h.t.Context(), h.coordinator, id)
	must(h.t, err)
	return household{id, file.Persons[0].ID}
}

// joins has the referent give a code and the resident type it.
func (h *house) joins(o ownweb.Owner, to household, referent support.Actor) {
	h.t.Helper()
	code, err := h.referent.GiveCode(h.t.Context(), referent, to.Case, to.Person)
	must(h.t, err)
	must(h.t, h.door.Redeem(h.t.Context(), o, code.Text))
}

func (h *house) consents(o ownweb.Owner, scopes ...bond.Scope) {
	h.t.Helper()
	for _, scope := range scopes {
		must(h.t, h.door.Consent(h.t.Context(), o, ownweb.Agreement{Scope: scope, From: h.at.AddDate(-1, 0, 0), Text: 1, Language: "fr"}))
	}
}

func (h *house) reads(actor support.Actor, of household) *bond.Shown {
	h.t.Helper()
	shown, err := h.referent.Read(h.t.Context(), actor, of.Case, of.Person, support.FollowUp)
	must(h.t, err)
	return shown
}

func (h *house) mark(actor support.Actor, of household) string {
	h.t.Helper()
	mark, err := h.referent.State(h.t.Context(), actor, of.Case, of.Person)
	must(h.t, err)
	return mark
}

func (h *house) handsOver(of household, from, to support.Actor) {
	h.t.Helper()
	must(h.t, h.cases.HandOver(h.t.Context(), h.coordinator, casework.Handover{Case: of.Case, From: from.Worker, To: to.Worker, Reason: "passage de relais"}))
}

func (h *house) count(query string, args ...any) int {
	h.t.Helper()
	var n int
	must(h.t, h.db.Owner.NewRaw(query, args...).Scan(h.t.Context(), &n))
	return n
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
