// Package page is the paper that every screen is written on: the layouts, the parts they
// are made of, the words of each language, the icons and the files a browser loads. It
// knows no domain: a page brings what it shows in a typed struct, and decides nothing.
package page

import (
	"context"
	"errors"
	"math"

	"github.com/a-h/templ"
	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"

	"lien/rule"
	"lien/server/session"
)

// Frame is what every page has. Pages embed it, and fill Title and Here.
type Frame struct {
	Words
	Title  string // the page's name, in its reader's language
	Here   string // the place of the rail that this page belongs to: "home", "boards", …
	Path   string // this page's address, to come back to after choosing a language
	House  string // the cooperative's name
	Name   string // who is signed in, or empty
	Member string // the reader's mark in live frames, or empty
	Unread int    // what is new on the boards since the reader's last look
	Actor  session.Actor
}

// NewFrame makes the frame of this request's page. Its title is the sentence of a key.
func NewFrame(c *fiber.Ctx, title, here string, args ...any) Frame {
	w, actor := WordsOf(c), session.Of(c)
	f := Frame{Words: w, Title: w.T(title, args...), Here: here, Path: c.Path(), House: actor.House, Name: actor.Name, Actor: actor}
	if actor.Kind == session.Resident {
		f.Member = actor.Member.String()
	}
	return f
}

// closesIn is how many minutes the private area stays open, of the five after the PIN.
func (f Frame) closesIn() int {
	left := f.Actor.PrivateUntil.Sub(f.Words.now())
	return min(max(int(math.Ceil(left.Minutes())), 1), 5)
}

// untold is the frame with a title that tells nothing of its page.
func (f Frame) untold() Frame {
	f.Title = f.T("nav.me")
	return f
}

// atDesk is the frame with the title of every page of the tablet.
func (f Frame) atDesk() Frame {
	f.Title = f.T("tablet.title")
	return f
}

// Show answers with a page.
func Show(c *fiber.Ctx, component templ.Component) error {
	return ShowStatus(c, fiber.StatusOK, component)
}

// ShowStatus answers with a page and a status, such as 422 for a form to be mended.
func ShowStatus(c *fiber.Ctx, status int, component templ.Component) error {
	c.Status(status).Set(fiber.HeaderContentType, fiber.MIMETextHTMLCharsetUTF8)
	c.Append(fiber.HeaderVary, fiber.HeaderCookie, fiber.HeaderAcceptLanguage)
	return component.Render(context.WithoutCancel(c.UserContext()), c.Response().BodyWriter())
}

// NewKey makes the key that a form carries so that sending it twice has one effect.
func NewKey() string { return uuid.Must(uuid.NewV7()).String() }

// KeptKey is the key that a form was shown with, so that sending it again after a mistake
// stays the same act; a new one where none came that is one.
func KeptKey(c *fiber.Ctx) string { return Kept(c.FormValue("key")) }

// Kept is the key that was sent if it is one, as KeptKey, where a form came with a file.
func Kept(key string) string {
	if len(key) == 36 {
		if _, err := rule.Key(key); err == nil {
			return key
		}
	}
	return NewKey()
}

// Problems are the sentences of a form that was not accepted, by the name of the field.
type Problems map[string]string

// ProblemsOf turns what a rule refused into the sentence beside its field. It is false
// for every other error: that one is for the error page.
func ProblemsOf(w Words, err error) (Problems, bool) {
	var invalid *rule.Invalid
	if !errors.As(err, &invalid) {
		return nil, false
	}
	return Problems{invalid.Field: w.sentence(invalid)}, true
}

// Refused shows a form again with its sentences; any other error goes on.
func Refused(w Words, err error, show func(Problems) error) error {
	problems, ok := ProblemsOf(w, err)
	if !ok {
		return err
	}
	return show(problems)
}
