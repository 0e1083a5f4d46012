package desk

import (
	"context"

	"github.com/google/uuid"
	"github.com/uptrace/bun"

	"lien/coop"
	"lien/coop/cheque"
	"lien/coop/event"
	"lien/coop/exchange"
	"lien/coop/hours"
	"lien/coop/membership"
	"lien/rule"
)

// hands do an act inside the journal's transaction, as the member and nobody else.
type hands struct {
	*Desk
	tx  bun.Tx
	who coop.Actor
}

func (h hands) listings() *exchange.Listings     { return exchange.NewListings(h.tx, h.now) }
func (h hands) agreements() *exchange.Agreements { return exchange.NewAgreements(h.tx, h.now) }
func (h hands) workshops() *exchange.Workshops   { return exchange.NewWorkshops(h.tx, h.now) }
func (h hands) events() *event.Events            { return event.NewEvents(h.tx, h.now, event.Derive(h.derive)) }
func (h hands) members() *membership.Members     { return membership.NewMembers(h.tx, h.now) }
func (h hands) charters() *membership.Charters   { return membership.NewCharters(h.tx, h.now) }
func (h hands) leaves() *cheque.Leaves {
	return cheque.NewLeaves(h.tx, cheque.Derive(h.derive), h.now)
}
func (h hands) ledger() *hours.Ledger { return hours.NewLedger(h.tx, h.now) }

// deed is what an act did: on what, for how long, and what was there before.
type deed struct {
	subject uuid.UUID
	minutes int64
	before  string
}

// deeds do the acts, each by the one method that the member's own pages call.
var deeds = map[Kind]func(context.Context, hands, Wish) (deed, error){
	Publish: func(ctx context.Context, h hands, w Wish) (deed, error) {
		w.Listing.Key = w.Key
		id, err := h.listings().Publish(ctx, h.who, w.Listing)
		return deed{subject: id.UUID}, err
	},
	Renew: func(ctx context.Context, h hands, w Wish) (deed, error) {
		return deed{subject: w.Subject}, h.listings().Renew(ctx, h.who, coop.ListingID{UUID: w.Subject})
	},
	Close: func(ctx context.Context, h hands, w Wish) (deed, error) {
		return deed{subject: w.Subject}, h.listings().Close(ctx, h.who, coop.ListingID{UUID: w.Subject})
	},
	Propose: func(ctx context.Context, h hands, w Wish) (deed, error) {
		w.Proposal.Key, w.Proposal.Listing = w.Key, coop.ListingID{UUID: w.Subject}
		id, err := h.agreements().Propose(ctx, h.who, w.Proposal)
		return deed{subject: id.UUID, minutes: w.Proposal.Minutes}, err
	},
	Agree:   step((*exchange.Agreements).Agree),
	Decline: step((*exchange.Agreements).Decline),
	Cancel:  step((*exchange.Agreements).Cancel),
	Claim:   timed((*exchange.Agreements).Claim),
	Confirm: timed((*exchange.Agreements).Confirm),
	Give: func(ctx context.Context, h hands, w Wish) (deed, error) {
		r, err := h.ledger().Gift(ctx, h.who, hours.Gift{Key: w.Key, To: w.To, Minutes: w.Minutes})
		return deed{subject: r.Transfer.UUID, minutes: r.Minutes}, err
	},
	Come: func(ctx context.Context, h hands, w Wish) (deed, error) {
		_, err := h.events().Register(ctx, h.who, coop.EventID{UUID: w.Subject}, w.Guests)
		return deed{subject: w.Subject}, err
	},
	StayAway: func(ctx context.Context, h hands, w Wish) (deed, error) {
		return deed{subject: w.Subject}, h.events().Withdraw(ctx, h.who, coop.EventID{UUID: w.Subject})
	},
	Speak: func(ctx context.Context, h hands, w Wish) (deed, error) {
		member, err := h.members().Of(ctx, h.who.Cooperative, h.who.Member)
		if err != nil {
			return deed{}, err
		}
		return deed{before: member.Language}, h.members().Speak(ctx, h.who, w.Language)
	},
	Rest: func(ctx context.Context, h hands, w Wish) (deed, error) {
		w.Resting.Key = w.Key
		if err := h.members().Rest(ctx, h.who, w.Resting); err != nil {
			return deed{}, err
		}
		pause, _, err := h.members().Pausing(ctx, h.who, h.who.Member)
		return deed{subject: pause.ID.UUID}, err
	},
	Accept: func(ctx context.Context, h hands, w Wish) (deed, error) {
		return deed{}, h.charters().Accept(ctx, h.who, w.Version, w.Language)
	},
	Redeem: func(ctx context.Context, h hands, w Wish) (deed, error) { return h.redeem(ctx, w) },
	Join: func(ctx context.Context, h hands, w Wish) (deed, error) {
		return deed{subject: w.Subject}, h.workshops().Join(ctx, h.who, coop.ListingID{UUID: w.Subject}, w.Shown)
	},
	Leave: func(ctx context.Context, h hands, w Wish) (deed, error) {
		return deed{subject: w.Subject}, h.workshops().Leave(ctx, h.who, coop.ListingID{UUID: w.Subject})
	},
}

// redeem settles a leaf that the member brings: the facilitator has the signed paper before
// them. A leaf that the member brought by phone before waits for just that. What it pays is
// asked back through its transfer.
func (h hands) redeem(ctx context.Context, w Wish) (deed, error) {
	before, err := h.leaves().Look(ctx, h.who, w.Code)
	if err != nil {
		return deed{}, err
	}
	seer := coop.Actor{Cooperative: h.who.Cooperative, Member: h.who.Witness}
	var paid cheque.Leaf
	switch before.State {
	case cheque.Blank:
		bearer, err := h.members().Of(ctx, h.who.Cooperative, h.who.Member)
		if err != nil {
			return deed{}, err
		}
		if paid, err = h.leaves().Honour(ctx, seer, bearer.Number, w.Code, w.Brought); err != nil {
			return deed{}, err
		}
	case cheque.Presented:
		if paid, err = h.leaves().Witness(ctx, seer, before.ID, before.Steps); err != nil {
			return deed{}, err
		}
	case cheque.Paid:
		return deed{}, rule.Broken("code", "cheque.used")
	default:
		return deed{}, rule.Broken("code", "cheque.waiting")
	}
	var transfer uuid.UUID
	err = h.tx.NewRaw(`SELECT transfer_id FROM coop.cheque_leaves WHERE cooperative_id = ? AND id = ?`, h.who.Cooperative, paid.ID).Scan(ctx, &transfer)
	return deed{subject: transfer, minutes: paid.Paid}, err
}

func step(take func(*exchange.Agreements, context.Context, coop.Actor, coop.AgreementID, int) (exchange.Agreement, error)) func(context.Context, hands, Wish) (deed, error) {
	return func(ctx context.Context, h hands, w Wish) (deed, error) {
		_, err := take(h.agreements(), ctx, h.who, coop.AgreementID{UUID: w.Subject}, w.Seen)
		return deed{subject: w.Subject}, err
	}
}

func timed(take func(*exchange.Agreements, context.Context, coop.Actor, coop.AgreementID, int, int64) (exchange.Agreement, error)) func(context.Context, hands, Wish) (deed, error) {
	return func(ctx context.Context, h hands, w Wish) (deed, error) {
		_, err := take(h.agreements(), ctx, h.who, coop.AgreementID{UUID: w.Subject}, w.Seen, w.Minutes)
		return deed{subject: w.Subject, minutes: w.Minutes}, err
	}
}

// other is who else has a part in the act, zero when nobody has. An agreement is reached
// by its own two people only.
func (h hands) other(ctx context.Context, w Wish) (coop.MemberID, error) {
	switch w.Kind {
	case Propose:
		listing, err := h.listings().One(ctx, h.who, coop.ListingID{UUID: w.Subject})
		return listing.Owner.ID, err
	case Agree, Decline, Cancel, Claim, Confirm:
		agreement, err := h.agreements().One(ctx, h.who, coop.AgreementID{UUID: w.Subject})
		if err == nil && !agreement.Party(h.who.Member) {
			err = rule.ErrNotFound
		}
		return agreement.Other(h.who.Member).ID, err
	case Join, Leave:
		shop, err := h.workshops().One(ctx, h.who, coop.ListingID{UUID: w.Subject})
		return shop.Listing.Owner.ID, err
	case Give:
		return w.To, nil
	case Redeem:
		leaf, err := h.leaves().Look(ctx, h.who, w.Code)
		return leaf.Drawer.ID, err
	}
	return coop.MemberID{}, nil
}
