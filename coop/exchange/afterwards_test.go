package exchange_test

import (
	"errors"
	"testing"
	"time"

	"github.com/google/uuid"

	"lien/coop"
	"lien/coop/exchange"
	"lien/rule"
)

// items counts what somebody was told of a kind.
func (s *street) items(t *testing.T, n int, kind string) int64 {
	t.Helper()
	return s.number(t, `SELECT count(*) FROM coop.inbox WHERE member_id = ? AND kind = ?`, s.members[n], kind)
}

// remind runs the reminders twice, as two nodes would.
func (s *street) remind(t *testing.T) {
	t.Helper()
	for range 2 {
		if _, err := s.agreements.Remind(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
}

func TestEachStepTellsWhomItConcerns(t *testing.T) {
	s := newStreet(t, 3)
	s.facilitator(t, 2)
	g := s.reach(t, exchange.Disputed)
	for kind, who := range map[string]int{
		"agreement_proposed": 0, "agreement_agreed": 1, "agreement_claimed": 1, "agreement_differs": 0, "agreement_help": 2,
	} {
		if n := s.items(t, who, kind); n != 1 {
			t.Errorf("%s was told %d times to %d", kind, n, who)
		}
	}
	must(t)(s.agreements.Settle(t.Context(), s.actor(2), g.ID, g.Steps, 60, french("Une heure, disent-elles.")))
	if s.items(t, 0, "agreement_settled") != 1 || s.items(t, 1, "agreement_settled") != 1 {
		t.Error("the outcome was not told to both")
	}
	if n := s.number(t, `SELECT count(*) FROM coop.inbox i WHERE to_jsonb(i)::text LIKE '%disent-elles%'`); n != 0 {
		t.Error("the inbox repeats the words")
	}
}

func TestWhatWaitsIsBroughtToMindAfterThreeAndSevenDays(t *testing.T) {
	s := newStreet(t, 3)
	s.facilitator(t, 2)
	s.reach(t, exchange.DoneClaimed)
	s.later(72*time.Hour - time.Minute)
	s.remind(t)
	if n := s.items(t, 1, "agreement_unanswered"); n != 0 {
		t.Errorf("too early: %d", n)
	}
	s.later(2 * time.Minute)
	s.remind(t)
	if n, help := s.items(t, 1, "agreement_unanswered"), s.items(t, 2, "agreement_help"); n != 1 || help != 0 {
		t.Errorf("after three days: %d, facilitators %d", n, help)
	}
	s.later(4 * 24 * time.Hour)
	s.remind(t)
	s.later(40 * 24 * time.Hour)
	s.remind(t)
	if n, help := s.items(t, 1, "agreement_unanswered"), s.items(t, 2, "agreement_help"); n != 2 || help != 1 {
		t.Errorf("after seven days: %d, facilitators %d", n, help)
	}
	if s.items(t, 0, "agreement_unanswered") != 0 || s.number(t, `SELECT count(*) FROM coop.transfers`) != 0 {
		t.Error("who waits was reminded, or silence took hours")
	}
}

func TestNoReminderComesOfWhatIsOver(t *testing.T) {
	s := newStreet(t, 2)
	g := s.reach(t, exchange.DoneClaimed)
	must(t)(s.agreements.Confirm(t.Context(), s.actor(1), g.ID, g.Steps, 90))
	s.later(30 * 24 * time.Hour)
	s.remind(t)
	if n := s.number(t, `SELECT count(*) FROM coop.inbox WHERE kind IN ('agreement_unanswered', 'agreement_soon', 'agreement_done')`); n != 0 {
		t.Errorf("told %d times", n)
	}
}

func TestAMeetingIsRememberedOnItsDayAndAskedAfter(t *testing.T) {
	s := newStreet(t, 2)
	s.reach(t, exchange.Agreed) // tomorrow at noon, for ninety minutes
	s.later(21 * time.Hour)
	s.remind(t)
	if s.items(t, 0, "agreement_soon") != 1 || s.items(t, 1, "agreement_soon") != 1 {
		t.Error("not both were reminded three hours before")
	}
	s.later(3*24*time.Hour + 5*time.Hour)
	s.remind(t)
	if s.items(t, 0, "agreement_done") != 1 || s.items(t, 1, "agreement_done") != 1 {
		t.Error("not both were asked three days later")
	}
}

func TestAHouseThatSleptRemindsOnceOfTheLatest(t *testing.T) {
	s := newStreet(t, 2)
	s.propose(t)
	s.later(20 * 24 * time.Hour)
	s.remind(t)
	if n := s.items(t, 0, "agreement_waits"); n != 1 {
		t.Errorf("told %d times", n)
	}
}

func TestAnotherTimeIsProposedBackAndForth(t *testing.T) {
	s := newStreet(t, 2)
	g := s.propose(t)
	plan := exchange.Plan{PlannedAt: s.now().Add(72 * time.Hour), Minutes: 60, Meeting: exchange.Outside}
	for range 2 { // a double tap
		after := must(t)(s.agreements.Counter(t.Context(), s.actor(0), g.ID, 1, plan))
		if after.ProposedBy != s.members[0] || after.Steps != 2 {
			t.Fatalf("got %+v", after)
		}
	}
	if _, err := s.agreements.Agree(t.Context(), s.actor(0), g.ID, 2); !errors.Is(err, rule.ErrForbidden) {
		t.Errorf("who proposed another time agrees to it: %v", err)
	}
	for n := range 3 {
		plan.PlannedAt = plan.PlannedAt.Add(time.Hour)
		must(t)(s.agreements.Counter(t.Context(), s.actor(1-n%2), g.ID, 2+n, plan))
	}
	if _, err := s.agreements.Counter(t.Context(), s.actor(0), g.ID, 5, plan); broken(err) != "when agreement.counter_enough" {
		t.Errorf("for ever: got %q", broken(err))
	}
	g = must(t)(s.agreements.Agree(t.Context(), s.actor(0), g.ID, 5))
	if !g.PlannedAt.Equal(plan.PlannedAt) || g.Planned != 60 || g.Meeting != exchange.Outside {
		t.Errorf("agreed on %+v", g)
	}
}

func TestOneProposesToWhomOneMetWithoutAListing(t *testing.T) {
	s := newStreet(t, 3)
	s.reach(t, exchange.Confirmed)
	p := s.proposal(coop.ListingID{})
	p.With, p.Giving, p.Category, p.Bring = s.members[0], true, "cooking", []exchange.Thing{"dish", "bag", "dish"}
	id, err := s.agreements.Propose(t.Context(), s.actor(1), p)
	if err != nil {
		t.Fatal(err)
	}
	g, err := s.agreements.One(t.Context(), s.actor(0), id)
	if err != nil || g.Giver.ID != s.members[1] || g.Category != "cooking" || g.About != "" || len(g.Bring) != 2 {
		t.Errorf("got %+v, %v", g, err)
	}
	met, err := s.agreements.Met(t.Context(), s.actor(1))
	if err != nil || len(met) != 1 || met[0].ID != s.members[0] {
		t.Errorf("met %+v, %v", met, err)
	}
	for name, with := range map[string]coop.MemberID{"a stranger": s.members[2], "oneself": s.members[1], "nobody": rule.NewID[coop.MemberID]()} {
		p.Key, p.With = uuid.New(), with
		if _, err := s.agreements.Propose(t.Context(), s.actor(1), p); !errors.Is(err, rule.ErrNotFound) {
			t.Errorf("%s: %v", name, err)
		}
	}
	p.With, p.Category = s.members[0], "magic"
	if _, err := s.agreements.Propose(t.Context(), s.actor(1), p); broken(err) != "category rule.choose" {
		t.Errorf("got %q", broken(err))
	}
	s.exec(t, `INSERT INTO coop.blocks (cooperative_id, member_id, hidden_id, at) VALUES (?, ?, ?, ?)`, s.cooperative, s.members[0], s.members[1], noon)
	p.Key, p.Category = uuid.New(), "cooking"
	if _, err := s.agreements.Propose(t.Context(), s.actor(1), p); !errors.Is(err, rule.ErrNotFound) {
		t.Errorf("who hides: %v", err)
	}
}

func TestNobodyIsFloodedWithProposals(t *testing.T) {
	s := newStreet(t, 6)
	propose := func(to int) error {
		_, err := s.agreements.Propose(t.Context(), s.actor(1), s.proposal(s.publish(t, to, draft())))
		return err
	}
	for range 3 {
		if err := propose(0); err != nil {
			t.Fatal(err)
		}
	}
	if err := propose(0); broken(err) != "key agreement.waiting_for_them" {
		t.Errorf("a fourth to the same neighbour: %q", broken(err))
	}
	for _, to := range []int{2, 2, 2, 3, 3, 3, 4, 4, 4} {
		if err := propose(to); err != nil {
			t.Fatal(err)
		}
	}
	if err := propose(5); broken(err) != "key agreement.waiting_for_all" {
		t.Errorf("a thirteenth: %q", broken(err))
	}
}

func TestTheWayToTheDoorIsForgottenOnceTheyMet(t *testing.T) {
	s := newStreet(t, 3)
	helper := s.facilitator(t, 2)
	p := s.proposal(s.publish(t, 0, draft()))
	p.Meeting = exchange.GiverHome
	id, err := s.agreements.Propose(t.Context(), s.actor(1), p)
	if err != nil {
		t.Fatal(err)
	}
	way := french("Sonnez deux fois.")
	if err := s.agreements.Direct(t.Context(), s.actor(0), id, way); !errors.Is(err, rule.ErrMoved) {
		t.Errorf("before both agreed: %v", err)
	}
	must(t)(s.agreements.Agree(t.Context(), s.actor(0), id, 1))
	if err := s.agreements.Direct(t.Context(), s.actor(1), id, way); !errors.Is(err, rule.ErrForbidden) {
		t.Errorf("the visitor says it: %v", err)
	}
	if err := s.agreements.Direct(t.Context(), s.actor(0), id, way); err != nil {
		t.Fatal(err)
	}
	if g, err := s.agreements.One(t.Context(), s.actor(1), id); err != nil || g.Directions != way.Text || g.Place == "" {
		t.Errorf("the visitor reads %q at %q, %v", g.Directions, g.Place, err)
	}
	s.later(30 * 24 * time.Hour)
	if g, err := s.agreements.One(t.Context(), helper, id); err != nil || g.Directions != "" || g.Place != "" {
		t.Errorf("who helps reads %q at %q, %v", g.Directions, g.Place, err)
	}
	must(t)(s.agreements.Claim(t.Context(), s.actor(0), id, 2, 90))
	if g, err := s.agreements.One(t.Context(), s.actor(1), id); err != nil || g.Directions != "" || g.Place != "" {
		t.Errorf("afterwards: %q at %q, %v", g.Directions, g.Place, err)
	}
	if n := s.number(t, `SELECT count(*) FROM coop.agreement_directions`); n != 0 {
		t.Error("the way is still kept")
	}
}

func TestAnOutcomeIsAnsweredOnceByEachAndReadByWhoMediated(t *testing.T) {
	s := newStreet(t, 4)
	helper, other := s.facilitator(t, 2), s.facilitator(t, 3)
	g := s.reach(t, exchange.Disputed)
	if err := s.agreements.Reply(t.Context(), s.actor(0), g.ID, french("Déjà ?")); !errors.Is(err, rule.ErrMoved) {
		t.Errorf("before there is an outcome: %v", err)
	}
	must(t)(s.agreements.Settle(t.Context(), helper, g.ID, g.Steps, 60, french("Une heure.")))
	for n := range 2 {
		if err := s.agreements.Reply(t.Context(), s.actor(n), g.ID, french("Cela me va.")); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.agreements.Reply(t.Context(), s.actor(0), g.ID, french("Encore.")); !errors.Is(err, rule.ErrMoved) {
		t.Errorf("a second answer: %v", err)
	}
	if err := s.agreements.Reply(t.Context(), helper, g.ID, french("Moi aussi.")); !errors.Is(err, rule.ErrForbidden) {
		t.Errorf("who mediated answers: %v", err)
	}
	if answers, err := s.agreements.Answers(t.Context(), helper, g.ID); err != nil || len(answers) != 2 {
		t.Errorf("who mediated reads %d, %v", len(answers), err)
	}
	if _, err := s.agreements.Answers(t.Context(), other, g.ID); !errors.Is(err, rule.ErrNotFound) {
		t.Errorf("another facilitator: %v", err)
	}
	if s.items(t, 2, "agreement_answer") != 2 || s.items(t, 0, "agreement_answered") != 1 {
		t.Error("the answers were not told")
	}
}

func TestThanksAreGivenOnceAndChangedWithinADay(t *testing.T) {
	s := newStreet(t, 3)
	g := s.reach(t, exchange.DoneClaimed)
	if err := s.agreements.Thank(t.Context(), s.actor(0), g.ID, french("Merci !")); !errors.Is(err, rule.ErrMoved) {
		t.Errorf("before it is done: %v", err)
	}
	g = must(t)(s.agreements.Confirm(t.Context(), s.actor(1), g.ID, g.Steps, 90))
	thank := func(n int, text string) error { return s.agreements.Thank(t.Context(), s.actor(n), g.ID, french(text)) }
	for _, text := range []string{"Merci !", "Merci !", "Un grand merci !"} {
		if err := thank(1, text); err != nil {
			t.Fatal(err)
		}
	}
	if err := thank(2, "Bravo"); !errors.Is(err, rule.ErrNotFound) {
		t.Errorf("a neighbour thanks: %v", err)
	}
	if err := s.agreements.ShowThanks(t.Context(), s.actor(1), g.ID, true); !errors.Is(err, rule.ErrNotFound) {
		t.Errorf("who gave them shows them: %v", err)
	}
	if err := s.agreements.ShowThanks(t.Context(), s.actor(0), g.ID, true); err != nil {
		t.Fatal(err)
	}
	if err := thank(1, "Mille mercis !"); err != nil {
		t.Fatal(err)
	}
	list, err := s.agreements.ThanksOf(t.Context(), s.actor(0), g.ID)
	if err != nil || len(list) != 1 || list[0].Words != "Mille mercis !" || list[0].Shown {
		t.Errorf("changed words are shown without being chosen again: %+v, %v", list, err)
	}
	s.later(25 * time.Hour)
	if err := thank(1, "Finalement non"); !errors.Is(err, rule.ErrMoved) {
		t.Errorf("after a day: %v", err)
	}
	if n := s.items(t, 0, "agreement_thanked"); n != 1 {
		t.Errorf("told %d times", n)
	}
	log, err := s.talks.Log(t.Context(), g.ID.UUID, 4, 9)
	if err != nil || len(log) != 3 || log[0].Kind != exchange.SaidStep {
		t.Errorf("open pages hear of three times words: %+v, %v", log, err)
	}
}

func TestWordsThatHurtAreLookedAtBySomebodyElse(t *testing.T) {
	s := newStreet(t, 3)
	party, helper := s.facilitator(t, 1), s.facilitator(t, 2)
	g := s.reach(t, exchange.Confirmed)
	if err := s.agreements.Thank(t.Context(), s.actor(1), g.ID, french("Enfin à l’heure.")); err != nil {
		t.Fatal(err)
	}
	if _, err := s.agreements.Reported(t.Context(), s.actor(0)); !errors.Is(err, rule.ErrNotFound) {
		t.Errorf("a neighbour reads the list: %v", err)
	}
	if err := s.agreements.ReportThanks(t.Context(), s.actor(0), g.ID); err != nil {
		t.Fatal(err)
	}
	list, err := s.agreements.Reported(t.Context(), helper)
	if err != nil || len(list) != 1 {
		t.Fatalf("got %d, %v", len(list), err)
	}
	if s.items(t, 2, "thanks_reported") != 1 || s.items(t, 1, "thanks_reported") != 0 {
		t.Error("not just who is neither of the two was told")
	}
	if err := s.agreements.SettleThanks(t.Context(), party, g.ID, s.members[1], false); !errors.Is(err, rule.ErrNotFound) {
		t.Errorf("who wrote them decides: %v", err)
	}
	if err := s.agreements.SettleThanks(t.Context(), helper, g.ID, s.members[1], true); err != nil {
		t.Fatal(err)
	}
	hers, _ := s.agreements.ThanksOf(t.Context(), s.actor(0), g.ID)
	theirs, _ := s.agreements.ThanksOf(t.Context(), s.actor(1), g.ID)
	if len(hers) != 0 || len(theirs) != 1 || !theirs[0].Hidden {
		t.Errorf("the receiver reads %d, the author %+v", len(hers), theirs)
	}
	if err := s.agreements.ShowThanks(t.Context(), s.actor(0), g.ID, true); !errors.Is(err, rule.ErrNotFound) {
		t.Errorf("what was taken down is shown: %v", err)
	}
}

func TestTheDeskCarriesAStepAndIsRemembered(t *testing.T) {
	s := newStreet(t, 3)
	s.facilitator(t, 2)
	s.facilitator(t, 0)
	g := s.propose(t)
	atDesk := s.actor(0)
	atDesk.Channel, atDesk.Witness = coop.AtDesk, s.members[2]
	g = must(t)(s.agreements.Agree(t.Context(), atDesk, g.ID, g.Steps))
	g = must(t)(s.agreements.Claim(t.Context(), s.actor(0), g.ID, g.Steps, 90))
	partial := s.actor(1)
	partial.Channel, partial.Witness = coop.AtDesk, s.members[0]
	if _, err := s.agreements.Confirm(t.Context(), partial, g.ID, g.Steps, 90); !errors.Is(err, rule.ErrForbidden) {
		t.Errorf("one of the two carries the other's yes: %v", err)
	}
	events, err := s.agreements.Events(t.Context(), s.actor(1), g.ID)
	if err != nil || events[1].Channel != coop.AtDesk || events[1].Witness != "C" || events[2].Channel != coop.OwnPhone {
		t.Errorf("got %+v, %v", events, err)
	}
}

func TestAnHourThatTheClocksSkipIsRefusedAndADoubledOneIsTheFirst(t *testing.T) {
	paris, err := time.LoadLocation("Europe/Paris")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ day, clock, want string }{
		{"2027-03-28", "01:59", "2027-03-28T00:59:00Z"},
		{"2027-03-28", "02:00", "when agreement.when_skipped"},
		{"2027-03-28", "02:30", "when agreement.when_skipped"},
		{"2027-03-28", "03:00", "2027-03-28T01:00:00Z"},
		{"2027-10-31", "02:30", "2027-10-31T00:30:00Z"}, // the first of the two
		{"2027-10-31", "03:00", "2027-10-31T02:00:00Z"},
		{"2026-11-28", "18:00", "2026-11-28T17:00:00Z"},
		{"demain", "18:00", "when agreement.when_missing"},
		{"2026-11-31", "18:00", "when agreement.when_missing"},
		{"", "", "when agreement.when_missing"},
	} {
		at, err := exchange.Moment(c.day, c.clock, paris)
		got := at.UTC().Format(time.RFC3339)
		if err != nil {
			got = broken(err)
		}
		if got != c.want {
			t.Errorf("%s %s: got %s, want %s", c.day, c.clock, got, c.want)
		}
	}
	var invalid *rule.Invalid
	if _, err := exchange.Moment("2027-03-28", "02:30", paris); !errors.As(err, &invalid) || invalid.Args["Hour"] != 3 {
		t.Errorf("the next hour: got %+v", invalid)
	}
}

func TestWhoIsErasedLeavesNoWords(t *testing.T) {
	s := newStreet(t, 3)
	s.facilitator(t, 2)
	g := s.reach(t, exchange.Disputed)
	s.says(t, 0, g, saying("secret un"))
	s.says(t, 1, g, saying("bonjour"))
	must(t)(s.agreements.Settle(t.Context(), s.actor(2), g.ID, g.Steps, 60, french("Une heure.")))
	if err := s.agreements.Reply(t.Context(), s.actor(0), g.ID, french("secret deux")); err != nil {
		t.Fatal(err)
	}
	if err := s.agreements.Thank(t.Context(), s.actor(0), g.ID, french("secret trois")); err != nil {
		t.Fatal(err)
	}
	if err := exchange.Erase(t.Context(), s.Coop, s.actor(0)); err != nil {
		t.Fatal(err)
	}
	for _, table := range []string{"talk_log", "agreement_answers", "agreement_thanks", "agreement_directions"} {
		if n := s.number(t, `SELECT count(*) FROM coop.`+table+` r WHERE to_jsonb(r)::text LIKE '%secret%'`); n != 0 {
			t.Errorf("%s keeps words", table)
		}
	}
	talk := s.hears(t, s.actor(1), g)
	if len(talk.Says) != 2 || talk.Says[0].Body != "" || talk.Says[1].Body != "bonjour" {
		t.Errorf("the other one reads %+v", talk.Says)
	}
}
