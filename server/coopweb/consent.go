package coopweb

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"

	"lien/coop"
	"lien/coop/desk"
	"lien/coop/exchange"
	"lien/rule"
	"lien/server/page"
	"lien/server/session"
)

// consentPage is the question of one act, in the member's language first and in the
// facilitator's below.
type consentPage struct {
	page.Frame
	Desk     page.Words // the facilitator's
	Meant    meant
	Facts    []page.Fact
	Undoing  desk.Undoing
	Carried  []page.Hidden // the wish, as it was filled in
	HasPIN   bool
	Number   string // of the witness, as typed
	Mark     string
	Problems page.Problems
}

// Alike reports whether the two read the same language: then nothing is said twice.
func (p consentPage) Alike() bool { return p.Lang() == p.Desk.Lang() }

// meant is what an act means, in the words that its sentence needs.
type meant struct {
	Kind    desk.Kind
	By      string
	About   string
	Other   string
	Minutes int64
	When    time.Time
	Guests  int
	Lang    string
}

// Says is the sentence that is read before somebody agrees.
func (m meant) Says(w page.Words) string { return w.T("tablet.ask."+string(m.Kind), m.args(w)...) }

func (m meant) args(w page.Words) []any {
	other, when := m.Other, ""
	if other == "" {
		other = w.T("tablet.everybody")
	}
	if !m.When.IsZero() {
		when = w.When(m.When)
	}
	return []any{"By", page.Name(m.By), "About", page.Name(m.About), "Name", page.Name(other), "Length", w.Hours(m.Minutes), "When", when, "Lang", page.Tongue(m.Lang)}
}

// wishFields are what the forms of the tablet carry from the question to the act.
var wishFields = []string{
	"kind", "id", "seen", "minutes", "other", "guests", "sort", "category", "title", "details", "day", "date", "clock", "time", "meeting", "about", "to", "fund", "lang",
}

// AskAtTablet asks the member to agree to one act, after making sure that it can be done.
func (w *Web) AskAtTablet(c *fiber.Ctx) error {
	wish, err := w.wishOf(c)
	if err == nil {
		actor := session.Of(c)
		err = w.Desk.Rehearse(c.UserContext(), actor.Coop(), actor.With, wish)
	}
	if err != nil {
		return refused(page.WordsOf(c), err, func(p page.Problems) error { return w.retry(c, wish.Kind, p) })
	}
	return w.ask(c, fiber.StatusOK, wish, nil)
}

func (w *Web) ask(c *fiber.Ctx, status int, wish desk.Wish, problems page.Problems) error {
	actor := session.Of(c)
	p := consentPage{
		Frame: helpedFrame(c, "tablet.title"), Desk: w.Languages.Of(actor.Lang), Undoing: wish.Kind.Undoing(), Problems: problems,
		Number: strings.ToValidUTF8(c.FormValue("witness"), ""), Mark: strings.ToValidUTF8(c.FormValue("mark"), ""),
	}
	var err error
	if p.Meant, err = w.meant(c.UserContext(), actor, wish); err != nil {
		return err
	}
	if p.HasPIN, err = w.Entrance.Devices.HasPIN(c.UserContext(), actor.Cooperative, actor.With); err != nil {
		return err
	}
	p.Facts = factsOfWish(p.Frame, wish)
	for _, name := range wishFields {
		if value := c.FormValue(name); value != "" {
			p.Carried = append(p.Carried, page.Hidden{Name: name, Value: value})
		}
	}
	p.Carried = append(p.Carried, page.Hidden{Name: "key", Value: keptKey(c)})
	return page.ShowStatus(c, status, ConsentPage(p))
}

// factsOfWish are the parts of a wish that its sentence is too short for.
func factsOfWish(f page.Frame, wish desk.Wish) []page.Fact {
	switch wish.Kind {
	case desk.Publish:
		facts := []page.Fact{{Icon: categoryIcon(wish.Listing.Category), Term: f.T("listing.category"), Value: f.T("listing.category_" + string(wish.Listing.Category))}}
		if wish.Listing.Minutes > 0 {
			facts = append(facts, page.Fact{Icon: "clock", Term: f.T("listing.length"), Value: f.Hours(wish.Listing.Minutes)})
		}
		if wish.Listing.Details != "" {
			facts = append(facts, page.Fact{Icon: "paper", Term: f.T("listing.form.details"), Value: wish.Listing.Details})
		}
		return facts
	case desk.Propose:
		return []page.Fact{
			{Icon: "clock", Term: f.T("agreement.length"), Value: f.Hours(wish.Proposal.Minutes)},
			{Icon: "place", Term: f.T("agreement.where"), Value: f.T("tablet.meeting." + string(wish.Proposal.Meeting))},
		}
	}
	return nil
}

// meant reads what the sentence of a wish names, with the member's own right to see it.
func (w *Web) meant(ctx context.Context, actor session.Actor, wish desk.Wish) (meant, error) {
	m := meant{Kind: wish.Kind, By: actor.Name, Minutes: wish.Minutes, Guests: wish.Guests, Lang: wish.Language}
	who := actor.Helped()
	switch wish.Kind {
	case desk.Publish:
		m.About = wish.Listing.Title
	case desk.Renew, desk.Close, desk.Propose:
		l, err := w.Listings.One(ctx, who, coop.ListingID{UUID: wish.Subject})
		m.About, m.Other, m.When = l.Title, l.Owner.Name, wish.Proposal.PlannedAt
		return m, err
	case desk.Agree, desk.Decline, desk.Cancel, desk.Claim, desk.Confirm:
		a, err := w.Agreements.One(ctx, who, coop.AgreementID{UUID: wish.Subject})
		m.About, m.Other, m.When = aboutOf(w.Languages.Of(actor.WithLang), a), a.Other(actor.With).Name, a.PlannedAt
		return m, err
	case desk.Come, desk.StayAway:
		e, err := w.Events.Show(ctx, who, coop.EventID{UUID: wish.Subject})
		m.About, m.When = e.Title, e.StartsAt
		return m, err
	case desk.Give:
		if (wish.To == coop.MemberID{}) {
			return m, nil
		}
		to, err := w.Members.Of(ctx, actor.Cooperative, wish.To)
		m.Other = to.Name
		return m, err
	}
	return m, nil
}

// wishOf reads a wish; what its kind does not need is not looked at.
func (w *Web) wishOf(c *fiber.Ctx) (wish desk.Wish, err error) {
	words := page.WordsOf(c)
	wish = desk.Wish{Kind: desk.Kind(c.FormValue("kind")), Language: c.FormValue("lang")}
	if !slices.Contains(desk.Kinds(), wish.Kind) {
		return wish, rule.ErrNotFound
	}
	if wish.Key, err = uuid.Parse(keptKey(c)); err != nil {
		return wish, err
	}
	if text := c.FormValue("id"); text != "" {
		id, err := rule.ID[coop.ActID](text)
		if err != nil {
			return wish, err
		}
		wish.Subject = id.UUID
	}
	switch wish.Kind {
	case desk.Publish:
		wish.Listing = exchange.Draft{
			Kind: exchange.Kind(c.FormValue("sort")), Category: exchange.Category(c.FormValue("category")),
			Title: c.FormValue("title"), Details: c.FormValue("details"), Language: words.Lang(),
		}
		if text := c.FormValue("minutes"); text != "" {
			wish.Listing.Minutes, err = minutesOf(c)
		}
	case desk.Propose:
		return w.proposalAtTablet(c, wish)
	case desk.Agree, desk.Decline, desk.Cancel:
		wish.Seen = whole(c.FormValue("seen"))
	case desk.Claim, desk.Confirm:
		wish.Seen = whole(c.FormValue("seen"))
		wish.Minutes, err = minutesOf(c)
	case desk.Come:
		wish.Guests = whole(c.FormValue("guests"))
	case desk.Give:
		return w.giftOf(c, wish)
	}
	return wish, err
}

// proposalAtTablet reads when, how long and where. Who asks for help and who gives it
// follows from the listing.
func (w *Web) proposalAtTablet(c *fiber.Ctx, wish desk.Wish) (desk.Wish, error) {
	listing, err := w.Listings.One(c.UserContext(), session.Of(c).Helped(), coop.ListingID{UUID: wish.Subject})
	if err != nil {
		return wish, err
	}
	wish.Proposal = exchange.Proposal{About: c.FormValue("about"), Language: page.WordsOf(c).Lang()}
	wish.Proposal.Plan, err = planOf(c, listing.Kind == exchange.Request)
	wish.Minutes = wish.Proposal.Minutes
	return wish, err
}

// giftOf reads to whom hours are given: a member's number, or all.
func (w *Web) giftOf(c *fiber.Ctx, wish desk.Wish) (desk.Wish, error) {
	var err error
	if wish.Minutes, err = minutesOf(c); err != nil {
		return wish, err
	}
	if number := c.FormValue("to"); number != "" {
		to, err := w.Desk.Numbered(c.UserContext(), session.Of(c).Coop(), "to", number)
		wish.To = to.ID
		return wish, err
	}
	if c.FormValue("fund") == "" {
		return wish, rule.Broken("to", "tablet.give.nobody")
	}
	return wish, nil
}

// DoAtTablet does the act that the member agreed to.
func (w *Web) DoAtTablet(c *fiber.Ctx) error {
	actor := session.Of(c)
	wish, err := w.wishOf(c)
	if err != nil {
		return refused(page.WordsOf(c), err, func(p page.Problems) error { return w.retry(c, wish.Kind, p) })
	}
	consent, err := w.consentOf(c, actor)
	var act desk.Act
	if err == nil {
		act, err = w.Desk.Do(c.UserContext(), actor.Coop(), actor.With, wish, consent)
	}
	if err != nil {
		return refused(page.WordsOf(c), err, func(p page.Problems) error { return w.unconsented(c, wish, p) })
	}
	return c.Redirect("/tablet/receipts/"+act.ID.String(), fiber.StatusSeeOther)
}

// unconsented asks again when the consent did not count, and shows the form again when
// the act itself was refused meanwhile.
func (w *Web) unconsented(c *fiber.Ctx, wish desk.Wish, problems page.Problems) error {
	for _, field := range []string{"pin", "witness", "mark", "consent"} {
		if problems[field] != "" {
			return w.ask(c, fiber.StatusUnprocessableEntity, wish, problems)
		}
	}
	return w.retry(c, wish.Kind, problems)
}

// consentOf checks how the member agreed: by their own PIN; beside a witness who types
// theirs; or, when neither of the two has one, by the member's mark beside the witness.
func (w *Web) consentOf(c *fiber.Ctx, actor session.Actor) (desk.Consent, error) {
	ctx, devices := c.UserContext(), w.Entrance.Devices
	if c.FormValue("how") == string(desk.ByPIN) {
		return desk.Consent{How: desk.ByPIN}, devices.Vouch(ctx, actor.Cooperative, actor.With, c.FormValue("pin"))
	}
	witness, err := w.Desk.Numbered(ctx, actor.Coop(), "witness", c.FormValue("witness"))
	if err != nil {
		return desk.Consent{}, err
	}
	if witness.ID == actor.With || witness.ID == actor.Member {
		return desk.Consent{}, rule.Broken("witness", "tablet.witness.party") // before anybody's PIN is tried
	}
	if pin := c.FormValue("pin"); pin != "" {
		err := devices.Vouch(ctx, actor.Cooperative, witness.ID, pin)
		return desk.Consent{How: desk.ByWitness, Witness: witness.ID}, atWitness(err)
	}
	for _, who := range []coop.MemberID{actor.With, witness.ID} {
		has, err := devices.HasPIN(ctx, actor.Cooperative, who)
		if err != nil {
			return desk.Consent{}, err
		}
		if has {
			return desk.Consent{}, rule.Broken("mark", "tablet.mark.pin_first")
		}
	}
	return desk.Consent{How: desk.ByMark, Witness: witness.ID, Mark: c.FormValue("mark")}, nil
}

// atWitness puts what is wrong with a witness's PIN beside the witness's field.
func atWitness(err error) error {
	var invalid *rule.Invalid
	if errors.As(err, &invalid) && invalid.Field == "pin" {
		return &rule.Invalid{Field: "witness", Rule: invalid.Rule, Args: invalid.Args}
	}
	return err
}

// receiptPage is what the member takes along.
type receiptPage struct {
	page.Frame
	Act   desk.Act
	Lines []page.Fact
}

// ShowReceipt shows what was just done, with the code that takes it back.
func (w *Web) ShowReceipt(c *fiber.Ctx) error {
	id, err := rule.ID[coop.ActID](c.Params("id"))
	if err != nil {
		return err
	}
	actor := session.Of(c)
	p := receiptPage{Frame: helpedFrame(c, "tablet.title")}
	if p.Act, err = w.Desk.Receipt(c.UserContext(), actor.Coop(), actor.With, id); err != nil {
		return err
	}
	p.Lines = []page.Fact{
		{Icon: "person", Term: p.T("tablet.receipt.whose"), Value: actor.WithName},
		{Icon: "calendar", Term: p.T("tablet.receipt.when"), Value: page.Capital(p.moment(p.Act.At))},
		{Icon: "key", Term: p.T("tablet.receipt.by"), Value: p.Act.By},
		{Icon: "check", Term: p.T("tablet.receipt.consent"), Value: p.T("tablet.consented."+string(p.Act.Consent), "Name", page.Name(p.Act.Witness))},
	}
	return page.Show(c, ReceiptPage(p))
}

// moment is a date that still reads rightly on paper, days later.
func (p receiptPage) moment(t time.Time) string {
	return p.T("date.at", "Day", p.Day(t), "Clock", p.Clock(t))
}

// Shown is the code in two halves.
func (p receiptPage) Shown() string { return p.Act.Code[:3] + " " + p.Act.Code[3:] }

// UndoAtTablet takes an act back with the code of its receipt.
func (w *Web) UndoAtTablet(c *fiber.Ctx) error {
	if err := w.Entrance.Guesses.Allow(c.IP()); err != nil {
		return err
	}
	actor := session.Of(c)
	_, err := w.Desk.UndoByCode(c.UserContext(), actor.Coop(), actor.With, c.FormValue("code"), mistaken(page.WordsOf(c)))
	if err != nil {
		return refused(page.WordsOf(c), err, func(p page.Problems) error { return w.showActs(c, fiber.StatusUnprocessableEntity, p) })
	}
	w.Entrance.Guesses.Pardon(c.IP())
	return page.Show(c, UndonePage(helpedFrame(c, "tablet.title")))
}

// mistaken are the words by which something said at the desk is taken back.
func mistaken(w page.Words) exchange.Words {
	return exchange.Words{Text: w.T("tablet.undo.words"), Language: w.Lang()}
}

// doneSentence says what an act was, to its member.
func doneSentence(w page.Words, a desk.Act) string {
	m := meant{Kind: a.Kind, By: a.By, About: a.Title, Other: a.Other, Minutes: a.Minutes}
	if m.About == "" && a.Category != "" {
		m.About = w.T("listing.category_" + string(a.Category))
	}
	if m.Other == "" && !a.Fund {
		m.Other = w.T("agreement.gone")
	}
	return w.T("tablet.did."+string(a.Kind), m.args(w)...)
}
