// Package photo is the pictures that members show: of what they offer, need or found.
//
// What always holds: a picture is made anew from the light alone. What a camera wrote
// beside it (where, when, with which phone) never reaches a disk; nothing is opened before
// its kind is known by its first bytes and its size by its header; and who may see it is
// decided by what it belongs to, never here.
package photo

import (
	"slices"
	"time"

	"lien/coop"
	"lien/rule"
)

// Size is how large a picture is wanted.
type Size string

// The sizes, each with the longest side in pixels: a face in a list, a card, the screen.
const (
	Small  Size = "small"
	Medium Size = "medium"
	Large  Size = "large"
)

// Sizes are all sizes, the smallest first.
func Sizes() []Size { return []Size{Small, Medium, Large} }

// longest is the longest side of each size, in pixels.
func (s Size) longest() int {
	return map[Size]int{Small: 240, Medium: 640, Large: 1280}[s]
}

// Known reports whether there is such a size.
func (s Size) Known() bool { return slices.Contains(Sizes(), s) }

// The limits of what may be sent (ASVS 5.2.1, 5.2.6). A phone's picture has 12 million
// pixels; opening 20 million takes about a second and 200 megabytes.
const (
	MostBytes  = 8 << 20
	mostPixels = 20_000_000
	mostSide   = 16_000
)

// perMember is how many pictures a member may have kept at once (ASVS 5.2.4).
const perMember = 100

// waits is how long a picture may be on its way before it counts as given up.
const waits = time.Hour

// Photo is a kept picture: its proportions, and where its files lie.
type Photo struct {
	ID     coop.PhotoID
	Width  int // of the largest size, in pixels
	Height int
	Key    string // of its files, each with the sign of its size
}

// file is the key of one size.
func (p Photo) file(s Size) string { return p.Key + string(s[0]) }

// Why a picture cannot be taken, each a sentence beside the field.
var (
	errMissing  = rule.Broken("photo", "photo.missing")
	errHeavy    = rule.Broken("photo", "photo.heavy", "most", MostBytes>>20)
	errWide     = rule.Broken("photo", "photo.wide")
	errKind     = rule.Broken("photo", "photo.kind")
	errHEIC     = rule.Broken("photo", "photo.heic")
	errDamaged  = rule.Broken("photo", "photo.damaged")
	errTooMany  = rule.Broken("photo", "photo.too_many", "most", perMember)
	errTooSmall = rule.Broken("photo", "photo.tiny")
)
