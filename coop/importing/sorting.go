package importing

import (
	"context"
	"strconv"

	"github.com/uptrace/bun"

	"lien/coop"
	"lien/coop/hours"
)

// member is one as far as a line is compared with them. Out is somebody who is leaving or
// has left. What they have today stays theirs to know: only what an opening balance brought
// is compared, so that no file finds out a balance.
type member struct {
	ID      coop.MemberID
	Number  int64
	Name    string
	OwnName string
	Out     bool
	Has     bool // an opening balance
	Opened  int64
}

// crowd is everybody of a cooperative, to be found by number and by name.
type crowd struct {
	limits   hours.Limits
	byNumber map[int64]member
	byName   map[string]member
	byLine   map[int]member // whom lines of the same file made before
}

// gather reads everybody once: a list is compared with all of them.
func (i *Imports) gather(ctx context.Context, tx bun.Tx, cooperative coop.CooperativeID, hash []byte) (crowd, error) {
	c := crowd{byNumber: map[int64]member{}, byName: map[string]member{}, byLine: map[int]member{}}
	var err error
	if c.limits, err = i.ledger.Limits(ctx, tx, cooperative); err != nil {
		return c, err
	}
	all, err := everybody(ctx, tx, cooperative)
	if err != nil {
		return c, err
	}
	known := make(map[coop.MemberID]member, len(all))
	for _, m := range all {
		known[m.ID], c.byNumber[m.Number] = m, m
		for _, name := range []string{m.Name, m.OwnName} {
			if key := plain(name); key != "" && !m.Out {
				if _, earlier := c.byName[key]; !earlier {
					c.byName[key] = m
				}
			}
		}
	}
	var before []struct {
		Line     int
		MemberID coop.MemberID
	}
	err = tx.NewRaw(`SELECT l.line, l.member_id
FROM coop.imports i
JOIN coop.import_lines l ON l.cooperative_id = i.cooperative_id AND l.import_id = i.id AND l.member_id IS NOT NULL
WHERE i.cooperative_id = ? AND i.file_hash = ? AND i.state = 'done'`, cooperative, hash).Scan(ctx, &before)
	for _, b := range before {
		c.byLine[b.Line] = known[b.MemberID]
	}
	return c, err
}

// everybody reads the members of a cooperative, with what their opening balances brought.
func everybody(ctx context.Context, tx bun.Tx, cooperative coop.CooperativeID) (all []member, err error) {
	var openings []struct {
		MemberID coop.MemberID
		Minutes  int64
	}
	err = tx.NewRaw(`SELECT e.member_id, e.minutes
FROM coop.transfers t
JOIN coop.entries e ON e.cooperative_id = t.cooperative_id AND e.transfer_id = t.id
WHERE t.cooperative_id = ? AND t.kind = ? AND e.member_id IS NOT NULL`, cooperative, hours.AsOpening).Scan(ctx, &openings)
	if err != nil {
		return nil, err
	}
	brought := make(map[coop.MemberID]int64, len(openings))
	for _, o := range openings {
		brought[o.MemberID] = o.Minutes
	}
	err = tx.NewRaw(`SELECT id, number, name, coalesce(own_name, '') AS own_name, state IN ('leaving', 'left') AS out
FROM coop.members
WHERE cooperative_id = ?
ORDER BY number`, cooperative).Scan(ctx, &all)
	for n := range all {
		all[n].Opened, all[n].Has = brought[all[n].ID], brought[all[n].ID] != 0
	}
	return all, err
}

// lay puts a line that was understood on its pile.
func (c crowd) lay(r Row) Row {
	if r.Why != "" {
		r.Pile = Refused
		return r
	}
	if m, found := c.byLine[r.Line]; found { // this very line of this very file
		return c.compare(r, m)
	}
	m, there := c.byNumber[r.Number]
	key := plain(r.Name)
	switch {
	case there && (plain(m.Name) == key || plain(m.OwnName) == key):
		return c.compare(r, m)
	case !there:
		other, found := c.byName[key]
		if !found {
			return c.welcome(r)
		}
		return c.unclear(r, namesake, other)
	case m.Out:
		return c.unclear(r, taken, member{ID: m.ID, Number: m.Number})
	}
	return c.unclear(r, taken, m)
}

// compare is for a line about somebody who is there.
func (c crowd) compare(r Row, m member) Row {
	r.Other = m.ID
	switch {
	case m.Has && m.Opened != r.Minutes && r.Minutes != 0:
		return r.on(Refused, opened, "")
	case m.Has, r.Minutes == 0:
		return r.on(Same, "", "")
	case m.Out:
		return r.on(Refused, gone, "")
	case !c.fits(r.Minutes):
		return r.on(Refused, beyond, "")
	}
	return r.on(Conflict, present, "")
}

// welcome is for a line about somebody new.
func (c crowd) welcome(r Row) Row {
	if !c.fits(r.Minutes) {
		return r.on(Conflict, beyond, "")
	}
	return r.on(New, "", "")
}

// unclear is for a line whose number or name is of somebody who may be another person.
func (c crowd) unclear(r Row, why string, other member) Row {
	r.Other = other.ID
	if !c.fits(r.Minutes) {
		return r.on(Refused, beyond, "")
	}
	return r.on(Conflict, why, strconv.FormatInt(other.Number, 10))
}

func (r Row) on(p Pile, why, hint string) Row {
	r.Pile, r.Why, r.Hint = p, why, hint
	return r
}

// fits is whether an account that begins with so many minutes is within the limits.
func (c crowd) fits(minutes int64) bool {
	return minutes >= c.limits.HardFloor && minutes <= c.limits.Ceiling
}
