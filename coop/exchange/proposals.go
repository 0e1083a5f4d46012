package exchange

import (
	"context"
	"database/sql"
	"errors"
	"slices"
	"time"

	"github.com/google/uuid"
	"github.com/uptrace/bun"

	"lien/coop"
	"lien/coop/inbox"
	"lien/rule"
)

// farthest is how far ahead two people plan.
const farthest = 365 * day

// Proposal is what the form of a new agreement holds. About may stay empty: then it is
// the listing's title.
type Proposal struct {
	Key       uuid.UUID
	Listing   coop.ListingID
	About     string
	Language  string
	PlannedAt time.Time
	Minutes   int64
	Meeting   Meeting
}

// check returns the proposal as it is kept, or what is wrong with it.
func (p Proposal) check(now time.Time) (_ Proposal, err error) {
	if p.About, err = rule.Line("about", p.About, 0, 120); err != nil {
		return p, err
	}
	if p.Language, err = rule.Line("language", p.Language, 2, 12); err != nil {
		return p, err
	}
	switch {
	case p.PlannedAt.IsZero():
		return p, rule.Broken("when", "agreement.when_missing")
	case p.PlannedAt.Before(now):
		return p, rule.Broken("when", "agreement.when_past")
	case p.PlannedAt.After(now.Add(farthest)):
		return p, rule.Broken("when", "agreement.when_far")
	case !slices.Contains(Meetings(), p.Meeting):
		return p, rule.Broken("meeting", "rule.choose")
	}
	return p, nil
}

// Propose answers a listing that is visible to the actor: an offer's owner would help the
// actor, a request's owner would be helped. Both must be active members. Sending the same
// key again returns the first agreement.
func (a *Agreements) Propose(ctx context.Context, actor coop.Actor, p Proposal) (id coop.AgreementID, err error) {
	now := a.now()
	err = a.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		err := tx.NewRaw(`SELECT id FROM coop.agreements
WHERE cooperative_id = ? AND proposed_by = ? AND client_key = ?`, actor.Cooperative, actor.Member, p.Key).Scan(ctx, &id)
		if !errors.Is(err, sql.ErrNoRows) {
			return err
		}
		if err := mustBeActive(ctx, tx, actor); err != nil {
			return err
		}
		if p, err = p.check(now); err != nil {
			return err
		}
		limits, err := a.ledger.Limits(ctx, tx, actor.Cooperative)
		if err != nil {
			return err
		}
		if err := limits.CheckAct("minutes", p.Minutes); err != nil {
			return err
		}
		listing, err := NewListings(tx, a.now).One(ctx, actor, p.Listing)
		if err != nil {
			return err
		}
		if id, err = a.begin(ctx, tx, actor, listing, p, now); err != nil {
			return err
		}
		return inbox.Tell(ctx, tx, inbox.Item{
			Cooperative: actor.Cooperative, Member: listing.Owner.ID, Kind: "agreement_proposed", Subject: id.UUID,
			Once: "agreement:" + id.String() + ":proposed", At: now, By: actor.Member, Title: listing.Title, When: p.PlannedAt,
		})
	})
	return id, err
}

// begin writes the agreement and its first event.
func (a *Agreements) begin(ctx context.Context, tx bun.Tx, actor coop.Actor, listing Listing, p Proposal, now time.Time) (id coop.AgreementID, err error) {
	if listing.Owner.ID == actor.Member {
		return id, rule.ErrForbidden
	}
	giver, receiver := listing.Owner.ID, actor.Member
	if listing.Kind == Request {
		giver, receiver = receiver, giver
	}
	if p.About == "" {
		p.About, p.Language = listing.Title, listing.Language
	}
	if err := a.ledger.Apart(ctx, tx, actor.Cooperative, "minutes", giver, receiver); err != nil {
		return id, err
	}
	t, _ := find(ToPropose, None)
	id = rule.NewID[coop.AgreementID]()
	var fresh bool
	err = tx.NewRaw(`WITH g AS (
  INSERT INTO coop.agreements (cooperative_id, id, listing_id, giver_id, receiver_id, proposed_by, state, about, language,
    planned_at, minutes_planned, meeting, steps, client_key, created_at, state_since, deadline_at)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1, ?, ?, ?, ?)
  ON CONFLICT (cooperative_id, proposed_by, client_key) DO NOTHING
  RETURNING cooperative_id, id
)
INSERT INTO coop.agreement_events (cooperative_id, agreement_id, n, step, from_state, to_state, by_member_id, minutes, words, at)
SELECT cooperative_id, id, 1, ?, ?, ?, ?, ?, '', ? FROM g
RETURNING true`,
		actor.Cooperative, id, listing.ID, giver, receiver, actor.Member, t.To, p.About, p.Language,
		p.PlannedAt, p.Minutes, p.Meeting, p.Key, now, now, t.deadline(Agreement{PlannedAt: p.PlannedAt, Planned: p.Minutes}, now),
		t.Step, t.From, t.To, actor.Member, p.Minutes, now).Scan(ctx, &fresh)
	if errors.Is(err, sql.ErrNoRows) { // sent twice at once: the other one was first
		err = tx.NewRaw(`SELECT id FROM coop.agreements
WHERE cooperative_id = ? AND proposed_by = ? AND client_key = ?`, actor.Cooperative, actor.Member, p.Key).Scan(ctx, &id)
	}
	return id, err
}
