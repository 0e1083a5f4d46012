package fund_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/uptrace/bun"

	"lien/coop"
	"lien/coop/fund"
	"lien/coop/hours"
	"lien/coop/inbox"
	"lien/database"
	"lien/database/dbtest"
	"lien/rule"
)

func TestMain(m *testing.M) { dbtest.Main(m) }

var noon = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

// street is a cooperative whose first member is its treasurer and whose second facilitates.
type street struct {
	*database.Handles
	at          time.Time
	fund        *fund.Fund
	ledger      *hours.Ledger
	cooperative coop.CooperativeID
	members     []coop.MemberID
}

func newStreet(t testing.TB, people int) *street {
	t.Helper()
	s := &street{Handles: dbtest.Open(t), at: noon, cooperative: rule.NewID[coop.CooperativeID]()}
	now := func() time.Time { return s.at }
	s.fund, s.ledger = fund.New(s.Coop, now), hours.NewLedger(s.Coop, now)
	place := rule.NewID[coop.PlaceID]()
	s.exec(t, `INSERT INTO coop.cooperatives (id, name, town, zone, last_number, created_at) VALUES (?, 'Les Iris', 'Orléans', 'Europe/Paris', ?, ?)`, s.cooperative, people, noon)
	s.exec(t, `INSERT INTO coop.places (cooperative_id, id, kind, name, path) VALUES (?, ?, 'residence', 'Les Iris', ARRAY[?::uuid])`, s.cooperative, place, place)
	for n := range people {
		id := rule.NewID[coop.MemberID]()
		s.exec(t, `INSERT INTO coop.members (cooperative_id, id, number, name, language, place_id, state, joined_at, state_since)
VALUES (?, ?, ?, ?, 'fr', ?, 'active', ?, ?)`, s.cooperative, id, n+1, string(rune('A'+n)), place, noon, noon)
		s.members = append(s.members, id)
	}
	for n, role := range []string{"treasurer", "facilitator"} {
		s.exec(t, `INSERT INTO coop.member_roles (cooperative_id, member_id, role, from_at) VALUES (?, ?, ?, ?)`, s.cooperative, s.members[n], role, noon)
	}
	return s
}

func (s *street) exec(t testing.TB, query string, args ...any) {
	t.Helper()
	if _, err := s.Coop.NewRaw(query, args...).Exec(t.Context()); err != nil {
		t.Fatal(err)
	}
}

func (s *street) actor(n int) coop.Actor {
	return coop.Actor{Cooperative: s.cooperative, Member: s.members[n]}
}

func (s *street) give(t testing.TB, from, to int, minutes int64) {
	t.Helper()
	gift := hours.Gift{Key: uuid.New(), Minutes: minutes}
	if to >= 0 {
		gift.To = s.members[to]
	}
	if _, err := s.ledger.Gift(t.Context(), s.actor(from), gift); err != nil {
		t.Fatal(err)
	}
}

func draft() fund.RuleDraft {
	return fund.RuleDraft{
		Key: uuid.New(), Why: "illness", Words: "Deux heures quand on est malade.", Language: "fr", Minutes: 120, Each: 240, All: 600, VotedOn: noon.AddDate(0, -1, 0),
	}
}

func (s *street) rule(t testing.TB, d fund.RuleDraft) coop.FundRuleID {
	t.Helper()
	id, err := s.fund.Enter(t.Context(), s.actor(0), d)
	if err != nil {
		t.Fatal(err)
	}
	return id
}

func (s *street) ask(t testing.TB, n int, id coop.FundRuleID) coop.DrawID {
	t.Helper()
	draw, err := s.fund.Ask(t.Context(), s.actor(n), fund.Wish{Key: uuid.New(), Rule: id, Words: "Je suis au lit.", Language: "fr"})
	if err != nil {
		t.Fatal(err)
	}
	return draw
}

func (s *street) balance(t testing.TB, n int) int64 {
	t.Helper()
	a, err := s.ledger.Balance(t.Context(), s.actor(n))
	if err != nil {
		t.Fatal(err)
	}
	return a.Balance
}

func (s *street) told(t testing.TB, n int) (kinds []string) {
	t.Helper()
	list, err := inbox.New(s.Coop, func() time.Time { return s.at }).Mine(t.Context(), s.actor(n), uuid.Nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, told := range list {
		kinds = append(kinds, told.Kind)
	}
	return kinds
}

func broken(err error) string {
	var invalid *rule.Invalid
	if errors.As(err, &invalid) {
		return invalid.Rule
	}
	return fmt.Sprint(err)
}

func TestAMemberAsksAndIsGivenHoursInPrivate(t *testing.T) {
	s := newStreet(t, 4)
	s.give(t, 3, -1, 300)
	draw := s.ask(t, 2, s.rule(t, draft()))
	if got := s.told(t, 0); len(got) != 1 || got[0] != "fund_asked" {
		t.Errorf("the treasurer was told %v", got)
	}
	waiting, err := s.fund.Waiting(t.Context(), s.actor(1))
	if err != nil || len(waiting) != 1 || waiting[0].Name != "C" || waiting[0].Words != "Je suis au lit." {
		t.Fatalf("what waits: %+v (%v)", waiting, err)
	}
	for range 2 { // a double tap
		if err := s.fund.Grant(t.Context(), s.actor(1), draw, 1); err != nil {
			t.Fatal(err)
		}
	}
	if got := s.balance(t, 2); got != 120 {
		t.Errorf("the balance is %d, want 120", got)
	}
	for n := range 2 {
		if _, err := s.fund.One(t.Context(), s.actor(n), draw); !errors.Is(err, rule.ErrNotFound) {
			t.Errorf("once decided, %d still sees whose it was: %v", n, err)
		}
	}
	page, err := s.ledger.Statement(t.Context(), s.actor(2), hours.Place{})
	if err != nil || len(page.Lines) != 1 || page.Lines[0].Kind != hours.FromFund || page.Lines[0].With != "" || page.Lines[0].Words != "" {
		t.Errorf("the statement tells more than it must: %+v (%v)", page.Lines, err)
	}
}

func TestNobodyAnswersForThemselves(t *testing.T) {
	s := newStreet(t, 3)
	s.give(t, 2, -1, 300)
	draw := s.ask(t, 1, s.rule(t, draft()))
	if err := s.fund.Grant(t.Context(), s.actor(1), draw, 1); !errors.Is(err, rule.ErrForbidden) {
		t.Errorf("granting oneself: got %v, want ErrForbidden", err)
	}
	if waiting, err := s.fund.Waiting(t.Context(), s.actor(1)); err != nil || len(waiting) != 0 {
		t.Errorf("one's own waits among the others': %v (%v)", waiting, err)
	}
	if err := s.fund.Grant(t.Context(), s.actor(2), draw, 1); !errors.Is(err, rule.ErrNotFound) {
		t.Errorf("a neighbour: got %v, want ErrNotFound", err)
	}
	if err := s.fund.Grant(t.Context(), s.actor(0), draw, 1); err != nil {
		t.Error(err)
	}
}

func TestTheYearsShareIsKept(t *testing.T) {
	s := newStreet(t, 8)
	for n := 2; n < 8; n++ {
		s.give(t, n, -1, 500)
	}
	id := s.rule(t, draft())
	grant := func(n int) string {
		draw, err := s.fund.Ask(t.Context(), s.actor(n), fund.Wish{Key: uuid.New(), Rule: id})
		if err != nil {
			return broken(err)
		}
		if err := s.fund.Grant(t.Context(), s.actor(0), draw, 1); err != nil {
			return broken(err)
		}
		return ""
	}
	for n, want := range []string{"", "", "fund.each_used"} {
		if got := grant(2); got != want {
			t.Errorf("draw %d of one member: got %q, want %q", n+1, got, want)
		}
	}
	for n, want := range map[int]string{3: "", 4: "", 5: "", 6: "fund.all_used"} {
		if n != 6 {
			if got := grant(n); got != want {
				t.Errorf("member %d: got %q, want %q", n, got, want)
			}
		}
	}
	if got := grant(6); got != "fund.all_used" {
		t.Errorf("the sixth draw: got %q, want fund.all_used", got)
	}
	s.at = time.Date(2026, 12, 31, 23, 0, 0, 0, time.UTC) // midnight in Paris: another year
	if got := grant(2); got != "" {
		t.Errorf("in the new year: got %q", got)
	}
}

func TestManyGrantsAtOnceKeepTheYearsShare(t *testing.T) {
	s := newStreet(t, 14)
	for n := 2; n < 8; n++ {
		s.give(t, n, -1, 500)
	}
	id := s.rule(t, draft()) // five draws for all
	var all sync.WaitGroup
	var mu sync.Mutex
	granted := 0
	var draws []coop.DrawID
	for n := 2; n < 14; n++ {
		draws = append(draws, s.ask(t, n, id))
	}
	for _, draw := range draws {
		for _, by := range []int{0, 1} {
			all.Go(func() {
				switch err := s.fund.Grant(t.Context(), s.actor(by), draw, 1); {
				case err == nil:
					mu.Lock()
					granted++
					mu.Unlock()
				case broken(err) != "fund.all_used" && !errors.Is(err, rule.ErrMoved):
					t.Error(err)
				}
			})
		}
	}
	all.Wait()
	if granted != 5 {
		t.Errorf("%d were granted, want 5", granted)
	}
}

func TestTheFundGoesBelowZeroOnlyByAVotedRuleAndSaysSo(t *testing.T) {
	s := newStreet(t, 5)
	s.give(t, 2, -1, 60)
	id := s.rule(t, draft())
	draw := s.ask(t, 3, id)
	if err := s.fund.Grant(t.Context(), s.actor(0), draw, 1); broken(err) != "hours.fund_is_short" {
		t.Fatalf("without a rule: got %v", err)
	}
	vote := fund.MintingDraft{Key: uuid.New(), Cap: 100, Words: "Cent minutes au plus.", Language: "fr", VotedOn: noon}
	if err := s.fund.Mint(t.Context(), s.actor(1), vote); !errors.Is(err, rule.ErrForbidden) {
		t.Errorf("a facilitator beside a treasurer: got %v, want ErrForbidden", err)
	}
	for range 2 {
		if err := s.fund.Mint(t.Context(), s.actor(0), vote); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.fund.Grant(t.Context(), s.actor(0), draw, 1); err != nil {
		t.Fatal(err)
	}
	var made int64
	if err := s.Coop.NewRaw(`SELECT sum(minutes) FROM coop.minted_hours`).Scan(t.Context(), &made); err != nil || made != 60 {
		t.Errorf("labelled: %d minutes (%v), want the 60 that the fund did not have", made, err)
	}
	if err := s.fund.Grant(t.Context(), s.actor(0), s.ask(t, 4, id), 1); broken(err) != "hours.fund_is_short" {
		t.Errorf("beyond the cap: got %v", err)
	}
	m, err := s.fund.Minting(t.Context(), s.actor(4))
	if err != nil || m.Cap != 100 || m.EnteredBy != "A" {
		t.Errorf("every member reads %+v (%v)", m, err)
	}
	if err := s.fund.EndMinting(t.Context(), s.actor(0), m.ID); err != nil {
		t.Fatal(err)
	}
	if m, err := s.fund.Minting(t.Context(), s.actor(4)); err != nil || m.Cap != 0 {
		t.Errorf("ended: %+v (%v)", m, err)
	}
}

func TestHoursAreOfferedToWhoReachedTheSoftFloor(t *testing.T) {
	s := newStreet(t, 5)
	s.give(t, 3, -1, 300)
	s.give(t, 2, 4, 600)
	id := s.rule(t, draft())
	wish := fund.Wish{Key: uuid.New(), Rule: id, Language: "fr"}
	if _, err := s.fund.Offer(t.Context(), s.actor(0), s.members[4], wish); !errors.Is(err, rule.ErrNotFound) {
		t.Errorf("to who has enough: got %v, want ErrNotFound", err)
	}
	if _, err := s.fund.Offer(t.Context(), s.actor(3), s.members[2], wish); !errors.Is(err, rule.ErrNotFound) {
		t.Errorf("by a neighbour: got %v, want ErrNotFound", err)
	}
	draw, err := s.fund.Offer(t.Context(), s.actor(0), s.members[2], wish)
	if err != nil {
		t.Fatal(err)
	}
	if got := s.told(t, 2); len(got) != 2 || got[0] != "fund_offered" {
		t.Errorf("told: %v", got)
	}
	if err := s.fund.Take(t.Context(), s.actor(0), draw, 1); !errors.Is(err, rule.ErrForbidden) {
		t.Errorf("taken by who offered: got %v, want ErrForbidden", err)
	}
	if err := s.fund.Take(t.Context(), s.actor(2), draw, 1); err != nil || s.balance(t, 2) != -480 {
		t.Errorf("taken: %v, the balance is %d, want -480", err, s.balance(t, 2))
	}
}

func TestWhatWaitsTooLongIsNotForgotten(t *testing.T) {
	s := newStreet(t, 5)
	s.give(t, 2, 4, 600)
	id := s.rule(t, draft())
	asked := s.ask(t, 3, id)
	if _, err := s.fund.Offer(t.Context(), s.actor(0), s.members[2], fund.Wish{Key: uuid.New(), Rule: id}); err != nil {
		t.Fatal(err)
	}
	for after, want := range map[time.Duration]int{6 * 24 * time.Hour: 0} {
		s.at = noon.Add(after)
		if n, err := s.fund.Due(t.Context()); err != nil || n != want {
			t.Errorf("after %s: %d (%v), want %d", after, n, err, want)
		}
	}
	for _, want := range []int{2, 0} {
		s.at = noon.AddDate(0, 0, 31)
		if n, err := s.fund.Due(t.Context()); err != nil || n != want {
			t.Errorf("after a month: %d (%v), want %d", n, err, want)
		}
	}
	if got := s.told(t, 1); len(got) != 2 || got[0] != "fund_late" {
		t.Errorf("the facilitator was told %v", got)
	}
	mine, err := s.fund.Mine(t.Context(), s.actor(2))
	if err != nil || len(mine) != 1 || mine[0].State != fund.Lapsed {
		t.Errorf("the offer: %+v (%v), want it lapsed", mine, err)
	}
	if d, err := s.fund.One(t.Context(), s.actor(0), asked); err != nil || !d.Late(s.at) {
		t.Errorf("what was asked: %+v (%v), want it late and still there", d, err)
	}
}

func TestARuleThatEndedGivesNothingMore(t *testing.T) {
	s := newStreet(t, 4)
	s.give(t, 3, -1, 300)
	id := s.rule(t, draft())
	draw := s.ask(t, 2, id)
	if _, err := s.fund.Ask(t.Context(), s.actor(2), fund.Wish{Key: uuid.New(), Rule: id}); broken(err) != "fund.waits_already" {
		t.Errorf("asking again: got %v", err)
	}
	if err := s.fund.End(t.Context(), s.actor(2), id); !errors.Is(err, rule.ErrNotFound) {
		t.Errorf("ended by a neighbour: got %v, want ErrNotFound", err)
	}
	if err := s.fund.End(t.Context(), s.actor(0), id); err != nil {
		t.Fatal(err)
	}
	if err := s.fund.Grant(t.Context(), s.actor(0), draw, 1); broken(err) != "fund.rule_ended" {
		t.Errorf("granted all the same: %v", err)
	}
	if err := s.fund.Refuse(t.Context(), s.actor(0), draw, 1, "La règle a pris fin."); err != nil {
		t.Error(err)
	}
	if _, err := s.fund.Ask(t.Context(), s.actor(3), fund.Wish{Key: uuid.New(), Rule: id}); !errors.Is(err, rule.ErrNotFound) {
		t.Errorf("asking under it: got %v, want ErrNotFound", err)
	}
}

func TestSumsAreToldWhenElevenPeopleAreBehindThem(t *testing.T) {
	s := newStreet(t, 14)
	s.at = noon.AddDate(0, -1, 0)
	for n := range 10 {
		s.give(t, n+2, -1, 60)
	}
	s.at = noon
	if sums, err := s.fund.Sums(t.Context(), s.actor(2)); err != nil || sums.HasGiven || sums.Given != 0 || sums.Balance != 0 {
		t.Errorf("ten people: %+v (%v), want nothing told", sums, err)
	}
	s.at = noon.AddDate(0, -1, 0)
	s.give(t, 13, -1, 60)
	s.at = noon
	s.give(t, 12, -1, 60) // this month is not over
	sums, err := s.fund.Sums(t.Context(), s.actor(2))
	if err != nil || !sums.HasGiven || sums.Given != 660 || sums.HasDrawn || sums.HasBalance || sums.Balance != 0 {
		t.Errorf("eleven people: %+v (%v), want 660 given and no more", sums, err)
	}
}

func TestWhoLeavesWaitsForNothingAndWhoIsErasedLeavesNoWords(t *testing.T) {
	s := newStreet(t, 4)
	draw := s.ask(t, 2, s.rule(t, draft()))
	err := s.Coop.RunInTx(t.Context(), nil, func(ctx context.Context, tx bun.Tx) error {
		return errors.Join(s.fund.CallOff(ctx, tx, s.actor(2)), fund.Erase(ctx, tx, s.actor(2)))
	})
	if err != nil {
		t.Fatal(err)
	}
	d, err := s.fund.One(t.Context(), s.actor(2), draw)
	if err != nil || d.State != fund.Withdrawn || d.Words != "" {
		t.Errorf("got %+v (%v), want it withdrawn, without words", d, err)
	}
}
