// Package membership is how a resident becomes a member of a cooperative and lives as
// one: the application, the paper invitation, the charter, the member's number, state and
// roles, pauses and suspensions, and the founding of a cooperative itself.
//
// What always holds: an invitation makes one member only; a number is one member's for
// ever; a cooperative keeps a facilitator; every change of a member's state is a line of
// one table (transition.go), written down with its reason and who decided; whoever judges
// a contest is not who took the decision. The package knows nothing of devices, PINs or
// sessions, and nothing of individual support.
package membership
