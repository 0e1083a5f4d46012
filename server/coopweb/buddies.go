package coopweb

import (
	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"

	"lien/coop"
	"lien/coop/neighbour"
	"lien/coop/welcome"
	"lien/rule"
	"lien/server/page"
	"lien/server/session"
)

// buddyPage is who comes along with the reader the first time, and with whom they do.
type buddyPage struct {
	page.Frame
	Mine     welcome.Mine
	Key      string
	Problems page.Problems
}

// newcomersPage is the desk's list of those for whom nobody is asked just now.
type newcomersPage struct {
	page.Frame
	Newcomers []welcome.Alone
	Problems  page.Problems
}

// ShowBuddy shows what the reader can ask for, what they are asked, and whom they go with.
func (w *Web) ShowBuddy(c *fiber.Ctx) error { return w.showBuddy(c, fiber.StatusOK, nil) }

func (w *Web) showBuddy(c *fiber.Ctx, status int, problems page.Problems) error {
	p := buddyPage{Frame: page.NewFrame(c, "buddy.title", "me"), Key: page.NewKey(), Problems: problems}
	var err error
	if p.Mine, err = w.Buddies.Of(c.UserContext(), session.Of(c).Coop()); err != nil {
		return err
	}
	return page.ShowStatus(c, status, BuddyPage(p))
}

// AskBuddy asks for somebody to come along with the reader.
func (w *Web) AskBuddy(c *fiber.Ctx) error {
	actor := session.Of(c).Coop()
	if err := w.askBuddy(c, actor.Member); err != nil {
		return page.Refused(page.WordsOf(c), err, func(p page.Problems) error { return w.showBuddy(c, fiber.StatusUnprocessableEntity, p) })
	}
	return c.Redirect("/me/buddy", fiber.StatusSeeOther)
}

func (w *Web) askBuddy(c *fiber.Ctx, newcomer coop.MemberID) error {
	key, err := rule.Key(c.FormValue("key"))
	if err != nil {
		return err
	}
	return w.Buddies.Ask(c.UserContext(), session.Of(c).Coop(), newcomer, key)
}

// VolunteerBuddy makes the reader somebody who may be asked, or not any more.
func (w *Web) VolunteerBuddy(c *fiber.Ctx) error {
	if err := w.Buddies.Volunteer(c.UserContext(), session.Of(c).Coop(), c.FormValue("volunteer") == "yes"); err != nil {
		return err
	}
	return c.Redirect("/me/buddy", fiber.StatusSeeOther)
}

// StepBuddy takes a step of a buddyship of the reader's own.
func (w *Web) StepBuddy(c *fiber.Ctx) error {
	id, err := uuid.Parse(c.Params("id"))
	if err != nil {
		return rule.ErrNotFound
	}
	if err := w.Buddies.Take(c.UserContext(), session.Of(c).Coop(), id, welcome.Step(c.FormValue("step"))); err != nil {
		return err
	}
	return c.Redirect("/me/buddy", fiber.StatusSeeOther)
}

// ShowNewcomers lists the newcomers for whom nobody is asked just now.
func (w *Web) ShowNewcomers(c *fiber.Ctx) error { return w.showNewcomers(c, fiber.StatusOK, nil) }

func (w *Web) showNewcomers(c *fiber.Ctx, status int, problems page.Problems) error {
	p := newcomersPage{Frame: page.NewFrame(c, "buddy.desk.title", "home"), Problems: problems}
	var err error
	if p.Newcomers, err = w.Buddies.Alone(c.UserContext(), session.Of(c).Coop()); err != nil {
		return err
	}
	return page.ShowStatus(c, status, NewcomersPage(p))
}

// AskForNewcomer asks a neighbour to come along with a newcomer.
func (w *Web) AskForNewcomer(c *fiber.Ctx) error {
	id, err := rule.ID[coop.MemberID](c.Params("id"))
	if err != nil {
		return err
	}
	if err := w.askBuddy(c, id); err != nil {
		return page.Refused(page.WordsOf(c), err, func(p page.Problems) error { return w.showNewcomers(c, fiber.StatusUnprocessableEntity, p) })
	}
	return c.Redirect("/desk/newcomers", fiber.StatusSeeOther)
}

// note is what the desk needs to know of a newcomer: since when, and what they speak.
func (p newcomersPage) note(n welcome.Alone) string {
	speaks := []string{n.Language}
	for _, code := range n.Speaks {
		if code != n.Language {
			speaks = append(speaks, code)
		}
	}
	note := p.T("desk.new.joined", "Day", p.Date(n.JoinedAt)) + " · " + tongues(speaks)
	if n.Tried {
		note += " · " + p.T("buddy.desk.tried")
	}
	return note
}

// buddyWords say where a buddyship stands, to the newcomer or to the buddy.
func buddyWords(w page.Words, b welcome.Buddyship, reader coop.MemberID) string {
	side := "buddy"
	if reader == b.Newcomer {
		side = "newcomer"
	}
	return w.T("buddy."+side+"."+string(b.State), "Name", b.Name, "Language", neighbour.TongueName(b.Language), "Day", w.Date(b.DeadlineAt))
}
