package membership_test

import (
	"testing"
	"time"

	"github.com/google/uuid"

	"lien/coop/membership"
	"lien/rule"
)

func TestAPauseBeginsAndEndsByItself(t *testing.T) {
	h := founded(t) // on 2 March
	djamila := h.join("Djamila")
	rest := membership.Resting{Key: uuid.New(), From: "2026-03-28", Until: "2026-03-30"}
	for range 2 { // sent twice
		h.must(h.members.Rest(t.Context(), djamila, rest))
	}
	for _, moment := range []struct {
		at   time.Time
		want membership.State
	}{
		{time.Date(2026, 3, 27, 22, 59, 0, 0, time.UTC), membership.Active}, // 23:59 in Orléans
		{time.Date(2026, 3, 27, 23, 0, 0, 0, time.UTC), membership.Paused},  // midnight
		{time.Date(2026, 3, 30, 21, 59, 0, 0, time.UTC), membership.Paused}, // 23:59: the clocks changed meanwhile
		{time.Date(2026, 3, 30, 22, 0, 0, 0, time.UTC), membership.Active},
	} {
		h.now = moment.at
		h.due()
		if got := h.state(djamila); got != moment.want {
			t.Errorf("on %s they are %s, want %s", moment.at, got, moment.want)
		}
	}
	if n := h.due(); n != 0 {
		t.Errorf("%d things happen again", n)
	}
	h.checked()
}

func TestAPauseEndsEarlyByItsMember(t *testing.T) {
	h := founded(t)
	djamila := h.join("Djamila")
	wants(t, h.members.Resume(t.Context(), djamila), rule.ErrMoved)
	h.must(h.members.Rest(t.Context(), djamila, membership.Resting{Key: uuid.New(), Until: "2026-03-20"}))
	if p, found, err := h.members.Pausing(t.Context(), djamila, djamila.Member); err != nil || !found || !p.Begun() || p.UntilOn.Format(time.DateOnly) != "2026-03-20" {
		t.Fatalf("got %+v, %v, %v", p, found, err)
	}
	h.must(h.members.Resume(t.Context(), djamila))
	if got := h.state(djamila); got != membership.Active {
		t.Errorf("they are %s", got)
	}
	h.must(h.members.Rest(t.Context(), djamila, membership.Resting{Key: uuid.New(), From: "2026-03-10", Until: "2026-03-20"}))
	h.must(h.members.Resume(t.Context(), djamila)) // not begun: given up
	h.now = h.now.AddDate(0, 0, 10)
	h.due()
	if got := h.state(djamila); got != membership.Active {
		t.Errorf("a pause that was given up began: %s", got)
	}
}

func TestAPauseThatCannotBeSaysWhy(t *testing.T) {
	h := founded(t)
	djamila := h.join("Djamila")
	for _, c := range []struct{ from, until, field, key string }{
		{"2026-03-01", "2026-03-20", "from", "member.day.past"},
		{"2026-03-20", "2026-03-19", "until", "member.day.before"},
		{"2026-12-20", "2026-12-21", "from", "member.day.far"},
		{"2026-03-20", "2027-04-01", "until", "member.day.far"},
		{"demain", "2026-03-20", "from", "member.day.unknown"},
		{"", "", "until", "member.day.unknown"},
		{"", "2026-02-30", "until", "member.day.unknown"},
		{"", "99999-01-01", "until", "member.day.unknown"},
	} {
		breaks(t, h.members.Rest(t.Context(), djamila, membership.Resting{Key: uuid.New(), From: c.from, Until: c.until}), c.field, c.key)
	}
	h.must(h.members.Rest(t.Context(), djamila, membership.Resting{Key: uuid.New(), From: "2026-03-10", Until: "2026-03-20"}))
	err := h.members.Rest(t.Context(), djamila, membership.Resting{Key: uuid.New(), From: "2026-04-10", Until: "2026-04-20"})
	breaks(t, err, "from", "member.pause.already")
	err = h.members.Rest(t.Context(), h.aline, membership.Resting{Key: uuid.New(), Until: "2026-03-20"})
	breaks(t, err, "member", "member.last_facilitator")
}

func TestThePlannedPauseOfWhoBecameTheLastFacilitatorIsDropped(t *testing.T) {
	h := founded(t)
	rachid := h.join("Rachid")
	h.must(h.members.Entrust(t.Context(), h.aline, rachid.Member))
	h.must(h.members.Rest(t.Context(), rachid, membership.Resting{Key: uuid.New(), From: "2026-03-10", Until: "2026-03-20"}))
	h.must(h.members.Relieve(t.Context(), h.aline, h.aline.Member, membership.AFacilitator))
	h.now = h.now.AddDate(0, 0, 9)
	h.due()
	if got := h.state(rachid); got != membership.Active {
		t.Errorf("the last facilitator is %s", got)
	}
	if n := h.due(); n != 0 {
		t.Errorf("%d things happen again", n)
	}
}
