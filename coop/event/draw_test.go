package event

import (
	"testing"

	"github.com/google/uuid"

	"lien/coop"
)

// Over many draws, each comes first as often as their share of the tickets.
func TestTheChanceOfEachIsTheirShareOfTheTickets(t *testing.T) {
	lots := []lot{
		{MemberID: coop.MemberID{UUID: uuid.MustParse("00000000-0000-7000-8000-000000000001")}, Past: Past{First: true}},
		{MemberID: coop.MemberID{UUID: uuid.MustParse("00000000-0000-7000-8000-000000000002")}},
		{MemberID: coop.MemberID{UUID: uuid.MustParse("00000000-0000-7000-8000-000000000003")}, Past: Past{Turns: 1}},
	}
	first := map[int]int{}
	const draws = 12_000
	for n := range draws {
		seed := uuid.NewSHA1(uuid.Nil, []byte{byte(n), byte(n >> 8)}).String()
		order := drawn(seed, lots)
		first[order[0].Tickets()]++
		if again := drawn(seed, []lot{lots[2], lots[0], lots[1]}); again[0].MemberID != order[0].MemberID || again[1].MemberID != order[1].MemberID {
			t.Fatal("the same seed drew another order")
		}
	}
	for tickets, want := range map[int]int{6: draws / 2, 4: draws / 3, 2: draws / 6} {
		if got := first[tickets]; got < want-want/20-60 || got > want+want/20+60 {
			t.Errorf("with %d tickets of 12: first %d times of %d, want about %d", tickets, got, draws, want)
		}
	}
}
