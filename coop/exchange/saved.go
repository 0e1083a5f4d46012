package exchange

import (
	"slices"
	"time"

	"github.com/google/uuid"

	"lien/coop"
	"lien/rule"
)

// mostSaved is how many searches a member keeps; bundled is how often at most each tells
// its news.
const (
	mostSaved = 10
	bundled   = day
)

// Saved is a search that a member keeps: they are told when something new answers it.
type Saved struct {
	ID        coop.SearchID
	Words     string
	Kind      Kind
	Category  Category
	Spoken    string
	Near      bool `bun:"in_building"`
	CreatedAt time.Time
	ToldAt    time.Time // of its last news, zero when there were none
}

// Search is what it looks for, as the list of listings understands it.
func (s Saved) Search() Search {
	return Search{Kind: s.Kind, Category: s.Category, Words: s.Words, Spoken: s.Spoken, Near: s.Near}
}

// Wish is what the form of a saved search holds.
type Wish struct {
	Key    uuid.UUID
	Search Search
}

// check returns the search as it is kept, or what is wrong with it: one that looks for
// everything is none.
func (w Wish) check() (_ Wish, err error) {
	s := &w.Search
	if s.Words, err = rule.Line("words", s.Words, 0, 100); err != nil {
		return w, err
	}
	switch {
	case s.Kind != "" && s.Kind != Offer && s.Kind != Request:
		return w, rule.Broken("kind", "rule.choose")
	case s.Category != "" && !slices.Contains(Categories(), s.Category):
		return w, rule.Broken("category", "rule.choose")
	case s.Spoken != "" && !slices.Contains(Tongues(), s.Spoken):
		return w, rule.Broken("spoken", "rule.choose")
	case s.Words+string(s.Kind)+string(s.Category)+s.Spoken == "" && !s.Near:
		return w, rule.Broken("words", "search.everything")
	}
	return w, nil
}
