package demo

import (
	"context"
	"strconv"
	"time"

	"github.com/google/uuid"

	"lien/coop"
	"lien/coop/event"
)

// planLending lets some events ask for hands: at one that has been since, who was there is
// confirmed, one of them in error; of those to come one looks for a stand-in and one lacks
// hands. No dice are thrown for it.
func (t *teller) planLending() {
	var been []coop.EventID
	t.calmly(t.until.AddDate(0, 0, -9).Add(-time.Hour), func(ctx context.Context) (err error) {
		been, err = t.askHands(ctx, 1)
		return err
	})
	t.calmly(t.until.Add(-90*time.Minute), func(ctx context.Context) error {
		for _, id := range been {
			if err := t.confirmHands(ctx, id); err != nil {
				return err
			}
		}
		return nil
	})
	t.calmly(t.until.Add(-time.Hour), func(ctx context.Context) error {
		_, err := t.askHands(ctx, 3)
		return err
	})
}

// askHands opens two shifts at the next events, and lets neighbours take them.
func (t *teller) askHands(ctx context.Context, most int) (asked []coop.EventID, err error) {
	coming, err := t.events.Coming(ctx, t.facilitator.Actor, event.After{})
	if err != nil {
		return nil, err
	}
	for _, e := range coming {
		if e.Cancelled() || e.Began(t.clock.Add(3*time.Hour)) || len(asked) == most {
			continue
		}
		asked = append(asked, e.ID)
		starts, ends := e.StartsAt.In(t.clock.Location()), e.EndsAt.In(t.clock.Location())
		for n, o := range []event.Opening{
			{What: "Installer la salle", From: starts.Add(-time.Hour).Format("15:04"), Until: starts.Format("15:04"), Least: "2", Most: "3"},
			{What: "Servir le café et ranger", From: starts.Format("15:04"), Until: ends.Format("15:04"), Least: "2", Most: "4"},
		} {
			o.Key, o.Language, o.Day = uuid.NewSHA1(e.ID.UUID, []byte(strconv.Itoa(n))), "fr", starts.Format(time.DateOnly)
			if err := unlessRefused(t.events.OpenShift(ctx, t.facilitator.Actor, e.ID, o)); err != nil {
				return nil, err
			}
		}
		if err := t.lendHands(ctx, e.ID, len(asked)); err != nil {
			return nil, err
		}
	}
	return asked, nil
}

// lendHands lets two neighbours take the first shift and one the second; at every other
// event the first of them looks for a stand-in.
func (t *teller) lendHands(ctx context.Context, id coop.EventID, nth int) error {
	_, list, _, err := t.events.Shifts(ctx, t.facilitator.Actor, id)
	if err != nil || len(t.residents) < 8 {
		return err
	}
	for n, sh := range list {
		for k := range 2 - n {
			who := t.residents[1+(nth+n*2+k)%6].Actor
			if err := unlessRefused(t.events.Lend(ctx, who, sh.ID, event.TakeShift)); err != nil {
				return err
			}
			if k == 0 && n == 0 && nth%2 == 0 {
				if err := unlessRefused(t.events.Lend(ctx, who, sh.ID, event.SeekOther)); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// confirmHands says who was there, and takes the last one back.
func (t *teller) confirmHands(ctx context.Context, id coop.EventID) error {
	_, _, there, err := t.events.Shifts(ctx, t.facilitator.Actor, id)
	if err != nil {
		return err
	}
	for n, p := range there {
		if err := unlessRefused(t.events.ConfirmHand(ctx, t.facilitator.Actor, p.ShiftID, p.MemberID)); err != nil {
			return err
		}
		if n == len(there)-1 {
			err := t.events.InvalidateHand(ctx, t.facilitator.Actor, p.ShiftID, p.MemberID, "Vous étiez à l’atelier vélo ce jour-là : c’était une erreur de liste.")
			if err := unlessRefused(err); err != nil {
				return err
			}
		}
	}
	return nil
}
