package assembly

import (
	"context"

	"github.com/uptrace/bun"

	"lien/coop"
	"lien/rule"
)

// mostMotions is how long an agenda may be: nobody decides more in an evening.
const mostMotions = 30

const motionColumns = `m.id, m.assembly_id AS assembly, m.n, m.kind, m.secret, m.title, m.words, m.language`

// Agenda returns the points of an assembly in their order.
func (a *Assemblies) Agenda(ctx context.Context, actor coop.Actor, id coop.AssemblyID) ([]Motion, error) {
	return agenda(ctx, a.db, actor.Cooperative, id)
}

func agenda(ctx context.Context, db bun.IDB, cooperative coop.CooperativeID, id coop.AssemblyID) (list []Motion, err error) {
	err = db.NewRaw(`
		SELECT `+motionColumns+` FROM coop.motions m
		WHERE m.cooperative_id = ? AND m.assembly_id = ? ORDER BY m.n LIMIT ?`, cooperative, id, mostMotions).Scan(ctx, &list)
	return list, err
}

// Documents returns what to read before an assembly.
func (a *Assemblies) Documents(ctx context.Context, actor coop.Actor, id coop.AssemblyID) (list []Document, err error) {
	err = a.db.NewRaw(`
		SELECT id, title, body, language FROM coop.assembly_documents
		WHERE cooperative_id = ? AND assembly_id = ? ORDER BY id LIMIT 20`, actor.Cooperative, id).Scan(ctx, &list)
	return list, err
}

// Write puts a point at the end of the agenda while the assembly is prepared. The same key
// again changes nothing.
func (a *Assemblies) Write(ctx context.Context, actor coop.Actor, id coop.AssemblyID, w Wording) error {
	return a.prepare(ctx, actor, id, func(ctx context.Context, tx bun.Tx, of Assembly) error {
		w, err := w.check()
		if err != nil {
			return err
		}
		if of.Motions >= mostMotions {
			return rule.Broken("title", "assembly.rule.long_agenda", "most", mostMotions)
		}
		_, err = tx.NewRaw(`
			INSERT INTO coop.motions (cooperative_id, id, assembly_id, n, kind, secret, title, words, language, made_by, client_key)
			SELECT ?0, ?1, ?2, coalesce(max(n), 0) + 1, ?3, ?4, ?5, ?6, ?7, ?8, ?9
			FROM coop.motions WHERE cooperative_id = ?0 AND assembly_id = ?2
			ON CONFLICT (cooperative_id, made_by, client_key) DO NOTHING`,
			actor.Cooperative, rule.NewID[coop.MotionID](), id, w.Kind, w.Secret, w.Title, w.Words, w.Language, actor.Member, w.Key).Exec(ctx)
		return err
	})
}

// Drop takes a point off the agenda while the assembly is prepared; the others move up.
func (a *Assemblies) Drop(ctx context.Context, actor coop.Actor, motion coop.MotionID) (coop.AssemblyID, error) {
	var id coop.AssemblyID
	err := a.db.NewRaw(`SELECT assembly_id FROM coop.motions WHERE cooperative_id = ? AND id = ?`, actor.Cooperative, motion).Scan(ctx, &id)
	if err != nil {
		return id, orNotFound(err)
	}
	return id, a.prepare(ctx, actor, id, func(ctx context.Context, tx bun.Tx, _ Assembly) error {
		_, err := tx.NewRaw(`DELETE FROM coop.motions WHERE cooperative_id = ? AND id = ?`, actor.Cooperative, motion).Exec(ctx)
		return err
	})
}

// Attach adds a text to read while the assembly is prepared. The same key again changes
// nothing.
func (a *Assemblies) Attach(ctx context.Context, actor coop.Actor, id coop.AssemblyID, form Attachment) error {
	return a.prepare(ctx, actor, id, func(ctx context.Context, tx bun.Tx, _ Assembly) error {
		form, err := form.check()
		if err != nil {
			return err
		}
		_, err = tx.NewRaw(`
			INSERT INTO coop.assembly_documents (cooperative_id, id, assembly_id, title, body, language, made_by, client_key)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (cooperative_id, made_by, client_key) DO NOTHING`,
			actor.Cooperative, rule.NewID[coop.DocumentID](), id, form.Title, form.Body, form.Language, actor.Member, form.Key).Exec(ctx)
		return err
	})
}

// prepare lets a facilitator change what members have not been convened to yet.
func (a *Assemblies) prepare(ctx context.Context, actor coop.Actor, id coop.AssemblyID, do func(context.Context, bun.Tx, Assembly) error) error {
	return a.act(ctx, actor, id, func(ctx context.Context, tx bun.Tx, of Assembly) error {
		if of.State != Draft {
			return rule.ErrMoved
		}
		return do(ctx, tx, of)
	})
}
