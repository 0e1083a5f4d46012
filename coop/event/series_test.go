package event

import (
	"errors"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/teambition/rrule-go"
	"pgregory.net/rapid"

	"lien/rule"
)

func dayNamed(t testing.TB, text string) time.Time {
	t.Helper()
	d, err := time.Parse(time.DateOnly, text)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// The dates are those of the examples in RFC 5545, section 3.8.5.3, as far as there are
// rhythms of their kind.
func TestTheExamplesOfTheStandardHaveTheirDates(t *testing.T) {
	for name, c := range map[string]struct {
		rhythm Rhythm
		first  string
		want   string
	}{
		"weekly":                       {EveryWeek, "1997-09-02", "1997-09-02 1997-09-09 1997-09-16 1997-09-23 1997-09-30 1997-10-07 1997-10-14"},
		"every other week":             {EveryTwo, "1997-09-02", "1997-09-02 1997-09-16 1997-09-30 1997-10-14 1997-10-28 1997-11-11"},
		"monthly on the first Friday":  {MonthlyNth, "1997-09-05", "1997-09-05 1997-10-03 1997-11-07 1997-12-05 1998-01-02 1998-02-06"},
		"monthly on the fifth Friday":  {MonthlyNth, "2027-01-29", "2027-01-29 2027-04-30 2027-07-30 2027-10-29 2027-12-31"},
		"the last Monday":              {MonthlyLast, "2026-11-30", "2026-11-30 2026-12-28 2027-01-25 2027-02-22 2027-03-29"},
		"the 31st, where there is one": {MonthlyOnDay, "2027-01-31", "2027-01-31 2027-03-31 2027-05-31 2027-07-31"},
		"the 29th of a leap February":  {MonthlyOnDay, "2028-01-29", "2028-01-29 2028-02-29 2028-03-29"},
	} {
		first := dayNamed(t, c.first)
		var got []string
		for _, d := range c.rhythm.Days(first, first.AddDate(0, 0, -1), first.AddDate(1, 0, 0)) {
			got = append(got, d.Format(time.DateOnly))
		}
		want := strings.Fields(c.want)
		if len(got) < len(want) || !slices.Equal(got[:len(want)], want) {
			t.Errorf("%s: got %v, want %v", name, got, want)
		}
	}
}

// Ten thousand rhythms have the dates that another reader finds in their rules.
func TestASecondReaderOfTheRulesAgrees(t *testing.T) {
	dice := rand.New(rand.NewPCG(1, 2))
	for range 10_000 {
		first := dayOf(2026, 1, 1).AddDate(0, 0, dice.IntN(2000))
		r := Rhythms()[1+dice.IntN(len(Rhythms())-1)]
		if !r.begins(first) {
			r = MonthlyNth
		}
		read, err := rrule.StrToRRule(r.Rule(first))
		if err != nil {
			t.Fatalf("%s: %v", r.Rule(first), err)
		}
		read.DTStart(first)
		until := first.AddDate(0, 0, 400)
		if got, want := r.Days(first, first.AddDate(0, 0, -1), until), read.Between(first, until, true); !slices.EqualFunc(got, want, time.Time.Equal) {
			t.Errorf("%s from %s: got %v, want %v", r.Rule(first), first.Format(time.DateOnly), got, want)
		}
	}
}

func TestEighteenStaysEighteenWhateverTheClocksDo(t *testing.T) {
	paris, err := time.LoadLocation("Europe/Paris")
	if err != nil {
		t.Fatal(err)
	}
	rapid.Check(t, func(t *rapid.T) {
		first := dayOf(2026, 1, 1).AddDate(0, 0, rapid.IntRange(0, 3000).Draw(t, "day"))
		hour := rapid.IntRange(4, 23).Draw(t, "hour")
		sr := Series{
			Zone: "Europe/Paris", FirstOn: first, Rhythm: rapid.SampledFrom(Rhythms()[1:]).Draw(t, "rhythm"),
			FromClock: time.Date(0, 1, 1, hour, 30, 0, 0, time.UTC).Format(clock), UntilClock: time.Date(0, 1, 1, hour, 45, 0, 0, time.UTC).Format(clock),
		}
		for _, day := range sr.Days(first.AddDate(0, 0, -1), first.AddDate(1, 0, 0)) {
			starts, _, err := sr.on(day)
			local := starts.In(paris)
			if err != nil || local.Format(clock) != sr.FromClock || local.Format(time.DateOnly) != day.Format(time.DateOnly) {
				t.Fatalf("%s at %s is %s (%v)", day.Format(time.DateOnly), sr.FromClock, local, err)
			}
		}
	})
}

func TestASeriesThatMeetsAnHourThatDoesNotExistIsRefusedWithItsDay(t *testing.T) {
	sr := Series{Zone: "Europe/Paris", FirstOn: dayNamed(t, "2026-11-29"), Rhythm: EveryWeek, FromClock: "02:30", UntilClock: "04:00"}
	var broken *rule.Invalid
	if err := sr.everExists(); !errors.As(err, &broken) || broken.Rule != "event.rule.no_such_time_on" || !broken.Args["day"].(time.Time).Equal(dayNamed(t, "2027-03-28")) {
		t.Errorf("got %v %v", err, broken)
	}
	sr.FirstOn = dayNamed(t, "2026-11-30") // Mondays never meet it
	if err := sr.everExists(); err != nil {
		t.Error(err)
	}
}

func TestPublicHolidaysAreThoseOfTheLaw(t *testing.T) {
	for year, want := range map[int]string{
		2026: "01-01 04-06 05-01 05-08 05-14 05-25 07-14 08-15 11-01 11-11 12-25",
		2027: "01-01 03-29 05-01 05-06 05-08 05-17 07-14 08-15 11-01 11-11 12-25",
		2038: "01-01 04-26 05-01 05-08 06-03 06-14 07-14 08-15 11-01 11-11 12-25",
	} {
		var got []string
		for d := dayOf(year, 1, 1); d.Year() == year; d = d.AddDate(0, 0, 1) {
			if PublicHoliday(d) {
				got = append(got, d.Format("01-02"))
			}
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%d: got %v, want %s", year, got, want)
		}
	}
}

// Each school year follows the one before, its holidays follow each other inside of it, and
// begin on a Saturday or after Ascension.
func TestTheSchoolYearsFollowEachOther(t *testing.T) {
	for n, year := range zoneB {
		if n > 0 && !year.from.Equal(zoneB[n-1].through.AddDate(0, 0, 1)) {
			t.Errorf("the year from %s leaves a gap", year.from)
		}
		last := year.from
		for _, h := range year.holidays {
			ascension := h[0].Equal(easter(h[0].Year()).AddDate(0, 0, 40))
			if h[0].Before(last) || h[1].Before(h[0]) || h[1].After(year.through) || h[0].Weekday() != time.Saturday && !ascension {
				t.Errorf("holidays from %s to %s", h[0], h[1])
			}
			last = h[1]
		}
	}
}

func TestHolidaysAreSkippedAndWhatNobodyKnowsIsNotGuessed(t *testing.T) {
	sr := Series{FirstOn: dayNamed(t, "2026-12-01"), Rhythm: EveryWeek, SkipsSchool: true, SkipsPublic: true}
	got := sr.Days(sr.FirstOn, dayNamed(t, "2027-03-10"))
	for _, d := range got {
		if SchoolHoliday(d) || PublicHoliday(d) {
			t.Errorf("%s is a holiday", d)
		}
	}
	if want := 10; len(got) != want { // of 14 Tuesdays two are in winter and two at Christmas
		t.Errorf("got %d dates, want %d: %v", len(got), want, got)
	}
	if skipped := sr.Skipped(sr.FirstOn, dayNamed(t, "2027-03-10")); len(skipped) != 4 {
		t.Errorf("left out: %v", skipped)
	}
	if late := sr.Days(SchoolKnownThrough(), SchoolKnownThrough().AddDate(1, 0, 0)); len(late) != 0 || !sr.Unknown() {
		t.Errorf("nobody knows the holidays of %v", late)
	}
	sr.SkipsSchool = false
	if late := sr.Days(SchoolKnownThrough(), SchoolKnownThrough().AddDate(1, 0, 0)); len(late) < 50 || sr.Unknown() {
		t.Errorf("got %d dates", len(late))
	}
}

func FuzzAFormOfASeriesIsRefusedOrKept(f *testing.F) {
	f.Add("week", "2026-12-01", "18:30", "20:30", "2027-06-30", true, true)
	f.Add("month_last", "2026-12-25", "23:00", "02:00", "", false, false)
	f.Add("month_day", "2028-02-29", "02:30", "04:00", " 9999-12-31 ", true, false)
	f.Add("FREQ=SECONDLY", "0000-00-00", "24:00", "-1:00", "x", false, true)
	f.Fuzz(func(t *testing.T, rhythm, day, from, until, last string, public, school bool) {
		a := Announcement{Title: "Table", Place: "Salle", Language: "fr", Rhythm: Rhythm(rhythm), Day: day, From: from, Until: until, LastDay: last}
		if public {
			a.Skip = append(a.Skip, PublicHolidays)
		}
		if school {
			a.Skip = append(a.Skip, SchoolHolidays)
		}
		e, err := a.checked("Europe/Paris", time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC))
		if err != nil {
			return
		}
		sr, err := a.series(e)
		var broken *rule.Invalid
		switch {
		case errors.As(err, &broken):
		case err != nil:
			t.Fatalf("%+v: %v", a, err)
		default:
			days := sr.Days(sr.FirstOn.AddDate(0, 0, -1), sr.FirstOn.AddDate(2, 0, 0))
			if len(days) == 0 || !days[0].Equal(sr.FirstOn) || len(days) > 106 {
				t.Fatalf("%+v makes %d days", a, len(days))
			}
			for _, d := range days {
				if _, _, err := sr.on(d); err != nil {
					t.Fatalf("%+v: %s: %v", a, d, err)
				}
			}
		}
	})
}
