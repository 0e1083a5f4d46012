package exchange

import (
	"slices"
	"time"

	"github.com/google/uuid"

	"lien/coop"
	"lien/rule"
)

// Kind says whether a listing offers help or asks for it.
type Kind string

// The kinds of listings.
const (
	Offer   Kind = "offer"
	Request Kind = "request"
)

// Category says what sort of help it is.
type Category string

// Categories are the sorts of help, in the order in which a page offers them.
func Categories() []Category {
	return []Category{
		"shopping", "repair", "cooking", "children", "company", "paperwork",
		"languages", "computer", "sewing", "garden", "carrying", "other",
	}
}

// Lasts is how long a listing stays up before it must be renewed, and warning how long
// before its end the owner is told (coop.md, listings and agreements).
const (
	Lasts   = 90 * day
	warning = 14 * day
)

// Listing is what a member offers or needs. Minutes is zero when no length was said.
type Listing struct {
	ID        coop.ListingID
	Owner     Person `bun:"embed:owner_"`
	Kind      Kind
	Category  Category
	Title     string
	Details   string
	Language  string
	Minutes   int64
	State     Shown
	CreatedAt time.Time
	ExpiresAt time.Time
}

// Shown is what the owner last chose for a listing.
type Shown string

// The choices. A listing past its date is open and yet not shown: see Expired.
const (
	Open   Shown = "open"
	Paused Shown = "paused"
	Closed Shown = "closed"
)

// Expired reports whether the listing has come to its end without being renewed.
func (l Listing) Expired(now time.Time) bool { return l.State != Closed && !now.Before(l.ExpiresAt) }

// EndsSoon reports whether the owner should be asked to renew it.
func (l Listing) EndsSoon(now time.Time) bool {
	return l.State == Open && !l.Expired(now) && now.After(l.ExpiresAt.Add(-warning))
}

// Visible reports whether others see it.
func (l Listing) Visible(now time.Time) bool { return l.State == Open && !l.Expired(now) }

// Draft is what the form of a listing holds.
type Draft struct {
	Key      uuid.UUID
	Kind     Kind
	Category Category
	Title    string
	Details  string
	Language string
	Minutes  int64 // zero: no length said
}

// check returns the draft as it is kept, or what is wrong with it.
func (d Draft) check() (_ Draft, err error) {
	if d.Kind != Offer && d.Kind != Request {
		return d, rule.Broken("kind", "rule.choose")
	}
	if !slices.Contains(Categories(), d.Category) {
		return d, rule.Broken("category", "rule.choose")
	}
	if d.Title, err = rule.Line("title", d.Title, 3, 80); err != nil {
		return d, err
	}
	if d.Details, err = rule.Text("details", d.Details, 0, 2000); err != nil {
		return d, err
	}
	if d.Language, err = rule.Line("language", d.Language, 2, 12); err != nil {
		return d, err
	}
	if d.Minutes < 0 || d.Minutes > 12*60 {
		return d, rule.Broken("minutes", "rule.choose")
	}
	return d, nil
}

// Search narrows the list of listings. Words is free text; empty fields do not narrow.
// After is the last listing of the page before.
type Search struct {
	Kind     Kind
	Category Category
	Words    string
	After    coop.ListingID
}

// Shelf is one page of listings. Next is the id to ask the next page after, zero when
// there is none.
type Shelf struct {
	Listings []Listing
	Next     coop.ListingID
}
