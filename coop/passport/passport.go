// Package passport is the skills passport: a page that a member makes of what they did for
// others, hours by theme, evenings that they were part of, words of thanks, the languages
// they speak, and gives to whom they choose as a sheet of paper or a link.
//
// What always holds: nothing is on it that its member did not choose for this very sheet;
// hours are those that both sides confirmed; a stranger checks a link without an account and
// learns no more than the sheet says; it ends by itself, and at once when its member
// withdraws it. It knows nothing but the cooperative.
package passport

import (
	"slices"
	"time"

	"github.com/google/uuid"

	"lien/coop"
	"lien/rule"
)

// Theme is how long a member helped with one sort of help, in minutes.
type Theme struct {
	Category string `json:"category"`
	Minutes  int64  `json:"minutes"`
}

// Thanks are somebody's words to the member, who chose to show them. Who said them stays
// between the two.
type Thanks struct {
	Agreement coop.AgreementID
	Words     string
	Language  string
	At        time.Time
}

// Facts are what a member could put on their passport today.
type Facts struct {
	Name      string
	House     string
	Since     time.Time
	Themes    []Theme
	Attended  int // events that they came to
	Organised int // events that they held
	Languages []string
	Thanks    []Thanks
}

// Wish is what a member chooses for one passport. Key makes a second send return the first.
type Wish struct {
	Key       uuid.UUID
	Name      string
	Words     string
	Language  string // of the words
	Themes    []string
	Events    bool
	Since     bool
	Languages []string
	Thanks    []coop.AgreementID
	Days      int
}

// Shown is what a passport says. Thanks are read when it is.
type Shown struct {
	Name      string    `json:"name"`
	House     string    `json:"house"`
	Words     string    `json:"words,omitempty"`
	Language  string    `json:"language,omitempty"`
	Since     time.Time `json:"since,omitzero"`
	Themes    []Theme   `json:"themes,omitempty"`
	Attended  int       `json:"attended,omitempty"`
	Organised int       `json:"organised,omitempty"`
	Languages []string  `json:"languages,omitempty"`
	Thanks    []Thanks  `json:"-"`
}

// Total is the hours of all chosen themes, in minutes.
func (s Shown) Total() (minutes int64) {
	for _, t := range s.Themes {
		minutes += t.Minutes
	}
	return minutes
}

// Link is one passport that was given out, as its member sees it. Token is the end of the
// address in its square, empty once it is withdrawn.
type Link struct {
	ID          coop.PassportID
	Shown       Shown
	Token       string
	IssuedAt    time.Time
	ExpiresAt   time.Time
	WithdrawnAt time.Time
	CheckedOn   time.Time // the last day on which somebody looked; zero when nobody did
}

// Standing is what a passport is worth.
type Standing string

// The standings. All but the first look alike to who checks, but for one sentence.
const (
	Valid     Standing = "valid"
	Withdrawn Standing = "withdrawn"
	Expired   Standing = "expired"
	Unknown   Standing = "unknown"
)

// Standing says what the link is worth at a moment.
func (l Link) Standing(now time.Time) Standing {
	switch {
	case !l.WithdrawnAt.IsZero():
		return Withdrawn
	case !now.Before(l.ExpiresAt):
		return Expired
	}
	return Valid
}

// Lasting are how many days a passport may be good for.
func Lasting() []int { return []int{30, 90, 365} }

// What one passport may hold, how many may be good at once, and how long an ended one is
// still listed.
const (
	mostThanks = 12
	mostLinks  = 20
	listed     = 90 * 24 * time.Hour
)

// choose takes from the facts what was wished for, and refuses what is not among them.
func (f Facts) choose(w Wish) (s Shown, err error) {
	s = Shown{House: f.House, Language: w.Language}
	if s.Name, err = rule.Line("name", w.Name, 2, 60); err != nil {
		return s, err
	}
	if s.Words, err = rule.Text("words", w.Words, 0, 400); err != nil {
		return s, err
	}
	if !slices.Contains(Lasting(), w.Days) {
		return s, rule.Broken("days", "rule.choose")
	}
	for _, t := range f.Themes {
		if slices.Contains(w.Themes, t.Category) {
			s.Themes = append(s.Themes, t)
		}
	}
	for _, code := range f.Languages {
		if slices.Contains(w.Languages, code) {
			s.Languages = append(s.Languages, code)
		}
	}
	if w.Events {
		s.Attended, s.Organised = f.Attended, f.Organised
	}
	if w.Since {
		s.Since = f.Since
	}
	if len(w.Thanks) > mostThanks {
		return s, rule.Broken("thanks", "passport.thanks_most", "most", mostThanks)
	}
	return s, nil
}

// thanks are those of the facts that were wished for.
func (f Facts) thanks(w Wish) []uuid.UUID {
	chosen := []uuid.UUID{}
	for _, t := range f.Thanks {
		if slices.Contains(w.Thanks, t.Agreement) {
			chosen = append(chosen, t.Agreement.UUID)
		}
	}
	return chosen
}
