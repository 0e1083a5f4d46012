package fund

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"github.com/uptrace/bun"

	"lien/coop"
	"lien/coop/hours"
	"lien/rule"
)

const drawLines = `SELECT d.id, d.member_id AS member, CASE WHEN m.state = 'left' THEN '' ELSE m.name END AS name, d.state, d.words, d.answer, d.language,
  coalesce(d.minutes, 0) AS minutes, d.transfer_id AS transfer, d.steps, d.created_at, d.state_since, d.deadline_at,
  r.id AS rule_id, r.why AS rule_why, r.words AS rule_words, r.language AS rule_language, r.minutes AS rule_minutes, r.ended_at AS rule_ended_at
FROM coop.fund_draws d
JOIN coop.fund_rules r ON r.cooperative_id = d.cooperative_id AND r.id = d.rule_id
JOIN coop.members m ON m.cooperative_id = d.cooperative_id AND m.id = d.member_id`

// One returns a draw to its member, and to who looks after the hours while they can answer
// it; to everybody else it is not there.
func (f *Fund) One(ctx context.Context, actor coop.Actor, id coop.DrawID) (d Draw, err error) {
	err = f.db.NewRaw(drawLines+`
WHERE d.cooperative_id = ? AND d.id = ?`, actor.Cooperative, id).Scan(ctx, &d)
	if errors.Is(err, sql.ErrNoRows) {
		return Draw{}, rule.ErrNotFound
	}
	if err != nil || d.Member == actor.Member {
		return d, err
	}
	if d.State != Asked {
		return Draw{}, rule.ErrNotFound
	}
	if err := hours.Steward(ctx, f.db, actor); err != nil {
		return Draw{}, err
	}
	return d, nil
}

// Mine lists what the actor asked for or was offered, the latest first, twenty at most.
func (f *Fund) Mine(ctx context.Context, actor coop.Actor) (list []Draw, err error) {
	err = f.db.NewRaw(drawLines+`
WHERE d.cooperative_id = ? AND d.member_id = ?
ORDER BY d.id DESC
LIMIT 20`, actor.Cooperative, actor.Member).Scan(ctx, &list)
	return list, err
}

// Waiting lists what somebody else asked for and nobody answered, the oldest first, fifty
// at most, for who looks after the hours.
func (f *Fund) Waiting(ctx context.Context, actor coop.Actor) (list []Draw, err error) {
	if err := hours.Steward(ctx, f.db, actor); err != nil {
		return nil, err
	}
	err = f.db.NewRaw(drawLines+`
WHERE d.cooperative_id = ? AND d.member_id <> ? AND d.state = 'asked'
ORDER BY d.id
LIMIT 50`, actor.Cooperative, actor.Member).Scan(ctx, &list)
	return list, err
}

// Due lets offers lapse that nobody answered, and tells all stewards of what was asked and
// is late: silence of theirs is not the member's fault. It does a bounded part of what is
// due and returns how much.
func (f *Fund) Due(ctx context.Context) (n int, err error) {
	now := f.now()
	err = f.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		var due []struct {
			Cooperative coop.CooperativeID
			ID          coop.DrawID
			Member      coop.MemberID
			State       State
			Minutes     int64
		}
		err := tx.NewRaw(`SELECT d.cooperative_id AS cooperative, d.id, d.member_id AS member, d.state, r.minutes
FROM coop.fund_draws d
JOIN coop.fund_rules r ON r.cooperative_id = d.cooperative_id AND r.id = d.rule_id
WHERE d.deadline_at <= ? AND d.reminded_at IS NULL
ORDER BY d.deadline_at, d.id
LIMIT 50
FOR UPDATE OF d SKIP LOCKED`, now).Scan(ctx, &due)
		if err != nil {
			return err
		}
		for _, d := range due { // a handful a day
			if d.State == Offered {
				t, _ := find(ToLapse, Offered)
				err = move(ctx, tx, d.Cooperative, d.ID, t, coop.MemberID{}, hours.Receipt{}, "", now)
			} else {
				err = f.remind(ctx, tx, d.Cooperative, d.Member, d.ID, d.Minutes, now)
			}
			if err != nil {
				return err
			}
		}
		n = len(due)
		return nil
	})
	return n, err
}

func (f *Fund) remind(ctx context.Context, tx bun.Tx, cooperative coop.CooperativeID, member coop.MemberID, id coop.DrawID, minutes int64, now time.Time) error {
	if _, err := tx.NewRaw(`UPDATE coop.fund_draws SET reminded_at = ? WHERE cooperative_id = ? AND id = ?`, now, cooperative, id).Exec(ctx); err != nil {
		return err
	}
	return f.tellStewards(ctx, tx, cooperative, member, "fund_late", id, minutes, now)
}

// enough is how many people must be behind a sum before anybody reads it.
const enough = 11

// Sums is what everybody may know of the fund, as it was when the month began. Enough
// people are behind a sum or it is not told: then its flag is false, and it is zero.
type Sums struct {
	Until                          time.Time // the first moment that is not counted
	Balance, Given, Drawn, Minted  int64
	HasBalance, HasGiven, HasDrawn bool // Minted is told with Drawn
}

// Sums adds up the fund for every member to read. A deposit is counted once the fund keeps it.
func (f *Fund) Sums(ctx context.Context, actor coop.Actor) (s Sums, err error) {
	var givers, takers, others int
	err = f.db.NewRaw(`WITH begun AS (
  SELECT c.id, date_trunc('month', ?::timestamptz AT TIME ZONE c.zone) AT TIME ZONE c.zone AS until
  FROM coop.cooperatives c WHERE c.id = ?
), moved AS (
  SELECT e.minutes, across.member_id, made.minutes AS made, coalesce(back.kind, t.kind) = 'opening' OR h.id IS NOT NULL AS aside
  FROM begun
  JOIN coop.hours_accounts a ON a.cooperative_id = begun.id AND a.kind = 'fund'
  JOIN coop.entries e ON e.cooperative_id = a.cooperative_id AND e.account_id = a.id AND e.at < begun.until
  JOIN coop.entries across ON across.cooperative_id = e.cooperative_id AND across.transfer_id = e.transfer_id AND across.side = -e.side
  JOIN coop.transfers t ON t.cooperative_id = e.cooperative_id AND t.id = e.transfer_id AND t.kind <> 'deposit_back'
  LEFT JOIN coop.deposits d ON d.cooperative_id = t.cooperative_id AND d.transfer_id = t.id
  LEFT JOIN coop.transfers back ON back.cooperative_id = t.cooperative_id AND back.id = t.corrects_id
  LEFT JOIN coop.shift_credits h ON h.cooperative_id = t.cooperative_id AND h.transfer_id = coalesce(t.corrects_id, t.id)
  LEFT JOIN coop.minted_hours made ON made.cooperative_id = e.cooperative_id AND made.transfer_id = e.transfer_id
  WHERE d.loan_id IS NULL OR d.kept_by IS NOT NULL
)
SELECT (SELECT until FROM begun),
  coalesce(sum(minutes), 0)::bigint, coalesce(sum(minutes) FILTER (WHERE minutes > 0 AND NOT aside), 0)::bigint,
  coalesce(-sum(minutes) FILTER (WHERE minutes < 0 AND NOT aside), 0)::bigint, coalesce(sum(made), 0)::bigint,
  count(DISTINCT member_id) FILTER (WHERE minutes > 0 AND NOT aside), count(DISTINCT member_id) FILTER (WHERE minutes < 0 AND NOT aside),
  count(DISTINCT member_id) FILTER (WHERE aside)
FROM moved`, f.now(), actor.Cooperative).Scan(ctx, &s.Until, &s.Balance, &s.Given, &s.Drawn, &s.Minted, &givers, &takers, &others)
	s.HasGiven, s.HasDrawn = givers >= enough, takers >= enough
	// What a former list held, and what was earned at shifts, is neither given nor drawn
	// under a rule, and stands in the balance.
	s.HasBalance = s.HasGiven && s.HasDrawn && (others == 0 || others >= enough)
	return s.told(), err
}

// told leaves out what too few people are behind.
func (s Sums) told() Sums {
	if !s.HasBalance {
		s.Balance = 0
	}
	if !s.HasGiven {
		s.Given = 0
	}
	if !s.HasDrawn {
		s.Drawn, s.Minted = 0, 0
	}
	return s
}
