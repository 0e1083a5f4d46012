package coopweb

import (
	"slices"
	"strings"

	"github.com/gofiber/fiber/v2"

	"lien/coop"
	"lien/coop/membership"
	"lien/rule"
	"lien/server/page"
	"lien/server/session"
)

// invitationsPage is where a facilitator makes invitations and sees those that wait.
type invitationsPage struct {
	page.Frame
	Waiting  []membership.Invitation
	Places   []membership.Place
	Place    string
	Key      string
	Problems page.Problems
	Problem  string
	More     string
}

// Indented is a place's name under those that it stands in.
func (invitationsPage) Indented(p membership.Place) string {
	return strings.Repeat("\u2003", p.Depth()) + p.Name
}

// ShowInvitations lists the invitations that still open.
func (w *Web) ShowInvitations(c *fiber.Ctx) error { return w.showInvitations(c, fiber.StatusOK, nil) }

func (w *Web) showInvitations(c *fiber.Ctx, status int, problems page.Problems) error {
	hidden(c)
	actor, e := session.Of(c).Coop(), w.Entrance
	before := coop.InvitationID{}
	if text := c.Query("before"); text != "" {
		var err error
		if before, err = rule.ID[coop.InvitationID](text); err != nil {
			return err
		}
	}
	p := invitationsPage{Frame: page.NewFrame(c, "invitation.title", "home"), Key: page.NewKey(), Problems: problems, Place: c.FormValue("place"), Problem: problems["place"]}
	var err error
	if p.Waiting, err = e.Invitations.Waiting(c.UserContext(), actor, before); err != nil {
		return err
	}
	if n := len(p.Waiting); n == 30 {
		p.More = "/desk/invitations?before=" + p.Waiting[n-1].ID.String()
	}
	if p.Places, err = w.Members.Places(c.UserContext(), actor); err != nil {
		return err
	}
	return page.ShowStatus(c, status, InvitationsPage(p))
}

// Invite makes one invitation and leads to its sheet.
func (w *Web) Invite(c *fiber.Ctx) error {
	var made membership.Invitation
	key, err := rule.Key(c.FormValue("key"))
	place, unknown := rule.ID[coop.PlaceID](c.FormValue("place"))
	switch {
	case err != nil:
	case unknown != nil:
		err = rule.Broken("place", "rule.choose")
	default:
		made, err = w.Entrance.Invitations.Invite(c.UserContext(), session.Of(c).Coop(), place, key)
	}
	if err != nil {
		return page.Refused(page.WordsOf(c), err, func(p page.Problems) error {
			return w.showInvitations(c, fiber.StatusUnprocessableEntity, p)
		})
	}
	return c.Redirect("/desk/invitations/"+made.ID.String()+"/print", fiber.StatusSeeOther)
}

// RevokeInvitation makes an invitation open nothing any more.
func (w *Web) RevokeInvitation(c *fiber.Ctx) error {
	id, err := rule.ID[coop.InvitationID](c.Params("id"))
	if err != nil {
		return err
	}
	if err := w.Entrance.Invitations.Revoke(c.UserContext(), session.Of(c).Coop(), id); err != nil {
		return err
	}
	return c.Redirect("/desk/invitations", fiber.StatusSeeOther)
}

// sheetPage is one invitation on paper, in one language or in all of them.
type sheetPage struct {
	page.Frame
	Invitation membership.Invitation
	Texts      []page.Words
	Link       string
	Door       string // the address that a person types
}

// PrintInvitation shows one invitation as a sheet to print, in the language asked for or
// in all of them.
func (w *Web) PrintInvitation(c *fiber.Ctx) error {
	hidden(c)
	id, err := rule.ID[coop.InvitationID](c.Params("id"))
	if err != nil {
		return err
	}
	e := w.Entrance
	sheet, err := e.Invitations.Waits(c.UserContext(), session.Of(c).Coop(), id)
	if err != nil {
		return err
	}
	p := sheetPage{Frame: page.NewFrame(c, "invitation.sheet.title", ""), Invitation: sheet, Link: w.Origin + "/join/" + sheet.Link}
	_, host, _ := strings.Cut(w.Origin, "://")
	p.Door = host + "/join"
	chosen := page.Codes()
	if lang := c.Query("lang"); slices.Contains(chosen, lang) {
		chosen = []string{lang}
	}
	for _, code := range chosen {
		p.Texts = append(p.Texts, w.Languages.Of(code))
	}
	return page.Show(c, InvitationSheet(p))
}
