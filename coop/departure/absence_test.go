package departure_test

import (
	"testing"

	"github.com/google/uuid"

	"lien/coop"
	"lien/coop/departure"
	"lien/coop/inbox"
	"lien/rule"
)

var gone = departure.Absence{Because: departure.Died, Why: "Sa fille nous l’a appris ce matin.", Witness: 3}

func TestADepartureForSomebodyElseIsSettledByTheSameList(t *testing.T) {
	s := newStreet(t, 4)
	s.agreement(1, 2, "agreed")
	s.give(0, 1, 60)
	id, err := s.departures.BeginFor(t.Context(), s.actor(0), s.members[1], gone)
	s.fine(err)
	if n := s.count(`SELECT count(*) FROM coop.agreements WHERE state = 'agreed'`); n != 0 {
		t.Error("an agreement is still open")
	}
	d := s.one(id)
	if d.Because != departure.Died || d.Why != gone.Why || d.Witness == "" {
		t.Errorf("it says %+v", d)
	}
	_, err = s.departures.BeginFor(t.Context(), s.actor(0), s.members[1], gone)
	s.is(err, rule.ErrMoved)
	s.fine(s.departures.Close(t.Context(), s.actor(0), id, coop.LeavingRuleID{}))
	if d = s.one(id); d.Remaining != 60 || d.Choice != departure.ToFund {
		t.Errorf("what remained went to %q, %d minutes", d.Choice, d.Remaining)
	}
	s.sound()
}

func TestNobodyWritesToTheDeadAndTheOthersAreTold(t *testing.T) {
	for because, want := range map[departure.Because]int{departure.Died: 0, departure.Absent: 1} {
		s := newStreet(t, 4)
		s.agreement(1, 2, "agreed")
		a := gone
		a.Because = because
		_, err := s.departures.BeginFor(t.Context(), s.actor(0), s.members[1], a)
		s.fine(err)
		s.fine(inbox.Tell(t.Context(), s.Coop, inbox.Item{Cooperative: s.cooperative, Member: s.members[1], Kind: "moved", Subject: uuid.New(), Once: "x", At: s.now}))
		if because == departure.Died {
			if n := s.count(`SELECT count(*) FROM coop.inbox WHERE member_id = ?`, s.members[1]); n != want {
				t.Errorf("the dead were told %d things", n)
			}
		} else if n := s.count(`SELECT count(*) FROM coop.inbox WHERE member_id = ? AND once = 'x'`, s.members[1]); n != want {
			t.Errorf("the absent were told %d things", n)
		}
		if n := s.count(`SELECT count(*) FROM coop.inbox WHERE member_id = ?`, s.members[2]); n == 0 {
			t.Error("the neighbour of the agreement was not told that it ended")
		}
	}
}

func TestWhoBeginsADepartureForSomebodyStandsApartAndHasAWitness(t *testing.T) {
	s := newStreet(t, 4)
	for name, c := range map[string]struct {
		by, who int
		say     departure.Absence
		want    string
	}{
		"no reason":                 {0, 1, departure.Absence{Why: gone.Why, Witness: 3}, "rule.choose"},
		"a reason of its own":       {0, 1, departure.Absence{Because: "lazy", Why: gone.Why, Witness: 3}, "rule.choose"},
		"no words":                  {0, 1, departure.Absence{Because: departure.Died, Witness: 3}, "rule.missing"},
		"nobody's number":           {0, 1, departure.Absence{Because: departure.Died, Why: gone.Why, Witness: 99}, "departure.absence.no_witness"},
		"the facilitator's own":     {0, 1, departure.Absence{Because: departure.Died, Why: gone.Why, Witness: 1}, "departure.absence.no_witness"},
		"the number of who is gone": {0, 1, departure.Absence{Because: departure.Died, Why: gone.Why, Witness: 2}, "departure.absence.no_witness"},
	} {
		_, err := s.departures.BeginFor(t.Context(), s.actor(c.by), s.members[c.who], c.say)
		t.Log(name)
		s.breaks(err, c.want)
	}
	_, err := s.departures.BeginFor(t.Context(), s.actor(1), s.members[3], departure.Absence{Because: departure.Absent, Why: gone.Why, Witness: 3})
	s.is(err, rule.ErrForbidden)
	_, err = s.departures.BeginFor(t.Context(), s.actor(0), s.members[0], gone)
	s.is(err, rule.ErrForbidden)
	_, err = s.departures.BeginFor(t.Context(), s.actor(0), rule.NewID[coop.MemberID](), gone)
	s.is(err, rule.ErrNotFound)
	if n := s.count(`SELECT count(*) FROM coop.departures`); n != 0 {
		t.Errorf("%d departures were begun", n)
	}
	if a, err := s.ledger.Balance(t.Context(), s.actor(1)); err != nil || a.Balance != 0 {
		t.Error(a, err)
	}
}
