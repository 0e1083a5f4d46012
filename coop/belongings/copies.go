package belongings

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"time"

	"github.com/uptrace/bun"

	"lien/coop"
	"lien/coop/photo"
	"lien/rule"
)

// Belongings are what the cooperative keeps of its members.
type Belongings struct {
	db  bun.IDB
	now func() time.Time
}

// New returns the belongings kept in db; now tells the time.
func New(db bun.IDB, now func() time.Time) *Belongings { return &Belongings{db: db, now: now} }

// Copy is one member's, as it was at one moment however long reading takes. It is closed by
// whoever opened it.
type Copy struct {
	tx    bun.Tx
	actor coop.Actor
	At    time.Time
}

// Open begins a copy of what is the actor's own. Whoever has left, or is nobody, gets
// rule.ErrNotFound.
func (b *Belongings) Open(ctx context.Context, actor coop.Actor) (*Copy, error) {
	tx, err := b.db.BeginTx(ctx, &sql.TxOptions{Isolation: sql.LevelRepeatableRead, ReadOnly: true})
	if err != nil {
		return nil, err
	}
	var there bool
	err = tx.NewRaw(`SELECT true FROM coop.members WHERE cooperative_id = ? AND id = ? AND state <> 'left'`,
		actor.Cooperative, actor.Member).Scan(ctx, &there)
	if err != nil {
		_ = tx.Rollback() // nothing was written
		if errors.Is(err, sql.ErrNoRows) {
			return nil, rule.ErrNotFound
		}
		return nil, err
	}
	return &Copy{tx: tx, actor: actor, At: b.now()}, nil
}

// Close ends the copy. Nothing was written.
func (c *Copy) Close() { _ = c.tx.Rollback() }

// Each hands over every row of a section in its order, one at a time, as a JSON object
// without empty values.
func (c *Copy) Each(ctx context.Context, s Section, take func(json.RawMessage) error) error {
	rows, err := c.tx.QueryContext(ctx, `SELECT jsonb_strip_nulls(to_jsonb(x)) FROM (`+s.Query+`) AS x`, c.actor.Cooperative, c.actor.Member)
	if err != nil {
		return err
	}
	defer rows.Close() //nolint:errcheck // what went wrong is told by Err
	for rows.Next() {
		var row json.RawMessage
		if err := rows.Scan(&row); err != nil {
			return err
		}
		if err := take(row); err != nil {
			return err
		}
	}
	return rows.Err()
}

// Photos are the actor's own pictures.
func (c *Copy) Photos(ctx context.Context) (list []photo.Photo, err error) {
	err = c.tx.NewRaw(`SELECT id, width, height, key
FROM coop.photos
WHERE cooperative_id = ? AND member_id = ? AND state = 'kept'
ORDER BY id`, c.actor.Cooperative, c.actor.Member).Scan(ctx, &list)
	return list, err
}

// Schema describes the file of data for a machine (JSON Schema, draft 2020-12).
func Schema() map[string]any {
	words := map[string]any{}
	for _, f := range Fields() {
		word := map[string]any{"type": f.Type, "description": f.Meaning}
		if f.Format == "date-time" || f.Format == "date" {
			word["format"] = f.Format
		}
		if f.Type == "array" {
			word["items"] = map[string]any{"type": "string"}
		}
		words[f.Name] = word
	}
	sections := map[string]any{}
	for _, s := range Sections() {
		sections[s.Name] = map[string]any{"type": "array", "items": map[string]any{"$ref": "#/$defs/row"}}
	}
	return map[string]any{
		"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "lien: everything of one member", "type": "object",
		"required":   []string{"made_at", "sections"},
		"properties": map[string]any{"made_at": map[string]any{"type": "string", "format": "date-time"}, "sections": map[string]any{"type": "object", "properties": sections, "additionalProperties": false}},
		"$defs":      map[string]any{"row": map[string]any{"type": "object", "properties": words, "additionalProperties": false}},
	}
}
