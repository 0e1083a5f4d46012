package main

import (
	"context"
	"log/slog"
	"strings"
	"time"

	"lien/coop/board"
	"lien/coop/event"
	"lien/coop/exchange"
	"lien/coop/hours"
	"lien/coop/membership"
	"lien/coop/participation"
	"lien/database"
	"lien/server"
	"lien/server/coopweb"
	"lien/server/live"
	"lien/server/ownweb"
	"lien/server/page"
	"lien/server/session"
	"lien/server/supportweb"
	"lien/support/bond"
	"lien/support/casework"
)

// wire gives every part of the house what it calls: each floor its own role's pool, and
// all of them the same clock.
func wire(g ground) (server.Parts, error) {
	languages, err := page.NewLanguages(time.Now, g.log)
	if err != nil {
		return server.Parts{}, err
	}
	if !page.Built() {
		g.log.Warn("the browser's files are missing: pages are served undressed; run make assets")
	}
	members := membership.NewMembers(g.handles.Coop, time.Now)
	cookies := session.Cookies{Secure: strings.HasPrefix(g.origin, "https://")}
	hasher, err := session.NewHasher()
	if err != nil {
		return server.Parts{}, err
	}
	account := g.handles.Account
	sessions := session.NewSessions(account, members, cookies, time.Now)
	links := session.NewLinks(account, members, hasher, time.Now)
	boards := board.NewBoards(g.handles.Coop, time.Now)
	hub := live.New(coopweb.LiveSource(boards, sessions, languages), live.Options{Origins: origins(g.origin), Log: g.log})
	return server.Parts{
		Coop: &coopweb.Web{
			Origin:    g.origin,
			Languages: languages,
			Entrance: coopweb.Entrance{
				Invitations: membership.NewInvitations(g.handles.Coop, g.sealer.Derive, time.Now),
				Charters:    membership.NewCharters(g.handles.Coop, time.Now),
				Joinings:    session.NewJoinings(account, hasher, time.Now),
				Devices:     session.NewDevices(account, hasher, time.Now),
				Links:       links,
				Sessions:    sessions,
				Cookies:     cookies,
				Guesses:     session.NewThrottle(30, 1000, guessing, time.Now),
				Now:         time.Now,
			},
			Members:    members,
			Ledger:     hours.NewLedger(g.handles.Coop, time.Now),
			Listings:   exchange.NewListings(g.handles.Coop, time.Now),
			Agreements: exchange.NewAgreements(g.handles.Coop, time.Now),
			Events:     event.NewEvents(g.handles.Coop, time.Now, g.sealer.Derive),
			Boards:     boards,
			Hub:        hub,
		},
		Own: &ownweb.Web{
			Door:          ownweb.NewDoor(account, g.sealer.Derive, time.Now),
			Participation: participation.New(g.handles.Coop),
			Events:        event.NewEvents(g.handles.Coop, time.Now, g.sealer.Derive),
		},
		Support: &supportweb.Web{
			Entrance: supportweb.Entrance{
				Professionals: session.NewProfessionals(account, hasher, g.sealer, time.Now),
				Workers:       casework.NewWorkers(g.handles.Support, time.Now),
				Origin:        g.origin,
				Links:         links,
				Sessions:      sessions,
				Cookies:       cookies,
				Guesses:       session.NewThrottle(30, 0, guessing, time.Now),
			},
			Origin: g.origin,
			Cases:  casework.NewCases(g.handles.Support, g.sealer, time.Now),
			Door:   bond.NewDoor(g.handles.Support, g.sealer.Derive, time.Now),
		},
		Sessions:  sessions,
		Languages: languages,
		Hub:       hub,
		Ready:     g.ready,
		Now:       time.Now,
		Log:       g.log,
	}, nil
}

// guessing is how long misses are remembered.
const guessing = 10 * time.Minute

// workers are what runs beside the app until the house closes.
func workers(g ground, p server.Parts) []func(context.Context) {
	return []func(context.Context){
		p.Hub.Run,
		func(ctx context.Context) { live.Listen(ctx, g.handles.Direct(database.Coop), p.Hub) },
		func(ctx context.Context) { passOn(ctx, p.Coop.Events, g.log) },
	}
}

// passOn offers the places of events that nobody took in time to the next in turn.
func passOn(ctx context.Context, events *event.Events, log *slog.Logger) {
	tick := time.NewTicker(time.Minute)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			if _, err := events.PassOn(ctx); err != nil && ctx.Err() == nil {
				log.Error("places were not passed on", "error", err)
			}
		}
	}
}

// origins are the addresses that sockets may be opened from. This machine has two names
// for itself, and a person may type either.
func origins(origin string) []string {
	if other := strings.Replace(origin, "//localhost:", "//127.0.0.1:", 1); other != origin {
		return []string{origin, other}
	}
	return []string{origin}
}
