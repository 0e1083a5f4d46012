package assembly

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/uptrace/bun"

	"lien/coop"
	"lien/coop/inbox"
	"lien/rule"
)

// Sign signs the minutes (n is 0) or an addendum, by the chair or the secretary, whose PIN
// was asked again just before. Hash is that of the text that the form showed: when another
// stands there now, *rule.Invalid on "pin". The second signature makes the minutes what they
// are, and everybody is told; signing twice has one effect.
func (m *Minutes) Sign(ctx context.Context, actor coop.Actor, id coop.AssemblyID, n int, hash string) error {
	return m.hold(ctx, actor, id, func(ctx context.Context, tx bun.Tx, of Assembly, s sheet) error {
		role := s.as(actor.Member)
		if role == "" {
			return rule.ErrForbidden
		}
		text, err := m.toSign(ctx, tx, actor, of, s, n)
		switch {
		case err != nil:
			return err
		case text.Signed() || text.Addendum != (n > 0):
			return rule.ErrMoved
		case text.Hash != hash:
			return rule.Broken("pin", "minutes.rule.text_changed")
		}
		if text.N == 0 {
			if text.N, err = m.keep(ctx, tx, actor, id, uuid.New(), text); err != nil {
				return err
			}
		}
		if _, already := text.SignedAs(role); already {
			return nil
		}
		_, err = tx.NewRaw(`
			INSERT INTO coop.minutes_signatures (cooperative_id, assembly_id, n, role, member_id, hash, at)
			VALUES (?, ?, ?, ?, ?, ?, ?)`, actor.Cooperative, id, text.N, role, actor.Member, text.Hash, m.now()).Exec(ctx)
		if err != nil {
			return err
		}
		return m.signed(ctx, tx, actor, of, s, text)
	})
}

// toSign is the text that waits for a signature: an addendum by its number, or the minutes
// as they read now.
func (m *Minutes) toSign(ctx context.Context, tx bun.Tx, actor coop.Actor, of Assembly, s sheet, n int) (Text, error) {
	switch {
	case of.State != Closed:
		return Text{}, rule.Broken("pin", "minutes.rule.not_over")
	case (n == 0) != (s.Signed == 0):
		return Text{}, rule.ErrMoved
	}
	texts, err := texts(ctx, tx, actor.Cooperative, of.ID)
	if err != nil {
		return Text{}, err
	}
	if n == 0 {
		return m.current(ctx, tx, actor.Cooperative, of, s, texts)
	}
	for _, t := range texts {
		if t.N == n {
			return t, nil
		}
	}
	return Text{}, rule.ErrNotFound
}

// signed does what the first and the second signature under a text lead to.
func (m *Minutes) signed(ctx context.Context, tx bun.Tx, actor coop.Actor, of Assembly, s sheet, text Text) error {
	if len(text.Signatures) == 0 {
		other := s.Chair
		if actor.Member == s.Chair {
			other = s.Secretary
		}
		return inbox.Tell(ctx, tx, inbox.Item{
			Cooperative: actor.Cooperative, Member: other, Kind: "minutes_to_sign", Subject: of.ID.UUID,
			Once: "minutes:" + of.ID.String() + ":sign:" + text.Hash, At: m.now(), By: actor.Member, Title: of.Title, When: of.StartsAt,
		})
	}
	a := Assemblies{db: m.db, now: m.now}
	if text.Addendum {
		return a.tellAll(ctx, tx, actor, of, "minutes_completed")
	}
	until, err := m.untilWhen(ctx, tx, actor, of)
	if err != nil {
		return err
	}
	_, err = tx.NewRaw(`UPDATE coop.minutes SET signed_n = ?, signed_at = ?, contest_until = ? WHERE cooperative_id = ? AND assembly_id = ?`,
		text.N, m.now(), until, actor.Cooperative, of.ID).Exec(ctx)
	if err != nil {
		return err
	}
	return a.tellAll(ctx, tx, actor, of, "minutes_signed")
}

// untilWhen is the end of the days in which minutes signed now may be contested, under the
// statutes that the assembly was convened under.
func (m *Minutes) untilWhen(ctx context.Context, tx bun.Tx, actor coop.Actor, of Assembly) (until time.Time, err error) {
	zone, err := zoneOf(ctx, tx, actor.Cooperative)
	if err != nil {
		return until, err
	}
	s, err := statute(ctx, tx, actor.Cooperative, of.Statute)
	return lastMoment(m.now(), s.Contest, zone), err
}

// current is the minutes as they read now: the last text that somebody signed, as long as
// nothing was written since, or else a draft.
func (m *Minutes) current(ctx context.Context, db bun.IDB, cooperative coop.CooperativeID, of Assembly, s sheet, texts []Text) (Text, error) {
	for _, t := range texts {
		if t.N == s.Signed {
			return t, nil
		}
	}
	r, err := record(ctx, db, cooperative, of, s)
	if err != nil {
		return Text{}, err
	}
	draft := Text{Language: of.Language}
	draft.Text, draft.Annex = m.compose(of.Language, r)
	draft.Hash = Fingerprint(draft.Text, draft.Annex)
	for _, t := range texts {
		if !t.Addendum && t.Hash == draft.Hash {
			return t, nil
		}
	}
	return draft, nil
}

// texts are those that were kept, in order, with who signed them.
func texts(ctx context.Context, db bun.IDB, cooperative coop.CooperativeID, id coop.AssemblyID) (list []Text, err error) {
	err = db.NewRaw(`
		SELECT n, addendum, language, text, annex, at FROM coop.minutes_texts
		WHERE cooperative_id = ? AND assembly_id = ? ORDER BY n LIMIT ?`, cooperative, id, mostShown).Scan(ctx, &list)
	if err != nil || len(list) == 0 {
		return nil, err
	}
	var signatures []Signature
	err = db.NewRaw(`
		SELECT g.n, g.role, m.name, g.hash, g.at FROM coop.minutes_signatures g
		JOIN coop.members m ON m.cooperative_id = g.cooperative_id AND m.id = g.member_id
		WHERE g.cooperative_id = ? AND g.assembly_id = ? ORDER BY g.n, g.at, g.role LIMIT ?`, cooperative, id, 2*mostShown).Scan(ctx, &signatures)
	for i := range list {
		t := &list[i]
		t.Hash = Fingerprint(t.Text, t.Annex)
		for _, g := range signatures {
			if g.N == t.N {
				t.Signatures = append(t.Signatures, g)
			}
		}
	}
	return list, err
}
