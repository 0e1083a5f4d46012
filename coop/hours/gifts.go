package hours

import (
	"context"
	"database/sql"
	"errors"

	"github.com/uptrace/bun"

	"lien/coop"
	"lien/coop/inbox"
	"lien/rule"
)

// Gift passes minutes of the actor's own to another member or to the fund. Both must be
// active members who may see each other: else ErrNotFound, which never says why. It
// returns *rule.Invalid on "minutes" when a limit of the cooperative stands in the way.
func (l *Ledger) Gift(ctx context.Context, actor coop.Actor, g Gift) (r Receipt, err error) {
	g, err = g.check(actor)
	if err != nil {
		return r, err
	}
	now := l.now()
	err = l.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		m := move{
			cooperative: actor.Cooperative, key: g.Key, kind: AsGift, from: actor.Member, to: g.To,
			minutes: g.Minutes, by: actor.Member, at: now,
		}
		if _, missing := l.receiver(ctx, tx, actor, g.To); missing != nil {
			r, err = earlier(ctx, tx, m, missing) // who has left since was given it all the same
			return err
		}
		if r, err = transfer(ctx, tx, m); err != nil {
			return err
		}
		if err := write(ctx, tx, actor.Cooperative, r.Transfer, g.Words, g.Language); err != nil || g.Fund() {
			return err
		}
		return inbox.Tell(ctx, tx, inbox.Item{
			Cooperative: actor.Cooperative, Member: g.To, Kind: "hours_given", Subject: r.Transfer.UUID,
			Once: "gift:" + r.Transfer.String(), At: now, By: actor.Member, Minutes: r.Minutes,
		})
	})
	return r, err
}

// MayGive checks a gift without making it, for the page that asks once more: it names the
// receiver, empty for the fund. What it answers may have changed when the gift is made.
func (l *Ledger) MayGive(ctx context.Context, actor coop.Actor, g Gift) (to string, err error) {
	if g, err = g.check(actor); err != nil {
		return "", err
	}
	limits, err := l.Limits(ctx, l.db, actor.Cooperative)
	if err == nil {
		err = limits.CheckAct("minutes", g.Minutes)
	}
	if err != nil {
		return "", err
	}
	return l.receiver(ctx, l.db, actor, g.To)
}

// Receiver returns the name of a member to whom the actor may give, ErrNotFound otherwise.
func (l *Ledger) Receiver(ctx context.Context, actor coop.Actor, to coop.MemberID) (Receiver, error) {
	name, err := l.receiver(ctx, l.db, actor, to)
	return Receiver{ID: to, Name: name}, err
}

func (l *Ledger) receiver(ctx context.Context, db bun.IDB, actor coop.Actor, to coop.MemberID) (name string, err error) {
	err = db.NewRaw(`SELECT coalesce(other.name, '')
FROM coop.members me
LEFT JOIN coop.members other ON other.cooperative_id = me.cooperative_id AND other.id = ? AND other.id <> me.id
  AND other.state IN ('welcomed', 'active') AND NOT coop.hidden_between(me.cooperative_id, me.id, other.id)
WHERE me.cooperative_id = ? AND me.id = ? AND me.state IN ('welcomed', 'active') AND (? OR other.id IS NOT NULL)`,
		rule.OrNone(to), actor.Cooperative, actor.Member, to == coop.MemberID{}).Scan(ctx, &name)
	if errors.Is(err, sql.ErrNoRows) {
		return "", rule.ErrNotFound
	}
	return name, err
}

// Known lists the members with whom the actor exchanged last, six at most.
func (l *Ledger) Known(ctx context.Context, actor coop.Actor) (list []Receiver, err error) {
	err = l.db.NewRaw(`SELECT m.id, m.name
FROM (
  SELECT CASE WHEN g.giver_id = ?1 THEN g.receiver_id ELSE g.giver_id END AS member_id, g.id
  FROM coop.agreements g
  WHERE g.cooperative_id = ?0 AND (g.giver_id = ?1 OR g.receiver_id = ?1) AND g.minutes_paid IS NOT NULL
  ORDER BY g.id DESC LIMIT 40
) met
JOIN coop.members m ON m.cooperative_id = ?0 AND m.id = met.member_id
WHERE m.state IN ('welcomed', 'active') AND NOT coop.hidden_between(?0, ?1, m.id)
GROUP BY m.id, m.name
ORDER BY max(met.id::text) DESC, m.id
LIMIT 6`, actor.Cooperative, actor.Member).Scan(ctx, &list)
	return list, err
}

// Receivers lists members to whom the actor may give, by a part of their name: who is in
// the directory or was met before, eight at most. Accents and capitals do not matter.
func (l *Ledger) Receivers(ctx context.Context, actor coop.Actor, words string) (list []Receiver, err error) {
	if words, err = rule.Line("words", words, 2, 60); err != nil {
		return nil, err
	}
	err = l.db.NewRaw(`SELECT m.id, m.name
FROM coop.members m
WHERE m.cooperative_id = ?0 AND m.id <> ?1 AND m.state IN ('welcomed', 'active')
  AND position(coop.plain(?2) IN coop.plain(m.name)) > 0 AND coop.findable(?0, ?1, m.id)
ORDER BY m.name, m.id
LIMIT 8`, actor.Cooperative, actor.Member, words).Scan(ctx, &list)
	return list, err
}

// write keeps the words of a transfer; those that were written first stay.
func write(ctx context.Context, tx bun.IDB, cooperative coop.CooperativeID, id coop.TransferID, words, language string) error {
	if words == "" {
		return nil
	}
	_, err := tx.NewRaw(`INSERT INTO coop.transfer_words (cooperative_id, transfer_id, words, language)
VALUES (?, ?, ?, ?)
ON CONFLICT (cooperative_id, transfer_id) DO NOTHING`, cooperative, id, words, language).Exec(ctx)
	return err
}
