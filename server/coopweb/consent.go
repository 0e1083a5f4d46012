package coopweb

import (
	"errors"
	"strings"

	"github.com/gofiber/fiber/v2"

	"lien/coop"
	"lien/coop/desk"
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

// AskAtTablet asks the member to agree to one act, after making sure that it can be done.
func (w *Web) AskAtTablet(c *fiber.Ctx) error {
	wish, err := w.wishOf(c)
	if err == nil {
		actor := session.Of(c)
		err = w.careful(c, wish.Kind, func() error { return w.Desk.Rehearse(c.UserContext(), actor.Coop(), actor.With, wish) })
	}
	if err != nil {
		return page.Refused(page.WordsOf(c), err, func(p page.Problems) error { return w.retry(c, wish.Kind, p) })
	}
	return w.ask(c, fiber.StatusOK, wish, nil)
}

func (w *Web) ask(c *fiber.Ctx, status int, wish desk.Wish, problems page.Problems) error {
	actor := session.Of(c)
	p := consentPage{
		Frame: helpedFrame(c, "tablet.title"), Desk: w.Languages.Of(actor.Lang), Undoing: wish.Kind.Undoing(), Problems: problems,
		Number: strings.ToValidUTF8(c.FormValue("witness"), ""), Mark: strings.ToValidUTF8(c.FormValue("mark"), ""),
	}
	err := w.careful(c, wish.Kind, func() (err error) {
		p.Meant, err = w.meant(c.UserContext(), actor, wish)
		return err
	})
	if err != nil {
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
	p.Carried = append(p.Carried, page.Hidden{Name: "key", Value: page.KeptKey(c)})
	return page.ShowStatus(c, status, ConsentPage(p))
}

// DoAtTablet does the act that the member agreed to.
func (w *Web) DoAtTablet(c *fiber.Ctx) error {
	actor := session.Of(c)
	wish, err := w.wishOf(c)
	if err != nil {
		return page.Refused(page.WordsOf(c), err, func(p page.Problems) error { return w.retry(c, wish.Kind, p) })
	}
	consent, err := w.consentOf(c, actor)
	var act desk.Act
	if err == nil {
		err = w.careful(c, wish.Kind, func() error {
			act, err = w.Desk.Do(c.UserContext(), actor.Coop(), actor.With, wish, consent)
			return err
		})
	}
	if err != nil {
		return page.Refused(page.WordsOf(c), err, func(p page.Problems) error { return w.unconsented(c, wish, p) })
	}
	return c.Redirect("/tablet/receipts/"+act.ID.String(), fiber.StatusSeeOther)
}

// careful keeps the numbers of cheques from being guessed at the tablet; nothing else that
// is asked there can be.
func (w *Web) careful(c *fiber.Ctx, kind desk.Kind, act func() error) error {
	if kind == desk.Redeem {
		return w.unguessed(c, act)
	}
	return act()
}

// unconsented asks again when the consent did not count, and shows the form again when
// the act itself was refused meanwhile.
func (w *Web) unconsented(c *fiber.Ctx, wish desk.Wish, problems page.Problems) error {
	for _, field := range []string{"pin", "witness", "mark", "consent"} {
		if problems[field] != "" {
			err := w.ask(c, fiber.StatusUnprocessableEntity, wish, problems)
			return page.Refused(page.WordsOf(c), err, func(p page.Problems) error { return w.retry(c, wish.Kind, p) })
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
