package membership_test

import (
	"testing"
	"time"

	"lien/coop"
	"lien/coop/membership"
	"lien/rule"
)

const protest = "Je n’étais pas là ce soir-là, et ma voisine peut le dire."

// suspended is a cooperative where Aline suspended Djamila, and Rachid facilitates as well.
func suspended(t *testing.T) (h *house, djamila, rachid coop.Actor, id coop.SuspensionID) {
	h = founded(t)
	djamila, rachid = h.join("Djamila"), h.join("Rachid")
	h.must(h.members.Entrust(t.Context(), h.aline, rachid.Member))
	h.must(h.members.Suspend(t.Context(), h.aline, djamila.Member, verdict))
	s, found, err := h.members.Suspension(t.Context(), djamila, djamila.Member)
	if err != nil || !found || s.Reason != why || s.By != "Aline" || s.UntilOn.Format(time.DateOnly) != "2026-05-02" {
		t.Fatalf("got %+v, %v, %v", s, found, err)
	}
	return h, djamila, rachid, s.ID
}

func TestAContestIsReviewedBySomebodyElse(t *testing.T) {
	h, djamila, rachid, id := suspended(t)
	lifts := membership.Finding{Outcome: membership.Lifted, Words: "La voisine confirme : elle n’était pas là."}
	wants(t, h.members.Review(t.Context(), rachid, id, lifts), rule.ErrMoved) // nothing to answer yet
	for range 2 {
		h.must(h.members.Contest(t.Context(), djamila, protest))
	}
	wants(t, h.members.Contest(t.Context(), djamila, protest+" Encore."), rule.ErrMoved)
	wants(t, h.members.Review(t.Context(), h.aline, id, lifts), rule.ErrForbidden)
	wants(t, h.members.Review(t.Context(), djamila, id, lifts), rule.ErrForbidden)
	wants(t, h.members.Review(t.Context(), h.elsewhere(), id, lifts), rule.ErrNotFound)
	breaks(t, h.members.Review(t.Context(), rachid, id, membership.Finding{Outcome: "peut-être", Words: protest}), "outcome", "rule.choose")
	h.must(h.members.Review(t.Context(), rachid, id, lifts))
	s, _, err := h.members.Suspension(t.Context(), djamila, djamila.Member)
	if err != nil || s.Outcome != membership.Lifted || s.Reviewer != "Rachid" || s.EndedAt.IsZero() || h.state(djamila) != membership.Active {
		t.Fatalf("got %+v, %v", s, err)
	}
	wants(t, h.members.Review(t.Context(), rachid, id, lifts), rule.ErrMoved)
	h.checked()
}

func TestAnUpheldSuspensionLastsToItsLastDay(t *testing.T) {
	h, djamila, rachid, id := suspended(t)
	h.must(h.members.Contest(t.Context(), djamila, protest))
	h.must(h.members.Review(t.Context(), rachid, id, membership.Finding{Outcome: membership.Upheld, Words: "Deux personnes l’ont entendue."}))
	h.now = time.Date(2026, 5, 2, 21, 59, 0, 0, time.UTC)
	h.due()
	if got := h.state(djamila); got != membership.Suspended {
		t.Errorf("on the last day she is %s", got)
	}
	h.now = h.now.Add(time.Minute)
	h.due()
	if got := h.state(djamila); got != membership.Active {
		t.Errorf("the day after she is %s", got)
	}
	h.checked()
}

func TestAContestThatNobodyAnswersEndsTheSuspension(t *testing.T) {
	h, djamila, _, _ := suspended(t)
	h.must(h.members.Contest(t.Context(), djamila, protest))
	h.now = h.now.Add(14 * 24 * time.Hour)
	h.due()
	if got := h.state(djamila); got != membership.Suspended {
		t.Errorf("in time she is %s", got)
	}
	h.now = h.now.Add(time.Second)
	h.due()
	if got := h.state(djamila); got != membership.Active {
		t.Errorf("after two weeks of silence she is %s", got)
	}
}

func TestASuspensionIsContestedWithinAMonth(t *testing.T) {
	h, djamila, _, _ := suspended(t)
	breaks(t, h.members.Contest(t.Context(), djamila, "non"), "words", "rule.too_short")
	h.now = h.now.Add(30 * 24 * time.Hour)
	wants(t, h.members.Contest(t.Context(), djamila, protest), rule.ErrMoved)
	wants(t, h.members.Contest(t.Context(), h.aline, protest), rule.ErrMoved)
}

func TestASuspensionHasALastDay(t *testing.T) {
	h := founded(t)
	djamila := h.join("Djamila")
	for until, key := range map[string]string{"": "member.day.unknown", "2026-03-01": "member.day.past", "2026-10-01": "member.day.far"} {
		breaks(t, h.members.Suspend(t.Context(), h.aline, djamila.Member, membership.Verdict{Why: why, Until: until}), "until", key)
	}
	if got := h.state(djamila); got != membership.Active {
		t.Errorf("she is %s", got)
	}
}

func TestLeavingEndsTheSuspension(t *testing.T) {
	h, djamila, _, _ := suspended(t)
	h.must(h.members.Leave(t.Context(), djamila))
	h.now = h.now.AddDate(1, 0, 0)
	h.due()
	if got := h.state(djamila); got != membership.Leaving {
		t.Errorf("she is %s", got)
	}
}
