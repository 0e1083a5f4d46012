package main

import (
	"context"
	"log/slog"
	"strings"
	"time"

	"lien/coop/assembly"
	"lien/coop/belongings"
	"lien/coop/board"
	"lien/coop/cheque"
	"lien/coop/departure"
	"lien/coop/desk"
	"lien/coop/erasure"
	"lien/coop/event"
	"lien/coop/exchange"
	"lien/coop/fund"
	"lien/coop/hours"
	"lien/coop/household"
	"lien/coop/importing"
	"lien/coop/inbox"
	"lien/coop/membership"
	"lien/coop/neighbour"
	"lien/coop/participation"
	"lien/coop/passport"
	"lien/coop/photo"
	"lien/coop/place"
	"lien/coop/poster"
	"lien/coop/problem"
	"lien/coop/safetynet"
	"lien/coop/sharing"
	"lien/coop/visit"
	"lien/coop/welcome"
	"lien/database"
	"lien/server"
	"lien/server/assemblyweb"
	"lien/server/coopweb"
	"lien/server/live"
	"lien/server/ownweb"
	"lien/server/page"
	"lien/server/session"
	"lien/server/sharingweb"
	"lien/server/supportweb"
	"lien/support/bond"
	"lien/support/casework"
)

// shared is what several parts of the house call.
type shared struct {
	ground
	languages  *page.Languages
	hasher     *session.Hasher
	cookies    session.Cookies
	members    *membership.Members
	sessions   *session.Sessions
	links      *session.Links
	boards     *board.Boards
	talks      *exchange.Talks
	events     *event.Events
	nets       *safetynet.Nets
	photos     *photo.Photos
	hub        *live.Hub
	assemblies *assembly.Assemblies
	votes      *assembly.Votes
	loans      *sharing.Loans
}

// wire gives every part of the house what it calls: each floor its own role's pool, and
// all of them the same clock.
func wire(g ground) (server.Parts, error) {
	s, err := share(g)
	if err != nil {
		return server.Parts{}, err
	}
	return server.Parts{
		Coop: s.coop(),
		Assembly: &assemblyweb.Web{
			Origin:     s.origin,
			Languages:  s.languages,
			Members:    s.members,
			Assemblies: s.assemblies,
			Votes:      s.votes,
			Minutes:    assembly.NewMinutes(g.handles.Coop, time.Now, assemblyweb.MinutesInWords(s.languages)),
			Devices:    session.NewDevices(g.handles.Account, s.hasher, time.Now),
		},
		Sharing: &sharingweb.Web{
			Members:   s.members,
			Resources: sharing.NewResources(g.handles.Coop, time.Now),
			Bookings:  sharing.NewBookings(g.handles.Coop, time.Now),
			Loans:     s.loans,
		},
		Own: &ownweb.Web{
			Door:          ownweb.NewDoor(g.handles.Account, g.sealer.Derive, time.Now),
			Participation: participation.New(g.handles.Coop),
			Events:        s.events,
			Nets:          s.nets,
		},
		Support:   s.support(),
		Sessions:  s.sessions,
		Languages: s.languages,
		Hub:       s.hub,
		Ready:     g.ready,
		Now:       time.Now,
		Log:       g.log,
	}, nil
}

func share(g ground) (s shared, err error) {
	s.ground = g
	if s.languages, err = page.NewLanguages(time.Now, g.log); err != nil {
		return s, err
	}
	if !page.Built() {
		g.log.Warn("the browser's files are missing: pages are served undressed; run make assets")
	}
	if s.hasher, err = session.NewHasher(); err != nil {
		return s, err
	}
	s.cookies = session.Cookies{Secure: strings.HasPrefix(g.origin, "https://")}
	s.members = membership.NewMembers(g.handles.Coop, time.Now)
	s.sessions = session.NewSessions(g.handles.Account, s.members, s.cookies, time.Now)
	s.links = session.NewLinks(g.handles.Account, s.members, s.hasher, time.Now)
	s.boards = board.NewBoards(g.handles.Coop, time.Now)
	s.talks = exchange.NewTalks(g.handles.Coop, time.Now)
	s.events = event.NewEvents(g.handles.Coop, time.Now, g.sealer.Derive)
	s.nets = safetynet.NewNets(g.handles.Coop, time.Now)
	s.assemblies = assembly.NewAssemblies(g.handles.Coop, time.Now, g.sealer.Derive)
	s.votes = assembly.NewVotes(g.handles.Coop, time.Now, assembly.Box{Seal: g.sealer.Seal, Open: g.sealer.Open})
	s.loans = sharing.NewLoans(g.handles.Coop, time.Now)
	s.hub = live.New(coopweb.LiveSource(s.boards, s.talks, s.sessions, s.languages), live.Options{Origins: origins(g.origin), Log: g.log})
	s.photos = photo.NewPhotos(g.handles.Coop, time.Now, g.files, photo.NewDarkroom(1))
	return s, nil
}

func (s shared) coop() *coopweb.Web {
	account, db := s.handles.Account, s.handles.Coop
	agreements, buddies := exchange.NewAgreements(db, time.Now), welcome.NewBuddies(db, time.Now)
	return &coopweb.Web{
		Origin:    s.origin,
		Languages: s.languages,
		Entrance: coopweb.Entrance{
			Invitations:  membership.NewInvitations(db, s.sealer.Derive, time.Now),
			Leaflets:     membership.NewLeaflets(db, s.sealer.Derive, time.Now),
			Applications: membership.NewApplications(db, s.sealer.Derive, time.Now),
			Charters:     membership.NewCharters(db, time.Now),
			Joinings:     session.NewJoinings(account, s.hasher, time.Now),
			Devices:      session.NewDevices(account, s.hasher, time.Now),
			Links:        s.links,
			Sessions:     s.sessions,
			Cookies:      s.cookies,
			Guesses:      session.NewThrottle(30, 1000, guessing, time.Now),
			Applied:      session.NewThrottle(20, 0, guessing, time.Now),
			Now:          time.Now,
		},
		Members:    s.members,
		Ledger:     hours.NewLedger(db, time.Now),
		Fund:       fund.New(db, time.Now),
		Households: household.NewHouseholds(db, s.sealer.Derive, time.Now),
		Places:     place.NewPlaces(db, time.Now),
		Departures: departure.NewDepartures(db, time.Now),
		Erasures:   erasure.New(db, time.Now, session.NewForgetting(account, time.Now).Forget),
		Listings:   exchange.NewListings(db, time.Now),
		Agreements: agreements,
		Workshops:  exchange.NewWorkshops(db, time.Now),
		Cheques:    cheque.NewLeaves(db, s.sealer.Derive, time.Now),
		Booklets:   cheque.NewBooklets(db, s.sealer.Derive, time.Now),
		Belongings: belongings.New(db, time.Now),
		Copies:     session.NewThrottle(3, 0, guessing, time.Now),
		Passports:  passport.NewPassports(db, s.sealer.Derive, time.Now),
		Passes:     session.NewThrottle(30, 0, guessing, time.Now),
		Numbers:    session.NewThrottle(10, 0, guessing, time.Now),
		Blocks:     neighbour.NewBlocks(db, time.Now, agreements.Part, buddies.Part, s.assemblies.Part),
		Buddies:    buddies,
		Calls:      welcome.NewCalls(db, time.Now),
		Directory:  neighbour.NewDirectory(db, time.Now),
		Photos:     s.photos,
		Pictures:   exchange.NewPictures(db, time.Now, s.photos),
		Searches:   exchange.NewSearches(db, time.Now),
		Events:     s.events,
		Boards:     s.boards,
		Troubles:   problem.NewProblems(db, time.Now),
		Hung:       board.NewPictures(db, time.Now, s.photos),
		Talks:      s.talks,
		Visits:     visit.NewVisits(db, time.Now),
		Desk:       desk.New(db, s.sealer.Derive, time.Now),
		Posters:    poster.New(db, s.sealer.Derive, time.Now),
		Nets:       s.nets,
		Inbox:      inbox.New(db, time.Now),
		Loans:      s.loans,
		Assemblies: s.assemblies,
		Imports:    importing.NewImports(db, time.Now),
		Hub:        s.hub,
	}
}

func (s shared) support() *supportweb.Web {
	account, db := s.handles.Account, s.handles.Support
	return &supportweb.Web{
		Entrance: supportweb.Entrance{
			Professionals: session.NewProfessionals(account, s.hasher, s.sealer, time.Now),
			Workers:       casework.NewWorkers(db, time.Now),
			Origin:        s.origin,
			Links:         s.links,
			Sessions:      s.sessions,
			Cookies:       s.cookies,
			Guesses:       session.NewThrottle(30, 0, guessing, time.Now),
		},
		Origin: s.origin,
		Cases:  casework.NewCases(db, s.sealer, time.Now),
		Door:   bond.NewDoor(db, s.sealer.Derive, time.Now),
	}
}

// guessing is how long misses are remembered.
const guessing = 10 * time.Minute

// workers are what runs beside the app until the house closes.
func workers(g ground, p server.Parts) []func(context.Context) {
	all := []func(context.Context){
		p.Hub.Run,
		func(ctx context.Context) { live.Listen(ctx, g.handles.Direct(database.Coop), p.Hub) },
		func(ctx context.Context) {
			heed(ctx, ownweb.NewSilence(g.handles.Account, p.Coop.Nets, time.Now), time.NewTicker(5*time.Minute), g.log)
		},
	}
	for _, c := range chores(p) {
		all = append(all, func(ctx context.Context) { c.run(ctx, g.log) })
	}
	return all
}

// heed tells the persons whom silent members chose, and calls it off when they are back.
// The log never says who.
func heed(ctx context.Context, silence *ownweb.Silence, tick *time.Ticker, log *slog.Logger) {
	defer tick.Stop()
	for {
		if _, err := silence.Listen(ctx); err != nil && ctx.Err() == nil {
			log.Error("safety nets were not looked at", "error", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
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
