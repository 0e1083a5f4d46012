package exchange_test

import (
	"errors"
	"testing"
	"time"

	"github.com/google/uuid"

	"lien/coop/exchange"
	"lien/coop/neighbour"
	"lien/rule"
)

// hide makes two people of the street invisible to each other, at the wish of the first.
func (s *street) hide(t testing.TB, a, b int) {
	t.Helper()
	blocks := neighbour.NewBlocks(s.Coop, s.now, s.agreements.Part)
	if err := blocks.Hide(t.Context(), s.actor(a), s.members[b]); err != nil {
		t.Fatal(err)
	}
}

func TestTwoWhoAreHiddenFindNoListingOfEachOther(t *testing.T) {
	s := newStreet(t, 3)
	offer, other := s.publish(t, 0, draft()), s.publish(t, 1, draft())
	s.hide(t, 0, 1)
	for _, pair := range []struct {
		reader int
		id     exchange.Proposal
		most   int
	}{{1, s.proposal(offer), 1}, {0, s.proposal(other), 1}} {
		reader := s.actor(pair.reader)
		if _, err := s.listings.One(t.Context(), reader, pair.id.Listing); !errors.Is(err, rule.ErrNotFound) {
			t.Errorf("one: got %v", err)
		}
		if _, err := s.agreements.Propose(t.Context(), reader, pair.id); !errors.Is(err, rule.ErrNotFound) {
			t.Errorf("propose: got %v", err)
		}
		for _, search := range []exchange.Search{{}, {Words: "étagère"}, {Kind: exchange.Offer, Category: "repair"}} {
			shelf, err := s.listings.List(t.Context(), reader, search)
			if err != nil || len(shelf.Listings) != pair.most || shelf.Listings[0].Owner.ID != reader.Member {
				t.Errorf("%+v: got %+v, %v", search, shelf.Listings, err)
			}
		}
	}
	if shelf, err := s.listings.List(t.Context(), s.actor(2), exchange.Search{}); err != nil || len(shelf.Listings) != 2 {
		t.Errorf("a third person finds %d, %v", len(shelf.Listings), err)
	}
	fay := s.facilitator(t, 1)
	if _, err := s.listings.One(t.Context(), fay, offer); err != nil {
		t.Errorf("a facilitator does not find the listing: %v", err)
	}
}

func TestHidingEndsWhatIsOnlyProposedAndNothingElse(t *testing.T) {
	s := newStreet(t, 2)
	asked, agreed, done := s.propose(t), s.reach(t, exchange.Agreed), s.reach(t, exchange.DoneClaimed)
	s.hide(t, 0, 1)
	for _, want := range []struct {
		was  exchange.Agreement
		now  exchange.State
		last exchange.Step
	}{{asked, exchange.Declined, exchange.ToDecline}, {agreed, exchange.Agreed, exchange.ToAgree}, {done, exchange.DoneClaimed, exchange.ToClaim}} {
		for _, reader := range []int{0, 1} {
			g, err := s.agreements.One(t.Context(), s.actor(reader), want.was.ID)
			if err != nil || g.State != want.now {
				t.Errorf("%s: got %s, %v", want.was.State, g.State, err)
			}
			events, err := s.agreements.Events(t.Context(), s.actor(reader), want.was.ID)
			if err != nil || events[len(events)-1].Step != want.last {
				t.Errorf("%s: got %+v, %v", want.was.State, events, err)
			}
		}
	}
	if _, err := s.agreements.Confirm(t.Context(), s.actor(1), done.ID, done.Steps, 90); err != nil {
		t.Errorf("what was agreed does not come to its end: %v", err)
	}
}

func TestWhoHidesTakesTheirOwnProposalBack(t *testing.T) {
	s := newStreet(t, 2)
	g := s.propose(t)
	s.hide(t, 1, 0)
	g, err := s.agreements.One(t.Context(), s.actor(0), g.ID)
	if err != nil || g.State != exchange.Cancelled {
		t.Errorf("got %s, %v", g.State, err)
	}
}

func TestWhoIsPausedMayHideAllTheSame(t *testing.T) {
	s := newStreet(t, 2)
	g := s.propose(t)
	s.exec(t, `UPDATE coop.members SET state = 'paused' WHERE id = ?`, s.members[0])
	s.hide(t, 0, 1)
	if g, err := s.agreements.One(t.Context(), s.actor(1), g.ID); err != nil || g.State != exchange.Proposed {
		t.Errorf("got %s, %v", g.State, err)
	}
}

var _ neighbour.Parting = (&exchange.Agreements{}).Part

func TestWhoHidSomebodyHearsNothingMoreAfterTheEndAndTheOtherCannotTell(t *testing.T) {
	s := newStreet(t, 2)
	talks := exchange.NewTalks(s.Coop, s.now)
	g := s.reach(t, exchange.DoneClaimed)
	say := func(by int, words string) error {
		s.later(time.Minute)
		_, err := talks.Say(t.Context(), s.actor(by), g.ID, exchange.Note{Key: uuid.New(), Words: words, Language: "fr"})
		return err
	}
	said := func(reader int) (n int, open bool) {
		talk, err := talks.Read(t.Context(), s.actor(reader), g.ID, 0)
		if err != nil {
			t.Fatal(err)
		}
		return len(talk.Says), talk.Open
	}
	told := func() int64 { return s.number(t, `SELECT count(*) FROM coop.inbox WHERE member_id = ?`, s.members[0]) }
	s.hide(t, 0, 1)
	if err := say(1, "avant la fin"); err != nil {
		t.Fatal(err)
	}
	if n, open := said(0); n != 1 || !open {
		t.Errorf("before the end: %d lines, open %v", n, open)
	}
	s.later(time.Minute)
	if _, err := s.agreements.Confirm(t.Context(), s.actor(1), g.ID, g.Steps, 90); err != nil {
		t.Fatal(err)
	}
	before := told()
	if err := say(1, "après la fin"); err != nil {
		t.Errorf("the other one can tell: %v", err)
	}
	if n, open := said(1); n != 2 || !open {
		t.Errorf("the other one reads %d lines, open %v", n, open)
	}
	if n, open := said(0); n != 1 || open {
		t.Errorf("who hid them reads %d lines, open %v", n, open)
	}
	if err := s.agreements.Thank(t.Context(), s.actor(1), g.ID, exchange.Words{Text: "Merci pour tout", Language: "fr"}); err != nil {
		t.Errorf("the other one can tell: %v", err)
	}
	for reader, want := range []int{0, 1} {
		if list, err := s.agreements.ThanksOf(t.Context(), s.actor(reader), g.ID); err != nil || len(list) != want {
			t.Errorf("reader %d: got %+v, %v", reader, list, err)
		}
	}
	if told() != before {
		t.Error("who hid them was told")
	}
	if may, err := talks.MayRead(t.Context(), s.members[0], g.ID); err != nil || may {
		t.Errorf("who hid them follows the conversation: %v", err)
	}
}
