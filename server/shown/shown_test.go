package shown_test

import (
	"log/slog"
	"testing"
	"time"

	"lien/server/page"
	"lien/server/shown"
	"lien/support/bond"
)

func words(t *testing.T, language string) page.Words {
	t.Helper()
	languages, err := page.NewLanguages(time.Now, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	return languages.Of(language)
}

func TestASummaryLeavesOutWhatHasNothingToSay(t *testing.T) {
	words := words(t, "fr")
	for _, nothing := range []*bond.Summary{nil, {}} {
		if got := shown.Bands(words, nothing); len(got) != 0 {
			t.Errorf("got %v, want nothing", got)
		}
	}
	got := shown.Bands(words, &bond.Summary{Joined: "2026-03", Received: "1-3"})
	want := []page.Band{{Term: "Membre depuis", Value: "mars 2026"}, {Term: "Aide reçue", Value: "1 à 3 fois"}}
	if len(got) != 2 || got[0] != want[0] || got[1] != want[1] {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestEveryBandIsSaidInEveryLanguage(t *testing.T) {
	for _, code := range page.Codes() {
		words := words(t, code)
		for _, times := range []string{"1-3", "4-9", "10+"} {
			for _, months := range []string{"1-2", "3-4", "5-6"} {
				for _, trend := range []string{"up", "stable", "down", "new"} {
					all := bond.Summary{
						Joined: "2026-01", Active: months, Given: times, Received: times, Trend: trend,
						Roles: []string{"facilitator", "treasurer", "scrutineer"},
					}
					bands := shown.Bands(words, &all)
					if len(bands) != 6 {
						t.Errorf("%s: %d bands of %+v, want 6", code, len(bands), all)
					}
					for _, b := range bands {
						if b.Term == "" || b.Value == "" {
							t.Errorf("%s: %+v is not said", code, all)
						}
					}
				}
			}
		}
	}
}
