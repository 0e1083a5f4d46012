package event_test

import (
	"testing"

	"lien/coop"
	"lien/coop/event"
	"lien/rule"
)

func TestAnEventIsFoundUntilItIsOver(t *testing.T) {
	s := newStreet(t)
	s.announced("")
	s.announced("")
	off := s.announced("")
	title := table("").Title
	found := func(who coop.Actor, typed string, after event.After) []event.Event {
		t.Helper()
		list, err := s.Find(t.Context(), who, typed, after, 2)
		if err != nil {
			t.Fatal(err)
		}
		return list
	}
	first := found(s.aline, title, event.After{})
	if len(first) != 2 {
		t.Fatalf("%q finds %d, want two on a page", title, len(first))
	}
	rest := found(s.aline, title, event.After{At: first[1].StartsAt, ID: first[1].ID})
	if len(rest) != 1 || rest[0].ID == first[0].ID || rest[0].ID == first[1].ID {
		t.Errorf("the page after holds %+v", rest)
	}
	is(t, s.Cancel(t.Context(), s.nadia, off, "la salle est prise"), nil)
	if all := found(s.aline, title, event.After{}); len(all) != 2 || all[0].ID == off || all[1].ID == off {
		t.Errorf("what was called off is found: %+v", all)
	}
	if none := found(s.aline, "piscine", event.After{}); len(none) != 0 {
		t.Errorf("found %+v", none)
	}
	if foreign := found(coop.Actor{Cooperative: rule.NewID[coop.CooperativeID](), Member: s.nadia.Member}, title, event.After{}); len(foreign) != 0 {
		t.Errorf("somebody of another cooperative finds %+v", foreign)
	}
	s.at(ends)
	if over := found(s.aline, title, event.After{}); len(over) != 0 {
		t.Errorf("what is over is found: %+v", over)
	}
}
