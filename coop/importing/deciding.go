package importing

import (
	"context"
	"encoding/json"
	"slices"

	"github.com/uptrace/bun"

	"lien/coop"
	"lien/coop/hours"
	"lien/rule"
)

// perPage is how many lines a page of a pile holds.
const perPage = 50

// Rows lists the lines of a pile in the order of the file, fifty at a time; after is the
// last line of the page already read, or zero.
func (i *Imports) Rows(ctx context.Context, actor coop.Actor, id coop.ImportID, pile Pile, after int) ([]Row, error) {
	return i.rows(ctx, actor, id, pile, after, perPage)
}

// Refusals lists every refused line of a file, to be put right there.
func (i *Imports) Refusals(ctx context.Context, actor coop.Actor, id coop.ImportID) ([]Row, error) {
	return i.rows(ctx, actor, id, Refused, 0, MostLines)
}

func (i *Imports) rows(ctx context.Context, actor coop.Actor, id coop.ImportID, pile Pile, after, most int) (list []Row, err error) {
	if err := hours.Steward(ctx, i.db, actor); err != nil {
		return nil, err
	}
	err = i.db.NewRaw(`SELECT r.line, coalesce(r.number, 0) AS number, r.name, r.language, r.minutes, r.pile, r.why, r.hint, r.choice, r.place_id AS place, coalesce(p.name, '') AS home,
  r.other_id AS other, CASE WHEN m.state = 'left' THEN '' ELSE coalesce(m.name, '') END AS called
FROM coop.import_rows r
LEFT JOIN coop.members m ON m.cooperative_id = r.cooperative_id AND m.id = r.other_id
LEFT JOIN coop.places p ON p.cooperative_id = r.cooperative_id AND p.id = r.place_id
WHERE r.cooperative_id = ? AND r.import_id = ? AND r.pile = ? AND r.line > ?
ORDER BY r.line
LIMIT ?`, actor.Cooperative, id, pile, after, most).Scan(ctx, &list)
	return list, err
}

// Decision is what becomes of one line that differs from what is there.
type Decision struct {
	Line   int
	Choice Choice
}

// Decide writes down what becomes of lines that differ, all or none of them. A line that is
// no conflict, or a choice that its conflict does not allow, is *rule.Invalid on "choice".
// Who had not seen the latest turn gets rule.ErrMoved.
func (i *Imports) Decide(ctx context.Context, actor coop.Actor, id coop.ImportID, turn int, decisions []Decision) error {
	if len(decisions) > perPage {
		return rule.Broken("choice", "rule.choose")
	}
	return i.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		if _, err := i.lock(ctx, tx, actor, id, turn); err != nil {
			return err
		}
		why, err := reasons(ctx, tx, actor.Cooperative, id, decisions)
		if err != nil {
			return err
		}
		for _, d := range decisions {
			if d.Choice != Undecided && !slices.Contains(Choices(why[d.Line]), d.Choice) {
				return rule.Broken("choice", "rule.choose")
			}
		}
		written, err := json.Marshal(decisions)
		if err != nil {
			return err
		}
		_, err = tx.NewRaw(`UPDATE coop.import_rows r
SET choice = d."Choice"
FROM jsonb_to_recordset(?::jsonb) AS d ("Line" int, "Choice" text)
WHERE r.cooperative_id = ? AND r.import_id = ? AND r.line = d."Line" AND r.pile = 'conflict'`,
			string(written), actor.Cooperative, id).Exec(ctx)
		return err
	})
}

// reasons are why the lines are conflicts.
func reasons(ctx context.Context, tx bun.Tx, cooperative coop.CooperativeID, id coop.ImportID, decisions []Decision) (map[int]string, error) {
	lines := []int{0}
	for _, d := range decisions {
		lines = append(lines, d.Line)
	}
	var found []struct {
		Line int
		Why  string
	}
	err := tx.NewRaw(`SELECT line, why
FROM coop.import_rows
WHERE cooperative_id = ? AND import_id = ? AND pile = 'conflict' AND line IN (?)`, cooperative, id, bun.List(lines)).Scan(ctx, &found)
	why := map[int]string{}
	for _, f := range found {
		why[f.Line] = f.Why
	}
	return why, err
}

// LeaveRest decides to make nothing of every conflict that nobody decided on.
func (i *Imports) LeaveRest(ctx context.Context, actor coop.Actor, id coop.ImportID, turn int) error {
	return i.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		if _, err := i.lock(ctx, tx, actor, id, turn); err != nil {
			return err
		}
		_, err := tx.NewRaw(`UPDATE coop.import_rows SET choice = 'leave'
WHERE cooperative_id = ? AND import_id = ? AND pile = 'conflict' AND choice = ''`, actor.Cooperative, id).Exec(ctx)
		return err
	})
}

// Confirm lets an import be carried out, once: the second of two gets rule.ErrMoved, and so
// does who had not seen how its lines lie. Numbers of the file are kept for its people from
// now on. It returns *rule.Invalid on "confirm" while a conflict waits for a decision, when
// nothing is to be made, and for whoever would give hours to themselves.
func (i *Imports) Confirm(ctx context.Context, actor coop.Actor, id coop.ImportID, turn int) error {
	return i.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		if _, err := i.lock(ctx, tx, actor, id, turn); err != nil {
			return err
		}
		var waiting struct {
			Undecided, Ready int
			Own              bool
			Highest          int64
		}
		err := tx.NewRaw(`SELECT count(*) FILTER (WHERE r.pile = 'conflict' AND r.choice = '') AS undecided, count(*) FILTER (WHERE `+carried+`) AS ready,
  coalesce(bool_or(r.choice = 'add' AND r.other_id = ?), false) AS own, coalesce(max(r.number) FILTER (WHERE `+carried+` AND r.choice <> 'add'), 0) AS highest
FROM coop.import_rows r
WHERE r.cooperative_id = ? AND r.import_id = ?`, actor.Member, actor.Cooperative, id).Scan(ctx, &waiting)
		switch {
		case err != nil:
			return err
		case waiting.Undecided > 0:
			return rule.Broken("confirm", "import.undecided")
		case waiting.Own:
			return rule.Broken("confirm", "import.oneself")
		case waiting.Ready == 0:
			return rule.Broken("confirm", "import.nothing")
		}
		if err := i.members.Keep(ctx, tx, actor.Cooperative, waiting.Highest); err != nil {
			return err
		}
		_, err = tx.NewRaw(`UPDATE coop.imports SET state = 'confirmed', confirmed_by = ?, confirmed_at = ? WHERE cooperative_id = ? AND id = ?`,
			actor.Member, i.now(), actor.Cooperative, id).Exec(ctx)
		return err
	})
}

// Drop calls an open import off: the file and its lines are thrown away. One that was called
// off already stays so; one that was confirmed answers rule.ErrMoved.
func (i *Imports) Drop(ctx context.Context, actor coop.Actor, id coop.ImportID) error {
	return i.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		if err := hours.Steward(ctx, tx, actor); err != nil {
			return err
		}
		var state State
		err := tx.NewRaw(`SELECT state FROM coop.imports WHERE cooperative_id = ? AND id = ? FOR UPDATE`, actor.Cooperative, id).Scan(ctx, &state)
		switch {
		case err != nil:
			return orNotFound(err)
		case state == Dropped:
			return nil
		case state != Open:
			return rule.ErrMoved
		}
		return i.end(ctx, tx, actor.Cooperative, id, Dropped)
	})
}

// end ends an import, and throws away what it said of people. Lines that were refused stay
// when the others were taken over: somebody may want to mend them.
func (i *Imports) end(ctx context.Context, tx bun.Tx, cooperative coop.CooperativeID, id coop.ImportID, as State) error {
	_, err := tx.NewRaw(`DELETE FROM coop.import_rows WHERE cooperative_id = ? AND import_id = ? AND NOT (pile = 'refused' AND ?)`,
		cooperative, id, as == Done).Exec(ctx)
	if err != nil {
		return err
	}
	if _, err = tx.NewRaw(`DELETE FROM coop.import_files WHERE cooperative_id = ? AND import_id = ?`, cooperative, id).Exec(ctx); err != nil {
		return err
	}
	_, err = tx.NewRaw(`UPDATE coop.imports SET state = ?, ended_at = ?, headings = '{}', samples = '{}', columns = '{}' WHERE cooperative_id = ? AND id = ?`,
		as, i.now(), cooperative, id).Exec(ctx)
	return err
}
