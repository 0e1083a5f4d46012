package desk

import (
	"context"
	"errors"
	"time"

	"github.com/uptrace/bun"

	"lien/coop"
	"lien/coop/exchange"
	"lien/coop/hours"
	"lien/coop/inbox"
	"lien/rule"
)

// mostAsked is how many corrections the list at the desk holds, the oldest first.
const mostAsked = 50

// Correction is hours that a member asks to have given back, because what moved them was
// carried at the desk and is not what they meant.
type Correction struct {
	ID      coop.ActID
	Member  string
	Other   string // empty for the fund, or somebody who left
	By      string // who carried the act
	Kind    Kind
	Minutes int64
	Title   string
	Lang    string
	AskedAt time.Time
	Mine    bool // the reader carried it, or is a party: somebody else answers
}

const waits = `
	FROM coop.acts_undone AS u
	JOIN coop.acts AS a ON a.cooperative_id = u.cooperative_id AND a.id = u.act_id
	JOIN coop.acts_done AS d ON d.cooperative_id = u.cooperative_id AND d.act_id = u.act_id
	WHERE u.cooperative_id = ? AND u.outcome = 'asked'
	  AND NOT EXISTS (SELECT FROM coop.acts_answered AS r WHERE r.cooperative_id = u.cooperative_id AND r.act_id = u.act_id)`

// CountCorrections counts the corrections that wait for a facilitator, up to most: none for
// who is no facilitator.
func (d *Desk) CountCorrections(ctx context.Context, by coop.Actor, most int) (n int, err error) {
	err = d.db.NewRaw(`SELECT count(*) FROM (SELECT 1 `+waits+` LIMIT ?) AS s WHERE `+coop.Facilitates,
		by.Cooperative, most, by.Cooperative, by.Member).Scan(ctx, &n)
	return n, err
}

// Corrections lists the corrections that wait, the oldest first. Facilitators only.
func (d *Desk) Corrections(ctx context.Context, by coop.Actor) (list []Correction, err error) {
	if err := coop.MustFacilitate(ctx, d.db, by); err != nil {
		return nil, err
	}
	err = d.db.NewRaw(`
		SELECT s.id, m.name AS member, CASE WHEN o.state = 'left' THEN '' ELSE coalesce(o.name, '') END AS other,
		       b.name AS by, s.kind, s.minutes, coalesce(g.about, '') AS title, coalesce(g.language, '') AS lang, s.asked_at,
		       ? IN (s.member_id, s.by_member_id, coalesce(s.other_id, s.member_id)) AS mine
		FROM (SELECT u.cooperative_id, a.id, a.kind, a.member_id, a.by_member_id, d.other_id, d.subject_id,
		             coalesce(d.minutes, 0) AS minutes, u.at AS asked_at `+waits+` ORDER BY u.at, a.id LIMIT ?) AS s
		JOIN coop.members AS m ON m.cooperative_id = s.cooperative_id AND m.id = s.member_id
		JOIN coop.members AS b ON b.cooperative_id = s.cooperative_id AND b.id = s.by_member_id
		LEFT JOIN coop.members AS o ON o.cooperative_id = s.cooperative_id AND o.id = s.other_id
		LEFT JOIN coop.agreements AS g ON g.cooperative_id = s.cooperative_id AND g.id = s.subject_id
		ORDER BY s.asked_at, s.id`, by.Member, by.Cooperative, mostAsked).Scan(ctx, &list)
	return list, err
}

// Correct gives back the hours that a member asked for, by a correction in the ledger whose
// words both of the two read. The facilitator neither carried the act nor is a party to it.
func (d *Desk) Correct(ctx context.Context, by coop.Actor, id coop.ActID, words exchange.Words) error {
	return d.answer(ctx, by, id, "corrected", "", func(ctx context.Context, tx bun.Tx, transfer coop.TransferID) error {
		_, err := hours.NewLedger(tx, d.now).Correct(ctx, by, hours.Correction{Transfer: transfer, Words: words.Text, Language: words.Language})
		return err
	})
}

// Keep answers that the hours stay where they are, with the reason that the member reads.
func (d *Desk) Keep(ctx context.Context, by coop.Actor, id coop.ActID, why string) error {
	return d.answer(ctx, by, id, "kept", why, func(context.Context, bun.Tx, coop.TransferID) error { return nil })
}

func (d *Desk) answer(ctx context.Context, by coop.Actor, id coop.ActID, outcome, why string,
	act func(context.Context, bun.Tx, coop.TransferID) error,
) error {
	return d.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		if err := coop.MustFacilitate(ctx, tx, by); err != nil {
			return err
		}
		w, err := d.waiting(ctx, tx, by, id)
		if err == nil && outcome == "kept" {
			why, err = rule.Text("why", why, 10, 500)
		}
		if err != nil {
			return err
		}
		done, err := tx.NewRaw(`
			INSERT INTO coop.acts_answered (cooperative_id, act_id, by_member_id, outcome, words, at)
			VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`, by.Cooperative, id, by.Member, outcome, why, d.now()).Exec(ctx)
		if err != nil {
			return err
		}
		if n, err := done.RowsAffected(); err != nil || n == 0 {
			return errors.Join(err, rule.ErrMoved) // somebody answered already
		}
		if err := act(ctx, tx, w.Transfer); err != nil {
			return err
		}
		return inbox.Tell(ctx, tx, inbox.Item{
			Cooperative: by.Cooperative, Member: w.Member, Kind: "desk_" + outcome, Subject: id.UUID,
			Once: "answer:" + id.String(), At: d.now(), By: by.Member,
		})
	})
}

// asking is a correction about to be answered, and the transfer that it is about.
type asking struct {
	Member   coop.MemberID
	Mine     bool
	Answered bool
	Transfer coop.TransferID
}

func (d *Desk) waiting(ctx context.Context, tx bun.Tx, by coop.Actor, id coop.ActID) (w asking, err error) {
	err = tx.NewRaw(`
		SELECT a.member_id AS member, t.id AS transfer, ? IN (a.member_id, a.by_member_id, coalesce(d.other_id, a.member_id)) AS mine,
		       EXISTS (SELECT FROM coop.acts_answered AS r WHERE r.cooperative_id = u.cooperative_id AND r.act_id = u.act_id) AS answered
		FROM coop.acts_undone AS u
		JOIN coop.acts AS a ON a.cooperative_id = u.cooperative_id AND a.id = u.act_id
		JOIN coop.acts_done AS d ON d.cooperative_id = u.cooperative_id AND d.act_id = u.act_id
		JOIN coop.transfers AS t ON t.cooperative_id = d.cooperative_id AND (t.id = d.subject_id OR t.agreement_id = d.subject_id) AND t.kind <> 'correction'
		WHERE u.cooperative_id = ? AND u.act_id = ? AND u.outcome = 'asked'`, by.Member, by.Cooperative, id).Scan(ctx, &w)
	switch {
	case err == nil && w.Mine:
		err = rule.ErrForbidden
	case err == nil && w.Answered:
		err = rule.ErrMoved
	}
	return w, orNotFound(err)
}
