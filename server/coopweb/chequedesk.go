package coopweb

import (
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"lien/coop"
	"lien/coop/cheque"
	"lien/rule"
	"lien/server/page"
	"lien/server/session"
)

// chequeDesk is where a facilitator hands out booklets and sees what waits.
type chequeDesk struct {
	page.Frame
	Waiting  []cheque.Leaf
	Booklets []cheque.Booklet
	More     string
	Key      string
	Number   string
	Leaves   int
	Problems page.Problems
}

// chequeCase is one leaf as a facilitator decides on it.
type chequeCase struct {
	page.Frame
	Leaf     cheque.Leaf
	Events   []cheque.Event
	Spent    timeSpent
	Typed    string
	Problems page.Problems
}

// ShowChequeDesk shows what waits, the register, and the form that hands out a booklet.
func (w *Web) ShowChequeDesk(c *fiber.Ctx) error {
	return w.showChequeDesk(c, fiber.StatusOK, chequeDesk{Key: page.NewKey(), Leaves: 10, Number: c.Query("member")})
}

func (w *Web) showChequeDesk(c *fiber.Ctx, status int, p chequeDesk) (err error) {
	actor := session.Of(c).Coop()
	p.Frame = page.NewFrame(c, "cheque.desk.title", "home")
	before, err := strconv.ParseUint(c.Query("before", "0"), 10, 31)
	if err != nil {
		return rule.ErrNotFound
	}
	if p.Waiting, err = w.Cheques.Waiting(c.UserContext(), actor); err != nil {
		return err
	}
	var next int64
	if p.Booklets, next, err = w.Booklets.Register(c.UserContext(), actor, int64(before)); err != nil {
		return err
	}
	if next > 0 {
		p.More = "/desk/cheques?before=" + strconv.FormatInt(next, 10)
	}
	return page.ShowStatus(c, status, ChequeDeskPage(p))
}

// IssueBooklet hands out a booklet and leads to its sheets.
func (w *Web) IssueBooklet(c *fiber.Ctx) error {
	issue, err := issueOf(c)
	var id coop.BookletID
	if err == nil {
		id, err = w.Booklets.Issue(c.UserContext(), session.Of(c).Coop(), issue)
	}
	if err != nil {
		return page.Refused(page.WordsOf(c), err, func(problems page.Problems) error {
			return w.showChequeDesk(c, fiber.StatusUnprocessableEntity, chequeDesk{
				Key: page.KeptKey(c), Number: c.FormValue("number"), Leaves: issue.Leaves, Problems: problems,
			})
		})
	}
	return c.Redirect("/desk/booklets/"+id.String()+"/print", fiber.StatusSeeOther)
}

func issueOf(c *fiber.Ctx) (i cheque.Issue, err error) {
	if leaves, err := strconv.ParseUint(c.FormValue("leaves"), 10, 8); err == nil {
		i.Leaves = int(leaves)
	}
	if i.Number, err = memberNumber(c.FormValue("number")); err != nil {
		return i, err
	}
	i.Key, err = rule.Key(c.FormValue("key"))
	return i, err
}

// memberNumber reads a member's number as it is typed.
func memberNumber(typed string) (int64, error) {
	n, err := strconv.ParseUint(strings.TrimSpace(typed), 10, 31)
	if err != nil || n == 0 {
		return 0, rule.Broken("number", "cheque.nobody")
	}
	return int64(n), nil
}

// ShowChequeCase shows a facilitator one leaf, with what each of the two said.
func (w *Web) ShowChequeCase(c *fiber.Ctx) error {
	p, err := w.chequeCase(c)
	if err != nil {
		return err
	}
	return page.Show(c, ChequeCasePage(p))
}

func (w *Web) chequeCase(c *fiber.Ctx) (p chequeCase, err error) {
	id, err := rule.ID[coop.LeafID](c.Params("id"))
	if err != nil {
		return p, err
	}
	actor := session.Of(c).Coop()
	if p.Leaf, err = w.Cheques.One(c.UserContext(), actor, id); err != nil {
		return p, err
	}
	p.Frame = page.NewFrame(c, "cheque.one", "home", "Number", leafNumber(p.Leaf.Name()))
	p.Spent.Chosen = p.Leaf.Claimed
	p.Events, err = w.Cheques.Events(c.UserContext(), actor, id)
	return p, err
}

// WitnessCheque says that the facilitator has seen the leaf and its signature.
func (w *Web) WitnessCheque(c *fiber.Ctx) error {
	return w.decideCheque(c, cheque.ToWitness, func(actor coop.Actor, id coop.LeafID, seen int) error {
		_, err := w.Cheques.Witness(c.UserContext(), actor, id, seen)
		return err
	})
}

// SettleCheque decides how many minutes are owed.
func (w *Web) SettleCheque(c *fiber.Ctx) error {
	return w.decideCheque(c, cheque.ToSettle, func(actor coop.Actor, id coop.LeafID, seen int) error {
		minutes, err := minutesOf(c)
		if err == nil {
			_, err = w.Cheques.Settle(c.UserContext(), actor, id, seen, minutes, c.FormValue("words"))
		}
		return err
	})
}

// VoidCheque decides that nothing is owed.
func (w *Web) VoidCheque(c *fiber.Ctx) error {
	return w.decideCheque(c, cheque.ToVoid, func(actor coop.Actor, id coop.LeafID, seen int) error {
		_, err := w.Cheques.Void(c.UserContext(), actor, id, seen, c.FormValue("words"))
		return err
	})
}

// LoseDeskCheque says at the desk that a blank leaf is lost, stolen or spoiled.
func (w *Web) LoseDeskCheque(c *fiber.Ctx) error {
	return w.decideCheque(c, cheque.ToLose, func(actor coop.Actor, id coop.LeafID, seen int) error {
		_, err := w.Cheques.Lose(c.UserContext(), actor, id, seen, cheque.Because(c.FormValue("because")))
		return err
	})
}

func (w *Web) decideCheque(c *fiber.Ctx, step cheque.Step, take func(coop.Actor, coop.LeafID, int) error) error {
	id, seen, err := leafStepOf(c)
	if err != nil {
		return err
	}
	if err := take(session.Of(c).Coop(), id, seen); err != nil {
		return page.Refused(page.WordsOf(c), err, func(problems page.Problems) error {
			p, err := w.chequeCase(c)
			if err == nil && !p.may(step) {
				err = rule.ErrMoved
			}
			if err != nil {
				return err
			}
			p.Problems, p.Typed, p.Spent = problems, c.FormValue("words"), spentAgain(c, problems)
			return page.ShowStatus(c, fiber.StatusUnprocessableEntity, ChequeCasePage(p))
		})
	}
	return c.Redirect("/desk/cheques/"+id.String(), fiber.StatusSeeOther)
}

// may reports whether this facilitator may take the step.
func (p chequeCase) may(step cheque.Step) bool {
	return p.Leaf.May(step, p.Actor.Member, true, p.Now())
}

// headline is where the leaf stands, said at the desk.
func (p chequeCase) headline() string {
	l := p.Leaf
	switch l.State {
	case cheque.Presented:
		return p.T("cheque.desk.presented", "When", p.NearDay(l.StateSince), "Name", page.Name(nameOf(p.Words, l.Drawer)))
	case cheque.Disputed:
		return p.T("cheque.desk.disputed", "When", p.NearDay(l.StateSince))
	case cheque.Paid:
		return p.T("cheque.desk.paid", "Length", p.Hours(l.Paid), "Drawer", page.Name(nameOf(p.Words, l.Drawer)), "Bearer", page.Name(nameOf(p.Words, l.Bearer)))
	case cheque.Void:
		return p.T("cheque.because_" + string(l.Because))
	}
	return p.T("cheque.now.blank")
}

// pair says whose leaf is brought by whom.
func pair(w page.Words, l cheque.Leaf) string {
	return w.T("cheque.desk.pair", "Drawer", page.Name(nameOf(w, l.Drawer)), "Bearer", page.Name(nameOf(w, l.Bearer)), "Length", w.Hours(l.Claimed))
}

// leafUse says in the register what a leaf was used for.
func leafUse(w page.Words, l cheque.Leaf) string {
	if (l.Bearer.ID == coop.MemberID{}) {
		return ""
	}
	return leafTitle(w, l) + " · " + w.T("cheque.line_register", "Name", page.Name(nameOf(w, l.Bearer)), "When", w.NearDay(l.StateSince))
}

func spacedCode(code string) string { return cheque.Spaced(code) }
