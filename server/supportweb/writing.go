package supportweb

import (
	"errors"
	"strconv"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"lien/rule"
	"lien/server/page"
	"lien/server/session"
	"lien/support"
	"lien/support/casework"
)

// contactForm is what was typed about a contact.
type contactForm struct {
	Kind, Reached, At, Minutes string
	Class, Note, CoHolder, Key string
}

// meetingForm is what was typed about an appointment.
type meetingForm struct{ Meeting, When, About, Key string }

// localTime is how a browser writes a moment without a zone.
const localTime = "2006-01-02T15:04"

func newContactForm(f page.Frame) contactForm {
	return contactForm{
		Kind: string(casework.Home), Reached: "yes", Class: string(casework.Team),
		At: f.Now().Format(localTime), Key: page.NewKey(),
	}
}

func newMeetingForm() meetingForm {
	return meetingForm{Meeting: string(casework.Home), Key: page.NewKey()}
}

// NoteContact writes down a contact, with its note.
func (w *Web) NoteContact(c *fiber.Ctx) error {
	id, err := rule.ID[support.CaseID](c.Params("id"))
	if err != nil {
		return err
	}
	typed := contactForm{
		Kind: c.FormValue("kind"), Reached: c.FormValue("reached"), At: c.FormValue("at"), Minutes: c.FormValue("minutes"),
		Class: c.FormValue("class"), Note: c.FormValue("note"), CoHolder: c.FormValue("co_holder"), Key: c.FormValue("key"),
	}
	noted, err := typed.parse(page.WordsOf(c).Zone())
	if err == nil {
		err = w.Cases.NoteContact(c.UserContext(), session.Of(c).Support(), id, noted)
	}
	return w.written(c, id, err, func(p *casePage, problems page.Problems) {
		p.Contact, p.Problems, p.Open = typed.tidy(), problems, true
	})
}

func (t contactForm) parse(zone *time.Location) (casework.Noted, error) {
	n := casework.Noted{
		Kind: casework.Kind(t.Kind), Reached: t.Reached == "yes", Key: t.Key,
		Note: casework.Written{Class: casework.Class(t.Class), Body: t.Note},
	}
	var err error
	if n.At, err = momentOf(t.At, zone); err != nil {
		return n, rule.Broken("at", "case.when.missing")
	}
	if n.Minutes, err = strconv.Atoi(t.Minutes); err != nil && t.Minutes != "" {
		return n, rule.Broken("minutes", "case.contact.minutes")
	}
	if n.Note.CoHolder, err = choiceOf(t.CoHolder); err != nil {
		return n, rule.Broken("co_holder", "case.note.co_holder")
	}
	return n, nil
}

// tidy makes what was typed fit to stand in a page again.
func (t contactForm) tidy() contactForm {
	t.Note, t.At, t.Minutes = readable(t.Note), readable(t.At), readable(t.Minutes)
	return t
}

// Appoint makes an appointment.
func (w *Web) Appoint(c *fiber.Ctx) error {
	id, err := rule.ID[support.CaseID](c.Params("id"))
	if err != nil {
		return err
	}
	typed := meetingForm{Meeting: c.FormValue("meeting"), When: c.FormValue("when"), About: c.FormValue("about"), Key: c.FormValue("key")}
	at, err := momentOf(typed.When, page.WordsOf(c).Zone())
	if err == nil {
		err = w.Cases.Appoint(c.UserContext(), session.Of(c).Support(), id,
			casework.Made{Kind: casework.Kind(typed.Meeting), About: typed.About, At: at, Key: typed.Key})
	}
	return w.written(c, id, err, func(p *casePage, problems page.Problems) {
		typed.About, typed.When = readable(typed.About), readable(typed.When)
		p.Meeting = typed
		p.Refused = page.Problems{"when": problems["at"], "meeting": problems["kind"], "about": problems["about"], "key": problems["key"]}
	})
}

// CancelAppointment takes an appointment back.
func (w *Web) CancelAppointment(c *fiber.Ctx) error {
	id, err := rule.ID[support.CaseID](c.Params("id"))
	if err != nil {
		return err
	}
	appointment, err := rule.ID[support.AppointmentID](c.Params("appointment"))
	if err != nil {
		return err
	}
	err = w.Cases.Cancel(c.UserContext(), session.Of(c).Support(), id, appointment)
	return w.written(c, id, err, func(*casePage, page.Problems) {})
}

// ReclassNote moves a note to another class.
func (w *Web) ReclassNote(c *fiber.Ctx) error {
	id, err := rule.ID[support.CaseID](c.Params("id"))
	if err != nil {
		return err
	}
	note, err := rule.ID[support.NoteID](c.Params("note"))
	if err != nil {
		return err
	}
	err = w.Cases.Reclass(c.UserContext(), session.Of(c).Support(), id, note, casework.Written{Class: casework.Class(c.FormValue("class"))})
	return w.written(c, id, err, func(*casePage, page.Problems) {})
}

// written leads back to the case, or shows the form again with what was typed.
func (w *Web) written(c *fiber.Ctx, id support.CaseID, err error, again func(*casePage, page.Problems)) error {
	var invalid *rule.Invalid
	if errors.As(err, &invalid) {
		problems, _ := page.ProblemsOf(page.WordsOf(c), err)
		return w.showCase(c, fiber.StatusUnprocessableEntity, func(p *casePage) { again(p, problems) })
	}
	if err != nil {
		return err
	}
	return c.Redirect("/pro/cases/"+id.String(), fiber.StatusSeeOther)
}

func momentOf(text string, zone *time.Location) (time.Time, error) {
	at, err := time.ParseInLocation(localTime, text, zone)
	if err != nil {
		return at, rule.Broken("at", "case.when.missing")
	}
	return at, nil
}

// choiceOf reads a worker out of a list in which nobody may be chosen.
func choiceOf(text string) (support.WorkerID, error) {
	if text == "" {
		return support.WorkerID{}, nil
	}
	return rule.ID[support.WorkerID](text)
}

// readable leaves out of a refused text what no page may hold.
func readable(text string) string {
	return strings.ReplaceAll(strings.ToValidUTF8(text, ""), "\x00", "")
}
