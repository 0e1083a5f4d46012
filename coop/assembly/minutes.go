package assembly

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/uptrace/bun"

	"lien/coop"
	"lien/coop/inbox"
	"lien/rule"
)

// Minutes are what assemblies leave behind: drafted from what happened, with the words of
// the secretary; signed by chair and secretary, who are two; never written again afterwards,
// but completed by addenda that the same two sign.
type Minutes struct {
	db      bun.IDB
	now     func() time.Time
	compose Compose
}

// NewMinutes returns the minutes kept in db; now tells the time, and compose writes them in
// words.
func NewMinutes(db bun.IDB, now func() time.Time, compose Compose) *Minutes {
	return &Minutes{db: db, now: now, compose: compose}
}

// sheet is a row of the minutes.
type sheet struct {
	Chair, Secretary         coop.MemberID
	ChairName, SecretaryName string
	Edits                    int
	Signed                   int // 0 before
	SignedAt, ContestUntil   time.Time
}

const sheetColumns = `s.chair_id AS chair, s.secretary_id AS secretary, c.name AS chair_name, w.name AS secretary_name, s.edits,
	coalesce(s.signed_n, 0) AS signed, s.signed_at, s.contest_until
	FROM coop.minutes s
	JOIN coop.members c ON c.cooperative_id = s.cooperative_id AND c.id = s.chair_id
	JOIN coop.members w ON w.cooperative_id = s.cooperative_id AND w.id = s.secretary_id
	WHERE s.cooperative_id = ? AND s.assembly_id = ?`

// as is in which quality a member signs.
func (s sheet) as(member coop.MemberID) Signer {
	switch member {
	case s.Chair:
		return TheChair
	case s.Secretary:
		return TheSecretary
	}
	return ""
}

// Entrust names who holds the chair and who writes, by a facilitator: two people of the roll.
// Once the minutes are signed, it names who signs addenda.
func (m *Minutes) Entrust(ctx context.Context, actor coop.Actor, id coop.AssemblyID, chair, secretary int64) error {
	return m.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		if err := coop.MustFacilitate(ctx, tx, actor); err != nil {
			return err
		}
		of, err := hold(ctx, tx, actor.Cooperative, id)
		switch {
		case err != nil:
			return err
		case of.State != Open && of.State != Closed:
			return rule.ErrMoved
		case chair == secretary:
			return rule.Broken("secretary", "minutes.rule.two_sign")
		}
		first, err := onRoll(ctx, tx, actor.Cooperative, id, chair, "chair")
		if err != nil {
			return err
		}
		second, err := onRoll(ctx, tx, actor.Cooperative, id, secretary, "secretary")
		if err != nil {
			return err
		}
		_, err = tx.NewRaw(`
			INSERT INTO coop.minutes (cooperative_id, assembly_id, chair_id, secretary_id, edits, named_by)
			VALUES (?, ?, ?, ?, 0, ?)
			ON CONFLICT (cooperative_id, assembly_id) DO UPDATE SET chair_id = excluded.chair_id, secretary_id = excluded.secretary_id, named_by = excluded.named_by`,
			actor.Cooperative, id, first, second, actor.Member).Exec(ctx)
		if err != nil {
			return err
		}
		return inbox.Tell(ctx, tx, inbox.Item{
			Cooperative: actor.Cooperative, Member: second, Kind: "minutes_to_write", Subject: id.UUID,
			Once: "minutes:" + id.String() + ":write", At: m.now(), Title: of.Title, When: of.StartsAt,
		})
	})
}

// onRoll finds who stands on the roll by their number: *rule.Invalid on the field otherwise.
func onRoll(ctx context.Context, tx bun.Tx, cooperative coop.CooperativeID, id coop.AssemblyID, number int64, field string) (member coop.MemberID, err error) {
	err = tx.NewRaw(`
		SELECT m.id FROM coop.members m
		JOIN coop.roll r ON r.cooperative_id = m.cooperative_id AND r.assembly_id = ? AND r.member_id = m.id
		WHERE m.cooperative_id = ? AND m.number = ? AND m.state <> 'left'`, id, cooperative, number).Scan(ctx, &member)
	if errors.Is(err, sql.ErrNoRows) {
		return member, rule.Broken(field, "assembly.rule.not_on_roll")
	}
	return member, err
}

// Writing is the form of the secretary: what they add to each point, and how often they had
// written when the form was shown.
type Writing struct {
	Seen  int
	Words map[int]string
}

// Write keeps the words of the secretary, until both have signed. When they were written
// elsewhere since the form was shown, rule.ErrMoved. A signature under the former text holds
// for that text only.
func (m *Minutes) Write(ctx context.Context, actor coop.Actor, id coop.AssemblyID, w Writing) error {
	return m.hold(ctx, actor, id, func(ctx context.Context, tx bun.Tx, _ Assembly, s sheet) error {
		switch {
		case s.as(actor.Member) != TheSecretary:
			return rule.ErrForbidden
		case s.Signed != 0 || s.Edits != w.Seen:
			return rule.ErrMoved
		}
		for point, words := range w.Words { // as long as an agenda
			words, err := rule.Text(fmt.Sprintf("words_%d", point), words, 0, mostWords)
			if err != nil {
				return err
			}
			_, err = tx.NewRaw(`
				INSERT INTO coop.minutes_words (cooperative_id, assembly_id, point, words)
				SELECT ?0, ?1, ?2, ?3
				WHERE ?2 IN (0, 1000) OR EXISTS (SELECT FROM coop.motions WHERE cooperative_id = ?0 AND assembly_id = ?1 AND n = ?2)
				ON CONFLICT (cooperative_id, assembly_id, point) DO UPDATE SET words = excluded.words`,
				actor.Cooperative, id, point, words).Exec(ctx)
			if err != nil {
				return err
			}
		}
		_, err := tx.NewRaw(`UPDATE coop.minutes SET edits = edits + 1 WHERE cooperative_id = ? AND assembly_id = ?`, actor.Cooperative, id).Exec(ctx)
		return err
	})
}

// hold locks the assembly and its minutes: who writes waits for who signs.
func (m *Minutes) hold(ctx context.Context, actor coop.Actor, id coop.AssemblyID, do func(context.Context, bun.Tx, Assembly, sheet) error) error {
	return m.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		of, err := hold(ctx, tx, actor.Cooperative, id)
		if err != nil {
			return err
		}
		var s sheet
		if err := tx.NewRaw(`SELECT `+sheetColumns+` FOR UPDATE OF s`, actor.Cooperative, id).Scan(ctx, &s); err != nil {
			return orNotFound(err)
		}
		return do(ctx, tx, of, s)
	})
}

// Complete writes an addendum to signed minutes, by the secretary; it holds once both have
// signed it. The same key again changes nothing.
func (m *Minutes) Complete(ctx context.Context, actor coop.Actor, id coop.AssemblyID, key uuid.UUID, text, language string) error {
	return m.hold(ctx, actor, id, func(ctx context.Context, tx bun.Tx, _ Assembly, s sheet) error {
		switch {
		case s.as(actor.Member) != TheSecretary:
			return rule.ErrForbidden
		case s.Signed == 0:
			return rule.ErrMoved
		}
		text, err := rule.Text("addendum", text, 3, mostWords)
		if err != nil {
			return err
		}
		_, err = m.keep(ctx, tx, actor, id, key, Text{Addendum: true, Language: language, Text: text})
		return err
	})
}

// keep writes a text down, never to be written again, and returns its number.
func (m *Minutes) keep(ctx context.Context, tx bun.Tx, actor coop.Actor, id coop.AssemblyID, key uuid.UUID, t Text) (n int, err error) {
	err = tx.NewRaw(`
		INSERT INTO coop.minutes_texts AS t (cooperative_id, assembly_id, n, addendum, language, text, annex, written_by, client_key, at)
		SELECT ?0, ?1, coalesce(max(n), 0) + 1, ?2, ?3, ?4, ?5, ?6, ?7, ?8 FROM coop.minutes_texts WHERE cooperative_id = ?0 AND assembly_id = ?1
		ON CONFLICT (cooperative_id, written_by, client_key) DO NOTHING RETURNING n`,
		actor.Cooperative, id, t.Addendum, t.Language, t.Text, t.Annex, actor.Member, key, m.now()).Scan(ctx, &n)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, nil
	}
	return n, err
}
