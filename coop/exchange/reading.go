package exchange

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"lien/coop"
	"lien/rule"
)

const (
	perList = 30  // a page of one's own agreements
	perDesk = 100 // what a facilitator's list holds, the longest waiting first
)

// columns, from and building make every reading of agreements the same. A name is
// empty when the person has left; the building of a meeting at home is told only while
// both have agreed and it is not over.
const (
	columns = `g.id, g.listing_id AS listing, shop.listing_id IS NOT NULL AS seat, shop.cancelled_at IS NOT NULL AS called_off, coalesce(g.offered_by, g.proposed_by) AS proposed_by, g.state, g.category, g.about, g.language, g.planned_at, g.minutes_planned AS planned,
  g.meeting, g.bring, g.done_by, coalesce(g.minutes_claimed, 0) AS claimed, coalesce(g.minutes_answered, 0) AS answered,
  coalesce(g.minutes_paid, 0) AS paid, g.steps, g.created_at, g.state_since, g.deadline_at,
  g.giver_id, CASE WHEN giver.state = 'left' THEN '' ELSE giver.name END AS giver_name,
  g.receiver_id, CASE WHEN receiver.state = 'left' THEN '' ELSE receiver.name END AS receiver_name`
	from = `FROM coop.agreements g
JOIN coop.members giver ON giver.cooperative_id = g.cooperative_id AND giver.id = g.giver_id
JOIN coop.members receiver ON receiver.cooperative_id = g.cooperative_id AND receiver.id = g.receiver_id
LEFT JOIN coop.workshops shop ON shop.cooperative_id = g.cooperative_id AND shop.listing_id = g.listing_id`
	building = `coalesce((SELECT string_agg(up.name, ' · ' ORDER BY array_position(p.path, up.id))
    FROM coop.places p
    JOIN coop.places up ON up.cooperative_id = p.cooperative_id AND up.id = ANY (p.path) AND (up.kind <> 'residence' OR p.kind = 'residence')
    WHERE p.cooperative_id = g.cooperative_id AND g.state = 'agreed'
      AND NOT coop.place_hidden_between(g.cooperative_id, g.giver_id, g.receiver_id)
      AND p.id = CASE g.meeting WHEN 'giver_home' THEN giver.place_id WHEN 'receiver_home' THEN receiver.place_id END), '') AS place,
  coalesce(way.words, '') AS directions, coalesce(way.language, '') AS spoken`
	toTheDoor = `
LEFT JOIN coop.agreement_directions way ON way.cooperative_id = g.cooperative_id AND way.agreement_id = g.id AND g.state = 'agreed'
  AND way.member_id = CASE g.meeting WHEN 'giver_home' THEN g.giver_id WHEN 'receiver_home' THEN g.receiver_id END
  AND NOT coop.place_hidden_between(g.cooperative_id, g.giver_id, g.receiver_id)`
)

// mediated is true of an agreement that this member settled lately, and whose answers are
// for them to read.
const mediated = `EXISTS (
    SELECT FROM coop.agreement_events e
    WHERE e.cooperative_id = g.cooperative_id AND e.agreement_id = g.id AND e.step IN ('settle', 'void') AND e.by_member_id = ? AND e.at > ?)`

// One returns an agreement of the actor's own; to a facilitator one that needs help, or
// that they settled within the last weeks.
func (a *Agreements) One(ctx context.Context, actor coop.Actor, id coop.AgreementID) (g Agreement, err error) {
	err = a.db.NewRaw(`SELECT `+columns+`, `+building+`
`+from+toTheDoor+`
WHERE g.cooperative_id = ? AND g.id = ?
  AND (? IN (g.giver_id, g.receiver_id) OR ((g.state = 'disputed' OR g.deadline_at < ? OR `+mediated+`) AND `+coop.FacilitatesAs("g.cooperative_id", "?")+`))`,
		actor.Cooperative, id, actor.Member, a.now(), actor.Member, a.now().Add(-answerable), actor.Member).Scan(ctx, &g)
	if errors.Is(err, sql.ErrNoRows) {
		return g, rule.ErrNotFound
	}
	if !g.Party(actor.Member) { // who helps learns no door
		g.Place, g.Directions, g.Spoken = "", "", ""
	}
	return g, err
}

// Events returns what happened to an agreement that the actor may read, first to last.
func (a *Agreements) Events(ctx context.Context, actor coop.Actor, id coop.AgreementID) ([]Event, error) {
	if _, err := a.One(ctx, actor, id); err != nil {
		return nil, err
	}
	var events []Event
	err := a.db.NewRaw(`SELECT e.n, e.step, e.from_state AS "from", e.to_state AS "to", coalesce(e.minutes, 0) AS minutes, e.words, e.language,
  e.channel, coalesce(w.name, '') AS witness, e.planned_at, coalesce(e.meeting, '') AS meeting, e.at,
  e.by_member_id AS by_id, CASE WHEN m.state = 'left' THEN '' ELSE m.name END AS by_name
FROM coop.agreement_events e
JOIN coop.members m ON m.cooperative_id = e.cooperative_id AND m.id = e.by_member_id
LEFT JOIN coop.members w ON w.cooperative_id = e.cooperative_id AND w.id = e.witness_id AND w.state <> 'left'
WHERE e.cooperative_id = ? AND e.agreement_id = ?
ORDER BY e.n`, actor.Cooperative, id).Scan(ctx, &events)
	return events, err
}

// List is one page of agreements. Next is where the page of older ones starts, zero when
// there is none.
type List struct {
	Agreements []Agreement
	Next       coop.AgreementID
}

// Mine returns a page of the actor's own agreements, newest first; before is where an
// earlier page said that the next one starts, or zero.
func (a *Agreements) Mine(ctx context.Context, actor coop.Actor, before coop.AgreementID) (l List, err error) {
	err = a.db.NewRaw(`SELECT `+columns+`
`+from+`
WHERE g.cooperative_id = ? AND (g.giver_id = ? OR g.receiver_id = ?) AND (g.id <= ? OR ?)
ORDER BY g.id DESC
LIMIT ?`, actor.Cooperative, actor.Member, actor.Member, before, before == coop.AgreementID{}, perList+1).Scan(ctx, &l.Agreements)
	if len(l.Agreements) > perList {
		l.Next = l.Agreements[perList].ID
		l.Agreements = l.Agreements[:perList]
	}
	return l, err
}

// Underway returns the actor's own agreements that are not over, the one planned first in
// front, fifty at most.
func (a *Agreements) Underway(ctx context.Context, actor coop.Actor) (list []Agreement, err error) {
	err = a.db.NewRaw(`SELECT `+columns+`
`+from+`
WHERE g.cooperative_id = ? AND (g.giver_id = ? OR g.receiver_id = ?) AND g.deadline_at IS NOT NULL
ORDER BY g.planned_at, g.id
LIMIT 50`, actor.Cooperative, actor.Member, actor.Member).Scan(ctx, &list)
	return list, err
}

// WaitingForMe returns the one agreement whose next step is the actor's, if there is one:
// hours to confirm before a proposal to answer, and that before something to report done;
// among several, the one that has waited longest.
func (a *Agreements) WaitingForMe(ctx context.Context, actor coop.Actor) (g Agreement, found bool, err error) {
	err = a.db.NewRaw(`SELECT `+columns+`
`+from+`
WHERE g.cooperative_id = ? AND (g.giver_id = ? OR g.receiver_id = ?) AND g.deadline_at IS NOT NULL AND (
  (g.state = 'done_claimed' AND g.done_by <> ?) OR
  (g.state = 'proposed' AND coalesce(g.offered_by, g.proposed_by) <> ?) OR
  (g.state = 'agreed' AND g.planned_at + g.minutes_planned * interval '1 minute' < ?))
ORDER BY array_position(ARRAY['done_claimed', 'proposed', 'agreed'], g.state), g.state_since, g.id
LIMIT 1`, actor.Cooperative, actor.Member, actor.Member, actor.Member, actor.Member, a.now()).Scan(ctx, &g)
	if errors.Is(err, sql.ErrNoRows) {
		return g, false, nil
	}
	return g, err == nil, err
}

// Waiting returns, to a facilitator, the agreements that need help: disputed ones, and
// those that nobody has answered in time. Others get ErrNotFound.
func (a *Agreements) Waiting(ctx context.Context, actor coop.Actor) (waiting []Agreement, err error) {
	if err := coop.HideFromOthers(ctx, a.db, actor); err != nil {
		return nil, err
	}
	err = a.db.NewRaw(`SELECT `+columns+`
`+from+`
WHERE g.cooperative_id = ? AND g.deadline_at IS NOT NULL AND (g.state = 'disputed' OR g.deadline_at < ?)
ORDER BY g.deadline_at, g.id
LIMIT ?`, actor.Cooperative, a.now(), perDesk).Scan(ctx, &waiting)
	return waiting, err
}

// Now is the moment by which the agreements judge what is late.
func (a *Agreements) Now() time.Time { return a.now() }
