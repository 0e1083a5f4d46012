package desk

import (
	"context"
	"errors"

	"github.com/google/uuid"
	"github.com/uptrace/bun"

	"lien/coop"
	"lien/coop/exchange"
	"lien/database"
	"lien/rule"
)

// Undo takes back an act that was carried for the actor, within two days; what that does
// was said before the act. Words go with it where a facilitator will read why. Taking it
// back twice does it once. It returns *rule.Invalid on "act" when it is too late, or when
// what followed stands in the way.
func (d *Desk) Undo(ctx context.Context, actor coop.Actor, id coop.ActID, words exchange.Words) (Act, error) {
	return d.undo(ctx, actor, id, words)
}

// UndoByCode takes an act back at the desk, for a member who gives the code of its receipt:
// the code is their consent. A code that fits none of the last two days' acts is
// *rule.Invalid on "code".
func (d *Desk) UndoByCode(ctx context.Context, by coop.Actor, member coop.MemberID, code string, words exchange.Words) (Act, error) {
	if err := coop.MustFacilitate(ctx, d.db, by); err != nil {
		return Act{}, err
	}
	var ids []uuid.UUID
	err := d.db.NewRaw(`
		SELECT id FROM coop.acts
		WHERE cooperative_id = ? AND member_id = ? AND kind <> 'open' AND at > ?
		ORDER BY id DESC LIMIT 100`, by.Cooperative, member, d.now().Add(-UndoWithin)).Scan(ctx, &ids)
	if err != nil {
		return Act{}, err
	}
	for _, id := range ids {
		if act := (coop.ActID{UUID: id}); d.derive.fits(act, code) {
			return d.undo(ctx, carriedFor(by, member), act, words)
		}
	}
	return Act{}, rule.Broken("code", "tablet.code.unknown")
}

func (d *Desk) undo(ctx context.Context, who coop.Actor, id coop.ActID, words exchange.Words) (act Act, err error) {
	err = d.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		if act, err = d.one(ctx, tx, `a.id = ? AND a.member_id = ? AND a.kind <> 'open'`, who.Cooperative, id, who.Member); err != nil {
			return err
		}
		switch {
		case !act.UndoneAt.IsZero():
			return nil // the second tap
		case who.Channel == coop.AtDesk && who.Witness == act.OtherID:
			return rule.Broken("act", "tablet.party")
		case act.Kind.Undoing() == Nothing:
			return rule.Broken("act", "tablet.undo.none")
		case !d.now().Before(act.Until()):
			return rule.Broken("act", "tablet.undo.late")
		}
		outcome, err := hands{Desk: d, tx: tx, who: who}.takeBack(ctx, act, words)
		if err != nil {
			return err
		}
		by := who.Member
		if who.Channel == coop.AtDesk {
			by = who.Witness
		}
		_, err = tx.NewRaw(`INSERT INTO coop.acts_undone (cooperative_id, act_id, by_member_id, outcome, at) VALUES (?, ?, ?, ?, ?)`,
			who.Cooperative, act.ID, by, outcome, d.now()).Exec(ctx)
		if err != nil {
			return err
		}
		act.UndoneAt, act.Asked = d.now(), outcome == asked
		return nil
	})
	if database.Broken(err) == "acts_undone_pkey" { // another device was first
		return d.one(ctx, d.db, `a.id = ? AND a.member_id = ?`, who.Cooperative, id, who.Member)
	}
	return act, err
}

// What taking back came to.
const (
	undone = "undone"
	asked  = "asked" // a correction, which a facilitator carries out
)

// takeBack does the opposite of an act by the member's own means, or asks for a correction
// where hours have moved.
func (h hands) takeBack(ctx context.Context, act Act, words exchange.Words) (outcome string, err error) {
	listing, event := coop.ListingID{UUID: act.Subject}, coop.EventID{UUID: act.Subject}
	switch act.Kind.Undoing() {
	case ClosesIt:
		err = h.listings().Close(ctx, h.who, listing)
	case PausesIt:
		err = h.listings().Pause(ctx, h.who, listing)
	case PublishesIt:
		err = h.publishAgain(ctx, act)
	case CancelsIt, DisputesIt, Asks:
		return h.stepBack(ctx, act, words)
	case Withdraws:
		err = h.events().Withdraw(ctx, h.who, event)
	case Registers:
		_, err = h.events().Register(ctx, h.who, event, 0)
	case SpeaksAgain:
		err = h.members().Speak(ctx, h.who, act.Before)
	case Resumes:
		err = h.resume(ctx, act)
	case Leaves:
		err = h.workshops().Leave(ctx, h.who, listing)
	case JoinsAgain:
		err = h.workshops().Join(ctx, h.who, listing, false)
	}
	return undone, moved(err)
}

// resume gives the pause of the act up, or ends it; a later one stays.
func (h hands) resume(ctx context.Context, act Act) error {
	pause, _, err := h.members().Pausing(ctx, h.who, h.who.Member)
	if err == nil && pause.ID.UUID != act.Subject {
		err = rule.ErrMoved
	}
	if err != nil {
		return err
	}
	return h.members().Resume(ctx, h.who)
}

// publishAgain puts the words of a closed listing up once more: closing is for good.
func (h hands) publishAgain(ctx context.Context, act Act) error {
	l, err := h.listings().One(ctx, h.who, coop.ListingID{UUID: act.Subject})
	if err != nil {
		return err
	}
	_, err = h.listings().Publish(ctx, h.who, exchange.Draft{
		Key: act.key(), Kind: l.Kind, Category: l.Category, Title: l.Title, Details: l.Details, Language: l.Language, Minutes: l.Minutes,
	})
	return err
}

// stepBack takes an agreement back as far as its table lets the member. Hours that moved,
// by it or as a gift, stay until somebody corrects them.
func (h hands) stepBack(ctx context.Context, act Act, words exchange.Words) (string, error) {
	if act.Kind == Give || act.Kind == Redeem {
		return asked, nil
	}
	a, err := h.agreements().One(ctx, h.who, coop.AgreementID{UUID: act.Subject})
	switch {
	case err != nil:
		return "", err
	case a.State.Paid():
		return asked, nil
	case a.State == exchange.Disputed, a.State.Final():
		return "", rule.Broken("act", "tablet.undo.moved")
	case a.State == exchange.DoneClaimed:
		_, err = h.agreements().Dispute(ctx, h.who, a.ID, a.Steps, words)
	default:
		_, err = h.agreements().Cancel(ctx, h.who, a.ID, a.Steps)
	}
	return undone, moved(err)
}

// moved says beside the act that it went on since, instead of on an error page.
func moved(err error) error {
	if errors.Is(err, rule.ErrMoved) || errors.Is(err, rule.ErrForbidden) {
		return rule.Broken("act", "tablet.undo.moved")
	}
	return err
}
