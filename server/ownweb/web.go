// Package ownweb is a resident's private area: my participation, what I share, who
// looked, my safety net. It is the one place where a page knows both sides, because here only the
// person themselves looks. Its pages are the same for everybody, accompanied or not, up to
// what a code that somebody gave has joined.
package ownweb

import (
	"time"

	"github.com/gofiber/fiber/v2"

	"lien/coop/event"
	"lien/coop/participation"
	"lien/coop/safetynet"
	"lien/server/session"
)

// Web holds what the pages call.
type Web struct {
	Door          *Door
	Participation *participation.Participation
	Events        *event.Events
	Nets          *safetynet.Nets
}

// owner is the resident of this request.
func owner(c *fiber.Ctx) Owner {
	actor := session.Of(c)
	return Owner{Resident: actor.Account, Member: actor.Coop()}
}

// longAgo is a day before every month that is counted: "with the past months".
func longAgo(now time.Time) time.Time { return now.AddDate(-1, 0, 0) }
