package membership

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/uptrace/bun"

	"lien/coop"
	"lien/rule"
)

// Leaflets are the papers that lead to the application form.
type Leaflets struct {
	db     bun.IDB
	derive Derive
	now    func() time.Time
}

// NewLeaflets returns the leaflets kept in db. Their codes come from derive; now tells the
// time.
func NewLeaflets(db bun.IDB, derive Derive, now func() time.Time) *Leaflets {
	return &Leaflets{db: db, derive: derive, now: now}
}

// Hang makes a poster that anybody may apply by, for a year. Facilitators only.
func (l *Leaflets) Hang(ctx context.Context, actor coop.Actor, key uuid.UUID) (Leaflet, error) {
	return l.make(ctx, actor, "poster", key, posterLasts, func(ctx context.Context, tx bun.Tx) error {
		return coop.MustFacilitate(ctx, tx, actor)
	})
}

// Hand makes a sheet that an active member hands to one person: five in thirty days.
func (l *Leaflets) Hand(ctx context.Context, actor coop.Actor, key uuid.UUID) (Leaflet, error) {
	return l.make(ctx, actor, "handed", key, invitationLasts, func(ctx context.Context, tx bun.Tx) error {
		state, err := lock(ctx, tx, actor.Cooperative, actor.Member)
		if err != nil {
			return err
		}
		if !state.MayAct() {
			return rule.ErrForbidden
		}
		var made int
		err = tx.NewRaw(`
			SELECT count(*) FROM coop.leaflets
			WHERE cooperative_id = ? AND made_by = ? AND kind = 'handed' AND created_at > ? AND client_key <> ?`,
			actor.Cooperative, actor.Member, l.now().Add(-handedIn), key).Scan(ctx, &made)
		if err == nil && made >= mostHanded {
			return rule.Broken("leaflet", "application.leaflet.enough", "most", mostHanded)
		}
		return err
	})
}

func (l *Leaflets) make(ctx context.Context, actor coop.Actor, kind string, key uuid.UUID, lasts time.Duration, may func(context.Context, bun.Tx) error) (Leaflet, error) {
	var made Leaflet
	err := l.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		if err := may(ctx, tx); err != nil {
			return err
		}
		id, now := rule.NewID[coop.LeafletID](), l.now()
		_, err := tx.NewRaw(`
			INSERT INTO coop.leaflets (cooperative_id, id, kind, code_hash, made_by, client_key, created_at, expires_at)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?)
			ON CONFLICT ON CONSTRAINT a_leaflet_is_made_once DO NOTHING`,
			actor.Cooperative, id, kind, l.derive.hash(aLeaflet, l.derive.code(aLeaflet, id.UUID)), actor.Member, key, now, now.Add(lasts)).Exec(ctx)
		if err != nil {
			return err
		}
		return tx.NewRaw(`SELECT `+leafletColumns+` WHERE l.cooperative_id = ? AND l.made_by = ? AND l.client_key = ?`,
			actor.Cooperative, actor.Member, key).Scan(ctx, &made)
	})
	return l.written(made), err
}

const leafletColumns = `
	l.id, l.kind = 'poster' AS poster, l.created_at, l.expires_at,
	(SELECT count(*) FROM coop.applications AS a WHERE a.cooperative_id = l.cooperative_id AND a.leaflet_id = l.id) AS answers
	FROM coop.leaflets AS l`

// written adds what is printed on the paper and kept nowhere.
func (l *Leaflets) written(v Leaflet) Leaflet {
	if (v.ID != coop.LeafletID{}) {
		v.Code, v.Link = l.derive.code(aLeaflet, v.ID.UUID), l.derive.link(aLeaflet, v.ID.UUID)
	}
	return v
}

// Posters lists the posters that hang, newest first, fifty at most. Facilitators only.
func (l *Leaflets) Posters(ctx context.Context, actor coop.Actor) ([]Leaflet, error) {
	if err := coop.MustFacilitate(ctx, l.db, actor); err != nil {
		return nil, err
	}
	return l.list(ctx, `l.cooperative_id = ? AND l.kind = 'poster'`, actor.Cooperative)
}

// Mine lists the sheets that the member made and that are still good, newest first.
func (l *Leaflets) Mine(ctx context.Context, actor coop.Actor) ([]Leaflet, error) {
	return l.list(ctx, `l.cooperative_id = ? AND l.kind = 'handed' AND l.made_by = ?`, actor.Cooperative, actor.Member)
}

func (l *Leaflets) list(ctx context.Context, which string, args ...any) ([]Leaflet, error) {
	var list []Leaflet
	err := l.db.NewRaw(`SELECT `+leafletColumns+`
		WHERE `+which+` AND l.revoked_at IS NULL AND l.expires_at > ?
		ORDER BY l.id DESC LIMIT 50`, append(args, l.now())...).Scan(ctx, &list)
	for n := range list {
		list[n] = l.written(list[n])
	}
	return list, err
}

// One returns a leaflet that is still good, to print it: a poster to a facilitator, a sheet
// to who made it.
func (l *Leaflets) One(ctx context.Context, actor coop.Actor, id coop.LeafletID) (Leaflet, error) {
	var found Leaflet
	err := l.db.NewRaw(`SELECT `+leafletColumns+`
		WHERE l.cooperative_id = ? AND l.id = ? AND l.revoked_at IS NULL AND l.expires_at > ?
		  AND (l.kind = 'handed' AND l.made_by = ? OR l.kind = 'poster' AND `+coop.Facilitates+`)`,
		actor.Cooperative, id, l.now(), actor.Member, actor.Cooperative, actor.Member).Scan(ctx, &found)
	return l.written(found), orNotFound(err)
}

// TakeDown makes a leaflet lead nowhere any more; twice is once. A poster is a
// facilitator's to take down, a sheet its maker's.
func (l *Leaflets) TakeDown(ctx context.Context, actor coop.Actor, id coop.LeafletID) error {
	var found coop.LeafletID
	err := l.db.NewRaw(`
		UPDATE coop.leaflets AS l SET revoked_at = coalesce(l.revoked_at, ?)
		WHERE l.cooperative_id = ? AND l.id = ?
		  AND (l.kind = 'handed' AND l.made_by = ? OR l.kind = 'poster' AND `+coop.Facilitates+`)
		RETURNING l.id`, l.now(), actor.Cooperative, id, actor.Member, actor.Cooperative, actor.Member).Scan(ctx, &found)
	return orNotFound(err)
}

// Lookup reads a short code or the token of a square. What leads nowhere, for whatever
// reason, is rule.ErrNotFound: a guess learns nothing. A sheet that was answered leads
// nowhere until its application is withdrawn or has lapsed.
func (l *Leaflets) Lookup(ctx context.Context, typed string) (Doorstep, error) {
	code, ok := l.derive.read(aLeaflet, typed)
	if !ok {
		return Doorstep{}, rule.ErrNotFound
	}
	var found Doorstep
	err := l.db.NewRaw(`
		SELECT l.id AS leaflet, l.cooperative_id AS cooperative, c.name, c.town, l.kind = 'poster' AS poster
		FROM coop.leaflets AS l
		JOIN coop.cooperatives AS c ON c.id = l.cooperative_id
		WHERE l.code_hash = ? AND l.revoked_at IS NULL AND l.expires_at > ?
		  AND (l.kind = 'poster' OR NOT EXISTS (SELECT FROM coop.applications AS a
		       WHERE a.cooperative_id = l.cooperative_id AND a.leaflet_id = l.id AND a.state NOT IN ('withdrawn', 'lapsed')))`,
		l.derive.hash(aLeaflet, code), l.now()).Scan(ctx, &found)
	if err != nil {
		return Doorstep{}, orNotFound(err)
	}
	found.Places, err = buildings(ctx, l.db, found.Cooperative)
	return found, err
}

// buildings are where an applicant can say that they live.
func buildings(ctx context.Context, db bun.IDB, cooperative coop.CooperativeID) ([]Place, error) {
	var list []Place
	err := db.NewRaw(`
		SELECT id, kind, name, path FROM coop.places
		WHERE cooperative_id = ? AND kind <> 'stairwell'
		ORDER BY path LIMIT 500`, cooperative).Scan(ctx, &list)
	return list, err
}
