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

var ending = casework.Closing{Outcome: casework.OwnLease, Reason: "« Nous avons les clés. »"}

func TestOnlyTheReferentClosesACaseAndOnce(t *testing.T) {
	o := newOffice(t)
	id := o.opens(o.claire)
	must(t, o.cases.Assign(t.Context(), o.coordinator, id, o.ibrahim.Worker, "à deux"))
	for who, c := range map[string]struct {
		actor support.Actor
		want  error
	}{"a colleague": {o.ibrahim, rule.ErrForbidden}, "a stranger": {o.helene, rule.ErrNotFound}, "the coordinator": {o.coordinator, rule.ErrNotFound}} {
		if err := o.cases.Close(t.Context(), c.actor, id, ending); !errors.Is(err, c.want) {
			t.Errorf("%s: got %v, want %v", who, err, c.want)
		}
	}
	for field, bad := range map[string]casework.Closing{"outcome": {Outcome: "parti", Reason: "parce que"}, "reason": {Outcome: casework.Died, Reason: "x"}} {
		var invalid *rule.Invalid
		if err := o.cases.Close(t.Context(), o.claire, id, bad); !errors.As(err, &invalid) || invalid.Field != field {
			t.Errorf("a wrong %s: got %v", field, err)
		}
	}
	must(t, o.cases.Close(t.Context(), o.claire, id, ending))
	if err := o.cases.Close(t.Context(), o.claire, id, ending); !errors.Is(err, rule.ErrMoved) {
		t.Errorf("closed twice: %v", err)
	}
}

func TestAClosedCaseIsReadAndNoLongerWritten(t *testing.T) {
	o := newOffice(t)
	id := o.opens(o.claire)
	o.notes(o.claire, id, casework.Team, "Une première note.", support.WorkerID{})
	must(t, o.cases.Appoint(t.Context(), o.claire, id, casework.Made{Kind: casework.Home, At: o.at.Add(48 * time.Hour), Key: uuid.NewString()}))
	must(t, o.cases.Close(t.Context(), o.claire, id, ending))

	file, err := o.reads(o.claire, id)
	must(t, err)
	if file.State != casework.Closed || file.Outcome != casework.OwnLease || !file.ClosedAt.Equal(o.at) || len(file.Contacts) != 1 {
		t.Errorf("got %+v", file)
	}
	if len(file.Appointments) != 0 {
		t.Error("an appointment to come stands")
	}
	load, err := o.cases.Caseload(t.Context(), o.claire)
	must(t, err)
	if len(load) != 0 {
		t.Error("a closed case is still carried")
	}
	for what, err := range map[string]error{
		"a note":         o.cases.WriteNote(t.Context(), o.claire, id, casework.Written{Class: casework.Team, Body: "Après."}, uuid.NewString()),
		"an appointment": o.cases.Appoint(t.Context(), o.claire, id, casework.Made{Kind: casework.Home, At: o.at.Add(time.Hour), Key: uuid.NewString()}),
		"a contact":      o.cases.NoteContact(t.Context(), o.claire, id, casework.Noted{Kind: casework.Home, At: o.at, Key: uuid.NewString(), Note: casework.Written{Class: casework.Team}}),
		"a handover":     o.cases.HandOver(t.Context(), o.coordinator, casework.Handover{Case: id, From: o.claire.Worker, To: o.helene.Worker, Reason: "après coup"}),
	} {
		if !errors.Is(err, rule.ErrMoved) {
			t.Errorf("%s on a closed case: %v", what, err)
		}
	}
	if n := o.count(`SELECT count(*) FROM support.case_events WHERE to_state = 'closed' AND reason = ?`, ending.Reason); n != 1 {
		t.Errorf("%d rows say that it closed", n)
	}
}
