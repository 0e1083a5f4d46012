package supportweb

import (
	"slices"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"

	"lien/rule"
	"lien/server/page"
	"lien/server/session"
	"lien/support"
	"lien/support/casework"
)

// casePage is a case as somebody on it reads it.
type casePage struct {
	page.Frame
	File     casework.File
	Path     string
	Lead     string
	Ended    string // how support ended; empty while it goes on
	Thread   []moment
	Earlier  string // the way to earlier contacts, or empty
	Before   bool   // this is a page of earlier contacts
	Looks    []string
	Bonds    []bondPanel
	Contact  contactForm
	Meeting  meetingForm
	Problems page.Problems // of the contact form
	Refused  page.Problems // of the appointment form
	Open     bool          // the contact form stands open
}

// moment is a contact, or a note that stands alone, on the thread.
type moment struct {
	State, When, Words string
	Notes              []note
	at                 time.Time
}

// note is a note in words, with the classes that this reader may move it to.
type note struct {
	casework.Note
	Foot  string
	Moves []casework.Class
	Path  string
}

// ShowCase answers with a case. Each answer is a look that the household can see.
func (w *Web) ShowCase(c *fiber.Ctx) error {
	return w.showCase(c, fiber.StatusOK, func(*casePage) {})
}

func (w *Web) showCase(c *fiber.Ctx, status int, change func(*casePage)) error {
	id, err := rule.ID[support.CaseID](c.Params("id"))
	if err != nil {
		return err
	}
	before, section := earlier(c.Query("before")), casework.Overview
	if !before.At.IsZero() {
		section = casework.EarlierOnes
	}
	actor := session.Of(c).Support()
	file, err := w.Cases.Read(c.UserContext(), actor, id, section, purposeOf(c.Query("for")), before)
	if err != nil {
		return err
	}
	p := casePageOf(page.NewFrame(c, "case.title", "cases"), file)
	p.Before = section == casework.EarlierOnes
	if !p.Before && p.MayClose() {
		for _, person := range file.Adults() {
			panel, err := w.bondOf(c, p.Frame, id, person.ID)
			if err != nil {
				return err
			}
			panel.Name = person.GivenName
			p.Bonds = append(p.Bonds, panel)
		}
	}
	change(&p)
	return page.ShowStatus(c, status, CasePage(p))
}

func casePageOf(f page.Frame, file casework.File) casePage {
	f.Title = f.T("case.household", "Name", page.Name(file.Household))
	p := casePage{Frame: f, File: file, Path: "/pro/cases/" + file.ID.String()}
	p.Lead = strings.Join([]string{
		membersOf(f, file.Persons), f.T("case.stratum." + string(file.Stratum)),
		f.T("case.since", "Date", f.Date(file.OpenedAt)),
	}, " · ")
	if file.State == casework.Closed {
		p.Ended = f.T("case.closing.ended", "Date", f.Date(file.ClosedAt), "Outcome", f.T("case.outcome."+string(file.Outcome)))
	}
	for _, contact := range file.Contacts {
		p.Thread = append(p.Thread, p.met(contact))
	}
	for _, n := range file.Notes {
		p.Thread = append(p.Thread, moment{State: "done", When: f.NearDay(n.At), Words: f.T("case.note.alone"), Notes: p.notes([]casework.Note{n}), at: n.At})
	}
	slices.SortStableFunc(p.Thread, func(a, b moment) int { return b.at.Compare(a.at) })
	if file.More {
		last := file.Contacts[len(file.Contacts)-1]
		p.Earlier = p.Path + "?before=" + last.At.UTC().Format(time.RFC3339Nano) + "_" + last.ID.String()
	}
	for _, l := range file.Looks {
		who := l.Name
		if l.Mine {
			who = f.T("case.looks.you")
		}
		p.Looks = append(p.Looks, f.T("case.looks.line", "Name", page.Name(who), "When", f.Ago(l.At), "Why", f.T("case.purpose."+string(l.Purpose))))
	}
	p.Contact, p.Meeting = newContactForm(f), newMeetingForm()
	return p
}

// membersOf names the household, with the age of who was born in a known year.
func membersOf(f page.Frame, persons []casework.Person) string {
	var names []string
	for _, person := range persons {
		name := person.GivenName
		if !person.Adult && person.BornYear > 0 {
			name = f.N("case.aged", f.Now().Year()-person.BornYear, "Name", page.Name(name))
		}
		names = append(names, name)
	}
	return strings.Join(names, f.T("case.comma"))
}

func (p casePage) met(contact casework.Contact) moment {
	words := []string{p.T("case.kind." + string(contact.Kind))}
	m := moment{State: "done", When: page.Capital(p.Ago(contact.At)), at: contact.At, Notes: p.notes(contact.Notes)}
	if !contact.Reached {
		m.State = "late"
		words = append(words, p.T("case.contact.nobody"))
	}
	if contact.Minutes > 0 {
		words = append(words, p.Hours(int64(contact.Minutes)))
	}
	m.Words = strings.Join(append(words, page.Name(contact.By).Apart()), " · ")
	return m
}

func (p casePage) notes(list []casework.Note) []note {
	var out []note
	for _, n := range list {
		foot := p.T("case.class."+string(n.Class)) + " · " + page.Name(n.Author).Apart()
		if n.CoHolder != "" {
			foot += " · " + p.T("case.note.with", "Name", page.Name(n.CoHolder))
		}
		shown := note{Note: n, Foot: foot, Path: p.Path + "/notes/" + n.ID.String()}
		for _, class := range casework.Classes() {
			if class != n.Class && n.MayBecome(class) {
				shown.Moves = append(shown.Moves, class)
			}
		}
		out = append(out, shown)
	}
	return out
}

// Colleagues are the others on the case, whom a secret note may name.
func (p casePage) Colleagues() []casework.Place { return colleagues(p.File, p.Frame) }

func colleagues(file casework.File, f page.Frame) []casework.Place {
	return slices.DeleteFunc(slices.Clone(file.Workers), func(w casework.Place) bool { return w.Worker == f.Actor.Worker })
}

// MayClose reports whether the reader answers for the case, and it goes on.
func (p casePage) MayClose() bool {
	return p.File.Role == casework.Referent && p.File.State != casework.Closed
}

// purposeOf reads why somebody looks; following the household up is the ordinary reason.
func purposeOf(text string) support.Purpose {
	switch p := support.Purpose(text); p {
	case support.Visit, support.Handover:
		return p
	}
	return support.FollowUp
}

// earlier reads where a page of the thread ends; what cannot be read begins anew.
func earlier(text string) casework.Before {
	at, id, _ := strings.Cut(text, "_")
	moment, err := time.Parse(time.RFC3339Nano, at)
	last, wrong := uuid.Parse(id)
	if err != nil || wrong != nil {
		return casework.Before{}
	}
	return casework.Before{At: moment, ID: last}
}
