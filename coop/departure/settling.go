package departure

import (
	"context"

	"github.com/uptrace/bun"

	"lien/coop"
	"lien/coop/assembly"
	"lien/coop/event"
	"lien/coop/exchange"
	"lien/coop/fund"
	"lien/coop/household"
	"lien/coop/sharing"
)

// settling is one sort of thing to settle: how many there are, and how leaving ends them.
// Without an end, people have to. Count is asked with the cooperative as ?0, the member as
// ?1 and the moment as ?2.
type settling struct {
	kind  string
	count string
	href  string
	end   func(context.Context, bun.Tx, coop.Actor) error
}

// settlings are all of them, in the order in which leaving calls them off; the hours are
// counted after the last. A new capability that leaves something open adds its line here.
func (d *Departures) settlings() []settling {
	return []settling{
		{
			kind: "workshops", href: "/listings/mine", end: d.callOffWorkshops, // before the agreements that are their seats
			count: `SELECT count(*) FROM coop.workshops w JOIN coop.listings l ON l.cooperative_id = w.cooperative_id AND l.id = w.listing_id
				WHERE w.cooperative_id = ?0 AND w.cancelled_at IS NULL AND w.marked_at IS NULL AND w.starts_at > ?2
				  AND (l.member_id = ?1 OR EXISTS (SELECT FROM coop.workshop_turns t
				    WHERE t.cooperative_id = w.cooperative_id AND t.listing_id = w.listing_id AND t.member_id = ?1 AND t.agreement_id IS NULL AND t.left_at IS NULL))`,
		},
		{
			kind: "agreements", href: "/agreements", end: d.callOff,
			count: `SELECT count(*) FROM coop.agreements WHERE cooperative_id = ?0 AND ?1 IN (giver_id, receiver_id) AND state IN ('proposed', 'agreed')`,
		},
		{
			kind: "claims", href: "/agreements",
			count: `SELECT count(*) FROM coop.agreements WHERE cooperative_id = ?0 AND ?1 IN (giver_id, receiver_id) AND state IN ('done_claimed', 'disputed')`,
		},
		{
			kind: "cheques", href: "/cheques",
			count: `SELECT count(*) FROM coop.cheque_leaves WHERE cooperative_id = ?0 AND ?1 IN (drawer_id, bearer_id) AND state IN ('presented', 'disputed')`,
		},
		{
			kind: "places", href: "/events", end: d.giveUp,
			count: `SELECT count(*) FROM coop.registrations r JOIN coop.events e ON e.cooperative_id = r.cooperative_id AND e.id = r.event_id
				WHERE r.cooperative_id = ?0 AND r.member_id = ?1 AND r.answer IN ('coming', 'maybe', 'waiting', 'offered') AND e.state = 'on' AND e.ends_at > ?2`,
		},
		{
			kind: "shifts", href: "/shifts", end: d.giveBack,
			count: `SELECT count(*) FROM coop.shift_hands h JOIN coop.shifts s ON s.cooperative_id = h.cooperative_id AND s.id = h.shift_id AND s.closed_at IS NULL
				JOIN coop.events e ON e.cooperative_id = s.cooperative_id AND e.id = s.event_id AND e.state = 'on'
				WHERE h.cooperative_id = ?0 AND h.member_id = ?1 AND h.state <> 'off' AND s.starts_at > ?2`,
		},
		{
			kind: "events", href: "/events",
			count: `SELECT count(*) FROM coop.events WHERE cooperative_id = ?0 AND organiser_id = ?1 AND state = 'on' AND ends_at > ?2`,
		},
		{
			kind: "bookings", href: "/resources/mine", end: d.cancelBookings,
			count: `SELECT count(*) FROM coop.bookings WHERE cooperative_id = ?0 AND member_id = ?1 AND state = 'booked' AND ends_at > ?2`,
		},
		{
			kind: "loans", href: "/resources/mine",
			count: `SELECT count(*) FROM coop.loans WHERE cooperative_id = ?0 AND member_id = ?1 AND state IN ('asked', 'held', 'out')`,
		},
		{
			kind: "proxies", href: "/assemblies", end: d.releaseVotes,
			count: `SELECT count(*) FROM coop.proxies p JOIN coop.assemblies a ON a.cooperative_id = p.cooperative_id AND a.id = p.assembly_id AND a.state = 'convened'
				WHERE p.cooperative_id = ?0 AND ?1 IN (p.giver_id, p.holder_id) AND p.state IN ('offered', 'accepted')`,
		},
		{
			kind: "draws", href: "/fund", end: d.callOffDraws,
			count: `SELECT count(*) FROM coop.fund_draws WHERE cooperative_id = ?0 AND member_id = ?1 AND state IN ('asked', 'offered')`,
		},
		{
			kind: "listings", href: "/listings/mine", end: d.closeListings,
			count: `SELECT count(*) FROM coop.listings WHERE cooperative_id = ?0 AND member_id = ?1 AND state <> 'closed'`,
		},
		{
			kind: "household", href: "/household", end: d.leaveHome,
			count: `SELECT count(*) FROM coop.household_members WHERE cooperative_id = ?0 AND member_id = ?1 AND until_at IS NULL`,
		},
		{
			kind: "parting", href: "/household",
			count: `SELECT count(*) FROM coop.partings WHERE cooperative_id = ?0 AND member_id = ?1 AND settled_at IS NULL`,
		},
		{
			kind: "roles", href: "/me", end: nothing, // they end with the step itself
			count: `SELECT count(*) FROM coop.member_roles WHERE cooperative_id = ?0 AND member_id = ?1 AND until_at IS NULL`,
		},
	}
}

func nothing(context.Context, bun.Tx, coop.Actor) error { return nil }

func (d *Departures) callOff(ctx context.Context, tx bun.Tx, actor coop.Actor) error {
	return exchange.NewAgreements(tx, d.now).CallOff(ctx, tx, actor)
}

func (d *Departures) callOffWorkshops(ctx context.Context, tx bun.Tx, actor coop.Actor) error {
	return exchange.NewWorkshops(tx, d.now).CallOff(ctx, tx, actor)
}

func (d *Departures) releaseVotes(ctx context.Context, tx bun.Tx, actor coop.Actor) error {
	return assembly.NewAssemblies(tx, d.now, nil).Release(ctx, tx, actor)
}

func (d *Departures) callOffDraws(ctx context.Context, tx bun.Tx, actor coop.Actor) error {
	return fund.New(tx, d.now).CallOff(ctx, tx, actor)
}

// giveUp frees the places that the member has at what is still to come, so that others are
// offered them.
func (d *Departures) giveUp(ctx context.Context, tx bun.Tx, actor coop.Actor) error {
	var taken []struct{ ID coop.EventID }
	err := tx.NewRaw(`SELECT e.id FROM coop.registrations r JOIN coop.events e ON e.cooperative_id = r.cooperative_id AND e.id = r.event_id
		WHERE r.cooperative_id = ? AND r.member_id = ? AND r.answer IN ('coming', 'maybe', 'waiting', 'offered') AND e.state = 'on' AND e.ends_at > ?
		ORDER BY e.id`, actor.Cooperative, actor.Member, d.now()).Scan(ctx, &taken)
	events := event.NewEvents(tx, d.now, nil)
	for _, e := range taken { // a few at most: each passes its place on
		if err == nil {
			err = events.Withdraw(ctx, actor, e.ID)
		}
	}
	return err
}

// giveBack gives the shifts to come back, so that their organisers know.
func (d *Departures) giveBack(ctx context.Context, tx bun.Tx, actor coop.Actor) error {
	return event.NewEvents(tx, d.now, nil).GiveAllBack(ctx, actor)
}

func (d *Departures) cancelBookings(ctx context.Context, tx bun.Tx, actor coop.Actor) error {
	var booked []struct{ ID coop.BookingID }
	err := tx.NewRaw(`SELECT id FROM coop.bookings WHERE cooperative_id = ? AND member_id = ? AND state = 'booked' AND ends_at > ? ORDER BY id`,
		actor.Cooperative, actor.Member, d.now()).Scan(ctx, &booked)
	bookings := sharing.NewBookings(tx, d.now)
	for _, b := range booked { // a few at most
		if err == nil {
			err = bookings.Cancel(ctx, actor, b.ID)
		}
	}
	return err
}

func (d *Departures) closeListings(ctx context.Context, tx bun.Tx, actor coop.Actor) error {
	_, err := tx.NewRaw(`UPDATE coop.listings SET state = 'closed' WHERE cooperative_id = ? AND member_id = ? AND state <> 'closed'`,
		actor.Cooperative, actor.Member).Exec(ctx)
	return err
}

func (d *Departures) leaveHome(ctx context.Context, tx bun.Tx, actor coop.Actor) error {
	return household.NewHouseholds(tx, nil, d.now).Leave(ctx, actor)
}
