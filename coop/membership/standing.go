package membership

import (
	"context"
	"time"

	"github.com/uptrace/bun"

	"lien/coop"
	"lien/rule"
)

// Witness writes down that a facilitator saw the member and gave them a new device. It
// is the facilitator's right to do so that is checked here, before any link is made.
func (m *Members) Witness(ctx context.Context, actor coop.Actor, member coop.MemberID, why string) error {
	why, err := reason(why)
	if err != nil {
		return err
	}
	if actor.Member == member {
		return rule.ErrForbidden
	}
	return m.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		if err := coop.MustFacilitate(ctx, tx, actor); err != nil {
			return err
		}
		return m.move(ctx, tx, actor, member, Witnessed, why)
	})
}

// Leave begins a member's own departure: what is open is settled, then a facilitator
// closes it. A facilitator who leaves is one no more, and the last one stays.
func (m *Members) Leave(ctx context.Context, actor coop.Actor) error {
	return m.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		if err := another(ctx, tx, actor.Cooperative, actor.Member); err != nil {
			return err
		}
		if err := m.move(ctx, tx, actor, actor.Member, Leaves, ""); err != nil {
			return err
		}
		if _, err := endPauses(ctx, tx, actor.Cooperative, actor.Member, m); err != nil {
			return err
		}
		if err := endSuspensions(ctx, tx, actor.Cooperative, actor.Member, m); err != nil {
			return err
		}
		return relieve(ctx, tx, actor.Cooperative, actor.Member, "", m.now())
	})
}

// Depart begins the departure of somebody who does not begin it themselves, because they
// died or cannot be reached. A facilitator writes it down, never about themselves; what it
// ends is what leaving ends.
func (m *Members) Depart(ctx context.Context, actor coop.Actor, member coop.MemberID) error {
	if actor.Member == member {
		return rule.ErrForbidden
	}
	return m.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		if err := coop.MustFacilitate(ctx, tx, actor); err != nil {
			return err
		}
		if err := another(ctx, tx, actor.Cooperative, member); err != nil {
			return err
		}
		if err := m.move(ctx, tx, actor, member, Departs, ""); err != nil {
			return err
		}
		if _, err := endPauses(ctx, tx, actor.Cooperative, member, m); err != nil {
			return err
		}
		if err := endSuspensions(ctx, tx, actor.Cooperative, member, m); err != nil {
			return err
		}
		return relieve(ctx, tx, actor.Cooperative, member, "", m.now())
	})
}

// Close ends a departure once nothing is open: no agreement under way, no hours owed
// either way. Until then it answers *rule.Invalid on "member". Facilitators only.
func (m *Members) Close(ctx context.Context, actor coop.Actor, member coop.MemberID) error {
	return m.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		if err := coop.MustFacilitate(ctx, tx, actor); err != nil {
			return err
		}
		if err := settled(ctx, tx, actor.Cooperative, member); err != nil {
			return err
		}
		return m.move(ctx, tx, actor, member, Closes, "")
	})
}

// settled refuses while the member's hours or agreements are open; the account of hours
// stays locked, so that nothing opens meanwhile.
func settled(ctx context.Context, tx bun.Tx, cooperative coop.CooperativeID, member coop.MemberID) error {
	var open struct {
		Balance    int64
		Agreements bool
	}
	err := tx.NewRaw(`
		SELECT balance, EXISTS (
		  SELECT FROM coop.agreements AS g
		  WHERE g.cooperative_id = a.cooperative_id AND a.member_id IN (g.giver_id, g.receiver_id)
		    AND g.deadline_at IS NOT NULL) AS agreements
		FROM coop.hours_accounts AS a
		WHERE a.cooperative_id = ? AND a.member_id = ? FOR UPDATE OF a`, cooperative, member).Scan(ctx, &open)
	switch {
	case err != nil:
		return orNotFound(err)
	case open.Agreements:
		return rule.Broken("member", "member.agreements_open")
	case open.Balance != 0:
		return rule.Broken("member", "member.hours_open")
	}
	return nil
}

// move takes one step under the member's lock and writes it down.
func (m *Members) move(ctx context.Context, tx bun.Tx, by coop.Actor, member coop.MemberID, step Step, why string) error {
	from, err := lock(ctx, tx, by.Cooperative, member)
	if err != nil {
		return err
	}
	to, ok := from.after(step)
	if !ok {
		return rule.ErrMoved
	}
	if to != from {
		_, err = tx.NewRaw(`UPDATE coop.members SET state = ?, state_since = ? WHERE cooperative_id = ? AND id = ?`,
			to, m.now(), by.Cooperative, member).Exec(ctx)
		if err != nil {
			return err
		}
	}
	return record(ctx, tx, by, member, change{step, from, to, why, m.now()})
}

func lock(ctx context.Context, tx bun.Tx, cooperative coop.CooperativeID, member coop.MemberID) (State, error) {
	var state State
	err := tx.NewRaw(`SELECT state FROM coop.members WHERE cooperative_id = ? AND id = ? FOR UPDATE`,
		cooperative, member).Scan(ctx, &state)
	return state, orNotFound(err)
}

type change struct {
	step     Step
	from, to State
	why      string
	at       time.Time
}

// record writes the next line of the member's history; the member's row is locked.
func record(ctx context.Context, tx bun.Tx, by coop.Actor, member coop.MemberID, c change) error {
	_, err := tx.NewRaw(`
		INSERT INTO coop.member_events (cooperative_id, member_id, n, step, from_state, to_state, by_member_id, reason, at)
		SELECT ?, ?, coalesce(max(n), 0) + 1, ?, ?, ?, ?, ?, ?
		FROM coop.member_events WHERE cooperative_id = ? AND member_id = ?`,
		by.Cooperative, member, c.step, c.from, c.to, rule.OrNone(by.Member), c.why, c.at,
		by.Cooperative, member).Exec(ctx)
	return err
}

// Return lets somebody who left come back: the same number, the same history, and a new
// yes to the charter in force, before the facilitator who writes it down. Whose traces were
// erased comes back as somebody new instead: *rule.Invalid on "member".
func (m *Members) Return(ctx context.Context, actor coop.Actor, member coop.MemberID, p Paper) error {
	if err := p.tidy(); err != nil {
		return err
	}
	return m.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		if err := coop.MustFacilitate(ctx, tx, actor); err != nil {
			return err
		}
		if err := m.move(ctx, tx, actor, member, Returns, ""); err != nil {
			return err
		}
		if err := kept(ctx, tx, actor.Cooperative, member, m.now()); err != nil {
			return err
		}
		text, err := read(ctx, tx, actor.Cooperative, p)
		if err != nil {
			return err
		}
		return accept(ctx, tx, actor.Cooperative, member, text, p.Channel, actor.Member, m.now())
	})
}

// kept refuses whose traces were erased, and calls off an erasing that has not happened:
// who comes back stays.
func kept(ctx context.Context, tx bun.Tx, cooperative coop.CooperativeID, member coop.MemberID, now time.Time) error {
	var erased bool
	err := tx.NewRaw(`SELECT EXISTS (SELECT FROM coop.departures WHERE cooperative_id = ? AND member_id = ? AND erased_at IS NOT NULL)`,
		cooperative, member).Scan(ctx, &erased)
	if err == nil && erased {
		return rule.Broken("member", "member.erased")
	}
	if err != nil {
		return err
	}
	_, err = tx.NewRaw(`UPDATE coop.departures SET erase = false, erase_at = NULL, erase_off_at = ?, erase_off_by = member_id
		WHERE cooperative_id = ? AND member_id = ? AND erase AND erased_at IS NULL`,
		now, cooperative, member).Exec(ctx)
	return err
}

// Decision is one line of a member's history: what a facilitator decided, and why.
type Decision struct {
	Step   Step
	Reason string
	By     string // the facilitator's name; empty when a day that was set came
	At     time.Time
}

// Decisions returns what facilitators decided about the member, newest first: for the
// member themselves and for a facilitator, nobody else.
func (m *Members) Decisions(ctx context.Context, actor coop.Actor, member coop.MemberID) ([]Decision, error) {
	if actor.Member != member {
		if err := coop.MustFacilitate(ctx, m.db, actor); err != nil {
			return nil, err
		}
	}
	var list []Decision
	err := m.db.NewRaw(`
		SELECT e.step, e.reason, coalesce(b.name, '') AS by, e.at
		FROM coop.member_events AS e
		LEFT JOIN coop.members AS b ON b.cooperative_id = e.cooperative_id AND b.id = e.by_member_id
		WHERE e.cooperative_id = ? AND e.member_id = ? AND e.step IN ('suspend', 'reinstate', 'device', 'return')
		ORDER BY e.n DESC LIMIT 20`, actor.Cooperative, member).Scan(ctx, &list)
	return list, err
}
