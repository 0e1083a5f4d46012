package casework_test

import (
	"errors"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"lien/rule"
	"lien/support"
	"lien/support/casework"
)

func TestOnlyACoordinatorOpensACase(t *testing.T) {
	o := newOffice(t)
	for name, actor := range map[string]support.Actor{"caseworker": o.claire, "administrator": o.admin, "nobody": {}} {
		if _, err := o.cases.Open(t.Context(), actor, o.opening(o.claire)); !errors.Is(err, rule.ErrForbidden) {
			t.Errorf("%s: got %v", name, err)
		}
	}
	opening := o.opening(o.claire)
	first, err := o.cases.Open(t.Context(), o.coordinator, opening)
	must(t, err)
	again, err := o.cases.Open(t.Context(), o.coordinator, opening)
	must(t, err)
	if first != again {
		t.Errorf("the same form opened two cases")
	}
	if n := o.count(`SELECT count(*) FROM support.households`); n != 1 {
		t.Errorf("got %d households", n)
	}
}

func TestACaseNeedsAnAgreementAnAdultAndAReferent(t *testing.T) {
	o := newOffice(t)
	for field, change := range map[string]func(*casework.Opening){
		"household": func(c *casework.Opening) { c.Household = "\x00" },
		"agreed_on": func(c *casework.Opening) { c.AgreedOn = time.Time{} },
		"persons":   func(c *casework.Opening) { c.Persons = c.Persons[1:] },
		"stratum":   func(c *casework.Opening) { c.Stratum = "panel" },
		"referent":  func(c *casework.Opening) { c.Referent = o.coordinator.Worker },
		"key":       func(c *casework.Opening) { c.Key = "" },
	} {
		opening := o.opening(o.claire)
		change(&opening)
		_, err := o.cases.Open(t.Context(), o.coordinator, opening)
		var invalid *rule.Invalid
		if !errors.As(err, &invalid) || invalid.Field != field {
			t.Errorf("%s: got %v", field, err)
		}
	}
	if n := o.count(`SELECT count(*) FROM support.households`); n != 0 {
		t.Errorf("half a case was written")
	}
}

func TestAForeignCaseIsNotThere(t *testing.T) {
	o := newOffice(t)
	mine, absent := o.opens(o.claire), rule.NewID[support.CaseID]()
	o.notes(o.claire, mine, casework.Team, "à nous", support.WorkerID{})
	must(t, o.cases.Appoint(t.Context(), o.claire, mine, casework.Made{Kind: casework.Home, At: o.at.Add(time.Hour), Key: uuid.NewString()}))
	file, err := o.reads(o.claire, mine)
	must(t, err)
	note, appointment := file.Contacts[0].Notes[0].ID, file.Appointments[0].ID
	for who, actor := range map[string]support.Actor{"colleague": o.ibrahim, "coordinator": o.coordinator, "administrator": o.admin, "nobody": {}} {
		for what, id := range map[string]support.CaseID{"foreign": mine, "absent": absent} {
			_, read := o.reads(actor, id)
			for act, err := range map[string]error{
				"read":    read,
				"contact": o.cases.NoteContact(t.Context(), actor, id, casework.Noted{Kind: casework.Phone, At: o.at, Key: uuid.NewString()}),
				"note":    o.cases.WriteNote(t.Context(), actor, id, casework.Written{Class: casework.Team, Body: "x"}, uuid.NewString()),
				"reclass": o.cases.Reclass(t.Context(), actor, id, note, casework.Written{Class: casework.Shared}),
				"appoint": o.cases.Appoint(t.Context(), actor, id, casework.Made{Kind: casework.Home, At: o.at.Add(time.Hour), Key: uuid.NewString()}),
				"cancel":  o.cases.Cancel(t.Context(), actor, id, appointment),
			} {
				if !errors.Is(err, rule.ErrNotFound) {
					t.Errorf("%s, %s, %s: got %v", who, what, act, err)
				}
			}
		}
	}
	list, err := o.cases.Caseload(t.Context(), o.ibrahim)
	must(t, err)
	if len(list) != 0 {
		t.Errorf("a colleague's caseload holds %v", list)
	}
}

func TestOfTwoHandoversAtOnceOneCounts(t *testing.T) {
	o := newOffice(t)
	id := o.opens(o.claire)
	o.later(time.Hour)
	var wait sync.WaitGroup
	errs := make([]error, 2)
	for n, to := range []support.Actor{o.ibrahim, o.helene} {
		wait.Add(1)
		go func() {
			defer wait.Done()
			errs[n] = o.cases.HandOver(t.Context(), o.coordinator, casework.Handover{Case: id, From: o.claire.Worker, To: to.Worker, Reason: "départ"})
		}()
	}
	wait.Wait()
	if (errs[0] == nil) == (errs[1] == nil) || !errors.Is(errors.Join(errs...), rule.ErrMoved) {
		t.Fatalf("got %v", errs)
	}
	if n := o.count(`SELECT count(*) FROM support.case_members WHERE case_id = ? AND until_at IS NULL`, id); n != 1 {
		t.Errorf("%d workers are on the case", n)
	}
	if n := o.count(`SELECT count(*) FROM support.case_members a JOIN support.case_members b USING (case_id) WHERE a.until_at = b.from_at`); n != 1 {
		t.Error("the new place does not begin when the old one ends")
	}
	if _, err := o.reads(o.claire, id); !errors.Is(err, rule.ErrNotFound) {
		t.Errorf("the old referent still reads: %v", err)
	}
}

func TestTheCoordinatorSeesWhoAndNeverWhat(t *testing.T) {
	o := newOffice(t)
	id := o.opens(o.claire)
	o.notes(o.claire, id, casework.Shared, "parole", support.WorkerID{})
	list, err := o.cases.Coordination(t.Context(), o.coordinator, support.CaseID{})
	must(t, err)
	if len(list) != 1 || list[0].Household != "Diarra" || list[0].Referent != "Claire Vasseur" {
		t.Errorf("got %+v", list)
	}
	file, err := o.cases.Identity(t.Context(), o.coordinator, id)
	must(t, err)
	if len(file.Persons) != 2 || file.Referent().Name != "Claire Vasseur" || len(file.Contacts)+len(file.Notes)+len(file.Looks) != 0 {
		t.Errorf("got %+v", file)
	}
	if n := o.count(`SELECT count(*) FROM support.accesses WHERE section = 'identity' AND purpose = 'coordination'`); n != 1 {
		t.Errorf("got %d rows of the coordinator's look", n)
	}
	for _, actor := range []support.Actor{o.claire, o.admin} {
		if _, err := o.cases.Coordination(t.Context(), actor, support.CaseID{}); !errors.Is(err, rule.ErrForbidden) {
			t.Errorf("got %v", err)
		}
		if _, err := o.cases.Identity(t.Context(), actor, id); !errors.Is(err, rule.ErrNotFound) {
			t.Errorf("got %v", err)
		}
	}
}

func TestAnEndedWorkerReadsNothing(t *testing.T) {
	o := newOffice(t)
	id := o.opens(o.claire)
	must(t, o.workers.End(t.Context(), o.admin, o.claire.Worker))
	if _, err := o.reads(o.claire, id); !errors.Is(err, rule.ErrNotFound) {
		t.Errorf("got %v", err)
	}
	if err := o.workers.End(t.Context(), o.admin, o.admin.Worker); !errors.Is(err, rule.ErrForbidden) {
		t.Errorf("an administrator ended themselves: %v", err)
	}
}

func TestOnlyTheFirstAdministratorAddsThemselves(t *testing.T) {
	o := newOffice(t)
	err := o.workers.Found(t.Context(), rule.NewID[support.WorkerID](), "Eve Intruse", "Ailleurs")
	if !errors.Is(err, rule.ErrMoved) {
		t.Errorf("got %v", err)
	}
	_, err = o.db.Support.NewRaw(`INSERT INTO support.workers (id, organisation_id, name, function, created_at)
		VALUES (?, ?, 'Eve', 'administrator', now())`, uuid.New(), o.organisation).Exec(t.Context())
	if err == nil {
		t.Error("row-level security let a second first administrator in")
	}
	if err := o.workers.Add(t.Context(), o.claire, rule.NewID[support.WorkerID](), o.organisation, "Eve", support.Caseworker); !errors.Is(err, rule.ErrForbidden) {
		t.Errorf("a caseworker added a colleague: %v", err)
	}
}
