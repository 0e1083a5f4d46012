package assembly_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"

	"lien/coop"
	"lien/coop/assembly"
	"lien/rule"
)

func TestAnAssemblyIsConvenedWithTheNoticeOfTheStatutes(t *testing.T) {
	h := newHall(t)
	id := h.plans()
	eleventh := time.Date(2026, 11, 10, 23, 30, 0, 0, time.UTC) // half past midnight in Paris
	h.at(eleventh)
	wants(t, h.assemblies.Convene(t.Context(), h.aline, id), "assembly.rule.too_soon")
	h.at(eleventh.Add(-time.Hour))
	wants(t, h.assemblies.Convene(t.Context(), h.aline, id), nil)
}

func TestWhoHasAVoiceIsConvenedAndNobodyElse(t *testing.T) {
	h := newHall(t)
	active, paused, suspended, leaving := h.member("Active"), h.member("Paused"), h.member("Suspended"), h.member("Leaving")
	h.state(paused, "paused")
	h.state(suspended, "suspended")
	h.state(leaving, "leaving")
	id := h.convenes()
	for who, want := range map[coop.Actor]int{active: 1, paused: 1, suspended: 0, leaving: 0, h.aline: 1} {
		if got := h.number(`SELECT count(*) FROM coop.convocations WHERE assembly_id = ? AND member_id = ?`, id, who.Member); got != want {
			t.Errorf("%d convocations, want %d", got, want)
		}
		if got := h.number(`SELECT count(*) FROM coop.inbox WHERE subject_id = ? AND member_id = ?`, id, who.Member); got != want {
			t.Errorf("told %d times, want %d", got, want)
		}
	}
}

func TestTheFirstHandOverIsTheProof(t *testing.T) {
	h := newHall(t)
	h.member("Bintou")
	id := h.convenes()
	h.does(h.assemblies.Hand(t.Context(), h.aline, id, 2))
	h.at(monday.Add(time.Hour))
	h.does(h.assemblies.Hand(t.Context(), h.aline, id, 2))
	h.does(h.assemblies.Hang(t.Context(), h.aline, id, h.place))
	h.does(h.assemblies.Hang(t.Context(), h.aline, id, h.place))
	wants(t, h.assemblies.Hand(t.Context(), h.aline, id, 77), "assembly.rule.number")
	wants(t, h.assemblies.Hang(t.Context(), h.aline, id, rule.NewID[coop.PlaceID]()), "rule.choose")
	reach, proofs, err := h.assemblies.Reached(t.Context(), h.aline, id)
	h.does(err)
	if reach != (assembly.Reach{Voices: 2, Inbox: 2, Paper: 1, Posters: 1}) || len(proofs) != 2 || !proofs[1].At.Equal(monday) || proofs[1].By != "Aline" {
		t.Errorf("reached %+v %+v", reach, proofs)
	}
}

func TestWhatWasConvenedStandsAsItWasConvened(t *testing.T) {
	h := newHall(t)
	id := h.convenes()
	ctx := t.Context()
	w := assembly.Wording{Key: uuid.New(), Kind: assembly.Ordinary, Title: "Encore une chose", Language: "fr"}
	wants(t, h.assemblies.Write(ctx, h.aline, id, w), rule.ErrMoved)
	agenda, err := h.assemblies.Agenda(ctx, h.aline, id)
	h.does(err)
	_, err = h.assemblies.Drop(ctx, h.aline, agenda[0].ID)
	wants(t, err, rule.ErrMoved)
	h.does(h.assemblies.Amend(ctx, h.aline, amended(func(a *assembly.Amendment) { a.Seen, a.Quorum = 1, 90 })))
	a, err := h.assemblies.One(ctx, h.aline, id)
	h.does(err)
	s, err := h.assemblies.StatuteOf(ctx, h.aline, a)
	h.does(err)
	if s.Quorum != 25 {
		t.Errorf("the quorum became %d", s.Quorum)
	}
}

func TestStatutesAreEnteredOnceAndOverNobodys(t *testing.T) {
	h := newHall(t)
	form := amended(func(a *assembly.Amendment) { a.Seen = 1 })
	h.does(h.assemblies.Amend(t.Context(), h.aline, form))
	h.does(h.assemblies.Amend(t.Context(), h.aline, form))
	form.Key = uuid.New()
	wants(t, h.assemblies.Amend(t.Context(), h.aline, form), rule.ErrMoved)
	if n := h.number(`SELECT count(*) FROM coop.statutes`); n != 2 {
		t.Errorf("%d statutes", n)
	}
}

func TestADraftIsForWhoPreparesIt(t *testing.T) {
	h := newHall(t)
	neighbour, id := h.member("Bintou"), h.plans()
	_, err := h.assemblies.One(t.Context(), neighbour, id)
	wants(t, err, rule.ErrNotFound)
	list, err := h.assemblies.List(t.Context(), neighbour)
	h.does(err)
	if len(list) != 0 {
		t.Errorf("a neighbour reads %v", list)
	}
}

func TestWhatNobodyOpenedLapses(t *testing.T) {
	h := newHall(t)
	id := h.convenes()
	h.at(time.Date(2026, 11, 21, 17, 0, 0, 0, time.UTC))
	if n, err := h.assemblies.Due(t.Context()); n != 0 || err != nil {
		t.Fatalf("within a day: %d, %v", n, err)
	}
	h.at(time.Date(2026, 11, 21, 18, 0, 0, 0, time.UTC))
	if n, err := h.assemblies.Due(t.Context()); n != 1 || err != nil || h.stands(id) != assembly.Cancelled {
		t.Fatalf("a day later: %d, %v, %s", n, err, h.stands(id))
	}
}

func TestEveryStateOfAnAssemblyHasAWayOut(t *testing.T) {
	for _, state := range []assembly.State{assembly.Draft, assembly.Convened, assembly.Open} {
		if !slices.ContainsFunc(assembly.Transitions(), func(l assembly.Transition) bool { return l.From == state }) {
			t.Errorf("nothing leads out of %s", state)
		}
	}
}

// Whatever anybody tries in whatever state, what happens is a line of the table.
func TestOnlyTheTableMovesAnAssembly(t *testing.T) {
	h := newHall(t)
	neighbour, stranger := h.member("Bintou"), newHall(t).aline
	for _, state := range []assembly.State{assembly.Draft, assembly.Convened, assembly.Open, assembly.Closed, assembly.Cancelled} {
		for step, do := range h.steps() {
			for who, actor := range map[string]coop.Actor{"facilitator": h.aline, "neighbour": neighbour, "stranger": stranger} {
				h.at(monday)
				id := h.plans()
				if step == assembly.Opens {
					h.at(evening)
				}
				if state != assembly.Draft {
					h.sql(`UPDATE coop.assemblies SET state = ?, statute_n = 1 WHERE id = ?`, state, id)
				}
				err := do(t.Context(), actor, id)
				line := slices.IndexFunc(assembly.Transitions(), func(l assembly.Transition) bool { return l.Step == step && l.From == state })
				allowed := line >= 0 && who == "facilitator"
				want := state
				if allowed {
					want = assembly.Transitions()[line].To
				}
				if got := assembly.State(h.stateOf(id)); got != want || (err == nil) != allowed {
					t.Errorf("%s by %s from %s: to %s, want %s (%v)", step, who, state, got, want, err)
				}
			}
		}
	}
}

func (h *hall) stateOf(id coop.AssemblyID) (state string) {
	h.does(h.db.Owner.NewRaw(`SELECT state FROM coop.assemblies WHERE id = ?`, id).Scan(h.t.Context(), &state))
	return state
}

func (h *hall) steps() map[assembly.Step]func(context.Context, coop.Actor, coop.AssemblyID) error {
	return map[assembly.Step]func(context.Context, coop.Actor, coop.AssemblyID) error{
		assembly.Convenes: h.assemblies.Convene,
		assembly.Cancels: func(ctx context.Context, actor coop.Actor, id coop.AssemblyID) error {
			return h.assemblies.Cancel(ctx, actor, id, "La salle est prise.")
		},
		assembly.Opens:  h.assemblies.Open,
		assembly.Closes: h.assemblies.Close,
	}
}
