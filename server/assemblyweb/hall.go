package assemblyweb

import (
	"context"
	"strconv"
	"time"

	"github.com/gofiber/fiber/v2"

	"lien/coop"
	"lien/coop/assembly"
	"lien/rule"
	"lien/server/page"
	"lien/server/session"
)

// hallPage is the screen of the hall: the square to sign in, how many voices there are, and
// no name.
type hallPage struct {
	assemblyPage
	Square string
	Code   string
}

// OpenAssembly opens the doors, and freezes the roll.
func (w *Web) OpenAssembly(c *fiber.Ctx) error { return w.deskAssemblyAct(c, w.Assemblies.Open) }

// CloseAssembly ends the assembly.
func (w *Web) CloseAssembly(c *fiber.Ctx) error { return w.deskAssemblyAct(c, w.Assemblies.Close) }

// AdmitMember signs somebody in at the door.
func (w *Web) AdmitMember(c *fiber.Ctx) error {
	return w.deskAssemblyAct(c, func(ctx context.Context, actor coop.Actor, id coop.AssemblyID) error {
		number, err := numberIn(c, "number")
		if err != nil {
			return err
		}
		return w.Assemblies.Admit(ctx, actor, id, number, assembly.Door(c.FormValue("door")))
	})
}

// SeeOffMember writes down that somebody went.
func (w *Web) SeeOffMember(c *fiber.Ctx) error {
	return w.deskAssemblyAct(c, func(ctx context.Context, actor coop.Actor, id coop.AssemblyID) error {
		member, err := rule.ID[coop.MemberID](c.FormValue("member"))
		if err != nil {
			return err
		}
		return w.Assemblies.SeeOff(ctx, actor, id, member)
	})
}

// EnrolMember adds somebody to the roll, with the reason.
func (w *Web) EnrolMember(c *fiber.Ctx) error {
	return w.deskAssemblyAct(c, func(ctx context.Context, actor coop.Actor, id coop.AssemblyID) error {
		number, err := numberIn(c, "added")
		if err != nil {
			return err
		}
		return w.Assemblies.Enrol(ctx, actor, id, number, c.FormValue("added_why"))
	})
}

// ShowHall answers with the screen that is turned towards everybody. The browser asks again by
// itself.
func (w *Web) ShowHall(c *fiber.Ctx) error {
	id, err := rule.ID[coop.AssemblyID](c.Params("id"))
	if err != nil {
		return err
	}
	ctx, actor := c.UserContext(), session.Of(c).Coop()
	a, err := w.Assemblies.One(ctx, actor, id)
	if err != nil {
		return err
	}
	code, until, err := w.Assemblies.Code(ctx, actor, id)
	if err != nil {
		return err
	}
	p := hallPage{Square: w.Origin + "/assemblies/" + id.String() + "/here?code=" + code, Code: code[:4] + " " + code[4:]}
	p.assemblyPage = assemblyPage{Frame: page.NewFrame(c, "assembly.one", "home", "Title", a.Title), Assembly: a, Path: "/assemblies/" + id.String()}
	if p.Quorum, err = w.Assemblies.Quorum(ctx, actor, a); err != nil {
		return err
	}
	if p.Motions, err = w.Assemblies.Agenda(ctx, actor, id); err != nil {
		return err
	}
	if err := w.votesOf(c, &p.assemblyPage); err != nil {
		return err
	}
	c.Set("Refresh", strconv.Itoa(max(1, min(8, int(until.Sub(p.Now()).Round(time.Second).Seconds())))))
	c.Set(fiber.HeaderCacheControl, "no-store")
	return page.Show(c, HallPage(p))
}

// AssemblyPulse answers with the part of the page that changes while the assembly is open.
func (w *Web) AssemblyPulse(c *fiber.Ctx) error {
	id, err := rule.ID[coop.AssemblyID](c.Params("id"))
	if err != nil {
		return err
	}
	ctx, actor := c.UserContext(), session.Of(c).Coop()
	p := assemblyPage{Frame: page.NewFrame(c, "assembly.title", "events"), Path: "/assemblies/" + id.String()}
	if p.Assembly, err = w.Assemblies.One(ctx, actor, id); err != nil {
		return err
	}
	if p.Quorum, err = w.Assemblies.Quorum(ctx, actor, p.Assembly); err != nil {
		return err
	}
	c.Set(fiber.HeaderCacheControl, "no-store")
	return page.Show(c, pulse(p))
}

// signInPage is where a member says that they are there.
type signInPage struct {
	assemblyPage
	Code  string // from the square; empty when it has to be typed
	Typed page.Field
}

// ShowSignIn answers with one button, when the code came with the address.
func (w *Web) ShowSignIn(c *fiber.Ctx) error {
	return w.showSignIn(c, fiber.StatusOK, c.Query("code"), nil)
}

func (w *Web) showSignIn(c *fiber.Ctx, status int, code string, problems page.Problems) error {
	id, err := rule.ID[coop.AssemblyID](c.Params("id"))
	if err != nil {
		return err
	}
	ctx, actor := c.UserContext(), session.Of(c).Coop()
	p := signInPage{Code: code}
	p.assemblyPage = assemblyPage{Frame: page.NewFrame(c, "assembly.here.title", "events"), Path: "/assemblies/" + id.String(), Problems: problems}
	if p.Assembly, err = w.Assemblies.One(ctx, actor, id); err != nil {
		return err
	}
	if p.Stands, p.Here, err = w.Assemblies.Mine(ctx, actor, id); err != nil {
		return err
	}
	if len(code) > 20 || problems != nil {
		p.Code = ""
	}
	p.Typed = page.Field{
		Name: "code", Label: p.T("assembly.here.code"), Hint: p.T("assembly.here.code_help"), Complete: "off", Value: c.FormValue("code"),
		Most: 20, Required: true, Problem: problems["code"],
	}
	return page.ShowStatus(c, status, SignInPage(p))
}

// SignInHere writes down that the reader is there.
func (w *Web) SignInHere(c *fiber.Ctx) error {
	id, err := rule.ID[coop.AssemblyID](c.Params("id"))
	if err != nil {
		return err
	}
	if err := w.Assemblies.Arrive(c.UserContext(), session.Of(c).Coop(), id, c.FormValue("code")); err != nil {
		return page.Refused(page.WordsOf(c), err, func(p page.Problems) error {
			return w.showSignIn(c, fiber.StatusUnprocessableEntity, "", p)
		})
	}
	return c.Redirect("/assemblies/"+id.String(), fiber.StatusSeeOther)
}

// LeaveHall says that the reader goes.
func (w *Web) LeaveHall(c *fiber.Ctx) error {
	id, err := rule.ID[coop.AssemblyID](c.Params("id"))
	if err != nil {
		return err
	}
	if err := w.Assemblies.Depart(c.UserContext(), session.Of(c).Coop(), id); err != nil {
		return err
	}
	return c.Redirect("/assemblies/"+id.String(), fiber.StatusSeeOther)
}
