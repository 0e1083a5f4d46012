package cheque

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"github.com/uptrace/bun"

	"lien/coop"
	"lien/coop/hours"
	"lien/rule"
)

// Leaves are the cheques themselves.
//
// Each step names how many steps the page had seen. When somebody else was first it answers
// rule.ErrMoved; when it was the same person with the same answer, from another device or by
// a second tap, it returns what the first one did.
type Leaves struct {
	db     bun.IDB
	derive Derive
	now    func() time.Time
	ledger *hours.Ledger
}

// NewLeaves returns the leaves kept in db. Their numbers come from derive; now tells the time.
func NewLeaves(db bun.IDB, derive Derive, now func() time.Time) *Leaves {
	return &Leaves{db: db, derive: derive, now: now, ledger: hours.NewLedger(db, now)}
}

const (
	perList = 50 // of one's own
)

// MostWaiting is how many leaves a facilitator's list holds, the nearest deadline first.
const MostWaiting = 100

// leafColumns reads a leaf with its booklet and its people.
const leafColumns = `f.id, f.booklet_id AS booklet, b.number, f.n, f.state, coalesce(f.category, '') AS category, f.about, f.language,
  coalesce(f.minutes_claimed, 0) AS claimed, coalesce(f.minutes_answered, 0) AS answered, coalesce(f.minutes_paid, 0) AS paid,
  coalesce(f.because, '') AS because, f.steps, f.state_since, f.deadline_at, b.valid_until,
  f.drawer_id, CASE WHEN d.state = 'left' THEN '' ELSE d.name END AS drawer_name,
  f.bearer_id, CASE WHEN r.state = 'left' THEN '' ELSE coalesce(r.name, '') END AS bearer_name
FROM coop.cheque_leaves AS f
JOIN coop.cheque_booklets AS b ON b.cooperative_id = f.cooperative_id AND b.id = f.booklet_id
JOIN coop.members AS d ON d.cooperative_id = f.cooperative_id AND d.id = f.drawer_id
LEFT JOIN coop.members AS r ON r.cooperative_id = f.cooperative_id AND r.id = f.bearer_id`

// Look reads the leaf of a number, for a member who has it before them. It returns
// *rule.Invalid on "code" that says why, when it cannot be brought: misread, not of this
// cooperative, used, void, too old, or the actor's own. A leaf that the actor brought
// already is theirs to look at.
func (l *Leaves) Look(ctx context.Context, actor coop.Actor, typed string) (Leaf, error) {
	code, err := Read(typed)
	if err != nil {
		return Leaf{}, err
	}
	leaf, err := l.numbered(ctx, l.db, actor, code, "")
	if err != nil {
		return Leaf{}, err
	}
	return leaf, l.brought(leaf, actor.Member)
}

// numbered finds the leaf of a number, locked when lock says how.
func (l *Leaves) numbered(ctx context.Context, db bun.IDB, actor coop.Actor, code string, lock bun.Safe) (leaf Leaf, err error) {
	hash := l.derive.hash(code)
	err = db.NewRaw(`SELECT `+leafColumns+`
WHERE f.cooperative_id = ? AND f.code_hash = ? ?`, actor.Cooperative, hash, lock).Scan(ctx, &leaf)
	if !errors.Is(err, sql.ErrNoRows) {
		return leaf, err
	}
	var elsewhere bool
	err = db.NewRaw(`SELECT EXISTS (SELECT FROM coop.cheque_leaves WHERE code_hash = ?)`, hash).Scan(ctx, &elsewhere)
	switch {
	case err != nil:
		return leaf, err
	case elsewhere:
		return leaf, rule.Broken("code", "cheque.elsewhere")
	}
	return leaf, rule.Broken("code", "cheque.unknown")
}

// brought says why a leaf cannot be brought by the member; nil when it can, or when they
// brought it before.
func (l *Leaves) brought(leaf Leaf, by coop.MemberID) error {
	switch {
	case leaf.Bearer.ID == by && leaf.State != Blank:
		return nil
	case leaf.State == Paid:
		return rule.Broken("code", "cheque.used")
	case leaf.State == Void:
		return rule.Broken("code", "cheque.void_"+string(leaf.Because))
	case leaf.State != Blank:
		return rule.Broken("code", "cheque.waiting")
	case leaf.Late(l.now()):
		return rule.Broken("code", "cheque.expired")
	case leaf.Draws(by):
		return rule.Broken("code", "cheque.own")
	case leaf.Drawer.Name == "":
		return rule.Broken("code", "cheque.gone")
	}
	return nil
}

// One returns a leaf to its drawer, to who brought it, and to facilitators.
func (l *Leaves) One(ctx context.Context, actor coop.Actor, id coop.LeafID) (leaf Leaf, err error) {
	err = l.db.NewRaw(`SELECT `+leafColumns+`
WHERE f.cooperative_id = ? AND f.id = ? AND (? IN (f.drawer_id, f.bearer_id) OR `+coop.Facilitates+`)`,
		actor.Cooperative, id, actor.Member, actor.Cooperative, actor.Member).Scan(ctx, &leaf)
	return leaf, orNotFound(err)
}

// Events returns what happened to a leaf that the actor may read, first to last.
func (l *Leaves) Events(ctx context.Context, actor coop.Actor, id coop.LeafID) ([]Event, error) {
	if _, err := l.One(ctx, actor, id); err != nil {
		return nil, err
	}
	var events []Event
	err := l.db.NewRaw(`SELECT e.n, e.step, e.from_state AS "from", e.to_state AS "to", e.channel, coalesce(e.minutes, 0) AS minutes, e.words, e.at,
  e.by_member_id AS by_id, CASE WHEN m.state = 'left' THEN '' ELSE m.name END AS by_name, coalesce(w.name, '') AS witness
FROM coop.cheque_events AS e
JOIN coop.members AS m ON m.cooperative_id = e.cooperative_id AND m.id = e.by_member_id
LEFT JOIN coop.members AS w ON w.cooperative_id = e.cooperative_id AND w.id = e.witness_id
WHERE e.cooperative_id = ? AND e.leaf_id = ?
ORDER BY e.n`, actor.Cooperative, id).Scan(ctx, &events)
	return events, err
}

// Mine returns the leaves that the actor brought, and those of their own booklets that
// somebody brought, the latest first.
func (l *Leaves) Mine(ctx context.Context, actor coop.Actor) (list []Leaf, err error) {
	err = l.db.NewRaw(`SELECT `+leafColumns+`
WHERE f.cooperative_id = ? AND f.bearer_id IS NOT NULL AND (f.bearer_id = ? OR f.drawer_id = ?)
ORDER BY f.state_since DESC, f.id
LIMIT ?`, actor.Cooperative, actor.Member, actor.Member, perList).Scan(ctx, &list)
	return list, err
}

// Waiting returns, to a facilitator, the leaves that were brought and are not decided, the
// nearest deadline first. Others get rule.ErrNotFound.
func (l *Leaves) Waiting(ctx context.Context, actor coop.Actor) (list []Leaf, err error) {
	if err := coop.HideFromOthers(ctx, l.db, actor); err != nil {
		return nil, err
	}
	err = l.db.NewRaw(`SELECT `+leafColumns+`
WHERE f.cooperative_id = ? AND f.state IN ('presented', 'disputed')
ORDER BY f.deadline_at, f.id
LIMIT ?`, actor.Cooperative, MostWaiting).Scan(ctx, &list)
	return list, err
}

// Waits counts, for a facilitator, what Waiting lists; it is nothing for anybody else.
func (l *Leaves) Waits(ctx context.Context, actor coop.Actor) (n int, err error) {
	err = l.db.NewRaw(`SELECT count(*) FROM (
  SELECT FROM coop.cheque_leaves AS f
  WHERE f.cooperative_id = ? AND f.state IN ('presented', 'disputed') AND `+coop.Facilitates+`
  LIMIT ?) AS w`, actor.Cooperative, actor.Cooperative, actor.Member, MostWaiting).Scan(ctx, &n)
	return n, err
}

// Now is the moment by which the leaves judge what is late.
func (l *Leaves) Now() time.Time { return l.now() }
