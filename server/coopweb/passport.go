package coopweb

import (
	"slices"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"lien/coop"
	"lien/coop/exchange"
	"lien/coop/neighbour"
	"lien/coop/passport"
	"lien/rule"
	"lien/server/page"
	"lien/server/session"
)

// passportPage is where a member chooses what is on their next passport, and finds those
// that they gave out.
type passportPage struct {
	page.Frame
	Facts    passport.Facts
	Links    []passport.Link
	Wish     passport.Wish
	Key      string
	Problems page.Problems
}

// passportSheet is one passport on paper, for its member.
type passportSheet struct {
	page.Frame
	Link     passport.Link
	Address  string
	Standing passport.Standing
}

// checkPage is what a stranger learns who holds a passport.
type checkPage struct {
	page.Frame
	Link     passport.Link
	Standing passport.Standing
}

// ShowPassport shows what the reader could show of themselves.
func (w *Web) ShowPassport(c *fiber.Ctx) error {
	p, err := w.passportPage(c)
	if err != nil {
		return err
	}
	p.Wish = passport.Wish{Name: p.Facts.Name, Languages: p.Facts.Languages, Events: true, Since: true, Days: 90}
	for _, t := range p.Facts.Themes {
		p.Wish.Themes = append(p.Wish.Themes, t.Category)
	}
	for _, t := range p.Facts.Thanks[:min(len(p.Facts.Thanks), 3)] {
		p.Wish.Thanks = append(p.Wish.Thanks, t.Agreement)
	}
	return page.Show(c, PassportPage(p))
}

func (w *Web) passportPage(c *fiber.Ctx) (p passportPage, err error) {
	actor := session.Of(c).Coop()
	p = passportPage{Frame: page.NewFrame(c, "passport.title", "me"), Key: page.NewKey()}
	if p.Facts, err = w.Passports.Facts(c.UserContext(), actor); err != nil {
		return p, err
	}
	p.Links, err = w.Passports.Mine(c.UserContext(), actor)
	return p, err
}

// IssuePassport makes a passport and leads to its sheet.
func (w *Web) IssuePassport(c *fiber.Ctx) error {
	wish, err := passportWish(c)
	var id coop.PassportID
	if err == nil {
		id, err = w.Passports.Issue(c.UserContext(), session.Of(c).Coop(), wish)
	}
	if err != nil {
		return page.Refused(page.WordsOf(c), err, func(problems page.Problems) error {
			p, err := w.passportPage(c)
			if err != nil {
				return err
			}
			p.Wish, p.Key, p.Problems = wish, page.KeptKey(c), problems
			p.Wish.Name, p.Wish.Words = strings.ToValidUTF8(wish.Name, ""), strings.ToValidUTF8(wish.Words, "")
			return page.ShowStatus(c, fiber.StatusUnprocessableEntity, PassportPage(p))
		})
	}
	return c.Redirect("/passport/"+id.String(), fiber.StatusSeeOther)
}

func passportWish(c *fiber.Ctx) (w passport.Wish, err error) {
	w = passport.Wish{
		Name: c.FormValue("name"), Words: c.FormValue("words"), Language: page.WordsOf(c).Lang(),
		Themes: formValues(c, "themes"), Languages: formValues(c, "languages"),
		Events: c.FormValue("events") == "yes", Since: c.FormValue("since") == "yes",
	}
	if days, err := strconv.ParseUint(c.FormValue("days"), 10, 16); err == nil {
		w.Days = int(days)
	}
	for _, text := range formValues(c, "thanks") {
		if id, err := rule.ID[coop.AgreementID](text); err == nil {
			w.Thanks = append(w.Thanks, id)
		}
	}
	w.Key, err = rule.Key(c.FormValue("key"))
	return w, err
}

// ShowPassportSheet shows a passport of the reader's own as it prints.
func (w *Web) ShowPassportSheet(c *fiber.Ctx) error {
	hidden(c)
	id, err := rule.ID[coop.PassportID](c.Params("id"))
	if err != nil {
		return err
	}
	p := passportSheet{Frame: page.NewFrame(c, "passport.sheet.title", "")}
	if p.Link, err = w.Passports.One(c.UserContext(), session.Of(c).Coop(), id); err != nil {
		return err
	}
	p.Standing = p.Link.Standing(p.Now())
	p.Address = w.Origin + "/check/" + p.Link.Token
	return page.Show(c, PassportSheet(p))
}

// WithdrawPassport ends a passport of the reader's own at once.
func (w *Web) WithdrawPassport(c *fiber.Ctx) error {
	id, err := rule.ID[coop.PassportID](c.Params("id"))
	if err != nil {
		return err
	}
	if err := w.Passports.Withdraw(c.UserContext(), session.Of(c).Coop(), id); err != nil {
		return err
	}
	return c.Redirect("/passport", fiber.StatusSeeOther)
}

// CheckPassport tells a stranger what a passport says and that it is good today. What is not
// good looks the same whatever the reason, but for one sentence; no machine may keep it.
func (w *Web) CheckPassport(c *fiber.Ctx) error {
	hidden(c)
	c.Set("X-Robots-Tag", "noindex, nofollow, noarchive")
	p := checkPage{Frame: page.NewFrame(c, "passport.check.title", "")}
	if err := w.Passes.Allow(c.IP()); err != nil {
		return err
	}
	var err error
	if p.Link, p.Standing, err = w.Passports.Check(c.UserContext(), c.Params("token")); err != nil {
		return err
	}
	if p.Standing != passport.Valid {
		return page.ShowStatus(c, fiber.StatusNotFound, CheckPage(p))
	}
	w.Passes.Pardon(c.IP())
	return page.Show(c, CheckPage(p))
}

func (p passportPage) themeChoices() []page.Choice {
	var out []page.Choice
	for _, t := range p.Facts.Themes {
		out = append(out, page.Choice{
			Value: t.Category, Icon: categoryIcon(exchange.Category(t.Category)), Chosen: slices.Contains(p.Wish.Themes, t.Category),
			Label: p.T("passport.theme", "Theme", p.T("listing.category_"+t.Category), "Hours", p.Hours(t.Minutes)),
		})
	}
	return out
}

func (p passportPage) languageChoices() []page.Choice {
	var out []page.Choice
	for _, code := range p.Facts.Languages {
		out = append(out, page.Choice{Value: code, Label: neighbour.TongueName(code), Chosen: slices.Contains(p.Wish.Languages, code)})
	}
	return out
}

func (p passportPage) dayChoices() []page.Choice {
	var out []page.Choice
	for _, days := range passport.Lasting() {
		out = append(out, page.Choice{Value: strconv.Itoa(days), Label: p.T("passport.days_" + strconv.Itoa(days)), Chosen: p.Wish.Days == days})
	}
	return out
}

func (p passportPage) thanked(t passport.Thanks) bool {
	return slices.Contains(p.Wish.Thanks, t.Agreement)
}

// eventsWords are the evenings in one sentence; empty when there were none.
func eventsWords(w page.Words, attended, organised int) string {
	switch {
	case organised > 0 && attended > 0:
		return w.N("passport.attended", attended) + " · " + w.N("passport.organised", organised)
	case organised > 0:
		return w.N("passport.organised", organised)
	case attended > 0:
		return w.N("passport.attended", attended)
	}
	return ""
}

// linkNote is what became of a passport.
func (p passportPage) linkNote(l passport.Link) string {
	note := p.T("passport.until", "Date", p.Date(l.ExpiresAt))
	switch l.Standing(p.Now()) {
	case passport.Withdrawn:
		return p.T("passport.withdrawn_on", "Date", p.Date(l.WithdrawnAt))
	case passport.Expired:
		note = p.T("passport.expired_on", "Date", p.Date(l.ExpiresAt))
	}
	if l.CheckedOn.IsZero() {
		return note + " · " + p.T("passport.unchecked")
	}
	return note + " · " + p.T("passport.checked", "Date", p.Date(l.CheckedOn))
}

// shownFacts are what a passport says besides words, as icon, term and value.
func shownFacts(w page.Words, s passport.Shown) []page.Fact {
	var facts []page.Fact
	if !s.Since.IsZero() {
		facts = append(facts, page.Fact{Icon: "home", Term: w.T("passport.since"), Value: w.Month(s.Since)})
	}
	if text := eventsWords(w, s.Attended, s.Organised); text != "" {
		facts = append(facts, page.Fact{Icon: "calendar", Term: w.T("passport.events"), Value: text})
	}
	if len(s.Languages) > 0 {
		facts = append(facts, page.Fact{Icon: "speak", Term: w.T("passport.languages"), Value: tongues(s.Languages)})
	}
	return facts
}
