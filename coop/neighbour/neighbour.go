// Package neighbour is how members are known to each other: the name they go by, what they
// show of themselves in the directory, the languages they speak, and whom they do not want
// to see any more.
//
// What always holds: a member shows nothing that they did not switch on, and nothing that
// is not shown can be searched for; their own name, when they go by another, is for the
// facilitators alone; two members of whom one hid the other do not meet in anything that
// the cooperative shows to neighbours, both ways, and neither is told; what is hidden
// answers like what is not there. Who facilitates is seen by all and sees all, for as long
// as they do. What two members did together stays in the papers of both. The package knows
// nothing of individual support.
package neighbour

import "lien/coop"

// Person is a member as their neighbours know them: under the name they chose. The name is
// empty once they have left.
type Person struct {
	ID   coop.MemberID
	Name string
}
