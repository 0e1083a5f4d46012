package membership

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect/pgdialect"

	"lien/coop"
	"lien/rule"
)

// Founding is what a cooperative begins with. The first facilitator is its first
// member: somebody has to invite the others.
type Founding struct {
	Name       string
	Town       string
	Zone       string // such as Europe/Paris
	Residences []Residence
	Charters   []Charter // the first version, in French at least
	// The first facilitator, and the language they read.
	Facilitator string
	Language    string
}

// Residence, Building and stairwells are the tree of places. A door number is no place.
type Residence struct {
	Name      string
	Buildings []Building
}

// Building is one house of a residence, with the names of its stairwells.
type Building struct {
	Name       string
	Stairwells []string
}

// Founded says what was made: the first facilitator's invitations and a demonstration
// go on from there.
type Founded struct {
	Cooperative coop.CooperativeID
	Facilitator coop.MemberID
	Places      []Place
}

// Found makes a cooperative with its places, a board for each of them and one for all,
// the fund and the limits of its hours, the charter, and the first facilitator, who is
// housed in the first stairwell and accepts the charter at the desk. It is for whoever
// runs the software; there is no page for it.
func (m *Members) Found(ctx context.Context, f Founding) (Founded, error) {
	if err := f.tidy(); err != nil {
		return Founded{}, err
	}
	made := Founded{Cooperative: rule.NewID[coop.CooperativeID](), Facilitator: rule.NewID[coop.MemberID]()}
	err := m.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		if err := m.ground(ctx, tx, f, made.Cooperative); err != nil {
			return err
		}
		var err error
		if made.Places, err = build(ctx, tx, made.Cooperative, f.Residences); err != nil {
			return err
		}
		if err := boards(ctx, tx, made.Cooperative, f.Name, made.Places); err != nil {
			return err
		}
		return m.first(ctx, tx, f, made)
	})
	return made, err
}

func (f *Founding) tidy() error {
	var err error
	if f.Name, err = rule.Line("name", f.Name, 2, 80); err != nil {
		return err
	}
	if f.Town, err = rule.Line("town", f.Town, 2, 80); err != nil {
		return err
	}
	if f.Facilitator, err = Name(f.Facilitator); err != nil {
		return err
	}
	if _, err := time.LoadLocation(f.Zone); err != nil || f.Zone == "" {
		return rule.Broken("zone", "rule.choose")
	}
	if len(f.Residences) == 0 {
		return rule.Broken("place", "rule.missing")
	}
	return language("language", f.Language)
}

func (m *Members) ground(ctx context.Context, tx bun.Tx, f Founding, id coop.CooperativeID) error {
	_, err := tx.NewRaw(`
		INSERT INTO coop.cooperatives (id, name, town, zone, last_number, created_at) VALUES (?, ?, ?, ?, 0, ?)`,
		id, f.Name, f.Town, f.Zone, m.now()).Exec(ctx)
	if err != nil {
		return err
	}
	if err := m.ledger.Open(ctx, tx, id, coop.MemberID{}); err != nil {
		return err
	}
	return publish(ctx, tx, id, f.Charters, 1, m.now())
}

// first makes the first facilitator a member.
func (m *Members) first(ctx context.Context, tx bun.Tx, f Founding, made Founded) error {
	text, err := current(ctx, tx, made.Cooperative, f.Language)
	if err != nil {
		return err
	}
	now, home := m.now(), made.Places[0].ID
	for _, place := range made.Places {
		if place.Kind == Stairwell {
			home = place.ID
			break
		}
	}
	j := Joining{ID: made.Facilitator, Cooperative: made.Cooperative, Name: f.Facilitator, Language: f.Language}
	if err := m.add(ctx, tx, j, home, Active, now); err != nil {
		return err
	}
	if err := accept(ctx, tx, made.Cooperative, made.Facilitator, text, AtDesk, coop.MemberID{}, now); err != nil {
		return err
	}
	return entrust(ctx, tx, coop.Actor{Cooperative: made.Cooperative}, mandate{Member: made.Facilitator, Role: AFacilitator}, now)
}

// build writes the places from the top down.
func build(ctx context.Context, tx bun.Tx, cooperative coop.CooperativeID, residences []Residence) ([]Place, error) {
	site := site{tx: tx, cooperative: cooperative}
	for _, residence := range residences {
		top, err := site.add(ctx, Place{Kind: AResidence, Name: residence.Name})
		if err != nil {
			return nil, err
		}
		for _, building := range residence.Buildings {
			house, err := site.add(ctx, Place{Kind: ABuilding, Name: building.Name, Path: top.Path})
			if err != nil {
				return nil, err
			}
			for _, stairs := range building.Stairwells {
				if _, err := site.add(ctx, Place{Kind: Stairwell, Name: stairs, Path: house.Path}); err != nil {
					return nil, err
				}
			}
		}
	}
	return site.places, nil
}

// site is a cooperative whose places are being written.
type site struct {
	tx          bun.Tx
	cooperative coop.CooperativeID
	places      []Place
}

// add writes a place under the last one of its path.
func (s *site) add(ctx context.Context, p Place) (Place, error) {
	var parent *uuid.UUID
	if n := len(p.Path); n > 0 {
		parent = &p.Path[n-1]
	}
	name, err := rule.Line("place", p.Name, 1, 60)
	if err != nil {
		return p, err
	}
	p.Name, p.ID = name, rule.NewID[coop.PlaceID]()
	p.Path = append(append([]uuid.UUID{}, p.Path...), p.ID.UUID)
	_, err = s.tx.NewRaw(`
		INSERT INTO coop.places (cooperative_id, id, parent_id, kind, name, path) VALUES (?, ?, ?, ?, ?, ?)`,
		s.cooperative, p.ID, parent, p.Kind, p.Name, pgdialect.Array(p.Path)).Exec(ctx)
	s.places = append(s.places, p)
	return p, err
}

// boards hangs one board in each place, and one for every member.
func boards(ctx context.Context, tx bun.Tx, cooperative coop.CooperativeID, everyone string, places []Place) error {
	hang := func(place *coop.PlaceID, name string) error {
		_, err := tx.NewRaw(`
			INSERT INTO coop.boards (cooperative_id, id, place_id, name, last_seq) VALUES (?, ?, ?, ?, 0)`,
			cooperative, rule.NewID[coop.BoardID](), place, name).Exec(ctx)
		return err
	}
	if err := hang(nil, everyone); err != nil {
		return err
	}
	for _, place := range places {
		if err := hang(&place.ID, place.Name); err != nil {
			return err
		}
	}
	return nil
}
