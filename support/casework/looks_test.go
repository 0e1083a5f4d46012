package casework_test

import (
	"errors"
	"testing"
	"time"

	"github.com/google/uuid"

	"lien/rule"
	"lien/support"
	"lien/support/casework"
)

func TestEachLookLeavesOneRow(t *testing.T) {
	o := newOffice(t)
	id := o.opens(o.claire)
	for range 3 {
		o.later(time.Minute)
		_, err := o.reads(o.claire, id)
		must(t, err)
	}
	if n := o.count(`SELECT count(*) FROM support.accesses WHERE role = 'referent' AND section = 'overview' AND organisation_id = ?`, o.organisation); n != 3 {
		t.Errorf("got %d rows for three looks", n)
	}
	file, err := o.reads(o.claire, id)
	must(t, err)
	if len(file.Looks) != 4 || !file.Looks[0].Mine || file.Looks[0].Name != "Claire Vasseur" {
		t.Errorf("got %+v", file.Looks)
	}
}

func TestWithoutItsRowNothingIsRead(t *testing.T) {
	o := newOffice(t)
	id := o.opens(o.claire)
	if _, err := o.db.Owner.NewRaw(`ALTER TABLE support.accesses ADD CONSTRAINT no_more CHECK (false) NOT VALID`).Exec(t.Context()); err != nil {
		t.Fatal(err)
	}
	file, err := o.reads(o.claire, id)
	if err == nil || file.Household != "" || len(file.Persons) != 0 {
		t.Errorf("got %+v, %v", file, err)
	}
	if file, err = o.cases.Identity(t.Context(), o.coordinator, id); err == nil || file.Household != "" {
		t.Errorf("the coordinator got %+v, %v", file, err)
	}
}

func TestOnlyAContactMovesTheLastContact(t *testing.T) {
	o := newOffice(t)
	id := o.opens(o.claire)
	last := func() time.Time {
		file, err := o.reads(o.claire, id)
		must(t, err)
		return file.LastContact
	}
	if got := last(); !got.IsZero() {
		t.Errorf("before any contact: got %v", got)
	}
	o.notes(o.claire, id, casework.Shared, "vue", support.WorkerID{})
	first := o.at
	o.later(48 * time.Hour)
	if got := last(); !got.Equal(first) {
		t.Errorf("looking moved it to %v, want %v", got, first)
	}
	must(t, o.cases.NoteContact(t.Context(), o.claire, id, casework.Noted{Kind: casework.Home, At: first.Add(-time.Hour), Key: uuid.NewString()}))
	if got := last(); !got.Equal(first) {
		t.Errorf("an older contact written late moved it back to %v", got)
	}
	file, err := o.reads(o.claire, id)
	must(t, err)
	if file.State != casework.Active {
		t.Errorf("somebody was reached and the case is %s", file.State)
	}
}

func TestAContactSentTwiceIsWrittenOnce(t *testing.T) {
	o := newOffice(t)
	id := o.opens(o.claire)
	noted := casework.Noted{
		Kind: casework.Office, Reached: true, Minutes: 20, At: o.at, Key: uuid.NewString(),
		Note: casework.Written{Class: casework.Team, Body: "une fois"},
	}
	for range 2 {
		must(t, o.cases.NoteContact(t.Context(), o.claire, id, noted))
	}
	file, err := o.reads(o.claire, id)
	must(t, err)
	if len(file.Contacts) != 1 || len(file.Contacts[0].Notes) != 1 {
		t.Errorf("got %+v", file.Contacts)
	}
}

func TestAppointmentsAreMadeAndCancelled(t *testing.T) {
	o := newOffice(t)
	id := o.opens(o.claire)
	at := o.at.Add(5 * time.Hour)
	must(t, o.cases.Appoint(t.Context(), o.claire, id, casework.Made{Kind: casework.Home, About: "plan", At: at, Key: uuid.NewString()}))
	must(t, o.cases.Appoint(t.Context(), o.claire, id, casework.Made{Kind: casework.Phone, At: at.AddDate(0, 0, 3), Key: uuid.NewString()}))
	day, err := o.cases.Today(t.Context(), o.claire, o.at, o.at.Add(15*time.Hour))
	must(t, err)
	if len(day.Today) != 1 || len(day.Next) != 1 || day.Today[0].Household != "Diarra" || day.Today[0].Persons != 2 {
		t.Fatalf("got %+v", day)
	}
	list, err := o.cases.Caseload(t.Context(), o.claire)
	must(t, err)
	if len(list) != 1 || !list[0].Next.Equal(at) {
		t.Errorf("got %+v", list)
	}
	must(t, o.cases.Cancel(t.Context(), o.claire, id, day.Today[0].ID))
	if err := o.cases.Cancel(t.Context(), o.claire, id, day.Today[0].ID); !errors.Is(err, rule.ErrMoved) {
		t.Errorf("cancelled twice: %v", err)
	}
	if err := o.cases.Appoint(t.Context(), o.claire, id, casework.Made{Kind: casework.Home, At: o.at.Add(-time.Hour), Key: uuid.NewString()}); err == nil {
		t.Error("an appointment in the past was made")
	}
}
