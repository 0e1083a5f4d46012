// Package supportweb is the pages of professionals. It cannot see the cooperative: what a
// person chose to show of it arrives through the door alone.
package supportweb

import (
	"lien/support/bond"
	"lien/support/casework"
)

// Web holds what the pages call.
type Web struct {
	Origin   string // scheme and host that people type, for addresses on paper and in squares
	Entrance Entrance
	Cases    *casework.Cases
	Door     *bond.Door
}
