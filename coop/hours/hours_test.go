package hours_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/uptrace/bun"

	"lien/coop"
	"lien/coop/hours"
	"lien/database"
	"lien/database/dbtest"
	"lien/rule"
)

func TestMain(m *testing.M) { dbtest.Main(m) }

var noon = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

// street is a cooperative with members, its ledger, and the database to look into.
type street struct {
	*database.Handles
	ledger      *hours.Ledger
	cooperative coop.CooperativeID
	members     []coop.MemberID
}

func newStreet(t testing.TB, people int) *street {
	t.Helper()
	s := &street{Handles: dbtest.Open(t), cooperative: rule.NewID[coop.CooperativeID]()}
	s.ledger = hours.NewLedger(s.Coop, func() time.Time { return noon })
	place := rule.NewID[coop.PlaceID]()
	s.exec(t, `INSERT INTO coop.cooperatives (id, name, town, zone, last_number, created_at) VALUES (?, 'Les Iris', 'Orléans', 'Europe/Paris', ?, ?)`, s.cooperative, people, noon)
	s.exec(t, `INSERT INTO coop.places (cooperative_id, id, kind, name, path) VALUES (?, ?, 'residence', 'Les Iris', ARRAY[?::uuid])`, s.cooperative, place, place)
	for n := range people {
		id := rule.NewID[coop.MemberID]()
		s.exec(t, `INSERT INTO coop.members (cooperative_id, id, number, name, language, place_id, state, joined_at, state_since)
VALUES (?, ?, ?, ?, 'fr', ?, 'active', ?, ?)`, s.cooperative, id, n+1, string(rune('A'+n)), place, noon, noon)
		s.members = append(s.members, id)
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

func (s *street) facilitator(t testing.TB, n int) coop.Actor {
	t.Helper()
	s.exec(t, `INSERT INTO coop.member_roles (cooperative_id, member_id, role, from_at) VALUES (?, ?, 'facilitator', ?)`, s.cooperative, s.members[n], noon)
	return s.actor(n)
}

func (s *street) balance(t testing.TB, n int) int64 {
	t.Helper()
	a, err := s.ledger.Balance(t.Context(), s.actor(n))
	if err != nil {
		t.Fatal(err)
	}
	return a.Balance
}

// sound fails the test unless the books balance: no sum but zero, kept balances equal to
// their entries.
func (s *street) sound(t testing.TB) {
	t.Helper()
	var sum, wrong, odd int64
	err := s.Coop.NewRaw(`SELECT (SELECT coalesce(sum(balance), 0)::bigint FROM coop.hours_accounts),
  (SELECT count(*) FROM coop.hours_accounts a WHERE balance <> (SELECT coalesce(sum(minutes), 0) FROM coop.entries e WHERE e.account_id = a.id)),
  (SELECT count(*) FROM (SELECT FROM coop.entries GROUP BY transfer_id HAVING count(*) <> 2 OR sum(minutes) <> 0) x)`).
		Scan(t.Context(), &sum, &wrong, &odd)
	if err != nil {
		t.Fatal(err)
	}
	if sum != 0 || wrong != 0 || odd != 0 {
		t.Fatalf("books: sum %d, balances that differ %d, unbalanced transfers %d; want 0, 0, 0", sum, wrong, odd)
	}
}

func broken(err error) string {
	var invalid *rule.Invalid
	if errors.As(err, &invalid) {
		return invalid.Rule
	}
	return ""
}

func TestAGiftMovesMinutesBetweenTwoAccounts(t *testing.T) {
	s := newStreet(t, 2)
	r, err := s.ledger.Gift(t.Context(), s.actor(0), hours.Gift{Key: uuid.New(), To: s.members[1], Minutes: 90})
	if err != nil {
		t.Fatal(err)
	}
	if r.Minutes != 90 || r.Low {
		t.Errorf("receipt: got %+v, want 90 minutes and not low", r)
	}
	if a, b := s.balance(t, 0), s.balance(t, 1); a != -90 || b != 90 {
		t.Errorf("balances: got %d and %d, want -90 and 90", a, b)
	}
	s.sound(t)
}

func TestAGiftMayGoToTheFund(t *testing.T) {
	s := newStreet(t, 1)
	if _, err := s.ledger.Gift(t.Context(), s.actor(0), hours.Gift{Key: uuid.New(), To: coop.MemberID{}, Minutes: 60}); err != nil {
		t.Fatal(err)
	}
	page, err := s.ledger.Statement(t.Context(), s.actor(0), hours.Place{})
	if err != nil {
		t.Fatal(err)
	}
	if len(page.Lines) != 1 || !page.Lines[0].Fund || page.Lines[0].Minutes != -60 {
		t.Errorf("statement: got %+v, want one line of -60 to the fund", page.Lines)
	}
	s.sound(t)
}

func TestLimitsHold(t *testing.T) {
	for name, c := range map[string]struct {
		gifts []int64
		want  string
		low   bool
	}{
		"nothing":                {gifts: []int64{0}, want: "hours.nothing"},
		"less than nothing":      {gifts: []int64{-5}, want: "hours.nothing"},
		"one act too long":       {gifts: []int64{12*60 + 1}, want: "hours.per_act"},
		"one act as long as may": {gifts: []int64{12 * 60}, low: true},
		"just above soft floor":  {gifts: []int64{10*60 - 1}},
		"at the soft floor":      {gifts: []int64{10 * 60}, low: true},
		"at the hard floor":      {gifts: []int64{10 * 60, 10 * 60}, low: true},
		"under the hard floor":   {gifts: []int64{10 * 60, 10*60 + 1}, want: "hours.floor"},
	} {
		t.Run(name, func(t *testing.T) {
			s := newStreet(t, 2)
			var r hours.Receipt
			var err error
			for _, minutes := range c.gifts {
				r, err = s.ledger.Gift(t.Context(), s.actor(0), hours.Gift{Key: uuid.New(), To: s.members[1], Minutes: minutes})
			}
			if got := broken(err); got != c.want || (c.want == "" && err != nil) {
				t.Errorf("got %q (%v), want %q", got, err, c.want)
			}
			if r.Low != c.low {
				t.Errorf("low: got %v, want %v", r.Low, c.low)
			}
			s.sound(t)
		})
	}
}

func TestNoBalanceRisesAboveTheCeiling(t *testing.T) {
	s := newStreet(t, 5)
	for n := range 4 {
		_, err := s.ledger.Gift(t.Context(), s.actor(n), hours.Gift{Key: uuid.New(), To: s.members[4], Minutes: 11 * 60})
		if want := map[bool]string{true: "hours.ceiling"}[n == 3]; broken(err) != want {
			t.Errorf("gift %d: got %v, want %q", n, err, want)
		}
	}
	s.sound(t)
}

func TestNobodyPaysThemselves(t *testing.T) {
	s := newStreet(t, 1)
	if _, err := s.ledger.Gift(t.Context(), s.actor(0), hours.Gift{Key: uuid.New(), To: s.members[0], Minutes: 30}); broken(err) != "hours.oneself" {
		t.Errorf("got %v, want hours.oneself", err)
	}
}

func TestAGiftToSomebodyWhoIsNotActiveIsRefused(t *testing.T) {
	s, other := newStreet(t, 2), rule.NewID[coop.MemberID]()
	s.exec(t, `UPDATE coop.members SET state = 'suspended' WHERE id = ?`, s.members[1])
	for _, to := range []coop.MemberID{s.members[1], other} {
		if _, err := s.ledger.Gift(t.Context(), s.actor(0), hours.Gift{Key: uuid.New(), To: to, Minutes: 30}); !errors.Is(err, rule.ErrNotFound) {
			t.Errorf("got %v, want ErrNotFound", err)
		}
	}
}

func TestAKeySentAgainIsTheSameGift(t *testing.T) {
	s, key := newStreet(t, 2), uuid.New()
	first, err := s.ledger.Gift(t.Context(), s.actor(0), hours.Gift{Key: key, To: s.members[1], Minutes: 700})
	if err != nil {
		t.Fatal(err)
	}
	again, err := s.ledger.Gift(t.Context(), s.actor(0), hours.Gift{Key: key, To: s.members[1], Minutes: 700})
	if err != nil || again.Transfer != first.Transfer || again.Minutes != 700 {
		t.Errorf("again: got %+v, %v; want the first receipt %+v", again, err, first)
	}
	if _, err := s.ledger.Gift(t.Context(), s.actor(1), hours.Gift{Key: key, To: s.members[0], Minutes: 30}); !errors.Is(err, rule.ErrMoved) {
		t.Errorf("somebody else's key: got %v, want ErrMoved", err)
	}
	if got := s.balance(t, 1); got != 700 {
		t.Errorf("balance: got %d, want 700", got)
	}
}

func TestATransferIsCorrectedOnceByAFacilitatorWhoIsNoParty(t *testing.T) {
	s := newStreet(t, 3)
	party, neutral := s.facilitator(t, 1), s.facilitator(t, 2)
	gift, err := s.ledger.Gift(t.Context(), s.actor(0), hours.Gift{Key: uuid.New(), To: s.members[1], Minutes: 120})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.ledger.Correct(t.Context(), s.actor(0), mistaken(gift.Transfer)); !errors.Is(err, rule.ErrNotFound) {
		t.Errorf("a plain member: got %v, want ErrNotFound", err)
	}
	if _, err := s.ledger.Correct(t.Context(), party, mistaken(gift.Transfer)); !errors.Is(err, rule.ErrForbidden) {
		t.Errorf("a facilitator who is party: got %v, want ErrForbidden", err)
	}
	correction, err := s.ledger.Correct(t.Context(), neutral, mistaken(gift.Transfer))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.ledger.Correct(t.Context(), neutral, mistaken(gift.Transfer)); !errors.Is(err, rule.ErrMoved) {
		t.Errorf("twice: got %v, want ErrMoved", err)
	}
	if _, err := s.ledger.Correct(t.Context(), neutral, mistaken(correction.Transfer)); !errors.Is(err, rule.ErrForbidden) {
		t.Errorf("a correction: got %v, want ErrForbidden", err)
	}
	account, err := s.ledger.Balance(t.Context(), s.actor(0))
	if err != nil || account != (hours.Account{}) {
		t.Errorf("account after the correction: got %+v, %v; want nothing given nor received", account, err)
	}
	s.sound(t)
}

func TestTheApplicationCannotRewriteTheLedger(t *testing.T) {
	s := newStreet(t, 2)
	if _, err := s.ledger.Gift(t.Context(), s.actor(0), hours.Gift{Key: uuid.New(), To: s.members[1], Minutes: 30}); err != nil {
		t.Fatal(err)
	}
	for _, statement := range []string{
		"UPDATE coop.transfers SET minutes = 1", "DELETE FROM coop.transfers", "TRUNCATE coop.transfers",
		"UPDATE coop.entries SET amount = 1", "DELETE FROM coop.entries", "TRUNCATE coop.entries",
	} {
		if _, err := s.Coop.NewRaw(statement).Exec(t.Context()); !database.Denied(err) {
			t.Errorf("%s: got %v, want no right", statement, err)
		}
	}
}

func TestATransferWithoutItsTwoEntriesIsNotCommitted(t *testing.T) {
	s := newStreet(t, 2)
	_, err := s.Coop.NewRaw(`INSERT INTO coop.transfers (cooperative_id, id, client_key, kind, minutes, at) VALUES (?, ?, ?, 'gift', 30, ?)`,
		s.cooperative, uuid.New(), uuid.New(), noon).Exec(t.Context())
	if got := database.Broken(err); got != "a_transfer_has_two_entries" {
		t.Errorf("got %q (%v), want a_transfer_has_two_entries", got, err)
	}
}

func TestAStatementIsPagedAndItsLinesAddUp(t *testing.T) {
	s := newStreet(t, 2)
	for n := range 65 {
		from := n % 2
		if _, err := s.ledger.Gift(t.Context(), s.actor(from), hours.Gift{Key: uuid.New(), To: s.members[1-from], Minutes: int64(20 + n)}); err != nil {
			t.Fatal(err)
		}
	}
	var sum int64
	var pages, count int
	for before := (hours.Place{}); ; {
		page, err := s.ledger.Statement(t.Context(), s.actor(0), before)
		if err != nil {
			t.Fatal(err)
		}
		for _, line := range page.Lines {
			sum += line.Minutes
			count++
			if line.With != "B" {
				t.Errorf("the other side: got %q, want B", line.With)
			}
		}
		pages++
		if before = page.Next; before == (hours.Place{}) {
			break
		}
	}
	if pages != 3 || count != 65 || sum != s.balance(t, 0) {
		t.Errorf("got %d pages, %d lines, sum %d; want 3, 65, %d", pages, count, sum, s.balance(t, 0))
	}
	month, err := s.ledger.Month(t.Context(), s.actor(0), time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC), hours.OnPaper)
	if err != nil || month.Opening != 0 || month.Closing != sum || len(month.Lines) != 65 {
		t.Errorf("month: got %d to %d with %d lines (%v), want 0 to %d with 65", month.Opening, month.Closing, len(month.Lines), err, sum)
	}
}

func TestSomebodyWhoLeftHasANeutralName(t *testing.T) {
	s := newStreet(t, 2)
	if _, err := s.ledger.Gift(t.Context(), s.actor(0), hours.Gift{Key: uuid.New(), To: s.members[1], Minutes: 30}); err != nil {
		t.Fatal(err)
	}
	s.exec(t, `UPDATE coop.members SET state = 'left' WHERE id = ?`, s.members[1])
	page, err := s.ledger.Statement(t.Context(), s.actor(0), hours.Place{})
	if err != nil || len(page.Lines) != 1 || page.Lines[0].With != "" {
		t.Errorf("got %+v (%v), want one line without a name", page.Lines, err)
	}
}

func TestAnAccountIsOpenedOnce(t *testing.T) {
	s := newStreet(t, 1)
	for range 2 {
		err := s.Coop.RunInTx(t.Context(), nil, func(ctx context.Context, tx bun.Tx) error {
			return s.ledger.Open(ctx, tx, s.cooperative, s.members[0])
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	var accounts int
	if err := s.Coop.NewRaw(`SELECT count(*) FROM coop.hours_accounts`).Scan(t.Context(), &accounts); err != nil || accounts != 2 {
		t.Errorf("accounts: got %d (%v), want the member's and the fund", accounts, err)
	}
}
