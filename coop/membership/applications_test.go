package membership_test

import (
	"errors"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"lien/coop"
	"lien/coop/membership"
	"lien/rule"
)

var stages = []membership.Stage{
	membership.Applied, membership.Meeting, membership.Met,
	membership.Entered, membership.Declined, membership.Withdrawn, membership.Lapsed,
}

var rendezvous = membership.Rendezvous{Day: "2026-03-10", Clock: "18:30", Place: "Salle commune"}

func (h *house) poster() membership.Leaflet {
	h.t.Helper()
	made, err := h.leaflets.Hang(h.t.Context(), h.aline, uuid.New())
	h.must(err)
	return made
}

func (h *house) form() membership.Applying {
	return membership.Applying{Key: uuid.New(), Name: "Salma", Language: "fr", Place: h.made.Places[1].ID, Reach: membership.ByCall, Phone: "+33 6 12 34 56 78"}
}

func (h *house) apply(code string) membership.Application {
	h.t.Helper()
	made, err := h.wishes.Apply(h.t.Context(), code, h.form())
	h.must(err)
	return made
}

func TestEveryOpenApplicationHasAWayOutAndADeadline(t *testing.T) {
	reached := map[membership.Stage]bool{membership.Unsent: true}
	for _, p := range membership.Passages() {
		reached[p.To] = true
		if (p.Within == 0) != p.To.Final() {
			t.Errorf("%s from %s: a deadline is %v, final is %v", p.Act, p.From, p.Within, p.To.Final())
		}
		if p.From.Final() {
			t.Errorf("%s leads out of %s, which is final", p.Act, p.From)
		}
	}
	for _, stage := range stages {
		if !reached[stage] {
			t.Errorf("nothing leads to %s", stage)
		}
		for _, who := range []membership.Who{membership.Applicant, membership.Facilitator} {
			out := slices.ContainsFunc(membership.Passages(), func(p membership.Passage) bool {
				return p.From == stage && p.To != stage && slices.Contains(p.Who, who)
			})
			if out == stage.Final() {
				t.Errorf("%s: a way out for the %s is %v", stage, who, out)
			}
		}
	}
}

// Whatever anybody tries at whatever stage, what happens is a line of the table.
func TestOnlyTheTableMovesAnApplication(t *testing.T) {
	h := founded(t)
	poster, neighbour, stranger := h.poster(), h.join("Voisine"), h.elsewhere()
	ctx := t.Context()
	for _, stage := range stages {
		for _, act := range []membership.Act{membership.ToMeet, membership.ToWelcome, membership.ToDecline, membership.ToWithdraw, membership.ToEnter} {
			for who, actor := range map[membership.Who]coop.Actor{membership.Applicant: {}, membership.Facilitator: h.aline, "neighbour": neighbour, "stranger": stranger} {
				v := h.at(stage, poster.Code)
				var err error
				switch {
				case who == membership.Applicant && act == membership.ToWithdraw:
					err = h.wishes.Withdraw(ctx, v.Code)
				case who == membership.Applicant && act == membership.ToEnter && stage == membership.Met:
					sheet, lost := h.wishes.Sheet(ctx, v)
					h.must(lost)
					_, err = h.members.Join(ctx, h.joining(sheet, v.Name))
				case who == membership.Applicant, act == membership.ToWithdraw:
					err = rule.ErrForbidden // there is no way to
				case act == membership.ToMeet:
					err = h.wishes.Meet(ctx, actor, v.ID, 0, rendezvous)
				case act == membership.ToWelcome:
					_, err = h.wishes.Welcome(ctx, actor, v.ID, 0, h.made.Places[2].ID, uuid.New())
				case act == membership.ToDecline:
					err = h.wishes.Decline(ctx, actor, v.ID, 0, "La résidence n’est pas la nôtre.")
				case act == membership.ToEnter:
					_, err = h.wishes.Enrol(ctx, actor, v.ID, 0, paper)
				}
				line := slices.IndexFunc(membership.Passages(), func(p membership.Passage) bool {
					return p.Act == act && p.From == stage && slices.Contains(p.Who, who)
				})
				want := stage
				if line >= 0 {
					want = membership.Passages()[line].To
				}
				after, lost := h.wishes.Follow(ctx, v.Code)
				h.must(lost)
				again := act == membership.ToWithdraw && stage == membership.Withdrawn && who == membership.Applicant // twice is once
				if after.Stage != want || (err == nil) != (line >= 0 || again) {
					t.Errorf("%s by %s from %s: got to %s, want %s (%v)", act, who, stage, after.Stage, want, err)
				}
				var invalid *rule.Invalid
				if err != nil && !errors.As(err, &invalid) && !errors.Is(err, rule.ErrMoved) && !errors.Is(err, rule.ErrForbidden) && !errors.Is(err, rule.ErrNotFound) {
					t.Errorf("%s by %s from %s: %v", act, who, stage, err)
				}
			}
		}
	}
	if n := h.count(`SELECT count(*) FROM coop.applications a WHERE (a.state, a.steps) NOT IN
		(SELECT to_state, n FROM coop.application_events e WHERE e.application_id = a.id ORDER BY n DESC LIMIT 1)`); n != 0 {
		t.Errorf("%d applications stand elsewhere than their history says", n)
	}
}

// at makes an application that stands at a stage.
func (h *house) at(stage membership.Stage, code string) membership.Application {
	h.t.Helper()
	ctx := h.t.Context()
	h.now = h.now.Add(time.Hour) // so that no poster brings too many in a day
	v := h.apply(code)
	if stage == membership.Meeting {
		at := h.now.Add(72 * time.Hour)
		h.must(h.wishes.Meet(ctx, h.aline, v.ID, 1, membership.Rendezvous{Day: at.Format(time.DateOnly), Clock: "18:30", Place: "Salle commune"}))
	}
	if slices.Contains([]membership.Stage{membership.Met, membership.Entered, membership.Lapsed}, stage) {
		_, err := h.wishes.Welcome(ctx, h.aline, v.ID, 1, h.made.Places[2].ID, uuid.New())
		h.must(err)
	}
	switch stage {
	case membership.Entered:
		_, err := h.wishes.Enrol(ctx, h.aline, v.ID, 2, paper)
		h.must(err)
	case membership.Declined:
		h.must(h.wishes.Decline(ctx, h.aline, v.ID, 1, "La résidence n’est pas la nôtre."))
	case membership.Withdrawn:
		h.must(h.wishes.Withdraw(ctx, v.Code))
	case membership.Lapsed:
		before := h.now
		h.now = h.now.Add(61 * 24 * time.Hour)
		_, err := h.wishes.Due(ctx)
		h.must(err)
		h.now = before
	}
	v, err := h.wishes.Follow(ctx, v.Code)
	if err != nil || v.Stage != stage {
		h.t.Fatalf("made %s instead of %s, %v", v.Stage, stage, err)
	}
	return v
}

func TestAnApplicationSentTwiceIsOne(t *testing.T) {
	h := founded(t)
	poster, form := h.poster(), h.form()
	var group sync.WaitGroup
	codes := make([]string, 4)
	for n := range codes {
		group.Go(func() {
			made, err := h.wishes.Apply(t.Context(), poster.Link, form)
			if err != nil {
				t.Error(err)
			}
			codes[n] = made.Code
		})
	}
	group.Wait()
	if slices.Sort(codes); codes[0] != codes[3] || codes[0] == "" {
		t.Errorf("codes %v", codes)
	}
	if n := h.count(`SELECT count(*) FROM coop.applications`); n != 1 {
		t.Errorf("%d applications", n)
	}
}

func TestWhoHasNoPhoneBecomesAMemberAtTheDesk(t *testing.T) {
	h := founded(t)
	form := h.form()
	form.Reach = membership.ByVisiting
	v, err := h.wishes.Fill(t.Context(), h.aline, form)
	if err != nil || v.Phone != "" || v.Channel != "desk" {
		t.Fatalf("got %+v, %v", v, err)
	}
	sheet, err := h.wishes.Welcome(t.Context(), h.aline, v.ID, 1, h.made.Places[3].ID, uuid.New())
	h.must(err)
	member, err := h.wishes.Enrol(t.Context(), h.aline, v.ID, 2, paper)
	h.must(err)
	n := h.count(`SELECT count(*) FROM coop.members m JOIN coop.charter_acceptances a ON a.member_id = m.id
		WHERE m.id = ? AND m.state = 'active' AND m.place_id = ? AND a.channel = 'paper' AND a.witness_id = ?`, member, h.made.Places[3].ID, h.aline.Member)
	if n != 1 {
		t.Error("the member is not as they said at the desk")
	}
	_, err = h.invitations.Lookup(t.Context(), sheet.Code)
	wants(t, err, rule.ErrNotFound)
}

func TestAHandedSheetIsForOnePerson(t *testing.T) {
	h := founded(t)
	djamila := h.join("Djamila")
	sheet, err := h.leaflets.Hand(t.Context(), djamila, uuid.New())
	h.must(err)
	v := h.apply(sheet.Code)
	if v.InvitedBy != "Djamila" {
		t.Errorf("invited by %q", v.InvitedBy)
	}
	_, err = h.wishes.Apply(t.Context(), sheet.Code, h.form())
	wants(t, err, rule.ErrNotFound)
	_, err = h.leaflets.Lookup(t.Context(), sheet.Code)
	wants(t, err, rule.ErrNotFound)
	h.must(h.wishes.Withdraw(t.Context(), v.Code))
	h.apply(sheet.Code) // another time is fine
}

func TestAMemberHandsOverFewSheets(t *testing.T) {
	h := founded(t)
	djamila := h.join("Djamila")
	key := uuid.New()
	for n := range 6 {
		if n > 0 {
			key = uuid.New()
		}
		_, err := h.leaflets.Hand(t.Context(), djamila, key)
		if n == 5 {
			breaks(t, err, "leaflet", "application.leaflet.enough")
		} else {
			h.must(err)
		}
	}
	h.now = h.now.Add(31 * 24 * time.Hour)
	_, err := h.leaflets.Hand(t.Context(), djamila, uuid.New())
	h.must(err)
	_, err = h.leaflets.Hand(t.Context(), h.in(membership.Suspended), uuid.New())
	wants(t, err, rule.ErrForbidden)
	_, err = h.leaflets.Hang(t.Context(), djamila, uuid.New())
	wants(t, err, rule.ErrForbidden)
}

func TestALeafletThatLeadsNowhereSaysNothing(t *testing.T) {
	h := founded(t)
	down, old := h.poster(), h.poster()
	h.must(h.leaflets.TakeDown(t.Context(), h.aline, down.ID))
	wants(t, h.leaflets.TakeDown(t.Context(), h.join("Paul"), old.ID), rule.ErrNotFound)
	h.now = h.now.Add(366 * 24 * time.Hour)
	for _, typed := range []string{down.Code, down.Link, old.Code, old.Link, "K7M4RP2D", "", "\x00", string(make([]byte, 9999))} {
		_, err := h.leaflets.Lookup(t.Context(), typed)
		wants(t, err, rule.ErrNotFound)
		_, err = h.wishes.Apply(t.Context(), typed, h.form())
		wants(t, err, rule.ErrNotFound)
		_, err = h.wishes.Follow(t.Context(), typed)
		wants(t, err, rule.ErrNotFound)
	}
}

func TestAMachineDoesNotFillTheList(t *testing.T) {
	h := founded(t)
	poster := h.poster()
	for range 40 {
		h.apply(poster.Code)
	}
	_, err := h.wishes.Apply(t.Context(), poster.Code, h.form())
	breaks(t, err, "application", "application.too_many")
	h.now = h.now.Add(25 * time.Hour)
	h.apply(poster.Code)
}

func TestAFormThatCannotBeTakenSaysWhy(t *testing.T) {
	h := founded(t)
	poster := h.poster()
	for field, change := range map[string]func(*membership.Applying){
		"name":     func(f *membership.Applying) { f.Name = "" },
		"language": func(f *membership.Applying) { f.Language = "xx" },
		"place":    func(f *membership.Applying) { f.Place = rule.NewID[coop.PlaceID]() },
		"reach":    func(f *membership.Applying) { f.Reach = "pigeon" },
		"phone":    func(f *membership.Applying) { f.Phone = "appelez-moi" },
		"words":    func(f *membership.Applying) { f.Words = "a\x00b" },
	} {
		form := h.form()
		change(&form)
		_, err := h.wishes.Apply(t.Context(), poster.Code, form)
		var invalid *rule.Invalid
		if !errors.As(err, &invalid) || invalid.Field != field {
			t.Errorf("%s: got %v", field, err)
		}
	}
	for day, c := range map[string]struct{ clock, field string }{
		"2026-03-01": {"10:00", "day"}, "2026-03-29": {"02:30", "clock"}, "2027-03-01": {"10:00", "day"}, "hier": {"10:00", "day"}, "2026-03-09": {"midi", "clock"},
	} {
		err := h.wishes.Meet(t.Context(), h.aline, h.apply(poster.Code).ID, 1, membership.Rendezvous{Day: day, Clock: c.clock, Place: "Salle"})
		var invalid *rule.Invalid
		if !errors.As(err, &invalid) || invalid.Field != c.field {
			t.Errorf("%s %s: got %v, want %s", day, c.clock, err, c.field)
		}
	}
}

func TestAClosedApplicationIsForgotten(t *testing.T) {
	h := founded(t)
	v := h.at(membership.Declined, h.poster().Code)
	h.now = h.now.Add(61 * 24 * time.Hour)
	if n, err := h.wishes.Due(t.Context()); err != nil || n != 1 {
		t.Fatalf("%d forgotten, %v", n, err)
	}
	got, err := h.wishes.Follow(t.Context(), v.Code)
	if err != nil || got.Name+got.Phone+got.Words != "" || !got.Forgotten {
		t.Errorf("got %+v, %v", got, err)
	}
}

func TestJoiningAndWithdrawingAtOnceHaveOneOutcome(t *testing.T) {
	h := founded(t)
	poster := h.poster()
	for range 4 {
		v := h.at(membership.Met, poster.Code)
		sheet, err := h.wishes.Sheet(t.Context(), v)
		h.must(err)
		j := h.joining(sheet, "Salma")
		var group sync.WaitGroup
		var joined, left error
		group.Go(func() { _, joined = h.members.Join(t.Context(), j) })
		group.Go(func() { left = h.wishes.Withdraw(t.Context(), v.Code) })
		group.Wait()
		after, err := h.wishes.Follow(t.Context(), v.Code)
		h.must(err)
		if (joined == nil) == (left == nil) || (after.Stage == membership.Entered) != (joined == nil) {
			t.Errorf("joined: %v, withdrawn: %v, and it is %s", joined, left, after.Stage)
		}
	}
}
