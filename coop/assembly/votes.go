package assembly

import (
	"context"
	"errors"
	"time"

	"github.com/google/uuid"
	"github.com/uptrace/bun"

	"lien/coop"
	"lien/rule"
)

// Votes are the votes on the motions of assemblies.
//
// What a secret vote protects. While it is open, a ballot lies in the urn sealed under a key
// that is not in the database, in the same transaction as the mark of whose voice it is: who
// reads the database, or a copy of it, sees who voted and cannot read what. When it closes,
// the urn is emptied and the ballots are written anew in one statement, sorted by what
// stands on them, under random ids: from then on nothing in the database, its order, its
// transaction numbers or its times joins a ballot to a voice, even with the key.
//
// What it does not protect. Who holds the sealing key and a copy of the database made while
// the vote was open (or its write-ahead log of that time, or a page not yet vacuumed) can
// join the two; so could whoever changed this program. A vote in which everybody said the
// same tells what each said, whatever is done.
type Votes struct {
	db  bun.IDB
	now func() time.Time
	box Box
}

// Box seals what it is given for one place, and opens it again; its key is kept outside the
// database.
type Box struct {
	Seal, Open func(text []byte, place string) ([]byte, error)
}

// NewVotes returns the votes kept in db; now tells the time, and box seals the ballots.
func NewVotes(db bun.IDB, now func() time.Time, box Box) *Votes {
	return &Votes{db: db, now: now, box: box}
}

const voteColumns = `v.id, v.assembly_id AS assembly, v.motion_id AS motion, v.n, v.method, v.num, v.den, v.strict, v.base, v.tie, v.state,
	v.opened_at, v.ended_at, v.void_why, v.paper_why, coalesce(v.roll, 0) AS roll, coalesce(v.present, 0) AS present, coalesce(v.represented, 0) AS represented,
	coalesce(v.needed, 0) AS needed, coalesce(v.in_favour, 0) AS in_favour, coalesce(v.against, 0) AS against, coalesce(v.blank, 0) AS blank,
	coalesce(v.invalid, 0) AS invalid, coalesce(v.outcome, '') AS outcome,
	(SELECT count(*) FROM coop.vote_marks k WHERE k.cooperative_id = v.cooperative_id AND k.vote_id = v.id) AS marks,
	(SELECT count(*) FROM coop.vote_marks k WHERE k.cooperative_id = v.cooperative_id AND k.vote_id = v.id AND k.channel = 'paper') AS papers`

// Of returns the votes of an assembly, in the order in which they were opened.
func (v *Votes) Of(ctx context.Context, actor coop.Actor, id coop.AssemblyID) ([]Vote, error) {
	return votesOf(ctx, v.db, actor.Cooperative, id)
}

func votesOf(ctx context.Context, db bun.IDB, cooperative coop.CooperativeID, id coop.AssemblyID) (list []Vote, err error) {
	err = db.NewRaw(`
		SELECT `+voteColumns+` FROM coop.votes v
		WHERE v.cooperative_id = ? AND v.assembly_id = ? ORDER BY v.opened_at, v.id LIMIT 200`, cooperative, id).Scan(ctx, &list)
	return list, err
}

// hold locks a vote for what ends it. The marks are counted after the lock is had: those of
// whoever voted while it was waited for count too.
func (v *Votes) hold(ctx context.Context, tx bun.Tx, cooperative coop.CooperativeID, id coop.VoteID) (vote Vote, err error) {
	if _, err = tx.NewRaw(`SELECT id FROM coop.votes WHERE cooperative_id = ? AND id = ? FOR UPDATE`, cooperative, id).Exec(ctx); err != nil {
		return vote, err
	}
	err = tx.NewRaw(`SELECT `+voteColumns+` FROM coop.votes v WHERE v.cooperative_id = ? AND v.id = ?`, cooperative, id).Scan(ctx, &vote)
	return vote, orNotFound(err)
}

// Start opens a vote on a motion, by a facilitator, when the assembly has its quorum and no
// other vote is open: *rule.Invalid on "vote" otherwise. A motion that is to be voted in
// secret is voted in no other way, and what was decided is not voted again.
func (v *Votes) Start(ctx context.Context, actor coop.Actor, motion coop.MotionID, method Method) (of coop.AssemblyID, err error) {
	err = v.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		if err := coop.MustFacilitate(ctx, tx, actor); err != nil {
			return err
		}
		var m Motion
		err := tx.NewRaw(`SELECT `+motionColumns+` FROM coop.motions m WHERE m.cooperative_id = ? AND m.id = ?`, actor.Cooperative, motion).Scan(ctx, &m)
		if err != nil {
			return orNotFound(err)
		}
		of = m.Assembly
		held, err := hold(ctx, tx, actor.Cooperative, of)
		if err != nil {
			return err
		}
		if held.State != Open || !m.Voted() {
			return rule.ErrMoved
		}
		if method != Secret && (method != Hands || m.Secret) {
			return rule.Broken("vote", "assembly.rule.secret_only")
		}
		if err := v.mayStart(ctx, tx, actor, held, m); err != nil {
			return err
		}
		return v.insert(ctx, tx, actor, held, m, method)
	})
	return of, err
}

// mayStart refuses a vote without its quorum, beside another one, or on what was decided.
func (v *Votes) mayStart(ctx context.Context, tx bun.Tx, actor coop.Actor, of Assembly, m Motion) error {
	var is struct{ Open, Decided bool }
	err := tx.NewRaw(`
		SELECT coalesce(bool_or(state = 'open'), false) AS open, coalesce(bool_or(motion_id = ? AND outcome IN ('adopted', 'rejected')), false) AS decided
		FROM coop.votes WHERE cooperative_id = ? AND assembly_id = ?`, m.ID, actor.Cooperative, of.ID).Scan(ctx, &is)
	if err != nil {
		return err
	}
	q, err := quorum(ctx, tx, actor.Cooperative, of)
	switch {
	case err != nil:
		return err
	case is.Decided:
		return rule.ErrMoved
	case is.Open:
		return rule.Broken("vote", "assembly.rule.vote_open")
	case !q.Met():
		return rule.Broken("vote", "assembly.rule.no_quorum")
	}
	return nil
}

func (v *Votes) insert(ctx context.Context, tx bun.Tx, actor coop.Actor, of Assembly, m Motion, method Method) error {
	_, err := tx.NewRaw(`
		INSERT INTO coop.votes (cooperative_id, id, assembly_id, motion_id, n, method, num, den, strict, base, tie, state, opened_by, opened_at, void_why)
		SELECT j.cooperative_id, ?0, ?1, ?2, (SELECT count(*) + 1 FROM coop.votes v WHERE v.cooperative_id = ?3 AND v.motion_id = ?2),
		  ?4, j.num, j.den, j.strict, j.base, j.tie, 'open', ?5, ?6, ''
		FROM coop.majorities j WHERE j.cooperative_id = ?3 AND j.statute_n = ?7 AND j.kind = ?8`,
		rule.NewID[coop.VoteID](), of.ID, m.ID, actor.Cooperative, method, actor.Member, v.now(), of.Statute, m.Kind).Exec(ctx)
	return err
}

// eligible is whether a voice can be cast now: its member is there, or somebody is who holds
// it while they are not; and whether the actor is the one to cast it. It takes the
// cooperative, the assembly, the voice and the actor, as ?0 to ?3.
const eligible = `SELECT EXISTS (
		SELECT FROM coop.roll r WHERE r.cooperative_id = ?0 AND r.assembly_id = ?1 AND r.member_id = ?2 AND (r.present OR EXISTS (
		  SELECT FROM coop.proxies p
		  JOIN coop.roll h ON h.cooperative_id = ?0 AND h.assembly_id = ?1 AND h.member_id = p.holder_id AND h.present
		  WHERE p.cooperative_id = ?0 AND p.assembly_id = ?1 AND p.giver_id = ?2 AND p.state = 'accepted'))
	  ) AS able,
	  (?2 = ?3 AND EXISTS (SELECT FROM coop.roll o WHERE o.cooperative_id = ?0 AND o.assembly_id = ?1 AND o.member_id = ?2 AND o.present) OR EXISTS (
		SELECT FROM coop.proxies p JOIN coop.roll g ON g.cooperative_id = ?0 AND g.assembly_id = ?1 AND g.member_id = ?2 AND NOT g.present
		WHERE p.cooperative_id = ?0 AND p.assembly_id = ?1 AND p.giver_id = ?2 AND p.holder_id = ?3 AND p.state = 'accepted')) AS theirs`

// Ballot is what somebody puts into the urn: for which voice, and what stands on it.
type Ballot struct {
	Key    uuid.UUID
	Voice  coop.MemberID
	Choice string
}

// Slip puts a ballot into the urn of a secret vote: for the actor, who is there, or for
// somebody whose vote they hold and who is not. One voice is cast once, whichever way comes
// first; sending the same form again changes nothing, another one is told beside the form.
func (v *Votes) Slip(ctx context.Context, actor coop.Actor, id coop.VoteID, b Ballot) (of coop.AssemblyID, err error) {
	err = v.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		vote, err := v.during(ctx, tx, actor, id, ToCast)
		if err != nil {
			return err
		}
		of = vote.Assembly
		if b.Choice != For && b.Choice != Against && b.Choice != Blank {
			return rule.Broken("choice", "assembly.rule.choose")
		}
		var may struct{ Able, Theirs bool }
		if err := tx.NewRaw(eligible, actor.Cooperative, of, b.Voice, actor.Member).Scan(ctx, &may); err != nil {
			return err
		}
		if !may.Able || !may.Theirs {
			return rule.ErrForbidden
		}
		again, err := v.mark(ctx, tx, actor, id, b.Voice, "phone", b.Key)
		if again || err != nil {
			return err
		}
		sealed, err := v.box.Seal([]byte(b.Choice[:1]), place(id)) // one letter: all are as long
		if err != nil {
			return err
		}
		_, err = tx.NewRaw(`INSERT INTO coop.urns (cooperative_id, vote_id, sealed) VALUES (?, ?, ?)`, actor.Cooperative, id, sealed).Exec(ctx)
		return err
	})
	return of, err
}

// place is where a sealed ballot belongs: it opens nowhere else.
func place(id coop.VoteID) string { return "urns|sealed|" + id.String() }

// during lets something happen to a secret vote that is open, and stay so meanwhile.
func (v *Votes) during(ctx context.Context, tx bun.Tx, actor coop.Actor, id coop.VoteID, act Act) (vote Vote, err error) {
	err = tx.NewRaw(`SELECT `+voteColumns+` FROM coop.votes v WHERE v.cooperative_id = ? AND v.id = ? FOR SHARE OF v`, actor.Cooperative, id).Scan(ctx, &vote)
	if err != nil {
		return vote, orNotFound(err)
	}
	if _, ok := vote.State.after(act); !ok || vote.Method != Secret {
		return vote, rule.ErrMoved
	}
	return vote, nil
}

// mark writes down that a voice was cast; again is true when this very form did so before.
func (v *Votes) mark(ctx context.Context, tx bun.Tx, actor coop.Actor, id coop.VoteID, voice coop.MemberID, channel string, key uuid.UUID) (again bool, err error) {
	result, err := tx.NewRaw(`
		INSERT INTO coop.vote_marks (cooperative_id, vote_id, member_id, by_member_id, channel, client_key)
		VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (cooperative_id, vote_id, member_id) DO NOTHING`,
		actor.Cooperative, id, voice, actor.Member, channel, key).Exec(ctx)
	if err != nil {
		return false, err
	}
	if n, err := result.RowsAffected(); err != nil || n == 1 {
		return false, err
	}
	err = tx.NewRaw(`SELECT client_key = ? FROM coop.vote_marks WHERE cooperative_id = ? AND vote_id = ? AND member_id = ?`,
		key, actor.Cooperative, id, voice).Scan(ctx, &again)
	if err == nil && !again {
		err = rule.Broken("choice", "assembly.rule.voted")
	}
	return again, err
}

// HandOut gives a paper ballot to the member with a number, or for them to who holds their
// vote, by a facilitator: from then on that voice can be cast on this paper only.
func (v *Votes) HandOut(ctx context.Context, actor coop.Actor, id coop.VoteID, number int64, key uuid.UUID) (of coop.AssemblyID, err error) {
	err = v.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		if err := coop.MustFacilitate(ctx, tx, actor); err != nil {
			return err
		}
		vote, err := v.during(ctx, tx, actor, id, ToHand)
		if err != nil {
			return err
		}
		of = vote.Assembly
		member, err := voiceOf(ctx, tx, actor.Cooperative, number)
		if err != nil {
			return rule.Broken("ballot", "assembly.rule.number")
		}
		var may struct{ Able, Theirs bool }
		if err := tx.NewRaw(eligible, actor.Cooperative, of, member, member).Scan(ctx, &may); err != nil {
			return err
		}
		if !may.Able {
			return rule.Broken("ballot", "assembly.rule.not_here")
		}
		_, err = v.mark(ctx, tx, actor, id, member, "paper", key)
		var voted *rule.Invalid
		if errors.As(err, &voted) {
			return rule.Broken("ballot", "assembly.rule.voted_already")
		}
		return err
	})
	return of, err
}

// Voices are the voices that the actor can cast in an assembly now, and which of them have
// been cast in a vote.
func (v *Votes) Voices(ctx context.Context, actor coop.Actor, vote Vote) (list []Voice, err error) {
	err = v.db.NewRaw(`
		SELECT r.member_id AS member, CASE WHEN m.state = 'left' THEN '' ELSE m.name END AS name, r.member_id = ?2 AS own,
		  EXISTS (SELECT FROM coop.vote_marks k WHERE k.cooperative_id = ?0 AND k.vote_id = ?3 AND k.member_id = r.member_id) AS voted
		FROM coop.roll r JOIN coop.members m ON m.cooperative_id = r.cooperative_id AND m.id = r.member_id
		WHERE r.cooperative_id = ?0 AND r.assembly_id = ?1
		  AND EXISTS (SELECT FROM coop.roll me WHERE me.cooperative_id = ?0 AND me.assembly_id = ?1 AND me.member_id = ?2 AND me.present)
		  AND (r.member_id = ?2 OR NOT r.present AND EXISTS (SELECT FROM coop.proxies p
		    WHERE p.cooperative_id = ?0 AND p.assembly_id = ?1 AND p.giver_id = r.member_id AND p.holder_id = ?2 AND p.state = 'accepted'))
		ORDER BY own DESC, r.member_id LIMIT 20`, actor.Cooperative, vote.Assembly, actor.Member, vote.ID).Scan(ctx, &list)
	return list, err
}
