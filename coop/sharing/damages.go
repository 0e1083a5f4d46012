package sharing

import (
	"context"
	"errors"
	"time"

	"github.com/google/uuid"
	"github.com/uptrace/bun"

	"lien/coop"
	"lien/rule"
)

// Damage is something that is wrong with a thing, in somebody's words.
type Damage struct {
	ID       coop.DamageID
	Words    string
	Language string
	Stops    bool // the thing cannot be used
	By       string
	At       time.Time
}

// Report is the form of a damage.
type Report struct {
	Key      uuid.UUID
	Words    string
	Language string
	Stops    bool
}

// Tell reports a damage, by any active member; who does need not have caused it, and is
// not asked. A thing that cannot be used is paused until it is mended.
func (t *Resources) Tell(ctx context.Context, actor coop.Actor, resource coop.ResourceID, r Report) error {
	words, err := rule.Text("words", r.Words, 3, 500)
	if err != nil {
		return err
	}
	language, err := rule.Line("language", r.Language, 2, 12)
	if err != nil {
		return err
	}
	return t.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		if err := mustBeActive(ctx, tx, actor); err != nil {
			return err
		}
		h, err := hold(ctx, tx, actor.Cooperative, resource)
		if err != nil || h.State == Retired {
			return errors.Join(err, gone(h))
		}
		_, err = tx.NewRaw(`
			INSERT INTO coop.damages (cooperative_id, id, resource_id, member_id, words, language, stops, client_key, told_at, mended_how)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, '')
			ON CONFLICT (cooperative_id, member_id, client_key) DO NOTHING`,
			actor.Cooperative, rule.NewID[coop.DamageID](), resource, actor.Member, words, language, r.Stops, r.Key, t.now()).Exec(ctx)
		if err != nil || !r.Stops {
			return err
		}
		_, err = tx.NewRaw(`UPDATE coop.resources SET state = 'paused', paused_why = ? WHERE cooperative_id = ? AND id = ? AND state = 'open'`,
			words, actor.Cooperative, resource).Exec(ctx)
		return err
	})
}

func gone(h held) error {
	if h.State == Retired {
		return rule.ErrNotFound
	}
	return nil
}

// Damages returns what is told of a thing and not mended, newest first, without by whom;
// facilitators see that too.
func (t *Resources) Damages(ctx context.Context, actor coop.Actor, resource coop.ResourceID) (list []Damage, err error) {
	err = t.db.NewRaw(`
		SELECT d.id, d.words, d.language, d.stops, d.told_at AS at, CASE WHEN `+facilitates+` AND m.state <> 'left' THEN m.name ELSE '' END AS by
		FROM coop.damages d
		JOIN coop.resources t ON t.cooperative_id = d.cooperative_id AND t.id = d.resource_id
		JOIN coop.members m ON m.cooperative_id = d.cooperative_id AND m.id = d.member_id
		WHERE d.cooperative_id = ? AND d.resource_id = ? AND d.mended_at IS NULL
		ORDER BY d.id DESC LIMIT 20`, actor.Member, actor.Cooperative, resource).Scan(ctx, &list)
	return list, err
}

// Mend notes that a damage is mended, and how, by a facilitator. The last one that kept
// the thing from being used opens it again. It returns whose damage it was.
func (t *Resources) Mend(ctx context.Context, actor coop.Actor, id coop.DamageID, how string) (resource coop.ResourceID, err error) {
	err = t.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		if err := coop.MustFacilitate(ctx, tx, actor); err != nil {
			return err
		}
		err := tx.NewRaw(`SELECT resource_id FROM coop.damages WHERE cooperative_id = ? AND id = ?`, actor.Cooperative, id).Scan(ctx, &resource)
		if err != nil {
			return orNotFound(err)
		}
		if how, err = rule.Text("how", how, 0, 300); err != nil {
			return err
		}
		_, err = tx.NewRaw(`
			UPDATE coop.damages SET mended_at = ?, mended_by = ?, mended_how = ?
			WHERE cooperative_id = ? AND id = ? AND mended_at IS NULL`, t.now(), actor.Member, how, actor.Cooperative, id).Exec(ctx)
		if err != nil {
			return err
		}
		return t.reopen(ctx, tx, actor, resource)
	})
	return resource, err
}

func (t *Resources) reopen(ctx context.Context, tx bun.Tx, actor coop.Actor, resource coop.ResourceID) error {
	if _, err := hold(ctx, tx, actor.Cooperative, resource); err != nil {
		return err
	}
	_, err := tx.NewRaw(`
		UPDATE coop.resources SET state = 'open', paused_why = ''
		WHERE cooperative_id = ?0 AND id = ?1 AND state = 'paused'
		  AND paused_why IN (SELECT words FROM coop.damages WHERE cooperative_id = ?0 AND resource_id = ?1 AND stops)
		  AND NOT EXISTS (SELECT FROM coop.damages WHERE cooperative_id = ?0 AND resource_id = ?1 AND stops AND mended_at IS NULL)`,
		actor.Cooperative, resource).Exec(ctx)
	if err != nil {
		return err
	}
	return next(ctx, tx, actor.Cooperative, resource, t.now())
}
