package casework_test

import (
	"testing"
	"time"

	"github.com/google/uuid"

	"lien/database"
	"lien/database/dbtest"
	"lien/rule"
	"lien/seal"
	"lien/support"
	"lien/support/casework"
)

func TestMain(m *testing.M) { dbtest.Main(m) }

// office is one organisation's professionals on a real database, with a clock that stands
// still until the test moves it.
type office struct {
	t            *testing.T
	db           *database.Handles
	cases        *casework.Cases
	workers      *casework.Workers
	at           time.Time
	organisation support.OrganisationID

	admin, coordinator, claire, ibrahim, helene support.Actor
}

func newOffice(t *testing.T) *office {
	t.Helper()
	o := &office{t: t, db: dbtest.Open(t), at: time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)}
	keys, err := seal.Generate()
	must(t, err)
	sealer, err := seal.New(keys)
	must(t, err)
	o.cases = casework.NewCases(o.db.Support, sealer, o.now)
	o.workers = casework.NewWorkers(o.db.Support, o.now)
	o.admin = support.Actor{Worker: rule.NewID[support.WorkerID](), Function: support.Administrator}
	must(t, o.workers.Found(t.Context(), o.admin.Worker, "Anne Admin", "AURORE"))
	o.organisation, err = o.workers.AddOrganisation(t.Context(), o.admin, "AHU", casework.Association)
	must(t, err)
	o.coordinator = o.worker("Odile Coord", support.Coordinator)
	o.claire = o.worker("Claire Vasseur", support.Caseworker)
	o.ibrahim = o.worker("Ibrahim Barry", support.Caseworker)
	o.helene = o.worker("Hélène Duval", support.Caseworker)
	return o
}

func (o *office) now() time.Time { return o.at }

func (o *office) later(d time.Duration) { o.at = o.at.Add(d) }

func (o *office) worker(name string, function support.Function) support.Actor {
	o.t.Helper()
	a := support.Actor{Worker: rule.NewID[support.WorkerID](), Function: function}
	must(o.t, o.workers.Add(o.t.Context(), o.admin, a.Worker, o.organisation, name, function))
	return a
}

func (o *office) opening(referent support.Actor) casework.Opening {
	return casework.Opening{
		Household: "Diarra", Stratum: casework.InPlace, AgreedOn: o.at.AddDate(0, 0, -3), Referent: referent.Worker, Key: uuid.NewString(),
		Persons: []casework.Person{
			{GivenName: "Fatoumata", FamilyName: "Diarra", Adult: true, Languages: "français, soninké", ContactWish: "appeler après 15 h"},
			{GivenName: "Lina", FamilyName: "Diarra", BornYear: 2017},
		},
	}
}

// opens opens a case with a referent.
func (o *office) opens(referent support.Actor) support.CaseID {
	o.t.Helper()
	id, err := o.cases.Open(o.t.Context(), o.coordinator, o.opening(referent))
	must(o.t, err)
	return id
}

func (o *office) notes(actor support.Actor, id support.CaseID, class casework.Class, body string, coHolder support.WorkerID) {
	o.t.Helper()
	must(o.t, o.cases.NoteContact(o.t.Context(), actor, id, casework.Noted{
		Kind: casework.Home, Reached: true, Minutes: 50, At: o.at, Key: uuid.NewString(),
		Note: casework.Written{Class: class, Body: body, CoHolder: coHolder},
	}))
}

func (o *office) reads(actor support.Actor, id support.CaseID) (casework.File, error) {
	return o.cases.Read(o.t.Context(), actor, id, casework.Overview, support.FollowUp, casework.Before{})
}

// count asks the owner, whom only the tables of support refuse to obey.
func (o *office) count(query string, args ...any) int {
	o.t.Helper()
	var n int
	must(o.t, o.db.Owner.NewRaw(query, args...).Scan(o.t.Context(), &n))
	return n
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
