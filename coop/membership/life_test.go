package membership_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"

	"lien/coop"
	"lien/coop/membership"
	"lien/rule"
)

var states = []membership.State{
	membership.Welcomed, membership.Active, membership.Paused, membership.Suspended, membership.Leaving, membership.Left,
}

var paper = membership.Paper{Version: 1, Language: "fr", Channel: membership.OnPaper}

func TestEveryStateOfAMemberHasAWayOut(t *testing.T) {
	reached := map[membership.State]bool{membership.None: true}
	for _, line := range membership.Transitions() {
		reached[line.To] = true
		if len(line.Who) == 0 {
			t.Errorf("%s from %s: nobody may", line.Step, line.From)
		}
	}
	for _, state := range states {
		out := slices.ContainsFunc(membership.Transitions(), func(l membership.Transition) bool { return l.From == state && l.To != state })
		if !reached[state] || !out {
			t.Errorf("%s: reached %v, way out %v", state, reached[state], out)
		}
	}
	for _, stopped := range []membership.State{membership.Paused, membership.Suspended} {
		byDay := slices.ContainsFunc(membership.Transitions(), func(l membership.Transition) bool {
			return l.From == stopped && slices.Contains(l.Who, membership.TheClock)
		})
		if !byDay {
			t.Errorf("%s does not end by itself", stopped)
		}
	}
}

func TestAStepLeadsFromAStateToOneStateOnly(t *testing.T) {
	seen := map[[2]string]bool{}
	for _, line := range membership.Transitions() {
		key := [2]string{string(line.Step), string(line.From)}
		if seen[key] {
			t.Errorf("%s from %s stands twice in the table", line.Step, line.From)
		}
		seen[key] = true
	}
}

// Whatever anybody tries in whatever state, what happens is a line of the table, and what
// is not in it changes nothing.
func TestOnlyTheTableMovesAMember(t *testing.T) {
	h := founded(t)
	neighbour := h.join("Voisine")
	stranger := h.elsewhere()
	steps := h.steps()
	for _, state := range states {
		for step, do := range steps {
			for who, actor := range map[membership.Who]coop.Actor{membership.Themselves: {}, membership.Facilitator: h.aline, "neighbour": neighbour, "stranger": stranger} {
				member := h.in(state)
				if who == membership.Themselves {
					actor = member
				}
				err := do(actor, member)
				line := slices.IndexFunc(membership.Transitions(), func(l membership.Transition) bool {
					return l.Step == step && l.From == state && slices.Contains(l.Who, who)
				})
				want := state
				if line >= 0 {
					want = membership.Transitions()[line].To
				}
				if got := h.state(member); got != want {
					t.Errorf("%s by %s from %s: got to %s, want %s (%v)", step, who, state, got, want, err)
				}
				if (err == nil) != (line >= 0) && step != membership.Accepts { // to say yes again is harmless
					t.Errorf("%s by %s from %s: %v", step, who, state, err)
				}
				var invalid *rule.Invalid
				if err != nil && !errors.As(err, &invalid) && !errors.Is(err, rule.ErrMoved) && !errors.Is(err, rule.ErrForbidden) && !errors.Is(err, rule.ErrNotFound) {
					t.Errorf("%s by %s from %s: %v", step, who, state, err)
				}
			}
		}
	}
	h.checked()
}

// steps are the ways in which somebody can try to move a member. A step that only the
// member has a way to is tried by nobody else.
func (h *house) steps() map[membership.Step]func(actor, member coop.Actor) error {
	ctx, own := h.t.Context(), func(do func(coop.Actor) error) func(actor, member coop.Actor) error {
		return func(actor, member coop.Actor) error {
			if actor != member {
				return rule.ErrForbidden
			}
			return do(actor)
		}
	}
	return map[membership.Step]func(actor, member coop.Actor) error{
		membership.Accepts: func(actor, member coop.Actor) error {
			if actor == member {
				return h.charters.Accept(ctx, actor, 1, "fr")
			}
			return h.charters.Witnessed(ctx, actor, member.Member, paper)
		},
		membership.Suspends: func(actor, member coop.Actor) error {
			return h.members.Suspend(ctx, actor, member.Member, verdict)
		},
		membership.Reinstates: func(actor, member coop.Actor) error {
			return h.members.Reinstate(ctx, actor, member.Member, "Nous nous sommes parlé.")
		},
		membership.Pauses: own(func(a coop.Actor) error {
			return h.members.Rest(ctx, a, membership.Resting{Key: uuid.New(), Until: "2026-03-20"})
		}),
		membership.Resumes: own(func(a coop.Actor) error { return h.members.Resume(ctx, a) }),
		membership.Leaves:  own(func(a coop.Actor) error { return h.members.Leave(ctx, a) }),
		membership.Departs: func(actor, member coop.Actor) error {
			return h.members.Depart(ctx, actor, member.Member)
		},
		membership.Closes: func(actor, member coop.Actor) error {
			return h.members.Close(ctx, actor, member.Member)
		},
		membership.Returns: func(actor, member coop.Actor) error {
			h.now = h.now.Add(time.Second) // nobody says yes twice in one instant
			return h.members.Return(ctx, actor, member.Member, paper)
		},
		membership.Witnessed: func(actor, member coop.Actor) error {
			return h.members.Witness(ctx, actor, member.Member, "Téléphone perdu au marché.")
		},
	}
}

// in makes a member who stands in a state, as life brings them there.
func (h *house) in(state membership.State) coop.Actor {
	h.t.Helper()
	if state == membership.Welcomed {
		return h.listed("Sur la liste")
	}
	member, steps := h.join("Quelqu’un"), h.steps()
	path := map[membership.State][]membership.Step{
		membership.Paused: {membership.Pauses}, membership.Suspended: {membership.Suspends},
		membership.Leaving: {membership.Leaves}, membership.Left: {membership.Leaves, membership.Closes},
	}[state]
	for _, step := range path {
		actor := member
		if step == membership.Suspends || step == membership.Closes {
			actor = h.aline
		}
		if err := steps[step](actor, member); err != nil {
			h.t.Fatal(err)
		}
	}
	return member
}

// listed makes a member who is on the list only.
func (h *house) listed(name string) coop.Actor {
	h.t.Helper()
	who := coop.Actor{Cooperative: h.made.Cooperative, Member: rule.NewID[coop.MemberID]()}
	_, err := h.db.Owner.NewRaw(`
		WITH n AS (UPDATE coop.cooperatives SET last_number = last_number + 1 WHERE id = ?0 RETURNING last_number),
		m AS (INSERT INTO coop.members (cooperative_id, id, number, name, language, place_id, state, joined_at, state_since)
			SELECT ?0, ?1, last_number, ?2, 'fr', ?3, 'welcomed', ?4, ?4 FROM n),
		a AS (INSERT INTO coop.hours_accounts (cooperative_id, id, kind, member_id, balance) VALUES (?0, gen_random_uuid(), 'member', ?1, 0))
		INSERT INTO coop.member_events (cooperative_id, member_id, n, step, from_state, to_state, reason, at)
		VALUES (?0, ?1, 1, 'import', 'invited', 'welcomed', '', ?4)`,
		who.Cooperative, who.Member, name, h.made.Places[2].ID, h.now).Exec(h.t.Context())
	if err != nil {
		h.t.Fatal(err)
	}
	return who
}

// elsewhere founds a second cooperative and returns its facilitator.
func (h *house) elsewhere() coop.Actor {
	h.t.Helper()
	made, err := h.members.Found(h.t.Context(), founding())
	if err != nil {
		h.t.Fatal(err)
	}
	return coop.Actor{Cooperative: made.Cooperative, Member: made.Facilitator}
}

func (h *house) state(who coop.Actor) membership.State {
	h.t.Helper()
	found, err := h.members.Of(h.t.Context(), who.Cooperative, who.Member)
	if err != nil {
		h.t.Fatal(err)
	}
	return found.State
}

// checked looks whether every member stands where their history says.
func (h *house) checked() {
	h.t.Helper()
	wrong := h.count(`SELECT count(*) FROM coop.members m WHERE m.state IS DISTINCT FROM
		(SELECT to_state FROM coop.member_events e WHERE e.member_id = m.id ORDER BY n DESC LIMIT 1)`)
	gaps := h.count(`SELECT count(*) FROM (SELECT from_state, lag(to_state) OVER (PARTITION BY member_id ORDER BY n) AS before FROM coop.member_events) e WHERE before <> from_state`)
	if wrong+gaps > 0 {
		h.t.Errorf("%d members stand elsewhere than their history says, %d gaps", wrong, gaps)
	}
}

func (h *house) due() int {
	h.t.Helper()
	n, err := h.members.Due(h.t.Context())
	if err != nil {
		h.t.Fatal(err)
	}
	return n
}

func (h *house) must(err error) {
	h.t.Helper()
	if err != nil {
		h.t.Fatal(err)
	}
}
