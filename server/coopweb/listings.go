package coopweb

import (
	"strconv"

	"github.com/gofiber/fiber/v2"

	"lien/coop"
	"lien/coop/exchange"
	"lien/rule"
	"lien/server/page"
	"lien/server/session"
)

// listingsPage is what neighbours offer and look for.
type listingsPage struct {
	page.Frame
	Search   exchange.Search
	Coming   []page.Line // workshops, when nothing is looked for
	Shelf    exchange.Shelf
	Key      string
	Problems page.Problems
}

// listingPage is one listing; Own says that it is the reader's, who also reads what was
// decided about it. Typed are the words beside a photo that was refused, Contest those of
// an answer.
type listingPage struct {
	page.Frame
	Listing  exchange.Listing
	Own      bool
	Rulings  []exchange.Ruling
	Answers  []exchange.Suggestion
	Key      string
	Typed    string
	Contest  string
	Hangs    bool // it may stand on posters
	Problems page.Problems
}

// myListingsPage is the reader's own listings, those nobody else sees among them.
type myListingsPage struct {
	page.Frame
	Listings []exchange.Listing
}

// listingForm is a listing being written, or changed when ID is not zero.
type listingForm struct {
	page.Frame
	ID       coop.ListingID
	Key      string
	Draft    exchange.Draft
	Problems page.Problems
}

// ShowListings lists what others see, narrowed by kind, category and words.
func (w *Web) ShowListings(c *fiber.Ctx) error {
	p := listingsPage{Frame: page.NewFrame(c, "listing.title", "listings")}
	p.Search, p.Key = searchOf(c.Query), page.NewKey()
	if after := c.Query("after"); after != "" {
		id, err := rule.ID[coop.ListingID](after)
		if err != nil {
			return err
		}
		p.Search.After = id
	}
	var err error
	if !p.narrowed() && p.Search.Kind != exchange.Request && p.Search.After == (coop.ListingID{}) {
		coming, err := w.Workshops.Coming(c.UserContext(), session.Of(c).Coop())
		if err != nil {
			return err
		}
		p.Coming = workshopLines(p.Frame, coming)
	}
	p.Shelf, err = w.Listings.List(c.UserContext(), session.Of(c).Coop(), p.Search)
	if problems, refused := page.ProblemsOf(p.Words, err); refused {
		p.Problems = problems
		return page.ShowStatus(c, fiber.StatusUnprocessableEntity, ListingsPage(p))
	}
	if err != nil {
		return err
	}
	return page.Show(c, ListingsPage(p))
}

// ShowListing shows one listing with what one can do about it.
func (w *Web) ShowListing(c *fiber.Ctx) error {
	return w.showListing(c, fiber.StatusOK, listingPage{})
}

// showListing shows a listing around what p already holds: what was refused, and why.
func (w *Web) showListing(c *fiber.Ctx, status int, p listingPage) (err error) {
	if p.Listing, err = w.listing(c); err != nil {
		return err
	}
	if own := p.Listing.Owner.ID == session.Of(c).Member; p.Listing.Several() && !own {
		return c.Redirect(workshopPath(p.Listing.ID), fiber.StatusSeeOther)
	}
	p.Frame, p.Key = page.NewFrame(c, "listing.title", "listings"), page.NewKey()
	p.Title, p.Own = p.Listing.Title, p.Listing.Owner.ID == p.Actor.Member
	if p.Own && p.Listing.Visible(p.Now()) {
		if p.Answers, err = w.Listings.Suggest(c.UserContext(), session.Of(c).Coop(), p.Listing.ID); err != nil {
			return err
		}
	}
	if p.Own {
		if p.Hangs, err = w.Posters.Hangs(c.UserContext(), session.Of(c).Coop(), p.Listing.ID); err != nil {
			return err
		}
	}
	if p.Own && p.Listing.Moderation != exchange.Unmoderated {
		if p.Rulings, err = w.Listings.Rulings(c.UserContext(), session.Of(c).Coop(), p.Listing.ID); err != nil {
			return err
		}
	}
	return page.ShowStatus(c, status, ListingPage(p))
}

// ShowMyListings lists the reader's own, with the reason why one is not seen.
func (w *Web) ShowMyListings(c *fiber.Ctx) error {
	p := myListingsPage{Frame: page.NewFrame(c, "listing.mine.title", "listings")}
	var err error
	if p.Listings, err = w.Listings.Mine(c.UserContext(), session.Of(c).Coop()); err != nil {
		return err
	}
	return page.Show(c, MyListingsPage(p))
}

// NewListing shows the empty form.
func (w *Web) NewListing(c *fiber.Ctx) error {
	p := listingForm{Frame: page.NewFrame(c, "listing.form.title", "listings"), Key: page.NewKey()}
	p.Draft.Kind = exchange.Kind(c.Query("kind"))
	return page.Show(c, ListingForm(p))
}

// PublishListing puts a listing up and shows it.
func (w *Web) PublishListing(c *fiber.Ctx) error {
	draft, err := draftOf(c)
	var id coop.ListingID
	if err == nil {
		id, err = w.Listings.Publish(c.UserContext(), session.Of(c).Coop(), draft)
	}
	if err != nil {
		return refuseListing(c, "listing.form.title", coop.ListingID{}, draft, err)
	}
	return c.Redirect("/listings/"+id.String(), fiber.StatusSeeOther)
}

// EditListing shows the form with what a listing of the reader's own says.
func (w *Web) EditListing(c *fiber.Ctx) error {
	l, err := w.listing(c)
	if err != nil {
		return err
	}
	if l.Owner.ID != session.Of(c).Member || l.Several() {
		return rule.ErrNotFound
	}
	p := listingForm{Frame: page.NewFrame(c, "listing.form.edit", "listings"), ID: l.ID, Key: page.NewKey()}
	p.Draft = exchange.Draft{
		Kind: l.Kind, Category: l.Category, Title: l.Title, Details: l.Details, Minutes: l.Minutes, Place: l.Place, Free: l.Free, Spoken: l.Spoken,
	}
	return page.Show(c, ListingForm(p))
}

// ReviseListing keeps the changed words of a listing.
func (w *Web) ReviseListing(c *fiber.Ctx) error {
	id, err := rule.ID[coop.ListingID](c.Params("id"))
	if err != nil {
		return err
	}
	draft, err := draftOf(c)
	if err == nil {
		err = w.Listings.Revise(c.UserContext(), session.Of(c).Coop(), id, draft)
	}
	if err != nil {
		return refuseListing(c, "listing.form.edit", id, draft, err)
	}
	return c.Redirect("/listings/"+id.String(), fiber.StatusSeeOther)
}

// PutUpListing shows a listing that was kept for later.
func (w *Web) PutUpListing(c *fiber.Ctx) error {
	id, err := rule.ID[coop.ListingID](c.Params("id"))
	if err != nil {
		return err
	}
	err = w.Listings.PutUp(c.UserContext(), session.Of(c).Coop(), id)
	if problems, refused := page.ProblemsOf(page.WordsOf(c), err); refused {
		return w.showListing(c, fiber.StatusUnprocessableEntity, listingPage{Problems: problems})
	}
	if err != nil {
		return err
	}
	return c.Redirect("/listings/"+id.String(), fiber.StatusSeeOther)
}

// PauseListing takes a listing out of sight for a while.
func (w *Web) PauseListing(c *fiber.Ctx) error { return changeListing(c, w.Listings.Pause) }

// ReopenListing puts a paused listing back.
func (w *Web) ReopenListing(c *fiber.Ctx) error { return changeListing(c, w.Listings.Reopen) }

// RenewListing gives a listing another ninety days.
func (w *Web) RenewListing(c *fiber.Ctx) error { return changeListing(c, w.Listings.Renew) }

// CloseListing ends a listing.
func (w *Web) CloseListing(c *fiber.Ctx) error { return changeListing(c, w.Listings.Close) }

func (w *Web) listing(c *fiber.Ctx) (exchange.Listing, error) {
	id, err := rule.ID[coop.ListingID](c.Params("id"))
	if err != nil {
		return exchange.Listing{}, err
	}
	return w.Listings.One(c.UserContext(), session.Of(c).Coop(), id)
}

// draftOf reads the form of a listing. A text is in the language its writer reads.
func draftOf(c *fiber.Ctx) (d exchange.Draft, err error) {
	d = exchange.Draft{
		Kind: exchange.Kind(c.FormValue("kind")), Category: exchange.Category(c.FormValue("category")),
		Title: c.FormValue("title"), Details: c.FormValue("details"), Language: page.WordsOf(c).Lang(),
		Place: exchange.Where(c.FormValue("place")), Later: c.FormValue("later") == "yes",
	}
	if d.Free, err = freeOf(c); err != nil {
		return d, err
	}
	for _, tongue := range c.Context().PostArgs().PeekMulti("spoken") {
		d.Spoken = append(d.Spoken, string(tongue))
	}
	if text := c.FormValue("minutes"); text != "" {
		if d.Minutes, err = strconv.ParseInt(text, 10, 32); err != nil {
			return d, rule.Broken("minutes", "rule.choose")
		}
	}
	d.Key, err = rule.Key(c.FormValue("key"))
	return d, err
}

// freeOf reads the taps of the week: each is a bit's number.
func freeOf(c *fiber.Ctx) (free exchange.Times, err error) {
	for _, text := range c.Context().PostArgs().PeekMulti("free") {
		bit, err := strconv.ParseUint(string(text), 10, 8)
		if err != nil || bit > 20 {
			return free, rule.Broken("free", "rule.choose")
		}
		free |= 1 << bit
	}
	return free, nil
}

func refuseListing(c *fiber.Ctx, title string, id coop.ListingID, draft exchange.Draft, err error) error {
	p := listingForm{Frame: page.NewFrame(c, title, "listings"), ID: id, Key: page.KeptKey(c), Draft: draft}
	var refused bool
	if p.Problems, refused = page.ProblemsOf(p.Words, err); !refused {
		return err
	}
	return page.ShowStatus(c, fiber.StatusUnprocessableEntity, ListingForm(p))
}
