// Package session is who is at the screen: accounts, devices, PINs, passwords, and the
// Actor of a request. It opens and ends sessions; what an Actor may do is decided by the
// rules of each floor and by the route table, never here.
package session

import (
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"

	"lien/coop"
	"lien/support"
)

// Kind says which entrance a person came in by.
type Kind int

// The kinds of people at the screen.
const (
	Nobody Kind = iota
	Resident
	Professional
)

// Actor is who makes a request, read again from the database on each one.
type Actor struct {
	Kind    Kind
	Account uuid.UUID // account.residents or account.professionals
	Session uuid.UUID
	Device  uuid.UUID // residents only
	Ends    time.Time // the session's absolute end
	Name    string
	Lang    string
	House   string // the name of a resident's cooperative

	Cooperative  coop.CooperativeID
	Member       coop.MemberID
	Active       bool // an active member; a suspended or departed one reaches their own pages only
	Facilitator  bool
	Charter      bool      // a charter is in force that they have not said yes to: they read, and do not act
	PrivateUntil time.Time // until when the private area is open, after the PIN was asked again

	// Desk mode: the screen is a shared tablet, open until TabletUntil. With is the member
	// whose acts it may carry meanwhile, zero when nobody stands before it. The actor is
	// always the facilitator: a tablet never makes anybody else of them.
	Tablet      bool
	TabletUntil time.Time
	With        coop.MemberID
	WithName    string
	WithLang    string

	Worker   support.WorkerID
	Function support.Function
}

// Coop returns the actor as the cooperative's rules know them.
func (a Actor) Coop() coop.Actor {
	return coop.Actor{Cooperative: a.Cooperative, Member: a.Member}
}

// Support returns the actor as support's rules know them.
func (a Actor) Support() support.Actor {
	return support.Actor{Worker: a.Worker, Function: a.Function}
}

type actorKey struct{}

// Of returns who makes this request; its Kind is Nobody when nobody is signed in.
func Of(c *fiber.Ctx) Actor {
	a, _ := c.Locals(actorKey{}).(Actor)
	return a
}

// Remember keeps the actor for the rest of the request.
func Remember(c *fiber.Ctx, a Actor) {
	c.Locals(actorKey{}, a)
}
