// Package ownweb is a resident's private area: my participation, what I share, who
// looked. It is the one place where a page knows both sides, because here only the
// person themselves looks.
package ownweb

// Web holds what the pages call.
type Web struct{}
