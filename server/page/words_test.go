package page_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"lien/rule"
	"lien/server/page"
)

func paris(t *testing.T, text string) time.Time {
	t.Helper()
	zone, err := time.LoadLocation("Europe/Paris")
	if err != nil {
		t.Fatal(err)
	}
	at, err := time.ParseInLocation("2006-01-02 15:04", text, zone)
	if err != nil {
		t.Fatal(err)
	}
	return at
}

func TestMomentsAreToldInWords(t *testing.T) {
	// It is Thursday, 26 November 2026, 17:40 in Paris.
	for _, c := range []struct{ lang, at, want string }{
		{"fr", "2026-11-26 18:00", "aujourd’hui à 18 h"},
		{"fr", "2026-11-27 18:30", "demain à 18 h 30"},
		{"fr", "2026-11-25 09:05", "hier à 9 h 05"},
		{"fr", "2026-11-28 10:00", "samedi à 10 h"},
		{"fr", "2026-12-05 10:00", "samedi 5 décembre à 10 h"},
		{"fr", "2027-03-01 10:00", "lundi 1er mars 2027 à 10 h"},
		{"en", "2026-11-27 18:30", "tomorrow at 18:30"},
		{"ar", "2026-11-27 18:30", "غدًا على الساعة 18:30"},
		{"ar", "2026-12-05 10:00", "السبت 5 ديسمبر على الساعة 10:00"},
	} {
		if got := plain(words(t, c.lang).When(paris(t, c.at))); got != c.want {
			t.Errorf("%s, %s: got %q, want %q", c.at, c.lang, got, c.want)
		}
	}
}

func TestADayEndsAtMidnightInTheNeighbourhood(t *testing.T) {
	w := words(t, "fr")
	if got := w.NearDay(paris(t, "2026-11-26 23:59")); got != "aujourd’hui" {
		t.Errorf("the evening: got %q", got)
	}
	if got := w.NearDay(paris(t, "2026-11-27 00:01")); got != "demain" {
		t.Errorf("after midnight: got %q", got)
	}
}

func TestThePastIsToldByItsNearness(t *testing.T) {
	for _, c := range []struct {
		lang string
		ago  time.Duration
		want string
	}{
		{"fr", 20 * time.Second, "à l’instant"},
		{"fr", time.Minute, "il y a 1 minute"},
		{"fr", 20 * time.Minute, "il y a 20 minutes"},
		{"fr", 3 * time.Hour, "aujourd’hui à 14 h 40"},
		{"ar", 2 * time.Minute, "منذ دقيقتين"},
		{"ar", 3 * time.Minute, "منذ 3 دقائق"},
		{"ar", 20 * time.Minute, "منذ 20 دقيقة"},
	} {
		if got := plain(words(t, c.lang).Ago(thursday.Add(-c.ago))); got != c.want {
			t.Errorf("%s ago, %s: got %q, want %q", c.ago, c.lang, got, c.want)
		}
	}
}

func TestHoursAreSaidAsPeopleSayThem(t *testing.T) {
	for _, c := range []struct {
		lang    string
		minutes int64
		want    string
	}{
		{"fr", 90, "1 h 30"},
		{"fr", 65, "1 h 05"},
		{"fr", 45, "45 min"},
		{"fr", 120, "2 h"},
		{"fr", -195, "−3 h 15"},
		{"fr", 72000, "1 200 h"},
		{"ar", 60, "ساعة واحدة"},
		{"ar", 120, "ساعتان"},
		{"ar", 195, "3 ساعات و15 دقيقة"},
		{"ar", 45, "45 دقيقة"},
	} {
		if got := plain(words(t, c.lang).Hours(c.minutes)); got != c.want {
			t.Errorf("%d minutes, %s: got %q, want %q", c.minutes, c.lang, got, c.want)
		}
	}
}

func TestARefusalIsSaidBesideItsFieldInTheRightPlural(t *testing.T) {
	for lang, want := range map[string]string{
		"fr": "C’est un peu long : 80 caractères au plus.",
		"ar": "هذا طويل قليلًا. الحد الأقصى: 80 حرفًا.",
	} {
		problems, ok := page.ProblemsOf(words(t, lang), rule.Broken("title", "rule.too_long", "most", 80))
		if got := plain(problems["title"]); !ok || got != want {
			t.Errorf("%s: got %q, want %q", lang, got, want)
		}
	}
	if _, ok := page.ProblemsOf(words(t, "fr"), errors.New("the disk is full")); ok {
		t.Error("an error that is no refusal became a sentence")
	}
}

func TestARawKeyIsNeverShown(t *testing.T) {
	l, log := languages(t)
	if got := l.Of("en").T("no.such.key"); got != "" {
		t.Errorf("got %q, want nothing", got)
	}
	if !strings.Contains(log.String(), "no.such.key") {
		t.Errorf("the log does not name the key: %s", log)
	}
}

func TestANameDoesNotDisturbASentenceInAnotherDirection(t *testing.T) {
	got := words(t, "ar").T("error.reference", "Number", page.Name("Jean-Luc"))
	if !strings.Contains(got, "\u2068Jean-Luc\u2069") {
		t.Errorf("the name is not set apart: %q", got)
	}
}

func TestNoPageSendsAPersonToAnotherSite(t *testing.T) {
	for path, want := range map[string]string{
		"/me": "/me", "": "/", "//evil.example": "/", "https://evil.example": "/",
		"/\\evil.example": "/", "/a\r\nSet-Cookie: x": "/", "javascript:alert(1)": "/",
	} {
		if got := page.OwnPath(path); got != want {
			t.Errorf("%q: got %q, want %q", path, got, want)
		}
	}
}

// plain replaces the spaces that do not break, so that a test can be read.
func plain(text string) string {
	return strings.NewReplacer("\u00a0", " ", "\u202f", " ").Replace(text)
}
