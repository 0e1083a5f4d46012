package ownweb

import (
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"

	"lien/server/page"
)

// lookedPage is who looked, in plain words.
type lookedPage struct {
	page.Frame
	Looks []look
	More  string
}

// look is one look: who, what, when, and why.
type look struct{ Who, What, When, Why string }

// ShowLooked answers with who looked, newest first. Nobody is told that I looked.
func (w *Web) ShowLooked(c *fiber.Ctx) error {
	before, last := beforeOf(c.Query("before"))
	list, err := w.Door.Looked(c.UserContext(), owner(c), before, last)
	if err != nil {
		return err
	}
	p := lookedPage{Frame: page.NewFrame(c, "looked.title", "me")}
	for _, g := range list {
		p.Looks = append(p.Looks, lookOf(p.Frame, g))
	}
	if len(list) == glances {
		end := list[glances-1]
		p.More = "/private/looked?before=" + end.At.UTC().Format(time.RFC3339Nano) + "_" + end.ID.String()
	}
	return page.Show(c, LookedPage(p))
}

func lookOf(f page.Frame, g Glance) look {
	var what []string
	for _, part := range g.What {
		what = append(what, f.T("looked.what."+part))
	}
	return look{
		Who:  f.T("looked.who", "Name", page.Name(g.Worker), "House", page.Name(g.Organisation)),
		What: strings.Join(what, f.T("bond.comma")), When: page.Capital(f.When(g.At)),
		Why: f.T("looked.why." + g.Purpose),
	}
}

// beforeOf reads where a page of the list ends; what cannot be read begins anew.
func beforeOf(text string) (time.Time, uuid.UUID) {
	at, id, _ := strings.Cut(text, "_")
	moment, err := time.Parse(time.RFC3339Nano, at)
	last, wrong := uuid.Parse(id)
	if err != nil || wrong != nil {
		return time.Time{}, uuid.Nil
	}
	return moment, last
}
