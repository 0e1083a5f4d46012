package coopweb

import (
	"github.com/gofiber/fiber/v2"

	"lien/coop"
	"lien/coop/event"
	"lien/rule"
	"lien/server/page"
	"lien/server/session"
)

// shiftsPage is the hands that an event needs. Whose they are stands on it for who runs the
// event only.
type shiftsPage struct {
	page.Frame
	Event     event.Event
	When      string
	Path      string
	Cards     []shiftCard
	Opens     bool // a shift may be opened
	Asked     bool // its form stands open
	Key       string
	What      page.Field
	Day       page.Field
	Hours     []page.Field
	Hands     []page.Field
	Languages page.Choices
	Problems  page.Problems
}

// shiftCard is one shift with what its reader can do now.
type shiftCard struct {
	event.Shift
	When, Hands, Worth string
	Tag                mark
	Acts               []shiftAct
	People             []shiftPerson
	Closable           bool
	Path               string
	Where              string // the way to the event's shifts, in a list of several events
	Problem            string
	From               string // the page to go back to
}

type shiftAct struct {
	Act, Words, Icon string
	Main             bool
}

type shiftPerson struct {
	ID, Name, Note, Why string
	Tag                 mark
	Confirm, Undo       bool
}

// shiftSlip is what was refused, and where it is said.
type shiftSlip struct {
	shift    string // the shift's id; empty for the form of a new one
	member   string
	problems page.Problems
	why      string
}

// ShowShifts answers with the hands that an event needs.
func (w *Web) ShowShifts(c *fiber.Ctx) error {
	id, err := rule.ID[coop.EventID](c.Params("id"))
	if err != nil {
		return err
	}
	return w.showShifts(c, id, fiber.StatusOK, shiftSlip{})
}

func (w *Web) showShifts(c *fiber.Ctx, id coop.EventID, status int, slip shiftSlip) error {
	e, list, there, err := w.Events.Shifts(c.UserContext(), session.Of(c).Coop(), id)
	if err != nil {
		return err
	}
	f := page.NewFrame(c, "shift.title", "events")
	p := shiftsPage{Frame: f, Event: e, When: f.When(e.StartsAt), Path: "/events/" + id.String(), Opens: e.Runs && e.Open(f.Now())}
	for _, sh := range list {
		card := shiftCardOf(f, sh)
		card.From, card.People = "event", peopleOf(f, sh, there)
		if slip.shift == sh.ID.String() {
			card.blame(slip)
		}
		p.Cards = append(p.Cards, card)
	}
	if slip.shift == "" {
		p.Problems = slip.problems
	}
	if p.Opens {
		p.form(c, slip)
	}
	return page.ShowStatus(c, status, ShiftsPage(p))
}

// blame says beside the shift, or beside a person of it, what was refused.
func (s *shiftCard) blame(slip shiftSlip) {
	for n := range s.People {
		if s.People[n].ID == slip.member && slip.problems["why"] != "" {
			s.People[n].Why, s.People[n].Note = slip.problems["why"], slip.why
			return
		}
	}
	for _, words := range slip.problems {
		s.Problem = words
	}
}

func (p *shiftsPage) form(c *fiber.Ctx, slip shiftSlip) {
	f := p.Frame
	p.Asked = slip.problems != nil && slip.shift == "" || len(p.Cards) == 0
	p.Key = page.NewKey()
	if slip.problems != nil && slip.shift == "" {
		p.Key = page.KeptKey(c)
	}
	typed := func(name, otherwise string) string {
		if slip.problems != nil && slip.shift == "" {
			return c.FormValue(name)
		}
		return otherwise
	}
	field := func(name, label, hint, kind, otherwise string) page.Field {
		return page.Field{
			Name: name, Label: f.T(label), Hint: hint, Type: kind, Value: typed(name, otherwise), Required: true, Problem: p.problemOf(name, slip),
		}
	}
	starts, ends := p.Event.StartsAt.In(f.Zone()), p.Event.EndsAt.In(f.Zone())
	p.What = field("what", "shift.new.what", f.T("shift.new.what_help"), "", "")
	p.What.Most = 80
	p.Day = field("day", "event.new.day", "", "date", starts.Format("2006-01-02"))
	p.Hours = []page.Field{
		field("from", "event.new.from", "", "time", starts.Format("15:04")), field("until", "event.new.until", "", "time", ends.Format("15:04")),
	}
	p.Hands = []page.Field{field("least", "shift.new.least", "", "", "2"), field("most", "shift.new.most", "", "", "4")}
	for n := range p.Hands {
		p.Hands[n].Mode, p.Hands[n].Most = "numeric", 2
	}
	p.Languages = page.Choices{Name: "language", Legend: f.T("event.new.language"), Class: "even", Problem: p.problemOf("language", slip)}
	for _, code := range page.Codes() {
		p.Languages.Options = append(p.Languages.Options, page.Choice{Value: code, Label: page.Tongue(code), Chosen: typed("language", f.Lang()) == code})
	}
}

func (p *shiftsPage) problemOf(name string, slip shiftSlip) string {
	if slip.shift != "" {
		return ""
	}
	return slip.problems[name]
}

func shiftCardOf(f page.Frame, sh event.Shift) shiftCard {
	card := shiftCard{
		Shift: sh, When: f.T("event.span", "Day", f.Day(sh.StartsAt), "From", f.Clock(sh.StartsAt), "Until", f.Clock(sh.EndsAt)),
		Hands: f.T("shift.hands", "Hands", sh.Hands, "Most", sh.Most), Worth: f.T("shift.worth", "Minutes", f.Hours(sh.Minutes())),
		Path: "/shifts/" + sh.ID.String(), Where: "/events/" + sh.EventID.String() + "/shifts",
	}
	now := f.Now()
	card.Closable = sh.Runs && sh.On && !sh.Began(now)
	card.Tag = shiftTag(f, sh)
	add := func(when bool, act event.HandAct, icon string, main bool) {
		if when {
			card.Acts = append(card.Acts, shiftAct{Act: string(act), Words: f.T("shift.act." + string(act)), Icon: icon, Main: main})
		}
	}
	ahead := sh.On && !sh.Began(now)
	add(sh.Open(now) && !sh.Mine.Held() && sh.Room() > 0, event.TakeShift, "help", true)
	add(sh.Open(now) && !sh.Mine.Held() && sh.Seeking, event.TakeOver, "people", sh.Room() == 0)
	add(ahead && sh.Mine == event.HandSeeking, event.KeepShift, "check", true)
	add(ahead && sh.Mine == event.HandOn, event.SeekOther, "people", false)
	add(ahead && sh.Mine.Held(), event.GiveBack, "cross", false)
	return card
}

func shiftTag(f page.Frame, sh event.Shift) mark {
	switch {
	case !sh.On:
		return mark{"late", "cross", f.T("shift.tag.off")}
	case sh.Credited > 0:
		return mark{"good", "check", f.T("shift.tag.credited", "Minutes", f.Hours(sh.Credited))}
	case sh.Mine == event.HandSeeking:
		return mark{"boxed", "wait", f.T("shift.tag.seeking")}
	case sh.Mine == event.HandOn:
		return mark{"good", "check", f.T("shift.tag.on")}
	case !sh.Open(f.Now()):
		return mark{"", "clock", f.T("shift.tag.over")}
	case sh.Short() > 0:
		return mark{"boxed", "help", f.N("shift.tag.short", sh.Short())}
	case sh.Seeking:
		return mark{"boxed", "people", f.T("shift.tag.stand_in")}
	case sh.Room() == 0:
		return mark{"", "check", f.T("shift.tag.full")}
	}
	return mark{"", "people", f.T("shift.tag.enough")}
}

func peopleOf(f page.Frame, sh event.Shift, there []event.Present) (people []shiftPerson) {
	for _, p := range there {
		if p.ShiftID != sh.ID {
			continue
		}
		line := shiftPerson{ID: p.MemberID.String(), Name: p.Name}
		switch {
		case p.Minutes > 0:
			line.Tag = mark{"good", "check", f.T("shift.tag.credited", "Minutes", f.Hours(p.Minutes))}
			line.Undo = !p.Mine
		case sh.Confirmable(f.Now()) && !p.Mine:
			line.Confirm = true
		case sh.Confirmable(f.Now()):
			line.Tag = mark{"", "eye", f.T("shift.tag.another")}
		case p.Hand == event.HandSeeking:
			line.Tag = mark{"boxed", "wait", f.T("shift.tag.stand_in")}
		}
		people = append(people, line)
	}
	return people
}

// OpenShift says that an event needs hands.
func (w *Web) OpenShift(c *fiber.Ctx) error {
	id, err := rule.ID[coop.EventID](c.Params("id"))
	if err != nil {
		return err
	}
	o := event.Opening{
		What: c.FormValue("what"), Language: c.FormValue("language"), Day: c.FormValue("day"), From: c.FormValue("from"),
		Until: c.FormValue("until"), Least: c.FormValue("least"), Most: c.FormValue("most"),
	}
	if o.Key, err = rule.Key(c.FormValue("key")); err == nil {
		err = w.Events.OpenShift(c.UserContext(), session.Of(c).Coop(), id, o)
	}
	if problems, refused := page.ProblemsOf(page.WordsOf(c), err); refused {
		return w.showShifts(c, id, fiber.StatusUnprocessableEntity, shiftSlip{problems: problems})
	}
	if err != nil {
		return err
	}
	return c.Redirect("/events/"+id.String()+"/shifts", fiber.StatusSeeOther)
}

// LendHand takes a shift, gives it back, seeks a stand-in or takes over.
func (w *Web) LendHand(c *fiber.Ctx) error {
	return w.atShift(c, func(actor coop.Actor, id coop.ShiftID) error {
		return w.Events.Lend(c.UserContext(), actor, id, event.HandAct(c.FormValue("act")))
	})
}

// CloseShift says that a shift is not needed after all.
func (w *Web) CloseShift(c *fiber.Ctx) error {
	return w.atShift(c, func(actor coop.Actor, id coop.ShiftID) error {
		return w.Events.CloseShift(c.UserContext(), actor, id)
	})
}

// ConfirmHand says who was there, or takes it back.
func (w *Web) ConfirmHand(c *fiber.Ctx) error {
	return w.atShift(c, func(actor coop.Actor, id coop.ShiftID) error {
		member, err := rule.ID[coop.MemberID](c.FormValue("member"))
		if err != nil {
			return err
		}
		if c.FormValue("act") == "undo" {
			return w.Events.InvalidateHand(c.UserContext(), actor, id, member, c.FormValue("why"))
		}
		return w.Events.ConfirmHand(c.UserContext(), actor, id, member)
	})
}

// atShift does something with a shift, and leads back to where it was done.
func (w *Web) atShift(c *fiber.Ctx, act func(coop.Actor, coop.ShiftID) error) error {
	id, err := rule.ID[coop.ShiftID](c.Params("id"))
	if err != nil {
		return err
	}
	actor := session.Of(c).Coop()
	sh, err := w.Events.ShowShift(c.UserContext(), actor, id)
	if err != nil {
		return err
	}
	err = act(actor, id)
	if problems, refused := page.ProblemsOf(page.WordsOf(c), err); refused {
		slip := shiftSlip{shift: id.String(), member: c.FormValue("member"), problems: problems, why: c.FormValue("why")}
		return w.showShifts(c, sh.EventID, fiber.StatusUnprocessableEntity, slip)
	}
	if err != nil {
		return err
	}
	if c.FormValue("from") == "mine" {
		return c.Redirect("/shifts", fiber.StatusSeeOther)
	}
	return c.Redirect("/events/"+sh.EventID.String()+"/shifts#"+id.String(), fiber.StatusSeeOther)
}

// myShiftsPage is the shifts that count on the reader, and those that lack hands.
type myShiftsPage struct {
	page.Frame
	Mine, Wanted, Done []shiftCard
	Back               []shiftBack
}

type shiftBack struct {
	Words, Why, When string
}

// ShowMyShifts answers with the reader's shifts and those where hands are wanted.
func (w *Web) ShowMyShifts(c *fiber.Ctx) error {
	actor, ctx := session.Of(c).Coop(), c.UserContext()
	p := myShiftsPage{Frame: page.NewFrame(c, "shift.mine.title", "events")}
	for _, part := range []struct {
		list  func() ([]event.Shift, error)
		cards *[]shiftCard
	}{
		{func() ([]event.Shift, error) { return w.Events.MyShifts(ctx, actor) }, &p.Mine},
		{func() ([]event.Shift, error) { return w.Events.WantedShifts(ctx, actor) }, &p.Wanted},
		{func() ([]event.Shift, error) { return w.Events.DoneShifts(ctx, actor) }, &p.Done},
	} {
		list, err := part.list()
		if err != nil {
			return err
		}
		for _, sh := range list {
			card := shiftCardOf(p.Frame, sh)
			card.From, card.Closable = "mine", false
			*part.cards = append(*part.cards, card)
		}
	}
	back, err := w.Events.TakenBack(ctx, actor)
	for _, b := range back {
		p.Back = append(p.Back, shiftBack{Words: p.T("shift.back.words", "What", b.What, "Minutes", p.Hours(b.Minutes)), Why: b.Why, When: p.Date(b.At)})
	}
	if err != nil {
		return err
	}
	return page.Show(c, MyShiftsPage(p))
}

func (p shiftPerson) whyID(shift string) string { return "why-" + shift + "-" + p.ID }
