package coopweb

import (
	"strings"

	"github.com/gofiber/fiber/v2"

	"lien/coop"
	"lien/coop/place"
	"lien/rule"
	"lien/server/page"
	"lien/server/session"
)

// placesPage is the tree of places, at the desk.
type placesPage struct {
	page.Frame
	Places   []place.Place
	Problems page.Problems
	Typed    string
}

// ShowPlaces shows the residences, their buildings and their stairwells.
func (w *Web) ShowPlaces(c *fiber.Ctx) error { return w.showPlaces(c, fiber.StatusOK, nil) }

func (w *Web) showPlaces(c *fiber.Ctx, status int, problems page.Problems) error {
	p := placesPage{Frame: page.NewFrame(c, "place.title", ""), Problems: problems, Typed: strings.ToValidUTF8(c.FormValue("name"), "")}
	var err error
	if p.Places, err = w.Places.Tree(c.UserContext(), session.Of(c).Coop()); err != nil {
		return err
	}
	return page.ShowStatus(c, status, PlacesPage(p))
}

// AddResidence adds a residence to the cooperative.
func (w *Web) AddResidence(c *fiber.Ctx) error {
	_, err := w.Places.Add(c.UserContext(), session.Of(c).Coop(), coop.PlaceID{}, c.FormValue("name"))
	if err != nil {
		return page.Refused(page.WordsOf(c), err, func(p page.Problems) error {
			return w.showPlaces(c, fiber.StatusUnprocessableEntity, p)
		})
	}
	return c.Redirect("/desk/places", fiber.StatusSeeOther)
}

// onePlacePage is one place at the desk: its name, what stands in it.
type onePlacePage struct {
	page.Frame
	Place    place.Place
	Problems page.Problems
	Within   string
	Typed    string
}

// ShowPlace shows one place, and what a facilitator can do with it.
func (w *Web) ShowPlace(c *fiber.Ctx) error { return w.showPlace(c, fiber.StatusOK, nil) }

func (w *Web) showPlace(c *fiber.Ctx, status int, problems page.Problems) error {
	id, err := rule.ID[coop.PlaceID](c.Params("id"))
	if err != nil {
		return err
	}
	p := onePlacePage{Frame: page.NewFrame(c, "place.title", ""), Problems: problems}
	if p.Place, err = w.Places.One(c.UserContext(), session.Of(c).Coop(), id); err != nil {
		return err
	}
	p.Title, p.Typed = p.Place.Name, p.Place.Name
	if status != fiber.StatusOK && strings.HasSuffix(c.Path(), "/name") {
		p.Typed = strings.ToValidUTF8(c.FormValue("name"), "")
	} else if status != fiber.StatusOK {
		p.Within = strings.ToValidUTF8(c.FormValue("name"), "")
		p.Problems = page.Problems{"within": problems["name"], "place": problems["place"]}
	}
	return page.ShowStatus(c, status, OnePlacePage(p))
}

// AddPlace puts a building into a residence, or a stairwell into a building.
func (w *Web) AddPlace(c *fiber.Ctx) error {
	return w.placed(c, func(id coop.PlaceID) (string, error) {
		_, err := w.Places.Add(c.UserContext(), session.Of(c).Coop(), id, c.FormValue("name"))
		return "/desk/places", err
	})
}

// NamePlace gives a place another name.
func (w *Web) NamePlace(c *fiber.Ctx) error {
	return w.placed(c, func(id coop.PlaceID) (string, error) {
		return "/desk/places", w.Places.Rename(c.UserContext(), session.Of(c).Coop(), id, c.FormValue("name"))
	})
}

// ClosePlace takes a place away where nobody lives.
func (w *Web) ClosePlace(c *fiber.Ctx) error {
	return w.placed(c, func(id coop.PlaceID) (string, error) {
		return "/desk/places", w.Places.Close(c.UserContext(), session.Of(c).Coop(), id)
	})
}

func (w *Web) placed(c *fiber.Ctx, act func(coop.PlaceID) (string, error)) error {
	id, err := rule.ID[coop.PlaceID](c.Params("id"))
	if err != nil {
		return err
	}
	to, err := act(id)
	if err != nil {
		return page.Refused(page.WordsOf(c), err, func(p page.Problems) error {
			return w.showPlace(c, fiber.StatusUnprocessableEntity, p)
		})
	}
	return c.Redirect(to, fiber.StatusSeeOther)
}

// movingPage is where a member lives, and where they may move to.
type movingPage struct {
	page.Frame
	Member  coop.MemberID
	Whose   string // empty for the reader's own
	Stays   []place.Stay
	Homes   []place.Place
	Chosen  string
	Problem string
	Action  string
	Back    string
}

// ShowMyPlace shows the reader where they live, and lets them say that they moved.
func (w *Web) ShowMyPlace(c *fiber.Ctx) error {
	return w.showMoving(c, session.Of(c).Coop().Member, fiber.StatusOK, nil)
}

// MoveMe says that the reader lives somewhere else from now on.
func (w *Web) MoveMe(c *fiber.Ctx) error {
	return w.moved(c, session.Of(c).Coop().Member, "/me/place")
}

// ShowMemberPlace shows a facilitator where a member lives.
func (w *Web) ShowMemberPlace(c *fiber.Ctx) error {
	id, err := rule.ID[coop.MemberID](c.Params("id"))
	if err != nil {
		return err
	}
	return w.showMoving(c, id, fiber.StatusOK, nil)
}

// MoveMember says, at the desk, that a member lives somewhere else from now on.
func (w *Web) MoveMember(c *fiber.Ctx) error {
	id, err := rule.ID[coop.MemberID](c.Params("id"))
	if err != nil {
		return err
	}
	return w.moved(c, id, "/desk/members/"+id.String()+"/place")
}

func (w *Web) moved(c *fiber.Ctx, member coop.MemberID, back string) error {
	to, err := rule.ID[coop.PlaceID](c.FormValue("place"))
	if err != nil {
		err = rule.Broken("place", "rule.choose")
	} else {
		err = w.Places.Move(c.UserContext(), session.Of(c).Coop(), member, to)
	}
	if err != nil {
		return page.Refused(page.WordsOf(c), err, func(p page.Problems) error {
			return w.showMoving(c, member, fiber.StatusUnprocessableEntity, p)
		})
	}
	return c.Redirect(back, fiber.StatusSeeOther)
}

func (w *Web) showMoving(c *fiber.Ctx, member coop.MemberID, status int, problems page.Problems) error {
	hidden(c)
	ctx, actor := c.UserContext(), session.Of(c).Coop()
	p := movingPage{
		Frame: page.NewFrame(c, "place.mine", "me"), Member: member, Problem: problems["place"],
		Action: "/me/place", Back: "/me", Chosen: c.FormValue("place"),
	}
	var err error
	if p.Stays, err = w.Places.Where(ctx, actor, member); err != nil {
		return err
	}
	if p.Homes, err = w.Places.Homes(ctx, actor); err != nil {
		return err
	}
	if strings.HasPrefix(c.Path(), "/desk/") {
		who, err := w.Members.One(ctx, actor, member)
		if err != nil {
			return err
		}
		p.Whose, p.Back = who.Name, "/desk/members/"+member.String()
		p.Action, p.Title = p.Back+"/place", p.T("place.theirs")
	}
	return page.ShowStatus(c, status, MovingPage(p))
}

// stays are where somebody lived, as a thread.
func (p movingPage) stays() (list []page.Moment) {
	for n, s := range p.Stays {
		state, when := "done", p.T("place.from_until", "From", p.Date(s.FromAt), "Until", p.Date(s.UntilAt))
		if n == 0 {
			state, when = "now", p.T("place.since", "Date", p.Date(s.FromAt))
		}
		list = append(list, page.Moment{State: state, When: when, Title: s.Place})
	}
	return list
}

// kindLabel is what may be added to a place, in words.
func (p onePlacePage) kindLabel() string { return p.T("place.add_" + string(p.Place.Kind.Within())) }
