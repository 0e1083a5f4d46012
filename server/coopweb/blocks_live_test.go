package coopweb_test

import (
	"strings"
	"testing"
)

func TestAnOpenBoardLosesWhoeverIsHiddenAndShowsNothingOfThemAgain(t *testing.T) {
	h := newHouse(t)
	ana, bo, cem := h.member("Ana"), h.member("Bo"), h.member("Cem")
	id := h.hang(h.place)
	node := h.node(ana, bo, cem)
	sockets := map[*person]func() message{}
	for _, p := range []*person{ana, bo, cem} {
		ws := node.open(p, id)
		sockets[p] = func() message { return h.hears(ws) }
		sockets[p]() // where the board stands
	}
	h.hide(ana, bo)
	for _, p := range []*person{ana, bo} {
		if m := sockets[p](); !m.Reload {
			t.Fatalf("%s is not told to load the board anew: %+v", p.Name, m)
		}
		sockets[p]()
	}
	node.post(ana, id, "Le mot d’Ana")
	for _, p := range []*person{ana, cem} {
		if m := sockets[p](); m.N != 1 || m.Kind != "notice" || !strings.Contains(m.HTML, "Le mot d’Ana") {
			t.Fatalf("%s: got %+v", p.Name, m)
		}
	}
	if m := sockets[bo](); m.N != 1 || m.Kind != "gone" || strings.Contains(m.HTML, "Ana") {
		t.Fatalf("Bo: got %+v", m)
	}
}

// hide makes two people invisible to each other, at the wish of the first.
func (h *house) hide(a, b *person) {
	h.t.Helper()
	h.sql(`INSERT INTO coop.blocks (cooperative_id, member_id, hidden_id, at) VALUES (?, ?, ?, ?)`, h.cooperative, a.Member, b.Member, h.at)
}
