package coopweb

import (
	"context"

	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"

	"lien/coop"
	"lien/coop/exchange"
	"lien/coop/visit"
	"lien/rule"
	"lien/server/page"
	"lien/server/session"
)

// myVisitPage is where a member chooses who knows that they are on a visit.
type myVisitPage struct {
	page.Frame
	Agreement exchange.Agreement
	Visit     visit.Visit
	Words     string // a part of a name that was looked for
	Found     []visit.Person
	Problems  page.Problems
}

// visitPage is what the chosen person sees: from when to when, never where nor with whom.
type visitPage struct {
	page.Frame
	Visit visit.Visit
}

// ShowMyVisit shows who knows of the reader's visit, and whom they may choose.
func (w *Web) ShowMyVisit(c *fiber.Ctx) error { return w.showMyVisit(c, fiber.StatusOK, nil) }

func (w *Web) showMyVisit(c *fiber.Ctx, status int, problems page.Problems) (err error) {
	p := myVisitPage{Frame: page.NewFrame(c, "visit.title", "listings"), Words: c.Query("words"), Problems: problems}
	if p.Agreement, err = w.agreement(c); err != nil {
		return err
	}
	if !p.Agreement.Party(p.Actor.Member) {
		return rule.ErrNotFound
	}
	ctx, actor := c.UserContext(), session.Of(c).Coop()
	if p.Visit, err = w.Visits.Mine(ctx, actor, p.Agreement.ID); err != nil {
		return err
	}
	p.Found, err = w.Visits.Candidates(ctx, actor, p.Agreement.ID, p.Words)
	if wrong, refused := page.ProblemsOf(p.Frame.Words, err); refused {
		p.Problems, status, err = wrong, fiber.StatusUnprocessableEntity, nil
	}
	if err != nil {
		return err
	}
	return page.ShowStatus(c, status, MyVisitPage(p))
}

// AskVisit chooses who knows of the reader's visit.
func (w *Web) AskVisit(c *fiber.Ctx) error {
	id, err := rule.ID[coop.AgreementID](c.Params("id"))
	if err != nil {
		return err
	}
	whom, err := rule.ID[coop.MemberID](c.FormValue("whom"))
	if err != nil {
		err = rule.Broken("whom", "visit.choose")
	} else {
		err = w.Visits.Ask(c.UserContext(), session.Of(c).Coop(), id, whom)
	}
	if problems, refused := page.ProblemsOf(page.WordsOf(c), err); refused {
		return w.showMyVisit(c, fiber.StatusUnprocessableEntity, problems)
	}
	if err != nil {
		return err
	}
	return c.Redirect(agreementPath(id)+"/visit", fiber.StatusSeeOther)
}

// DropVisit lets nobody know any more.
func (w *Web) DropVisit(c *fiber.Ctx) error { return w.moveVisit(c, w.Visits.Drop) }

// ArriveVisit says that the reader is there.
func (w *Web) ArriveVisit(c *fiber.Ctx) error { return w.moveVisit(c, w.Visits.Arrive) }

// LeaveVisit says that the reader has left.
func (w *Web) LeaveVisit(c *fiber.Ctx) error { return w.moveVisit(c, w.Visits.Leave) }

func (w *Web) moveVisit(c *fiber.Ctx, move func(context.Context, coop.Actor, coop.AgreementID) error) error {
	id, err := rule.ID[coop.AgreementID](c.Params("id"))
	if err != nil {
		return err
	}
	if err := move(c.UserContext(), session.Of(c).Coop(), id); err != nil {
		return err
	}
	return c.Redirect(agreementPath(id), fiber.StatusSeeOther)
}

// ShowVisit shows the chosen person what they are asked; its member is led to their own page.
func (w *Web) ShowVisit(c *fiber.Ctx) error {
	id, err := visitOfPath(c)
	if err != nil {
		return err
	}
	v, err := w.Visits.One(c.UserContext(), session.Of(c).Coop(), id)
	if err != nil {
		return err
	}
	if v.Member.ID == session.Of(c).Member {
		return c.Redirect(agreementPath(v.Agreement)+"/visit", fiber.StatusSeeOther)
	}
	return page.Show(c, VisitPage(visitPage{Frame: page.NewFrame(c, "visit.for", "home", "Name", page.Name(visitor(page.WordsOf(c), v))), Visit: v}))
}

// AnswerVisit is the chosen person's yes or no.
func (w *Web) AnswerVisit(c *fiber.Ctx) error {
	id, err := visitOfPath(c)
	if err != nil {
		return err
	}
	yes := c.FormValue("answer") == "yes"
	if err := w.Visits.Answer(c.UserContext(), session.Of(c).Coop(), id, yes); err != nil {
		return err
	}
	if !yes {
		return c.Redirect("/home", fiber.StatusSeeOther)
	}
	return c.Redirect("/visits/"+id.String(), fiber.StatusSeeOther)
}

// WellVisit is said by who was asked to call and reached the member.
func (w *Web) WellVisit(c *fiber.Ctx) error {
	id, err := visitOfPath(c)
	if err != nil {
		return err
	}
	if err := w.Visits.Well(c.UserContext(), session.Of(c).Coop(), id); err != nil {
		return err
	}
	return c.Redirect("/visits/"+id.String(), fiber.StatusSeeOther)
}

func visitOfPath(c *fiber.Ctx) (uuid.UUID, error) {
	id, err := uuid.Parse(c.Params("id"))
	if err != nil || len(c.Params("id")) != 36 {
		return id, rule.ErrNotFound
	}
	return id, nil
}

func visitor(w page.Words, v visit.Visit) string { return nameOf(w, exchange.Person(v.Member)) }

// stands is the one sentence that says where a visit stands, to the chosen person.
func (p visitPage) stands() string {
	v := p.Visit
	say := func(key string) string {
		return p.T("visit.now_"+key, "Name", page.Name(visitor(p.Words, v)), "Due", p.Clock(v.DueAt), "There", p.Clock(v.ArrivedAt), "Left", p.When(v.LeftAt))
	}
	switch {
	case !v.Accepted():
		return say("asked")
	case v.Left():
		return say("left")
	case !v.AnsweredAt.IsZero():
		return say("well")
	case v.Calls():
		return say("call")
	case v.There():
		return say("there")
	}
	return say("waiting")
}

// known is the one sentence that says where it stands, to the member.
func (p agreementPage) known() string { return known(p.Words, p.Visit) }

func known(w page.Words, v visit.Visit) string {
	key := "mine_accepted"
	switch {
	case !v.Set():
		return w.T("visit.mine_none")
	case v.Left():
		key = "mine_left"
	case !v.Accepted():
		key = "mine_asked"
	case v.There():
		key = "mine_there"
	}
	return w.T("visit."+key, "Name", page.Name(nameOf(w, exchange.Person(v.Whom))), "Due", w.Clock(v.DueAt))
}
