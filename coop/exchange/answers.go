package exchange

import (
	"context"
	"time"

	"github.com/uptrace/bun"

	"lien/coop"
	"lien/coop/inbox"
	"lien/database"
	"lien/rule"
)

// answerable is how long the two may answer the outcome of a mediation, and how long who
// mediated may still read what they answered.
const answerable = 14 * day

// Answer is what one of the two said about the outcome of a mediation.
type Answer struct {
	By       Person `bun:"embed:by_"`
	Words    string
	Language string
	At       time.Time
}

// Answerable reports whether the two may answer an outcome now; each does so once.
func (a Agreement) Answerable(now time.Time) bool {
	return (a.State == Settled || a.State == Void) && now.Before(a.StateSince.Add(answerable))
}

// Reply keeps what one of the two says about the outcome of a mediation, once, within two
// weeks. Who mediated and the other one read it. A second one gets ErrMoved.
func (a *Agreements) Reply(ctx context.Context, actor coop.Actor, id coop.AgreementID, words Words) (err error) {
	if words, err = words.check(); err != nil {
		return err
	}
	now := a.now()
	return a.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		h, err := hold(ctx, tx, actor, id)
		switch {
		case err != nil:
			return err
		case !h.Party(actor.Member):
			return rule.ErrForbidden
		case !h.Answerable(now):
			return rule.ErrMoved
		}
		_, err = tx.NewRaw(`INSERT INTO coop.agreement_answers (cooperative_id, agreement_id, member_id, words, language, at)
VALUES (?, ?, ?, ?, ?, ?)`, actor.Cooperative, id, actor.Member, words.Text, words.Language, now).Exec(ctx)
		if database.Broken(err) == "an_outcome_is_answered_once" {
			return rule.ErrMoved
		}
		if err == nil {
			err = moved(ctx, tx, actor, id, "reply", now)
		}
		if err != nil {
			return err
		}
		return tellAnswer(ctx, tx, actor, h.Agreement, now)
	})
}

// tellAnswer tells the other one, and who mediated.
func tellAnswer(ctx context.Context, tx bun.Tx, actor coop.Actor, g Agreement, now time.Time) error {
	var mediator coop.MemberID
	err := tx.NewRaw(`SELECT by_member_id FROM coop.agreement_events
WHERE cooperative_id = ? AND agreement_id = ? AND n = ?`, actor.Cooperative, g.ID, g.Steps).Scan(ctx, &mediator)
	if err != nil {
		return err
	}
	item := inbox.Item{
		Cooperative: actor.Cooperative, Member: g.Other(actor.Member).ID, Kind: "agreement_answered", Subject: g.ID.UUID,
		Once: "agreement:" + g.ID.String() + ":answer:" + actor.Member.String(), At: now, By: actor.Member,
	}
	toMediator := item
	toMediator.Member, toMediator.Kind = mediator, "agreement_answer"
	return inbox.Tell(ctx, tx, item, toMediator)
}

// Answers are what the two said about an outcome that the actor may read.
func (a *Agreements) Answers(ctx context.Context, actor coop.Actor, id coop.AgreementID) (answers []Answer, err error) {
	if _, err := a.One(ctx, actor, id); err != nil {
		return nil, err
	}
	err = a.db.NewRaw(`SELECT s.words, s.language, s.at, s.member_id AS by_id, CASE WHEN m.state = 'left' THEN '' ELSE m.name END AS by_name
FROM coop.agreement_answers s
JOIN coop.members m ON m.cooperative_id = s.cooperative_id AND m.id = s.member_id
WHERE s.cooperative_id = ? AND s.agreement_id = ?
ORDER BY s.at, s.member_id`, actor.Cooperative, id).Scan(ctx, &answers)
	return answers, err
}
