// Package shown draws what a person chose to show of their social bond: once, for the
// referent's page and for the preview that the person sees before choosing, so that the
// two cannot differ.
package shown

import (
	"slices"
	"strings"
	"time"

	"lien/server/page"
	"lien/support/bond"
)

// Bands says a summary in words; a line with nothing to say is left out.
func Bands(w page.Words, s *bond.Summary) []page.Band {
	if s == nil {
		return nil
	}
	var roles []string
	for _, role := range s.Roles {
		roles = append(roles, w.T("participation.role."+role))
	}
	joined := ""
	if month, err := time.Parse("2006-01", s.Joined); err == nil {
		joined = w.Month(month)
	}
	bands := []page.Band{
		{Term: w.T("participation.joined"), Value: joined},
		{Term: w.T("participation.active"), Value: said(w, "participation.months.", s.Active)},
		{Term: w.T("participation.given"), Value: said(w, "participation.times.", s.Given)},
		{Term: w.T("participation.received"), Value: said(w, "participation.times.", s.Received)},
		{Term: w.T("participation.roles"), Value: strings.Join(roles, w.T("bond.comma"))},
		{Term: w.T("participation.trend"), Value: said(w, "participation.course.", s.Trend)},
	}
	return slices.DeleteFunc(bands, func(b page.Band) bool { return b.Value == "" })
}

// said is the words of a band, or nothing for none.
func said(w page.Words, prefix, band string) string {
	if band == "" {
		return ""
	}
	return w.T(prefix + band)
}

// Chart draws the six months that end with this one. A way of taking part that has
// nothing in any month is left out.
func Chart(w page.Words, months []bond.Month) page.Chart {
	chart := page.Chart{
		Label: w.T("bond.chart.label"), Caption: w.T("bond.chart.caption"), Table: w.T("bond.chart.table"), First: w.T("participation.count.month"),
	}
	counts := map[string][5]int{}
	for _, m := range months {
		counts[m.Month.Format("2006-01")] = [5]int{m.HelpGiven, m.HelpReceived, m.Events, m.Board, m.Assemblies}
	}
	series := [5]page.Series{
		{Class: "a", Name: w.T("participation.count.help_given")},
		{Class: "b", Name: w.T("participation.count.help_received")},
		{Class: "c", Name: w.T("participation.count.events")},
		{Class: "d", Name: w.T("participation.count.board")},
		{Class: "e", Name: w.T("participation.count.assemblies")},
	}
	now, sums := w.Now(), [5]int{}
	for back := 5; back >= 0; back-- {
		first := time.Date(now.Year(), now.Month()-time.Month(back), 1, 12, 0, 0, 0, w.Zone())
		chart.Columns = append(chart.Columns, w.ShortMonth(first))
		for n, v := range counts[first.Format("2006-01")] {
			series[n].Values, sums[n] = append(series[n].Values, v), sums[n]+v
		}
	}
	for n, s := range series {
		if sums[n] > 0 {
			chart.Series = append(chart.Series, s)
		}
	}
	return chart
}
