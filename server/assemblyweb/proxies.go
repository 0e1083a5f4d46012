package assemblyweb

import (
	"context"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"lien/coop"
	"lien/coop/assembly"
	"lien/rule"
	"lien/server/page"
	"lien/server/session"
)

// GiveVote offers the reader's vote to a neighbour.
func (w *Web) GiveVote(c *fiber.Ctx) error {
	id, err := rule.ID[coop.AssemblyID](c.Params("id"))
	if err != nil {
		return err
	}
	trust, err := trustIn(c)
	if err == nil {
		err = w.Assemblies.Give(c.UserContext(), session.Of(c).Coop(), id, trust)
	}
	if err != nil {
		return page.Refused(page.WordsOf(c), err, func(p page.Problems) error { return w.assembly(c, id, fiber.StatusUnprocessableEntity, p) })
	}
	return c.Redirect("/assemblies/"+id.String(), fiber.StatusSeeOther)
}

// trustIn reads to whom: the number that was typed wins over the name that was chosen.
func trustIn(c *fiber.Ctx) (t assembly.Trust, err error) {
	if t.Key, err = rule.Key(c.FormValue("key")); err != nil {
		return t, err
	}
	if number := strings.TrimSpace(c.FormValue("number")); number != "" {
		if t.Number, err = strconv.ParseInt(number, 10, 64); err != nil || t.Number < 1 {
			return t, rule.Broken("holder", "assembly.rule.holder")
		}
		return t, nil
	}
	if t.Holder, err = rule.ID[coop.MemberID](c.FormValue("holder")); err != nil {
		return t, rule.Broken("holder", "assembly.rule.holder")
	}
	return t, nil
}

// AcceptProxy says yes to carrying somebody's vote.
func (w *Web) AcceptProxy(c *fiber.Ctx) error { return w.proxy(c, w.Assemblies.Accept) }

// DeclineProxy says no, or gives the vote back.
func (w *Web) DeclineProxy(c *fiber.Ctx) error { return w.proxy(c, w.Assemblies.Decline) }

// WithdrawProxy takes the reader's vote back.
func (w *Web) WithdrawProxy(c *fiber.Ctx) error { return w.proxy(c, w.Assemblies.Withdraw) }

func (w *Web) proxy(c *fiber.Ctx, turn func(context.Context, coop.Actor, coop.ProxyID) (coop.AssemblyID, error)) error {
	id, err := rule.ID[coop.ProxyID](c.Params("id"))
	if err != nil {
		return err
	}
	of, err := turn(c.UserContext(), session.Of(c).Coop(), id)
	if err != nil {
		return page.Refused(page.WordsOf(c), err, func(p page.Problems) error { return w.assembly(c, of, fiber.StatusUnprocessableEntity, p) })
	}
	return c.Redirect("/assemblies/"+of.String(), fiber.StatusSeeOther)
}

// WitnessProxy writes down a proxy that two members signed on paper.
func (w *Web) WitnessProxy(c *fiber.Ctx) error {
	return w.deskAssemblyAct(c, func(ctx context.Context, actor coop.Actor, id coop.AssemblyID) error {
		key, err := rule.Key(c.FormValue("key"))
		if err != nil {
			return err
		}
		giver, err := numberIn(c, "giver")
		if err != nil {
			return err
		}
		holder, err := numberIn(c, "holder")
		if err != nil {
			return err
		}
		return w.Assemblies.Witness(ctx, actor, id, assembly.Paper{Key: key, Giver: giver, Holder: holder})
	})
}
