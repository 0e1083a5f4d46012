package coopweb

import (
	"errors"
	"strconv"

	"github.com/gofiber/fiber/v2"

	"lien/coop"
	"lien/coop/cheque"
	"lien/coop/exchange"
	"lien/rule"
	"lien/server/page"
	"lien/server/session"
)

// chequesPage is the reader's own cheques: those they brought, those of their booklets, and
// the question which number stands on the one in their hand.
type chequesPage struct {
	page.Frame
	Leaves   []cheque.Leaf
	Booklets []cheque.Booklet
	Code     string
	Problems page.Problems
}

// presentPage asks how long the help took that a leaf in the reader's hand pays, and what
// it was.
type presentPage struct {
	page.Frame
	Leaf     cheque.Leaf
	Code     string
	Said     worth
	Problems page.Problems
}

// worth is how a presentation was typed.
type worth struct {
	Spent    timeSpent
	Category exchange.Category
	About    string
}

// chequePage is one leaf as one of its two sees it.
type chequePage struct {
	page.Frame
	Leaf     cheque.Leaf
	Events   []cheque.Event
	Spent    timeSpent
	Typed    string
	Problems page.Problems
}

// ShowCheques shows the reader's own cheques.
func (w *Web) ShowCheques(c *fiber.Ctx) error { return w.showCheques(c, "", nil) }

func (w *Web) showCheques(c *fiber.Ctx, typed string, problems page.Problems) (err error) {
	actor := session.Of(c).Coop()
	p := chequesPage{Frame: page.NewFrame(c, "cheque.title", "me"), Code: typed, Problems: problems}
	if p.Leaves, err = w.Cheques.Mine(c.UserContext(), actor); err != nil {
		return err
	}
	if p.Booklets, err = w.Booklets.Mine(c.UserContext(), actor); err != nil {
		return err
	}
	status := fiber.StatusOK
	if problems != nil {
		status = fiber.StatusUnprocessableEntity
	}
	return page.ShowStatus(c, status, ChequesPage(p))
}

// FindCheque leads a typed number to its leaf.
func (w *Web) FindCheque(c *fiber.Ctx) error {
	code, err := cheque.Read(c.FormValue("code"))
	if err != nil {
		return page.Refused(page.WordsOf(c), err, func(p page.Problems) error { return w.showCheques(c, c.FormValue("code"), p) })
	}
	return c.Redirect("/cheque/"+code, fiber.StatusSeeOther)
}

// ShowNumber shows the leaf of a number to whoever has it in their hand. The square on the
// paper leads here.
func (w *Web) ShowNumber(c *fiber.Ctx) error {
	hidden(c)
	actor := session.Of(c)
	var leaf cheque.Leaf
	err := w.unguessed(c, func() (err error) {
		leaf, err = w.Cheques.Look(c.UserContext(), actor.Coop(), c.Params("code"))
		return err
	})
	switch {
	case err != nil:
		return page.Refused(page.WordsOf(c), err, func(p page.Problems) error { return w.showCheques(c, c.Params("code"), p) })
	case leaf.State != cheque.Blank:
		return c.Redirect("/cheques/"+leaf.ID.String(), fiber.StatusSeeOther)
	}
	p := newPresentPage(c, leaf)
	p.Said.Spent.Chosen = 60
	return page.Show(c, PresentPage(p))
}

func newPresentPage(c *fiber.Ctx, leaf cheque.Leaf) presentPage {
	name := nameOf(page.WordsOf(c), leaf.Drawer)
	return presentPage{Frame: page.NewFrame(c, "cheque.present.title", "me", "Name", page.Name(name)), Leaf: leaf, Code: c.Params("code")}
}

// PresentCheque brings the leaf of a number.
func (w *Web) PresentCheque(c *fiber.Ctx) error {
	hidden(c)
	actor := session.Of(c).Coop()
	var leaf cheque.Leaf
	err := w.unguessed(c, func() error {
		p, err := presentationOf(c)
		if err == nil {
			leaf, err = w.Cheques.Present(c.UserContext(), actor, c.Params("code"), p)
		}
		return err
	})
	if err == nil {
		return c.Redirect("/cheques/"+leaf.ID.String(), fiber.StatusSeeOther)
	}
	return page.Refused(page.WordsOf(c), err, func(problems page.Problems) error {
		leaf, err := w.Cheques.Look(c.UserContext(), actor, c.Params("code"))
		if problems["code"] != "" || err != nil {
			return w.showCheques(c, c.Params("code"), problems)
		}
		p := newPresentPage(c, leaf)
		p.Said, p.Problems = worthAgain(c, problems), problems
		return page.ShowStatus(c, fiber.StatusUnprocessableEntity, PresentPage(p))
	})
}

// presentationOf reads what is said of a leaf.
func presentationOf(c *fiber.Ctx) (p cheque.Presentation, err error) {
	p = cheque.Presentation{Category: exchange.Category(c.FormValue("category")), About: c.FormValue("about"), Language: page.WordsOf(c).Lang()}
	p.Minutes, err = minutesOf(c)
	return p, err
}

// worthAgain is a presentation as it was typed, to be mended.
func worthAgain(c *fiber.Ctx, problems page.Problems) worth {
	return worth{Spent: spentAgain(c, problems), Category: exchange.Category(c.FormValue("category")), About: c.FormValue("about")}
}

func spentAgain(c *fiber.Ctx, problems page.Problems) timeSpent {
	spent := timeSpent{Other: c.FormValue("other"), Problem: problems["minutes"]}
	if tapped, err := strconv.ParseInt(c.FormValue("minutes"), 10, 32); err == nil {
		spent.Chosen = tapped
	}
	return spent
}

// unguessed looks a number up within what one member may guess. Only numbers that could be
// real and are not count.
func (w *Web) unguessed(c *fiber.Ctx, look func() error) error {
	who := session.Of(c).Member.String()
	if err := w.Numbers.Allow(who); err != nil {
		return err
	}
	err := look()
	var invalid *rule.Invalid
	if !errors.As(err, &invalid) || invalid.Rule != "cheque.unknown" {
		w.Numbers.Pardon(who)
	}
	return err
}

// ShowCheque shows one leaf to one of its two.
func (w *Web) ShowCheque(c *fiber.Ctx) error {
	p, err := w.chequePage(c)
	if err != nil {
		return err
	}
	return page.Show(c, ChequePage(p))
}

func (w *Web) chequePage(c *fiber.Ctx) (p chequePage, err error) {
	id, err := rule.ID[coop.LeafID](c.Params("id"))
	if err != nil {
		return p, err
	}
	actor := session.Of(c).Coop()
	if p.Leaf, err = w.Cheques.One(c.UserContext(), actor, id); err != nil {
		return p, err
	}
	if !p.Leaf.Party(actor.Member) {
		return p, rule.ErrNotFound // a facilitator has a page of their own at the desk
	}
	p.Frame = page.NewFrame(c, "cheque.one", "me", "Number", leafNumber(p.Leaf.Name()))
	p.Spent.Chosen = p.Leaf.Claimed
	p.Events, err = w.Cheques.Events(c.UserContext(), actor, id)
	return p, err
}

// ConfirmCheque is the drawer's yes, with how long it took.
func (w *Web) ConfirmCheque(c *fiber.Ctx) error {
	return w.stepCheque(c, cheque.ToConfirm, func(actor coop.Actor, id coop.LeafID, seen int) error {
		minutes, err := minutesOf(c)
		if err == nil {
			_, err = w.Cheques.Confirm(c.UserContext(), actor, id, seen, minutes)
		}
		return err
	})
}

// RefuseCheque is the drawer's no, in words.
func (w *Web) RefuseCheque(c *fiber.Ctx) error {
	return w.stepCheque(c, cheque.ToRefuse, func(actor coop.Actor, id coop.LeafID, seen int) error {
		_, err := w.Cheques.Refuse(c.UserContext(), actor, id, seen, c.FormValue("words"))
		return err
	})
}

// AcceptCheque ends a dispute with the other one's figure.
func (w *Web) AcceptCheque(c *fiber.Ctx) error {
	return w.stepCheque(c, cheque.ToAccept, func(actor coop.Actor, id coop.LeafID, seen int) error {
		_, err := w.Cheques.Accept(c.UserContext(), actor, id, seen)
		return err
	})
}

// WithdrawCheque takes back a leaf that was brought by mistake.
func (w *Web) WithdrawCheque(c *fiber.Ctx) error {
	id, seen, err := leafStepOf(c)
	if err != nil {
		return err
	}
	if _, err := w.Cheques.Withdraw(c.UserContext(), session.Of(c).Coop(), id, seen); err != nil {
		return err
	}
	return c.Redirect("/cheques", fiber.StatusSeeOther) // the leaf is blank again, and no longer theirs
}

// LoseCheque says that a blank leaf of one's own is lost, stolen or spoiled.
func (w *Web) LoseCheque(c *fiber.Ctx) error {
	return w.stepCheque(c, cheque.ToLose, func(actor coop.Actor, id coop.LeafID, seen int) error {
		_, err := w.Cheques.Lose(c.UserContext(), actor, id, seen, cheque.Because(c.FormValue("because")))
		return err
	})
}

// stepCheque takes a step with a leaf and shows it again, with what was typed when a rule
// refused it. A form for a step that is over answers that the leaf moved on.
func (w *Web) stepCheque(c *fiber.Ctx, step cheque.Step, take func(coop.Actor, coop.LeafID, int) error) error {
	id, seen, err := leafStepOf(c)
	if err != nil {
		return err
	}
	if err := take(session.Of(c).Coop(), id, seen); err != nil {
		return page.Refused(page.WordsOf(c), err, func(problems page.Problems) error {
			p, err := w.chequePage(c)
			if err == nil && !p.may(step) {
				err = rule.ErrMoved
			}
			if err != nil {
				return err
			}
			p.Problems, p.Typed, p.Spent = problems, c.FormValue("words"), spentAgain(c, problems)
			return page.ShowStatus(c, fiber.StatusUnprocessableEntity, ChequePage(p))
		})
	}
	return c.Redirect("/cheques/"+id.String(), fiber.StatusSeeOther)
}

// leafStepOf reads which leaf is meant, and how many of its steps the page had seen.
func leafStepOf(c *fiber.Ctx) (id coop.LeafID, seen int, err error) {
	if id, err = rule.ID[coop.LeafID](c.Params("id")); err != nil {
		return id, 0, err
	}
	n, err := strconv.ParseUint(c.FormValue("seen"), 10, 16)
	if err != nil {
		return id, 0, rule.ErrMoved
	}
	return id, int(n), nil
}
