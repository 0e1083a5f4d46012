package importing

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/json"
	"errors"
	"time"

	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect/pgdialect"

	"lien/coop"
	"lien/coop/hours"
	"lien/coop/membership"
	"lien/database"
	"lien/rule"
)

// Imports are the lists that a cooperative takes over. Facilitators and the treasurer may;
// for everybody else none is there.
type Imports struct {
	db      bun.IDB
	members *membership.Members
	ledger  *hours.Ledger
	now     func() time.Time
}

// NewImports returns the imports kept in db; now tells the time.
func NewImports(db bun.IDB, now func() time.Time) *Imports {
	return &Imports{db: db, members: membership.NewMembers(db, now), ledger: hours.NewLedger(db, now), now: now}
}

const importColumns = `SELECT i.id, i.file_name, i.encoding, i.delimiter, i.headings, i.samples, i.columns, i.place_id, i.language, i.state, i.turn,
  i.lines, i.new_lines, i.same_lines, i.conflict_lines, i.refused_lines, i.made, i.opened, i.moved, i.uploaded_at,
  coalesce(i.confirmed_at, i.uploaded_at) AS confirmed_at, coalesce(i.ended_at, i.uploaded_at) AS ended_at,
  CASE WHEN u.state = 'left' THEN '' ELSE u.name END AS uploaded_by, CASE WHEN c.state = 'left' THEN '' ELSE coalesce(c.name, '') END AS confirmed_by,
  (SELECT count(*) FROM coop.import_rows r WHERE r.cooperative_id = i.cooperative_id AND r.import_id = i.id AND r.pile = 'conflict' AND r.choice = '') AS undecided,
  (SELECT count(*) FROM coop.import_rows r WHERE r.cooperative_id = i.cooperative_id AND r.import_id = i.id AND ` + carried + `) AS "left"
FROM coop.imports i
JOIN coop.members u ON u.cooperative_id = i.cooperative_id AND u.id = i.uploaded_by
LEFT JOIN coop.members c ON c.cooperative_id = i.cooperative_id AND c.id = i.confirmed_by`

// carried are the lines r of which something is made.
const carried = `(r.pile = 'new' OR r.pile = 'conflict' AND r.choice IN ('add', 'person', 'without'))`

// All lists the imports, the latest first, twenty at a time; before is the last one of the
// page already read, or zero.
func (i *Imports) All(ctx context.Context, actor coop.Actor, before coop.ImportID) (list []Import, err error) {
	if err := hours.Steward(ctx, i.db, actor); err != nil {
		return nil, err
	}
	older := bun.SafeQuery("TRUE")
	if before != (coop.ImportID{}) {
		older = bun.SafeQuery("i.id < ?", before)
	}
	err = i.db.NewRaw(importColumns+`
WHERE i.cooperative_id = ? AND ?
ORDER BY i.id DESC
LIMIT 20`, actor.Cooperative, older).Scan(ctx, &list)
	return list, err
}

// One returns an import.
func (i *Imports) One(ctx context.Context, actor coop.Actor, id coop.ImportID) (found Import, err error) {
	if err := hours.Steward(ctx, i.db, actor); err != nil {
		return found, err
	}
	err = i.db.NewRaw(importColumns+`
WHERE i.cooperative_id = ? AND i.id = ?`, actor.Cooperative, id).Scan(ctx, &found)
	return found, orNotFound(err)
}

// Places are where the new people of a list can live.
func (i *Imports) Places(ctx context.Context, actor coop.Actor) (list []membership.Place, err error) {
	if err := hours.Steward(ctx, i.db, actor); err != nil {
		return nil, err
	}
	return placesOf(ctx, i.db, actor.Cooperative)
}

// Upload reads a file, guesses what its columns mean and sorts its lines; nothing of it is
// written to the books. A file that is open already leads to where it is, whoever sent it.
// It returns *rule.Invalid on "file", "place" or "language".
func (i *Imports) Upload(ctx context.Context, actor coop.Actor, u Upload) (id coop.ImportID, err error) {
	if err := hours.Steward(ctx, i.db, actor); err != nil {
		return id, err
	}
	file, err := Read(u.Content)
	if err != nil {
		return id, err
	}
	if u.Name = shown(u.Name); u.Name == "" {
		u.Name = "csv"
	}
	if !spoken(u.Language) {
		return id, rule.Broken("language", "rule.choose")
	}
	hash := sha256.Sum256(u.Content)
	id = rule.NewID[coop.ImportID]()
	err = i.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		if err := housed(ctx, tx, actor, u.Place); err != nil {
			return err
		}
		_, err := tx.NewRaw(`INSERT INTO coop.imports (cooperative_id, id, file_name, file_hash, encoding, delimiter, headings, samples, columns, place_id, language, state, turn,
  lines, new_lines, same_lines, conflict_lines, refused_lines, made, opened, moved, uploaded_by, client_key, uploaded_at)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'open', 1, ?, 0, 0, 0, 0, 0, 0, 0, ?, ?, ?)`,
			actor.Cooperative, id, u.Name, hash[:], file.Encoding, file.Delimiter, pgdialect.Array(file.Headings), pgdialect.Array(file.sample()), pgdialect.Array(Guess(file.Headings)),
			u.Place, u.Language, len(file.Records), actor.Member, u.Key, i.now()).Exec(ctx)
		if err != nil {
			return err
		}
		_, err = tx.NewRaw(`INSERT INTO coop.import_files (cooperative_id, import_id, content) VALUES (?, ?, ?)`,
			actor.Cooperative, id, u.Content).Exec(ctx)
		if err != nil {
			return err
		}
		return i.sort(ctx, tx, actor, id, file, sorting{hash[:], Guess(file.Headings), u.Language})
	})
	switch database.Broken(err) {
	case "a_file_is_open_once", "an_import_is_begun_once":
		return i.begun(ctx, actor, u, hash[:])
	}
	return id, err
}

// housed refuses a place where nobody can live.
func housed(ctx context.Context, tx bun.Tx, actor coop.Actor, place coop.PlaceID) error {
	var open bool
	err := tx.NewRaw(`SELECT EXISTS (SELECT FROM coop.places WHERE cooperative_id = ? AND id = ? AND closed_at IS NULL)`,
		actor.Cooperative, place).Scan(ctx, &open)
	if err == nil && !open {
		return rule.Broken("place", "rule.choose")
	}
	return err
}

// begun finds where the file is on its way, or what its key began.
func (i *Imports) begun(ctx context.Context, actor coop.Actor, u Upload, hash []byte) (id coop.ImportID, err error) {
	err = i.db.NewRaw(`SELECT id
FROM coop.imports
WHERE cooperative_id = ? AND (uploaded_by = ? AND client_key = ? OR file_hash = ? AND state IN ('open', 'confirmed'))
ORDER BY (client_key = ?) DESC
LIMIT 1`, actor.Cooperative, actor.Member, u.Key, hash, u.Key).Scan(ctx, &id)
	return id, orNotFound(err)
}

// Reading is how a file is to be read: what each column means, where its new people live,
// and in which language they are written to who have none in it.
type Reading struct {
	Turn     int // of the import, as the page showed it
	Columns  []Column
	Place    coop.PlaceID
	Language string
}

// Sort lays the lines of an open import on their piles anew, by what its columns mean. What
// was decided before is forgotten. Who had not seen the latest turn gets rule.ErrMoved.
func (i *Imports) Sort(ctx context.Context, actor coop.Actor, id coop.ImportID, r Reading) error {
	return i.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		found, err := i.lock(ctx, tx, actor, id, r.Turn)
		if err != nil {
			return err
		}
		if err := checkColumns(r.Columns, len(found.Headings)); err != nil {
			return err
		}
		if !spoken(r.Language) {
			return rule.Broken("language", "rule.choose")
		}
		if err := housed(ctx, tx, actor, r.Place); err != nil {
			return err
		}
		var content []byte
		err = tx.NewRaw(`SELECT content FROM coop.import_files WHERE cooperative_id = ? AND import_id = ?`, actor.Cooperative, id).Scan(ctx, &content)
		if err != nil {
			return err
		}
		file, err := Read(content)
		if err != nil {
			return err
		}
		_, err = tx.NewRaw(`UPDATE coop.imports SET place_id = ? WHERE cooperative_id = ? AND id = ?`, r.Place, actor.Cooperative, id).Exec(ctx)
		if err != nil {
			return err
		}
		hash := sha256.Sum256(content)
		return i.sort(ctx, tx, actor, id, file, sorting{hash[:], r.Columns, r.Language})
	})
}

// lock holds an open import whose latest turn the actor has seen.
func (i *Imports) lock(ctx context.Context, tx bun.Tx, actor coop.Actor, id coop.ImportID, turn int) (found Import, err error) {
	if err := hours.Steward(ctx, tx, actor); err != nil {
		return found, err
	}
	err = tx.NewRaw(`SELECT id, state, turn, lines, headings, columns, new_lines, same_lines, conflict_lines, refused_lines
FROM coop.imports
WHERE cooperative_id = ? AND id = ?
FOR UPDATE`, actor.Cooperative, id).Scan(ctx, &found)
	if err == nil && (found.State != Open || found.Turn != turn) {
		err = rule.ErrMoved
	}
	return found, orNotFound(err)
}

// sorting is what the lines of a file are laid on their piles by.
type sorting struct {
	hash     []byte
	columns  []Column
	language string
}

// sort writes the lines of a file anew, each on its pile. Without a column of names there is
// nothing to sort yet.
func (i *Imports) sort(ctx context.Context, tx bun.Tx, actor coop.Actor, id coop.ImportID, file File, s sorting) error {
	if err := replan(ctx, tx); err != nil {
		return err
	}
	if _, err := tx.NewRaw(`DELETE FROM coop.import_rows WHERE cooperative_id = ? AND import_id = ?`, actor.Cooperative, id).Exec(ctx); err != nil {
		return err
	}
	on := map[Pile]int{}
	if checkColumns(s.columns, len(file.Headings)) == nil {
		all, err := i.gather(ctx, tx, actor.Cooperative, s.hash)
		if err != nil {
			return err
		}
		places, err := placesOf(ctx, tx, actor.Cooperative)
		if err != nil {
			return err
		}
		living := homesOf(places)
		rows := make([]Row, len(file.Records))
		for n, r := range file.Records {
			rows[n] = judge(r, s.columns, s.language, living)
		}
		twins(rows)
		for n := range rows {
			rows[n] = all.lay(rows[n])
			on[rows[n].Pile]++
		}
		if err := store(ctx, tx, actor.Cooperative, id, rows); err != nil {
			return err
		}
	}
	_, err := tx.NewRaw(`UPDATE coop.imports
SET columns = ?, language = ?, turn = turn + 1, new_lines = ?, same_lines = ?, conflict_lines = ?, refused_lines = ?
WHERE cooperative_id = ? AND id = ?`,
		pgdialect.Array(s.columns), s.language, on[New], on[Same], on[Conflict], on[Refused], actor.Cooperative, id).Exec(ctx)
	return err
}

// part is how many lines one statement takes.
const part = 2000

// store writes lines, a part at a time.
func store(ctx context.Context, tx bun.Tx, cooperative coop.CooperativeID, id coop.ImportID, rows []Row) error {
	for len(rows) > 0 {
		n := min(part, len(rows))
		some, err := json.Marshal(rows[:n])
		if err != nil {
			return err
		}
		_, err = tx.NewRaw(`INSERT INTO coop.import_rows (cooperative_id, import_id, line, number, name, language, minutes, place_id, pile, why, hint, other_id, choice)
SELECT ?, ?, r."Line", nullif(r."Number", 0), r."Name", r."Language", r."Minutes", nullif(r."Place", '00000000-0000-0000-0000-000000000000'), r."Pile", r."Why", r."Hint", nullif(r."Other", '00000000-0000-0000-0000-000000000000'), ''
FROM jsonb_to_recordset(?::jsonb) AS r ("Line" int, "Number" bigint, "Name" text, "Language" text, "Minutes" bigint, "Place" uuid, "Pile" text, "Why" text, "Hint" text, "Other" uuid)`,
			cooperative, id, string(some)).Exec(ctx)
		if err != nil {
			return err
		}
		rows = rows[n:]
	}
	return nil
}

// replan lets PostgreSQL look anew at how large its tables are. A first list fills empty
// ones: what it planned for them, in constraints and triggers too, reads them whole for each
// line.
func replan(ctx context.Context, tx bun.Tx) error {
	_, err := tx.NewRaw(`DISCARD PLANS`).Exec(ctx)
	return err
}

func spoken(code string) bool {
	for _, known := range membership.Languages() {
		if code == known {
			return true
		}
	}
	return false
}

func orNotFound(err error) error {
	if errors.Is(err, sql.ErrNoRows) {
		return rule.ErrNotFound
	}
	return err
}
