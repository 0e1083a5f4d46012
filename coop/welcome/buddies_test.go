package welcome_test

import (
	"testing"

	"github.com/google/uuid"

	"lien/coop"
	"lien/coop/neighbour"
	"lien/coop/welcome"
	"lien/rule"
)

// asks lets Nour ask for a buddy, and returns what came of it.
func (s *street) asks() welcome.Buddyship {
	s.t.Helper()
	ok(s.t, s.buddies.Ask(s.t.Context(), s.nour, s.nour.Member, uuid.New()))
	return s.own()
}

// own is the open buddyship as Nour sees it.
func (s *street) own() welcome.Buddyship {
	s.t.Helper()
	mine, err := s.buddies.Of(s.t.Context(), s.nour)
	ok(s.t, err)
	if len(mine.Own) != 1 {
		s.t.Fatalf("Nour has %d open buddyships", len(mine.Own))
	}
	return mine.Own[0]
}

func (s *street) takes(a coop.Actor, b welcome.Buddyship, step welcome.Step) {
	s.t.Helper()
	ok(s.t, s.buddies.Take(s.t.Context(), a, b.ID, step))
}

func (s *street) asBuddy(a coop.Actor) []welcome.Buddyship {
	s.t.Helper()
	mine, err := s.buddies.Of(s.t.Context(), a)
	ok(s.t, err)
	return mine.Others
}

func TestANeighbourOfTheSameLanguageAndBuildingIsAskedFirst(t *testing.T) {
	s := newStreet(t)
	if b := s.asks(); b.Buddy != s.ana.Member || b.Language != "ar" || b.State != welcome.Asked {
		t.Fatalf("got %+v", b)
	}
}

func TestNamesAreToldOnlyAsTheTwoSayYes(t *testing.T) {
	s := newStreet(t)
	b := s.asks()
	if b.Name != "" || s.asBuddy(s.ana)[0].Name != "" {
		t.Error("somebody is named before anybody said yes")
	}
	s.takes(s.ana, b, welcome.ToAccept)
	if got := s.own(); got.Name != "Ana" || !got.Neighbours || s.asBuddy(s.ana)[0].Name != "" {
		t.Errorf("once Ana said yes: got %+v", got)
	}
	s.takes(s.nour, b, welcome.ToPair)
	if got := s.asBuddy(s.ana)[0]; got.Name != "Nour" || got.State != welcome.Paired {
		t.Errorf("once both did: got %+v", got)
	}
}

func TestAfterANoTheNextNeighbourIsAskedAndThenTheDesk(t *testing.T) {
	s := newStreet(t)
	s.takes(s.ana, s.asks(), welcome.ToDecline)
	second := s.own()
	if second.Buddy != s.bo.Member {
		t.Fatalf("got %+v", second)
	}
	s.later(5 * day)
	if n, err := s.buddies.Due(t.Context()); err != nil || n != 1 {
		t.Fatalf("%d ended by the clock, %v", n, err)
	}
	if mine, err := s.buddies.Of(t.Context(), s.nour); err != nil || len(mine.Own) != 0 { // Cem speaks no Arabic
		t.Fatalf("got %+v, %v", mine, err)
	}
	if n := s.number64(`SELECT count(*) FROM coop.inbox WHERE member_id = ? AND kind = 'buddy_nobody'`, s.nour.Member); n != 1 {
		t.Errorf("Nour was told %d times that the desk takes over", n)
	}
	list, err := s.buddies.Alone(t.Context(), s.fay)
	if err != nil || len(list) != 1 || list[0].Name != "Nour" || !list[0].Tried {
		t.Errorf("the desk sees %+v, %v", list, err)
	}
	for who, want := range map[coop.Actor]int{s.fay: 1, s.nour: 0} {
		if n, err := s.buddies.Waits(t.Context(), who); err != nil || n != want {
			t.Errorf("%d wait for the desk, %v; want %d", n, err, want)
		}
	}
	breaks(t, s.buddies.Ask(t.Context(), s.fay, s.nour.Member, uuid.New()), "buddy", "buddy.nobody_free")
}

func TestAStepTakenTwiceHasOneEffectAndALateOneNone(t *testing.T) {
	s := newStreet(t)
	b := s.asks()
	s.takes(s.ana, b, welcome.ToAccept)
	s.takes(s.ana, b, welcome.ToAccept)
	wants(t, s.buddies.Take(t.Context(), s.nour, b.ID, welcome.ToAccept), rule.ErrMoved)
	wants(t, s.buddies.Take(t.Context(), s.ana, b.ID, welcome.ToPair), rule.ErrForbidden)
	wants(t, s.buddies.Take(t.Context(), s.cem, b.ID, welcome.ToPair), rule.ErrNotFound)
	wants(t, s.buddies.Take(t.Context(), s.nour, b.ID, "marry"), rule.ErrMoved)
	stranger := coop.Actor{Cooperative: rule.NewID[coop.CooperativeID](), Member: s.nour.Member}
	wants(t, s.buddies.Take(t.Context(), stranger, b.ID, welcome.ToPair), rule.ErrNotFound)
	if n := s.number64(`SELECT count(*) FROM coop.buddyship_events`); n != 2 {
		t.Errorf("%d steps were kept, want 2", n)
	}
}

func TestItEndsByItselfAfterTheFirstTimeOrSixtyDays(t *testing.T) {
	for name, pass := range map[string]func(*street){
		"the first event": func(s *street) { s.comes(s.nour) },
		"sixty days":      func(s *street) { s.later(60 * day) },
	} {
		s := newStreet(t)
		b := s.asks()
		s.takes(s.ana, b, welcome.ToAccept)
		s.takes(s.nour, b, welcome.ToPair)
		s.later(day)
		if n, err := s.buddies.Due(t.Context()); err != nil || n != 0 {
			t.Fatalf("%s: %d ended too early, %v", name, n, err)
		}
		pass(s)
		for range 2 {
			_, err := s.buddies.Due(t.Context())
			ok(t, err)
		}
		if n := s.number64(`SELECT count(*) FROM coop.inbox WHERE kind = 'buddy_ended'`); n != 2 || len(s.asBuddy(s.ana)) != 0 {
			t.Errorf("%s: %d were told", name, n)
		}
	}
}

func TestOnlyANewcomerIsAskedForByThemselvesOrAFacilitator(t *testing.T) {
	s := newStreet(t)
	wants(t, s.buddies.Ask(t.Context(), s.ana, s.nour.Member, uuid.New()), rule.ErrForbidden)
	wants(t, s.buddies.Ask(t.Context(), s.ana, s.ana.Member, uuid.New()), rule.ErrMoved)
	wants(t, s.buddies.Ask(t.Context(), s.fay, rule.NewID[coop.MemberID](), uuid.New()), rule.ErrNotFound)
	key := uuid.New()
	for range 2 {
		ok(t, s.buddies.Ask(t.Context(), s.fay, s.nour.Member, key))
	}
	wants(t, s.buddies.Ask(t.Context(), s.nour, s.nour.Member, uuid.New()), rule.ErrMoved)
	s.comes(s.nour)
	if list, err := s.buddies.Alone(t.Context(), s.fay); err != nil || len(list) != 0 {
		t.Errorf("who came to something is new still: %+v, %v", list, err)
	}
	_, err := s.buddies.Alone(t.Context(), s.nour)
	wants(t, err, rule.ErrForbidden)
}

func TestNobodyIsAskedForMoreThanTwoAtOnceNorAfterTheyStopped(t *testing.T) {
	s := newStreet(t)
	ok(t, s.buddies.Volunteer(t.Context(), s.bo, false))
	for range 2 {
		newcomer := s.member("Nouvelle", "ar", "{}", s.first, day)
		ok(t, s.buddies.Ask(t.Context(), newcomer, newcomer.Member, uuid.New()))
	}
	breaks(t, s.buddies.Ask(t.Context(), s.nour, s.nour.Member, uuid.New()), "buddy", "buddy.nobody_free")
}

func TestTwoWhoAreHiddenAreNeverPairedNorStay(t *testing.T) {
	s := newStreet(t)
	blocks := neighbour.NewBlocks(s.Coop, s.clock, s.buddies.Part)
	ok(t, blocks.Hide(t.Context(), s.nour, s.ana.Member))
	b := s.asks()
	if b.Buddy != s.bo.Member {
		t.Fatalf("got %+v", b)
	}
	s.takes(s.bo, b, welcome.ToAccept)
	s.takes(s.nour, b, welcome.ToPair)
	ok(t, blocks.Hide(t.Context(), s.bo, s.nour.Member))
	if mine, err := s.buddies.Of(t.Context(), s.nour); err != nil || len(mine.Own) != 0 {
		t.Errorf("they are paired still: %+v, %v", mine, err)
	}
}

// parted lets two have lived together, and no longer.
func (s *street) parted(a, b coop.Actor) {
	s.t.Helper()
	home := uuid.Must(uuid.NewV7())
	s.exec(`INSERT INTO coop.households (cooperative_id, id, began_by, client_key, began_at) VALUES (?, ?, ?, gen_random_uuid(), ?)`, s.cooperative, home, a.Member, s.now)
	s.exec(`INSERT INTO coop.household_members (cooperative_id, household_id, member_id, from_at, until_at, untold) VALUES (?, ?, ?, ?, NULL, false), (?, ?, ?, ?, ?, false)`,
		s.cooperative, home, a.Member, s.now.AddDate(0, -2, 0), s.cooperative, home, b.Member, s.now.AddDate(0, -2, 0), s.now.AddDate(0, -1, 0))
}

func TestWhoPartedIsNoBuddyNorCalledANeighbour(t *testing.T) {
	s := newStreet(t)
	b := s.asks()
	s.takes(s.ana, b, welcome.ToAccept)
	s.parted(s.ana, s.nour)
	if got := s.own(); got.Neighbours {
		t.Error("she reads that the two live in one building")
	}
	s.takes(s.nour, b, welcome.ToPair)
	if s.own().Neighbours || s.asBuddy(s.ana)[0].Neighbours {
		t.Error("one of them reads that the two live in one building")
	}

	s = newStreet(t)
	s.parted(s.ana, s.nour)
	if b := s.asks(); b.Buddy == s.ana.Member {
		t.Error("who parted from her is asked to be her buddy")
	}
}
