package coopweb

import (
	"strings"

	"github.com/gofiber/fiber/v2"

	"lien/coop/neighbour"
	"lien/server/page"
	"lien/server/session"
)

// visibilityPage is what the reader shows of themselves, and what comes of it.
type visibilityPage struct {
	page.Frame
	Mine     neighbour.Visibility
	Entry    neighbour.Entry // as neighbours see it
	Seen     bool            // somebody does
	Problems page.Problems
}

// ShowVisibility shows what the reader's neighbours see of them, and lets them change it.
func (w *Web) ShowVisibility(c *fiber.Ctx) error {
	p, err := w.visibility(c)
	if err != nil {
		return err
	}
	return page.Show(c, VisibilityPage(p))
}

// ChooseVisibility keeps what the form says.
func (w *Web) ChooseVisibility(c *fiber.Ctx) error {
	chosen := neighbour.Visibility{
		Name: c.FormValue("name"), Listed: c.FormValue("listed") == "yes", Shows: formValues(c, "shows"),
		Likes: c.FormValue("likes"), LikesLanguage: page.WordsOf(c).Lang(), Speaks: formValues(c, "speaks"),
	}
	err := w.Directory.Choose(c.UserContext(), session.Of(c).Coop(), chosen)
	if err == nil {
		return c.Redirect("/me/visibility", fiber.StatusSeeOther)
	}
	return page.Refused(page.WordsOf(c), err, func(problems page.Problems) error {
		p, err := w.visibility(c)
		if err != nil {
			return err
		}
		chosen.OwnName = p.Mine.OwnName
		chosen.Name, chosen.Likes = strings.ToValidUTF8(chosen.Name, ""), strings.ToValidUTF8(chosen.Likes, "")
		p.Mine, p.Problems = chosen, problems
		return page.ShowStatus(c, fiber.StatusUnprocessableEntity, VisibilityPage(p))
	})
}

func (w *Web) visibility(c *fiber.Ctx) (p visibilityPage, err error) {
	actor := session.Of(c).Coop()
	p = visibilityPage{Frame: page.NewFrame(c, "visibility.title", "me")}
	if p.Mine, err = w.Directory.Mine(c.UserContext(), actor); err != nil {
		return p, err
	}
	p.Entry, p.Seen, err = w.Directory.Preview(c.UserContext(), actor)
	return p, err
}

// formValues are all values of a form's field that may be sent several times.
func formValues(c *fiber.Ctx, name string) (values []string) {
	for _, value := range c.Request().PostArgs().PeekMulti(name) {
		values = append(values, string(value))
	}
	return values
}

// pseudonym is what stands in the field of the name: nothing when it is one's own.
func (p visibilityPage) pseudonym() string {
	if p.Mine.Pseudonym() {
		return p.Mine.Name
	}
	return ""
}

// fields are what can be shown, as taps.
func (p visibilityPage) fields() []page.Choice {
	icons := map[neighbour.Field]string{neighbour.Building: "home", neighbour.Languages: "speak", neighbour.Likes: "gift", neighbour.Since: "calendar"}
	var out []page.Choice
	for _, f := range neighbour.Fields() {
		out = append(out, page.Choice{Value: string(f), Label: p.T("directory.field." + string(f)), Icon: icons[f], Chosen: p.Mine.Shown(f)})
	}
	return out
}

func (p visibilityPage) speaks(code string) bool {
	for _, spoken := range p.Mine.Speaks {
		if spoken == code {
			return true
		}
	}
	return false
}
