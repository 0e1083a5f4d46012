package demo_test

import (
	"bytes"
	"io"
	"slices"
	"testing"
	"time"

	"lien/check"
	"lien/database/dbtest"
	"lien/demo"
	"lien/seal"
)

func TestMain(m *testing.M) { dbtest.Main(m) }

func sealer(t *testing.T) *seal.Sealer {
	t.Helper()
	file, err := seal.Generate()
	if err != nil {
		t.Fatal(err)
	}
	s, err := seal.New(file)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestTheToldYearKeepsEveryPromise(t *testing.T) {
	h := dbtest.Open(t)
	if err := demo.Tell(t.Context(), h, sealer(t), demo.Plot{Members: 24, Days: 90, Cases: 4, Seed: 3}, time.Now(), io.Discard); err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	wrong, err := check.Run(t.Context(), h.Owner, &out)
	if err != nil {
		t.Fatal(err)
	}
	if wrong > 0 {
		t.Errorf("%d promises are broken:\n%s", wrong, out.String())
	}
}

// whole is what a story says, without the ids that it draws, nor who won a place by lot:
// that follows from the keys of each house.
const whole = `
SELECT concat_ws(' ', 'member', number, name, language, state, joined_at) FROM coop.members
UNION ALL SELECT concat_ws(' ', 'listing', l.title, m.number, l.minutes, l.state, l.created_at) FROM coop.listings l JOIN coop.members m ON m.id = l.member_id
UNION ALL SELECT concat_ws(' ', 'agreement', g.number, r.number, a.about, a.state, a.steps, a.minutes_paid, a.planned_at, a.state_since)
	FROM coop.agreements a JOIN coop.members g ON g.id = a.giver_id JOIN coop.members r ON r.id = a.receiver_id
UNION ALL SELECT concat_ws(' ', 'account', m.number, h.balance) FROM coop.hours_accounts h LEFT JOIN coop.members m ON m.id = h.member_id
UNION ALL SELECT concat_ws(' ', 'event', e.title, m.number, e.starts_at, e.state) FROM coop.events e JOIN coop.members m ON m.id = e.organiser_id
UNION ALL SELECT concat_ws(' ', 'answer', e.title, m.number, r.answer, r.guests, r.turn, r.changed_at)
	FROM coop.registrations r JOIN coop.events e ON e.id = r.event_id AND e.drawn_at IS NULL JOIN coop.members m ON m.id = r.member_id
UNION ALL SELECT concat_ws(' ', 'there', m.number, a.at) FROM coop.attendances a JOIN coop.members m ON m.id = a.member_id
UNION ALL SELECT concat_ws(' ', 'notice', b.name, n.seq, n.title, m.number, n.comments, n.thanks, n.created_at)
	FROM coop.notices n JOIN coop.boards b ON b.id = n.board_id JOIN coop.members m ON m.id = n.member_id
UNION ALL SELECT concat_ws(' ', 'comment', c.seq, c.body, m.number, c.created_at) FROM coop.comments c JOIN coop.members m ON m.id = c.member_id
UNION ALL SELECT concat_ws(' ', 'counts', m.number, p.month, p.help_given, p.help_received, p.events, p.board)
	FROM coop.participation p JOIN coop.members m ON m.id = p.member_id
UNION ALL SELECT concat_ws(' ', 'case', h.name, c.state, c.opened_at, c.last_contact_at) FROM support.cases c JOIN support.households h ON h.id = c.household_id
UNION ALL SELECT concat_ws(' ', 'contact', kind, reached, minutes, at) FROM support.contacts
UNION ALL SELECT concat_ws(' ', 'consent', scope, given_at) FROM bond.consents
ORDER BY 1`

func TestTheSameSeedTellsTheSameStory(t *testing.T) {
	now := time.Now()
	tell := func(seed uint64) (lines []string) {
		h := dbtest.Open(t)
		if err := demo.Tell(t.Context(), h, sealer(t), demo.Plot{Members: 14, Days: 40, Cases: 2, Seed: seed}, now, io.Discard); err != nil {
			t.Fatal(err)
		}
		if err := h.Owner.NewRaw(whole).Scan(t.Context(), &lines); err != nil {
			t.Fatal(err)
		}
		return lines
	}
	first, again, other := tell(5), tell(5), tell(6)
	for n := range min(len(first), len(again)) {
		if first[n] != again[n] {
			t.Fatalf("line %d of %d was\n  %s\nand is told again as\n  %s", n, len(first), first[n], again[n])
		}
	}
	if len(first) != len(again) {
		t.Errorf("told in %d lines and again in %d", len(first), len(again))
	}
	if slices.Equal(first, other) {
		t.Error("another seed tells the same story")
	}
}
