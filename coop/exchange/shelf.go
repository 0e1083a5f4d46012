package exchange

import (
	"context"
	"slices"
	"time"

	"github.com/uptrace/bun"

	"lien/coop"
	"lien/rule"
)

// perShelf is how many listings a page shows; perOwner how many of their own a member has
// in sight; ranked how many of the newest that hold the words are put in order; leafed how
// many of the newest are looked through for them.
const (
	perShelf = 24
	perOwner = 100
	ranked   = 300
	leafed   = 3000
)

// Search narrows the list of listings. Words is free text; empty fields do not narrow.
// Near keeps what is offered in the reader's own building. After is the last listing of
// the page before.
type Search struct {
	Kind     Kind
	Category Category
	Words    string
	Spoken   string
	Near     bool
	After    coop.ListingID
}

// Shelf is one page of listings. Next is the id to ask the next page after, zero when
// there is none.
type Shelf struct {
	Listings []Listing
	Next     coop.ListingID
}

// clauses is a condition with the values it names, put together piece by piece.
type clauses struct {
	where string
	args  []any
}

func (c clauses) and(where string, args ...any) clauses {
	if c.where != "" {
		where = c.where + "\n  AND " + where
	}
	return clauses{where, slices.Concat(c.args, args)}
}

// inSight is the listings l that the actor sees, who must be an active member: open, not
// hidden, of an owner m who is active, and neither of the two hides from the other.
func inSight(actor coop.Actor, now time.Time) clauses {
	return clauses{}.
		and(`l.cooperative_id = ? AND l.state = 'open' AND l.moderation = 'none' AND l.expires_at > ?`, actor.Cooperative, now).
		and(`l.member_id <> ALL (ARRAY(SELECT coop.hidden_from(?, ?)))`, actor.Cooperative, actor.Member).
		and(`m.state IN ('welcomed', 'active')`).
		and(`(SELECT me.state IN ('welcomed', 'active') FROM coop.members me WHERE me.cooperative_id = ? AND me.id = ?)`, actor.Cooperative, actor.Member)
}

// narrowed adds what a search asks for beside its words.
func (s Search) narrowed(c clauses, actor coop.Actor) clauses {
	if s.Kind != "" {
		c = c.and(`l.kind = ?`, s.Kind)
	}
	if s.Category != "" {
		c = c.and(`l.category = ?`, s.Category)
	}
	if s.Spoken != "" {
		c = c.and(`? = ANY (l.spoken)`, s.Spoken)
	}
	if s.Near {
		c = c.and(`NOT `+elsewhere, actor.Member).and(`l.place = 'building' AND p.path[2] = (SELECT mine.path[2]
    FROM coop.members me JOIN coop.places mine ON mine.cooperative_id = me.cooperative_id AND mine.id = me.place_id
    WHERE me.cooperative_id = ? AND me.id = ?)`, actor.Cooperative, actor.Member)
	}
	return c
}

// One returns a listing: everyone's while it is visible, the actor's own always, hidden
// or expired.
func (l *Listings) One(ctx context.Context, actor coop.Actor, id coop.ListingID) (Listing, error) {
	visible := inSight(actor, l.now())
	where := clauses{}.and(`l.cooperative_id = ? AND l.id = ?`, actor.Cooperative, id).
		and(`(l.member_id = ? OR `+visible.where+`)`, slices.Concat([]any{actor.Member}, visible.args)...)
	found, err := read(ctx, l.db, actor, where, `l.id`, 1)
	if err != nil {
		return Listing{}, err
	}
	if len(found) == 0 {
		return Listing{}, rule.ErrNotFound
	}
	found[0].Photos, err = pictures(ctx, l.db, actor.Cooperative, id)
	return found[0], err
}

// Mine returns the actor's own listings, newest first, those that others no longer see
// among them.
func (l *Listings) Mine(ctx context.Context, actor coop.Actor) ([]Listing, error) {
	where := clauses{}.and(`l.cooperative_id = ? AND l.member_id = ?`, actor.Cooperative, actor.Member)
	return read(ctx, l.db, actor, where, `l.id DESC`, perOwner)
}

// List returns a page of what others see, newest first. Words are searched without
// regard to accents, French endings and one slip of the finger in each; such a search has
// one page, its best first.
func (l *Listings) List(ctx context.Context, actor coop.Actor, s Search) (Shelf, error) {
	where := s.narrowed(inSight(actor, l.now()), actor)
	words, err := rule.Line("words", s.Words, 0, 100)
	if err != nil {
		return Shelf{}, err
	}
	if words != "" {
		return l.find(ctx, actor, s, words, where)
	}
	if (s.After != coop.ListingID{}) {
		where = where.and(`(l.published_at, l.id) <= (SELECT a.published_at, a.id FROM coop.listings a WHERE a.cooperative_id = ? AND a.id = ?)`,
			actor.Cooperative, s.After)
	}
	found, err := read(ctx, l.db, actor, where, `l.published_at DESC, l.id DESC`, perShelf+1)
	shelf := Shelf{Listings: found}
	if len(found) > perShelf {
		shelf.Listings, shelf.Next = found[:perShelf], found[perShelf].ID
	}
	return shelf, err
}

// find ranks listings that hold all the words. Common words are found among the newest,
// which are looked through one by one; only what is rare there is looked up everywhere: to
// fetch all listings with a common word takes long, and nobody reads so far.
func (l *Listings) find(ctx context.Context, actor coop.Actor, s Search, words string, where clauses) (shelf Shelf, err error) {
	query, err := mend(ctx, l.db, actor.Cooperative, words)
	if err != nil || query == "" {
		return shelf, err
	}
	where = where.and(`l.words @@ to_tsquery('french', ?)`, query)
	order, err := l.rank(ctx, s.newest(actor), where, query)
	if err == nil && len(order) < perShelf {
		order, err = l.rank(ctx, clauses{where: `coop.listings`}, where, query)
	}
	if err != nil || len(order) == 0 {
		return shelf, err
	}
	found, err := read(ctx, l.db, actor, clauses{}.and(`l.cooperative_id = ? AND l.id IN (?)`, actor.Cooperative, bun.List(order)), `l.id`, perShelf)
	slices.SortFunc(found, func(a, b Listing) int { return slices.Index(order, a.ID) - slices.Index(order, b.ID) })
	return Shelf{Listings: found}, err
}

// newest are the newest listings of the kind and the sort that are searched, as rows.
func (s Search) newest(actor coop.Actor) clauses {
	c := clauses{}.and(`n.cooperative_id = ? AND n.state = 'open' AND n.moderation = 'none'`, actor.Cooperative)
	if s.Kind != "" {
		c = c.and(`n.kind = ?`, s.Kind)
	}
	if s.Category != "" {
		c = c.and(`n.category = ?`, s.Category)
	}
	c.where = `(
    SELECT n.cooperative_id, n.id, n.member_id, n.kind, n.category, n.place, n.spoken, n.state, n.moderation, n.published_at, n.expires_at, n.words
    FROM coop.listings n
    WHERE ` + c.where + `
    ORDER BY n.published_at DESC, n.id DESC
    LIMIT ?)`
	c.args = append(c.args, leafed)
	return c
}

// rank puts the newest listings that answer in order, the best first.
func (l *Listings) rank(ctx context.Context, among, where clauses, query string) (order []coop.ListingID, err error) {
	var ranking []struct{ ID coop.ListingID }
	err = l.db.NewRaw(`SELECT h.id
FROM (
  SELECT l.id, l.published_at, l.words
  FROM `+among.where+` l
  JOIN coop.members m ON m.cooperative_id = l.cooperative_id AND m.id = l.member_id
  JOIN coop.places p ON p.cooperative_id = m.cooperative_id AND p.id = m.place_id
  WHERE `+where.where+`
  ORDER BY l.published_at DESC, l.id DESC
  LIMIT ?
) h
ORDER BY ts_rank(h.words, to_tsquery('french', ?)) DESC, h.published_at DESC, h.id DESC
LIMIT ?`, slices.Concat(among.args, where.args, []any{ranked, query, perShelf})...).Scan(ctx, &ranking)
	for _, r := range ranking {
		order = append(order, r.ID)
	}
	return order, err
}

// elsewhere is whether the owner of a listing l lets the reader know no building of theirs:
// the two parted. It asks for the reader.
const elsewhere = `coop.place_hidden_between(l.cooperative_id, ?, l.member_id)`

// read makes every reading of listings the same. A building is told where its owner chose
// so, but to nobody from whom they parted.
func read(ctx context.Context, db bun.IDB, actor coop.Actor, where clauses, order string, most int) (found []Listing, err error) {
	err = db.NewRaw(`SELECT l.id, l.kind, l.category, l.title, l.details, l.language, coalesce(l.minutes, 0) AS minutes,
  l.place, CASE WHEN l.place = 'building' AND NOT `+elsewhere+` THEN coalesce(b.name, '') ELSE '' END AS building,
  CASE WHEN l.place = 'building' AND NOT `+elsewhere+` THEN b.id END AS home, l.free_times AS free, l.spoken,
  l.state, l.moderation, l.created_at, l.published_at, l.expires_at, l.member_id AS owner_id, m.name AS owner_name,
  c.photo_id AS cover, w.starts_at
FROM coop.listings l
JOIN coop.members m ON m.cooperative_id = l.cooperative_id AND m.id = l.member_id
JOIN coop.places p ON p.cooperative_id = m.cooperative_id AND p.id = m.place_id
LEFT JOIN coop.places b ON b.cooperative_id = p.cooperative_id AND b.id = p.path[2]
LEFT JOIN coop.listing_photos c ON c.cooperative_id = l.cooperative_id AND c.listing_id = l.id AND c.n = 1
LEFT JOIN coop.workshops w ON w.cooperative_id = l.cooperative_id AND w.listing_id = l.id
WHERE `+where.where+`
ORDER BY `+order+`
LIMIT ?`, slices.Concat([]any{actor.Member, actor.Member}, where.args, []any{most})...).Scan(ctx, &found)
	return found, err
}
