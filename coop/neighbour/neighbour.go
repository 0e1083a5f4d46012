// Package neighbour is how members are known to each other: whom one does not want to see
// any more.
//
// What always holds: two members of whom one hid the other do not meet in anything that
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
