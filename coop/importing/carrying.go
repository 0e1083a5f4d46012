package importing

import (
	"context"
	"encoding/json"
	"errors"
	"time"

	"github.com/uptrace/bun"

	"lien/coop"
	"lien/coop/hours"
	"lien/coop/inbox"
	"lien/coop/membership"
	"lien/rule"
)

// How much is carried out at a time: a transaction's worth, and what one call of Due does.
const (
	atOnce = 500
	atMost = 20
)

// idle is how long an open import keeps its file: then it is called off.
const idle = 14 * 24 * time.Hour

// Due carries confirmed imports out, a bounded part of what is left, and calls off what
// nobody came back to. It returns how many lines it dealt with. A part is one transaction:
// whatever stops the house, the next call goes on with the lines that are left.
func (i *Imports) Due(ctx context.Context) (n int, err error) {
	for range atMost {
		some, err := i.carry(ctx, coop.ImportID{})
		if err != nil {
			return n, err
		}
		if n += some; some == 0 {
			break
		}
	}
	dropped, err := i.forget(ctx)
	if err != nil {
		return n + dropped, err
	}
	return n + dropped, i.forgetRefusals(ctx)
}

// Carry carries out one confirmed import to its end, for who waits for it. Where another
// one does so already it returns at once.
func (i *Imports) Carry(ctx context.Context, actor coop.Actor, id coop.ImportID) error {
	if err := hours.Steward(ctx, i.db, actor); err != nil {
		return err
	}
	for {
		if n, err := i.carry(ctx, id); n == 0 || err != nil {
			return err
		}
	}
}

// Start carries out the first part of a confirmed import, so that a short list is there at
// once; the rest follows by itself.
func (i *Imports) Start(ctx context.Context, actor coop.Actor, id coop.ImportID) error {
	if err := hours.Steward(ctx, i.db, actor); err != nil {
		return err
	}
	if _, err := i.carry(ctx, id); err != nil {
		return err
	}
	_, err := i.carry(ctx, id) // what is empty now ends
	return err
}

// work is one confirmed import that a transaction holds.
type work struct {
	CooperativeID coop.CooperativeID
	ID            coop.ImportID
	PlaceID       coop.PlaceID
	ConfirmedBy   coop.MemberID
}

func (w work) by() coop.Actor { return coop.Actor{Cooperative: w.CooperativeID, Member: w.ConfirmedBy} }

// carry makes what some lines of one confirmed import say: of the one with this id, or of
// the one that waits longest. It returns zero when nothing is left to do.
func (i *Imports) carry(ctx context.Context, id coop.ImportID) (n int, err error) {
	err = i.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		var w work
		err := tx.NewRaw(`SELECT cooperative_id, id, place_id, confirmed_by
FROM coop.imports
WHERE state = 'confirmed' AND (? OR id = ?)
ORDER BY confirmed_at, id
LIMIT 1
FOR UPDATE SKIP LOCKED`, id == coop.ImportID{}, id).Scan(ctx, &w)
		if errors.Is(orNotFound(err), rule.ErrNotFound) {
			return nil
		}
		if err != nil {
			return err
		}
		var rows []Row
		err = tx.NewRaw(`SELECT r.line, coalesce(r.number, 0) AS number, r.name, r.language, r.minutes, r.place_id AS place, r.pile, r.why, r.other_id AS other, r.choice
FROM coop.import_rows r
WHERE r.cooperative_id = ? AND r.import_id = ? AND `+carried+`
ORDER BY r.line
LIMIT ?`, w.CooperativeID, w.ID, atOnce).Scan(ctx, &rows)
		if err != nil {
			return err
		}
		n = max(len(rows), 1)
		if len(rows) == 0 {
			return i.end(ctx, tx, w.CooperativeID, w.ID, Done)
		}
		return i.make(ctx, tx, w, rows)
	})
	return n, err
}

// make makes the people and the opening balances of some lines, all at once, and writes down
// which line made what.
func (i *Imports) make(ctx context.Context, tx bun.Tx, w work, rows []Row) error {
	if err := replan(ctx, tx); err != nil {
		return err
	}
	if err := i.members.Keep(ctx, tx, w.CooperativeID, 0); err != nil { // one list at a time, also of hours only
		return err
	}
	listed, openings := i.asked(rows)
	refused, err := i.members.Enlist(ctx, tx, w.by(), w.PlaceID, listed)
	if err != nil {
		return err
	}
	wanted := openings[:0]
	for _, o := range openings {
		if !refused[o.Member] {
			wanted = append(wanted, o)
		}
	}
	written, err := i.ledger.Begin(ctx, tx, w.by(), wanted)
	if err != nil {
		return err
	}
	made := outcomes(rows, listed, refused, written)
	if err := note(ctx, tx, w, made, i.now()); err != nil {
		return err
	}
	return tell(ctx, tx, w, made, i.now())
}

// asked is what some lines ask for: who is put on the list, and what they begin with. A line
// about somebody new carries their id from here on.
func (i *Imports) asked(rows []Row) (listed []membership.Listed, openings []hours.Opening) {
	for n := range rows {
		r := &rows[n]
		minutes := r.Minutes
		switch {
		case r.Pile == New, r.Choice == Person, r.Choice == Without:
			r.Other = rule.NewID[coop.MemberID]()
			number := r.Number
			if r.Why == taken {
				number = 0
			}
			if r.Choice == Without {
				minutes = 0
			}
			listed = append(listed, membership.Listed{ID: r.Other, Number: number, Name: r.Name, Language: r.Language, Place: r.Place})
		}
		if minutes != 0 {
			openings = append(openings, hours.Opening{Member: r.Other, Minutes: minutes})
		}
	}
	return listed, openings
}

// outcome is what a line made, as it is kept.
type outcome struct {
	Line     int
	Outcome  string
	Member   *coop.MemberID
	Transfer *coop.TransferID
	minutes  int64
}

func outcomes(rows []Row, listed []membership.Listed, refused map[coop.MemberID]bool, written map[coop.MemberID]coop.TransferID) (out []outcome) {
	fresh := map[coop.MemberID]bool{}
	for _, l := range listed {
		fresh[l.ID] = !refused[l.ID]
	}
	for _, r := range rows {
		o := outcome{Line: r.Line, Outcome: "moved", minutes: r.Minutes}
		transfer, opened := written[r.Other]
		if fresh[r.Other] {
			o.Outcome, o.Member = "member", &r.Other
		} else if opened {
			o.Outcome, o.Member = "hours", &r.Other
		}
		if opened {
			o.Transfer = &transfer
		}
		out = append(out, o)
	}
	return out
}

// note keeps which line made what, takes the lines away and counts them.
func note(ctx context.Context, tx bun.Tx, w work, made []outcome, now time.Time) error {
	kept, err := json.Marshal(made)
	if err != nil {
		return err
	}
	_, err = tx.NewRaw(`WITH kept AS (
  INSERT INTO coop.import_lines (cooperative_id, import_id, line, outcome, member_id, transfer_id, at)
  SELECT ?0, ?1, o."Line", o."Outcome", o."Member", o."Transfer", ?2
  FROM jsonb_to_recordset(?3::jsonb) AS o ("Line" int, "Outcome" text, "Member" uuid, "Transfer" uuid)
  RETURNING line, outcome, transfer_id
), away AS (
  DELETE FROM coop.import_rows r USING kept WHERE r.cooperative_id = ?0 AND r.import_id = ?1 AND r.line = kept.line
)
UPDATE coop.imports
SET made = made + (SELECT count(*) FROM kept WHERE outcome = 'member'), opened = opened + (SELECT count(transfer_id) FROM kept),
  moved = moved + (SELECT count(*) FROM kept WHERE outcome = 'moved')
WHERE cooperative_id = ?0 AND id = ?1`, w.CooperativeID, w.ID, now, string(kept)).Exec(ctx)
	return err
}

// tell tells who was a member already that their former hours are there. Who is new reads it
// when they come in.
func tell(ctx context.Context, tx bun.Tx, w work, made []outcome, now time.Time) error {
	var items []inbox.Item
	for _, o := range made {
		if o.Outcome == "hours" {
			items = append(items, inbox.Item{
				Cooperative: w.CooperativeID, Member: *o.Member, Kind: "hours_opened", Subject: o.Transfer.UUID,
				Once: "opening:" + o.Transfer.String(), At: now, By: w.ConfirmedBy, Minutes: max(o.minutes, -o.minutes),
			})
		}
	}
	if len(items) == 0 {
		return nil
	}
	return inbox.Tell(ctx, tx, items...)
}

// forget calls off some imports that nobody came back to.
func (i *Imports) forget(ctx context.Context) (n int, err error) {
	err = i.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		var old []struct {
			CooperativeID coop.CooperativeID
			ID            coop.ImportID
		}
		err := tx.NewRaw(`SELECT cooperative_id, id
FROM coop.imports
WHERE state = 'open' AND uploaded_at < ?
ORDER BY uploaded_at
LIMIT 10
FOR UPDATE SKIP LOCKED`, i.now().Add(-idle)).Scan(ctx, &old)
		if err != nil {
			return err
		}
		for _, o := range old { // a handful a year
			if err := i.end(ctx, tx, o.CooperativeID, o.ID, Dropped); err != nil {
				return err
			}
		}
		n = len(old)
		return nil
	})
	return n, err
}

// forgetRefusals throws the refused lines of old lists away.
func (i *Imports) forgetRefusals(ctx context.Context) error {
	_, err := i.db.NewRaw(`DELETE FROM coop.import_rows r
USING coop.imports i
WHERE i.state = 'done' AND i.refused_lines > 0 AND i.ended_at <= ? AND r.cooperative_id = i.cooperative_id AND r.import_id = i.id`,
		i.now().Add(-refusalsLast)).Exec(ctx)
	return err
}

// Lines lists what a carried out import made, in the order of the file, fifty at a time;
// after is the last line of the page already read, or zero.
func (i *Imports) Lines(ctx context.Context, actor coop.Actor, id coop.ImportID, after int) (list []Line, err error) {
	if err := hours.Steward(ctx, i.db, actor); err != nil {
		return nil, err
	}
	err = i.db.NewRaw(`SELECT l.line, l.outcome, l.member_id AS member, l.transfer_id AS transfer, coalesce(m.number, 0) AS number,
  CASE WHEN m.state = 'left' THEN '' ELSE coalesce(m.name, '') END AS name, coalesce(e.minutes, 0) AS minutes
FROM coop.import_lines l
LEFT JOIN coop.members m ON m.cooperative_id = l.cooperative_id AND m.id = l.member_id
LEFT JOIN coop.entries e ON e.cooperative_id = l.cooperative_id AND e.transfer_id = l.transfer_id AND e.member_id = l.member_id
WHERE l.cooperative_id = ? AND l.import_id = ? AND l.line > ?
ORDER BY l.line
LIMIT ?`, actor.Cooperative, id, after, perPage).Scan(ctx, &list)
	return list, err
}
