package coopweb

import (
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"lien/coop"
	"lien/coop/board"
	"lien/rule"
	"lien/server/page"
	"lien/server/session"
)

// hearingPage is what a reader hears of their boards, and when.
type hearingPage struct {
	page.Frame
	Boards   []board.Board
	Rest     board.Rest
	Problems page.Problems
	Typed    map[string]string
}

// ShowHearing shows the reader which boards they hear of and when nothing is told.
func (w *Web) ShowHearing(c *fiber.Ctx) error {
	p, err := w.hearing(c)
	if err != nil {
		return err
	}
	return page.Show(c, HearingPage(p))
}

func (w *Web) hearing(c *fiber.Ctx) (p hearingPage, err error) {
	p = hearingPage{Frame: page.NewFrame(c, "hearing.title", "boards"), Typed: map[string]string{"from": "21:00", "until": "07:00"}}
	actor := session.Of(c).Coop()
	if p.Boards, err = w.Boards.Readable(c.UserContext(), actor); err != nil {
		return p, err
	}
	p.Unread = unread(p.Boards)
	if p.Rest, err = w.Boards.RestOf(c.UserContext(), actor); err == nil && p.rests() {
		p.Typed = map[string]string{"from": watch(p.Rest.From), "until": watch(p.Rest.Until)}
	}
	return p, err
}

func (p hearingPage) rests() bool { return p.Rest != board.Rest{} }

// TakeRest sets the hours at which boards tell the reader nothing, or ends them.
func (w *Web) TakeRest(c *fiber.Ctx) error {
	actor := session.Of(c).Coop()
	var err error
	if c.FormValue("rest") == "no" {
		err = w.Boards.EndRest(c.UserContext(), actor)
	} else {
		var r board.Rest
		if r, err = restOf(c); err == nil {
			err = w.Boards.TakeRest(c.UserContext(), actor, r)
		}
	}
	if problems, refused := page.ProblemsOf(page.WordsOf(c), err); refused {
		p, err := w.hearing(c)
		if err != nil {
			return err
		}
		p.Problems, p.Typed = problems, typedOf(c, "from", "until")
		return page.ShowStatus(c, fiber.StatusUnprocessableEntity, HearingPage(p))
	}
	if err != nil {
		return err
	}
	return c.Redirect("/me/boards", fiber.StatusSeeOther)
}

func restOf(c *fiber.Ctx) (r board.Rest, err error) {
	for _, f := range []struct {
		name   string
		minute *int
	}{{"from", &r.From}, {"until", &r.Until}} {
		at, err := time.Parse("15:04", strings.TrimSpace(c.FormValue(f.name)))
		if err != nil {
			return r, rule.Broken(f.name, "pace.rule.hour")
		}
		*f.minute = at.Hour()*60 + at.Minute()
	}
	return r, nil
}

// MuteBoard lets the reader hear nothing of a board, or hear of it again.
func (w *Web) MuteBoard(c *fiber.Ctx) error {
	id, err := rule.ID[coop.BoardID](c.Params("id"))
	if err != nil {
		return err
	}
	if err := w.Boards.Mute(c.UserContext(), session.Of(c).Coop(), id, c.FormValue("mute") != "no"); err != nil {
		return err
	}
	return c.Redirect(page.OwnPath(c.FormValue("next", "/me/boards")), fiber.StatusSeeOther)
}

// muteValue is what the button sends: the opposite of what is.
func muteValue(b board.Board) string {
	if b.Muted {
		return "no"
	}
	return "yes"
}
