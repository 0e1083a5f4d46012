package assembly

import (
	"slices"
	"time"

	"lien/coop"
)

// Standing is where a proxy stands.
type Standing string

// The standings of a proxy.
const (
	Offered   Standing = "offered"
	Accepted  Standing = "accepted"
	Declined  Standing = "declined"
	Withdrawn Standing = "withdrawn"
	Returned  Standing = "returned" // the giver showed up, and votes
	Lapsed    Standing = "lapsed"   // nobody said yes in time, or one of the two has no voice
)

// Move is a step that a proxy takes.
type Move string

// The steps of a proxy.
const (
	ToAccept   Move = "accept"
	ToDecline  Move = "decline"
	ToWithdraw Move = "withdraw"
	ToReturn   Move = "return"
	ToLapse    Move = "lapse"
)

// The two sides of a proxy, and what happens by itself.
const (
	Giver   Who = "giver"
	Holder  Who = "holder"
	Arrival Who = "arrival" // the giver signs in
)

// Turn is one line of a proxy's life. Until the assembly opens, both sides change their mind
// freely; afterwards only the giver's own arrival ends a proxy.
type Turn struct {
	Move     Move
	From, To Standing
	Who      Who
}

// Turns is all that can happen to a proxy.
func Turns() []Turn {
	return []Turn{
		{ToAccept, Offered, Accepted, Holder},
		{ToDecline, Offered, Declined, Holder},
		{ToWithdraw, Offered, Withdrawn, Giver},
		{ToLapse, Offered, Lapsed, TheClock},
		{ToDecline, Accepted, Declined, Holder},
		{ToWithdraw, Accepted, Withdrawn, Giver},
		{ToReturn, Accepted, Returned, Arrival},
		{ToLapse, Accepted, Lapsed, TheClock},
	}
}

func (s Standing) after(move Move, who Who) (Standing, bool) {
	n := slices.IndexFunc(Turns(), func(t Turn) bool { return t.Move == move && t.From == s && t.Who == who })
	if n < 0 {
		return s, false
	}
	return Turns()[n].To, true
}

// Proxy is a vote that one member gave to another. Names are those that neighbours read.
type Proxy struct {
	ID         coop.ProxyID
	Assembly   coop.AssemblyID
	Giver      coop.MemberID
	GiverName  string
	Holder     coop.MemberID
	HolderName string
	State      Standing
	Channel    string
	StateSince time.Time
}

// Neighbour is somebody whom one may give one's vote to.
type Neighbour struct {
	ID   coop.MemberID
	Name string
}
