package desk_test

import (
	"testing"
	"time"

	"github.com/google/uuid"

	"lien/coop"
	"lien/coop/desk"
	"lien/coop/exchange"
	"lien/rule"
)

// shop is a workshop of the host's with so many seats, in two days.
func (c *counter) shop(host coop.Actor, seats int) coop.ListingID {
	c.t.Helper()
	id, err := c.workshops().Announce(c.t.Context(), host, exchange.Invitation{
		Draft:    exchange.Draft{Key: uuid.New(), Category: "repair", Title: "Réparer son vélo", Language: "fr", Minutes: 60},
		StartsAt: c.now.Add(30 * time.Hour), Seats: seats, Least: 1, Meeting: exchange.CommonRoom,
	})
	must(c.t, err)
	return id
}

func (c *counter) workshops() *exchange.Workshops {
	return exchange.NewWorkshops(c.db.Coop, func() time.Time { return c.now })
}

func (c *counter) seat(who coop.Actor, id coop.ListingID) exchange.Seat {
	c.t.Helper()
	s, err := c.workshops().One(c.t.Context(), who, id)
	must(c.t, err)
	return s.Mine
}

func at(kind desk.Kind, id coop.ListingID) desk.Wish {
	return desk.Wish{Kind: kind, Key: uuid.New(), Subject: id.UUID}
}

func TestASeatIsTakenAndGivenBackAtTheDeskAndEachIsTakenBack(t *testing.T) {
	c := opened(t)
	id := c.shop(c.mehmet, 2)
	w := at(desk.Join, id)
	w.Shown = true
	joined := c.does(c.aline, c.yacine, w, pin)
	if again := c.does(c.aline, c.yacine, w, pin); again.ID != joined.ID {
		t.Error("the second tap is another act")
	}
	if mine := c.seat(c.yacine, id); !mine.Holds() || !mine.Shown {
		t.Fatalf("Yacine stands at %+v", mine)
	}
	if joined.Title != "Réparer son vélo" || joined.Other != "Mehmet" || joined.OtherID != c.mehmet.Member {
		t.Errorf("the journal says %+v", joined)
	}
	if n := c.count(`SELECT count(*) FROM coop.agreement_events WHERE by_member_id = ? AND channel = 'desk' AND witness_id = ? AND step = 'agree'`, c.yacine.Member, c.aline.Member); n != 1 {
		t.Errorf("%d steps of the seat name the desk", n)
	}
	left := c.does(c.aline, c.yacine, at(desk.Leave, id), witness(c.nadia))
	if c.seat(c.yacine, id).Turn != 0 {
		t.Error("the seat was not given back")
	}
	for range 2 {
		_, err := c.desk.Undo(t.Context(), c.yacine, left.ID, exchange.Words{})
		must(t, err)
	}
	if !c.seat(c.yacine, id).Holds() {
		t.Error("taken back, the seat is not held again")
	}
	_, err := c.desk.Undo(t.Context(), c.yacine, joined.ID, exchange.Words{})
	must(t, err)
	if c.seat(c.yacine, id).Turn != 0 {
		t.Error("taken back, the seat is still held")
	}
}

func TestAtTheDeskAFullWorkshopIsWaitedForAndItsHostCarriesNothing(t *testing.T) {
	c := opened(t)
	id := c.shop(c.aline, 2)
	breaks(t, c.carries(c.aline, c.yacine, at(desk.Join, id), pin), "consent", "tablet.party")
	breaks(t, c.carries(c.karim, c.yacine, at(desk.Join, id), witness(c.aline)), "witness", "tablet.witness.party")
	wants(t, c.carries(c.karim, c.yacine, at(desk.Leave, id), pin), rule.ErrNotFound)
	for _, who := range []coop.Actor{c.nadia, c.mehmet, c.fatou} {
		c.does(c.karim, who, at(desk.Join, id), pin)
	}
	if !c.seat(c.fatou, id).Waits() {
		t.Error("the third of two has a seat")
	}
	c.does(c.karim, c.nadia, at(desk.Leave, id), pin)
	if !c.seat(c.fatou, id).Kept() {
		t.Error("the freed seat was not offered to who waits")
	}
	c.does(c.karim, c.fatou, at(desk.Join, id), pin) // yes to what is kept
	joined := c.does(c.karim, c.yacine, at(desk.Join, id), pin)
	c.now = c.now.Add(31 * time.Hour)
	_, err := c.desk.Undo(t.Context(), c.fatou, c.latest(c.fatou), exchange.Words{})
	breaks(t, err, "act", "tablet.undo.moved") // it has begun: its own agreement answers
	_, err = c.desk.Undo(t.Context(), c.yacine, joined.ID, exchange.Words{})
	must(t, err) // who waits owes nothing
}

func (c *counter) latest(who coop.Actor) coop.ActID {
	c.t.Helper()
	j, err := c.desk.Mine(c.t.Context(), who, coop.ActID{})
	must(c.t, err)
	return j.Acts[0].ID
}
