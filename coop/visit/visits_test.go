package visit_test

import (
	"errors"
	"testing"
	"time"

	"github.com/google/uuid"

	"lien/coop"
	"lien/coop/visit"
	"lien/database"
	"lien/database/dbtest"
	"lien/rule"
)

func TestMain(m *testing.M) { dbtest.Main(m) }

var noon = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

// lane is a cooperative of five, where A helps B at two for an hour, and E facilitates.
type lane struct {
	*database.Handles
	at        time.Time
	people    []coop.Actor
	agreement coop.AgreementID
	visits    *visit.Visits
}

func newLane(t *testing.T) *lane {
	t.Helper()
	l := &lane{Handles: dbtest.Open(t), at: noon, agreement: rule.NewID[coop.AgreementID]()}
	l.visits = visit.NewVisits(l.Coop, func() time.Time { return l.at })
	id, place := rule.NewID[coop.CooperativeID](), rule.NewID[coop.PlaceID]()
	l.exec(t, `INSERT INTO coop.cooperatives (id, name, town, zone, last_number, created_at) VALUES (?, 'Les Iris', 'Orléans', 'Europe/Paris', 5, ?)`, id, noon)
	l.exec(t, `INSERT INTO coop.places (cooperative_id, id, kind, name, path) VALUES (?, ?, 'residence', 'Les Iris', ARRAY[?::uuid])`, id, place, place)
	for n, name := range []string{"Awa", "Ben", "Chloé", "Driss", "Élise"} {
		a := coop.Actor{Cooperative: id, Member: rule.NewID[coop.MemberID]()}
		l.exec(t, `INSERT INTO coop.members (cooperative_id, id, number, name, language, place_id, state, joined_at, state_since)
VALUES (?, ?, ?, ?, 'fr', ?, 'active', ?, ?)`, id, a.Member, n+1, name, place, noon, noon)
		l.exec(t, `INSERT INTO coop.directory (cooperative_id, member_id, listed, shows, likes, likes_language, changed_at)
VALUES (?, ?, ?, '{}', '', 'fr', ?)`, id, a.Member, name != "Driss", noon)
		l.people = append(l.people, a)
	}
	l.exec(t, `INSERT INTO coop.member_roles (cooperative_id, member_id, role, from_at) VALUES (?, ?, 'facilitator', ?)`, id, l.people[4].Member, noon)
	l.exec(t, `INSERT INTO coop.agreements (cooperative_id, id, giver_id, receiver_id, proposed_by, state, about, language,
  planned_at, minutes_planned, meeting, steps, client_key, created_at, state_since, deadline_at)
VALUES (?, ?, ?, ?, ?, 'agreed', '', 'fr', ?, 60, 'giver_home', 2, ?, ?, ?, ?)`,
		id, l.agreement, l.people[0].Member, l.people[1].Member, l.people[0].Member, noon.Add(2*time.Hour), uuid.New(), noon, noon, noon.AddDate(0, 0, 7))
	return l
}

func (l *lane) exec(t *testing.T, query string, args ...any) {
	t.Helper()
	if _, err := l.Coop.NewRaw(query, args...).Exec(t.Context()); err != nil {
		t.Fatal(err)
	}
}

func (l *lane) told(t *testing.T, n int, kind string) (count int) {
	t.Helper()
	if err := l.Coop.NewRaw(`SELECT count(*) FROM coop.inbox WHERE member_id = ? AND kind = ?`, l.people[n].Member, kind).Scan(t.Context(), &count); err != nil {
		t.Fatal(err)
	}
	return count
}

func (l *lane) due(t *testing.T) {
	t.Helper()
	for range 2 { // a second round, or another node, moves nothing more
		if _, err := l.visits.Due(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
}

func (l *lane) must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// begin lets B choose C, who accepts, and arrive.
func (l *lane) begin(t *testing.T) visit.Visit {
	t.Helper()
	ctx := t.Context()
	l.must(t, l.visits.Ask(ctx, l.people[1], l.agreement, l.people[2].Member))
	v, err := l.visits.Mine(ctx, l.people[1], l.agreement)
	l.must(t, err)
	l.must(t, l.visits.Answer(ctx, l.people[2], v.ID, true))
	l.at = noon.Add(2 * time.Hour)
	l.must(t, l.visits.Arrive(ctx, l.people[1], l.agreement))
	return v
}

func TestTheChosenPersonHearsOfArrivalAndReturn(t *testing.T) {
	l := newLane(t)
	v := l.begin(t)
	l.must(t, l.visits.Arrive(t.Context(), l.people[1], l.agreement)) // a double tap
	l.at = l.at.Add(time.Hour)
	for range 2 {
		l.must(t, l.visits.Leave(t.Context(), l.people[1], l.agreement))
	}
	for _, kind := range []string{"visit_asked", "visit_arrived", "visit_left"} {
		if n := l.told(t, 2, kind); n != 1 {
			t.Errorf("%s was told %d times", kind, n)
		}
	}
	if l.told(t, 1, "visit_accepted") != 1 {
		t.Error("the member was not told of the yes")
	}
	l.at = l.at.Add(5 * time.Hour)
	l.due(t)
	if l.told(t, 2, "visit_silent") != 0 {
		t.Error("asked to call although they are back")
	}
	if seen, err := l.visits.One(t.Context(), l.people[2], v.ID); err != nil || !seen.Left() {
		t.Errorf("got %+v, %v", seen, err)
	}
}

func TestASilenceIsAskedAfterOnceAndThenPassedOn(t *testing.T) {
	l := newLane(t)
	v := l.begin(t)
	l.at = noon.Add(3*time.Hour + 59*time.Minute)
	l.due(t)
	if l.told(t, 2, "visit_silent") != 0 {
		t.Error("asked too early")
	}
	l.at = noon.Add(4 * time.Hour)
	l.due(t)
	if n := l.told(t, 2, "visit_silent"); n != 1 {
		t.Errorf("the chosen person was asked %d times", n)
	}
	if _, err := l.visits.One(t.Context(), l.people[4], v.ID); !errors.Is(err, rule.ErrNotFound) {
		t.Errorf("a facilitator before the hour: %v", err)
	}
	l.at = noon.Add(5 * time.Hour)
	l.due(t)
	if n := l.told(t, 4, "visit_passed"); n != 1 {
		t.Errorf("the facilitator was asked %d times", n)
	}
	l.must(t, l.visits.Well(t.Context(), l.people[4], v.ID))
	if seen, _ := l.visits.One(t.Context(), l.people[2], v.ID); seen.Calls() {
		t.Error("still calling")
	}
}

func TestNoVisitIsRememberedForLong(t *testing.T) {
	l := newLane(t)
	l.begin(t)
	l.must(t, l.visits.Leave(t.Context(), l.people[1], l.agreement))
	l.at = l.at.Add(25 * time.Hour)
	l.due(t)
	for _, table := range []string{"coop.visits", "coop.inbox"} {
		var n int
		if err := l.Coop.NewRaw(`SELECT count(*) FROM `+table).Scan(t.Context(), &n); err != nil || n != 0 {
			t.Errorf("%s keeps %d rows, %v", table, n, err)
		}
	}
}

func TestAVisitThatIsCalledOffIsForgotten(t *testing.T) {
	l := newLane(t)
	l.must(t, l.visits.Ask(t.Context(), l.people[1], l.agreement, l.people[2].Member))
	l.exec(t, `UPDATE coop.agreements SET state = 'cancelled', deadline_at = NULL`)
	l.due(t)
	if v, err := l.visits.Mine(t.Context(), l.people[1], l.agreement); err != nil || v.Set() {
		t.Errorf("got %+v, %v", v, err)
	}
}

func TestOnlySomebodyElseWhoMayIsChosen(t *testing.T) {
	l := newLane(t)
	ctx := t.Context()
	for name, whom := range map[string]coop.MemberID{
		"oneself": l.people[1].Member, "the other one": l.people[0].Member, "who is not in the directory": l.people[3].Member, "nobody": rule.NewID[coop.MemberID](),
	} {
		var invalid *rule.Invalid
		if err := l.visits.Ask(ctx, l.people[1], l.agreement, whom); !errors.As(err, &invalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := l.visits.Ask(ctx, l.people[2], l.agreement, l.people[4].Member); err == nil {
		t.Error("a stranger asks for somebody else's visit")
	}
	l.exec(t, `INSERT INTO coop.blocks (cooperative_id, member_id, hidden_id, at) VALUES (?, ?, ?, ?)`, l.people[0].Cooperative, l.people[2].Member, l.people[0].Member, noon)
	if found, err := l.visits.Candidates(ctx, l.people[0], l.agreement, "chloe"); err != nil || len(found) != 0 {
		t.Errorf("who hides is found: %+v, %v", found, err)
	}
	found, err := l.visits.Candidates(ctx, l.people[1], l.agreement, "chloe")
	if err != nil || len(found) != 1 || found[0].ID != l.people[2].Member {
		t.Errorf("found %+v, %v", found, err)
	}
	if found, err = l.visits.Candidates(ctx, l.people[1], l.agreement, ""); err != nil || len(found) != 1 || found[0].ID != l.people[4].Member {
		t.Errorf("the facilitators: %+v, %v", found, err)
	}
}

func TestAFacilitatorIsThatPersonAtOnceAndANoLeavesNothing(t *testing.T) {
	l := newLane(t)
	ctx := t.Context()
	l.must(t, l.visits.Ask(ctx, l.people[1], l.agreement, l.people[2].Member))
	v, _ := l.visits.Mine(ctx, l.people[1], l.agreement)
	if _, err := l.visits.One(ctx, l.people[0], v.ID); !errors.Is(err, rule.ErrNotFound) {
		t.Errorf("the other one of the agreement reads it: %v", err)
	}
	if err := l.visits.Answer(ctx, l.people[3], v.ID, true); !errors.Is(err, rule.ErrNotFound) {
		t.Errorf("somebody else answers: %v", err)
	}
	l.must(t, l.visits.Answer(ctx, l.people[2], v.ID, false))
	if mine, _ := l.visits.Mine(ctx, l.people[1], l.agreement); mine.Set() {
		t.Error("after a no it is still there")
	}
	l.must(t, l.visits.Ask(ctx, l.people[1], l.agreement, l.people[4].Member))
	if mine, _ := l.visits.Mine(ctx, l.people[1], l.agreement); !mine.Accepted() {
		t.Error("the facilitator was asked first")
	}
	l.must(t, l.visits.Drop(ctx, l.people[1], l.agreement))
	if l.told(t, 4, "visit_known") != 0 {
		t.Error("the inbox still holds it")
	}
}
