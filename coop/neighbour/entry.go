package neighbour

import (
	"slices"
	"time"

	"lien/coop"
	"lien/rule"
)

// Field is one thing that a member may show of themselves in the directory.
type Field string

// The fields, each shown only when its member switched it on. There is no "online now",
// and there will be none.
const (
	Building  Field = "building"
	Languages Field = "languages"
	Likes     Field = "likes"
	Since     Field = "since"
)

// Fields are what a member may show, in the order in which a page offers them.
func Fields() []Field { return []Field{Building, Languages, Likes, Since} }

// Entry is a member as the directory shows them to their neighbours: a name and what they
// chose to show. What is not shown is empty.
type Entry struct {
	ID            coop.MemberID
	Name          string
	Facilitator   bool // today
	Building      string
	Languages     []string `bun:",array"`
	Likes         string   // what they like to offer
	LikesLanguage string
	Since         time.Time // when they joined; zero when it is not shown
	Key           string    // by which the list is ordered
}

// Visibility is what a member shows of themselves, in their own hands.
type Visibility struct {
	Name          string // that neighbours read
	OwnName       string // that the facilitators know; the same unless they go by another
	Listed        bool
	Shows         []string `bun:",array"`
	Likes         string
	LikesLanguage string
	Speaks        []string `bun:",array"`
}

// Shown reports whether the member switched a field on.
func (v Visibility) Shown(f Field) bool { return slices.Contains(v.Shows, string(f)) }

// Pseudonym reports whether neighbours read another name than the facilitators.
func (v Visibility) Pseudonym() bool { return v.Name != v.OwnName }

// longestLikes is how long what somebody likes to offer may be, in characters: a line on a
// card, not a listing.
const longestLikes = 200

// tidy returns the visibility as it is kept, or what is wrong with it. An empty name is the
// member's own.
func (v Visibility) tidy() (_ Visibility, err error) {
	if v.Name, err = rule.Line("name", v.Name, 0, 40); err != nil {
		return v, err
	}
	if v.Likes, err = rule.Line("likes", v.Likes, 0, longestLikes); err != nil {
		return v, err
	}
	if !slices.Contains([]string{"fr", "en", "ar"}, v.LikesLanguage) {
		return v, rule.Broken("likes", "rule.choose")
	}
	for _, field := range v.Shows {
		if !slices.Contains(Fields(), Field(field)) {
			return v, rule.Broken("shows", "rule.choose")
		}
	}
	for _, code := range v.Speaks {
		if !known(code) {
			return v, rule.Broken("speaks", "rule.choose")
		}
	}
	v.Speaks, v.Shows = once(v.Speaks), once(v.Shows)
	if len(v.Speaks) > mostSpoken {
		return v, rule.Broken("speaks", "visibility.too_many", "most", mostSpoken)
	}
	return v, nil
}

const mostSpoken = 12

func once(list []string) []string {
	list = append([]string{}, list...)
	slices.Sort(list)
	return slices.Compact(list)
}

// Search narrows the directory. Words is a part of a name, of what somebody likes to offer
// or of a building; empty fields do not narrow. After and AfterID are the Key and ID of the
// last entry of the page before.
type Search struct {
	Words    string
	Language string
	Building string
	After    string
	AfterID  coop.MemberID
}
