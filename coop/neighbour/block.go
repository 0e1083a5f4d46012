package neighbour

import "time"

// Block is somebody whom the reader does not want to see any more.
type Block struct {
	Person   `bun:"extend"`
	At       time.Time
	InEffect bool // false while one of the two facilitates: the desk stays open to all
}

// mostBlocks is how many people one member may hide: beyond it, it is not one's neighbours
// that one has a difficulty with, and a facilitator should hear of it.
const mostBlocks = 50
