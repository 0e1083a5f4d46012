// Package coopweb is the pages of residents and facilitators: parse, call one method of
// the cooperative, render. It decides no right and holds no rule, and it cannot see
// individual support.
package coopweb

import (
	"lien/coop/assembly"
	"lien/coop/belongings"
	"lien/coop/board"
	"lien/coop/cheque"
	"lien/coop/departure"
	"lien/coop/desk"
	"lien/coop/erasure"
	"lien/coop/event"
	"lien/coop/exchange"
	"lien/coop/fund"
	"lien/coop/hours"
	"lien/coop/household"
	"lien/coop/importing"
	"lien/coop/inbox"
	"lien/coop/membership"
	"lien/coop/neighbour"
	"lien/coop/passport"
	"lien/coop/photo"
	"lien/coop/place"
	"lien/coop/poster"
	"lien/coop/problem"
	"lien/coop/safetynet"
	"lien/coop/sharing"
	"lien/coop/visit"
	"lien/coop/welcome"
	"lien/server/live"
	"lien/server/page"
	"lien/server/session"
)

// Web holds what the pages call.
type Web struct {
	Origin     string // scheme and host that people type, for addresses on paper and in squares
	Entrance   Entrance
	Languages  *page.Languages
	Members    *membership.Members
	Blocks     *neighbour.Blocks
	Directory  *neighbour.Directory
	Buddies    *welcome.Buddies
	Calls      *welcome.Calls
	Ledger     *hours.Ledger
	Fund       *fund.Fund
	Households *household.Households
	Departures *departure.Departures
	Erasures   *erasure.Erasures
	Places     *place.Places
	Listings   *exchange.Listings
	Photos     *photo.Photos
	Pictures   *exchange.Pictures
	Hung       *board.Pictures
	Searches   *exchange.Searches
	Agreements *exchange.Agreements
	Workshops  *exchange.Workshops
	Talks      *exchange.Talks
	Cheques    *cheque.Leaves
	Booklets   *cheque.Booklets
	Visits     *visit.Visits
	Passports  *passport.Passports
	Belongings *belongings.Belongings
	Copies     *session.Throttle // of everything, by member
	Passes     *session.Throttle // of passports that strangers ask for in vain
	Events     *event.Events
	Boards     *board.Boards
	Troubles   *problem.Problems
	Desk       *desk.Desk
	Posters    *poster.Posters
	Nets       *safetynet.Nets
	Inbox      *inbox.Inbox
	Loans      *sharing.Loans
	Assemblies *assembly.Assemblies
	Imports    *importing.Imports
	Hub        *live.Hub // of the boards

	Numbers *session.Throttle // of the numbers of paper time-cheques, by member
}
