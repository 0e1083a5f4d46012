package ownweb_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"lien/server/ownweb"
	"lien/support"
	"lien/support/bond"
)

// TestTheDoorShowsExactlyWhatIsOpen plays random stories of one person's door against the
// rule as wall.md says it.
func TestTheDoorShowsExactlyWhatIsOpen(t *testing.T) {
	h := newHouse(t)
	start := h.at
	rapid.Check(t, func(r *rapid.T) {
		h.at = start
		s := &story{h: h, owner: h.member(true), referent: h.claire, other: h.hugues, open: map[bond.Scope]time.Time{}}
		s.home = h.household(h.claire)
		h.joins(s.owner, s.home, h.claire)
		scope := rapid.SampledFrom([]bond.Scope{bond.ScopeSummary, bond.ScopeMonthly, bond.ScopeProposals})
		r.Repeat(map[string]func(*rapid.T){
			"consent":     func(r *rapid.T) { s.consent(scope.Draw(r, "scope")) },
			"withdraw":    func(r *rapid.T) { s.withdraw(r, scope.Draw(r, "scope")) },
			"withdrawAll": s.withdrawAll,
			"handover":    func(*rapid.T) { s.handover() },
			"time":        func(r *rapid.T) { s.pass(rapid.IntRange(1, 70).Draw(r, "days")) },
			"":            s.check,
		})
	})
}

type story struct {
	h               *house
	owner           ownweb.Owner
	home            household
	referent, other support.Actor
	open            map[bond.Scope]time.Time // until when
}

func (s *story) consent(scope bond.Scope) {
	s.h.consents(s.owner, scope)
	s.open[scope] = s.h.at.AddDate(0, 6, 0)
}

func (s *story) withdraw(r *rapid.T, scope bond.Scope) {
	if err := s.h.door.Withdraw(s.h.t.Context(), s.owner, scope); err != nil {
		r.Fatal(err)
	}
	delete(s.open, scope)
}

func (s *story) withdrawAll(r *rapid.T) {
	if err := s.h.door.WithdrawAll(s.h.t.Context(), s.owner); err != nil {
		r.Fatal(err)
	}
	clear(s.open)
}

func (s *story) handover() {
	s.h.later(time.Minute)
	s.h.handsOver(s.home, s.referent, s.other)
	s.referent, s.other = s.other, s.referent
	clear(s.open)
}

func (s *story) pass(days int) {
	s.h.later(time.Duration(days) * 24 * time.Hour)
	for scope, until := range s.open {
		if !until.After(s.h.at) {
			delete(s.open, scope)
		}
	}
}

func (s *story) check(r *rapid.T) {
	before := s.h.count(`SELECT count(*) FROM bond.readings`)
	shown, mark := s.h.reads(s.referent, s.home), s.h.mark(s.referent, s.home)
	if (shown == nil) != (len(s.open) == 0) || (mark == "") != (len(s.open) == 0) {
		r.Fatalf("open %v: got %+v, mark %q", s.open, shown, mark)
	}
	if shown != nil {
		_, summary := s.open[bond.ScopeSummary]
		_, monthly := s.open[bond.ScopeMonthly]
		_, proposals := s.open[bond.ScopeProposals]
		if (shown.Summary != nil) != summary || (shown.Months != nil) != monthly || shown.Proposals != proposals {
			r.Fatalf("open %v: got %+v", s.open, shown)
		}
		before++
	}
	if s.h.reads(s.other, s.home) != nil {
		r.Fatal("who is not the referent sees something")
	}
	if after := s.h.count(`SELECT count(*) FROM bond.readings`); after != before {
		r.Fatalf("got %d readings, want %d", after, before)
	}
}
