package event

import "lien/coop"

// Guest is a line of the list at the door, for who runs the event only.
type Guest struct {
	MemberID coop.MemberID
	Name     string
	Number   int64
	Answer   Answer
	Guests   int
	Here     bool
}

// Expected is how many people the line stands for.
func (g Guest) Expected() int { return 1 + g.Guests }

// Channel says how somebody was checked in.
type Channel string

// The channels.
const (
	ByList Channel = "list"
	ByCode Channel = "code"
)
