package assembly

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/uptrace/bun"

	"lien/coop"
	"lien/rule"
)

// Count is what a scrutineer counted of the paper ballots. Two scrutineers count, each by
// themselves; where they differ, both count again, and the last word of each holds.
func (v *Votes) Count(ctx context.Context, actor coop.Actor, id coop.VoteID, t Tally) (of coop.AssemblyID, err error) {
	err = v.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		if err := mustBe(ctx, tx, actor, "scrutineer"); err != nil {
			return err
		}
		vote, err := v.hold(ctx, tx, actor.Cooperative, id)
		if err != nil {
			return err
		}
		of = vote.Assembly
		if _, ok := vote.State.after(ToCount); !ok || vote.Method != Secret {
			return rule.ErrMoved
		}
		if min(t.InFavour, t.Against, t.Blank, t.Invalid) < 0 || max(t.InFavour, t.Against, t.Blank, t.Invalid) > vote.Papers || t.Cast() > vote.Papers {
			return rule.Broken("paper", "assembly.rule.too_many_papers", "most", vote.Papers)
		}
		_, err = tx.NewRaw(`
			INSERT INTO coop.paper_counts (cooperative_id, vote_id, n, scrutineer_id, in_favour, against, blank, invalid, at)
			SELECT ?0, ?1, coalesce(max(n), 0) + 1, ?2, ?3, ?4, ?5, ?6, ?7 FROM coop.paper_counts WHERE cooperative_id = ?0 AND vote_id = ?1`,
			actor.Cooperative, id, actor.Member, t.InFavour, t.Against, t.Blank, t.Invalid, v.now()).Exec(ctx)
		return err
	})
	return of, err
}

// Papers says how far the paper ballots of a vote are counted, to a facilitator or a
// scrutineer; rule.ErrForbidden to others.
func (v *Votes) Papers(ctx context.Context, actor coop.Actor, vote Vote) (PaperCount, error) {
	if err := mustBe(ctx, v.db, actor, "scrutineer"); err != nil {
		if err := coop.MustFacilitate(ctx, v.db, actor); err != nil {
			return PaperCount{}, err
		}
	}
	return papers(ctx, v.db, actor, vote)
}

// Scrutineer reports whether the actor counts votes now.
func (v *Votes) Scrutineer(ctx context.Context, actor coop.Actor) (bool, error) {
	err := mustBe(ctx, v.db, actor, "scrutineer")
	if errors.Is(err, rule.ErrForbidden) {
		return false, nil
	}
	return err == nil, err
}

// papers compares the last words of the last two scrutineers who counted.
func papers(ctx context.Context, db bun.IDB, actor coop.Actor, vote Vote) (c PaperCount, err error) {
	var last []struct {
		Scrutineer coop.MemberID
		Tally
	}
	err = db.NewRaw(`
		SELECT scrutineer_id AS scrutineer, in_favour, against, blank, invalid FROM (
		  SELECT DISTINCT ON (scrutineer_id) scrutineer_id, n, in_favour, against, blank, invalid
		  FROM coop.paper_counts WHERE cooperative_id = ? AND vote_id = ? ORDER BY scrutineer_id, n DESC
		) s ORDER BY n DESC LIMIT 2`, actor.Cooperative, vote.ID).Scan(ctx, &last)
	c.Handed, c.Keyed = vote.Papers, len(last)
	for _, l := range last {
		c.Mine = c.Mine || l.Scrutineer == actor.Member
	}
	if c.Handed == 0 {
		c.Agreed = true
	} else if len(last) == 2 && last[0].Tally == last[1].Tally && last[0].Cast() <= c.Handed {
		c.Agreed, c.Tally = true, last[0].Tally
	}
	return c, err
}

// Finish closes a vote and writes its result in the same transaction, by a facilitator: the
// urn is emptied, the paper's figures are added when two scrutineers agree on them, and the
// quorum is counted once more. For a vote by show of hands, shown is what was counted in the
// hall. *rule.Invalid on "finish" while paper is not counted, or for more hands than voices; on
// "paper_why" when fewer papers came back than were handed out, and nothing says why.
func (v *Votes) Finish(ctx context.Context, actor coop.Actor, id coop.VoteID, shown Tally, why string) (of coop.AssemblyID, err error) {
	err = v.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		vote, err := v.ending(ctx, tx, actor, id, ToClose)
		if err != nil {
			return err
		}
		of = vote.Assembly
		held, err := hold(ctx, tx, actor.Cooperative, of)
		if err != nil {
			return err
		}
		if vote.Quorum, err = quorum(ctx, tx, actor.Cooperative, held); err != nil {
			return err
		}
		if vote.Method == Hands {
			vote.Tally, err = shown.raised(vote.Quorum)
		} else {
			vote.Tally, err = v.empty(ctx, tx, actor, &vote, why)
		}
		if err != nil {
			return err
		}
		_, err = tx.NewRaw(`
			UPDATE coop.votes SET state = 'closed', ended_by = ?, ended_at = ?, roll = ?, present = ?, represented = ?, needed = ?,
			  in_favour = ?, against = ?, blank = ?, invalid = ?, outcome = ?, paper_why = ?
			WHERE cooperative_id = ? AND id = ?`,
			actor.Member, v.now(), vote.Roll, vote.Present, vote.Represented, vote.Quorum.Needed,
			vote.InFavour, vote.Against, vote.Blank, vote.Invalid, vote.Decide(vote.Tally, vote.Quorum), vote.PaperWhy, actor.Cooperative, id).Exec(ctx)
		return err
	})
	return of, err
}

// ending holds a vote that a facilitator ends.
func (v *Votes) ending(ctx context.Context, tx bun.Tx, actor coop.Actor, id coop.VoteID, act Act) (vote Vote, err error) {
	if err := coop.MustFacilitate(ctx, tx, actor); err != nil {
		return vote, err
	}
	if vote, err = v.hold(ctx, tx, actor.Cooperative, id); err != nil {
		return vote, err
	}
	if _, ok := vote.State.after(act); !ok {
		return vote, rule.ErrMoved
	}
	return vote, nil
}

// lacks asks why fewer papers came back than were handed out; empty when none lacks.
func (c PaperCount) lacks(why string) (string, error) {
	if c.Lacking() == 0 {
		return "", nil
	}
	if strings.TrimSpace(why) == "" {
		return "", rule.Broken("paper_why", "assembly.rule.paper_lacks", "count", c.Lacking())
	}
	return rule.Text("paper_why", why, 3, 300)
}

// raised checks the hands that were counted in the hall: no more than voices.
func (t Tally) raised(q Quorum) (Tally, error) {
	if min(t.InFavour, t.Against, t.Blank) < 0 || max(t.InFavour, t.Against, t.Blank) > q.Voices() || t.Cast() > q.Voices() {
		return t, rule.Broken("finish", "assembly.rule.too_many_hands", "most", q.Voices())
	}
	return t, nil
}

// empty opens the urn, counts, and keeps the ballots sorted by what stands on them; then
// nothing sealed is left.
func (v *Votes) empty(ctx context.Context, tx bun.Tx, actor coop.Actor, vote *Vote, why string) (t Tally, err error) {
	paper, err := papers(ctx, tx, actor, *vote)
	if err != nil {
		return t, err
	}
	if !paper.Agreed {
		return t, rule.Broken("finish", "assembly.rule.paper_first")
	}
	if vote.PaperWhy, err = paper.lacks(why); err != nil {
		return t, err
	}
	var sealed []struct{ Sealed []byte }
	err = tx.NewRaw(`DELETE FROM coop.urns WHERE cooperative_id = ? AND vote_id = ? RETURNING sealed`, actor.Cooperative, vote.ID).Scan(ctx, &sealed)
	if err != nil {
		return t, err
	}
	if len(sealed) != vote.Marks-vote.Papers {
		return t, fmt.Errorf("assembly: %d ballots lie in the urn of %d voices", len(sealed), vote.Marks-vote.Papers)
	}
	for _, s := range sealed {
		letter, err := v.box.Open(s.Sealed, place(vote.ID))
		if err != nil {
			return t, err
		}
		switch string(letter) {
		case "f":
			t.InFavour++
		case "a":
			t.Against++
		default:
			t.Blank++
		}
	}
	t = t.Add(paper.Tally)
	_, err = tx.NewRaw(`
		INSERT INTO coop.ballots (cooperative_id, vote_id, id, choice)
		SELECT ?, ?, gen_random_uuid(), c.choice
		FROM (VALUES ('against', ?), ('blank', ?), ('for', ?), ('invalid', ?)) AS c (choice, n), generate_series(1, c.n) ORDER BY c.choice`,
		actor.Cooperative, vote.ID, t.Against, t.Blank, t.InFavour, t.Invalid).Exec(ctx)
	return t, err
}

// Annul ends a vote without a result, with the reason that everybody reads: the urn is emptied
// unread, and the motion can be voted again.
func (v *Votes) Annul(ctx context.Context, actor coop.Actor, id coop.VoteID, why string) (of coop.AssemblyID, err error) {
	err = v.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		vote, err := v.ending(ctx, tx, actor, id, ToVoid)
		if err != nil {
			return err
		}
		of = vote.Assembly
		why, err := rule.Text("void_why", why, 3, 300)
		if err != nil {
			return err
		}
		if _, err := tx.NewRaw(`DELETE FROM coop.urns WHERE cooperative_id = ? AND vote_id = ?`, actor.Cooperative, id).Exec(ctx); err != nil {
			return err
		}
		_, err = tx.NewRaw(`UPDATE coop.votes SET state = 'void', void_why = ?, ended_by = ?, ended_at = ? WHERE cooperative_id = ? AND id = ?`,
			why, actor.Member, v.now(), actor.Cooperative, id).Exec(ctx)
		return err
	})
	return of, err
}
