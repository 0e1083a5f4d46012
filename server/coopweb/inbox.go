package coopweb

import (
	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"

	"lien/coop/inbox"
	"lien/rule"
	"lien/server/page"
	"lien/server/session"
)

// inboxPage is what the house told its reader.
type inboxPage struct {
	page.Frame
	Items  []inboxLine
	Newest string // the last item that the reader has before them
	Unread bool
	Older  string
}

// inboxLine is one item in the reader's words.
type inboxLine struct {
	ID                string
	Icon, Words, When string
	New               bool
}

// ShowInbox lists what the reader was told, newest first.
func (w *Web) ShowInbox(c *fiber.Ctx) error {
	var before uuid.UUID
	if text := c.Query("before"); text != "" {
		id, err := uuid.Parse(text)
		if err != nil {
			return rule.ErrNotFound
		}
		before = id
	}
	told, err := w.Inbox.Mine(c.UserContext(), session.Of(c).Coop(), before)
	if err != nil {
		return err
	}
	p := inboxPage{Frame: page.NewFrame(c, "inbox.title", "me")}
	if len(told) > inbox.Shown {
		told = told[:inbox.Shown]
		p.Older = "/inbox?before=" + told[inbox.Shown-1].ID.String()
	}
	for _, t := range told {
		p.Items = append(p.Items, inboxLine{
			ID: t.ID.String(), Icon: toldOf[t.Kind].Icon, Words: sentenceOf(p.Words, t), When: p.Ago(t.At), New: t.New(),
		})
		p.Unread = p.Unread || t.New()
	}
	if len(p.Items) > 0 {
		p.Newest = p.Items[0].ID
	}
	return page.Show(c, InboxPage(p))
}

// sentenceOf writes what was told in the reader's words.
func sentenceOf(w page.Words, t inbox.Told) string {
	var when string
	if !t.When.IsZero() {
		when = w.When(t.When)
	}
	return w.T("inbox."+t.Kind+".text", "Name", page.Name(t.Name), "Title", page.Name(t.Title), "When", when, "Hours", w.Hours(t.Minutes))
}

// OpenInboxItem marks one item as read and leads to what it is about.
func (w *Web) OpenInboxItem(c *fiber.Ctx) error {
	id, err := uuid.Parse(c.Params("id"))
	if err != nil {
		return rule.ErrNotFound
	}
	told, err := w.Inbox.Open(c.UserContext(), session.Of(c).Coop(), id)
	if err != nil {
		return err
	}
	to := toldOf[told.Kind]
	if !to.Alone {
		to.Path += told.Subject.String() + to.Then
	}
	return c.Redirect(to.Path, fiber.StatusSeeOther)
}

// ReadInbox marks all that the page showed, and what is older, as read.
func (w *Web) ReadInbox(c *fiber.Ctx) error {
	newest, err := uuid.Parse(c.FormValue("newest"))
	if err != nil {
		return rule.ErrNotFound
	}
	if err := w.Inbox.OpenAll(c.UserContext(), session.Of(c).Coop(), newest); err != nil {
		return err
	}
	return c.Redirect("/inbox", fiber.StatusSeeOther)
}
