package coopweb

import (
	"time"

	"github.com/gofiber/fiber/v2"

	"lien/coop"
	"lien/coop/welcome"
	"lien/rule"
	"lien/server/page"
	"lien/server/session"
)

// callsPage is whose turn it is to be called, and who was lately.
type callsPage struct {
	page.Frame
	InTurn   []welcome.InTurn
	Lately   []welcome.Made
	Problems page.Problems
}

// ShowCalls lists whose turn it is to be called.
func (w *Web) ShowCalls(c *fiber.Ctx) error { return w.showCalls(c, fiber.StatusOK, nil) }

func (w *Web) showCalls(c *fiber.Ctx, status int, problems page.Problems) error {
	actor, ctx := session.Of(c).Coop(), c.UserContext()
	p := callsPage{Frame: page.NewFrame(c, "call.title", "home"), Problems: problems}
	var err error
	if p.InTurn, err = w.Calls.InTurn(ctx, actor); err != nil {
		return err
	}
	if p.Lately, err = w.Calls.Lately(ctx, actor); err != nil {
		return err
	}
	return page.ShowStatus(c, status, CallsPage(p))
}

// NoteCall keeps how a call went.
func (w *Web) NoteCall(c *fiber.Ctx) error {
	id, err := rule.ID[coop.MemberID](c.Params("id"))
	if err != nil {
		return err
	}
	key, err := rule.Key(c.FormValue("key"))
	if err == nil {
		call := welcome.Call{Member: id, Outcome: welcome.Outcome(c.FormValue("outcome")), AgainOn: c.FormValue("again")}
		err = w.Calls.Note(c.UserContext(), session.Of(c).Coop(), call, key)
	}
	if err != nil {
		return page.Refused(page.WordsOf(c), err, func(p page.Problems) error { return w.showCalls(c, fiber.StatusUnprocessableEntity, p) })
	}
	return c.Redirect("/desk/calls", fiber.StatusSeeOther)
}

// heard says since when a member was not heard of by a call.
func (p callsPage) heard(m welcome.InTurn) string {
	words := p.T("call.never")
	switch {
	case m.Promised:
		words = p.T("call.promised")
	case !m.HeardAt.IsZero():
		words = p.T("call.heard_on", "Day", p.Date(m.HeardAt))
	}
	return words + " · " + page.Tongue(m.Language)
}

// made says how a call went, in a few words.
func (p callsPage) made(m welcome.Made) string {
	words := p.T("call.outcome." + string(m.Outcome))
	if !m.AgainOn.IsZero() {
		words = p.T("call.again_on", "Day", p.Date(m.AgainOn.Add(12*time.Hour)))
	}
	return words + " · " + p.When(m.At) + " · " + m.By
}
