package assembly_test

import (
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"lien/coop"
	"lien/coop/assembly"
	"lien/rule"
)

// evening is half an hour before the assembly that plans makes.
var evening = time.Date(2026, 11, 20, 17, 0, 0, 0, time.UTC)

// opens convenes, runs what happens before, and opens the doors.
func (h *hall) opens(before func(coop.AssemblyID)) coop.AssemblyID {
	h.t.Helper()
	h.at(monday)
	id := h.convenes()
	if before != nil {
		before(id)
	}
	h.at(evening)
	h.does(h.assemblies.Open(h.t.Context(), h.aline, id))
	return id
}

// comes signs somebody in by the code of the screen.
func (h *hall) comes(id coop.AssemblyID, all ...coop.Actor) {
	h.t.Helper()
	code, _, err := h.assemblies.Code(h.t.Context(), h.aline, id)
	h.does(err)
	for _, who := range all {
		h.does(h.assemblies.Arrive(h.t.Context(), who, id, code))
	}
}

func (h *hall) quorum(id coop.AssemblyID) assembly.Quorum {
	h.t.Helper()
	a, err := h.assemblies.One(h.t.Context(), h.aline, id)
	h.does(err)
	q, err := h.assemblies.Quorum(h.t.Context(), h.aline, a)
	h.does(err)
	return q
}

func TestTheQuorumIsWhoIsPresentAndWhoIsRepresentedAtThatMoment(t *testing.T) {
	h := newHall(t)
	all := h.members(7) // eight voices with Aline: a quarter is two
	id := h.opens(func(id coop.AssemblyID) {
		h.entrusts(id, all[0], all[1])
		h.entrusts(id, all[2], all[3])
		h.gives(id, all[4], all[5]) // nobody said yes
	})
	check := func(when string, present, represented int) {
		t.Helper()
		want := assembly.Quorum{Roll: 8, Present: present, Represented: represented, Needed: 2}
		if got := h.quorum(id); got != want {
			t.Errorf("%s: %+v, want %+v", when, got, want)
		}
	}
	check("at the opening", 0, 0)
	h.comes(id, all[1], all[5])
	check("two are there, one of them for another", 2, 1)
	h.comes(id, all[0])
	check("the giver showed up", 3, 0)
	h.comes(id, all[3])
	check("another holder", 4, 1)
	h.does(h.assemblies.Depart(t.Context(), all[3], id))
	check("who left holds nothing", 3, 0)
	h.comes(id, all[3])
	check("and came back", 4, 1)
	if n := h.number(`SELECT count(*) FROM coop.inbox WHERE kind = 'proxy_returned' AND member_id = ?`, all[1].Member); n != 1 {
		t.Errorf("the holder was told %d times", n)
	}
}

func TestTheRollIsFrozenWhenTheDoorsOpen(t *testing.T) {
	h := newHall(t)
	paused, suspended := h.member("Paused"), h.member("Suspended")
	h.state(paused, "paused")
	h.state(suspended, "suspended")
	id := h.opens(nil)
	h.does(h.assemblies.Admit(t.Context(), h.aline, id, 2, assembly.ByPaper))
	wants(t, h.assemblies.Admit(t.Context(), h.aline, id, 3, assembly.ByNumber), "assembly.rule.not_on_roll")
	late := h.member("Too late")
	h.sql(`UPDATE coop.members SET joined_at = ? WHERE id = ?`, evening.Add(time.Minute), late.Member)
	wants(t, h.assemblies.Admit(t.Context(), h.aline, id, 4, assembly.ByNumber), "assembly.rule.not_on_roll")
	wants(t, h.assemblies.Enrol(t.Context(), h.aline, id, 4, "Elle habite ici."), "assembly.rule.joined_after")
	h.state(suspended, "active")
	h.does(h.assemblies.Enrol(t.Context(), h.aline, id, 3, "La suspension est finie."))
	h.does(h.assemblies.Admit(t.Context(), h.aline, id, 3, assembly.ByNumber))
	if q := h.quorum(id); q.Roll != 3 || q.Present != 2 {
		t.Errorf("the roll is %+v", q)
	}
}

func TestOneSignsInWithTheCodeOfThisMoment(t *testing.T) {
	h := newHall(t)
	who := h.member("Bintou")
	id := h.opens(nil)
	code, until, err := h.assemblies.Code(t.Context(), h.aline, id)
	h.does(err)
	_, _, err = h.assemblies.Code(t.Context(), who, id)
	wants(t, err, rule.ErrForbidden)
	h.at(until.Add(31 * time.Second))
	wants(t, h.assemblies.Arrive(t.Context(), who, id, code), "assembly.rule.code")
	h.comes(id, who, who)
	if n := h.number(`SELECT count(*) FROM coop.presences`); n != 1 {
		t.Errorf("%d arrivals", n)
	}
	if n := h.number(`SELECT sum(assemblies) FROM coop.participation`); n != 1 {
		t.Errorf("counted %d times", n)
	}
}

func TestManyAtTheDoorAreEachThereOnce(t *testing.T) {
	h := newHall(t)
	all := h.members(12)
	id := h.opens(nil)
	code, _, err := h.assemblies.Code(t.Context(), h.aline, id)
	h.does(err)
	var wait sync.WaitGroup
	for range 3 {
		for _, who := range all {
			wait.Go(func() {
				if err := h.assemblies.Arrive(t.Context(), who, id, code); err != nil {
					t.Error(err)
				}
			})
		}
	}
	wait.Wait()
	if q := h.quorum(id); q.Present != 12 || h.number(`SELECT count(*) FROM coop.presences`) != 12 {
		t.Errorf("%+v", q)
	}
}

func TestWhoIsHereGivesNoPaperAway(t *testing.T) {
	h := newHall(t)
	all := h.members(2)
	id := h.opens(nil)
	h.comes(id, all[0])
	wants(t, h.assemblies.Witness(t.Context(), h.aline, id, assembly.Paper{Key: uuid.New(), Giver: 2, Holder: 3}), "assembly.rule.giver_is_here")
	h.does(h.assemblies.Witness(t.Context(), h.aline, id, assembly.Paper{Key: uuid.New(), Giver: 3, Holder: 2}))
	if q := h.quorum(id); q.Represented != 1 {
		t.Errorf("%+v", q)
	}
	wants(t, h.give(id, all[1], all[0]), rule.ErrMoved)
}

func TestOnceTheDoorsAreOpenNobodyChangesAProxyButByComing(t *testing.T) {
	h := newHall(t)
	all := h.members(2)
	var p coop.ProxyID
	id := h.opens(func(id coop.AssemblyID) { p = h.entrusts(id, all[0], all[1]) })
	_, err := h.assemblies.Withdraw(t.Context(), all[0], p)
	wants(t, err, rule.ErrMoved)
	_, err = h.assemblies.Decline(t.Context(), all[1], p)
	wants(t, err, rule.ErrMoved)
	h.comes(id, all[1])
	if q := h.quorum(id); q.Represented != 1 {
		t.Errorf("%+v", q)
	}
}
