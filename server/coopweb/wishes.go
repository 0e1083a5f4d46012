package coopweb

import (
	"slices"

	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"

	"lien/coop"
	"lien/coop/desk"
	"lien/coop/exchange"
	"lien/coop/membership"
	"lien/rule"
	"lien/server/page"
	"lien/server/session"
)

// wishFields are what the forms of the tablet carry from the question to the act.
var wishFields = []string{
	"kind", "id", "seen", "minutes", "other", "guests", "sort", "category", "title", "details", "day", "date", "clock", "time", "meeting", "about", "to", "fund", "lang", "from", "until", "version", "code", "shown",
}

// wishOf reads a wish; what its kind does not need is not looked at.
func (w *Web) wishOf(c *fiber.Ctx) (wish desk.Wish, err error) {
	wish = desk.Wish{Kind: desk.Kind(c.FormValue("kind")), Language: c.FormValue("lang")}
	if !slices.Contains(desk.Kinds(), wish.Kind) {
		return wish, rule.ErrNotFound
	}
	if wish.Key, err = uuid.Parse(page.KeptKey(c)); err != nil {
		return wish, err
	}
	if text := c.FormValue("id"); text != "" {
		id, err := rule.ID[coop.ActID](text)
		if err != nil {
			return wish, err
		}
		wish.Subject = id.UUID
	}
	return w.filled(c, wish)
}

// filled reads what the kind of a wish needs.
func (w *Web) filled(c *fiber.Ctx, wish desk.Wish) (_ desk.Wish, err error) {
	switch wish.Kind {
	case desk.Publish:
		wish.Listing = exchange.Draft{
			Kind: exchange.Kind(c.FormValue("sort")), Category: exchange.Category(c.FormValue("category")),
			Title: c.FormValue("title"), Details: c.FormValue("details"), Language: page.WordsOf(c).Lang(),
		}
		if text := c.FormValue("minutes"); text != "" {
			wish.Listing.Minutes, err = minutesOf(c)
		}
	case desk.Propose:
		return w.proposalAtTablet(c, wish)
	case desk.Agree, desk.Decline, desk.Cancel:
		wish.Seen = whole(c.FormValue("seen"))
	case desk.Claim, desk.Confirm:
		wish.Seen = whole(c.FormValue("seen"))
		wish.Minutes, err = minutesOf(c)
	case desk.Come:
		wish.Guests = whole(c.FormValue("guests"))
	case desk.Give:
		return w.giftOf(c, wish)
	case desk.Rest:
		wish.Resting = membership.Resting{From: c.FormValue("from"), Until: c.FormValue("until")}
	case desk.Accept:
		wish.Version = whole(c.FormValue("version"))
	case desk.Join:
		wish.Shown = c.FormValue("shown") == "yes"
	case desk.Redeem:
		wish.Code = c.FormValue("code")
		wish.Brought, err = presentationOf(c)
		wish.Minutes = wish.Brought.Minutes
	}
	return wish, err
}

// proposalAtTablet reads when, how long and where. Who asks for help and who gives it
// follows from the listing.
func (w *Web) proposalAtTablet(c *fiber.Ctx, wish desk.Wish) (desk.Wish, error) {
	listing, err := w.Listings.One(c.UserContext(), session.Of(c).Helped(), coop.ListingID{UUID: wish.Subject})
	if err != nil {
		return wish, err
	}
	wish.Proposal = exchange.Proposal{About: c.FormValue("about"), Language: page.WordsOf(c).Lang()}
	wish.Proposal.Plan, err = planOf(c, listing.Kind == exchange.Request)
	wish.Minutes = wish.Proposal.Minutes
	return wish, err
}

// giftOf reads to whom hours are given: a member's number, or all.
func (w *Web) giftOf(c *fiber.Ctx, wish desk.Wish) (desk.Wish, error) {
	var err error
	if wish.Minutes, err = minutesOf(c); err != nil {
		return wish, err
	}
	if number := c.FormValue("to"); number != "" {
		to, err := w.Desk.Numbered(c.UserContext(), session.Of(c).Coop(), "to", number)
		wish.To = to.ID
		return wish, err
	}
	if c.FormValue("fund") == "" {
		return wish, rule.Broken("to", "tablet.give.nobody")
	}
	return wish, nil
}
