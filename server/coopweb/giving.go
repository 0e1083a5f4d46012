package coopweb

import (
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"lien/coop"
	"lien/coop/hours"
	"lien/rule"
	"lien/server/page"
	"lien/server/session"
)

// toFund is how the form names everybody.
const toFund = "fund"

// givePage is a gift of hours: first to whom, then how much, then once more. To is the
// receiver's id, toFund, or empty while nobody is chosen.
type givePage struct {
	page.Frame
	Key      string
	To, Name string
	Known    []hours.Receiver
	Searched bool
	Typed    string // the name that was searched
	Found    []hours.Receiver
	Spent    timeSpent
	Note     string // what is written with it
	Minutes  int64  // what is asked once more
	Problems page.Problems
}

// lineDetail is one line of the reader's own account. New says that they have just given.
type lineDetail struct {
	page.Frame
	Line hours.Detail
	New  bool
}

// ShowGive asks to whom, or how much once that is known.
func (w *Web) ShowGive(c *fiber.Ctx) error {
	return w.showGive(c, fiber.StatusOK, givePage{Key: page.NewKey(), To: c.Query("to")})
}

// FindReceiver looks for the person to give to, by name. The name stays out of the address.
func (w *Web) FindReceiver(c *fiber.Ctx) error {
	p := givePage{Key: page.NewKey(), Typed: c.FormValue("words"), Searched: true}
	var err error
	p.Found, err = w.Ledger.Receivers(c.UserContext(), session.Of(c).Coop(), p.Typed)
	if err != nil {
		return page.Refused(page.WordsOf(c), err, func(problems page.Problems) error {
			p.Typed, p.Searched, p.Problems = legible(p.Typed), false, problems
			return w.showGive(c, fiber.StatusUnprocessableEntity, p)
		})
	}
	return w.showGive(c, fiber.StatusOK, p)
}

// Give asks once more, and gives when that was answered.
func (w *Web) Give(c *fiber.Ctx) error {
	actor := session.Of(c).Coop()
	gift, err := giftOf(c)
	if err == nil && c.FormValue("sure") == "" {
		p := givePage{Frame: page.NewFrame(c, "give.title", "me"), Key: gift.Key.String(), To: c.FormValue("to"), Minutes: gift.Minutes, Note: gift.Words}
		if p.Name, err = w.Ledger.MayGive(c.UserContext(), actor, gift); err == nil {
			return page.Show(c, GiveSurePage(p))
		}
	}
	var done hours.Receipt
	if err == nil {
		done, err = w.Ledger.Gift(c.UserContext(), actor, gift)
	}
	if err != nil {
		return page.Refused(page.WordsOf(c), err, func(problems page.Problems) error {
			return w.showGive(c, fiber.StatusUnprocessableEntity, givePage{
				Key: page.KeptKey(c), To: c.FormValue("to"), Note: legible(c.FormValue("words")), Problems: problems,
				Spent: timeSpent{Chosen: gift.Minutes, Other: legible(c.FormValue("other")), Problem: problems["minutes"]},
			})
		})
	}
	return c.Redirect("/hours/lines/"+done.Transfer.String()+"?new=yes", fiber.StatusSeeOther)
}

// ShowLine shows one line of the reader's own account, with what to say at the desk when
// something is wrong with it.
func (w *Web) ShowLine(c *fiber.Ctx) error {
	id, err := rule.ID[coop.TransferID](c.Params("id"))
	if err != nil {
		return err
	}
	p := lineDetail{Frame: page.NewFrame(c, "hours.line.title", "me"), New: c.Query("new") != ""}
	if p.Line, err = w.Ledger.One(c.UserContext(), session.Of(c).Coop(), id); err != nil {
		return err
	}
	return page.Show(c, LinePage(p))
}

func (w *Web) showGive(c *fiber.Ctx, status int, p givePage) (err error) {
	p.Frame = page.NewFrame(c, "give.title", "me")
	actor := session.Of(c).Coop()
	switch p.To {
	case toFund:
	case "":
		p.Known, err = w.Ledger.Known(c.UserContext(), actor)
	default:
		var id coop.MemberID
		if id, err = rule.ID[coop.MemberID](p.To); err == nil {
			var to hours.Receiver
			to, err = w.Ledger.Receiver(c.UserContext(), actor, id)
			p.Name = to.Name
		}
	}
	if err != nil {
		return err
	}
	return page.ShowStatus(c, status, GivePage(p))
}

// giftOf reads the form.
func giftOf(c *fiber.Ctx) (g hours.Gift, err error) {
	if to := c.FormValue("to"); to != toFund {
		if g.To, err = rule.ID[coop.MemberID](to); err != nil {
			return g, err
		}
	}
	g.Words, g.Language = c.FormValue("words"), page.WordsOf(c).Lang()
	if g.Key, err = rule.Key(c.FormValue("key")); err != nil {
		return g, err
	}
	g.Minutes, err = minutesOf(c)
	return g, err
}

// legible leaves out of a refused text what no page may hold.
func legible(text string) string {
	return strings.ReplaceAll(strings.ToValidUTF8(text, ""), "\x00", "")
}

// receivers are lines that lead to the form.
func receivers(list []hours.Receiver) []page.Line {
	var out []page.Line
	for _, r := range list {
		out = append(out, page.Line{Icon: "person", Title: r.Name, Href: "/hours/give?to=" + r.ID.String()})
	}
	return out
}

// sure is the question that is asked once more.
func (p givePage) sure() page.Ask {
	words := p.T("give.sure_fund", "Length", p.Hours(p.Minutes))
	if p.To != toFund {
		words = p.T("give.sure", "Length", p.Hours(p.Minutes), "Name", page.Name(p.Name))
	}
	return page.Ask{
		Action: "/hours/give", Key: p.Key, Words: words, Note: p.T("give.note"), Icon: "gift", Yes: p.T("give.yes"), Back: "/hours", No: p.T("give.no"),
		Hidden: []page.Hidden{
			{Name: "to", Value: p.To},
			{Name: "minutes", Value: strconv.FormatInt(p.Minutes, 10)},
			{Name: "words", Value: p.Note},
			{Name: "sure", Value: "yes"},
		},
	}
}

// facts are what the line of an account is made of.
func (p lineDetail) facts() []page.Fact {
	l := p.Line.Line
	return []page.Fact{
		{Icon: "clock", Term: p.T("hours.line.length"), Value: p.Hours(length(l.Minutes))},
		{Icon: "people", Term: lineSide(p.Words, l), Value: lineWith(p.Words, l)},
		{Icon: "calendar", Term: p.T("hours.line.day"), Value: p.Day(l.At)},
	}
}
