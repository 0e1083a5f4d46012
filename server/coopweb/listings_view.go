package coopweb

import (
	"net/url"

	"lien/coop"
	"lien/coop/exchange"
	"lien/server/page"
)

// emptyKey is the sentence of an empty list: nothing at all, or nothing like this.
func (p listingsPage) emptyKey() string {
	if p.narrowed() || p.Search.Kind != "" {
		return "listing.nothing_found"
	}
	return "listing.nothing_yet"
}

func (p listingsPage) narrowed() bool { return p.Search.Words != "" || p.Search.Category != "" }

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

func (p listingsPage) query() url.Values {
	q := url.Values{}
	for name, value := range map[string]string{
		"kind": string(p.Search.Kind), "category": string(p.Search.Category), "words": p.Search.Words,
	} {
		if value != "" {
			q.Set(name, value)
		}
	}
	return q
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
	return append(facts, page.Fact{Icon: "calendar", Term: p.T("listing.since"), Value: p.NearDay(l.CreatedAt)})
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
