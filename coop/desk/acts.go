package desk

import (
	"context"
	"database/sql"
	"errors"

	"github.com/uptrace/bun"

	"lien/coop"
	"lien/coop/inbox"
	"lien/database"
	"lien/rule"
)

// Do carries one act for a member, who has agreed to it: its line in their journal, the
// act itself by the method that their own phone would call, and a word in their inbox, all
// or nothing. The same key again returns the first act. It returns what the act's own rule
// refuses, *rule.Invalid on "witness" or "consent" for a consent that does not count, and
// rule.ErrForbidden for somebody who may not carry this one.
func (d *Desk) Do(ctx context.Context, by coop.Actor, member coop.MemberID, w Wish, c Consent) (act Act, err error) {
	if c, err = c.check(); err != nil {
		return act, err
	}
	err = d.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		act, err = d.perform(ctx, tx, by, member, w, c)
		return err
	})
	return act, refused(err)
}

// Rehearse says what would refuse the act, before anybody agrees to it, and does nothing.
func (d *Desk) Rehearse(ctx context.Context, by coop.Actor, member coop.MemberID, w Wish) error {
	err := d.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		if _, err := d.perform(ctx, tx, by, member, w, Consent{How: ByPIN}); err != nil {
			return err
		}
		return errRehearsed // everything goes back to where it was
	})
	if errors.Is(err, errRehearsed) {
		return nil
	}
	return refused(err)
}

var errRehearsed = errors.New("rehearsed")

func (d *Desk) perform(ctx context.Context, tx bun.Tx, by coop.Actor, member coop.MemberID, w Wish, c Consent) (Act, error) {
	if err := coop.MustFacilitate(ctx, tx, by); err != nil {
		return Act{}, err
	}
	id, fresh, err := d.write(ctx, tx, by, member, w, c)
	if err == nil && fresh {
		err = d.carry(ctx, tx, id, hands{Desk: d, tx: tx, who: carriedFor(by, member)}, w, c)
	}
	if err != nil {
		return Act{}, err
	}
	act, err := d.one(ctx, tx, `a.id = ? AND a.member_id = ? AND a.kind = ?`, by.Cooperative, id, member, w.Kind)
	if errors.Is(err, rule.ErrNotFound) {
		return act, rule.ErrMoved // the key was another act's
	}
	return act, err
}

// carriedFor is the member at the desk, as the rules know them.
func carriedFor(by coop.Actor, member coop.MemberID) coop.Actor {
	return coop.Actor{Cooperative: by.Cooperative, Member: member, Channel: coop.AtDesk, Witness: by.Member}
}

// write puts the line into the journal before anything happens. Of two that send the key
// together, the second waits and finds the first's.
func (d *Desk) write(ctx context.Context, tx bun.Tx, by coop.Actor, member coop.MemberID, w Wish, c Consent) (id coop.ActID, fresh bool, err error) {
	id = rule.NewID[coop.ActID]()
	err = tx.NewRaw(`
		INSERT INTO coop.acts (cooperative_id, id, member_id, by_member_id, kind, consent, witness_id, mark, client_key, at)
		VALUES (?, ?, ?, ?, ?, ?, ?, nullif(?, ''), ?, ?)
		ON CONFLICT ON CONSTRAINT an_act_is_carried_once DO NOTHING
		RETURNING true`,
		by.Cooperative, id, member, by.Member, w.Kind, c.How, rule.OrNone(c.Witness), c.Mark, w.Key, d.now()).Scan(ctx, &fresh)
	if errors.Is(err, sql.ErrNoRows) {
		err = tx.NewRaw(`SELECT id FROM coop.acts WHERE cooperative_id = ? AND by_member_id = ? AND client_key = ?`,
			by.Cooperative, by.Member, w.Key).Scan(ctx, &id)
	}
	return id, fresh, err
}

// carry checks who may carry and witness the act, does it, and notes that it is done.
func (d *Desk) carry(ctx context.Context, tx bun.Tx, id coop.ActID, h hands, w Wish, c Consent) error {
	do, known := deeds[w.Kind]
	if !known {
		return rule.Broken("kind", "rule.choose")
	}
	other, err := h.other(ctx, w)
	if err != nil {
		return err
	}
	if err := h.standsApart(ctx, other, w, c); err != nil {
		return err
	}
	done, err := do(ctx, h, w)
	if err != nil {
		return err
	}
	_, err = tx.NewRaw(`
		INSERT INTO coop.acts_done (cooperative_id, act_id, subject_id, other_id, minutes, before, at)
		VALUES (?, ?, ?, ?, nullif(?, 0), ?, ?)`,
		h.who.Cooperative, id, rule.OrNone(coop.ActID{UUID: done.subject}), rule.OrNone(other), done.minutes, done.before, d.now()).Exec(ctx)
	if err != nil {
		return err
	}
	return inbox.Tell(ctx, tx, inbox.Item{
		Cooperative: h.who.Cooperative, Member: h.who.Member, Kind: "desk_act", Subject: id.UUID,
		Once: "act:" + id.String(), At: d.now(), By: h.who.Witness,
	})
}

// standsApart refuses a facilitator or a witness who is a party to the act, a witness who
// is not an active member, and one pair of hands on both sides of the same hours.
func (h hands) standsApart(ctx context.Context, other coop.MemberID, w Wish, c Consent) error {
	if other == h.who.Witness {
		return rule.Broken("consent", "tablet.party")
	}
	if c.How == ByPIN {
		return nil
	}
	if c.Witness == other {
		return rule.Broken("witness", "tablet.witness.party")
	}
	var stands struct{ Active, Both bool }
	err := h.tx.NewRaw(`
		SELECT EXISTS (SELECT FROM coop.members WHERE cooperative_id = ?0 AND id = ?1 AND state IN ('welcomed', 'active')) AS active,
		       EXISTS (
		         SELECT FROM coop.acts_done AS d
		         JOIN coop.acts AS a ON a.cooperative_id = d.cooperative_id AND a.id = d.act_id
		         WHERE d.cooperative_id = ?0 AND d.subject_id = ?2 AND a.kind = 'claim' AND ?3
		           AND (a.by_member_id = ?4 OR a.witness_id = ?1)) AS both`,
		h.who.Cooperative, c.Witness, w.Subject, w.Kind == Confirm, h.who.Witness).Scan(ctx, &stands)
	switch {
	case err != nil:
		return err
	case !stands.Active:
		return rule.Broken("witness", "tablet.witness.unknown")
	case stands.Both:
		return rule.Broken("consent", "tablet.both_sides")
	}
	return nil
}

// refused turns the journal's constraints into its answers.
func refused(err error) error {
	switch database.Broken(err) {
	case "nobody_carries_their_own_act":
		return rule.ErrForbidden
	case "a_witness_is_a_third_person":
		return rule.Broken("witness", "tablet.witness.party")
	}
	return err
}
