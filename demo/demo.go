// Package demo invents a neighbourhood and tells its past year: who joined, who helped
// whom, what happened, what was pinned on the boards, which households are accompanied
// and what they chose to show. It tells through the domain's own methods, so that every
// rule holds of it, under a clock that runs as fast as the story. The same seed tells the
// same story. Nobody in it exists.
package demo

import (
	"container/heap"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"time"

	"github.com/google/uuid"

	"lien/coop"
	"lien/coop/assembly"
	"lien/coop/board"
	"lien/coop/cheque"
	"lien/coop/departure"
	"lien/coop/desk"
	"lien/coop/erasure"
	"lien/coop/event"
	"lien/coop/exchange"
	"lien/coop/fund"
	"lien/coop/hours"
	homes "lien/coop/household"
	"lien/coop/importing"
	"lien/coop/inbox"
	"lien/coop/membership"
	"lien/coop/neighbour"
	"lien/coop/passport"
	"lien/coop/place"
	"lien/coop/poster"
	"lien/coop/problem"
	"lien/coop/safetynet"
	"lien/coop/sharing"
	"lien/coop/visit"
	"lien/coop/welcome"
	"lien/database"
	"lien/rule"
	"lien/seal"
	"lien/server/assemblyweb"
	"lien/server/page"
	"lien/server/session"
	"lien/storage"
)

// Plot says which neighbourhood to invent: how many members it has at the end, over how
// many days up to now, and which of its kind.
type Plot struct {
	Members int
	Days    int
	Cases   int // accompanied households
	Seed    uint64
	Files   *storage.Folder // where photos are kept; nil: nobody takes one
}

// The plots that lien demo offers.
func Small(seed uint64) Plot { return Plot{Members: 60, Days: 365, Cases: 12, Seed: seed} }
func Large(seed uint64) Plot { return Plot{Members: 5000, Days: 365, Cases: 100, Seed: seed} }

// busy is how many of its members act often: in a large cooperative most read more than
// they write.
func (p Plot) busy() int { return p.Members - max(0, p.Members-200)*9/10 }

// teller tells one story: the house's collections under one clock, and who is in it.
type teller struct {
	plot    Plot
	out     io.Writer
	handles *database.Handles
	sealer  *seal.Sealer
	dice    *rand.Rand
	zone    *time.Location

	languages *page.Languages

	from, until, clock time.Time
	ahead              tasks

	members     *membership.Members
	invitations *membership.Invitations
	ledger      *hours.Ledger
	fund        *fund.Fund
	households  *homes.Households
	places      *place.Places
	departures  *departure.Departures
	erasures    *erasure.Erasures
	listings    *exchange.Listings
	searches    *exchange.Searches
	pictures    *exchange.Pictures // nil: nobody takes photos
	hung        *board.Pictures    // nil as well
	agreements  *exchange.Agreements
	workshops   *exchange.Workshops
	leaves      *cheque.Leaves
	booklets    *cheque.Booklets
	talks       *exchange.Talks
	visits      *visit.Visits
	passports   *passport.Passports
	events      *event.Events
	boards      *board.Boards
	troubles    *problem.Problems
	desk        *desk.Desk
	posters     *poster.Posters
	nets        *safetynet.Nets
	directory   *neighbour.Directory
	blocks      *neighbour.Blocks
	resources   *sharing.Resources
	bookings    *sharing.Bookings
	loans       *sharing.Loans
	assemblies  *assembly.Assemblies
	votes       *assembly.Votes
	minutes     *assembly.Minutes
	buddies     *welcome.Buddies
	calls       *welcome.Calls
	inbox       *inbox.Inbox
	imports     *importing.Imports

	leaflets     *membership.Leaflets
	applications *membership.Applications
	charters     *membership.Charters
	poster       string // the code of the one that hangs
	version      int    // of the charter in force

	office      *office
	founded     membership.Founded
	facilitator *resident
	residents   []*resident
	stairwells  []coop.PlaceID
	shelf       []shelved
	purses      []*purse
}

// resident is somebody who joined.
type resident struct {
	coop.Actor
	name, language string
}

// Tell tells the time that ends at now into an empty, migrated database.
func Tell(ctx context.Context, h *database.Handles, s *seal.Sealer, p Plot, now time.Time, out io.Writer) error {
	zone, err := time.LoadLocation("Europe/Paris")
	if err != nil {
		return err
	}
	t := &teller{
		plot: p, out: out, handles: h, sealer: s, zone: zone,
		dice: rand.New(rand.NewPCG(p.Seed, 0x6c69656e)), // #nosec G404 -- a story is no secret, and the seed must tell it again
		from: now.In(zone).AddDate(0, 0, -p.Days), until: now,
	}
	t.clock = t.from
	if t.languages, err = page.NewLanguages(func() time.Time { return t.clock }, slog.New(slog.DiscardHandler)); err != nil {
		return err
	}
	t.settle()
	for _, chapter := range []func(context.Context) error{t.believe(true), t.found, t.plan, t.planSupport, t.live, t.believe(false)} {
		if err := chapter(ctx); err != nil {
			return err
		}
	}
	return nil
}

// settle opens the house's collections under the story's clock.
func (t *teller) settle() {
	now := func() time.Time { return t.clock }
	t.members = membership.NewMembers(t.handles.Coop, now)
	t.invitations = membership.NewInvitations(t.handles.Coop, t.sealer.Derive, now)
	t.leaflets = membership.NewLeaflets(t.handles.Coop, t.sealer.Derive, now)
	t.applications = membership.NewApplications(t.handles.Coop, t.sealer.Derive, now)
	t.charters = membership.NewCharters(t.handles.Coop, now)
	t.version = 1
	t.ledger = hours.NewLedger(t.handles.Coop, now)
	t.fund = fund.New(t.handles.Coop, now)
	t.households = homes.NewHouseholds(t.handles.Coop, t.sealer.Derive, now)
	t.places = place.NewPlaces(t.handles.Coop, now)
	t.departures = departure.NewDepartures(t.handles.Coop, now)
	t.erasures = erasure.New(t.handles.Coop, now, session.NewForgetting(t.handles.Account, now).Forget)
	t.listings = exchange.NewListings(t.handles.Coop, now)
	t.searches = exchange.NewSearches(t.handles.Coop, now)
	t.agreements = exchange.NewAgreements(t.handles.Coop, now)
	t.workshops = exchange.NewWorkshops(t.handles.Coop, now)
	t.leaves = cheque.NewLeaves(t.handles.Coop, t.sealer.Derive, now)
	t.passports = passport.NewPassports(t.handles.Coop, t.sealer.Derive, now)
	t.booklets = cheque.NewBooklets(t.handles.Coop, t.sealer.Derive, now)
	t.talks = exchange.NewTalks(t.handles.Coop, now)
	t.visits = visit.NewVisits(t.handles.Coop, now)
	t.events = event.NewEvents(t.handles.Coop, now, t.sealer.Derive)
	t.boards = board.NewBoards(t.handles.Coop, now)
	t.troubles = problem.NewProblems(t.handles.Coop, now)
	t.desk = desk.New(t.handles.Coop, t.sealer.Derive, now)
	t.posters = poster.New(t.handles.Coop, t.sealer.Derive, now)
	t.nets = safetynet.NewNets(t.handles.Coop, now)
	t.calls = welcome.NewCalls(t.handles.Coop, now)
	t.buddies = welcome.NewBuddies(t.handles.Coop, now)
	t.directory = neighbour.NewDirectory(t.handles.Coop, now)
	t.blocks = neighbour.NewBlocks(t.handles.Coop, now, t.agreements.Part)
	t.resources = sharing.NewResources(t.handles.Coop, now)
	t.bookings = sharing.NewBookings(t.handles.Coop, now)
	t.loans = sharing.NewLoans(t.handles.Coop, now)
	t.votes = assembly.NewVotes(t.handles.Coop, now, assembly.Box{Seal: t.sealer.Seal, Open: t.sealer.Open})
	t.minutes = assembly.NewMinutes(t.handles.Coop, now, assemblyweb.MinutesInWords(t.languages))
	t.assemblies = assembly.NewAssemblies(t.handles.Coop, now, t.sealer.Derive)
	t.blocks = neighbour.NewBlocks(t.handles.Coop, now, t.agreements.Part, t.buddies.Part, t.assemblies.Part)
	t.inbox = inbox.New(t.handles.Coop, now)
	t.imports = importing.NewImports(t.handles.Coop, now)
}

// task is something that will happen. Tasks of one moment keep their order.
type task struct {
	at time.Time
	n  int
	do func(context.Context) error
}

type tasks []task

func (q tasks) Len() int { return len(q) }
func (q tasks) Less(i, j int) bool {
	return q[i].at.Before(q[j].at) || q[i].at.Equal(q[j].at) && q[i].n < q[j].n
}
func (q tasks) Swap(i, j int) { q[i], q[j] = q[j], q[i] }
func (q *tasks) Push(x any)   { *q = append(*q, x.(task)) }
func (q *tasks) Pop() any {
	old := *q
	last := old[len(old)-1]
	*q = old[:len(old)-1]
	return last
}

// later lets something happen, if the story gets that far.
func (t *teller) later(at time.Time, do func(context.Context) error) {
	t.await(at, t.dice.IntN(1<<30), do)
}

// await is later with a place among the tasks of one moment.
func (t *teller) await(at time.Time, n int, do func(context.Context) error) {
	if at.Before(t.clock) {
		at = t.clock
	}
	heap.Push(&t.ahead, task{at: at, n: n, do: do})
}

// live lets everything happen in its order, until now.
func (t *teller) live(ctx context.Context) error {
	month := t.clock.Month()
	for done, look := 0, 100; t.ahead.Len() > 0; done++ {
		if done == look {
			look *= 3
			if err := t.count(ctx); err != nil {
				return err
			}
		}
		next := heap.Pop(&t.ahead).(task)
		if next.at.After(t.until) {
			break
		}
		t.clock = next.at
		if err := unlessRefused(next.do(ctx)); err != nil {
			return fmt.Errorf("on %s: %w", t.clock.Format(time.DateTime), err)
		}
		if m := t.clock.In(t.zone).Month(); m != month {
			month = m
			fmt.Fprintf(t.out, "  %s %d: %d members\n", m, t.clock.Year(), len(t.residents))
		}
	}
	t.clock = t.until
	return nil
}

// count lets PostgreSQL look at how much there is by now. It plans by what it last saw,
// and a year told in seconds is over before it looks by itself.
func (t *teller) count(ctx context.Context) error {
	_, err := t.handles.Owner.ExecContext(ctx, "ANALYZE")
	return err
}

// unlessRefused forgives what a rule refuses: neighbours, too, sometimes ask for what is
// not possible, or of somebody who is away or does not see them.
func unlessRefused(err error) error {
	var invalid *rule.Invalid
	if errors.As(err, &invalid) || errors.Is(err, rule.ErrNotFound) || errors.Is(err, rule.ErrMoved) || errors.Is(err, rule.ErrForbidden) {
		return nil
	}
	return err
}

// key is a client's key of the story.
func (t *teller) key() uuid.UUID {
	var id uuid.UUID
	for n := range id {
		id[n] = byte(t.dice.UintN(256))
	}
	id[6], id[8] = id[6]&0x0f|0x40, id[8]&0x3f|0x80
	return id
}

// within is a moment up to so long from now, at an hour when people are awake.
func (t *teller) within(most time.Duration) time.Time {
	return t.awake(t.clock.Add(time.Duration(t.dice.Int64N(int64(most)))))
}

// awake is the moment, or one at a decent hour of the same day.
func (t *teller) awake(at time.Time) time.Time {
	at = at.In(t.zone)
	if at.Hour() < 8 || at.Hour() > 20 {
		at = time.Date(at.Year(), at.Month(), at.Day(), 8+t.dice.IntN(12), t.dice.IntN(60), 0, 0, t.zone)
	}
	return at
}

// on is a moment of a day of the story.
func (t *teller) on(day, hour, minute int) time.Time {
	d := t.from.AddDate(0, 0, day)
	return time.Date(d.Year(), d.Month(), d.Day(), hour, minute, 0, 0, t.zone)
}

func (t *teller) chance(percent int) bool { return t.dice.IntN(100) < percent }

// somebody is a member other than those named; the cast is busier than the others.
func (t *teller) somebody(but ...*resident) *resident {
	for {
		r := t.residents[t.dice.IntN(len(t.residents))]
		if t.chance(15) {
			r = t.residents[t.dice.IntN(min(len(cast), len(t.residents)))]
		}
		found := false
		for _, b := range but {
			found = found || b == r
		}
		if !found {
			return r
		}
	}
}

// pick takes one of several.
func pick[T any](t *teller, from []T) T { return from[t.dice.IntN(len(from))] }
