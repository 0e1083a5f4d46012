package exchange

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"github.com/google/uuid"
	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect/pgdialect"

	"lien/coop"
	"lien/rule"
)

// Propose answers a listing that is visible to the actor: an offer's owner would help the
// actor, a request's owner would be helped. Without a listing it goes to a neighbour whom
// the actor may reach. Both must be active members, and only so many proposals wait at
// once. Sending the same key again returns the first agreement.
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
		g, err := a.draw(ctx, tx, actor, p, now)
		if err != nil {
			return err
		}
		if err := unflooded(ctx, tx, actor, g); err != nil {
			return err
		}
		id, err = a.begin(ctx, tx, actor, g, p.Key, now)
		return err
	})
	return id, err
}

// draw is the agreement that a checked proposal would begin: between whom, and about what.
func (a *Agreements) draw(ctx context.Context, tx bun.Tx, actor coop.Actor, p Proposal, now time.Time) (g Agreement, err error) {
	g = Agreement{
		ProposedBy: actor.Member, Category: p.Category, About: p.About, Language: p.Language, Bring: p.Bring,
		PlannedAt: p.PlannedAt, Planned: p.Minutes, Meeting: p.Meeting, CreatedAt: now, StateSince: now,
	}
	other, giving := p.With, p.Giving
	if p.answers() {
		listing, err := NewListings(tx, a.now).One(ctx, actor, p.Listing)
		if err != nil {
			return g, err
		}
		if listing.Several() {
			return g, rule.ErrForbidden // one takes a seat in it
		}
		if g.Listing, g.Category = listing.ID, listing.Category; g.About == "" {
			g.About, g.Language = listing.Title, listing.Language
		}
		other, giving = listing.Owner.ID, listing.Kind == Request
	} else if _, err := a.Neighbour(ctx, actor, other); err != nil {
		return g, err
	}
	if other == actor.Member {
		return g, rule.ErrForbidden
	}
	if g.Giver.ID, g.Receiver.ID = other, actor.Member; giving {
		g.Giver.ID, g.Receiver.ID = actor.Member, other
	}
	return g, a.ledger.Apart(ctx, tx, actor.Cooperative, "minutes", g.Giver.ID, g.Receiver.ID)
}

// unflooded refuses one more proposal when too many of the actor's wait for an answer. The
// actor's own row is locked, so that two devices count one after the other.
func unflooded(ctx context.Context, tx bun.Tx, actor coop.Actor, g Agreement) error {
	var n struct{ Open, ToThem int }
	_, err := tx.NewRaw(`SELECT FROM coop.members WHERE cooperative_id = ? AND id = ? FOR NO KEY UPDATE`, actor.Cooperative, actor.Member).Exec(ctx)
	if err != nil {
		return err
	}
	err = tx.NewRaw(`SELECT count(*) AS open, count(*) FILTER (WHERE ? IN (giver_id, receiver_id)) AS to_them
FROM coop.agreements
WHERE cooperative_id = ? AND proposed_by = ? AND state = 'proposed'`, g.Other(actor.Member).ID, actor.Cooperative, actor.Member).Scan(ctx, &n)
	switch {
	case err != nil:
		return err
	case n.ToThem >= openToOne:
		return rule.Broken("key", "agreement.waiting_for_them", "most", openToOne)
	case n.Open >= openProposals:
		return rule.Broken("key", "agreement.waiting_for_all", "most", openProposals)
	}
	return nil
}

// begin writes the agreement and its first event, and tells who was asked.
func (a *Agreements) begin(ctx context.Context, tx bun.Tx, actor coop.Actor, g Agreement, key uuid.UUID, now time.Time) (id coop.AgreementID, err error) {
	g, fresh, err := enter(ctx, tx, actor, g, key, now)
	if err != nil || !fresh {
		return g.ID, err
	}
	return g.ID, follow(ctx, tx, actor, Agreement{}, g, ToPropose, now)
}

// enter writes the agreement and its first event. It is not fresh when the key was sent
// before: then it has the first one's id.
func enter(ctx context.Context, tx bun.Tx, actor coop.Actor, g Agreement, key uuid.UUID, now time.Time) (_ Agreement, fresh bool, err error) {
	t, _ := find(ToPropose, None)
	g.ID, g.State, g.Steps = rule.NewID[coop.AgreementID](), t.To, 1
	err = tx.NewRaw(`WITH g AS (
  INSERT INTO coop.agreements (cooperative_id, id, listing_id, giver_id, receiver_id, proposed_by, offered_by, state, category, about, language,
    planned_at, minutes_planned, meeting, bring, steps, client_key, created_at, state_since, deadline_at, called, call_at)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1, ?, ?, ?, ?, 0, ?)
  ON CONFLICT (cooperative_id, proposed_by, client_key) DO NOTHING
  RETURNING cooperative_id, id
)
INSERT INTO coop.agreement_events (cooperative_id, agreement_id, n, step, from_state, to_state, by_member_id, minutes, words,
  channel, witness_id, planned_at, meeting, at)
SELECT cooperative_id, id, 1, ?, ?, ?, ?, ?, '', ?, ?, ?, ?, ? FROM g
RETURNING true`,
		actor.Cooperative, g.ID, rule.OrNone(g.Listing), g.Giver.ID, g.Receiver.ID, actor.Member, actor.Member, t.To, g.Category, g.About, g.Language,
		g.PlannedAt, g.Planned, g.Meeting, pgdialect.Array(texts(g.Bring)), key, now, now, t.deadline(g, now), bun.NullZero(g.callAt(0)),
		t.Step, t.From, t.To, actor.Member, g.Planned, actor.Channel, rule.OrNone(actor.Witness), g.PlannedAt, g.Meeting, now).Scan(ctx, &fresh)
	if errors.Is(err, sql.ErrNoRows) { // sent twice at once: the other one was first
		err = tx.NewRaw(`SELECT id FROM coop.agreements
WHERE cooperative_id = ? AND proposed_by = ? AND client_key = ?`, actor.Cooperative, actor.Member, key).Scan(ctx, &g.ID)
	}
	return g, fresh, err
}

func texts(things []Thing) []string {
	out := make([]string, len(things))
	for n, t := range things {
		out[n] = string(t)
	}
	return out
}
