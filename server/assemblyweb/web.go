// Package assemblyweb is the pages of assemblies: being convened, giving one's vote,
// being there, voting, and what prepares all of it. Like coopweb it parses, calls one
// method and renders; it decides no right.
package assemblyweb

import (
	"lien/coop/assembly"
	"lien/coop/membership"
	"lien/server/page"
	"lien/server/session"
)

// Web holds what the pages call.
type Web struct {
	Origin     string // scheme and host that people type, for addresses in squares
	Languages  *page.Languages
	Members    *membership.Members
	Assemblies *assembly.Assemblies
	Votes      *assembly.Votes
	Minutes    *assembly.Minutes
	Devices    *session.Devices // whose PIN signs
}
