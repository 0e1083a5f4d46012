package departure_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/google/uuid"

	"lien/coop"
	"lien/coop/departure"
	"lien/coop/exchange"
	"lien/coop/hours"
	"lien/coop/household"
	"lien/coop/membership"
	"lien/database"
	"lien/database/dbtest"
	"lien/rule"
)

func TestMain(m *testing.M) { dbtest.Main(m) }

var noon = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

// street is a cooperative whose first member facilitates.
type street struct {
	*database.Handles
	t           testing.TB
	now         time.Time
	cooperative coop.CooperativeID
	members     []coop.MemberID
	departures  *departure.Departures
	ledger      *hours.Ledger
}

func newStreet(t testing.TB, people int) *street {
	t.Helper()
	s := &street{Handles: dbtest.Open(t), t: t, now: noon, cooperative: rule.NewID[coop.CooperativeID]()}
	s.departures, s.ledger = departure.NewDepartures(s.Coop, s.clock), hours.NewLedger(s.Coop, s.clock)
	place := rule.NewID[coop.PlaceID]()
	s.exec(`INSERT INTO coop.cooperatives (id, name, town, zone, last_number, created_at) VALUES (?, 'Les Iris', 'Orléans', 'Europe/Paris', ?, ?)`, s.cooperative, people, noon)
	s.exec(`INSERT INTO coop.places (cooperative_id, id, kind, name, path) VALUES (?, ?, 'residence', 'Les Iris', ARRAY[?::uuid])`, s.cooperative, place, place)
	for n := range people {
		id := rule.NewID[coop.MemberID]()
		s.exec(`INSERT INTO coop.members (cooperative_id, id, number, name, language, place_id, state, joined_at, state_since)
			VALUES (?, ?, ?, ?, 'fr', ?, 'active', ?, ?)`, s.cooperative, id, n+1, string(rune('A'+n))+"na", place, noon, noon)
		s.exec(`INSERT INTO coop.member_events (cooperative_id, member_id, n, step, from_state, to_state, by_member_id, reason, at)
			VALUES (?, ?, 1, 'join', 'invited', 'active', ?, '', ?)`, s.cooperative, id, id, noon)
		s.members = append(s.members, id)
	}
	s.exec(`INSERT INTO coop.member_roles (cooperative_id, member_id, role, from_at) VALUES (?, ?, 'facilitator', ?)`, s.cooperative, s.members[0], noon)
	return s
}

func (s *street) clock() time.Time { return s.now }

func (s *street) exec(query string, args ...any) {
	s.t.Helper()
	if _, err := s.Coop.NewRaw(query, args...).Exec(s.t.Context()); err != nil {
		s.t.Fatal(err)
	}
}

func (s *street) count(query string, args ...any) (n int) {
	s.t.Helper()
	if err := s.Owner.NewRaw(query, args...).Scan(context.Background(), &n); err != nil {
		s.t.Fatal(err)
	}
	return n
}

func (s *street) actor(n int) coop.Actor {
	return coop.Actor{Cooperative: s.cooperative, Member: s.members[n]}
}

func (s *street) give(from, to int, minutes int64) {
	s.t.Helper()
	_, err := s.ledger.Gift(s.t.Context(), s.actor(from), hours.Gift{Key: uuid.New(), To: s.members[to], Minutes: minutes})
	s.fine(err)
}

func (s *street) balance(n int) int64 {
	s.t.Helper()
	a, err := s.ledger.Balance(s.t.Context(), s.actor(n))
	s.fine(err)
	return a.Balance
}

func (s *street) begin(n int, wish departure.Wish) departure.Departure {
	s.t.Helper()
	s.fine(s.departures.Begin(s.t.Context(), s.actor(n), wish))
	mine, found, err := s.departures.Mine(s.t.Context(), s.actor(n))
	s.fine(err)
	if !found {
		s.t.Fatal("the departure has not begun")
	}
	return mine
}

func (s *street) rule(most int64) coop.LeavingRuleID {
	s.t.Helper()
	s.fine(s.departures.Vote(s.t.Context(), s.actor(0), uuid.New(), departure.Rule{Words: "Qui déménage loin ne doit plus rien.", Most: most, VotedOn: noon.AddDate(0, -1, 0)}))
	rules, err := s.departures.Rules(s.t.Context(), s.actor(0))
	s.fine(err)
	return rules[0].ID
}

func (s *street) fine(err error) {
	s.t.Helper()
	if err != nil {
		s.t.Fatal(err)
	}
}

func (s *street) is(err, want error) {
	s.t.Helper()
	if !errors.Is(err, want) {
		s.t.Errorf("got %v, want %v", err, want)
	}
}

func (s *street) breaks(err error, key string) {
	s.t.Helper()
	var invalid *rule.Invalid
	if !errors.As(err, &invalid) || invalid.Rule != key {
		s.t.Errorf("got %v, want %s", err, key)
	}
}

func (s *street) sound() {
	s.t.Helper()
	if n := s.count(`SELECT (SELECT coalesce(sum(balance), 0) FROM coop.hours_accounts)
		+ (SELECT count(*) FROM coop.hours_accounts a WHERE balance <> (SELECT coalesce(sum(minutes), 0) FROM coop.entries e WHERE e.account_id = a.id))`); n != 0 {
		s.t.Fatalf("the books are out by %d", n)
	}
}

// agreement writes one between two members, in a state.
func (s *street) agreement(giver, receiver int, state string) {
	s.t.Helper()
	s.exec(`INSERT INTO coop.agreements (cooperative_id, id, giver_id, receiver_id, proposed_by, state, about, language, planned_at,
		minutes_planned, meeting, steps, client_key, created_at, state_since, deadline_at, done_by, minutes_claimed)
		VALUES (?0, gen_random_uuid(), ?1, ?2, ?1, ?3, 'Des courses', 'fr', ?4, 60, 'common_room', 2, gen_random_uuid(), ?4, ?4, ?4,
		CASE WHEN ?3 = 'done_claimed' THEN ?1::uuid END, CASE WHEN ?3 = 'done_claimed' THEN 60 END)`,
		s.cooperative, s.members[giver], s.members[receiver], state, noon)
}

func TestLeavingCallsOffWhatItCanAndListsTheRest(t *testing.T) {
	s := newStreet(t, 3)
	s.agreement(1, 2, "agreed")
	s.agreement(2, 1, "proposed")
	s.agreement(1, 2, "done_claimed")
	homes := household.NewHouseholds(s.Coop, func(string, []byte) []byte { return make([]byte, 32) }, s.clock)
	_, err := homes.Begin(t.Context(), s.actor(1), uuid.New())
	s.fine(err)
	_, err = exchange.NewListings(s.Coop, s.clock).Publish(t.Context(), s.actor(1), exchange.Draft{Key: uuid.New(), Kind: exchange.Offer, Category: "repair", Title: "Réparer une étagère", Language: "fr", Minutes: 90})
	s.fine(err)
	before, err := s.departures.Settle(t.Context(), s.actor(1), s.members[1])
	s.fine(err)
	want := map[string]departure.Thing{"agreements": {N: 2, Ends: true}, "claims": {N: 1}, "listings": {N: 1, Ends: true}, "household": {N: 1, Ends: true}}
	if len(before.Things) != len(want) || !before.Blocked() {
		t.Fatalf("got %+v", before.Things)
	}
	for _, thing := range before.Things {
		if w := want[thing.Kind]; thing.N != w.N || thing.Ends != w.Ends {
			t.Errorf("%s: got %+v, want %+v", thing.Kind, thing, w)
		}
	}
	leaving := s.begin(1, departure.Wish{})
	after, err := s.departures.Settle(t.Context(), s.actor(0), s.members[1])
	if err != nil || len(after.Things) != 1 || after.Things[0].Kind != "claims" {
		t.Fatalf("what waits for somebody else stays: got %+v, %v", after, err)
	}
	s.breaks(s.departures.Close(t.Context(), s.actor(0), leaving.ID, coop.LeavingRuleID{}), "departure.still_open")
	s.exec(`UPDATE coop.agreements SET state = 'void', deadline_at = NULL WHERE state = 'done_claimed'`)
	s.fine(s.departures.Close(t.Context(), s.actor(0), leaving.ID, coop.LeavingRuleID{}))
	member, err := membership.NewMembers(s.Coop, s.clock).Of(t.Context(), s.cooperative, s.members[1])
	if err != nil || member.State != membership.Left {
		t.Errorf("got %+v, %v", member, err)
	}
	s.is(s.departures.Close(t.Context(), s.actor(0), leaving.ID, coop.LeavingRuleID{}), rule.ErrMoved)
}

func TestWhatRemainsGoesWhereTheMemberChose(t *testing.T) {
	for name, c := range map[string]struct {
		choice     departure.Choice
		heir, fund int64
	}{"to the fund": {departure.ToFund, 0, 90}, "not said": {"", 0, 90}, "to the household": {departure.ToHousehold, 90, 0}} {
		t.Run(name, func(t *testing.T) {
			s := newStreet(t, 4)
			s.give(3, 1, 90)
			homes := household.NewHouseholds(s.Coop, func(_ string, id []byte) []byte { return append(make([]byte, 32), id...) }, s.clock)
			_, err := homes.Begin(t.Context(), s.actor(1), uuid.New())
			s.fine(err)
			code, err := homes.Invite(t.Context(), s.actor(1), uuid.New())
			s.fine(err)
			s.fine(homes.Join(t.Context(), s.actor(2), code.Code))
			wish := departure.Wish{Choice: c.choice}
			if c.choice == departure.ToHousehold {
				s.breaks(s.departures.Begin(t.Context(), s.actor(1), departure.Wish{Choice: c.choice, Heir: s.members[3]}), "departure.choose_heir")
				wish.Heir = s.members[2]
			}
			s.now = s.now.Add(time.Hour)
			leaving := s.begin(1, wish)
			s.fine(s.departures.Close(t.Context(), s.actor(0), leaving.ID, coop.LeavingRuleID{}))
			fund := int64(s.count(`SELECT balance FROM coop.hours_accounts WHERE kind = 'fund'`))
			if heir := s.balance(2); heir != c.heir || fund != c.fund || s.balance(1) != 0 {
				t.Errorf("got %d for the heir, %d for the fund, %d left", heir, fund, s.balance(1))
			}
			s.sound()
		})
	}
}

func TestADebtIsWrittenOffByAVotedRuleThatIsLargeEnough(t *testing.T) {
	s := newStreet(t, 3)
	s.give(1, 2, 90)
	leaving := s.begin(1, departure.Wish{})
	s.breaks(s.departures.Close(t.Context(), s.actor(0), leaving.ID, coop.LeavingRuleID{}), "departure.no_rule")
	s.breaks(s.departures.Close(t.Context(), s.actor(0), leaving.ID, s.rule(89)), "departure.no_rule")
	s.fine(s.departures.Close(t.Context(), s.actor(0), leaving.ID, s.rule(90)))
	if fund := s.count(`SELECT balance FROM coop.hours_accounts WHERE kind = 'fund'`); fund != -90 || s.balance(1) != 0 || s.balance(2) != 90 {
		t.Errorf("the fund has %d, the others %d and %d", fund, s.balance(1), s.balance(2))
	}
	done, err := s.departures.One(t.Context(), s.actor(0), leaving.ID)
	if err != nil || done.Choice != departure.WrittenOff || done.Remaining != -90 {
		t.Errorf("got %+v, %v", done, err)
	}
	s.sound()
}

func TestARuleSaysHowMuchAndWhenItWasVoted(t *testing.T) {
	s := newStreet(t, 2)
	good := departure.Rule{Words: "Qui déménage loin ne doit plus rien.", Most: 600, VotedOn: noon}
	s.is(s.departures.Vote(t.Context(), s.actor(1), uuid.New(), good), rule.ErrForbidden)
	for key, change := range map[string]func(*departure.Rule){
		"rule.too_short":       func(r *departure.Rule) { r.Words = "non" },
		"departure.most":       func(r *departure.Rule) { r.Most = 0 },
		"departure.voted_when": func(r *departure.Rule) { r.VotedOn = noon.Add(48 * time.Hour) },
	} {
		r := good
		change(&r)
		s.breaks(s.departures.Vote(t.Context(), s.actor(0), uuid.New(), r), key)
	}
	key := uuid.New()
	s.fine(s.departures.Vote(t.Context(), s.actor(0), key, good))
	s.fine(s.departures.Vote(t.Context(), s.actor(0), key, good))
	if rules, err := s.departures.Rules(t.Context(), s.actor(1)); err != nil || len(rules) != 1 {
		t.Errorf("got %+v, %v", rules, err)
	}
}

func TestNobodyElseBeginsReadsOrClosesADeparture(t *testing.T) {
	s := newStreet(t, 3)
	leaving := s.begin(1, departure.Wish{})
	_, err := s.departures.Settle(t.Context(), s.actor(2), s.members[1])
	s.is(err, rule.ErrForbidden)
	_, err = s.departures.One(t.Context(), s.actor(2), leaving.ID)
	s.is(err, rule.ErrForbidden)
	s.is(s.departures.Close(t.Context(), s.actor(2), leaving.ID, coop.LeavingRuleID{}), rule.ErrForbidden)
	for who, want := range []int{1, 0, 0} { // only the first facilitates
		if n, err := s.departures.Waiting(t.Context(), s.actor(who)); err != nil || n != want {
			t.Errorf("member %d counts %d departures, %v; want %d", who, n, err, want)
		}
	}
	s.breaks(s.departures.Begin(t.Context(), s.actor(0), departure.Wish{}), "member.last_facilitator")
	if n := s.count(`SELECT count(*) FROM coop.departures`); n != 1 {
		t.Errorf("a refused departure left %d rows", n)
	}
	s.begin(1, departure.Wish{Choice: departure.ToFund}) // another wish, the same departure
	if n := s.count(`SELECT count(*) FROM coop.departures WHERE choice = 'fund'`); n != 1 {
		t.Error("the wish was not changed")
	}
}

func TestHoursOfASharedAccountAreDividedBeforeADepartureIsClosed(t *testing.T) {
	s := newStreet(t, 4)
	s.give(3, 1, 60)
	homes := household.NewHouseholds(s.Coop, func(_ string, id []byte) []byte { return append(make([]byte, 32), id...) }, s.clock)
	_, err := homes.Begin(t.Context(), s.actor(1), uuid.New())
	s.fine(err)
	code, err := homes.Invite(t.Context(), s.actor(1), uuid.New())
	s.fine(err)
	s.fine(homes.Join(t.Context(), s.actor(2), code.Code))
	for n := range 2 {
		_, err := homes.Agree(t.Context(), s.actor(n+1))
		s.fine(err)
	}
	leaving := s.begin(1, departure.Wish{})
	s.breaks(s.departures.Close(t.Context(), s.actor(0), leaving.ID, coop.LeavingRuleID{}), "departure.still_open")
	open, err := homes.Open(t.Context(), s.actor(1))
	s.fine(err)
	s.fine(homes.Name(t.Context(), s.actor(1), open[0].ID, 0, 20))
	s.fine(homes.Sign(t.Context(), s.actor(2), open[0].ID, 1))
	s.fine(s.departures.Close(t.Context(), s.actor(0), leaving.ID, coop.LeavingRuleID{}))
	if s.balance(2) != 40 {
		t.Errorf("who stays has %d, want 40", s.balance(2))
	}
	s.sound()
}
