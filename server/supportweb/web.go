// Package supportweb is the pages of professionals. It cannot see the cooperative: what a
// person chose to show of it arrives through the door alone.
package supportweb

import "lien/support/casework"

// Web holds what the pages call.
type Web struct {
	Entrance Entrance
	Cases    *casework.Cases
}
