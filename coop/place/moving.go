package place

import (
	"context"
	"time"

	"github.com/uptrace/bun"

	"lien/coop"
	"lien/coop/inbox"
	"lien/database"
	"lien/rule"
)

// Where returns where a member lives and lived, the latest first: to themselves, and to a
// facilitator who never shared a home with them. Others get ErrNotFound.
func (p *Places) Where(ctx context.Context, actor coop.Actor, member coop.MemberID) (list []Stay, err error) {
	if err := p.mayKnow(ctx, p.db, actor, member); err != nil {
		return nil, err
	}
	err = p.db.NewRaw(`
		SELECT coalesce((SELECT string_agg(up.name, ' › ' ORDER BY array_position(w.path, up.id))
		    FROM coop.places AS up WHERE up.cooperative_id = w.cooperative_id AND up.id = ANY (w.path)), w.name) AS place,
		  s.from_at, s.until_at
		FROM coop.member_places AS s
		JOIN coop.places AS w ON w.cooperative_id = s.cooperative_id AND w.id = s.place_id
		WHERE s.cooperative_id = ? AND s.member_id = ?
		ORDER BY s.n DESC LIMIT 20`, actor.Cooperative, member).Scan(ctx, &list)
	return list, err
}

// mayKnow refuses who is neither the member nor a facilitator who may know where they live.
func (p *Places) mayKnow(ctx context.Context, db bun.IDB, actor coop.Actor, member coop.MemberID) error {
	if actor.Member == member {
		return nil
	}
	if err := coop.MustFacilitate(ctx, db, actor); err != nil {
		return rule.ErrNotFound
	}
	var hidden, known bool
	err := db.NewRaw(`SELECT coop.place_hidden_between(?0, ?1, ?2), EXISTS (
		SELECT FROM coop.members WHERE cooperative_id = ?0 AND id = ?2 AND state <> 'left')`,
		actor.Cooperative, actor.Member, member).Scan(ctx, &hidden, &known)
	if err == nil && (hidden || !known) {
		return rule.ErrNotFound
	}
	return err
}

// Move writes that a member lives somewhere else from now on: by themselves, at most once
// in thirty days, or by a facilitator. What they may read follows at once. Moving to where
// one lives is nothing.
func (p *Places) Move(ctx context.Context, actor coop.Actor, member coop.MemberID, to coop.PlaceID) error {
	err := p.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		if err := p.mayKnow(ctx, tx, actor, member); err != nil {
			return err
		}
		var at struct {
			PlaceID    coop.PlaceID
			FromAt     time.Time
			ByMemberID coop.MemberID
		}
		err := tx.NewRaw(`
			SELECT m.place_id, s.from_at, s.by_member_id
			FROM coop.members AS m
			JOIN coop.member_places AS s ON s.cooperative_id = m.cooperative_id AND s.member_id = m.id AND s.until_at IS NULL
			WHERE m.cooperative_id = ? AND m.id = ? AND m.state <> 'left'
			FOR UPDATE OF m`, actor.Cooperative, member).Scan(ctx, &at)
		if err != nil {
			return orNotFound(err)
		}
		if at.PlaceID == to {
			return nil
		}
		if actor.Member == member && at.ByMemberID == member && p.now().Before(at.FromAt.Add(settled)) {
			return rule.Broken("place", "place.moved_lately")
		}
		if err := lives(ctx, tx, actor, to); err != nil {
			return err
		}
		return p.move(ctx, tx, actor, member, to)
	})
	if database.Broken(err) == "nobody_moves_into_a_closed_place" {
		return rule.Broken("place", "rule.choose")
	}
	return err
}

// lives refuses what is no place to live in.
func lives(ctx context.Context, tx bun.Tx, actor coop.Actor, to coop.PlaceID) error {
	found, err := one(ctx, tx, actor, to)
	if err != nil || found.Holds {
		return rule.Broken("place", "rule.choose")
	}
	return nil
}

func (p *Places) move(ctx context.Context, tx bun.Tx, actor coop.Actor, member coop.MemberID, to coop.PlaceID) error {
	now := p.now()
	_, err := tx.NewRaw(`UPDATE coop.member_places SET until_at = ? WHERE cooperative_id = ? AND member_id = ? AND until_at IS NULL`,
		now, actor.Cooperative, member).Exec(ctx)
	if err != nil {
		return err
	}
	_, err = tx.NewRaw(`
		WITH stay AS (
		  INSERT INTO coop.member_places (cooperative_id, member_id, place_id, from_at, by_member_id) VALUES (?0, ?1, ?2, ?3, ?4)
		)
		UPDATE coop.members SET place_id = ?2 WHERE cooperative_id = ?0 AND id = ?1`,
		actor.Cooperative, member, to, now, actor.Member).Exec(ctx)
	if err != nil || actor.Member == member {
		return err
	}
	return inbox.Tell(ctx, tx, inbox.Item{
		Cooperative: actor.Cooperative, Member: member, Kind: "moved", Subject: to.UUID,
		Once: "moved:" + now.Format(time.RFC3339Nano), At: now, By: actor.Member,
	})
}
