package desk

import (
	"context"
	"database/sql"
	"errors"
	"strconv"
	"strings"

	"github.com/google/uuid"

	"lien/coop"
	"lien/rule"
)

// mostFound is how many people a search at the desk shows: somebody is standing there, and
// says the rest of their name.
const mostFound = 8

// Person is a member as the desk finds them: a name, a number, the building, the language.
type Person struct {
	ID       coop.MemberID
	Number   int64
	Name     string
	Language string
	Place    string
}

// Find lists members by their number, or by part of their name, or who live in a place,
// eight at most. Nothing to look by finds nobody. Facilitators only.
func (d *Desk) Find(ctx context.Context, by coop.Actor, words string, place coop.PlaceID) ([]Person, error) {
	if err := coop.MustFacilitate(ctx, d.db, by); err != nil {
		return nil, err
	}
	words, err := rule.Line("words", words, 0, 60)
	if err != nil || words == "" && place == (coop.PlaceID{}) {
		return nil, err
	}
	number, err := strconv.ParseInt(strings.TrimLeft(words, "0"), 10, 64)
	if err != nil {
		number = 0
	}
	var found []Person
	err = d.db.NewRaw(`
		SELECT m.id, m.number, m.name, m.language, concat_ws(', ', b.name, p.name) AS place
		FROM coop.members AS m
		JOIN coop.places AS p ON p.cooperative_id = m.cooperative_id AND p.id = m.place_id
		LEFT JOIN coop.places AS b ON b.cooperative_id = p.cooperative_id AND b.id = p.parent_id
		WHERE m.cooperative_id = ? AND m.state <> 'left' AND m.id <> ?
		  AND (m.number = ? OR position(public.unaccent(lower(?)) IN public.unaccent(lower(m.name))) > 0)
		  AND (? OR ? = ANY (p.path))
		ORDER BY m.number = ? DESC, m.number LIMIT ?`,
		by.Cooperative, by.Member, number, words, place == coop.PlaceID{}, place, number, mostFound).Scan(ctx, &found)
	return found, err
}

// Open notes in the member's journal that the facilitator opens their page at the desk,
// and returns the member. Nobody opens their own.
func (d *Desk) Open(ctx context.Context, by coop.Actor, member coop.MemberID) (p Person, err error) {
	if err := coop.MustFacilitate(ctx, d.db, by); err != nil {
		return p, err
	}
	if member == by.Member {
		return p, rule.ErrForbidden
	}
	err = d.db.NewRaw(`
		WITH opened AS (
		  INSERT INTO coop.acts (cooperative_id, id, member_id, by_member_id, kind, consent, client_key, at)
		  SELECT m.cooperative_id, ?, m.id, ?, 'open', 'none', ?, ?
		  FROM coop.members AS m
		  WHERE m.cooperative_id = ? AND m.id = ? AND m.state <> 'left'
		  RETURNING cooperative_id, member_id
		)
		SELECT m.id, m.number, m.name, m.language, p.name AS place
		FROM opened AS o
		JOIN coop.members AS m ON m.cooperative_id = o.cooperative_id AND m.id = o.member_id
		JOIN coop.places AS p ON p.cooperative_id = m.cooperative_id AND p.id = m.place_id`,
		rule.NewID[coop.ActID](), by.Member, uuid.New(), d.now(), by.Cooperative, member).Scan(ctx, &p)
	return p, orNotFound(err)
}

// Numbered returns the active member of a number, who may stand beside an act as its
// witness or be given hours: *rule.Invalid on field when there is none.
func (d *Desk) Numbered(ctx context.Context, by coop.Actor, field, number string) (p Person, err error) {
	if err := coop.MustFacilitate(ctx, d.db, by); err != nil {
		return p, err
	}
	n, err := strconv.ParseInt(strings.TrimSpace(number), 10, 64)
	if err != nil {
		return p, rule.Broken(field, "tablet.witness.unknown")
	}
	err = d.db.NewRaw(`
		SELECT m.id, m.number, m.name, m.language, '' AS place
		FROM coop.members AS m
		WHERE m.cooperative_id = ? AND m.number = ? AND m.state IN ('welcomed', 'active')`, by.Cooperative, n).Scan(ctx, &p)
	if errors.Is(err, sql.ErrNoRows) {
		return p, rule.Broken(field, "tablet.witness.unknown")
	}
	return p, err
}

func orNotFound(err error) error {
	if errors.Is(err, sql.ErrNoRows) {
		return rule.ErrNotFound
	}
	return err
}
