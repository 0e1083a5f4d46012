package desk

import (
	"context"

	"github.com/google/uuid"
	"github.com/uptrace/bun"

	"lien/coop"
)

// perPage is how many lines a page of the journal shows.
const perPage = 30

const (
	actColumns = `a.id, a.member_id AS member, a.by_member_id AS by_id, CASE WHEN b.state = 'left' THEN '' ELSE b.name END AS by,
  a.kind, a.consent, CASE WHEN w.state = 'left' THEN '' ELSE coalesce(w.name, '') END AS witness,
  d.subject_id AS subject, coalesce(l.title, g.about, e.title, '') AS title, coalesce(l.language, g.language, e.language, '') AS language, coalesce(g.category, '') AS category,
  d.other_id, CASE WHEN o.state = 'left' THEN '' ELSE coalesce(o.name, '') END AS other, a.kind = 'give' AND d.other_id IS NULL AS fund,
  coalesce(d.minutes, 0) AS minutes, coalesce(d.before, '') AS before, a.at, u.at AS undone_at, coalesce(u.outcome = 'asked', false) AS asked,
  coalesce(r.outcome, '') AS answer, coalesce(r.words, '') AS answer_why, coalesce(rb.name, '') AS answer_by`
	actFrom = `FROM coop.acts AS a
JOIN coop.members AS b ON b.cooperative_id = a.cooperative_id AND b.id = a.by_member_id
LEFT JOIN coop.members AS w ON w.cooperative_id = a.cooperative_id AND w.id = a.witness_id
LEFT JOIN coop.acts_done AS d ON d.cooperative_id = a.cooperative_id AND d.act_id = a.id
LEFT JOIN coop.members AS o ON o.cooperative_id = a.cooperative_id AND o.id = d.other_id
LEFT JOIN coop.listings AS l ON l.cooperative_id = a.cooperative_id AND l.id = d.subject_id
LEFT JOIN coop.agreements AS g ON g.cooperative_id = a.cooperative_id AND g.id = d.subject_id
LEFT JOIN coop.events AS e ON e.cooperative_id = a.cooperative_id AND e.id = d.subject_id
LEFT JOIN coop.acts_undone AS u ON u.cooperative_id = a.cooperative_id AND u.act_id = a.id
LEFT JOIN coop.acts_answered AS r ON r.cooperative_id = a.cooperative_id AND r.act_id = a.id
LEFT JOIN coop.members AS rb ON rb.cooperative_id = r.cooperative_id AND rb.id = r.by_member_id`
)

// Journal is one page of what was carried for a member, newest first. Next is where the
// page of older lines starts, zero when there is none.
type Journal struct {
	Acts []Act
	Next coop.ActID
}

// Mine returns a page of the actor's own journal; before is where an earlier page said
// that the next one starts, or zero.
func (d *Desk) Mine(ctx context.Context, actor coop.Actor, before coop.ActID) (j Journal, err error) {
	err = d.db.NewRaw(`SELECT `+actColumns+`
`+actFrom+`
WHERE a.cooperative_id = ? AND a.member_id = ? AND (a.id <= ? OR ?)
ORDER BY a.id DESC LIMIT ?`, actor.Cooperative, actor.Member, before, before == coop.ActID{}, perPage+1).Scan(ctx, &j.Acts)
	if len(j.Acts) > perPage {
		j.Next, j.Acts = j.Acts[perPage].ID, j.Acts[:perPage]
	}
	return j, err
}

// Receipt returns an act that the facilitator carried for the member, with the code of its
// receipt, for as long as it can be taken back.
func (d *Desk) Receipt(ctx context.Context, by coop.Actor, member coop.MemberID, id coop.ActID) (Act, error) {
	if err := coop.MustFacilitate(ctx, d.db, by); err != nil {
		return Act{}, err
	}
	act, err := d.one(ctx, d.db, `a.id = ? AND a.member_id = ? AND a.by_member_id = ? AND a.kind <> 'open' AND a.at > ?`,
		by.Cooperative, id, member, by.Member, d.now().Add(-UndoWithin))
	act.Code = d.derive.code(act.ID)
	return act, err
}

func (d *Desk) one(ctx context.Context, db bun.IDB, where string, cooperative coop.CooperativeID, args ...any) (act Act, err error) {
	err = db.NewRaw(`SELECT `+actColumns+`
`+actFrom+`
WHERE a.cooperative_id = ? AND `+where, append([]any{cooperative}, args...)...).Scan(ctx, &act)
	return act, orNotFound(err)
}

// key derives the client's key of what taking an act back writes, so that taking it back
// twice writes once.
func (a Act) key() uuid.UUID { return uuid.NewSHA1(a.ID.UUID, []byte("undone")) }
