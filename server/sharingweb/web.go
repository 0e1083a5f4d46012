// Package sharingweb is the pages of what is shared: rooms, machines and tools, their
// bookings and loans, and the rules they are lent by. Like coopweb it parses, calls one
// method and renders; it decides no right.
package sharingweb

import (
	"lien/coop/membership"
	"lien/coop/sharing"
)

// Web holds what the pages call.
type Web struct {
	Members   *membership.Members
	Resources *sharing.Resources
	Bookings  *sharing.Bookings
	Loans     *sharing.Loans
}
