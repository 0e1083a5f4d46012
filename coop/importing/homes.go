package importing

import (
	"context"
	"slices"
	"strings"

	"github.com/google/uuid"
	"github.com/uptrace/bun"

	"lien/coop"
	"lien/coop/membership"
)

// homes are the open places of a cooperative by all the ways in which a list may name them:
// by their own name, or with those that they stand in, in either order. A name that several
// places have leads to all of them.
type homes map[string][]coop.PlaceID

func placesOf(ctx context.Context, db bun.IDB, cooperative coop.CooperativeID) (list []membership.Place, err error) {
	err = db.NewRaw(`SELECT id, kind, name, path
FROM coop.places
WHERE cooperative_id = ? AND closed_at IS NULL
ORDER BY path
LIMIT 1000`, cooperative).Scan(ctx, &list)
	return list, err
}

// homesOf names the places.
func homesOf(places []membership.Place) homes {
	names := map[uuid.UUID]string{}
	for _, p := range places {
		names[p.ID.UUID] = p.Name
	}
	all := homes{}
	for _, p := range places {
		for from := range p.Path {
			var way []string
			for _, id := range p.Path[from:] {
				way = append(way, names[id])
			}
			all.add(way, p.ID)
			slices.Reverse(way)
			all.add(way, p.ID)
		}
	}
	return all
}

func (h homes) add(way []string, id coop.PlaceID) {
	key := plain(strings.Join(way, " "))
	if key != "" && !slices.Contains(h[key], id) {
		h[key] = append(h[key], id)
	}
}

// living reads where somebody lives. Who has nothing written lives where all of the list do.
func (r Row) living(cell string, h homes) Row {
	cell = strings.TrimSpace(cell)
	if cell == "" {
		return r
	}
	if computed(cell) {
		return r.refuse(formula, "")
	}
	switch found := h[plain(cell)]; len(found) {
	case 0:
		return r.refuse(noPlace, shown(cell))
	case 1:
		r.Place = found[0]
		return r
	}
	return r.refuse(manyPlaces, shown(cell))
}
