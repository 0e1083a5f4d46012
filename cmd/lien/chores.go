package main

import (
	"context"
	"log/slog"
	"time"

	"lien/server"
)

// chore is a piece of work that comes due by the clock: Do does a bounded part of what is
// due and returns how much that was. The log says what was not done, never for whom.
type chore struct {
	what  string
	every time.Duration
	do    func(context.Context) (int, error)
}

// chores are the cooperative's.
func chores(p server.Parts) []chore {
	w := p.Coop
	return []chore{
		{"warning of listings that end", time.Minute, w.Listings.Warn},
		{"ending listings", time.Minute, w.Listings.Expire},
		{"looking through saved searches", time.Minute, w.Searches.Look},
		{"clearing photos away", 10 * time.Minute, w.Photos.Sweep},
		{"making the events of series", time.Minute, w.Events.Make},
		{"passing on the places of events", time.Minute, w.Events.PassOn},
		{"watching the shifts of events", time.Minute, w.Events.WatchShifts},
		{"asking after visitors", time.Minute, w.Visits.Due},
		{"reminding of agreements", time.Minute, w.Agreements.Remind},
		{"passing on the seats of workshops", time.Minute, w.Workshops.Due},
		{"reminding of time-cheques that wait", 10 * time.Minute, w.Cheques.Due},
		{"what is asked of the fund", time.Minute, w.Fund.Due},
		{"releasing bookings nobody came to", time.Minute, p.Sharing.Bookings.Due},
		{"calling off assemblies that nobody opened", 10 * time.Minute, p.Assembly.Assemblies.Due},
		{"passing on what is lent", 5 * time.Minute, p.Sharing.Loans.Due},
		{"ending notices", time.Minute, w.Boards.Due},
		{"ending buddyships", time.Hour, w.Buddies.Due},
		{"taking over former lists", 10 * time.Second, w.Imports.Due},
		{"beginning and ending what days were set for", time.Minute, w.Members.Due},
		{"closing applications", time.Minute, w.Entrance.Applications.Due},
		{"erasing who asked for it", 10 * time.Minute, w.Erasures.Due},
		{"throwing away passports that ended long ago", time.Hour, w.Passports.Sweep},
		{"throwing away what was told long ago", time.Hour, w.Inbox.Sweep},
	}
}

// run does the chore at once and then at each tick, until the house closes.
func (c chore) run(ctx context.Context, log *slog.Logger) {
	tick := time.NewTicker(c.every)
	defer tick.Stop()
	for {
		if _, err := c.do(ctx); err != nil && ctx.Err() == nil {
			log.Error("a chore was not done", "chore", c.what, "error", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}
