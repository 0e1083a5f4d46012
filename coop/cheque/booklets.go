package cheque

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"github.com/google/uuid"
	"github.com/uptrace/bun"

	"lien/coop"
	"lien/database"
	"lien/rule"
)

// Booklets is the register: which leaves were handed to whom, and what became of them.
type Booklets struct {
	db     bun.IDB
	derive Derive
	now    func() time.Time
}

// NewBooklets returns the register kept in db. The numbers of leaves come from derive; now
// tells the time.
func NewBooklets(db bun.IDB, derive Derive, now func() time.Time) *Booklets {
	return &Booklets{db: db, derive: derive, now: now}
}

const (
	perRegister = 30 // booklets on a page
	perMember   = 10 // of one's own
)

const bookletColumns = `b.id, b.number, b.leaves, b.issued_at, b.valid_until,
  b.member_id AS drawer_id, CASE WHEN d.state = 'left' THEN '' ELSE d.name END AS drawer_name,
  f.blank, f.waiting, f.paid, f.void
FROM coop.cheque_booklets AS b
JOIN coop.members AS d ON d.cooperative_id = b.cooperative_id AND d.id = b.member_id
CROSS JOIN LATERAL (
  SELECT count(*) FILTER (WHERE state = 'blank') AS blank, count(*) FILTER (WHERE state IN ('presented', 'disputed')) AS waiting,
    count(*) FILTER (WHERE state = 'paid') AS paid, count(*) FILTER (WHERE state = 'void') AS void
  FROM coop.cheque_leaves
  WHERE cooperative_id = b.cooperative_id AND booklet_id = b.id) AS f`

// Issue hands a booklet to the member of that number. Only a facilitator may; the member
// must be active and may not hold too many blank leaves already. The booklet's number is
// the next of the cooperative, given under lock.
func (b *Booklets) Issue(ctx context.Context, actor coop.Actor, i Issue) (id coop.BookletID, err error) {
	err = b.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		if err := coop.HideFromOthers(ctx, tx, actor); err != nil {
			return err
		}
		if err := i.check(); err != nil {
			return err
		}
		if _, err := tx.NewRaw(`SELECT FROM coop.cooperatives WHERE id = ? FOR NO KEY UPDATE`, actor.Cooperative).Exec(ctx); err != nil {
			return err
		}
		err := tx.NewRaw(`SELECT id FROM coop.cheque_booklets
WHERE cooperative_id = ? AND issued_by = ? AND client_key = ?`, actor.Cooperative, actor.Member, i.Key).Scan(ctx, &id)
		if !errors.Is(err, sql.ErrNoRows) {
			return err
		}
		member, err := b.drawer(ctx, tx, actor, i)
		if err != nil {
			return err
		}
		id = rule.NewID[coop.BookletID]()
		return b.write(ctx, tx, actor, id, member, i)
	})
	return id, err
}

// drawer finds the member of the number, who must be active.
func (b *Booklets) drawer(ctx context.Context, tx bun.Tx, actor coop.Actor, i Issue) (id coop.MemberID, err error) {
	var blank int
	err = tx.NewRaw(`SELECT m.id, (
  SELECT count(*) FROM coop.cheque_leaves AS f
  WHERE f.cooperative_id = m.cooperative_id AND f.drawer_id = m.id AND f.state = 'blank' AND f.deadline_at > ?)
FROM coop.members AS m
WHERE m.cooperative_id = ? AND m.number = ? AND m.state IN ('welcomed', 'active')`, b.now(), actor.Cooperative, i.Number).Scan(ctx, &id, &blank)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return id, rule.Broken("number", "cheque.nobody")
	case err == nil && blank+i.Leaves > most:
		return id, rule.Broken("leaves", "cheque.plenty", "most", most)
	}
	return id, err
}

// write keeps the booklet and all its leaves.
func (b *Booklets) write(ctx context.Context, tx bun.Tx, actor coop.Actor, id coop.BookletID, member coop.MemberID, i Issue) error {
	now := b.now()
	_, err := tx.NewRaw(`INSERT INTO coop.cheque_booklets (cooperative_id, id, number, member_id, leaves, issued_by, client_key, issued_at, valid_until)
SELECT ?, ?, coalesce(max(number), 0) + 1, ?, ?, ?, ?, ?, ?
FROM coop.cheque_booklets
WHERE cooperative_id = ?`, actor.Cooperative, id, member, i.Leaves, actor.Member, i.Key, now, now.Add(lasts), actor.Cooperative).Exec(ctx)
	if err != nil {
		return err
	}
	leaves := make([]leafRow, i.Leaves)
	for n := range leaves {
		leaf := rule.NewID[coop.LeafID]()
		leaves[n] = leafRow{ID: leaf.UUID, N: n + 1, Hash: b.derive.hash(b.derive.code(leaf))}
	}
	_, err = tx.NewRaw(`INSERT INTO coop.cheque_leaves (cooperative_id, id, booklet_id, n, drawer_id, code_hash, state, about, language, steps, state_since, deadline_at)
SELECT ?, f.id, ?, f.n, ?, f.hash, ?, '', '', 0, ?, ?
FROM (?) AS f (id, n, hash)`, actor.Cooperative, id, member, Blank, now, now.Add(lasts), tx.NewValues(&leaves)).Exec(ctx)
	if database.Broken(err) == "no_two_leaves_have_one_code" { // once in a million million leaves
		return rule.ErrMoved
	}
	return err
}

// leafRow is a leaf as SQL takes it.
type leafRow struct {
	ID   uuid.UUID `bun:"type:uuid"`
	N    int       `bun:"type:int"`
	Hash []byte    `bun:"type:bytea"`
}

// Register lists the booklets, newest first, thirty at a time; before is the number of the
// last one of the page already read, or 0. Facilitators only.
func (b *Booklets) Register(ctx context.Context, actor coop.Actor, before int64) (list []Booklet, next int64, err error) {
	if err := coop.HideFromOthers(ctx, b.db, actor); err != nil {
		return nil, 0, err
	}
	err = b.db.NewRaw(`SELECT `+bookletColumns+`
WHERE b.cooperative_id = ? AND (b.number < ? OR ?)
ORDER BY b.number DESC
LIMIT ?`, actor.Cooperative, before, before == 0, perRegister+1).Scan(ctx, &list)
	if len(list) > perRegister {
		list = list[:perRegister]
		next = list[perRegister-1].Number
	}
	return list, next, err
}

// One returns a booklet with its leaves, to its drawer and to facilitators.
func (b *Booklets) One(ctx context.Context, actor coop.Actor, id coop.BookletID) (found Booklet, leaves []Leaf, err error) {
	err = b.db.NewRaw(`SELECT `+bookletColumns+`
WHERE b.cooperative_id = ? AND b.id = ? AND (b.member_id = ? OR `+coop.Facilitates+`)`,
		actor.Cooperative, id, actor.Member, actor.Cooperative, actor.Member).Scan(ctx, &found)
	if err != nil {
		return found, nil, orNotFound(err)
	}
	err = b.db.NewRaw(`SELECT `+leafColumns+`
WHERE f.cooperative_id = ? AND f.booklet_id = ?
ORDER BY f.n`, actor.Cooperative, id).Scan(ctx, &leaves)
	return found, leaves, err
}

// Mine returns the actor's own booklets, newest first.
func (b *Booklets) Mine(ctx context.Context, actor coop.Actor) (list []Booklet, err error) {
	err = b.db.NewRaw(`SELECT `+bookletColumns+`
WHERE b.cooperative_id = ? AND b.member_id = ?
ORDER BY b.id DESC
LIMIT ?`, actor.Cooperative, actor.Member, perMember).Scan(ctx, &list)
	return list, err
}

// Print returns the blank leaves of a booklet with the numbers that open them. Facilitators
// only: a number that is known is as good as the paper.
func (b *Booklets) Print(ctx context.Context, actor coop.Actor, id coop.BookletID) (Booklet, []Printed, error) {
	if err := coop.HideFromOthers(ctx, b.db, actor); err != nil {
		return Booklet{}, nil, err
	}
	found, leaves, err := b.One(ctx, actor, id)
	var printed []Printed
	for _, l := range leaves {
		if l.State == Blank {
			printed = append(printed, Printed{Leaf: l, Code: b.derive.code(l.ID)})
		}
	}
	return found, printed, err
}

func orNotFound(err error) error {
	if errors.Is(err, sql.ErrNoRows) {
		return rule.ErrNotFound
	}
	return err
}
