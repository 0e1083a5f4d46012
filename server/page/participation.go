package page

import (
	"strings"
	"time"
)

// TakingPart is how somebody took part, in the bands in which the summary is drawn. The
// private area and the referent's page say it in the same words, because both say it here.
type TakingPart struct {
	Joined   string   `json:"joined"` // 2026-11
	Active   string   `json:"active"`
	Given    string   `json:"given"`
	Received string   `json:"received"`
	Roles    []string `json:"roles"`
	Trend    string   `json:"trend"`
}

// Bands are the lines of the summary; one with nothing to say is absent, never zero.
func (p TakingPart) Bands(w Words) []Band {
	var bands []Band
	add := func(term, value string) {
		if value != "" {
			bands = append(bands, Band{Term: term, Value: value})
		}
	}
	if joined, err := time.ParseInLocation("2006-01", p.Joined, w.zone); err == nil {
		add(w.T("participation.joined"), w.Month(joined))
	}
	add(w.T("participation.active"), w.said("participation.months.", p.Active))
	add(w.T("participation.given"), w.said("participation.times.", p.Given))
	add(w.T("participation.received"), w.said("participation.times.", p.Received))
	add(w.T("participation.trend"), w.said("participation.course.", p.Trend))
	var roles []string
	for _, role := range p.Roles {
		roles = append(roles, w.said("participation.role.", role))
	}
	add(w.T("participation.roles"), strings.Join(roles, ", "))
	return bands
}

// said is the sentence of one of a few values, and nothing for none.
func (w Words) said(begin, value string) string {
	if value == "" {
		return ""
	}
	return w.T(begin + value)
}
