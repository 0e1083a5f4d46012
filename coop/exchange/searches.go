package exchange

import (
	"context"
	"database/sql"
	"errors"
	"strings"
	"time"

	"github.com/uptrace/bun"

	"lien/coop"
	"lien/coop/inbox"
	"lien/rule"
)

// How many searches a round looks at, how long it leaves each alone, how many new listings
// it counts for one, and how far behind it stays: a listing that is being written while it
// looks is found by the next round.
const (
	perLook   = 200
	lookAgain = 10 * time.Minute
	mostNew   = 20
	behind    = time.Minute
)

// Searches are what members want to hear about.
type Searches struct {
	db  bun.IDB
	now func() time.Time
}

// NewSearches returns the searches kept in db; now tells the time.
func NewSearches(db bun.IDB, now func() time.Time) *Searches {
	return &Searches{db: db, now: now}
}

// Save keeps a search of the actor's, from now on. Sending the same key again changes
// nothing. It returns *rule.Invalid for a search of everything, or one too many.
func (s *Searches) Save(ctx context.Context, actor coop.Actor, wish Wish) error {
	wish, err := wish.check()
	if err != nil {
		return err
	}
	now := s.now()
	return s.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		if err := mustBeActive(ctx, tx, actor); err != nil {
			return err
		}
		// The member is locked, so that two devices do not pass the limit together.
		var others int
		err := tx.NewRaw(`SELECT (SELECT count(*) FROM coop.searches s WHERE s.cooperative_id = me.cooperative_id AND s.member_id = me.id AND s.client_key <> ?)
FROM coop.members me
WHERE me.cooperative_id = ? AND me.id = ?
FOR NO KEY UPDATE`, wish.Key, actor.Cooperative, actor.Member).Scan(ctx, &others)
		if err != nil {
			return err
		}
		if others >= mostSaved {
			return rule.Broken("words", "search.too_many", "most", mostSaved)
		}
		q := wish.Search
		_, err = tx.NewRaw(`INSERT INTO coop.searches
  (cooperative_id, id, member_id, words, kind, category, spoken, in_building, client_key, created_at, seen_at, looked_at)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (cooperative_id, member_id, client_key) DO NOTHING`,
			actor.Cooperative, rule.NewID[coop.SearchID](), actor.Member, q.Words, q.Kind, q.Category, q.Spoken, q.Near, wish.Key, now, now, now).Exec(ctx)
		return err
	})
}

// Change changes what a search of the actor's own looks for, from now on.
func (s *Searches) Change(ctx context.Context, actor coop.Actor, id coop.SearchID, wish Wish) error {
	wish, err := wish.check()
	if err != nil {
		return err
	}
	q := wish.Search
	return s.one(ctx, `UPDATE coop.searches SET words = ?, kind = ?, category = ?, spoken = ?, in_building = ?, seen_at = ?
WHERE cooperative_id = ? AND id = ? AND member_id = ?
RETURNING true`, q.Words, q.Kind, q.Category, q.Spoken, q.Near, s.now(), actor.Cooperative, id, actor.Member)
}

// Stop ends a search of the actor's own: nothing is told of it any more.
func (s *Searches) Stop(ctx context.Context, actor coop.Actor, id coop.SearchID) error {
	return s.one(ctx, `DELETE FROM coop.searches
WHERE cooperative_id = ? AND id = ? AND member_id = ?
RETURNING true`, actor.Cooperative, id, actor.Member)
}

// one runs a statement on a search, and answers ErrNotFound when it is not the actor's.
func (s *Searches) one(ctx context.Context, query string, args ...any) error {
	return s.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		var done bool
		err := tx.NewRaw(query, args...).Scan(ctx, &done)
		if errors.Is(err, sql.ErrNoRows) {
			return rule.ErrNotFound
		}
		return err
	})
}

// Mine returns the actor's searches, the newest first.
func (s *Searches) Mine(ctx context.Context, actor coop.Actor) (all []Saved, err error) {
	err = s.db.NewRaw(`SELECT id, words, kind, category, spoken, in_building, created_at, told_at
FROM coop.searches
WHERE cooperative_id = ? AND member_id = ?
ORDER BY id DESC
LIMIT ?`, actor.Cooperative, actor.Member, mostSaved).Scan(ctx, &all)
	return all, err
}

// One returns a search of the actor's own.
func (s *Searches) One(ctx context.Context, actor coop.Actor, id coop.SearchID) (found Saved, err error) {
	err = s.db.NewRaw(`SELECT id, words, kind, category, spoken, in_building, created_at, told_at
FROM coop.searches
WHERE cooperative_id = ? AND id = ? AND member_id = ?`, actor.Cooperative, id, actor.Member).Scan(ctx, &found)
	if errors.Is(err, sql.ErrNoRows) {
		err = rule.ErrNotFound
	}
	return found, err
}

// news is what a search has found since its last news.
type news struct {
	Cooperative coop.CooperativeID
	ID          coop.SearchID
	Member      coop.MemberID
	Fresh       int64
	Title       string // of the oldest new one
}

// Look looks through searches that were not looked at for ten minutes, and tells those who
// keep them what is new: once a day at most for each search, everything together. It
// returns how many it looked at. Words are found without regard to accents and endings;
// a slip is mended where somebody reads, not here.
func (s *Searches) Look(ctx context.Context) (n int, err error) {
	now := s.now()
	err = s.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		var looked []news
		err := tx.NewRaw(`WITH due AS (
  SELECT s.cooperative_id, s.id
  FROM coop.searches s
  JOIN coop.members me ON me.cooperative_id = s.cooperative_id AND me.id = s.member_id AND me.state IN ('welcomed', 'active')
  WHERE s.looked_at <= ? AND (s.told_at IS NULL OR s.told_at <= ?)
  ORDER BY s.looked_at, s.id
  LIMIT ?
  FOR UPDATE OF s SKIP LOCKED
), found AS (
  SELECT s.cooperative_id, s.id, s.member_id, x.fresh, x.title
  FROM due
  JOIN coop.searches s ON s.cooperative_id = due.cooperative_id AND s.id = due.id
  JOIN coop.members me ON me.cooperative_id = s.cooperative_id AND me.id = s.member_id
  JOIN coop.places here ON here.cooperative_id = me.cooperative_id AND here.id = me.place_id
  CROSS JOIN LATERAL (
    SELECT count(*) AS fresh, coalesce((array_agg(l.title ORDER BY l.published_at, l.id))[1], '') AS title
    FROM (
      SELECT l.id, l.title, l.published_at
      FROM coop.listings l
      JOIN coop.members m ON m.cooperative_id = l.cooperative_id AND m.id = l.member_id
      JOIN coop.places p ON p.cooperative_id = m.cooperative_id AND p.id = m.place_id
      WHERE l.cooperative_id = s.cooperative_id AND l.state = 'open' AND l.moderation = 'none' AND l.published_at > s.seen_at AND l.published_at <= ? AND l.expires_at > ?
        AND l.member_id <> s.member_id AND m.state IN ('welcomed', 'active')
        AND NOT coop.hidden_between(l.cooperative_id, l.member_id, s.member_id)
        AND (s.kind = '' OR l.kind = s.kind) AND (s.category = '' OR l.category = s.category)
        AND (s.spoken = '' OR s.spoken = ANY (l.spoken))
        AND (NOT s.in_building OR l.place = 'building' AND p.path[2] = here.path[2]
          AND NOT coop.place_hidden_between(l.cooperative_id, l.member_id, s.member_id))
        AND (s.words = '' OR l.words @@ plainto_tsquery('french', coop.plain(s.words)))
      ORDER BY l.published_at DESC, l.id DESC
      LIMIT ?
    ) l
  ) x
)
UPDATE coop.searches s
SET looked_at = ?, told_at = CASE WHEN f.fresh > 0 THEN ? ELSE s.told_at END, seen_at = CASE WHEN f.fresh > 0 THEN ? ELSE s.seen_at END
FROM found f
WHERE s.cooperative_id = f.cooperative_id AND s.id = f.id
RETURNING s.cooperative_id AS cooperative, s.id, s.member_id AS member, f.fresh, f.title`,
			now.Add(-lookAgain), now.Add(-bundled), perLook, now.Add(-behind), now, mostNew, now, now, now.Add(-behind)).Scan(ctx, &looked)
		if err != nil {
			return err
		}
		n = len(looked)
		var items []inbox.Item
		for _, found := range looked {
			if found.Fresh == 0 {
				continue
			}
			kind := "search_found"
			if found.Fresh > 1 {
				kind = "search_found_several"
			}
			items = append(items, inbox.Item{
				Cooperative: found.Cooperative, Member: found.Member, Kind: kind, Subject: found.ID.UUID, Title: found.Title, At: now,
				Once: strings.Join([]string{"search", found.ID.String(), now.UTC().Format(time.RFC3339)}, ":"),
			})
		}
		return inbox.Tell(ctx, tx, items...)
	})
	return n, err
}
