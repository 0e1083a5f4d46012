package event_test

import (
	"testing"
	"time"

	"github.com/google/uuid"

	"lien/coop"
	"lien/coop/event"
	"lien/coop/hours"
	"lien/rule"
)

// setUp is two hands that set the room up for Nadia's table, three at most, for an hour.
func setUp() event.Opening {
	return event.Opening{Key: uuid.New(), What: "Installer la salle", Language: "fr", Day: "2026-11-26", From: "17:30", Until: "18:30", Least: "2", Most: "3"}
}

func (s *street) needed(id coop.EventID, o event.Opening) coop.ShiftID {
	s.t.Helper()
	s.does(s.OpenShift(s.t.Context(), s.nadia, id, o))
	s.does(s.OpenShift(s.t.Context(), s.nadia, id, o)) // the second tap
	var shift coop.ShiftID
	err := s.db.Owner.NewRaw(`SELECT id FROM coop.shifts WHERE client_key = ?`, o.Key).Scan(s.t.Context(), &shift)
	s.does(err)
	return shift
}

func (s *street) lends(id coop.ShiftID, who coop.Actor, acts ...event.HandAct) {
	s.t.Helper()
	for _, act := range acts {
		s.does(s.Lend(s.t.Context(), who, id, act))
	}
}

// fills puts some of Nadia's hours into the fund.
func (s *street) fills(minutes int64) {
	s.t.Helper()
	_, err := hours.NewLedger(s.db.Coop, s.now).Gift(s.t.Context(), s.nadia, hours.Gift{Key: uuid.New(), Minutes: minutes, Language: "fr"})
	s.does(err)
}

func (s *street) balance(who coop.Actor) int {
	s.t.Helper()
	return s.count(`SELECT coalesce(sum(balance), 0) FROM coop.hours_accounts WHERE member_id = ?`, who.Member)
}

func (s *street) hand(id coop.ShiftID, who coop.Actor, want event.Hand, hands int) {
	s.t.Helper()
	if sh, err := s.ShowShift(s.t.Context(), who, id); err != nil || sh.Mine != want || sh.Hands != hands {
		s.t.Errorf("got %q among %d, %v; want %q among %d", sh.Mine, sh.Hands, err, want, hands)
	}
}

func TestAShiftIsOpenedByWhoRunsTheEvent(t *testing.T) {
	s := newStreet(t)
	id := s.announced("")
	is(t, s.OpenShift(t.Context(), s.member("Awa"), id, setUp()), rule.ErrForbidden)
	is(t, s.OpenShift(t.Context(), newStreet(t).aline, id, setUp()), rule.ErrNotFound)
	for _, c := range []struct {
		field, key string
		wrong      func(*event.Opening)
	}{
		{"what", "rule.too_short", func(o *event.Opening) { o.What = "x" }},
		{"from", "event.rule.clock", func(o *event.Opening) { o.From = "25:00" }},
		{"until", "event.rule.ends_first", func(o *event.Opening) { o.Until = "17:30" }},
		{"until", "hours.per_act", func(o *event.Opening) { o.From, o.Until = "08:00", "20:30" }},
		{"day", "event.rule.past", func(o *event.Opening) { o.Day = "2026-11-20" }},
		{"day", "shift.rule.around", func(o *event.Opening) { o.Day = "2026-11-29" }},
		{"least", "shift.rule.hands", func(o *event.Opening) { o.Least = "0" }},
		{"most", "shift.rule.hands", func(o *event.Opening) { o.Most = "51" }},
		{"most", "shift.rule.most_first", func(o *event.Opening) { o.Most = "1" }},
		{"language", "event.rule.language", func(o *event.Opening) { o.Language = "<b>" }},
	} {
		o := setUp()
		c.wrong(&o)
		refused(t, s.OpenShift(t.Context(), s.nadia, id, o), c.field, c.key)
	}
	s.needed(id, setUp())
	if n := s.count(`SELECT count(*) FROM coop.shifts`); n != 1 {
		t.Errorf("opened %d times, want once", n)
	}
}

func TestAShiftHasNoMoreHandsThanItTakes(t *testing.T) {
	s := newStreet(t)
	shift := s.needed(s.announced(""), setUp())
	people := make([]coop.Actor, 12)
	for n := range people {
		people[n] = s.member("Voisine")
	}
	full := 0
	for _, err := range together(24, func(i int) error { return s.Lend(t.Context(), people[i%12], shift, event.TakeShift) }) {
		if err != nil {
			refused(t, err, "shift", "shift.rule.full")
			full++
		}
	}
	if full != 18 {
		t.Errorf("%d were refused, want 18 of 24", full)
	}
	if n := s.count(`SELECT count(*) FROM coop.shift_hands WHERE state = 'on'`); n != 3 {
		t.Errorf("%d hands, want 3", n)
	}
}

func TestNobodyIsOnTwoShiftsAtOnce(t *testing.T) {
	s := newStreet(t)
	id, awa := s.announced(""), s.member("Awa")
	one, other := s.needed(id, setUp()), s.needed(id, setUp())
	next := setUp()
	next.From, next.Until = "18:30", "19:00"
	after := s.needed(id, next)
	refusals := 0
	for _, err := range together(2, func(i int) error { return s.Lend(t.Context(), awa, []coop.ShiftID{one, other}[i], event.TakeShift) }) {
		if err != nil {
			refused(t, err, "shift", "shift.rule.busy")
			refusals++
		}
	}
	if refusals != 1 {
		t.Errorf("%d of two shifts at once were refused, want one", refusals)
	}
	s.lends(after, awa, event.TakeShift)
}

func TestAStandInTakesOverAndBothAreTold(t *testing.T) {
	s := newStreet(t)
	shift, awa, paul, zoe := s.needed(s.announced(""), setUp()), s.member("Awa"), s.member("Paul"), s.member("Zoé")
	is(t, s.Lend(t.Context(), paul, shift, event.TakeOver), rule.ErrMoved) // nobody seeks
	s.lends(shift, awa, event.TakeShift, event.SeekOther, event.SeekOther)
	s.hand(shift, awa, event.HandSeeking, 1) // until then the first stays on
	s.told(s.nadia, "shift_seeks", 1)
	taken := 0
	for _, err := range together(2, func(i int) error {
		return s.Lend(t.Context(), []coop.Actor{paul, zoe}[i], shift, event.TakeOver)
	}) {
		if err == nil {
			taken++
		} else {
			is(t, err, rule.ErrMoved)
		}
	}
	if taken != 1 {
		t.Errorf("%d took over, want one", taken)
	}
	s.hand(shift, awa, event.HandOff, 1)
	s.told(awa, "shift_relieved", 1)
	if n := s.count(`SELECT count(*) FROM coop.inbox WHERE kind = 'shift_stands'`); n != 1 {
		t.Errorf("%d were told that they stand in, want one", n)
	}
}

func TestNobodyStandsInForWhoIsHiddenFromThem(t *testing.T) {
	s := newStreet(t)
	shift, awa, paul := s.needed(s.announced(""), setUp()), s.member("Awa"), s.member("Paul")
	s.sql(`INSERT INTO coop.blocks (cooperative_id, member_id, hidden_id, at) VALUES (?, ?, ?, ?)`, s.cooperative, awa.Member, paul.Member, thursday)
	s.lends(shift, awa, event.TakeShift, event.SeekOther)
	if sh, err := s.ShowShift(t.Context(), paul, shift); err != nil || sh.Seeking {
		t.Errorf("Paul sees that somebody hidden seeks: %v", err)
	}
	is(t, s.Lend(t.Context(), paul, shift, event.TakeOver), rule.ErrMoved)
}

func TestAHandIsGivenBackUntilTheShiftBegins(t *testing.T) {
	s := newStreet(t)
	shift, awa := s.needed(s.announced(""), setUp()), s.member("Awa")
	s.lends(shift, awa, event.TakeShift, event.GiveBack, event.GiveBack, event.TakeShift)
	s.told(s.nadia, "shift_given_back", 1)
	s.at(starts.Add(-time.Hour)) // it begins
	is(t, s.Lend(t.Context(), awa, shift, event.GiveBack), rule.ErrMoved)
	is(t, s.Lend(t.Context(), awa, shift, event.SeekOther), rule.ErrMoved)
	s.lends(shift, s.member("Paul"), event.TakeShift) // a hand more is welcome
	s.at(starts)
	is(t, s.Lend(t.Context(), s.member("Zoé"), shift, event.TakeShift), rule.ErrMoved)
}

func TestWhatIsCalledOffFreesItsHandsAndTellsThem(t *testing.T) {
	s := newStreet(t)
	id, awa := s.announced(""), s.member("Awa")
	shift, other := s.needed(id, setUp()), setUp()
	other.From, other.Until = "20:30", "21:00"
	tidy := s.needed(id, other)
	s.lends(shift, awa, event.TakeShift)
	s.lends(tidy, awa, event.TakeShift)
	is(t, s.CloseShift(t.Context(), awa, tidy), rule.ErrForbidden)
	s.does(s.CloseShift(t.Context(), s.nadia, tidy))
	s.does(s.CloseShift(t.Context(), s.nadia, tidy))
	s.told(awa, "shift_called_off", 1)
	s.hand(shift, awa, event.HandOn, 1)
	s.does(s.Cancel(t.Context(), s.nadia, id, "La salle est fermée."))
	s.told(awa, "shift_called_off", 2)
	s.hand(shift, awa, event.HandOff, 0)
	is(t, s.Lend(t.Context(), awa, shift, event.TakeShift), rule.ErrMoved)
}

func TestShiftsMoveWithTheirEventOnTheWallClock(t *testing.T) {
	s := newStreet(t)
	id, awa := s.announced(""), s.member("Awa")
	shift := s.needed(id, setUp())
	s.lends(shift, awa, event.TakeShift)
	a := table("")
	c := event.Change{Scope: event.This, Title: a.Title, Place: a.Place}
	c.Day, c.From, c.Until = "2027-04-01", "19:00", "21:00" // in summer time
	s.does(s.Change(t.Context(), s.nadia, id, c))
	sh, err := s.ShowShift(t.Context(), awa, shift)
	if want := time.Date(2027, 4, 1, 16, 0, 0, 0, time.UTC); err != nil || !sh.StartsAt.Equal(want) || sh.Minutes() != 60 {
		t.Errorf("starts at %v for %d minutes, %v; want %v for 60", sh.StartsAt, sh.Minutes(), err, want)
	}
	s.told(awa, "shift_moved", 1)
}

func TestMissingHandsAreToldOfOnceTwoDaysAhead(t *testing.T) {
	s := newStreet(t)
	id, awa := s.announced(""), s.member("Awa")
	shift := s.needed(id, setUp())
	begins := starts.Add(-time.Hour)
	s.lends(shift, awa, event.TakeShift)
	watch := func(at time.Time, told int) {
		t.Helper()
		s.at(at)
		if _, err := s.WatchShifts(t.Context()); err != nil {
			t.Fatal(err)
		}
		s.told(s.nadia, "shift_short", told)
		s.told(s.aline, "shift_short", told)
		s.told(awa, "shift_short", 0)
	}
	watch(begins.Add(-48*time.Hour-time.Second), 0)
	watch(begins.Add(-48*time.Hour), 1)
	watch(begins.Add(-40*time.Hour), 1)
	late := s.needed(id, setUp()) // too late for two days ahead: the organiser has two hours first
	watch(begins.Add(-39*time.Hour), 1)
	watch(begins.Add(-38*time.Hour), 2)
	s.does(s.CloseShift(t.Context(), s.nadia, late))
}

func TestWhoRestsOrLeavesIsTakenOffAndTheOrganiserTold(t *testing.T) {
	s := newStreet(t)
	shift, awa, paul := s.needed(s.announced(""), setUp()), s.member("Awa"), s.member("Paul")
	s.lends(shift, awa, event.TakeShift)
	s.lends(shift, paul, event.TakeShift)
	s.sql(`UPDATE coop.members SET state = 'left' WHERE id = ?; UPDATE coop.members SET state = 'paused' WHERE id = ?`, awa.Member, paul.Member)
	s.sql(`INSERT INTO coop.pauses (cooperative_id, id, member_id, from_on, until_on, client_key, asked_at, begun_at)
		VALUES (?0, ?1, ?2, '2026-11-20', '2026-11-26', ?1, ?3, ?3)`, s.cooperative, uuid.New(), paul.Member, thursday)
	for range 2 {
		if _, err := s.WatchShifts(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	if n := s.count(`SELECT count(*) FROM coop.shift_hands WHERE state <> 'off'`); n != 0 {
		t.Errorf("%d hands are left, want none", n)
	}
	s.told(s.nadia, "shift_freed", 2)
}

func TestSixtyFourConfirmationsAreOneCredit(t *testing.T) {
	s := newStreet(t)
	id, awa := s.announced(""), s.member("Awa")
	shift := s.needed(id, setUp())
	s.lends(shift, awa, event.TakeShift)
	s.fills(600)
	s.at(ends)
	for _, err := range together(64, func(i int) error {
		return s.ConfirmHand(t.Context(), []coop.Actor{s.nadia, s.aline}[i%2], shift, awa.Member)
	}) {
		if err != nil {
			t.Error(err)
		}
	}
	if n := s.balance(awa); n != 60 {
		t.Errorf("Awa has %d minutes, want 60", n)
	}
	if n := s.count(`SELECT count(*) FROM coop.transfers WHERE kind = 'fund'`); n != 1 {
		t.Errorf("%d transfers, want 1", n)
	}
	if n := s.counted(awa); n != 1 {
		t.Errorf("counted %d times, want once", n)
	}
	s.told(awa, "shift_credited", 1)
	refused(t, s.Undo(t.Context(), s.nadia, id, awa.Member), "member", "event.rule.credited")
}

func TestNobodyConfirmsTheirOwnAttendance(t *testing.T) {
	s := newStreet(t)
	shift, awa := s.needed(s.announced(""), setUp()), s.member("Awa")
	s.lends(shift, awa, event.TakeShift)
	s.lends(shift, s.nadia, event.TakeShift)
	s.fills(600)
	is(t, s.ConfirmHand(t.Context(), s.aline, shift, awa.Member), rule.ErrMoved) // not yet
	s.at(ends)
	is(t, s.ConfirmHand(t.Context(), s.nadia, shift, s.nadia.Member), rule.ErrForbidden)
	is(t, s.ConfirmHand(t.Context(), awa, shift, awa.Member), rule.ErrForbidden)
	is(t, s.ConfirmHand(t.Context(), s.aline, shift, s.member("Paul").Member), rule.ErrNotFound)
	s.does(s.ConfirmHand(t.Context(), s.aline, shift, s.nadia.Member))
	s.at(ends.Add(31 * 24 * time.Hour))
	is(t, s.ConfirmHand(t.Context(), s.aline, shift, awa.Member), rule.ErrMoved)
}

func TestTheFundGivesWhatItHas(t *testing.T) {
	s := newStreet(t)
	shift, awa := s.needed(s.announced(""), setUp()), s.member("Awa")
	s.lends(shift, awa, event.TakeShift)
	s.fills(59)
	s.at(ends)
	refused(t, s.ConfirmHand(t.Context(), s.aline, shift, awa.Member), "minutes", "hours.fund_is_short")
	if n := s.count(`SELECT count(*) FROM coop.attendances`); n != 0 {
		t.Error("half of it was done")
	}
	s.fills(1)
	s.does(s.ConfirmHand(t.Context(), s.aline, shift, awa.Member))
}

func TestWhatWasCreditedInErrorGoesBackOnce(t *testing.T) {
	s := newStreet(t)
	id, awa := s.announced(""), s.member("Awa")
	shift := s.needed(id, setUp())
	s.lends(shift, awa, event.TakeShift)
	s.fills(600)
	s.at(ends)
	s.does(s.ConfirmHand(t.Context(), s.nadia, shift, awa.Member))
	is(t, s.InvalidateHand(t.Context(), awa, shift, awa.Member, "Une autre fois"), rule.ErrForbidden)
	refused(t, s.InvalidateHand(t.Context(), s.nadia, shift, awa.Member, "x"), "why", "rule.too_short")
	for _, err := range together(16, func(int) error {
		return s.InvalidateHand(t.Context(), s.nadia, shift, awa.Member, "C’était une autre Awa.")
	}) {
		if err != nil {
			t.Error(err)
		}
	}
	if n := s.balance(awa); n != 0 {
		t.Errorf("Awa has %d minutes, want none", n)
	}
	if n := s.count(`SELECT count(*) FROM coop.transfers WHERE kind = 'correction'`); n != 1 {
		t.Errorf("%d corrections, want 1", n)
	}
	s.told(awa, "shift_uncredited", 1)
	if back, err := s.TakenBack(t.Context(), awa); err != nil || len(back) != 1 || back[0].Why != "C’était une autre Awa." || back[0].Minutes != 60 {
		t.Errorf("got %+v, %v", back, err)
	}
	s.does(s.Undo(t.Context(), s.nadia, id, awa.Member))
	s.does(s.ConfirmHand(t.Context(), s.nadia, shift, awa.Member)) // it was her after all
	if n := s.balance(awa); n != 60 {
		t.Errorf("Awa has %d minutes, want 60", n)
	}
}
