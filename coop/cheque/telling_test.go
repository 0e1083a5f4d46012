package cheque_test

import (
	"slices"
	"testing"

	"github.com/google/uuid"

	"lien/coop/cheque"
	"lien/coop/inbox"
)

func (s *street) told(t *testing.T, n int) (kinds []string) {
	t.Helper()
	list, err := inbox.New(s.Coop, s.now).Mine(t.Context(), s.actor(n), uuid.Nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, item := range list {
		kinds = append(kinds, item.Kind)
	}
	slices.Reverse(kinds)
	return kinds
}

func TestADrawerIsRemindedAtThreeAndSevenDays(t *testing.T) {
	s := newStreet(t, 3)
	s.presented(t)
	for _, c := range []struct {
		days, told int
	}{{2, 0}, {1, 1}, {0, 0}, {3, 0}, {1, 1}, {30, 0}} {
		s.clock.Add(int64(c.days) * 24 * 3600)
		if n, err := s.leaves.Due(t.Context()); err != nil || n != c.told {
			t.Errorf("%d days on: %d were told, %v; want %d", c.days, n, err, c.told)
		}
	}
	if got := s.told(t, 1); !slices.Equal(got, []string{"cheque_presented", "cheque_reminder", "cheque_reminder"}) {
		t.Errorf("the drawer was told %v", got)
	}
	if got := s.told(t, 2); len(got) != 0 {
		t.Errorf("the bearer was told %v", got)
	}
}

func TestBothAreToldWhatAFacilitatorDid(t *testing.T) {
	s := newStreet(t, 3)
	if _, err := s.leaves.Honour(t.Context(), s.actor(0), 3, s.issued(t)[0].Code, said(60)); err != nil {
		t.Fatal(err)
	}
	for _, n := range []int{1, 2} {
		if got := s.told(t, n); !slices.Equal(got, []string{"cheque_paid"}) {
			t.Errorf("%d was told %v", n, got)
		}
	}
}

func TestTheOtherOneIsToldOfEachStep(t *testing.T) {
	s := newStreet(t, 3)
	leaf := s.presented(t)
	leaf, err := s.leaves.Refuse(t.Context(), s.actor(1), leaf.ID, leaf.Steps, "Pas moi.")
	if err != nil {
		t.Fatal(err)
	}
	if leaf, err = s.leaves.Withdraw(t.Context(), s.actor(2), leaf.ID, leaf.Steps); err != nil || leaf.State != cheque.Blank {
		t.Fatal(err)
	}
	if got := s.told(t, 1); !slices.Equal(got, []string{"cheque_presented", "cheque_withdrawn"}) {
		t.Errorf("the drawer was told %v", got)
	}
	if got := s.told(t, 2); !slices.Equal(got, []string{"cheque_disputed"}) {
		t.Errorf("the bearer was told %v", got)
	}
}
