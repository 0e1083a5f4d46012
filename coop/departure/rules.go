package departure

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/uptrace/bun"

	"lien/coop"
	"lien/rule"
)

// mostOff is the most that one rule may write off, in minutes: a hundred hours.
const mostOff = 100 * 60

// Rules lists the voted rules that hold, the latest vote first. Every member may read them.
func (d *Departures) Rules(ctx context.Context, actor coop.Actor) (list []Rule, err error) {
	err = d.db.NewRaw(`SELECT r.id, r.words, r.most, r.voted_on, CASE WHEN m.state = 'left' THEN '' ELSE m.name END AS by
		FROM coop.departure_rules AS r
		JOIN coop.members AS m ON m.cooperative_id = r.cooperative_id AND m.id = r.made_by
		WHERE r.cooperative_id = ? AND r.ended_at IS NULL
		ORDER BY r.voted_on DESC, r.id DESC LIMIT 50`, actor.Cooperative).Scan(ctx, &list)
	return list, err
}

// Vote writes a rule down that the members voted: up to so many minutes that somebody owes
// are written off when they leave. A facilitator or the treasurer does it, once per key.
func (d *Departures) Vote(ctx context.Context, actor coop.Actor, key uuid.UUID, r Rule) error {
	var err error
	if r.Words, err = rule.Text("words", r.Words, 10, 400); err != nil {
		return err
	}
	switch {
	case r.Most <= 0 || r.Most > mostOff:
		return rule.Broken("most", "departure.most")
	case r.VotedOn.After(d.now()) || r.VotedOn.Before(d.now().AddDate(-20, 0, 0)):
		return rule.Broken("voted", "departure.voted_when")
	}
	return d.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		if err := holds(ctx, tx, actor, "facilitator", "treasurer"); err != nil {
			return err
		}
		_, err := tx.NewRaw(`INSERT INTO coop.departure_rules (cooperative_id, id, words, most, voted_on, made_by, client_key, made_at)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?)
			ON CONFLICT ON CONSTRAINT a_rule_is_written_once DO NOTHING`,
			actor.Cooperative, rule.NewID[coop.LeavingRuleID](), r.Words, r.Most, r.VotedOn.Format(time.DateOnly), actor.Member, key, d.now()).Exec(ctx)
		return err
	})
}
