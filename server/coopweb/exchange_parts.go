package coopweb

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"lien/coop"
	"lien/coop/exchange"
	"lien/rule"
	"lien/server/page"
	"lien/server/session"
)

// categoryIcon is the sign of a sort of help.
func categoryIcon(c exchange.Category) string {
	icons := map[exchange.Category]string{
		"shopping": "bag", "repair": "tool", "cooking": "pot", "children": "child", "company": "people", "paperwork": "paper",
		"languages": "speak", "computer": "screen", "sewing": "needle", "garden": "plant", "carrying": "box",
	}
	if icon, ok := icons[c]; ok {
		return icon
	}
	return "help"
}

func kindIcon(k exchange.Kind) string {
	if k == exchange.Offer {
		return "gift"
	}
	return "help"
}

// categoryChoices are the sorts of help as taps.
func categoryChoices(w page.Words, chosen exchange.Category) []page.Choice {
	var out []page.Choice
	for _, c := range exchange.Categories() {
		out = append(out, page.Choice{Value: string(c), Label: w.T("listing.category_" + string(c)), Icon: categoryIcon(c), Chosen: c == chosen})
	}
	return out
}

// lengthChoices are lengths of time as taps; a length that is not among the usual ones is
// added in its place.
func lengthChoices(w page.Words, chosen int64) []page.Choice {
	usual := []int64{15, 30, 45, 60, 90, 120, 180, 240}
	if chosen > 0 && !slices.Contains(usual, chosen) {
		usual = append(usual, chosen)
		slices.Sort(usual)
	}
	var out []page.Choice
	for _, minutes := range usual {
		out = append(out, page.Choice{Value: strconv.FormatInt(minutes, 10), Label: w.Hours(minutes), Chosen: minutes == chosen})
	}
	return out
}

// timeSpent is the question how long it took, as it was answered: a tap, or another
// number of minutes that was typed.
type timeSpent struct {
	Chosen  int64
	Other   string
	Problem string
}

// minutesOf reads a timeSpent. A number that was typed goes before a tap.
func minutesOf(c *fiber.Ctx) (int64, error) {
	text := strings.TrimSpace(c.FormValue("other"))
	if text == "" {
		text = c.FormValue("minutes")
	}
	if text == "" {
		return 0, rule.Broken("minutes", "rule.choose")
	}
	minutes, err := strconv.ParseInt(text, 10, 32)
	if err != nil {
		return 0, rule.Broken("minutes", "hours.not_a_number")
	}
	return minutes, nil
}

func changeListing(c *fiber.Ctx, change func(context.Context, coop.Actor, coop.ListingID) error) error {
	id, err := rule.ID[coop.ListingID](c.Params("id"))
	if err != nil {
		return err
	}
	if err := change(c.UserContext(), session.Of(c).Coop(), id); err != nil {
		return err
	}
	return c.Redirect("/listings/mine", fiber.StatusSeeOther)
}

// aboutOf is what an agreement is about: the words that somebody wrote, or its category in
// the reader's language.
func aboutOf(w page.Words, a exchange.Agreement) string {
	if a.About == "" {
		return w.T("listing.category_" + string(a.Category))
	}
	return a.About
}

// aboutLang is the language of aboutOf.
func aboutLang(w page.Words, a exchange.Agreement) string {
	if a.About == "" {
		return w.Lang()
	}
	return a.Language
}

// thingIcon is the sign of something to bring along.
func thingIcon(t exchange.Thing) string {
	return map[exchange.Thing]string{
		"tools": "tool", "bag": "bag", "device": "screen", "papers": "paper", "fabric": "needle",
		"dish": "pot", "gloves": "plant", "boxes": "box", "keys": "key",
	}[t]
}

// nameOf is a person's name, or the neutral words for somebody who has left.
func nameOf(w page.Words, p exchange.Person) string {
	if p.Name == "" {
		return w.T("agreement.gone")
	}
	return p.Name
}
