package exchange_test

import (
	"errors"
	"testing"

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
