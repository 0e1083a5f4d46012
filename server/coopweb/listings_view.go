package coopweb

import (
	"math/bits"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"lien/coop"
	"lien/coop/exchange"
	"lien/server/page"
)

// doors are the ways that begin here, by sign and word.
func (p listingsPage) doors() []page.Line {
	return []page.Line{
		{Icon: "help", Title: p.T("agreement.mine.title"), Href: "/agreements"},
		{Icon: "paper", Title: p.T("listing.mine.title"), Href: "/listings/mine"},
		{Icon: "people", Title: p.T("workshop.new"), Href: "/workshops/new"},
		{Icon: "search", Title: p.T("directory.title"), Href: "/directory"},
		{Icon: "box", Title: p.T("resource.title"), Href: "/resources"},
	}
}

// emptyKey is the sentence of an empty list: nothing at all, or nothing like this.
func (p listingsPage) emptyKey() string {
	if p.narrowed() || p.Search.Kind != "" {
		return "listing.nothing_found"
	}
	return "listing.nothing_yet"
}

func (p listingsPage) narrowed() bool {
	return p.Search.Words != "" || p.Search.Category != "" || p.more()
}

// more reports whether the search asks for what stands folded away.
func (p listingsPage) more() bool { return p.Search.Spoken != "" || p.Search.Near }

func (p listingsPage) tab(kind exchange.Kind) string {
	q := p.query()
	q.Set("kind", string(kind))
	return "/listings?" + q.Encode()
}

// next is the address of the next page, empty on the last one.
func (p listingsPage) next() string {
	if (p.Shelf.Next == coop.ListingID{}) {
		return ""
	}
	q := p.query()
	q.Set("after", p.Shelf.Next.String())
	return "/listings?" + q.Encode()
}

func (p listingsPage) query() url.Values { return queryOf(p.Search) }

// listingPath is where a listing is read: one for several has a page of its own.
func listingPath(l exchange.Listing) string {
	if l.Several() {
		return workshopPath(l.ID)
	}
	return "/listings/" + l.ID.String()
}

func (p listingPage) facts() []page.Fact {
	l := p.Listing
	facts := []page.Fact{
		{Icon: "person", Term: p.T("listing.who"), Value: l.Owner.Name},
		{Icon: categoryIcon(l.Category), Term: p.T("listing.category"), Value: p.T("listing.category_" + string(l.Category))},
	}
	if l.Minutes > 0 {
		facts = append(facts, page.Fact{Icon: "clock", Term: p.T("listing.length"), Value: p.T("listing.about", "Length", p.Hours(l.Minutes))})
	}
	if l.Place != exchange.Anywhere {
		facts = append(facts, page.Fact{Icon: "place", Term: p.T("listing.place"), Value: placeWords(p.Words, l)})
	}
	if l.Free != 0 {
		facts = append(facts, page.Fact{Icon: "clock", Term: p.T("listing.free"), Value: freeWords(p.Words, l.Free)})
	}
	if len(l.Spoken) > 0 {
		facts = append(facts, page.Fact{Icon: "speak", Term: p.T("listing.spoken"), Value: tongueWords(l.Spoken)})
	}
	if l.PublishedAt.IsZero() {
		return facts
	}
	return append(facts, page.Fact{Icon: "calendar", Term: p.T("listing.since"), Value: p.NearDay(l.PublishedAt)})
}

// placeWords say where the help is given; the building only where its owner chose to.
func placeWords(w page.Words, l exchange.Listing) string {
	if l.Place == exchange.MyBuilding && l.Building != "" {
		return l.Building
	}
	return w.T("listing.place_" + string(l.Place))
}

// freeWords say when somebody is free, the days that are alike together: "lundi, mardi : le
// soir ; samedi : toute la journée".
func freeWords(w page.Words, free exchange.Times) string {
	var groups []string
	for n, day := range exchange.Weekdays() {
		parts := partsOf(free, day)
		if len(parts) == 0 || slices.ContainsFunc(exchange.Weekdays()[:n], func(d time.Weekday) bool { return slices.Equal(partsOf(free, d), parts) }) {
			continue
		}
		var days []string
		for _, d := range exchange.Weekdays() {
			if slices.Equal(partsOf(free, d), parts) {
				days = append(days, w.Weekday(d))
			}
		}
		groups = append(groups, w.T("listing.free_days", "Days", strings.Join(days, w.T("listing.and")), "Parts", partWords(w, parts)))
	}
	return strings.Join(groups, w.T("listing.then"))
}

func partsOf(free exchange.Times, day time.Weekday) (parts []exchange.Part) {
	for _, part := range exchange.Parts() {
		if free.Has(exchange.At(day, part)) {
			parts = append(parts, part)
		}
	}
	return parts
}

func partWords(w page.Words, parts []exchange.Part) string {
	if len(parts) == len(exchange.Parts()) {
		return w.T("listing.whole_day")
	}
	var words []string
	for _, p := range parts {
		words = append(words, w.T("listing.part_"+strconv.Itoa(int(p))))
	}
	return strings.Join(words, w.T("listing.and"))
}

// tongueWords name languages, each in itself.
func tongueWords(codes []string) string {
	var names []string
	for _, code := range codes {
		names = append(names, page.Tongue(code))
	}
	return strings.Join(names, " · ")
}

// altOf is what a photo shows, for who cannot see it.
func altOf(w page.Words, l exchange.Listing, p exchange.Picture) string {
	if p.Words != "" {
		return p.Words
	}
	return w.T("listing.photo_of", "Title", l.Title)
}

// lastRuling is what was decided last by who moderates.
func (p listingPage) lastRuling(step exchange.Verdict) (last exchange.Ruling) {
	for _, r := range p.Rulings {
		if r.Step == step {
			last = r
		}
	}
	return last
}

// seen is how many steps of moderation the page shows.
func (p listingPage) seen() string { return strconv.Itoa(len(p.Rulings)) }

func (p listingForm) placeChoices() (all []page.Choice) {
	icons := map[exchange.Where]string{exchange.Anywhere: "more", exchange.MyBuilding: "home", exchange.InCommonRoom: "people", exchange.OutOfDoors: "plant"}
	for _, where := range exchange.Wheres() {
		chosen := p.Draft.Place == where || p.Draft.Place == "" && where == exchange.Anywhere
		all = append(all, page.Choice{Value: string(where), Label: p.T("listing.form.place_" + string(where)), Icon: icons[where], Chosen: chosen})
	}
	return all
}

func tongueChoices(chosen []string) (all []page.Choice) {
	for _, code := range exchange.Tongues() {
		all = append(all, page.Choice{Value: code, Label: page.Tongue(code), Chosen: slices.Contains(chosen, code)})
	}
	return all
}

// folded reports whether the finer taps of the form may stay folded away.
func (p listingForm) folded() bool {
	d, q := p.Draft, p.Problems
	return (d.Place == "" || d.Place == exchange.Anywhere) && d.Free == 0 && len(d.Spoken) == 0 && q["place"]+q["free"]+q["spoken"] == ""
}

func (p listingForm) editing() bool { return p.ID != coop.ListingID{} }

func (p listingForm) action() string {
	if p.editing() {
		return "/listings/" + p.ID.String()
	}
	return "/listings"
}

func (p listingForm) submit() string {
	if p.editing() {
		return p.T("listing.form.keep")
	}
	return p.T("listing.form.publish")
}

// bit is the number of a part of the week, as the form carries it.
func bit(day time.Weekday, part exchange.Part) string {
	return strconv.Itoa(bits.TrailingZeros(uint(exchange.At(day, part)))) // #nosec G115 -- one of 21 bits
}
