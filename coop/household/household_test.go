package household_test

import (
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"lien/coop"
	"lien/coop/household"
	"lien/database"
	"lien/rule"
)

func TestTwoLiveTogetherByTheYesOfBoth(t *testing.T) {
	s := newStreet(t, 3)
	s.live(0)
	code := s.code(0)
	w, err := s.homes.Look(t.Context(), s.actor(1), " "+code[:4]+"-"+code[4:]+" ")
	if err != nil || len(w.Names) != 1 || w.Names[0] != "A" {
		t.Fatalf("got %+v, %v", w, err)
	}
	s.fine(s.homes.Join(t.Context(), s.actor(1), code))
	s.fine(s.homes.Join(t.Context(), s.actor(1), code)) // twice is once
	s.is(s.homes.Join(t.Context(), s.actor(2), code), rule.ErrNotFound)
	if h := s.mine(0); len(h.People) != 2 || h.People[1].Name != "B" {
		t.Errorf("got %+v", h.People)
	}
	if n := s.count(`SELECT count(*) FROM coop.inbox WHERE member_id = ? AND kind = 'household_joined'`, s.members[0]); n != 1 {
		t.Errorf("who invited was told %d times", n)
	}
}

func TestACodeIsGoodForAWeekInItsOwnCooperative(t *testing.T) {
	s := newStreet(t, 2)
	s.live(0)
	code := s.code(0)
	stranger := s.actor(1)
	stranger.Cooperative = rule.NewID[coop.CooperativeID]()
	_, err := s.homes.Look(t.Context(), stranger, code)
	s.is(err, rule.ErrNotFound)
	s.now = s.now.Add(7*24*time.Hour + time.Second)
	s.is(s.homes.Join(t.Context(), s.actor(1), code), rule.ErrNotFound)
	for _, odd := range []string{"", "K7M4", "00000000", "' OR 1=1"} {
		_, err := s.homes.Look(t.Context(), s.actor(1), odd)
		s.is(err, rule.ErrNotFound)
	}
}

func TestAPersonLivesInOneHouseholdAtATime(t *testing.T) {
	s := newStreet(t, 3)
	s.live(0)
	s.live(1)
	_, err := s.homes.Begin(t.Context(), s.actor(0), uuid.New())
	s.breaks(err, "household.already")
	s.breaks(s.homes.Join(t.Context(), s.actor(1), s.code(0)), "household.already")
	codes := []string{s.code(0), s.code(1)}
	var both sync.WaitGroup
	for _, code := range codes {
		both.Go(func() { _ = s.homes.Join(t.Context(), s.actor(2), code) }) // one of the two is refused
	}
	both.Wait()
	if n := s.count(`SELECT count(*) FROM coop.household_members WHERE member_id = ?`, s.members[2]); n != 1 {
		t.Errorf("lives in %d households", n)
	}
	_, err = s.Coop.NewRaw(`INSERT INTO coop.household_members (cooperative_id, household_id, member_id, from_at, untold)
		SELECT cooperative_id, id, ?, now(), false FROM coop.households LIMIT 1`, s.members[2]).Exec(t.Context())
	if got := database.Broken(err); got != "a_person_lives_in_one_household_at_a_time" {
		t.Errorf("the database said %q (%v)", got, err)
	}
}

func TestSendingABeginningTwiceIsOneHousehold(t *testing.T) {
	s, key := newStreet(t, 1), uuid.New()
	first, err := s.homes.Begin(t.Context(), s.actor(0), key)
	s.fine(err)
	again, err := s.homes.Begin(t.Context(), s.actor(0), key)
	if err != nil || again != first {
		t.Errorf("got %v, %v; want %v", again, err, first)
	}
}

func TestAChildIsAFirstNameAndAYear(t *testing.T) {
	s := newStreet(t, 2)
	s.live(0)
	for name, c := range map[string]struct {
		name string
		born int
		want string
	}{
		"a family name":  {"Inès Diarra", 2019, "household.one_word"},
		"nothing":        {" ", 2019, "rule.missing"},
		"somebody grown": {"Inès", 2007, "household.born"},
		"nobody yet":     {"Inès", 2027, "household.born"},
		"a number":       {"Inès", 9, "household.born"},
	} {
		t.Run(name, func(t *testing.T) {
			s.breaks(s.homes.AddMinor(t.Context(), s.actor(0), uuid.New(), c.name, c.born), c.want)
		})
	}
	key := uuid.New()
	s.fine(s.homes.AddMinor(t.Context(), s.actor(0), key, "I.", 2019))
	s.fine(s.homes.AddMinor(t.Context(), s.actor(0), key, "I.", 2019))
	children := s.mine(0).Minors
	if len(children) != 1 || children[0].Name != "I." || children[0].Born != 2019 {
		t.Fatalf("got %+v", children)
	}
	s.is(s.homes.RemoveMinor(t.Context(), s.actor(1), children[0].ID), rule.ErrNotFound)
	s.live(1)
	s.is(s.homes.RemoveMinor(t.Context(), s.actor(1), children[0].ID), rule.ErrNotFound)
	s.fine(s.homes.RemoveMinor(t.Context(), s.actor(0), children[0].ID))
	if n := s.count(`SELECT count(*) FROM coop.household_minors WHERE name <> '' OR until_at IS NULL`); n != 0 {
		t.Error("something of the child is kept")
	}
}

func TestHoursAreSharedWhenEverybodySaidYes(t *testing.T) {
	s := newStreet(t, 4)
	s.give(3, 0, 60)
	s.give(1, 3, 20)
	s.live(0, 1)
	shared, err := s.homes.Agree(t.Context(), s.actor(0))
	if err != nil || shared || s.balance(1) != -20 {
		t.Fatalf("one yes of two: got %v, %v, balance %d", shared, err, s.balance(1))
	}
	s.fine(s.homes.Hesitate(t.Context(), s.actor(0)))
	if h := s.mine(1); h.Asked() {
		t.Error("what was taken back is still asked")
	}
	_, _ = s.homes.Agree(t.Context(), s.actor(0))
	if shared, err = s.homes.Agree(t.Context(), s.actor(1)); err != nil || !shared {
		t.Fatalf("two of two: got %v, %v", shared, err)
	}
	if a, b := s.balance(0), s.balance(1); a != 40 || b != 40 {
		t.Errorf("got %d and %d, want 40 and 40", a, b)
	}
	s.is(s.homes.Hesitate(t.Context(), s.actor(0)), rule.ErrMoved)

	s.fine(s.homes.Join(t.Context(), s.actor(2), s.code(1)))
	if h := s.mine(2); h.Shared(s.members[2]) || h.SaidYes(s.members[0]) {
		t.Error("who comes in shares what nobody agreed to share with them")
	}
	for n := range 3 {
		if _, err := s.homes.Agree(t.Context(), s.actor(n)); err != nil {
			t.Fatal(err)
		}
	}
	if !s.mine(2).Shared(s.members[2]) {
		t.Error("three yeses do not let the third one share")
	}
	s.sound()
}

func TestSomebodyAloneSharesWithNobody(t *testing.T) {
	s := newStreet(t, 1)
	s.live(0)
	if shared, err := s.homes.Agree(t.Context(), s.actor(0)); err != nil || shared {
		t.Errorf("got %v, %v", shared, err)
	}
}

func TestAnAgreementUnderWayBetweenThemIsEndedFirst(t *testing.T) {
	s := newStreet(t, 2)
	s.live(0, 1)
	s.exec(`INSERT INTO coop.agreements (cooperative_id, id, giver_id, receiver_id, proposed_by, state, about, language, planned_at,
		minutes_planned, meeting, steps, client_key, created_at, state_since, deadline_at)
		VALUES (?0, gen_random_uuid(), ?1, ?2, ?1, 'agreed', 'Des courses', 'fr', ?3, 60, 'common_room', 2, gen_random_uuid(), ?3, ?3, ?3)`,
		s.cooperative, s.members[0], s.members[1], noon)
	_, err := s.homes.Agree(t.Context(), s.actor(0))
	s.breaks(err, "household.agreements_open")
}

func TestWhoMayNotTakePartReadsTheirHouseholdAndMayLeaveIt(t *testing.T) {
	s := newStreet(t, 2)
	s.live(0)
	s.exec(`UPDATE coop.members SET state = 'suspended' WHERE id = ?`, s.members[0])
	_, err := s.homes.Invite(t.Context(), s.actor(0), uuid.New())
	s.is(err, rule.ErrForbidden)
	_ = s.mine(0)
	s.fine(s.homes.Leave(t.Context(), s.actor(0)))
	if _, found, _ := s.homes.Mine(t.Context(), s.actor(0)); found {
		t.Error("still lives there")
	}
	if n := s.count(`SELECT count(*) FROM coop.households WHERE ended_at IS NOT NULL`); n != 1 {
		t.Error("a household without anybody has not ended")
	}
}

func TestAnEventSaysWhatHappenedInItsOrder(t *testing.T) {
	s := newStreet(t, 3)
	s.share(0, 1)
	s.now = s.now.Add(time.Hour)
	s.fine(s.homes.Leave(t.Context(), s.actor(1)))
	events, err := s.homes.Events(t.Context(), s.actor(0))
	s.fine(err)
	var steps []household.Step
	for _, e := range events {
		steps = append(steps, e.Step)
	}
	if len(steps) != 4 || steps[0] != household.Left || steps[3] != household.Began {
		t.Errorf("got %v", steps)
	}
	if events, err = s.homes.Events(t.Context(), s.actor(2)); err != nil || len(events) != 0 {
		t.Errorf("a stranger reads %v, %v", events, err)
	}
}
