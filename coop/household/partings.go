package household

import (
	"context"
	"errors"
	"strconv"

	"github.com/uptrace/bun"

	"lien/coop"
	"lien/rule"
)

// Name proposes a figure: so many minutes go with who parts, the rest stays. It counts as
// the actor's signature; seen is how many figures the page knew of. What everybody signed
// is divided at once.
func (h *Households) Name(ctx context.Context, actor coop.Actor, id coop.PartingID, seen int, minutes int64) error {
	return h.parting(ctx, actor, id, func(ctx context.Context, tx bun.Tx, p Parting) error {
		if p.N > seen && p.Minutes == minutes && p.Mine(actor.Member) {
			return nil // the same figure, sent twice
		}
		if p.N != seen {
			return rule.ErrMoved
		}
		if err := p.check(minutes); err != nil {
			return err
		}
		p.N, p.Minutes = p.N+1, minutes
		_, err := tx.NewRaw(`UPDATE coop.partings SET n = ?, minutes = ? WHERE cooperative_id = ? AND id = ?`,
			p.N, p.Minutes, actor.Cooperative, id).Exec(ctx)
		if err != nil {
			return err
		}
		return h.sign(ctx, tx, actor, p)
	})
}

// Sign agrees to the last figure that was named, which must be the one the page showed.
func (h *Households) Sign(ctx context.Context, actor coop.Actor, id coop.PartingID, seen int) error {
	return h.parting(ctx, actor, id, func(ctx context.Context, tx bun.Tx, p Parting) error {
		switch {
		case p.N != seen || p.N == 0:
			return rule.ErrMoved
		case p.Mine(actor.Member):
			return nil
		case p.check(p.Minutes) != nil: // the account has moved since the figure was named
			return rule.Broken("minutes", "household.share_range")
		}
		return h.sign(ctx, tx, actor, p)
	})
}

func (h *Households) sign(ctx context.Context, tx bun.Tx, actor coop.Actor, p Parting) error {
	now := h.now()
	_, err := tx.NewRaw(`
		INSERT INTO coop.parting_signatures (cooperative_id, parting_id, n, member_id, minutes, channel, witness_id, at)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
		actor.Cooperative, p.ID, p.N, actor.Member, p.Minutes, actor.Channel, rule.OrNone(actor.Witness), now).Exec(ctx)
	if err != nil {
		return err
	}
	fresh, err := h.one(ctx, tx, actor.Cooperative, p.ID)
	if err != nil {
		return err
	}
	if fresh.signed() {
		return h.divide(ctx, tx, actor, fresh, settlement{step: Divided})
	}
	var others []coop.MemberID
	for _, c := range fresh.Signed {
		others = append(others, c.Member)
	}
	return tell(ctx, tx, actor, "parting_figure", p.ID.UUID, strconv.Itoa(p.N)+":"+actor.Member.String(), now, others)
}

// settlement is how a parting ends: by everybody's signature, or by a facilitator's word.
type settlement struct {
	step   Step
	by     coop.MemberID
	reason string
}

// divide passes the figure to who parts. When only one person is left with a claim, the
// rest is theirs, and the shared account stays empty.
func (h *Households) divide(ctx context.Context, tx bun.Tx, actor coop.Actor, p Parting, s settlement) error {
	var everybody []coop.MemberID
	for _, c := range p.Signed {
		everybody = append(everybody, c.Member)
	}
	if err := h.ledger.Hold(ctx, tx, actor.Cooperative, p.Household, everybody); err != nil {
		return err
	}
	if err := h.ledger.Divide(ctx, tx, h.of(actor, p.Household, p.Member), p.Minutes); err != nil {
		return err
	}
	if err := h.close(ctx, tx, actor, p, s); err != nil {
		return err
	}
	if err := h.rest(ctx, tx, actor, p, s); err != nil {
		return err
	}
	return tell(ctx, tx, actor, "parting_settled", p.Household.UUID, p.ID.String(), h.now(), everybody)
}

// close writes a parting's end, and lets the others see it from now on.
func (h *Households) close(ctx context.Context, tx bun.Tx, actor coop.Actor, p Parting, s settlement) error {
	now := h.now()
	_, err := tx.NewRaw(`
		WITH told AS (
		  UPDATE coop.household_members SET untold = false
		  WHERE cooperative_id = ?0 AND household_id = ?1 AND member_id = ?2 AND untold
		)
		UPDATE coop.partings SET settled_at = ?3, settled_by = ?4, reason = ?5, minutes = ?6
		WHERE cooperative_id = ?0 AND id = ?7`,
		actor.Cooperative, p.Household, p.Member, now, rule.OrNone(s.by), s.reason, p.Minutes, p.ID).Exec(ctx)
	if err != nil {
		return err
	}
	return record(ctx, tx, actor, p.Household, event{step: s.step, member: p.Member, minutes: p.Minutes, at: now})
}

// rest gives what is left to the only one who still has a claim to it, if there is one.
func (h *Households) rest(ctx context.Context, tx bun.Tx, actor coop.Actor, p Parting, s settlement) error {
	left, err := h.one(ctx, tx, actor.Cooperative, p.ID)
	if err != nil || len(left.Signed) != 1 {
		return err
	}
	last := left.Signed[0].Member
	if err := h.ledger.Rest(ctx, tx, h.of(actor, p.Household, last)); err != nil {
		return err
	}
	_, err = tx.NewRaw(`
		WITH yes AS (
		  UPDATE coop.household_members SET sharing_at = NULL
		  WHERE cooperative_id = ?0 AND household_id = ?1 AND member_id = ?2 AND until_at IS NULL
		), told AS (
		  UPDATE coop.household_members SET untold = false
		  WHERE cooperative_id = ?0 AND household_id = ?1 AND member_id = ?2 AND untold
		)
		UPDATE coop.partings SET settled_at = ?3, settled_by = ?4, reason = ?5, minutes = ?6
		WHERE cooperative_id = ?0 AND household_id = ?1 AND member_id = ?2 AND settled_at IS NULL`,
		actor.Cooperative, p.Household, last, h.now(), rule.OrNone(s.by), s.reason, left.Whole).Exec(ctx)
	return err
}

// Decide is a facilitator's word when those concerned do not agree, or cannot be asked: so
// many minutes go with who parts, and why. Who ever lived in the household gets
// ErrNotFound, as does everybody who is no facilitator.
func (h *Households) Decide(ctx context.Context, actor coop.Actor, id coop.PartingID, minutes int64, why string) error {
	why, err := rule.Text("reason", why, 10, 500)
	if err != nil {
		return err
	}
	return h.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		if _, err := h.waits(ctx, tx, actor, id); err != nil {
			return err
		}
		p, err := h.lock(ctx, tx, actor.Cooperative, id)
		if err != nil {
			return err
		}
		if err := p.check(minutes); err != nil {
			return err
		}
		p.Minutes = minutes
		return h.divide(ctx, tx, actor, p, settlement{step: Decided, by: actor.Member, reason: why})
	})
}

// parting does something about an open parting, under its household's lock, for somebody
// who has a claim. A parting that the others were not told of is theirs alone who parts.
func (h *Households) parting(ctx context.Context, actor coop.Actor, id coop.PartingID, act func(context.Context, bun.Tx, Parting) error) error {
	return h.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		p, err := h.lock(ctx, tx, actor.Cooperative, id)
		switch {
		case err != nil && !errors.Is(err, rule.ErrMoved):
			return err
		case p.Untold || !p.claims(actor.Member) && p.Member != actor.Member:
			return rule.ErrNotFound
		case err != nil:
			return err
		}
		return act(ctx, tx, p)
	})
}

// lock takes the household's row, then reads the parting. One that is settled is ErrMoved.
func (h *Households) lock(ctx context.Context, tx bun.Tx, cooperative coop.CooperativeID, id coop.PartingID) (p Parting, err error) {
	_, err = tx.NewRaw(`
		SELECT id FROM coop.households
		WHERE cooperative_id = ?0 AND id = (SELECT household_id FROM coop.partings WHERE cooperative_id = ?0 AND id = ?1)
		FOR UPDATE`, cooperative, id).Exec(ctx)
	if err != nil {
		return p, err
	}
	p, err = h.one(ctx, tx, cooperative, id)
	if err == nil && !p.SettledAt.IsZero() {
		err = rule.ErrMoved
	}
	return p, err
}

// one reads a parting with what stands in the account and who has a claim to it: who still
// shares it, and who waits for their part.
func (h *Households) one(ctx context.Context, db bun.IDB, cooperative coop.CooperativeID, id coop.PartingID) (p Parting, err error) {
	err = db.NewRaw(`
		SELECT p.id, p.household_id AS household, p.member_id AS member, CASE WHEN m.state = 'left' THEN '' ELSE m.name END AS name,
		       p.untold, p.opened_at, p.n, coalesce(p.minutes, 0) AS minutes, p.help_at, p.settled_at, p.reason
		FROM coop.partings AS p
		JOIN coop.members AS m ON m.cooperative_id = p.cooperative_id AND m.id = p.member_id
		WHERE p.cooperative_id = ? AND p.id = ?`, cooperative, id).Scan(ctx, &p)
	if err != nil {
		return p, orNotFound(err)
	}
	home, err := h.ledger.Home(ctx, db, cooperative, p.Household)
	if err != nil {
		return p, err
	}
	p.Whole = home.Balance
	err = db.NewRaw(`
		SELECT m.id AS member, CASE WHEN m.state = 'left' THEN '' ELSE m.name END AS name, EXISTS (
		  SELECT FROM coop.parting_signatures AS s
		  WHERE s.cooperative_id = m.cooperative_id AND s.parting_id = ?2 AND s.n = ?3 AND s.member_id = m.id) AS signed
		FROM coop.members AS m
		WHERE m.cooperative_id = ?0 AND m.id IN (
		  SELECT a.member_id FROM coop.hours_accounts AS a
		  JOIN coop.hours_accounts AS home ON home.cooperative_id = a.cooperative_id AND home.id = a.goes_to
		  WHERE a.cooperative_id = ?0 AND home.household_id = ?1
		  UNION
		  SELECT member_id FROM coop.partings WHERE cooperative_id = ?0 AND household_id = ?1 AND settled_at IS NULL)
		ORDER BY m.id`, cooperative, p.Household, id, p.N).Scan(ctx, &p.Signed)
	for _, part := range home.Parts {
		for _, c := range p.Signed {
			if c.Member == part.Member {
				p.Parts = append(p.Parts, Part{Name: c.Name, Minutes: part.Minutes})
			}
		}
	}
	return p, err
}

// Parting returns an open parting to somebody who has a claim; one that the others were not
// told of only to who parts.
func (h *Households) Parting(ctx context.Context, actor coop.Actor, id coop.PartingID) (Parting, error) {
	p, err := h.one(ctx, h.db, actor.Cooperative, id)
	switch {
	case err != nil:
		return p, err
	case p.Member == actor.Member, !p.Untold && p.claims(actor.Member):
		return p, nil
	}
	return Parting{}, rule.ErrNotFound
}

// Open lists the partings that concern the actor and are not settled.
func (h *Households) Open(ctx context.Context, actor coop.Actor) (list []Parting, err error) {
	err = h.db.NewRaw(`
		SELECT p.id, p.household_id AS household, p.member_id AS member, m.name, p.untold, p.opened_at, p.n, coalesce(p.minutes, 0) AS minutes
		FROM coop.partings AS p
		JOIN coop.members AS m ON m.cooperative_id = p.cooperative_id AND m.id = p.member_id
		WHERE p.cooperative_id = ?0 AND p.settled_at IS NULL AND (p.member_id = ?1 OR NOT p.untold AND (EXISTS (
		    SELECT FROM coop.hours_accounts AS a
		    JOIN coop.hours_accounts AS home ON home.cooperative_id = a.cooperative_id AND home.id = a.goes_to
		    WHERE a.cooperative_id = ?0 AND a.member_id = ?1 AND home.household_id = p.household_id)
		  OR EXISTS (SELECT FROM coop.partings AS o
		    WHERE o.cooperative_id = ?0 AND o.household_id = p.household_id AND o.member_id = ?1 AND o.settled_at IS NULL)))
		ORDER BY p.opened_at, p.id LIMIT 20`, actor.Cooperative, actor.Member).Scan(ctx, &list)
	return list, err
}

// desk is what a facilitator may see of partings: those that nobody settled in time, that
// ask for help, or that the others were not told of; never of a household they lived in.
const desk = ` FROM coop.partings AS p
	JOIN coop.members AS m ON m.cooperative_id = p.cooperative_id AND m.id = p.member_id
	JOIN coop.member_roles AS r ON r.cooperative_id = p.cooperative_id AND r.member_id = ? AND r.role = 'facilitator' AND r.until_at IS NULL
	JOIN coop.members AS me ON me.cooperative_id = r.cooperative_id AND me.id = r.member_id AND me.state IN ('welcomed', 'active')
	WHERE p.cooperative_id = ? AND p.settled_at IS NULL AND (p.untold OR p.help_at IS NOT NULL OR p.opened_at < ?)
	  AND NOT EXISTS (SELECT FROM coop.household_members AS lived
	    WHERE lived.cooperative_id = p.cooperative_id AND lived.household_id = p.household_id AND lived.member_id = r.member_id)`

// Waiting lists, to a facilitator, the partings that wait for one, the longest first;
// nothing to anybody else.
func (h *Households) Waiting(ctx context.Context, actor coop.Actor) (list []Parting, err error) {
	err = h.db.NewRaw(`SELECT p.id, p.household_id AS household, p.member_id AS member, m.name, p.untold, p.opened_at, p.help_at`+desk+`
		ORDER BY p.opened_at, p.id LIMIT 100`, actor.Member, actor.Cooperative, h.now().Add(-waitsFor)).Scan(ctx, &list)
	return list, err
}

// Waits returns a parting that waits for a facilitator to one who never lived there, and
// rule.ErrNotFound to everybody else.
func (h *Households) Waits(ctx context.Context, actor coop.Actor, id coop.PartingID) (Parting, error) {
	return h.waits(ctx, h.db, actor, id)
}

func (h *Households) waits(ctx context.Context, db bun.IDB, actor coop.Actor, id coop.PartingID) (Parting, error) {
	var found coop.PartingID
	err := db.NewRaw(`SELECT p.id`+desk+` AND p.id = ?`, actor.Member, actor.Cooperative, h.now().Add(-waitsFor), id).Scan(ctx, &found)
	if err != nil {
		return Parting{}, orNotFound(err)
	}
	return h.one(ctx, db, actor.Cooperative, id)
}
