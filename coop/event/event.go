// Package event is what happens in the neighbourhood: events, registrations, attendance.
package event
