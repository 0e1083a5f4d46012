package page_test

import (
	"testing"

	"lien/server/page"
)

func TestASummaryLeavesOutWhatHasNothingToSay(t *testing.T) {
	words := words(t, "fr")
	if got := (page.TakingPart{}).Bands(words); len(got) != 0 {
		t.Errorf("got %v, want nothing", got)
	}
	got := page.TakingPart{Joined: "2026-03", Received: "1-3"}.Bands(words)
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
					all := page.TakingPart{
						Joined: "2026-01", Active: months, Given: times, Received: times, Trend: trend,
						Roles: []string{"facilitator", "treasurer", "scrutineer"},
					}
					for _, b := range all.Bands(words) {
						if b.Term == "" || b.Value == "" {
							t.Errorf("%s: %+v is not said", code, all)
						}
					}
				}
			}
		}
	}
}
