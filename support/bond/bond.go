// Package bond is the referent's side of the door: the one-time code, and reading what a
// person chose to show, which always leaves a trace.
package bond
