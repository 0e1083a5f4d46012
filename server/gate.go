package server

import (
	"errors"
	"net/url"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"lien/rule"
	"lien/server/session"
	"lien/support"
)

// May says who may call a route. It opens a door; what a person finds behind it is
// decided again where the row is read.
type May int

// Who may call a route. Every May but Anyone needs a session of its own entrance.
const (
	Anyone        May = iota
	Self              // a resident whatever their membership: their own pages
	Answering         // the same, who says whether they come: a place is given back always, and taken like any other act
	Resident          // a resident who is an active member
	Facilitator       // an active member who is a facilitator today
	Private           // a resident who gave the PIN again within five minutes
	AtTablet          // a resident whose screen is a tablet at the desk, open or shut
	Tablet            // a facilitator at an open tablet; each call keeps it open for a minute
	Helping           // a facilitator at an open tablet with a member before it
	Professional      // a professional of any function
	Caseworker        // a professional who accompanies households
	Coordinator       // a professional who opens and assigns cases
	Administrator     // a professional who keeps accounts and reads no case
)

// gate refuses who may not call the route. Somebody not signed in is led to the entrance;
// somebody signed in without the role gets what anybody gets for a page that is not there.
func gate(may May, p Parts) fiber.Handler {
	return func(c *fiber.Ctx) error {
		actor := session.Of(c)
		switch {
		case may == Anyone:
			return c.Next()
		case may >= Professional:
			return professional(c, may, actor)
		case actor.Kind == session.Resident && (actor.Tablet || may >= AtTablet):
			return tablet(c, may, actor, p)
		}
		return resident(c, may, actor, p.Now())
	}
}

// tablet keeps a tablet at the desk to the desk's own pages: while it is one, nothing of
// the facilitator's, nor anything private, opens on it, and a member before it reaches no
// more than the desk carries for them. What is shown leaves no trace, and a member's pages
// speak their language.
func tablet(c *fiber.Ctx, may May, actor session.Actor, p Parts) error {
	quiet(c)
	switch {
	case !actor.Tablet && actor.Facilitator:
		return c.Redirect("/desk/tablet", fiber.StatusSeeOther)
	case !actor.Tablet:
		return fiber.ErrNotFound
	case may == AtTablet:
		return c.Next()
	case !actor.TabletOpen(p.Now()):
		return c.Redirect("/tablet/shut", fiber.StatusSeeOther)
	case may < AtTablet, may == Helping && !actor.Helps(p.Now()):
		return c.Redirect("/tablet", fiber.StatusSeeOther)
	}
	if err := p.Sessions.Touch(c.UserContext(), actor); errors.Is(err, rule.ErrForbidden) {
		return c.Redirect("/tablet/shut", fiber.StatusSeeOther) // it shut just now
	} else if err != nil {
		return err
	}
	if may == Helping {
		p.Languages.Speak(c, actor.WithLang)
	}
	return c.Next()
}

func resident(c *fiber.Ctx, may May, actor session.Actor, now time.Time) error {
	switch {
	case actor.Kind != session.Resident:
		return entrance(c, "/open")
	case may == Self, may == Answering && (!actor.Active || c.FormValue("answer") == "out"):
		return c.Next()
	case may == Private:
		if !actor.PrivateUntil.After(now) {
			return entrance(c, "/private/open")
		}
		quiet(c)
		return c.Next()
	case !actor.Active, may == Facilitator && !actor.Facilitator:
		return fiber.ErrNotFound
	case actor.Charter && begins(c):
		return c.Redirect("/charter?next="+url.QueryEscape(own(c)), fiber.StatusSeeOther)
	}
	return c.Next()
}

// begins reports whether a request acts, or opens the form of an act: who has not said yes
// to the charter in force reads everything, and is asked before they write anything. The
// charter itself is said yes to on pages that everybody may call.
func begins(c *fiber.Ctx) bool {
	if c.Method() == fiber.MethodPost {
		return c.Get("X-Watching") == "" && !strings.HasSuffix(c.Path(), "/read") // a mark of reading is no act
	}
	for _, form := range []string{"/new", "/propose", "/edit"} {
		if strings.HasSuffix(c.Path(), form) {
			return true
		}
	}
	return false
}

// own is the page that a request asks for, or home when it is no page.
func own(c *fiber.Ctx) string {
	if c.Method() == fiber.MethodGet {
		return c.Path()
	}
	return "/home"
}

func professional(c *fiber.Ctx, may May, actor session.Actor) error {
	quiet(c)
	wants := map[May]support.Function{
		Caseworker: support.Caseworker, Coordinator: support.Coordinator, Administrator: support.Administrator,
	}
	switch {
	case actor.Kind != session.Professional:
		return entrance(c, "/pro/sign-in")
	case may != Professional && actor.Function != wants[may]:
		return fiber.ErrNotFound
	}
	return c.Next()
}

// entrance leads to where one opens the house, and back to the page that was asked for.
func entrance(c *fiber.Ctx, at string) error {
	if c.Method() == fiber.MethodGet {
		at += "?next=" + url.QueryEscape(c.Path())
	}
	return c.Redirect(at, fiber.StatusSeeOther)
}
