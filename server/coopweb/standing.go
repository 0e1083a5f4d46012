package coopweb

import (
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"lien/coop"
	"lien/coop/membership"
	"lien/server/page"
	"lien/server/session"
)

// standingPage is where a member stands, as the desk sees it: charter, device, pause,
// suspension, roles.
type standingPage struct {
	Terms     []membership.Term
	Pause     *membership.Pause
	Suspended *membership.Suspension
	NoDevice  bool
	Owes      bool // a yes to the charter in force
	Version   int  // of that charter, for who is asked or comes back
	Key       string
	// What was typed about a role.
	Role, From, Last string
}

func (w *Web) standing(c *fiber.Ctx, f page.Frame, m membership.Member) (standingPage, error) {
	ctx, actor := c.UserContext(), session.Of(c).Coop()
	p := standingPage{Key: page.NewKey(), Owes: m.Charter && m.State != membership.Leaving && m.State != membership.Left}
	typed := func(name string) string { return strings.ToValidUTF8(c.FormValue(name), "") }
	p.Role, p.From, p.Last = typed("role"), or(typed("from"), f.Now().Format(time.DateOnly)), typed("last")
	var err error
	if p.Terms, err = w.Members.Terms(ctx, actor, m.ID); err != nil {
		return p, err
	}
	equipped, err := w.Entrance.Devices.Any(ctx, coop.Actor{Cooperative: actor.Cooperative, Member: m.ID})
	if err != nil {
		return p, err
	}
	p.NoDevice = !equipped && m.State != membership.Left
	if pause, found, err := w.Members.Pausing(ctx, actor, m.ID); err != nil {
		return p, err
	} else if found {
		p.Pause = &pause
	}
	if m.State == membership.Suspended {
		s, _, err := w.Members.Suspension(ctx, actor, m.ID)
		if err != nil {
			return p, err
		}
		p.Suspended = &s
	}
	if p.Owes || m.State == membership.Left {
		charter, err := w.Entrance.Charters.Current(ctx, actor.Cooperative, m.Language)
		if err != nil {
			return p, err
		}
		p.Version = charter.Version
	}
	return p, nil
}

// termWords says since when, or from when to when.
func termWords(w page.Words, t membership.Term) string {
	switch {
	case t.Planned && t.LastOn.IsZero():
		return w.T("role.from", "From", w.Date(t.From))
	case t.Planned:
		return w.T("role.from_to", "From", w.Date(t.From), "To", w.Date(t.LastOn))
	case t.Over():
		return w.T("role.from_to", "From", w.Date(t.From), "To", w.Date(t.Until))
	case t.LastOn.IsZero():
		return w.T("role.since", "From", w.Date(t.From))
	}
	return w.T("role.since_to", "From", w.Date(t.From), "To", w.Date(t.LastOn))
}

// decided says who decided what about a member; a day that was set is nobody's decision.
func decided(w page.Words, d membership.Decision) string {
	if d.By == "" {
		return w.T("member.decided.itself")
	}
	return w.T("member.decided."+string(d.Step), "By", page.Name(d.By))
}

func roleIcon(r membership.Role) string {
	return map[membership.Role]string{membership.AFacilitator: "key", membership.ATreasurer: "pot", membership.AScrutineer: "vote"}[r]
}

func roleChoices(p memberPage) page.Choices {
	c := page.Choices{Name: "role", Legend: p.T("role.give.role"), Problem: p.Problems["role"]}
	for _, r := range membership.RolesKnown() {
		c.Options = append(c.Options, page.Choice{Value: string(r), Label: p.T("role.name." + string(r)), Icon: roleIcon(r), Chosen: p.Role == string(r)})
	}
	return c
}
