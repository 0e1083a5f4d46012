package place

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"github.com/google/uuid"
	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect/pgdialect"

	"lien/coop"
	"lien/rule"
)

// Places are the places of a cooperative.
type Places struct {
	db  bun.IDB
	now func() time.Time
}

// NewPlaces returns the places kept in db; now tells the time.
func NewPlaces(db bun.IDB, now func() time.Time) *Places {
	return &Places{db: db, now: now}
}

// columns read a place with the names on the way to it.
const columns = `p.id, p.kind, p.name, p.path, p.closed_at IS NOT NULL AS closed,
	coalesce((SELECT string_agg(up.name, ' › ' ORDER BY array_position(p.path, up.id)) || ' › '
	  FROM coop.places AS up WHERE up.cooperative_id = p.cooperative_id AND up.id = ANY (p.path) AND up.id <> p.id), '') AS leads,
	EXISTS (SELECT FROM coop.places AS c WHERE c.cooperative_id = p.cooperative_id AND c.parent_id = p.id AND c.closed_at IS NULL) AS holds
	FROM coop.places AS p`

// Tree lists the open places, each after the one it stands in. Facilitators only.
func (p *Places) Tree(ctx context.Context, actor coop.Actor) (list []Place, err error) {
	if err := coop.MustFacilitate(ctx, p.db, actor); err != nil {
		return nil, err
	}
	err = p.db.NewRaw(`SELECT `+columns+`
		WHERE p.cooperative_id = ? AND p.closed_at IS NULL
		ORDER BY p.path LIMIT 1000`, actor.Cooperative).Scan(ctx, &list)
	return list, err
}

// One returns an open place to a facilitator.
func (p *Places) One(ctx context.Context, actor coop.Actor, id coop.PlaceID) (found Place, err error) {
	if err := coop.MustFacilitate(ctx, p.db, actor); err != nil {
		return found, err
	}
	return one(ctx, p.db, actor, id)
}

func one(ctx context.Context, db bun.IDB, actor coop.Actor, id coop.PlaceID) (found Place, err error) {
	err = db.NewRaw(`SELECT `+columns+` WHERE p.cooperative_id = ? AND p.id = ? AND p.closed_at IS NULL`,
		actor.Cooperative, id).Scan(ctx, &found)
	return found, orNotFound(err)
}

// Homes lists the places where one can live: those in which no other stands. Any member
// may choose among them.
func (p *Places) Homes(ctx context.Context, actor coop.Actor) (list []Place, err error) {
	err = p.db.NewRaw(`SELECT * FROM (SELECT `+columns+`
		WHERE p.cooperative_id = ? AND p.closed_at IS NULL) AS p
		WHERE NOT holds ORDER BY path LIMIT 1000`, actor.Cooperative).Scan(ctx, &list)
	return list, err
}

// Add puts a place into another one, or a residence into the cooperative when within is
// zero, and hangs its board. Two of one name do not stand beside each other.
func (p *Places) Add(ctx context.Context, actor coop.Actor, within coop.PlaceID, name string) (id coop.PlaceID, err error) {
	if name, err = named(name); err != nil {
		return id, err
	}
	err = p.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		if err := lock(ctx, tx, actor); err != nil {
			return err
		}
		var parent Place
		if (within != coop.PlaceID{}) {
			if parent, err = one(ctx, tx, actor, within); err != nil {
				return err
			}
		}
		kind := parent.Kind.Within()
		if kind == "" {
			return rule.ErrNotFound
		}
		if err := free(ctx, tx, actor, within, coop.PlaceID{}, name); err != nil {
			return err
		}
		id = rule.NewID[coop.PlaceID]()
		_, err := tx.NewRaw(`
			WITH place AS (
			  INSERT INTO coop.places (cooperative_id, id, parent_id, kind, name, path) VALUES (?0, ?1, ?2, ?3, ?4, ?5)
			)
			INSERT INTO coop.boards (cooperative_id, id, place_id, name, last_seq) VALUES (?0, ?6, ?1, ?4, 0)`,
			actor.Cooperative, id, rule.OrNone(within), kind, name, pgdialect.Array(append(parent.Path, id.UUID)), uuid.Must(uuid.NewV7())).Exec(ctx)
		return err
	})
	return id, err
}

// Rename gives a place and its board another name.
func (p *Places) Rename(ctx context.Context, actor coop.Actor, id coop.PlaceID, name string) error {
	name, err := named(name)
	if err != nil {
		return err
	}
	return p.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		if err := lock(ctx, tx, actor); err != nil {
			return err
		}
		found, err := one(ctx, tx, actor, id)
		if err != nil {
			return err
		}
		if err := free(ctx, tx, actor, found.parent(), id, name); err != nil {
			return err
		}
		_, err = tx.NewRaw(`
			WITH place AS (UPDATE coop.places SET name = ?0 WHERE cooperative_id = ?1 AND id = ?2)
			UPDATE coop.boards SET name = ?0 WHERE cooperative_id = ?1 AND place_id = ?2`,
			name, actor.Cooperative, id).Exec(ctx)
		return err
	})
}

// Close takes a place out of the tree. While somebody lives there, another place stands in
// it, or an invitation leads to it, it answers *rule.Invalid on "place".
func (p *Places) Close(ctx context.Context, actor coop.Actor, id coop.PlaceID) error {
	return p.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		if err := lock(ctx, tx, actor); err != nil {
			return err
		}
		found, err := one(ctx, tx, actor, id)
		if err != nil {
			return err
		}
		if found.Holds {
			return rule.Broken("place", "place.holds_others")
		}
		if _, err := tx.NewRaw(`SELECT id FROM coop.places WHERE cooperative_id = ? AND id = ? FOR UPDATE`, actor.Cooperative, id).Exec(ctx); err != nil {
			return err
		}
		if err := p.empty(ctx, tx, actor, id); err != nil {
			return err
		}
		_, err = tx.NewRaw(`UPDATE coop.places SET closed_at = ? WHERE cooperative_id = ? AND id = ?`, p.now(), actor.Cooperative, id).Exec(ctx)
		return err
	})
}

// empty refuses while somebody lives in a place or is invited to.
func (p *Places) empty(ctx context.Context, tx bun.Tx, actor coop.Actor, id coop.PlaceID) error {
	var lived, invited, only bool
	err := tx.NewRaw(`SELECT
		EXISTS (SELECT FROM coop.members WHERE cooperative_id = ?0 AND place_id = ?1 AND state <> 'left'),
		EXISTS (SELECT FROM coop.invitations WHERE cooperative_id = ?0 AND place_id = ?1 AND used_at IS NULL AND revoked_at IS NULL AND expires_at > ?2),
		NOT EXISTS (SELECT FROM coop.places WHERE cooperative_id = ?0 AND id <> ?1 AND closed_at IS NULL)`,
		actor.Cooperative, id, p.now()).Scan(ctx, &lived, &invited, &only)
	switch {
	case err != nil:
		return err
	case lived:
		return rule.Broken("place", "place.somebody_lives_here")
	case invited:
		return rule.Broken("place", "place.somebody_is_invited")
	case only:
		return rule.Broken("place", "place.the_only_one")
	}
	return nil
}

// parent is the place that this one stands in, zero for a residence.
func (p Place) parent() (id coop.PlaceID) {
	if n := len(p.Path); n > 1 {
		id.UUID = p.Path[n-2]
	}
	return id
}

func named(name string) (string, error) { return rule.Line("name", name, 1, 60) }

// free refuses a name that another place beside this one has.
func free(ctx context.Context, tx bun.Tx, actor coop.Actor, within, but coop.PlaceID, name string) error {
	var taken bool
	err := tx.NewRaw(`SELECT EXISTS (
		SELECT FROM coop.places
		WHERE cooperative_id = ? AND parent_id IS NOT DISTINCT FROM ? AND id <> ? AND closed_at IS NULL
		  AND coop.plain(name) = coop.plain(?))`, actor.Cooperative, rule.OrNone(within), but, name).Scan(ctx, &taken)
	if err == nil && taken {
		return rule.Broken("name", "place.taken")
	}
	return err
}

// lock makes sure that the actor facilitates, and that nobody changes the tree meanwhile.
func lock(ctx context.Context, tx bun.Tx, actor coop.Actor) error {
	if err := coop.MustFacilitate(ctx, tx, actor); err != nil {
		return err
	}
	_, err := tx.NewRaw(`SELECT id FROM coop.cooperatives WHERE id = ? FOR UPDATE`, actor.Cooperative).Exec(ctx)
	return err
}

func orNotFound(err error) error {
	if errors.Is(err, sql.ErrNoRows) {
		return rule.ErrNotFound
	}
	return err
}
