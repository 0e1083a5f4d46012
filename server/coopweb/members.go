package coopweb

import (
	"net/url"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"lien/coop"
	"lien/coop/membership"
	"lien/rule"
	"lien/server/page"
	"lien/server/session"
)

// membersPage is the facilitator's list of members.
type membersPage struct {
	page.Frame
	Members []membership.Member
	Search  string
	Gone    bool // those who left instead
	Problem string
	More    string
}

// Note is a member's number, and what else the desk should see at once.
func (p membersPage) Note(m membership.Member) string {
	note := p.T("me.number", "Number", p.Frame.Number(m.Number))
	if m.OwnName != "" {
		note += " · " + m.OwnName
	}
	if m.Facilitator {
		note += " · " + p.T("member.facilitator")
	}
	if m.State != membership.Active {
		note += " · " + p.T("member.state."+string(m.State))
	}
	return note
}

// ShowMembers lists and searches the members.
func (w *Web) ShowMembers(c *fiber.Ctx) error {
	p := membersPage{Frame: page.NewFrame(c, "member.title", "home"), Search: c.Query("words")}
	after, err := strconv.ParseInt(c.Query("after", "0"), 10, 64)
	if err != nil {
		return rule.ErrNotFound
	}
	search := w.Members.Search
	if p.Gone = c.Query("gone") != ""; p.Gone {
		search = w.Members.Former
	}
	p.Members, err = search(c.UserContext(), session.Of(c).Coop(), p.Search, after)
	if err != nil {
		return page.Refused(p.Words, err, func(problems page.Problems) error {
			p.Search, p.Problem = strings.ToValidUTF8(p.Search, ""), problems["words"]
			return page.ShowStatus(c, fiber.StatusUnprocessableEntity, MembersPage(p))
		})
	}
	if n := len(p.Members); n == 50 {
		last := strconv.FormatInt(p.Members[n-1].Number, 10)
		query := url.Values{"words": {p.Search}, "after": {last}}
		if p.Gone {
			query.Set("gone", "yes")
		}
		p.More = "/desk/members?" + query.Encode()
	}
	return page.Show(c, MembersPage(p))
}

// memberPage is one member at the desk.
type memberPage struct {
	page.Frame
	Member    membership.Member
	Decisions []membership.Decision
	Problems  page.Problems
	Reason    string
	Until     string
	Mine      bool
	standingPage
}

// ShowMember shows one member and what a facilitator can decide.
func (w *Web) ShowMember(c *fiber.Ctx) error { return w.showMember(c, fiber.StatusOK, nil) }

func (w *Web) showMember(c *fiber.Ctx, status int, problems page.Problems) error {
	id, err := rule.ID[coop.MemberID](c.Params("id"))
	if err != nil {
		return err
	}
	actor := session.Of(c).Coop()
	p := memberPage{Frame: page.NewFrame(c, "member.single", "home"), Problems: problems, Mine: id == actor.Member}
	p.Reason, p.Until = strings.ToValidUTF8(c.FormValue("reason"), ""), strings.ToValidUTF8(c.FormValue("until"), "")
	if p.Member, err = w.Members.One(c.UserContext(), actor, id); err != nil {
		return err
	}
	p.Title = nameOrGone(p.Words, p.Member.Name)
	if p.Decisions, err = w.Members.Decisions(c.UserContext(), actor, id); err != nil {
		return err
	}
	if p.standingPage, err = w.standing(c, p.Frame, p.Member); err != nil {
		return err
	}
	return page.ShowStatus(c, status, MemberPage(p))
}

// ownName is the name that facilitators alone know; mostly it is the one everybody reads.
func (p memberPage) ownName() string {
	if p.Member.OwnName == "" {
		return p.Member.Name
	}
	return p.Member.OwnName
}

// onMember does one act on the member of the address and leads back to them.
func (w *Web) onMember(c *fiber.Ctx, do func(actor coop.Actor, id coop.MemberID) error) error {
	id, err := rule.ID[coop.MemberID](c.Params("id"))
	if err != nil {
		return err
	}
	if err := do(session.Of(c).Coop(), id); err != nil {
		return w.undecided(c, err)
	}
	return c.Redirect("/desk/members/"+id.String(), fiber.StatusSeeOther)
}

// SuspendMember suspends a member until a day, with a reason that they read.
func (w *Web) SuspendMember(c *fiber.Ctx) error {
	return w.onMember(c, func(actor coop.Actor, id coop.MemberID) error {
		return w.Members.Suspend(c.UserContext(), actor, id, membership.Verdict{Why: c.FormValue("reason"), Until: c.FormValue("until")})
	})
}

// ReinstateMember ends a suspension before its last day.
func (w *Web) ReinstateMember(c *fiber.Ctx) error {
	return w.onMember(c, func(actor coop.Actor, id coop.MemberID) error {
		return w.Members.Reinstate(c.UserContext(), actor, id, c.FormValue("reason"))
	})
}

// EntrustMember gives a member a role, from a day on and for a time.
func (w *Web) EntrustMember(c *fiber.Ctx) error {
	return w.onMember(c, func(actor coop.Actor, id coop.MemberID) error {
		key, err := rule.Key(c.FormValue("key"))
		if err != nil {
			return err
		}
		return w.Members.Give(c.UserContext(), actor, id, membership.Giving{
			Key: key, Role: membership.Role(c.FormValue("role")), From: c.FormValue("from"), Last: c.FormValue("last"),
		})
	})
}

// RelieveMember ends a role today.
func (w *Web) RelieveMember(c *fiber.Ctx) error {
	return w.onMember(c, func(actor coop.Actor, id coop.MemberID) error {
		return w.Members.Relieve(c.UserContext(), actor, id, membership.Role(c.FormValue("role")))
	})
}

// CallOffRole drops a role that is planned.
func (w *Web) CallOffRole(c *fiber.Ctx) error {
	return w.onMember(c, func(actor coop.Actor, id coop.MemberID) error {
		plan, err := rule.ID[coop.RoleID](c.FormValue("role"))
		if err != nil {
			return err
		}
		return w.Members.CallOff(c.UserContext(), actor, id, plan)
	})
}

// SheetForMember makes an invitation for a member who has no device, and leads to the
// sheet.
func (w *Web) SheetForMember(c *fiber.Ctx) error {
	id, err := rule.ID[coop.MemberID](c.Params("id"))
	if err != nil {
		return err
	}
	key, err := rule.Key(c.FormValue("key"))
	if err != nil {
		return w.undecided(c, err)
	}
	actor := session.Of(c).Coop()
	equipped, err := w.Entrance.Devices.Any(c.UserContext(), coop.Actor{Cooperative: actor.Cooperative, Member: id})
	if err != nil {
		return err
	}
	if equipped {
		return rule.ErrMoved // a lost device is replaced with a reason
	}
	sheet, err := w.Entrance.Invitations.For(c.UserContext(), actor, id, key)
	if err != nil {
		return err
	}
	return c.Redirect("/desk/invitations/"+sheet.ID.String()+"/print", fiber.StatusSeeOther)
}

// ReplaceDevice gives a member who lost their phone a link to a new one, shown once; the
// former ones are ended.
func (w *Web) ReplaceDevice(c *fiber.Ctx) error {
	id, err := rule.ID[coop.MemberID](c.Params("id"))
	if err != nil {
		return err
	}
	path, err := w.Entrance.Links.Lost(c.UserContext(), session.Of(c).Coop(), id, c.FormValue("reason"))
	if err != nil {
		return w.undecided(c, err)
	}
	return w.showNewLink(c, path, "device.lost.title", "device.lost.words", "/desk/members/"+id.String())
}

func (w *Web) undecided(c *fiber.Ctx, err error) error {
	return page.Refused(page.WordsOf(c), err, func(p page.Problems) error {
		return w.showMember(c, fiber.StatusUnprocessableEntity, p)
	})
}
