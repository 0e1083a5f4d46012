package exchange

import "time"

// Shown is where a listing stands (coop.md, listings and agreements).
type Shown string

// The states of a listing. What a neighbour reports has its own: see Moderation.
const (
	Unwritten Shown = ""      // before it was written
	Drafted   Shown = "draft" // its writer's alone
	Open      Shown = "open"
	Paused    Shown = "paused"
	Ended     Shown = "expired"
	Closed    Shown = "closed"
)

// Lasts is how long a listing stays up before it must be renewed, and warning how long
// before its end the owner is told (coop.md, listings and agreements).
const (
	Lasts   = 90 * day
	warning = 14 * day
)

// Turn is what happens to a listing.
type Turn string

// The turns.
const (
	TurnUp      Turn = "publish"
	TurnPause   Turn = "pause"
	TurnReopen  Turn = "reopen"
	TurnRenew   Turn = "renew"
	TurnRevise  Turn = "revise"
	TurnPicture Turn = "picture" // add a photo, or take one away
	TurnExpire  Turn = "expire"
	TurnClose   Turn = "close"
)

// Showing is one line of the table: a turn, the state before it and after it, and whether
// its owner makes it or the house, by the clock.
type Showing struct {
	Turn    Turn
	From    Shown
	To      Shown
	ByHouse bool
}

// Showings is all that can happen to a listing once it is written.
func Showings() []Showing {
	return []Showing{
		{Turn: TurnUp, From: Drafted, To: Open},
		{Turn: TurnPause, From: Open, To: Paused},
		{Turn: TurnReopen, From: Paused, To: Open},
		{Turn: TurnRenew, From: Open, To: Open},
		{Turn: TurnRenew, From: Paused, To: Open},
		{Turn: TurnRenew, From: Ended, To: Open},
		{Turn: TurnRevise, From: Drafted, To: Drafted},
		{Turn: TurnRevise, From: Open, To: Open},
		{Turn: TurnRevise, From: Paused, To: Paused},
		{Turn: TurnRevise, From: Ended, To: Ended},
		{Turn: TurnPicture, From: Drafted, To: Drafted},
		{Turn: TurnPicture, From: Open, To: Open},
		{Turn: TurnPicture, From: Paused, To: Paused},
		{Turn: TurnPicture, From: Ended, To: Ended},
		{Turn: TurnExpire, From: Open, To: Ended, ByHouse: true},
		{Turn: TurnExpire, From: Paused, To: Ended, ByHouse: true},
		{Turn: TurnClose, From: Drafted, To: Closed},
		{Turn: TurnClose, From: Open, To: Closed},
		{Turn: TurnClose, From: Paused, To: Closed},
		{Turn: TurnClose, From: Ended, To: Closed},
	}
}

// showing finds the line of a turn from where a listing stands at now. Again reports that
// the turn was made already: a second tap changes nothing.
func showing(turn Turn, l Listing, now time.Time) (s Showing, again, found bool) {
	standing := l.Standing(now)
	for _, line := range Showings() {
		if line.Turn != turn {
			continue
		}
		if line.From == standing {
			return line, false, true
		}
		again = again || line.To == standing
	}
	return s, again, false
}
