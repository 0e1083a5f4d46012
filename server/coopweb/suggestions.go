package coopweb

import (
	"strings"

	"lien/coop/exchange"
	"lien/server/page"
)

// suggestionWords say in one sentence why a neighbour's listing is suggested: what the two
// listings have in common, and nothing that either did not choose to tell.
func suggestionWords(w page.Words, s exchange.Suggestion) string {
	var why []string
	switch {
	case s.Why.Building:
		why = append(why, w.T("suggest.building"))
	case s.Why.Common:
		why = append(why, w.T("suggest.common"))
	case s.Why.Outside:
		why = append(why, w.T("suggest.outside"))
	}
	if s.Why.Times {
		part := partWords(w, []exchange.Part{s.Why.Part})
		why = append(why, w.T("suggest.times", "Day", w.Weekday(s.Why.Day), "Part", part))
	}
	if s.Why.Spoken != "" {
		why = append(why, w.T("suggest.spoken", "Tongue", page.Tongue(s.Why.Spoken)))
	}
	if len(why) == 0 {
		why = append(why, w.T("suggest.sort", "Sort", w.T("listing.category_"+string(s.Listing.Category))))
	}
	return w.T("suggest."+string(s.Listing.Kind), "Name", nameOf(w, s.Listing.Owner), "Why", strings.Join(why, w.T("listing.and")))
}
