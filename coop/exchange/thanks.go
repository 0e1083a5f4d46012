package exchange

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"github.com/uptrace/bun"

	"lien/coop"
	"lien/coop/inbox"
	"lien/rule"
)

// Thanks are words from one of the two to the other, after the end. There are no stars.
type Thanks struct {
	Agreement coop.AgreementID
	By        Person `bun:"embed:by_"`
	To        Person `bun:"embed:to_"`
	Words     string
	Language  string
	GivenAt   time.Time
	Shown     bool // the receiver shows them on their passport
	Reported  bool
	Hidden    bool // taken down after a report
}

// How long thanks may be given after the end, how long they may be changed, and how long
// they are at most, in characters.
const (
	thankable     = 60 * day
	thanksChange  = 24 * time.Hour
	LongestThanks = 400
)

// Thankable reports whether the two may thank each other now: something was done.
func (a Agreement) Thankable(now time.Time) bool {
	return a.State.Paid() && now.Before(a.StateSince.Add(thankable))
}

// Changeable reports whether whoever gave the thanks may still change them.
func (t Thanks) Changeable(now time.Time) bool {
	return !t.Hidden && now.Before(t.GivenAt.Add(thanksChange))
}

// Thank keeps the actor's words for the other one, or changes them within a day. Each of
// the two thanks once. A change takes them off the passport until they are chosen again.
func (a *Agreements) Thank(ctx context.Context, actor coop.Actor, id coop.AgreementID, words Words) (err error) {
	if words.Text, err = rule.Text("thanks", words.Text, 2, LongestThanks); err != nil {
		return err
	}
	now := a.now()
	return a.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		h, err := hold(ctx, tx, actor, id)
		switch {
		case err != nil:
			return err
		case !h.Party(actor.Member):
			return rule.ErrForbidden
		}
		if err := mustBeActive(ctx, tx, actor); err != nil {
			return err
		}
		var hid, unheard bool
		err = tx.NewRaw(`SELECT coop.hid_at(?0, ?1, ?2) IS NOT NULL, coop.hid_at(?0, ?2, ?1) IS NOT NULL`,
			actor.Cooperative, actor.Member, h.Other(actor.Member).ID).Scan(ctx, &hid, &unheard)
		if err != nil {
			return err
		}
		given, err := thanksOf(ctx, tx, actor.Cooperative, id, actor.Member)
		switch {
		case err == nil && given.Words == words.Text:
			return nil // sent twice
		case err == nil && !given.Changeable(now), errors.Is(err, rule.ErrNotFound) && (hid || !h.Thankable(now)):
			return rule.ErrMoved
		case err != nil && !errors.Is(err, rule.ErrNotFound):
			return err
		}
		_, err = tx.NewRaw(`INSERT INTO coop.agreement_thanks (cooperative_id, agreement_id, by_member_id, to_member_id, words, language, given_at)
VALUES (?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (cooperative_id, agreement_id, by_member_id) DO UPDATE
SET words = excluded.words, language = excluded.language, edited_at = excluded.given_at, shown_at = NULL`,
			actor.Cooperative, id, actor.Member, h.Other(actor.Member).ID, words.Text, words.Language, now).Exec(ctx)
		if err != nil || unheard { // who hid the actor is told nothing, and the actor cannot tell
			return err
		}
		if err := moved(ctx, tx, actor, id, "thanks", now); err != nil {
			return err
		}
		return inbox.Tell(ctx, tx, inbox.Item{
			Cooperative: actor.Cooperative, Member: h.Other(actor.Member).ID, Kind: "agreement_thanked", Subject: id.UUID,
			Once: "agreement:" + id.String() + ":thanks:" + actor.Member.String(), At: now, By: actor.Member,
		})
	})
}

// thanked are thanks t with both people.
const thanked = `SELECT t.agreement_id AS agreement, t.words, t.language, t.given_at, t.shown_at IS NOT NULL AS shown,
  t.reported_at IS NOT NULL AS reported, t.hidden_at IS NOT NULL AS hidden,
  t.by_member_id AS by_id, CASE WHEN b.state = 'left' THEN '' ELSE b.name END AS by_name,
  t.to_member_id AS to_id, CASE WHEN r.state = 'left' THEN '' ELSE r.name END AS to_name
FROM coop.agreement_thanks t
JOIN coop.members b ON b.cooperative_id = t.cooperative_id AND b.id = t.by_member_id
JOIN coop.members r ON r.cooperative_id = t.cooperative_id AND r.id = t.to_member_id
WHERE t.cooperative_id = ?`

func thanksOf(ctx context.Context, db bun.IDB, cooperative coop.CooperativeID, id coop.AgreementID, by coop.MemberID) (t Thanks, err error) {
	err = db.NewRaw(thanked+` AND t.agreement_id = ? AND t.by_member_id = ?`, cooperative, id, by).Scan(ctx, &t)
	if errors.Is(err, sql.ErrNoRows) {
		return t, rule.ErrNotFound
	}
	return t, err
}

// ThanksOf returns what was said to each other in an agreement of the actor's own: theirs
// first. What was taken down stays visible to who wrote it.
func (a *Agreements) ThanksOf(ctx context.Context, actor coop.Actor, id coop.AgreementID) (list []Thanks, err error) {
	err = a.db.NewRaw(thanked+` AND t.agreement_id = ? AND ? IN (t.by_member_id, t.to_member_id)
  AND (t.hidden_at IS NULL AND t.given_at < coalesce(coop.hid_at(t.cooperative_id, t.to_member_id, t.by_member_id), 'infinity') OR t.by_member_id = ?)
ORDER BY t.by_member_id <> ?`, actor.Cooperative, id, actor.Member, actor.Member, actor.Member).Scan(ctx, &list)
	return list, err
}

// ShowThanks lets the receiver show words of thanks on their passport, or takes them off.
func (a *Agreements) ShowThanks(ctx context.Context, actor coop.Actor, id coop.AgreementID, shown bool) error {
	return a.changeThanks(ctx, `UPDATE coop.agreement_thanks SET shown_at = ?
WHERE cooperative_id = ? AND agreement_id = ? AND to_member_id = ? AND hidden_at IS NULL`,
		bun.NullZero(moment(shown, a.now())), actor.Cooperative, id, actor.Member)
}

func moment(yes bool, now time.Time) time.Time {
	if yes {
		return now
	}
	return time.Time{}
}

// ReportThanks lets the receiver show words to a facilitator because they hurt; those who
// facilitate and are neither of the two are told that there is something to read.
func (a *Agreements) ReportThanks(ctx context.Context, actor coop.Actor, id coop.AgreementID) error {
	now := a.now()
	return a.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		var g Agreement
		err := tx.NewRaw(`UPDATE coop.agreement_thanks SET reported_at = coalesce(reported_at, ?), shown_at = NULL
WHERE cooperative_id = ? AND agreement_id = ? AND to_member_id = ? AND hidden_at IS NULL
RETURNING agreement_id AS id, by_member_id AS giver_id, to_member_id AS receiver_id`,
			now, actor.Cooperative, id, actor.Member).Scan(ctx, &g)
		if err != nil {
			return orNotFound(err)
		}
		items, err := callHelp(ctx, tx, actor.Cooperative, g, "agreement:"+id.String()+":thanks:"+g.Giver.ID.String()+":reported", now)
		if err != nil {
			return err
		}
		for n := range items {
			items[n].Kind = "thanks_reported"
		}
		return inbox.Tell(ctx, tx, items...)
	})
}

func (a *Agreements) changeThanks(ctx context.Context, query string, args ...any) error {
	done, err := a.db.NewRaw(query, args...).Exec(ctx)
	if err != nil {
		return err
	}
	if n, err := done.RowsAffected(); err != nil || n == 0 {
		return errors.Join(err, rule.ErrNotFound)
	}
	return nil
}

// Reported lists, to a facilitator, the words of thanks that their receiver reported and
// nobody has looked at yet, the oldest first. Others get ErrNotFound.
func (a *Agreements) Reported(ctx context.Context, actor coop.Actor) (list []Thanks, err error) {
	if err := coop.HideFromOthers(ctx, a.db, actor); err != nil {
		return nil, err
	}
	err = a.db.NewRaw(thanked+` AND t.reported_at IS NOT NULL AND t.settled_at IS NULL
ORDER BY t.reported_at, t.agreement_id, t.by_member_id
LIMIT ?`, actor.Cooperative, perDesk).Scan(ctx, &list)
	return list, err
}

// SettleThanks is a facilitator's answer to a report: the words are taken down, or stay.
// The facilitator is neither of the two. Both are told.
func (a *Agreements) SettleThanks(ctx context.Context, actor coop.Actor, id coop.AgreementID, by coop.MemberID, down bool) error {
	if err := coop.HideFromOthers(ctx, a.db, actor); err != nil {
		return err
	}
	now := a.now()
	return a.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		var to coop.MemberID
		err := tx.NewRaw(`UPDATE coop.agreement_thanks SET settled_at = ?, settled_by = ?, hidden_at = ?, shown_at = NULL
WHERE cooperative_id = ? AND agreement_id = ? AND by_member_id = ? AND reported_at IS NOT NULL AND settled_at IS NULL
  AND ? NOT IN (by_member_id, to_member_id)
RETURNING to_member_id`, now, actor.Member, bun.NullZero(moment(down, now)), actor.Cooperative, id, by, actor.Member).Scan(ctx, &to)
		if err != nil {
			return orNotFound(err)
		}
		kind := "thanks_stay"
		if down {
			kind = "thanks_down"
		}
		item := inbox.Item{
			Cooperative: actor.Cooperative, Member: to, Kind: kind, Subject: id.UUID,
			Once: "agreement:" + id.String() + ":thanks:" + by.String() + ":settled", At: now,
		}
		items := []inbox.Item{item}
		if item.Member = by; down {
			items = append(items, item)
		}
		return inbox.Tell(ctx, tx, items...)
	})
}
