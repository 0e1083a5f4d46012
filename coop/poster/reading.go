package poster

import (
	"cmp"
	"context"

	"github.com/google/uuid"

	"lien/coop"
	"lien/rule"
)

// mostMade is how many posters the desk lists.
const mostMade = 20

const posterColumns = `SELECT p.id, p.cooperative_id AS cooperative, o.name AS house, concat_ws(', ', b.name, q.name) AS place, p.languages, c.code, p.made_at
	FROM coop.posters AS p
	JOIN coop.cooperatives AS o ON o.id = p.cooperative_id
	JOIN coop.places AS q ON q.cooperative_id = p.cooperative_id AND q.id = p.place_id
	LEFT JOIN coop.places AS b ON b.cooperative_id = q.cooperative_id AND b.id = q.parent_id
	JOIN coop.poster_codes AS c ON c.cooperative_id = p.cooperative_id AND c.kind = 'poster' AND c.subject_id = p.id
	WHERE p.cooperative_id = ?`

// Made lists the posters made last, without what stands on them. Facilitators only.
func (p *Posters) Made(ctx context.Context, actor coop.Actor) (list []Poster, err error) {
	if err := coop.MustFacilitate(ctx, p.db, actor); err != nil {
		return nil, err
	}
	err = p.db.NewRaw(posterColumns+` ORDER BY p.id DESC LIMIT ?`, actor.Cooperative, mostMade).Scan(ctx, &list)
	return list, err
}

// One returns a poster with what still stands on it. Facilitators only.
func (p *Posters) One(ctx context.Context, actor coop.Actor, id coop.PosterID) (Poster, error) {
	if err := coop.MustFacilitate(ctx, p.db, actor); err != nil {
		return Poster{}, err
	}
	return p.read(ctx, actor.Cooperative, id)
}

func (p *Posters) read(ctx context.Context, cooperative coop.CooperativeID, id coop.PosterID) (found Poster, err error) {
	if err := p.db.NewRaw(posterColumns+` AND p.id = ?`, cooperative, id).Scan(ctx, &found); err != nil {
		return found, orNotFound(err)
	}
	now := p.now()
	err = p.db.NewRaw(itemColumns+`
		JOIN coop.poster_items AS i ON i.cooperative_id = c.cooperative_id AND i.kind = c.kind AND i.subject_id = c.subject_id
		WHERE i.cooperative_id = ? AND i.poster_id = ? AND (`+stands+`)
		ORDER BY i.n`, cooperative, id, now, now, now.Add(-noticesSince)).Scan(ctx, &found.Items)
	found.Items = forAnybody(found.Items)
	return found, err
}

// forAnybody keeps what may be read by whoever passes: nothing whose title leads to a door,
// and of a place that does so only that it is somewhere.
func forAnybody(items []Item) []Item {
	kept := items[:0]
	for _, i := range items {
		if tellsDoor(i.Place) {
			i.Place = ""
		}
		if !tellsDoor(i.Title) {
			kept = append(kept, i)
		}
	}
	return kept
}

// itemColumns are what whoever passes may read of a thing.
const itemColumns = `SELECT c.kind, c.subject_id AS subject, c.code, coalesce(l.title, e.title, n.title) AS title,
	  coalesce(l.language, e.language, n.language) AS language, coalesce(l.kind, '') AS sort, coalesce(l.category, '') AS category,
	  coalesce(l.minutes, 0) AS minutes, e.starts_at, e.ends_at, coalesce(e.place, '') AS place
	FROM coop.poster_codes AS c
	LEFT JOIN coop.listings AS l ON c.kind = 'listing' AND l.cooperative_id = c.cooperative_id AND l.id = c.subject_id
	LEFT JOIN coop.members AS m ON m.cooperative_id = l.cooperative_id AND m.id = l.member_id
	LEFT JOIN coop.events AS e ON c.kind = 'event' AND e.cooperative_id = c.cooperative_id AND e.id = c.subject_id
	LEFT JOIN coop.notices AS n ON c.kind = 'notice' AND n.cooperative_id = c.cooperative_id AND n.id = c.subject_id`

// stands is whether a thing still stands there: a listing that is open, whose owner wants
// it there and whose title does not name them, an event that is on and not over, a lately
// pinned notice of a facilitator. It asks for now twice, and since when a notice is late.
var stands = `
		  l.state = 'open' AND l.moderation = 'none' AND l.expires_at > ? AND m.state IN ('welcomed', 'active') AND NOT ` + named + ` AND EXISTS (
		    SELECT FROM coop.poster_listings AS h WHERE h.cooperative_id = l.cooperative_id AND h.listing_id = l.id)
		  OR e.state = 'on' AND e.ends_at > ?
		  OR n.gone_at IS NULL AND n.created_at > ? AND ` + byFacilitator

// named says that the title of listing l holds the whole name of its owner m.
const named = `position(lower(m.name) IN lower(l.title)) > 0`

// Found is what a code leads to.
type Found struct {
	Cooperative coop.CooperativeID
	House       string
	Item        Item   // of a thing
	Poster      Poster // of a whole poster: its Items
}

// Lookup returns what a code leads to, as much of it as the paper shows, and
// rule.ErrNotFound for a code of nothing, or of something that hangs there no more.
// Anybody may look.
func (p *Posters) Lookup(ctx context.Context, typed string) (f Found, err error) {
	code := Tidy(typed)
	if code == "" {
		return f, rule.ErrNotFound
	}
	var row struct {
		CooperativeID coop.CooperativeID
		House         string
		Kind          Kind
		SubjectID     uuid.UUID
	}
	err = p.db.NewRaw(`
		SELECT c.cooperative_id, o.name AS house, c.kind, c.subject_id
		FROM coop.poster_codes AS c JOIN coop.cooperatives AS o ON o.id = c.cooperative_id
		WHERE c.code = ?`, code).Scan(ctx, &row)
	if err != nil {
		return f, orNotFound(err)
	}
	f.Cooperative, f.House = row.CooperativeID, row.House
	if row.Kind == APoster {
		f.Poster, err = p.read(ctx, row.CooperativeID, coop.PosterID{UUID: row.SubjectID})
		return f, err
	}
	now := p.now()
	var one []Item
	err = p.db.NewRaw(itemColumns+`
		WHERE c.cooperative_id = ? AND c.kind = ? AND c.subject_id = ? AND (`+stands+`)`,
		row.CooperativeID, row.Kind, row.SubjectID, now, now, now.Add(-noticesSince)).Scan(ctx, &one)
	if one = forAnybody(one); err != nil || len(one) == 0 {
		return f, cmp.Or(err, error(rule.ErrNotFound))
	}
	f.Item = one[0]
	return f, nil
}
