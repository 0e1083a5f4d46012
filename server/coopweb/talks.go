package coopweb

import (
	"strconv"

	"github.com/gofiber/fiber/v2"

	"lien/coop"
	"lien/coop/exchange"
	"lien/rule"
	"lien/server/live"
	"lien/server/page"
	"lien/server/session"
)

// talk is a conversation as its page draws it: under Path stand the acts of this reader,
// one of the two or the facilitator who helps them.
type talk struct {
	page.Frame
	exchange.Talk
	Path     string
	With     string // whom the reader writes to
	Key      string
	TapKey   string
	Typed    string
	Problems page.Problems
}

// said is one line of a conversation as it is drawn: on a page for its reader, and in a
// live frame for nobody in particular, whose browser marks what is its reader's own.
type said struct {
	page.Words
	exchange.Saying
	Reader coop.MemberID // zero in a frame
}

func (s said) own() bool { return s.By.ID == s.Reader }

func (s said) anchor() string { return "said-" + strconv.FormatInt(s.Seq, 10) }

// Say adds a message to the conversation of an agreement of the reader's own.
func (w *Web) Say(c *fiber.Ctx) error {
	return w.say(c, agreementPath, func(form talk) error {
		p, err := w.agreementPage(c)
		if err != nil {
			return err
		}
		p.Talk.Typed, p.Talk.Problems, p.Talk.Key = form.Typed, form.Problems, form.Key
		return page.ShowStatus(c, fiber.StatusUnprocessableEntity, AgreementPage(p))
	})
}

// SayAtDesk adds a facilitator's message to a conversation that they were let into.
func (w *Web) SayAtDesk(c *fiber.Ctx) error {
	return w.say(c, mediationPath, func(form talk) error {
		p, err := w.mediationPage(c)
		if err != nil {
			return err
		}
		p.Talk.Typed, p.Talk.Problems, p.Talk.Key = form.Typed, form.Problems, form.Key
		return page.ShowStatus(c, fiber.StatusUnprocessableEntity, MediationPage(p))
	})
}

// say sends what the form holds and goes back to the page; refused shows it again.
func (w *Web) say(c *fiber.Ctx, path func(coop.AgreementID) string, refused func(talk) error) error {
	id, err := rule.ID[coop.AgreementID](c.Params("id"))
	if err != nil {
		return err
	}
	n := exchange.Note{Words: c.FormValue("words"), Tap: c.FormValue("tap"), Language: page.WordsOf(c).Lang()}
	var seq int64
	if n.Key, err = rule.Key(c.FormValue("key")); err == nil {
		seq, err = w.Talks.Say(c.UserContext(), session.Of(c).Coop(), id, n)
	}
	if problems, ok := page.ProblemsOf(page.WordsOf(c), err); ok {
		return refused(talk{Typed: n.Words, Problems: problems, Key: page.KeptKey(c)})
	}
	if err != nil {
		return err
	}
	w.Hub.Posted(id.UUID)
	return c.Redirect(path(id)+"#said-"+strconv.FormatInt(seq, 10), fiber.StatusSeeOther)
}

// MarkTalk keeps how far the reader has read.
func (w *Web) MarkTalk(c *fiber.Ctx) error {
	id, err := rule.ID[coop.AgreementID](c.Params("id"))
	if err != nil {
		return err
	}
	seq, err := strconv.ParseInt(c.FormValue("seq"), 10, 64)
	if err != nil {
		return rule.ErrNotFound
	}
	if err := w.Talks.Saw(c.UserContext(), session.Of(c).Coop(), id, seq); err != nil {
		return err
	}
	return c.Redirect(agreementPath(id), fiber.StatusSeeOther)
}

// TalkSince answers by plain HTTP what a socket would have sent, for who cannot have one.
func (w *Web) TalkSince(c *fiber.Ctx) error { return w.since(c) }

// HelpTalk lets a facilitator into a conversation that needs help; both are told.
func (w *Web) HelpTalk(c *fiber.Ctx) error {
	id, err := rule.ID[coop.AgreementID](c.Params("id"))
	if err != nil {
		return err
	}
	if err := w.Talks.Help(c.UserContext(), session.Of(c).Coop(), id); err != nil {
		return err
	}
	w.Hub.Posted(id.UUID)
	return c.Redirect(mediationPath(id), fiber.StatusSeeOther)
}

// talkOf reads the part of a conversation that the address asks for. One that the reader
// may not see is empty and without a path.
func (w *Web) talkOf(c *fiber.Ctx, f page.Frame, id coop.AgreementID, path, with string) (t talk, err error) {
	before, _ := strconv.ParseInt(c.Query("before"), 10, 64) // anything else is the newest part
	t = talk{Frame: f, With: with, Key: page.NewKey(), TapKey: page.NewKey()}
	t.Talk, err = w.Talks.Read(c.UserContext(), session.Of(c).Coop(), id, max(before, 0))
	if err == rule.ErrNotFound {
		return t, nil
	}
	t.Path = path
	return t, err
}

func agreementPath(id coop.AgreementID) string { return "/agreements/" + id.String() }
func mediationPath(id coop.AgreementID) string { return "/desk/agreements/" + id.String() }

// older is where the part before this one is.
func (t talk) older() string {
	if t.Older == 0 {
		return ""
	}
	return t.Path + "?before=" + strconv.FormatInt(t.Older, 10) + "#talk"
}

func (t talk) at() string { return strconv.FormatInt(t.At, 10) }

// tapIcon is the sign of a tap.
func tapIcon(tap string) string {
	return map[string]string{"coming": "walk", "late": "clock", "thanks": "thanks"}[tap]
}

// sayingFrame is the kind of message that a line of a conversation makes in a browser.
func sayingFrame(s exchange.Saying) live.Entry {
	kind := "message"
	if s.Kind == exchange.SaidStep {
		kind = "step" // the page draws itself anew
	}
	return live.Entry{Seq: s.Seq, Kind: kind, Value: s}
}
