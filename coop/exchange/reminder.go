package exchange

import (
	"time"

	"lien/coop"
)

// call is one time at which an agreement makes itself heard while it stays in a state:
// the kind of the item that is told, empty for none, and to whom. Help shows it to
// facilitators, too. After until it would only confuse; zero is never.
type call struct {
	at, until time.Time
	kind      string
	to        []coop.MemberID
	help      bool
}

// firstCall and lastCall are when an agreement that nobody moves is brought to mind
// (coop.md, listings and agreements): at the second one facilitators see it, and nothing
// is ever debited by silence. Two people are reminded of a meeting hoursBefore.
const (
	firstCall   = 3 * day
	lastCall    = 7 * day
	hoursBefore = 3 * time.Hour
)

// calls are the reminders of the present state, in the order of their times.
func (a Agreement) calls() []call {
	both := []coop.MemberID{a.Giver.ID, a.Receiver.ID}
	twice := func(from time.Time, kind string, to ...coop.MemberID) []call {
		return []call{{at: from.Add(firstCall), kind: kind, to: to}, {at: from.Add(lastCall), kind: kind, to: to, help: true}}
	}
	switch a.State {
	case Proposed:
		return twice(a.StateSince, "agreement_waits", a.Other(a.ProposedBy).ID)
	case Agreed:
		soon := call{at: a.PlannedAt.Add(-hoursBefore), until: a.PlannedAt, kind: "agreement_soon", to: both}
		over := a.Ends()
		if a.StateSince.After(over) {
			over = a.StateSince
		}
		return append([]call{soon}, twice(over, "agreement_done", both...)...)
	case DoneClaimed:
		return twice(a.StateSince, "agreement_unanswered", a.Other(a.DoneBy).ID)
	case Disputed:
		return []call{{at: a.StateSince.Add(firstCall), help: true}, {at: a.StateSince.Add(lastCall), help: true}}
	}
	return nil
}

// due is the call that is to be made now, when given ones were made or left out before,
// and how many have been after it. Of several that were missed only the last is made, and
// none whose moment passed before the state began.
func (a Agreement) due(given int, now time.Time) (c call, found bool, after int) {
	calls := a.calls()
	for after = given; after < len(calls) && !calls[after].at.After(now); after++ {
		next := calls[after]
		if !next.at.Before(a.StateSince) && (next.until.IsZero() || now.Before(next.until)) {
			c, found = next, true
		}
	}
	return c, found, after
}

// callAt is when the call after the given ones is due, zero for never.
func (a Agreement) callAt(given int) time.Time {
	if calls := a.calls(); given < len(calls) {
		return calls[given].at
	}
	return time.Time{}
}
