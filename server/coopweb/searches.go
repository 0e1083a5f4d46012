package coopweb

import (
	"net/url"
	"strings"

	"github.com/gofiber/fiber/v2"

	"lien/coop"
	"lien/coop/exchange"
	"lien/rule"
	"lien/server/page"
	"lien/server/session"
)

// searchesPage is what the reader wants to hear about. Search is one that was just refused,
// with why.
type searchesPage struct {
	page.Frame
	Saved    []exchange.Saved
	Search   exchange.Search
	Key      string
	Problems page.Problems
}

// searchForm is one saved search being changed.
type searchForm struct {
	page.Frame
	ID       coop.SearchID
	Search   exchange.Search
	Problems page.Problems
}

// ShowSearches lists the reader's saved searches.
func (w *Web) ShowSearches(c *fiber.Ctx) error {
	return w.showSearches(c, fiber.StatusOK, searchesPage{Key: page.NewKey()})
}

func (w *Web) showSearches(c *fiber.Ctx, status int, p searchesPage) (err error) {
	p.Frame = page.NewFrame(c, "search.title", "listings")
	if p.Saved, err = w.Searches.Mine(c.UserContext(), session.Of(c).Coop()); err != nil {
		return err
	}
	return page.ShowStatus(c, status, SearchesPage(p))
}

// SaveSearch keeps what the reader is looking for.
func (w *Web) SaveSearch(c *fiber.Ctx) error {
	wish, err := searchWishOf(c)
	if err == nil {
		err = w.Searches.Save(c.UserContext(), session.Of(c).Coop(), wish)
	}
	if problems, refused := page.ProblemsOf(page.WordsOf(c), err); refused {
		return w.showSearches(c, fiber.StatusUnprocessableEntity, searchesPage{Search: wish.Search, Key: page.KeptKey(c), Problems: problems})
	}
	if err != nil {
		return err
	}
	return c.Redirect("/searches", fiber.StatusSeeOther)
}

// EditSearch shows what one of them looks for.
func (w *Web) EditSearch(c *fiber.Ctx) error {
	id, err := rule.ID[coop.SearchID](c.Params("id"))
	if err != nil {
		return err
	}
	saved, err := w.Searches.One(c.UserContext(), session.Of(c).Coop(), id)
	if err != nil {
		return err
	}
	return page.Show(c, SearchForm(searchForm{Frame: page.NewFrame(c, "search.edit", "listings"), ID: id, Search: saved.Search()}))
}

// ChangeSearch keeps what it looks for from now on.
func (w *Web) ChangeSearch(c *fiber.Ctx) error {
	id, err := rule.ID[coop.SearchID](c.Params("id"))
	if err != nil {
		return err
	}
	wish := exchange.Wish{Search: searchOf(c.FormValue)}
	err = w.Searches.Change(c.UserContext(), session.Of(c).Coop(), id, wish)
	if problems, refused := page.ProblemsOf(page.WordsOf(c), err); refused {
		p := searchForm{Frame: page.NewFrame(c, "search.edit", "listings"), ID: id, Search: wish.Search, Problems: problems}
		return page.ShowStatus(c, fiber.StatusUnprocessableEntity, SearchForm(p))
	}
	if err != nil {
		return err
	}
	return c.Redirect("/searches", fiber.StatusSeeOther)
}

// StopSearch ends one of them.
func (w *Web) StopSearch(c *fiber.Ctx) error {
	id, err := rule.ID[coop.SearchID](c.Params("id"))
	if err == nil {
		err = w.Searches.Stop(c.UserContext(), session.Of(c).Coop(), id)
	}
	if err != nil {
		return err
	}
	return c.Redirect("/searches", fiber.StatusSeeOther)
}

func searchWishOf(c *fiber.Ctx) (wish exchange.Wish, err error) {
	wish.Search = searchOf(c.FormValue)
	wish.Key, err = rule.Key(c.FormValue("key"))
	return wish, err
}

// searchOf reads what a form or an address looks for.
func searchOf(value func(name string, or ...string) string) exchange.Search {
	return exchange.Search{
		Kind: exchange.Kind(value("kind")), Category: exchange.Category(value("category")), Words: value("words"),
		Spoken: value("spoken"), Near: value("near") == "yes",
	}
}

// searchWords say what a search looks for: "Offres · Couture · « rideau »".
func searchWords(w page.Words, s exchange.Search) string {
	var parts []string
	switch s.Kind {
	case exchange.Offer:
		parts = append(parts, w.T("listing.offers"))
	case exchange.Request:
		parts = append(parts, w.T("listing.requests"))
	}
	if s.Category != "" {
		parts = append(parts, w.T("listing.category_"+string(s.Category)))
	}
	if s.Words != "" {
		parts = append(parts, w.T("search.quoted", "Words", s.Words))
	}
	if s.Spoken != "" {
		parts = append(parts, page.Tongue(s.Spoken))
	}
	if s.Near {
		parts = append(parts, w.T("listing.near"))
	}
	return strings.Join(parts, " · ")
}

// searchPath is the list of what a search finds.
func searchPath(s exchange.Search) string {
	q := queryOf(s)
	return "/listings?" + q.Encode()
}

func queryOf(s exchange.Search) url.Values {
	q := url.Values{}
	for name, value := range map[string]string{"kind": string(s.Kind), "category": string(s.Category), "words": s.Words, "spoken": s.Spoken} {
		if value != "" {
			q.Set(name, value)
		}
	}
	if s.Near {
		q.Set("near", "yes")
	}
	return q
}

func (p searchForm) kindChoices() (all []page.Choice) {
	for _, k := range []struct{ value, key string }{{"", "listing.all"}, {"offer", "listing.offers"}, {"request", "listing.requests"}} {
		all = append(all, page.Choice{Value: k.value, Label: p.T(k.key), Chosen: string(p.Search.Kind) == k.value})
	}
	return all
}

func (p searchForm) categoryChoices() []page.Choice {
	any := page.Choice{Label: p.T("search.any"), Icon: "more", Chosen: p.Search.Category == ""}
	return append([]page.Choice{any}, categoryChoices(p.Words, p.Search.Category)...)
}

func anyTongue(w page.Words, chosen string) []page.Choice {
	any := page.Choice{Label: w.T("search.any"), Chosen: chosen == ""}
	return append([]page.Choice{any}, tongueChoices([]string{chosen})...)
}
