package exchange

import (
	"slices"
	"time"

	"github.com/google/uuid"

	"lien/coop"
	"lien/coop/photo"
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

// Where is where the help is given.
type Where string

// The places of help. Only who chooses their own building tells neighbours which it is.
const (
	Anywhere     Where = "any"
	MyBuilding   Where = "building"
	InCommonRoom Where = "common_room"
	OutOfDoors   Where = "outside"
)

// Wheres are the places of help in the order in which a page offers them.
func Wheres() []Where { return []Where{Anywhere, MyBuilding, InCommonRoom, OutOfDoors} }

// Tongues are the languages that help can be given in, those spoken most in French
// residences: ISO 639 codes.
func Tongues() []string {
	return []string{"fr", "ar", "en", "tr", "pt", "es", "ta", "uk", "ru", "vi", "so", "ff"}
}

// Listing is what a member offers or needs. Minutes is zero when no length was said, Spoken
// is empty when any language will do.
type Listing struct {
	ID          coop.ListingID
	Owner       Person `bun:"embed:owner_"`
	Kind        Kind
	Category    Category
	Title       string
	Details     string
	Language    string
	Minutes     int64
	Place       Where
	Building    string       // of the owner, where Place says so
	Home        coop.PlaceID // the building itself, where Place says so
	Free        Times
	Spoken      []string `bun:",array"`
	State       Shown
	Moderation  Moderation
	CreatedAt   time.Time
	PublishedAt time.Time
	ExpiresAt   time.Time
	Cover       coop.PhotoID // its first photo, zero when it has none
	StartsAt    time.Time    // of an offer for several; zero for any other
	Photos      []Picture    `bun:"-"` // told where one listing is read
}

// Picture is a photo of a listing, with words for who cannot see it.
type Picture struct {
	ID       coop.PhotoID
	Width    int
	Height   int
	Words    string
	Language string
}

// mostPhotos is how many photos a listing shows.
const mostPhotos = 4

// Several reports whether it is an offer for several at once: a workshop.
func (l Listing) Several() bool { return !l.StartsAt.IsZero() }

// Standing is where the listing stands at now: one past its date has expired, whether or
// not the house has noted it yet.
func (l Listing) Standing(now time.Time) Shown {
	if (l.State == Open || l.State == Paused) && !now.Before(l.ExpiresAt) {
		return Ended
	}
	return l.State
}

// Expired reports whether the listing has come to its end without being renewed.
func (l Listing) Expired(now time.Time) bool { return l.Standing(now) == Ended }

// EndsSoon reports whether the owner should be asked to renew it.
func (l Listing) EndsSoon(now time.Time) bool {
	return l.Standing(now) == Open && now.After(l.ExpiresAt.Add(-warning)) && !l.Several()
}

// Visible reports whether others see it.
func (l Listing) Visible(now time.Time) bool {
	return l.Standing(now) == Open && l.Moderation == Unmoderated
}

// Draft is what the form of a listing holds. Later keeps it for its writer alone.
type Draft struct {
	Key      uuid.UUID
	Kind     Kind
	Category Category
	Title    string
	Details  string
	Language string
	Minutes  int64 // zero: no length said
	Place    Where // empty: anywhere
	Free     Times
	Spoken   []string
	Later    bool
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
	return d.checkTaps()
}

// checkTaps looks at where, when and in which languages.
func (d Draft) checkTaps() (Draft, error) {
	if d.Place == "" {
		d.Place = Anywhere
	}
	switch {
	case !slices.Contains(Wheres(), d.Place):
		return d, rule.Broken("place", "rule.choose")
	case !d.Free.known():
		return d, rule.Broken("free", "rule.choose")
	}
	var spoken []string
	for _, t := range Tongues() { // in our order, each once
		if slices.Contains(d.Spoken, t) {
			spoken = append(spoken, t)
		}
	}
	for _, t := range d.Spoken {
		if !slices.Contains(spoken, t) {
			return d, rule.Broken("spoken", "rule.choose")
		}
	}
	d.Spoken = spoken
	return d, nil
}

// photoOf is what the files of a photo of a listing are found by.
type photoOf struct {
	photo.Photo `bun:"extend"`
}
