package neighbour

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"github.com/uptrace/bun"

	"lien/coop"
	"lien/database"
	"lien/rule"
)

// Parting ends what is only begun between the actor and somebody they hide, in the same
// transaction: in a way in which the actor could have ended it by themselves, so that it
// tells the other one nothing.
type Parting func(ctx context.Context, tx bun.Tx, actor coop.Actor, other coop.MemberID) error

// Blocks are who does not want to see whom.
type Blocks struct {
	db       bun.IDB
	now      func() time.Time
	partings []Parting
}

// NewBlocks returns the blocks kept in db; now tells the time, and the partings end what is
// only begun between two people.
func NewBlocks(db bun.IDB, now func() time.Time, partings ...Parting) *Blocks {
	return &Blocks{db: db, now: now, partings: partings}
}

// Hide makes the actor and another member invisible to each other, from now on. Doing it
// twice has one effect. It answers rule.ErrNotFound for nobody they could meet, and
// *rule.Invalid on "member" when they have hidden too many.
func (b *Blocks) Hide(ctx context.Context, actor coop.Actor, other coop.MemberID) error {
	err := b.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		fresh, err := b.write(ctx, tx, actor, other)
		if err != nil || !fresh {
			return err
		}
		for _, part := range b.partings {
			if err := part(ctx, tx, actor, other); err != nil {
				return err
			}
		}
		return nil
	})
	if database.Broken(err) == "nobody_hides_from_themselves" {
		return rule.ErrNotFound
	}
	return err
}

// write keeps the block; fresh is false when it was there already. The actor's own row is
// locked, so that two taps do not pass the limit together.
func (b *Blocks) write(ctx context.Context, tx bun.Tx, actor coop.Actor, other coop.MemberID) (fresh bool, err error) {
	var many int
	err = tx.NewRaw(`
		SELECT (SELECT count(*) FROM coop.blocks b WHERE b.cooperative_id = me.cooperative_id AND b.member_id = me.id AND b.hidden_id <> ?)
		FROM coop.members me
		WHERE me.cooperative_id = ? AND me.id = ? AND me.state <> 'left'
		FOR NO KEY UPDATE`, other, actor.Cooperative, actor.Member).Scan(ctx, &many)
	if err != nil {
		return false, orNotFound(err)
	}
	if many >= mostBlocks {
		return false, rule.Broken("member", "block.too_many", "most", mostBlocks)
	}
	var known bool
	err = tx.NewRaw(`
		SELECT EXISTS (SELECT FROM coop.members m WHERE m.cooperative_id = ? AND m.id = ? AND m.state <> 'left')`,
		actor.Cooperative, other).Scan(ctx, &known)
	if err != nil || !known {
		return false, errors.Join(err, rule.ErrNotFound)
	}
	done, err := tx.NewRaw(`
		INSERT INTO coop.blocks (cooperative_id, member_id, hidden_id, at) VALUES (?, ?, ?, ?)
		ON CONFLICT DO NOTHING`, actor.Cooperative, actor.Member, other, b.now()).Exec(ctx)
	if err != nil {
		return false, err
	}
	n, err := done.RowsAffected()
	return n == 1, err
}

// Show ends a block of the actor's own: unless the other one hid them too, both see each
// other again. Nothing of it is kept. Doing it twice has one effect.
func (b *Blocks) Show(ctx context.Context, actor coop.Actor, other coop.MemberID) error {
	_, err := b.db.NewRaw(`DELETE FROM coop.blocks WHERE cooperative_id = ? AND member_id = ? AND hidden_id = ?`,
		actor.Cooperative, actor.Member, other).Exec(ctx)
	return err
}

// Mine lists whom the actor has hidden, the latest first. Who hid the actor is nowhere.
func (b *Blocks) Mine(ctx context.Context, actor coop.Actor) ([]Block, error) {
	var list []Block
	err := b.db.NewRaw(`
		SELECT m.id, CASE WHEN m.state = 'left' THEN '' ELSE m.name END AS name, b.at,
			coop.hidden_between(b.cooperative_id, b.member_id, b.hidden_id) AS in_effect
		FROM coop.blocks b
		JOIN coop.members m ON m.cooperative_id = b.cooperative_id AND m.id = b.hidden_id
		WHERE b.cooperative_id = ? AND b.member_id = ?
		ORDER BY b.at DESC, m.id LIMIT ?`, actor.Cooperative, actor.Member, mostBlocks).Scan(ctx, &list)
	return list, err
}

func orNotFound(err error) error {
	if errors.Is(err, sql.ErrNoRows) {
		return rule.ErrNotFound
	}
	return err
}
