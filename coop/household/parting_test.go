package household_test

import (
	"errors"
	"testing"
	"time"

	"github.com/google/uuid"
	"pgregory.net/rapid"

	"lien/coop/hours"
	"lien/rule"
)

const why = "Nous en avons parlé avec chacun."

func TestWhoLeavesHasTheirOwnAccountAtOnce(t *testing.T) {
	s := newStreet(t, 3)
	s.give(2, 0, 100)
	s.share(0, 1)
	s.fine(s.homes.Leave(t.Context(), s.actor(1)))
	s.give(1, 2, 10)
	if a, b := s.balance(0), s.balance(1); a != 100 || b != -10 {
		t.Errorf("got %d and %d, want 100 and -10", a, b)
	}
	if n := s.count(`SELECT count(*) FROM coop.inbox WHERE kind = 'household_left' AND member_id = ?`, s.members[0]); n != 1 {
		t.Errorf("the other was told %d times", n)
	}
	s.sound()
}

func TestWhatBothSignIsDividedToTheMinute(t *testing.T) {
	for _, whole := range []int64{101, -101} {
		s := newStreet(t, 3)
		if whole > 0 {
			s.give(2, 0, whole)
		} else {
			s.give(0, 2, -whole)
		}
		s.share(0, 1)
		s.fine(s.homes.Leave(t.Context(), s.actor(1)))
		p := s.parting(1)
		if p.Whole != whole || p.Half() != whole/2 || len(p.Signed) != 2 || p.Own() != 0 {
			t.Fatalf("got %+v", p)
		}
		s.breaks(s.homes.Name(t.Context(), s.actor(1), p.ID, 0, whole+whole/101), "household.share_range")
		s.breaks(s.homes.Name(t.Context(), s.actor(1), p.ID, 0, -whole/101), "household.share_range")
		s.fine(s.homes.Name(t.Context(), s.actor(1), p.ID, 0, whole))
		s.fine(s.homes.Name(t.Context(), s.actor(1), p.ID, 0, whole)) // sent twice
		s.fine(s.homes.Name(t.Context(), s.actor(0), p.ID, 1, p.Half()))
		s.is(s.homes.Sign(t.Context(), s.actor(1), p.ID, 1), rule.ErrMoved) // the figure of before
		if s.balance(1) != 0 {
			t.Fatal("divided before both signed the same")
		}
		s.fine(s.homes.Sign(t.Context(), s.actor(1), p.ID, 2))
		s.is(s.homes.Sign(t.Context(), s.actor(1), p.ID, 2), rule.ErrMoved)
		if a, b := s.balance(0), s.balance(1); a+b != whole || b != whole/2 {
			t.Errorf("of %d: got %d and %d", whole, a, b)
		}
		if n := s.count(`SELECT count(*) FROM coop.hours_accounts WHERE goes_to IS NOT NULL`); n != 0 {
			t.Error("somebody shares an account with nobody")
		}
		s.sound()
	}
}

func TestNobodyElseSeesOrSignsAParting(t *testing.T) {
	s := newStreet(t, 4)
	desk := s.facilitator(3)
	s.share(0, 1)
	s.fine(s.homes.Leave(t.Context(), s.actor(1)))
	p := s.parting(0)
	_, err := s.homes.Parting(t.Context(), s.actor(2), p.ID)
	s.is(err, rule.ErrNotFound)
	s.is(s.homes.Name(t.Context(), s.actor(2), p.ID, 0, 0), rule.ErrNotFound)
	s.is(s.homes.Help(t.Context(), s.actor(2), p.ID), rule.ErrNotFound)
	s.is(s.homes.Decide(t.Context(), s.actor(2), p.ID, 0, why), rule.ErrNotFound)
	s.is(s.homes.Decide(t.Context(), desk, p.ID, 0, why), rule.ErrNotFound) // the two still have time
	if list, err := s.homes.Waiting(t.Context(), desk); err != nil || len(list) != 0 {
		t.Errorf("the desk sees %v, %v", list, err)
	}
	s.fine(s.homes.Help(t.Context(), s.actor(0), p.ID))
	if list, err := s.homes.Waiting(t.Context(), desk); err != nil || len(list) != 1 {
		t.Errorf("the desk sees %v, %v", list, err)
	}
	s.fine(s.homes.Decide(t.Context(), desk, p.ID, 0, why))
	s.is(s.homes.Decide(t.Context(), desk, p.ID, 0, why), rule.ErrNotFound)
}

func TestAPartingThatNobodySettlesComesToTheDesk(t *testing.T) {
	s := newStreet(t, 3)
	desk := s.facilitator(2)
	s.share(0, 1)
	s.fine(s.homes.Leave(t.Context(), s.actor(1)))
	s.now = s.now.Add(14*24*time.Hour + time.Minute)
	if list, err := s.homes.Waiting(t.Context(), desk); err != nil || len(list) != 1 {
		t.Errorf("the desk sees %v, %v", list, err)
	}
}

func TestWhoLivedThereDoesNotDecide(t *testing.T) {
	s := newStreet(t, 4)
	near, far := s.facilitator(0), s.facilitator(3)
	s.give(2, 0, 90)
	s.share(0, 1)
	s.fine(s.homes.Slip(t.Context(), s.actor(1)))
	if list, err := s.homes.Waiting(t.Context(), near); err != nil || len(list) != 0 {
		t.Errorf("who lived there sees %v, %v", list, err)
	}
	list, err := s.homes.Waiting(t.Context(), far)
	if err != nil || len(list) != 1 {
		t.Fatalf("the desk sees %v, %v", list, err)
	}
	s.is(s.homes.Decide(t.Context(), near, list[0].ID, 45, why), rule.ErrNotFound)
	s.breaks(s.homes.Decide(t.Context(), far, list[0].ID, 45, "non"), "rule.too_short")
	s.breaks(s.homes.Decide(t.Context(), far, list[0].ID, 91, why), "household.share_range")
	s.fine(s.homes.Decide(t.Context(), far, list[0].ID, 45, why))
	if a, b := s.balance(0), s.balance(1); a != 45 || b != 45 {
		t.Errorf("got %d and %d, want 45 and 45", a, b)
	}
	s.sound()
}

// Who leaves without a word: the other's pages stay what they were, in every way.
func TestLeavingWithoutAWordIsSeenByNobodyOfTheHousehold(t *testing.T) {
	for _, together := range []string{"one account", "own accounts"} {
		t.Run(together, func(t *testing.T) {
			s := newStreet(t, 4)
			desk := s.facilitator(3)
			if together == "one account" {
				s.share(0, 1)
			} else {
				s.live(0, 1)
			}
			s.now = s.now.Add(time.Hour)
			before := s.mine(0)
			told := s.count(`SELECT count(*) FROM coop.inbox WHERE member_id = ?`, s.members[0])
			s.fine(s.homes.Slip(t.Context(), s.actor(1)))
			after := s.mine(0)
			if len(after.People) != 2 || after.People[1].Name != "B" || after.People[1].Shares != before.People[1].Shares {
				t.Errorf("the household is %+v, was %+v", after.People, before.People)
			}
			events, err := s.homes.Events(t.Context(), s.actor(0))
			if err != nil || len(events) == 0 || !events[0].At.Before(s.now) {
				t.Errorf("the history says %+v, %v", events, err)
			}
			if n := s.count(`SELECT count(*) FROM coop.inbox WHERE member_id = ?`, s.members[0]); n != told {
				t.Error("the other was told")
			}
			if list, err := s.homes.Open(t.Context(), s.actor(0)); err != nil || len(list) != 0 {
				t.Errorf("the other sees a parting: %v, %v", list, err)
			}
			p := s.parting(1)
			_, err = s.homes.Parting(t.Context(), s.actor(0), p.ID)
			s.is(err, rule.ErrNotFound)
			s.is(s.homes.Name(t.Context(), s.actor(0), p.ID, 0, 0), rule.ErrNotFound)
			if n := s.count(`SELECT count(*) FROM coop.inbox WHERE member_id = ? AND kind = 'parting_waits'`, s.members[3]); n != 1 {
				t.Errorf("the desk was told %d times", n)
			}
			s.live(1) // and may begin anew
			s.fine(s.homes.Decide(t.Context(), desk, p.ID, 0, why))
			if h := s.mine(0); len(h.People) != 1 {
				t.Errorf("after the decision the household is %+v", h.People)
			}
			s.sound()
		})
	}
}

func TestThePlaceOfWhoLeftIsHiddenBothWaysUntilTheyLiveTogetherAgain(t *testing.T) {
	s := newStreet(t, 3)
	hidden := func(a, b int) bool {
		var is bool
		s.fine(s.Coop.NewRaw(`SELECT coop.place_hidden_between(?, ?, ?)`, s.cooperative, s.members[a], s.members[b]).Scan(t.Context(), &is))
		return is
	}
	s.live(0, 1)
	if hidden(0, 1) || hidden(0, 0) {
		t.Error("hidden while they live together")
	}
	s.now = s.now.Add(time.Hour)
	s.fine(s.homes.Slip(t.Context(), s.actor(1)))
	if !hidden(0, 1) || !hidden(1, 0) || hidden(0, 2) || hidden(1, 1) {
		t.Error("not hidden from the moment they left, or from somebody else")
	}
	s.now = s.now.Add(time.Hour)
	s.fine(s.homes.Join(t.Context(), s.actor(2), s.code(0)))
	if hidden(1, 2) {
		t.Error("hidden from who came in later")
	}
	s.fine(s.homes.Join(t.Context(), s.actor(1), s.code(0)))
	if hidden(0, 1) {
		t.Error("still hidden when they live together again")
	}
}

func TestSeparatingKeepsTheHousehold(t *testing.T) {
	s := newStreet(t, 3)
	s.give(2, 0, 50)
	s.give(1, 2, 10)
	s.share(0, 1)
	s.fine(s.homes.Separate(t.Context(), s.actor(1)))
	s.is(s.homes.Separate(t.Context(), s.actor(1)), rule.ErrMoved)
	p := s.parting(0)
	if p.Own() != 0 || len(p.Parts) != 2 {
		t.Errorf("got %+v: who only received takes none of what there is", p)
	}
	_, err := s.homes.Agree(t.Context(), s.actor(0))
	s.breaks(err, "household.parting_open")
	s.fine(s.homes.Name(t.Context(), s.actor(0), p.ID, 0, 15))
	s.fine(s.homes.Sign(t.Context(), s.actor(1), p.ID, 1))
	if a, b := s.balance(0), s.balance(1); a != 25 || b != 15 {
		t.Errorf("got %d and %d, want 25 and 15", a, b)
	}
	if h := s.mine(0); len(h.People) != 2 || h.Asked() {
		t.Errorf("got %+v", h)
	}
}

func TestOfThreeTheTwoWhoStayGoOnSharing(t *testing.T) {
	s := newStreet(t, 4)
	s.give(3, 0, 90)
	s.share(0, 1, 2)
	s.fine(s.homes.Leave(t.Context(), s.actor(2)))
	p := s.parting(1)
	s.fine(s.homes.Name(t.Context(), s.actor(2), p.ID, 0, 30))
	s.fine(s.homes.Sign(t.Context(), s.actor(1), p.ID, 1))
	if s.balance(2) != 0 {
		t.Error("divided before everybody signed")
	}
	s.fine(s.homes.Sign(t.Context(), s.actor(0), p.ID, 1))
	if a, b, c := s.balance(0), s.balance(1), s.balance(2); a != 60 || b != 60 || c != 30 {
		t.Errorf("got %d, %d and %d, want 60, 60 and 30", a, b, c)
	}
	s.sound()
}

// Whatever people do, nothing is lost, nobody shares alone for ever, and the desk can end
// every parting.
func TestAnyRunOfHouseholdsKeepsTheSum(t *testing.T) {
	s := newStreet(t, 5)
	desk := s.facilitator(4)
	rapid.Check(t, func(r *rapid.T) {
		who := rapid.IntRange(0, 3).Draw(r, "who")
		s.now = s.now.Add(time.Minute)
		var err error
		switch rapid.IntRange(0, 7).Draw(r, "act") {
		case 0:
			_, err = s.homes.Begin(t.Context(), s.actor(who), uuid.New())
		case 1:
			if i, no := s.homes.Invite(t.Context(), s.actor(rapid.IntRange(0, 3).Draw(r, "host")), uuid.New()); no == nil {
				err = s.homes.Join(t.Context(), s.actor(who), i.Code)
			}
		case 2, 3:
			_, err = s.homes.Agree(t.Context(), s.actor(who))
		case 4:
			err = s.homes.Leave(t.Context(), s.actor(who))
		case 5:
			err = s.homes.Slip(t.Context(), s.actor(who))
		case 6:
			_, err = s.ledger.Gift(t.Context(), s.actor(who), hours.Gift{Key: uuid.New(), To: s.members[rapid.IntRange(0, 4).Draw(r, "to")], Minutes: int64(rapid.IntRange(1, 200).Draw(r, "minutes"))})
		case 7:
			list, _ := s.homes.Open(t.Context(), s.actor(who))
			if len(list) > 0 {
				p := list[0]
				if !p.Untold {
					err = s.homes.Help(t.Context(), s.actor(who), p.ID)
				}
				full, no := s.homes.Waits(t.Context(), desk, p.ID)
				if no != nil || err != nil {
					r.Fatalf("the desk does not see it: %v, %v", no, err)
				}
				err = s.homes.Decide(t.Context(), desk, p.ID, full.Half(), why)
			}
		}
		var invalid *rule.Invalid
		if err != nil && !errors.As(err, &invalid) && !errors.Is(err, rule.ErrMoved) && !errors.Is(err, rule.ErrNotFound) {
			r.Fatal(err)
		}
		s.sound()
		if n := s.count(`SELECT count(*) FROM coop.hours_accounts h WHERE kind = 'household' AND balance <> 0 AND people = 0
			AND NOT EXISTS (SELECT FROM coop.partings p WHERE p.household_id = h.household_id AND p.settled_at IS NULL)`); n != 0 {
			r.Fatal("hours that nobody has a claim to")
		}
	})
}
