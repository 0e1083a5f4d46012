package sharingweb

import (
	"context"
	"strconv"

	"github.com/gofiber/fiber/v2"

	"lien/coop"
	"lien/coop/membership"
	"lien/coop/sharing"
	"lien/rule"
	"lien/server/page"
	"lien/server/session"
)

// deskResourcePage is one thing at the desk: its rules, who has it and who comes next.
type deskResourcePage struct {
	page.Frame
	Resource sharing.Resource
	Damages  []sharing.Damage
	Bookings []sharing.Booking
	Loans    []sharing.Loan
	Rules    []page.Field
	Weekdays page.Choices
	Step     page.Choices
	Problems page.Problems
	Why      string
}

// newResourcePage is the form of a new thing.
type newResourcePage struct {
	page.Frame
	Key      string
	Kinds    page.Choices
	Shared   page.Choices
	Fields   []page.Field
	Places   []membership.Place
	Place    string
	Problems page.Problems
}

// ShowDeskResources lists the things with what is to be handed over or should be back.
func (w *Web) ShowDeskResources(c *fiber.Ctx) error {
	ctx, actor := c.UserContext(), session.Of(c).Coop()
	list, err := w.Resources.List(ctx, actor)
	if err != nil {
		return err
	}
	p := resourcesPage{Frame: page.NewFrame(c, "resource.desk.title", "home"), Desk: true}
	p.Shelves = shelvesOf(p.Frame, list, "/desk/resources/")
	if p.Waits, err = w.Loans.Desk(ctx, actor, coop.ResourceID{}); err != nil {
		return err
	}
	return page.Show(c, DeskResourcesPage(p))
}

// NewResource answers with the empty form.
func (w *Web) NewResource(c *fiber.Ctx) error { return w.newResource(c, fiber.StatusOK, nil) }

func (w *Web) newResource(c *fiber.Ctx, status int, problems page.Problems) error {
	f := page.NewFrame(c, "resource.new.title", "home")
	places, err := w.Members.Places(c.UserContext(), session.Of(c).Coop())
	if err != nil {
		return err
	}
	p := newResourcePage{Frame: f, Key: page.KeptKey(c), Problems: problems}
	p.Kinds = page.Choices{Name: "kind", Legend: f.T("resource.new.kind"), Class: "even", Problem: problems["kind"]}
	for _, k := range sharing.Kinds() {
		p.Kinds.Options = append(p.Kinds.Options, page.Choice{Value: string(k), Label: f.T("resource.one_" + string(k)), Icon: resourceIcon(k), Chosen: string(k) == c.FormValue("kind")})
	}
	p.Shared = page.Choices{Name: "shared", Legend: f.T("resource.new.shared"), Problem: problems["shared"], Options: []page.Choice{
		{Value: string(sharing.Booked), Label: f.T("resource.new.booked"), Chosen: c.FormValue("shared") == string(sharing.Booked)},
		{Value: string(sharing.Lent), Label: f.T("resource.new.lent"), Chosen: c.FormValue("shared") == string(sharing.Lent)},
	}}
	p.Fields = []page.Field{
		{Name: "name", Label: f.T("resource.new.name"), Value: c.FormValue("name"), Most: 80, Required: true, Problem: problems["name"]},
		{Name: "details", Type: "area", Label: f.T("resource.new.details"), Hint: f.T("resource.new.details_hint"), Value: c.FormValue("details"), Most: 1000, Problem: problems["details"]},
	}
	p.Places, p.Place = places, c.FormValue("place")
	return page.ShowStatus(c, status, NewResourcePage(p))
}

// AddResource puts a thing on the shelf.
func (w *Web) AddResource(c *fiber.Ctx) error {
	d := sharing.Draft{
		Kind: sharing.Kind(c.FormValue("kind")), Shared: sharing.Shared(c.FormValue("shared")), Name: c.FormValue("name"),
		Details: c.FormValue("details"), Language: page.WordsOf(c).Lang(),
	}
	var id coop.ResourceID
	key, err := rule.Key(c.FormValue("key"))
	if err == nil {
		d.Key = key
		if d.Place, err = rule.ID[coop.PlaceID](c.FormValue("place")); err != nil {
			err = rule.Broken("place", "rule.choose")
		}
	}
	if err == nil {
		id, err = w.Resources.Add(c.UserContext(), session.Of(c).Coop(), d)
	}
	if err != nil {
		return page.Refused(page.WordsOf(c), err, func(p page.Problems) error { return w.newResource(c, fiber.StatusUnprocessableEntity, p) })
	}
	return c.Redirect("/desk/resources/"+id.String(), fiber.StatusSeeOther)
}

// ShowDeskResource shows one thing to who runs the desk.
func (w *Web) ShowDeskResource(c *fiber.Ctx) error { return w.showDeskResource(c, fiber.StatusOK, nil) }

func (w *Web) showDeskResource(c *fiber.Ctx, status int, problems page.Problems) error {
	id, err := rule.ID[coop.ResourceID](c.Params("id"))
	if err != nil {
		return err
	}
	return w.deskResource(c, id, status, problems)
}

func (w *Web) deskResource(c *fiber.Ctx, id coop.ResourceID, status int, problems page.Problems) error {
	ctx, actor := c.UserContext(), session.Of(c).Coop()
	t, err := w.Resources.One(ctx, actor, id)
	if err != nil {
		return err
	}
	p := deskResourcePage{Frame: page.NewFrame(c, "resource.one", "home", "Name", t.Name), Resource: t, Problems: problems, Why: c.FormValue("why")}
	if p.Damages, err = w.Resources.Damages(ctx, actor, id); err != nil {
		return err
	}
	if t.Shared == sharing.Lent {
		err = w.deskLent(c, &p)
	} else {
		err = w.deskBooked(c, &p)
	}
	if err != nil {
		return err
	}
	return page.ShowStatus(c, status, DeskResourcePage(p))
}

func (w *Web) deskLent(c *fiber.Ctx, p *deskResourcePage) error {
	ctx, actor := c.UserContext(), session.Of(c).Coop()
	r, err := w.Resources.LendingRules(ctx, actor, p.Resource.ID)
	if err != nil {
		return err
	}
	p.Rules = []page.Field{
		p.number(c, "days", r.Days), p.number(c, "renewals", r.Renewals), p.number(c, "once", r.AtOnce), p.number(c, "hold", r.HoldHours), p.number(c, "deposit", r.Deposit),
	}
	p.Loans, err = w.Loans.Desk(ctx, actor, p.Resource.ID)
	return err
}

func (w *Web) deskBooked(c *fiber.Ctx, p *deskResourcePage) error {
	ctx, actor := c.UserContext(), session.Of(c).Coop()
	r, err := w.Resources.BookingRules(ctx, actor, p.Resource.ID)
	if err != nil {
		return err
	}
	p.Step = page.Choices{Name: "step", Legend: p.T("resource.rules.step"), Problem: p.Problems["step"]}
	for _, minutes := range []int{15, 30, 60} {
		p.Step.Options = append(p.Step.Options, page.Choice{Value: strconv.Itoa(minutes), Label: p.Frame.Hours(int64(minutes)), Chosen: r.Step == minutes})
	}
	p.Rules = []page.Field{
		p.clock(c, "opens", r.Opens), p.clock(c, "closes", r.Closes), p.number(c, "longest", r.Longest), p.number(c, "buffer", r.Buffer),
		p.number(c, "notice", r.Notice), p.number(c, "ahead", r.Ahead), p.number(c, "quota", r.WeeklyQuota), p.number(c, "noshow", r.NoShow),
	}
	p.Weekdays = page.Choices{Name: "weekdays", Legend: p.T("resource.rules.weekdays"), Many: true, Problem: p.Problems["weekdays"]}
	for n := range 7 {
		label := page.Capital(p.T("date.weekday_" + strconv.Itoa((n+1)%7)))
		p.Weekdays.Options = append(p.Weekdays.Options, page.Choice{Value: strconv.Itoa(n), Label: label, Chosen: r.Weekdays&(1<<n) != 0})
	}
	p.Bookings, err = w.Bookings.Ahead(ctx, actor, p.Resource.ID)
	return err
}

// number is a rule's number as a field, with what was typed.
func (p deskResourcePage) number(c *fiber.Ctx, name string, value int) page.Field {
	return page.Field{
		Name: name, Label: p.T("resource.rules." + name), Mode: "numeric", Value: c.FormValue(name, strconv.Itoa(value)), Most: 5,
		Required: true, Problem: p.Problems[name],
	}
}

// clock is a minute of the day as a field; the end of the day is written 24:00.
func (p deskResourcePage) clock(c *fiber.Ctx, name string, minute int) page.Field {
	text := strconv.Itoa(100 + minute/60)[1:] + ":" + strconv.Itoa(100 + minute%60)[1:]
	return page.Field{Name: name, Label: p.T("resource.rules." + name), Value: c.FormValue(name, text), Most: 5, Required: true, Problem: p.Problems[name]}
}

// RuleResource changes how a thing is shared from now on.
func (w *Web) RuleResource(c *fiber.Ctx) error {
	return w.deskAct(c, func(ctx context.Context, actor coop.Actor, id coop.ResourceID) error {
		t, err := w.Resources.One(ctx, actor, id)
		if err != nil {
			return err
		}
		if t.Shared == sharing.Lent {
			r, err := lendingForm(c)
			if err != nil {
				return err
			}
			return w.Resources.RuleLending(ctx, actor, id, r)
		}
		r, err := bookingForm(c)
		if err != nil {
			return err
		}
		return w.Resources.RuleBooking(ctx, actor, id, r)
	})
}

// PauseResource, ReopenResource and RetireResource change whether it can be had.
func (w *Web) PauseResource(c *fiber.Ctx) error {
	return w.deskAct(c, func(ctx context.Context, actor coop.Actor, id coop.ResourceID) error {
		return w.Resources.Pause(ctx, actor, id, c.FormValue("why"))
	})
}

// ReopenResource lets a paused thing be had again.
func (w *Web) ReopenResource(c *fiber.Ctx) error { return w.deskAct(c, w.Resources.Reopen) }

// RetireResource takes a thing off the shelf for good.
func (w *Web) RetireResource(c *fiber.Ctx) error { return w.deskAct(c, w.Resources.Retire) }

func (w *Web) deskAct(c *fiber.Ctx, act func(context.Context, coop.Actor, coop.ResourceID) error) error {
	id, err := rule.ID[coop.ResourceID](c.Params("id"))
	if err != nil {
		return err
	}
	if err := act(c.UserContext(), session.Of(c).Coop(), id); err != nil {
		return page.Refused(page.WordsOf(c), err, func(p page.Problems) error { return w.deskResource(c, id, fiber.StatusUnprocessableEntity, p) })
	}
	return c.Redirect("/desk/resources/"+id.String(), fiber.StatusSeeOther)
}

// HandOverLoan, TakeBackLoan and LoseLoan are what the desk does with a thing that is lent.
func (w *Web) HandOverLoan(c *fiber.Ctx) error { return w.deskLoan(c, w.Loans.HandOver) }

// TakeBackLoan notes that the thing is back.
func (w *Web) TakeBackLoan(c *fiber.Ctx) error { return w.deskLoan(c, w.Loans.TakeBack) }

// KeepDeposit notes that the thing is back, and leaves its deposit to the fund.
func (w *Web) KeepDeposit(c *fiber.Ctx) error { return w.deskLoan(c, w.Loans.KeepDeposit) }

// LoseLoan notes that the thing will not come back.
func (w *Web) LoseLoan(c *fiber.Ctx) error { return w.deskLoan(c, w.Loans.Lose) }

func (w *Web) deskLoan(c *fiber.Ctx, step func(context.Context, coop.Actor, coop.LoanID, string) error) error {
	id, err := rule.ID[coop.LoanID](c.Params("id"))
	if err != nil {
		return err
	}
	ctx, actor := c.UserContext(), session.Of(c).Coop()
	resource, err := w.Loans.ResourceOf(ctx, actor, id)
	if err != nil {
		return err
	}
	if err := step(ctx, actor, id, c.FormValue("words")); err != nil {
		return page.Refused(page.WordsOf(c), err, func(p page.Problems) error { return w.deskResource(c, resource, fiber.StatusUnprocessableEntity, p) })
	}
	return c.Redirect("/desk/resources/"+resource.String(), fiber.StatusSeeOther)
}

// MendDamage notes that a damage is mended.
func (w *Web) MendDamage(c *fiber.Ctx) error {
	id, err := rule.ID[coop.DamageID](c.Params("id"))
	if err != nil {
		return err
	}
	resource, err := w.Resources.Mend(c.UserContext(), session.Of(c).Coop(), id, c.FormValue("how"))
	if err != nil {
		return page.Refused(page.WordsOf(c), err, func(p page.Problems) error { return w.deskResource(c, resource, fiber.StatusUnprocessableEntity, p) })
	}
	return c.Redirect("/desk/resources/"+resource.String(), fiber.StatusSeeOther)
}
