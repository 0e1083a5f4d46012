package assembly_test

import (
	"slices"
	"sync"
	"testing"

	"github.com/google/uuid"

	"lien/coop"
	"lien/coop/assembly"
	"lien/rule"
)

// gives offers a vote, and returns the proxy.
func (h *hall) gives(id coop.AssemblyID, giver, holder coop.Actor) coop.ProxyID {
	h.t.Helper()
	h.does(h.assemblies.Give(h.t.Context(), giver, id, assembly.Trust{Key: uuid.New(), Holder: holder.Member}))
	list, err := h.assemblies.Proxies(h.t.Context(), giver, id)
	h.does(err)
	n := slices.IndexFunc(list, func(p assembly.Proxy) bool { return p.Giver == giver.Member })
	return list[n].ID
}

// entrusts offers a vote that is accepted.
func (h *hall) entrusts(id coop.AssemblyID, giver, holder coop.Actor) coop.ProxyID {
	h.t.Helper()
	p := h.gives(id, giver, holder)
	_, err := h.assemblies.Accept(h.t.Context(), holder, p)
	h.does(err)
	return p
}

func (h *hall) give(id coop.AssemblyID, giver, holder coop.Actor) error {
	return h.assemblies.Give(h.t.Context(), giver, id, assembly.Trust{Key: uuid.New(), Holder: holder.Member})
}

func TestNobodyHoldsMoreThanTheStatutesAllow(t *testing.T) {
	h := newHall(t)
	all := h.members(4)
	id := h.convenes()
	h.entrusts(id, all[0], h.aline)
	third := h.gives(id, all[2], h.aline)
	h.entrusts(id, all[1], h.aline)
	_, err := h.assemblies.Accept(t.Context(), h.aline, third)
	wants(t, err, "assembly.rule.holder_full")
	wants(t, h.give(id, all[3], h.aline), "assembly.rule.holder_full")
}

func TestTheCapHoldsWhenManySayYesAtOnce(t *testing.T) {
	h := newHall(t)
	all := h.members(8)
	id := h.convenes()
	var offers []coop.ProxyID
	for _, giver := range all {
		offers = append(offers, h.gives(id, giver, h.aline))
	}
	var wait sync.WaitGroup
	for _, p := range offers {
		wait.Go(func() { _, _ = h.assemblies.Accept(t.Context(), h.aline, p) })
	}
	wait.Wait()
	if n := h.number(`SELECT count(*) FROM coop.proxies WHERE state = 'accepted'`); n != 2 {
		t.Errorf("%d votes are held, want 2", n)
	}
}

func TestAGiverHoldsNoVote(t *testing.T) {
	h := newHall(t)
	all := h.members(3)
	id := h.convenes()
	h.entrusts(id, all[0], all[1])
	wants(t, h.give(id, all[1], all[2]), "assembly.rule.giver_holds")
	wants(t, h.give(id, all[2], all[0]), "assembly.rule.holder_gave")
	offered := h.gives(id, all[2], h.aline) // and whoever is asked may give theirs meanwhile
	h.gives(id, h.aline, all[1])
	_, err := h.assemblies.Accept(t.Context(), h.aline, offered)
	wants(t, err, "assembly.rule.holder_gave")
}

func TestAVoteIsGivenOnceAndToWhoHasOne(t *testing.T) {
	h := newHall(t)
	all := h.members(2)
	suspended := h.member("Suspendue")
	id := h.convenes()
	h.state(suspended, "suspended")
	wants(t, h.give(id, all[0], suspended), "assembly.rule.holder")
	wants(t, h.give(id, suspended, all[0]), rule.ErrForbidden)
	wants(t, h.give(id, all[0], all[0]), "assembly.rule.holder")
	form := assembly.Trust{Key: uuid.New(), Holder: all[1].Member}
	h.does(h.assemblies.Give(t.Context(), all[0], id, form))
	h.does(h.assemblies.Give(t.Context(), all[0], id, form))
	wants(t, h.give(id, all[0], h.aline), rule.ErrMoved)
	if n := h.number(`SELECT count(*) FROM coop.proxies`); n != 1 {
		t.Errorf("%d proxies", n)
	}
}

// Who is hidden answers like who is not there, and hiding takes back what was given.
func TestABlockTellsNothingToWhoGivesTheirVote(t *testing.T) {
	h := newHall(t)
	a, b := h.member("Bintou"), h.member("Carlos")
	id := h.convenes()
	h.entrusts(id, a, b)
	h.sql(`INSERT INTO coop.blocks (cooperative_id, member_id, hidden_id, at) VALUES (?, ?, ?, ?)`, h.cooperative, b.Member, a.Member, monday)
	tx, err := h.db.Coop.BeginTx(t.Context(), nil)
	h.does(err)
	h.does(h.assemblies.Part(t.Context(), tx, b, a.Member))
	h.does(tx.Commit())
	if n := h.number(`SELECT count(*) FROM coop.proxies WHERE state = 'declined'`); n != 1 {
		t.Error("the vote stayed with whom one hides from")
	}
	hidden := h.give(id, a, b)
	nobody := h.assemblies.Give(t.Context(), a, id, assembly.Trust{Key: uuid.New(), Holder: rule.NewID[coop.MemberID]()})
	wants(t, hidden, "assembly.rule.holder")
	wants(t, nobody, "assembly.rule.holder")
	number := h.assemblies.Give(t.Context(), a, id, assembly.Trust{Key: uuid.New(), Number: 3})
	wants(t, number, "assembly.rule.holder")
}

func TestAPaperProxyIsWitnessedByNeitherSide(t *testing.T) {
	h := newHall(t)
	h.members(2)
	id := h.convenes()
	wants(t, h.assemblies.Witness(t.Context(), h.aline, id, assembly.Paper{Key: uuid.New(), Giver: 2, Holder: 1}), "assembly.rule.witness")
	wants(t, h.assemblies.Witness(t.Context(), h.aline, id, assembly.Paper{Key: uuid.New(), Giver: 2, Holder: 2}), "assembly.rule.number")
	paper := assembly.Paper{Key: uuid.New(), Giver: 2, Holder: 3}
	h.does(h.assemblies.Witness(t.Context(), h.aline, id, paper))
	h.does(h.assemblies.Witness(t.Context(), h.aline, id, paper))
	if n := h.number(`SELECT count(*) FROM coop.proxies WHERE state = 'accepted' AND channel = 'paper'`); n != 1 {
		t.Errorf("%d proxies on paper", n)
	}
}

// Whatever anybody tries with a proxy in whatever standing, what happens is a line of the
// table.
func TestOnlyTheTableMovesAProxy(t *testing.T) {
	h := newHall(t)
	all := h.members(3)
	id := h.convenes()
	acts := map[assembly.Move]func(coop.Actor, coop.ProxyID) error{
		assembly.ToAccept: func(a coop.Actor, p coop.ProxyID) error { _, err := h.assemblies.Accept(t.Context(), a, p); return err },
		assembly.ToDecline: func(a coop.Actor, p coop.ProxyID) error {
			_, err := h.assemblies.Decline(t.Context(), a, p)
			return err
		},
		assembly.ToWithdraw: func(a coop.Actor, p coop.ProxyID) error {
			_, err := h.assemblies.Withdraw(t.Context(), a, p)
			return err
		},
	}
	people := map[assembly.Who]coop.Actor{assembly.Giver: all[0], assembly.Holder: all[1], "neighbour": all[2], "stranger": newHall(t).aline}
	for _, standing := range []assembly.Standing{assembly.Offered, assembly.Accepted, assembly.Declined, assembly.Withdrawn, assembly.Returned, assembly.Lapsed} {
		for move, do := range acts {
			for who, actor := range people {
				h.sql(`DELETE FROM coop.proxies`)
				p := h.gives(id, all[0], all[1])
				h.sql(`UPDATE coop.proxies SET state = ?`, standing)
				err := do(actor, p)
				line := slices.IndexFunc(assembly.Turns(), func(l assembly.Turn) bool { return l.Move == move && l.From == standing && l.Who == who })
				want := standing
				if line >= 0 {
					want = assembly.Turns()[line].To
				}
				var got assembly.Standing
				h.does(h.db.Owner.NewRaw(`SELECT state FROM coop.proxies`).Scan(t.Context(), &got))
				if got != want || (err == nil) != (line >= 0) {
					t.Errorf("%s by %s from %s: to %s, want %s (%v)", move, who, standing, got, want, err)
				}
			}
		}
	}
}

func TestAProxyHasAWayOut(t *testing.T) {
	for _, s := range []assembly.Standing{assembly.Offered, assembly.Accepted} {
		for _, who := range []assembly.Who{assembly.Giver, assembly.Holder, assembly.TheClock} {
			if !slices.ContainsFunc(assembly.Turns(), func(l assembly.Turn) bool { return l.From == s && l.Who == who }) {
				t.Errorf("%s has no way out by %s", s, who)
			}
		}
	}
}
