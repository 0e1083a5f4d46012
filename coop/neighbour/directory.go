package neighbour

import (
	"context"
	"errors"
	"time"

	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect/pgdialect"

	"lien/coop"
	"lien/rule"
)

// Directory is who lives here, among those who want to be found.
type Directory struct {
	db  bun.IDB
	now func() time.Time
}

// NewDirectory returns the directory kept in db; now tells the time.
func NewDirectory(db bun.IDB, now func() time.Time) *Directory {
	return &Directory{db: db, now: now}
}

// perPage is how many neighbours a page of the directory holds.
const perPage = 30

// entries are the members as their neighbours see them: the one place where what is shown
// is told from what is not. Whatever reads the directory reads these columns and no others,
// so that nothing hidden can be searched for. Who parted from the reader shows them no
// building, whatever they show to others. Its arguments are the reader, twice.
const entries = `
	SELECT m.id, m.name, EXISTS (SELECT FROM coop.member_roles r WHERE r.cooperative_id = m.cooperative_id AND r.member_id = m.id
			AND r.role = 'facilitator' AND r.until_at IS NULL) AS facilitator,
		CASE WHEN 'building' = ANY (d.shows) AND NOT coop.place_hidden_between(me.cooperative_id, me.id, m.id) THEN coalesce(b.name, '') ELSE '' END AS building,
		CASE WHEN 'languages' = ANY (d.shows) THEN m.speaks ELSE '{}' END AS languages,
		CASE WHEN 'likes' = ANY (d.shows) THEN d.likes ELSE '' END AS likes, d.likes_language,
		CASE WHEN 'since' = ANY (d.shows) THEN m.joined_at ELSE '0001-01-01 00:00:00Z' END AS since,
		lower(public.unaccent(m.name)) AS key
	FROM coop.members me
	JOIN coop.directory d ON d.cooperative_id = me.cooperative_id
	JOIN coop.members m ON m.cooperative_id = d.cooperative_id AND m.id = d.member_id
	JOIN coop.places p ON p.cooperative_id = m.cooperative_id AND p.id = m.place_id
	LEFT JOIN coop.places b ON b.cooperative_id = p.cooperative_id AND b.id = ANY (p.path) AND b.kind = 'building'
	WHERE me.cooperative_id = ? AND me.id = ? AND me.state IN ('welcomed', 'active') AND m.state IN ('welcomed', 'active')
		AND m.id <> ALL (ARRAY(SELECT coop.hidden_from(?, ?)))`

// List returns a page of those who are in the directory, by name; more tells whether there
// are others after them. Accents and capitals do not matter.
func (d *Directory) List(ctx context.Context, actor coop.Actor, s Search) (list []Entry, more bool, err error) {
	if s.Words, err = rule.Line("words", s.Words, 0, 60); err != nil {
		return nil, false, err
	}
	if s.Language != "" && !known(s.Language) {
		return nil, false, rule.Broken("language", "rule.choose")
	}
	after, err := rule.Line("after", s.After, 0, 80)
	if err != nil {
		return nil, false, rule.ErrNotFound
	}
	err = d.db.NewRaw(`
		SELECT * FROM (`+entries+` AND d.listed) e
		WHERE (? = '' OR position(lower(public.unaccent(?)) IN key || ' ' || lower(public.unaccent(likes || ' ' || building))) > 0)
			AND (? = '' OR ? = ANY (languages)) AND (? = '' OR building = ?) AND (key, id) > (?, ?)
		ORDER BY key, id LIMIT ?`,
		actor.Cooperative, actor.Member, actor.Cooperative, actor.Member,
		s.Words, s.Words, s.Language, s.Language, s.Building, s.Building, after, s.AfterID, perPage+1).Scan(ctx, &list)
	if len(list) > perPage {
		return list[:perPage], true, err
	}
	return list, false, err
}

// One returns a neighbour who is in the directory, the reader themselves among them. Who is
// not in it, is hidden or is nobody is rule.ErrNotFound.
func (d *Directory) One(ctx context.Context, actor coop.Actor, id coop.MemberID) (e Entry, err error) {
	err = d.db.NewRaw(entries+` AND d.listed AND m.id = ?`,
		actor.Cooperative, actor.Member, actor.Cooperative, actor.Member, id).Scan(ctx, &e)
	return e, orNotFound(err)
}

// Buildings lists the buildings that somebody in the directory shows, by name.
func (d *Directory) Buildings(ctx context.Context, actor coop.Actor) (names []string, err error) {
	err = d.db.NewRaw(`SELECT DISTINCT building FROM (`+entries+` AND d.listed) e WHERE building <> '' ORDER BY building LIMIT 100`,
		actor.Cooperative, actor.Member, actor.Cooperative, actor.Member).Scan(ctx, &names)
	return names, err
}

// Preview is the actor as their neighbours see them; found is false while nobody does.
func (d *Directory) Preview(ctx context.Context, actor coop.Actor) (e Entry, found bool, err error) {
	e, err = d.One(ctx, actor, actor.Member)
	if errors.Is(err, rule.ErrNotFound) {
		return e, false, nil
	}
	return e, err == nil, err
}

// Mine returns what the actor shows, in their own hands.
func (d *Directory) Mine(ctx context.Context, actor coop.Actor) (v Visibility, err error) {
	err = d.db.NewRaw(`
		SELECT m.name, coalesce(m.own_name, m.name) AS own_name, coalesce(d.listed, false) AS listed, coalesce(d.shows, '{}') AS shows,
			coalesce(d.likes, '') AS likes, coalesce(d.likes_language, m.language) AS likes_language, m.speaks
		FROM coop.members m
		LEFT JOIN coop.directory d ON d.cooperative_id = m.cooperative_id AND d.member_id = m.id
		WHERE m.cooperative_id = ? AND m.id = ?`, actor.Cooperative, actor.Member).Scan(ctx, &v)
	return v, orNotFound(err)
}

// Choose keeps what the actor shows from now on, and the name that neighbours read: theirs,
// or another one, which stands on everything they wrote and will write. OwnName is not
// theirs to change. It returns *rule.Invalid for the form, and for the name of somebody
// else who facilitates.
func (d *Directory) Choose(ctx context.Context, actor coop.Actor, v Visibility) error {
	v, err := v.tidy()
	if err != nil {
		return err
	}
	return d.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		if err := d.rename(ctx, tx, actor, v); err != nil {
			return err
		}
		_, err := tx.NewRaw(`
			INSERT INTO coop.directory (cooperative_id, member_id, listed, shows, likes, likes_language, changed_at)
			VALUES (?, ?, ?, ?, ?, ?, ?)
			ON CONFLICT (cooperative_id, member_id) DO UPDATE
			SET listed = excluded.listed, shows = excluded.shows, likes = excluded.likes,
				likes_language = excluded.likes_language, changed_at = excluded.changed_at`,
			actor.Cooperative, actor.Member, v.Listed, pgdialect.Array(v.Shows), v.Likes, v.LikesLanguage, d.now()).Exec(ctx)
		return err
	})
}

// rename writes the name that neighbours read, and the languages, under the member's lock.
func (d *Directory) rename(ctx context.Context, tx bun.Tx, actor coop.Actor, v Visibility) error {
	var own string
	err := tx.NewRaw(`
		SELECT coalesce(own_name, name) FROM coop.members
		WHERE cooperative_id = ? AND id = ? AND state <> 'left' FOR NO KEY UPDATE`, actor.Cooperative, actor.Member).Scan(ctx, &own)
	if err != nil {
		return orNotFound(err)
	}
	if v.Name == "" {
		v.Name = own
	}
	if v.Name, err = rule.Line("name", v.Name, 2, 40); err != nil {
		return err
	}
	if v.Name != own {
		if err := d.free(ctx, tx, actor, v.Name); err != nil {
			return err
		}
	}
	_, err = tx.NewRaw(`
		UPDATE coop.members SET name = ?, own_name = nullif(?, ?), speaks = ? WHERE cooperative_id = ? AND id = ?`,
		v.Name, own, v.Name, pgdialect.Array(v.Speaks), actor.Cooperative, actor.Member).Exec(ctx)
	return err
}

// free refuses the name of somebody else who facilitates: nobody speaks in their place.
func (d *Directory) free(ctx context.Context, tx bun.Tx, actor coop.Actor, name string) error {
	var taken bool
	err := tx.NewRaw(`
		SELECT EXISTS (
			SELECT FROM coop.member_roles r JOIN coop.members m ON m.cooperative_id = r.cooperative_id AND m.id = r.member_id
			WHERE r.cooperative_id = ? AND r.member_id <> ? AND r.role = 'facilitator' AND r.until_at IS NULL
				AND lower(public.unaccent(m.name)) = lower(public.unaccent(?)))`, actor.Cooperative, actor.Member, name).Scan(ctx, &taken)
	if err == nil && taken {
		return rule.Broken("name", "visibility.name_taken")
	}
	return err
}
