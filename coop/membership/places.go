package membership

import (
	"context"

	"github.com/google/uuid"

	"lien/coop"
)

// Kind is what a place is.
type Kind string

// The kinds of places, from the outside in.
const (
	AResidence Kind = "residence"
	ABuilding  Kind = "building"
	Stairwell  Kind = "stairwell"
)

// Place is where a member lives or a board hangs.
type Place struct {
	ID   coop.PlaceID
	Kind Kind
	Name string
	Path []uuid.UUID `bun:",array"` // from the residence down to the place itself
}

// Depth is how many places this one stands in.
func (p Place) Depth() int { return len(p.Path) - 1 }

// Places lists where somebody can be invited to live, each after the place it stands
// in. Facilitators only.
func (m *Members) Places(ctx context.Context, actor coop.Actor) ([]Place, error) {
	if err := coop.MustFacilitate(ctx, m.db, actor); err != nil {
		return nil, err
	}
	var list []Place
	err := m.db.NewRaw(`
		SELECT id, kind, name, path FROM coop.places
		WHERE cooperative_id = ? AND closed_at IS NULL
		ORDER BY path LIMIT 1000`, actor.Cooperative).Scan(ctx, &list)
	return list, err
}
