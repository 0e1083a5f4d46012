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

// reportsADay is how many listings one member may report within a day, and PerQueue how
// many a facilitator's queue shows, the longest waiting first.
const (
	reportsADay = 10
	PerQueue    = 100
)

// reported is a listing l that facilitators look at.
const reported = `(l.moderation <> 'none' OR EXISTS (
    SELECT FROM coop.listing_reports t WHERE t.cooperative_id = l.cooperative_id AND t.listing_id = l.id AND t.answered_at IS NULL))`

// onDesk is reported, for the facilitators but its owner, who never learns who reported
// it; it asks for the actor.
var onDesk = `(` + reported + ` AND EXISTS (
    SELECT FROM coop.members me
    WHERE me.cooperative_id = l.cooperative_id AND me.id = ? AND me.id <> l.member_id
      AND ` + coop.FacilitatesAs("me.cooperative_id", "me.id") + `))`

// Report lets the facilitators know that a listing which the actor sees breaks a rule.
// Reporting it again while they have not looked changes nothing. Nobody reports their own.
func (l *Listings) Report(ctx context.Context, actor coop.Actor, report Report) error {
	report, err := report.check()
	if err != nil {
		return err
	}
	now := l.now()
	return l.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		listing, err := NewListings(tx, l.now).One(ctx, actor, report.Listing)
		if err != nil {
			return err
		}
		if listing.Owner.ID == actor.Member {
			return rule.ErrForbidden
		}
		var today int
		err = tx.NewRaw(`SELECT count(*) FROM coop.listing_reports
WHERE cooperative_id = ? AND member_id = ? AND at > ?`, actor.Cooperative, actor.Member, now.Add(-day)).Scan(ctx, &today)
		if err != nil {
			return err
		}
		if today >= reportsADay {
			return rule.Broken("reason", "report.too_many")
		}
		_, err = tx.NewRaw(`INSERT INTO coop.listing_reports (cooperative_id, id, listing_id, member_id, reason, words, at)
VALUES (?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (cooperative_id, listing_id, member_id) WHERE answered_at IS NULL DO NOTHING`,
			actor.Cooperative, uuid.Must(uuid.NewV7()), listing.ID, actor.Member, report.Reason, report.Words, now).Exec(ctx)
		return err
	})
}

// judged is a listing under its lock, with what the rules of moderation ask.
type judged struct {
	Owner       coop.MemberID
	Title       string
	Moderation  Moderation
	N           int
	HidBy       coop.MemberID
	Facilitates bool
}

// Decide makes a step of moderation: facilitators keep, hide, restore or uphold, and the
// owner contests. Everybody whom it concerns is told. It answers ErrMoved when somebody
// else was first.
func (l *Listings) Decide(ctx context.Context, actor coop.Actor, id coop.ListingID, asked Decision) error {
	return l.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		j, err := judge(ctx, tx, actor, id)
		if err != nil {
			return err
		}
		if j.N != asked.Seen {
			return rule.ErrMoved
		}
		line, found := ruled(asked.Step, j.Moderation)
		if !found {
			return rule.ErrMoved
		}
		if !line.May(actor.Member, j.Owner, j.HidBy, j.Facilitates) {
			return rule.ErrForbidden
		}
		if asked, err = asked.check(); err != nil {
			return err
		}
		if err := l.rule(ctx, tx, actor, id, j, line, asked); err != nil {
			return err
		}
		return l.tellRuling(ctx, tx, actor, id, j, line)
	})
}

// judge locks a listing for its owner, or for a facilitator while it is on the desk.
func judge(ctx context.Context, tx bun.Tx, actor coop.Actor, id coop.ListingID) (j judged, err error) {
	err = tx.NewRaw(`SELECT l.member_id AS owner, l.title, l.moderation,
  (SELECT coalesce(max(n), 0) FROM coop.listing_rulings s WHERE s.cooperative_id = l.cooperative_id AND s.listing_id = l.id) AS n,
  (SELECT s.by_member_id FROM coop.listing_rulings s WHERE s.cooperative_id = l.cooperative_id AND s.listing_id = l.id AND s.step = 'hide'
   ORDER BY n DESC LIMIT 1) AS hid_by,
  `+coop.Facilitates+` AS facilitates
FROM coop.listings l
WHERE l.cooperative_id = ? AND l.id = ? AND (l.member_id = ? OR `+onDesk+`)
FOR UPDATE OF l`, actor.Cooperative, actor.Member, actor.Cooperative, id, actor.Member, actor.Member).Scan(ctx, &j)
	if errors.Is(err, sql.ErrNoRows) {
		return j, rule.ErrNotFound
	}
	return j, err
}

func (l *Listings) rule(ctx context.Context, tx bun.Tx, actor coop.Actor, id coop.ListingID, j judged, line Ruled, asked Decision) error {
	now := l.now()
	_, err := tx.NewRaw(`INSERT INTO coop.listing_rulings (cooperative_id, listing_id, n, step, from_state, to_state, by_member_id, rule, words, at)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`, actor.Cooperative, id, j.N+1, line.Step, line.From, line.To, actor.Member, asked.Rule, asked.Words, now).Exec(ctx)
	if err != nil {
		return err
	}
	return set(ctx, tx, actor, id, `moderation = ?`, line.To)
}

// tellRuling lets the owner know what was decided, and who reported that somebody looked.
func (l *Listings) tellRuling(ctx context.Context, tx bun.Tx, actor coop.Actor, id coop.ListingID, j judged, line Ruled) error {
	kinds := map[Verdict]string{ToHide: "listing_hidden", ToRestore: "listing_restored", ToUphold: "listing_upheld"}
	item := inbox.Item{Cooperative: actor.Cooperative, Subject: id.UUID, Title: j.Title, At: l.now()}
	var items []inbox.Item
	if kind := kinds[line.Step]; kind != "" {
		told := item
		told.Member, told.Kind, told.Once = j.Owner, kind, kind+":"+id.String()+":"+l.now().UTC().Format(time.RFC3339Nano)
		items = append(items, told)
	}
	if line.Step == ToKeep || line.Step == ToHide {
		var answered []struct {
			ID     uuid.UUID
			Member coop.MemberID
		}
		err := tx.NewRaw(`UPDATE coop.listing_reports SET answered_at = ?
WHERE cooperative_id = ? AND listing_id = ? AND answered_at IS NULL
RETURNING id, member_id AS member`, l.now(), actor.Cooperative, id).Scan(ctx, &answered)
		if err != nil {
			return err
		}
		for _, a := range answered {
			told := item
			told.Member, told.Kind, told.Once = a.Member, "report_answered", "report:"+a.ID.String()
			items = append(items, told)
		}
	}
	return inbox.Tell(ctx, tx, items...)
}

// Queue returns, to a facilitator, the listings that wait: contested first, then those
// reported, the longest waiting first. Others get ErrNotFound.
func (l *Listings) Queue(ctx context.Context, actor coop.Actor) (files []File, err error) {
	if err := coop.HideFromOthers(ctx, l.db, actor); err != nil {
		return nil, err
	}
	err = l.db.NewRaw(`SELECT l.id, l.kind, l.category, l.title, l.language, l.state, l.moderation, l.expires_at, l.published_at,
  l.member_id AS owner_id, m.name AS owner_name, q.reports, q.since
FROM (
  SELECT t.listing_id, count(*) AS reports, min(t.at) AS since
  FROM coop.listing_reports t
  WHERE t.cooperative_id = ? AND t.answered_at IS NULL
  GROUP BY t.listing_id
  UNION ALL
  SELECT c.id, 0, (SELECT max(s.at) FROM coop.listing_rulings s WHERE s.cooperative_id = c.cooperative_id AND s.listing_id = c.id)
  FROM coop.listings c
  WHERE c.cooperative_id = ? AND c.moderation = 'contested'
) q
JOIN coop.listings l ON l.cooperative_id = ? AND l.id = q.listing_id
JOIN coop.members m ON m.cooperative_id = l.cooperative_id AND m.id = l.member_id
WHERE l.member_id <> ? AND l.moderation IN ('none', 'contested') AND (q.reports = 0) = (l.moderation = 'contested')
ORDER BY l.moderation, q.since, l.id
LIMIT ?`, actor.Cooperative, actor.Cooperative, actor.Cooperative, actor.Member, PerQueue).Scan(ctx, &files)
	return files, err
}

// Waiting counts the listings that wait for a facilitator, PerQueue at most; none for
// anybody else.
func (l *Listings) Waiting(ctx context.Context, actor coop.Actor) (n int, err error) {
	err = l.db.NewRaw(`SELECT count(*)
FROM (
  SELECT l.id
  FROM coop.listings l
  WHERE l.cooperative_id = ? AND l.member_id <> ? AND (l.moderation = 'contested' OR l.moderation = 'none' AND l.id IN (
    SELECT t.listing_id FROM coop.listing_reports t WHERE t.cooperative_id = ? AND t.answered_at IS NULL))
  LIMIT ?
) x
WHERE `+coop.Facilitates, actor.Cooperative, actor.Member, actor.Cooperative, PerQueue, actor.Cooperative, actor.Member).Scan(ctx, &n)
	return n, err
}

// Reported returns, to a facilitator, a listing that is on the desk, with what neighbours
// said about it and has not been answered.
func (l *Listings) Reported(ctx context.Context, actor coop.Actor, id coop.ListingID) (Listing, []Told, error) {
	where := clauses{}.and(`l.cooperative_id = ? AND l.id = ? AND `+onDesk, actor.Cooperative, id, actor.Member)
	found, err := read(ctx, l.db, actor, where, `l.id`, 1)
	if err != nil {
		return Listing{}, nil, err
	}
	if len(found) == 0 {
		return Listing{}, nil, rule.ErrNotFound
	}
	if found[0].Photos, err = pictures(ctx, l.db, actor.Cooperative, id); err != nil {
		return Listing{}, nil, err
	}
	var told []Told
	err = l.db.NewRaw(`SELECT t.id, t.reason, t.words, t.at, t.member_id AS by_id, CASE WHEN m.state = 'left' THEN '' ELSE m.name END AS by_name
FROM coop.listing_reports t
JOIN coop.members m ON m.cooperative_id = t.cooperative_id AND m.id = t.member_id
WHERE t.cooperative_id = ? AND t.listing_id = ? AND t.answered_at IS NULL
ORDER BY t.at, t.id
LIMIT ?`, actor.Cooperative, id, PerQueue).Scan(ctx, &told)
	return found[0], told, err
}

// Rulings returns what was decided about a listing, first to last: to its owner, and to
// facilitators while it is on the desk. Others get none.
func (l *Listings) Rulings(ctx context.Context, actor coop.Actor, id coop.ListingID) (all []Ruling, err error) {
	err = l.db.NewRaw(`SELECT s.n, s.step, s.from_state AS "from", s.to_state AS "to", s.rule, s.words, s.at,
  s.by_member_id AS by_id, CASE WHEN m.state = 'left' THEN '' ELSE m.name END AS by_name
FROM coop.listing_rulings s
JOIN coop.listings l ON l.cooperative_id = s.cooperative_id AND l.id = s.listing_id
JOIN coop.members m ON m.cooperative_id = s.cooperative_id AND m.id = s.by_member_id
WHERE s.cooperative_id = ? AND s.listing_id = ? AND (l.member_id = ? OR `+onDesk+`)
ORDER BY s.n DESC
LIMIT ?`, actor.Cooperative, id, actor.Member, actor.Member, PerQueue).Scan(ctx, &all)
	slices.Reverse(all)
	return all, err
}
