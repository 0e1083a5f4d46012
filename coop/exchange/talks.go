package exchange

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"github.com/google/uuid"
	"github.com/uptrace/bun"

	"lien/coop"
	"lien/rule"
)

// perTalk is how many lines of a conversation a page shows.
const perTalk = 60

// Talks are the private conversations inside agreements. Only the two read one; while an
// agreement needs help, a facilitator who asked to read it does too, and both were told.
type Talks struct {
	db  bun.IDB
	now func() time.Time
}

// NewTalks returns the conversations kept in db; now tells the time.
func NewTalks(db bun.IDB, now func() time.Time) *Talks { return &Talks{db: db, now: now} }

// heard joins the agreements g whose conversation a member me reads now. It asks for the
// time, the cooperative and the member.
const heard = `
FROM coop.agreements g
JOIN coop.members me ON me.cooperative_id = g.cooperative_id AND me.state <> 'left'
WHERE (me.id IN (g.giver_id, g.receiver_id) OR ((g.state = 'disputed' OR g.deadline_at < ?) AND me.state IN ('welcomed', 'active') AND EXISTS (
    SELECT FROM coop.member_roles r
    WHERE r.cooperative_id = g.cooperative_id AND r.member_id = me.id AND r.role = 'facilitator' AND r.until_at IS NULL
  ) AND EXISTS (
    SELECT FROM coop.talk_log h
    WHERE h.agreement_id = g.id AND h.kind = 'help' AND h.member_id = me.id AND h.at >= g.state_since)))
  AND g.cooperative_id = ? AND me.id = ?`

// Read returns a part of a conversation that the actor may read: the lines with numbers
// below before, or the newest when it is 0. The number is read first, so that nothing is
// missed between the page and the log that goes on from it.
func (t *Talks) Read(ctx context.Context, actor coop.Actor, id coop.AgreementID, before int64) (talk Talk, err error) {
	var found struct {
		Talk
		State      State
		StateSince time.Time
		Active     bool
		Other      coop.MemberID
		HidAt      time.Time
	}
	err = t.db.NewRaw(`SELECT g.id AS agreement, coalesce(k.last_seq, 0) AS at, coalesce(r.seq, 0) AS read, u.n AS unread,
  g.state, g.state_since, me.state IN ('welcomed', 'active') AS active,
  `+another+` AS other, coalesce(`+hidAt+`, '0001-01-01 00:00:00Z') AS hid_at
FROM (SELECT g.*, me.id AS reader, me.state AS standing`+heard+`) g
JOIN LATERAL (SELECT g.reader AS id, g.standing AS state) me ON true
LEFT JOIN coop.talks k ON k.agreement_id = g.id
LEFT JOIN coop.talk_reads r ON r.cooperative_id = g.cooperative_id AND r.agreement_id = g.id AND r.member_id = me.id
CROSS JOIN LATERAL (SELECT count(*) AS n FROM (
  SELECT FROM coop.talk_log l
  WHERE l.agreement_id = g.id AND l.seq > coalesce(r.seq, 0) AND l.member_id <> me.id AND l.kind <> 'step'
  LIMIT 100) s) u
WHERE g.id = ?`, t.now(), actor.Cooperative, actor.Member, id).Scan(ctx, &found)
	if err != nil {
		return talk, orNotFound(err)
	}
	talk = found.Talk
	g := Agreement{State: found.State, StateSince: found.StateSince}
	unheard := !found.HidAt.IsZero() && found.State.Final()
	if talk.Open = found.Active && g.TalkOpen(t.now()) && !unheard; unheard {
		talk.Unread = 0
	}
	if before <= 0 {
		before = talk.At + 1
	}
	err = t.db.NewRaw(`SELECT * FROM (SELECT `+sayingColumns+sayingFrom+`
WHERE l.agreement_id = ? AND l.seq < (?) AND l.kind <> 'step' AND NOT (? AND l.member_id = ? AND l.at >= greatest(?::timestamptz, ?::timestamptz))
ORDER BY l.seq DESC LIMIT ?) s ORDER BY seq`, id, before, unheard, found.Other, found.HidAt, found.StateSince, perTalk+1).Scan(ctx, &talk.Says)
	if len(talk.Says) > perTalk {
		talk.Says = talk.Says[1:]
		talk.Older = talk.Says[0].Seq
	}
	return talk, err
}

// hidAt is when the member me hid the other one of an agreement g, NULL if they did not:
// what they agreed on goes on to its end, and then me hears nothing more. The other one
// cannot tell: they may still write, and nobody is told.
const (
	another = `CASE me.id WHEN g.giver_id THEN g.receiver_id ELSE g.giver_id END`
	hidAt   = `coop.hid_at(g.cooperative_id, me.id, ` + another + `)`
)

// sayingColumns are a line l of a log and its author m, for nobody in particular.
const (
	sayingColumns = `l.seq, l.kind, l.body, l.language, l.at, l.member_id AS by_id,
  CASE WHEN m.state = 'left' THEN '' ELSE m.name END AS by_name`
	sayingFrom = `
FROM coop.talk_log l
JOIN coop.members m ON m.cooperative_id = l.cooperative_id AND m.id = l.member_id`
)

// Say adds a message to a conversation that the actor may read and that is not closed.
// Sending the same key again returns the first one's number. It returns *rule.Invalid for
// the form and for a flood, ErrMoved when the conversation is closed.
func (t *Talks) Say(ctx context.Context, actor coop.Actor, id coop.AgreementID, n Note) (seq int64, err error) {
	kind, body, language, err := n.check()
	if err != nil {
		return 0, err
	}
	now := t.now()
	err = t.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		seq, err = again(ctx, tx, actor, id, n.Key)
		if seq > 0 || err != nil {
			return err
		}
		if err := t.mayWrite(ctx, tx, actor, id, now); err != nil {
			return err
		}
		seq, err = note(ctx, tx, actor, id, line{kind: kind, body: body, language: language, key: n.Key, at: now})
		if err != nil {
			return err
		}
		return tellWritten(ctx, tx, actor, id, now)
	})
	if errors.Is(err, errReplayed) {
		seq, err = again(ctx, t.db, actor, id, n.Key)
	}
	return seq, err
}

// errReplayed ends a transaction whose key was used meanwhile, so that it leaves no gap.
var errReplayed = errors.New("replayed")

// again returns the number of the line that the same key wrote before, 0 the first time.
func again(ctx context.Context, db bun.IDB, actor coop.Actor, id coop.AgreementID, key uuid.UUID) (seq int64, err error) {
	err = db.NewRaw(`SELECT seq FROM coop.talk_log
WHERE cooperative_id = ? AND member_id = ? AND client_key = ? AND agreement_id = ?`, actor.Cooperative, actor.Member, key, id).Scan(ctx, &seq)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, nil
	}
	return seq, err
}

// mayWrite refuses who may not read the conversation or is not active, a closed one, and
// a flood.
func (t *Talks) mayWrite(ctx context.Context, tx bun.Tx, actor coop.Actor, id coop.AgreementID, now time.Time) error {
	var g struct {
		State      State
		StateSince time.Time
		Lately     int
		Hid        bool
	}
	err := tx.NewRaw(`SELECT g.state, g.state_since, (
  SELECT count(*) FROM coop.talk_log l
  WHERE l.cooperative_id = g.cooperative_id AND l.member_id = me.id AND l.at > ? AND l.kind IN ('words', 'tap')) AS lately, `+hidAt+` IS NOT NULL AS hid`+heard+`
  AND me.state IN ('welcomed', 'active') AND g.id = ?`,
		now.Add(-floodTime), now, actor.Cooperative, actor.Member, id).Scan(ctx, &g)
	switch {
	case err != nil:
		return orNotFound(err)
	case !Agreement{State: g.State, StateSince: g.StateSince}.TalkOpen(now), g.Hid && g.State.Final():
		return rule.ErrMoved
	case g.Lately >= floodSayings:
		return rule.Broken("words", "talk.flood", "minutes", int(floodTime.Minutes()))
	}
	return nil
}

// line is one more line of a log.
type line struct {
	kind           SayingKind
	body, language string
	key            uuid.UUID
	at             time.Time
}

// note takes the next number of a conversation under its lock and writes the line.
func note(ctx context.Context, tx bun.Tx, actor coop.Actor, id coop.AgreementID, l line) (seq int64, err error) {
	err = tx.NewRaw(`INSERT INTO coop.talks AS k (cooperative_id, agreement_id, last_seq)
VALUES (?, ?, 1)
ON CONFLICT (cooperative_id, agreement_id) DO UPDATE SET last_seq = k.last_seq + 1
RETURNING last_seq`, actor.Cooperative, id).Scan(ctx, &seq)
	if err != nil {
		return 0, err
	}
	done, err := tx.NewRaw(`INSERT INTO coop.talk_log (cooperative_id, agreement_id, seq, kind, member_id, body, language, client_key, at)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (cooperative_id, member_id, client_key) DO NOTHING`,
		actor.Cooperative, id, seq, l.kind, actor.Member, l.body, l.language, l.key, l.at).Exec(ctx)
	if err != nil {
		return 0, err
	}
	if n, err := done.RowsAffected(); err != nil || n == 0 {
		return 0, errors.Join(err, errReplayed)
	}
	return seq, nil
}

// moved lets open pages draw the agreement anew after something that is no step of it.
func moved(ctx context.Context, tx bun.Tx, actor coop.Actor, id coop.AgreementID, what string, now time.Time) error {
	_, err := note(ctx, tx, actor, id, line{kind: SaidStep, body: what, key: uuid.New(), at: now})
	return err
}

// Help lets a facilitator who is neither of the two read a conversation while the
// agreement needs help; the log says so to both. Doing it again changes nothing.
func (t *Talks) Help(ctx context.Context, actor coop.Actor, id coop.AgreementID) error {
	now := t.now()
	return t.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		h, err := hold(ctx, tx, actor, id)
		switch {
		case err != nil:
			return err
		case h.Party(actor.Member) || !h.Facilitates:
			return rule.ErrForbidden
		case !h.NeedsHelp(now):
			return rule.ErrNotFound
		}
		var already bool
		err = tx.NewRaw(`SELECT EXISTS (SELECT FROM coop.talk_log
WHERE agreement_id = ? AND kind = 'help' AND member_id = ? AND at >= ?)`, id, actor.Member, h.StateSince).Scan(ctx, &already)
		if err != nil || already {
			return err
		}
		if _, err = note(ctx, tx, actor, id, line{kind: SaidHelp, key: uuid.New(), at: now}); err != nil {
			return err
		}
		return tellHelper(ctx, tx, actor, h.Agreement, now)
	})
}

// Saw moves the actor's mark forward to the line they have seen; it never moves back, nor
// beyond what is there.
func (t *Talks) Saw(ctx context.Context, actor coop.Actor, id coop.AgreementID, seq int64) error {
	_, err := t.db.NewRaw(`INSERT INTO coop.talk_reads AS r (cooperative_id, agreement_id, member_id, seq, at)
SELECT k.cooperative_id, k.agreement_id, g.reader, least(k.last_seq, ?), ?
FROM (SELECT g.id, me.id AS reader`+heard+`) g
JOIN coop.talks k ON k.agreement_id = g.id
WHERE g.id = ?
ON CONFLICT (cooperative_id, agreement_id, member_id) DO UPDATE SET seq = excluded.seq, at = excluded.at
WHERE r.seq < excluded.seq`, seq, t.now(), t.now(), actor.Cooperative, actor.Member, id).Exec(ctx)
	return err
}

func orNotFound(err error) error {
	if errors.Is(err, sql.ErrNoRows) {
		return rule.ErrNotFound
	}
	return err
}
