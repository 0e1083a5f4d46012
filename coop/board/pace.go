package board

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"github.com/google/uuid"
	"github.com/uptrace/bun"

	"lien/coop"
	"lien/database"
	"lien/rule"
)

// Pace is how much one member may write, and when boards rest. Notices and Comments may be
// written within so many Minutes; Reports within a day. From QuietFrom until QuietUntil, in
// minutes of the place's day, only a request for help, an alert, and answers to one of them
// are taken; the same minute twice means that boards never rest.
type Pace struct {
	Notices    int
	Comments   int
	Minutes    int
	Reports    int
	QuietFrom  int
	QuietUntil int
}

// customary is the pace of a cooperative that voted none: neighbours read this on small
// screens, and a flood would drown them.
var customary = Pace{Notices: 5, Comments: 20, Minutes: 10, Reports: 10}

// Quiet reports whether boards rest at a minute of the day.
func (p Pace) Quiet(minute int) bool {
	return Rest{p.QuietFrom, p.QuietUntil}.Quiet(minute)
}

// Beat is a pace as it was voted.
type Beat struct {
	N int
	Pace
	VotedOn time.Time
	Words   string
	By      string
	At      time.Time
}

// Vote is a new pace, as the form holds it. Seen is the number of the one that the page
// showed as the latest, 0 for the customary one.
type Vote struct {
	Key     uuid.UUID
	Seen    int
	Pace    Pace
	VotedOn time.Time
	Words   string
}

func (v Vote) check(now time.Time) (_ Vote, err error) {
	p := v.Pace
	for _, of := range []struct {
		field   string
		n, most int
	}{{"notices", p.Notices, 50}, {"comments", p.Comments, 200}, {"minutes", p.Minutes, 1440}, {"reports", p.Reports, 100}} {
		if of.n < 1 || of.n > of.most {
			return v, rule.Broken(of.field, "pace.rule.between", "most", of.most)
		}
	}
	if p.QuietFrom < 0 || p.QuietFrom > 1439 {
		return v, rule.Broken("quiet_from", "pace.rule.hour")
	}
	if p.QuietUntil < 0 || p.QuietUntil > 1439 {
		return v, rule.Broken("quiet_until", "pace.rule.hour")
	}
	if v.VotedOn.IsZero() || v.VotedOn.Year() < 1900 {
		return v, rule.Broken("voted_on", "limits.vote_missing")
	}
	if v.VotedOn.After(now) {
		return v, rule.Broken("voted_on", "limits.vote_to_come")
	}
	v.Words, err = rule.Text("words", v.Words, 3, mostReasoned)
	return v, err
}

// SetPace writes down the pace that the members voted; only a facilitator may. Who had not
// seen the latest gets ErrMoved; the same key twice is one change.
func (s *Boards) SetPace(ctx context.Context, actor coop.Actor, v Vote) error {
	now := s.now()
	err := s.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		if err := coop.HideFromOthers(ctx, tx, actor); err != nil {
			return err
		}
		var last int
		var done bool
		err := tx.NewRaw(`SELECT coalesce(max(n), 0), coalesce(bool_or(by_member_id = ? AND client_key = ?), false)
			FROM coop.board_paces WHERE cooperative_id = ?`, actor.Member, v.Key, actor.Cooperative).Scan(ctx, &last, &done)
		if err != nil || done {
			return err
		}
		if v, err = v.check(now); err != nil {
			return err
		}
		if last != v.Seen {
			return rule.ErrMoved
		}
		_, err = tx.NewRaw(`
			INSERT INTO coop.board_paces (cooperative_id, n, notices, comments, minutes, reports, quiet_from, quiet_until, voted_on, words, by_member_id, client_key, at)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?::date, ?, ?, ?, ?)`,
			actor.Cooperative, last+1, v.Pace.Notices, v.Pace.Comments, v.Pace.Minutes, v.Pace.Reports, v.Pace.QuietFrom, v.Pace.QuietUntil,
			v.VotedOn.Format(time.DateOnly), v.Words, actor.Member, v.Key, now).Exec(ctx)
		return err
	})
	switch database.Broken(err) {
	case "board_paces_pkey", "a_pace_is_set_once":
		return rule.ErrMoved
	}
	return err
}

// Paces lists how the pace came to be, the latest first, fifty at most, and the one that
// holds; only a facilitator may read them.
func (s *Boards) Paces(ctx context.Context, actor coop.Actor) (now Pace, list []Beat, err error) {
	if err := coop.HideFromOthers(ctx, s.db, actor); err != nil {
		return now, nil, err
	}
	err = s.db.NewRaw(`
		SELECT c.n, c.notices, c.comments, c.minutes, c.reports, c.quiet_from, c.quiet_until, c.voted_on, c.words, c.at,
			CASE WHEN m.state = 'left' THEN '' ELSE m.name END AS "by"
		FROM coop.board_paces c JOIN coop.members m ON m.cooperative_id = c.cooperative_id AND m.id = c.by_member_id
		WHERE c.cooperative_id = ? ORDER BY c.n DESC LIMIT 50`, actor.Cooperative).Scan(ctx, &list)
	now = customary
	if len(list) > 0 {
		now = list[0].Pace
	}
	return now, list, err
}

// paceOf returns the pace that holds, and the minute of the place's day.
func paceOf(ctx context.Context, tx bun.IDB, actor coop.Actor, now time.Time) (p Pace, minute int, err error) {
	var zone string
	err = tx.NewRaw(`
		SELECT c.zone, coalesce(p.notices, ?), coalesce(p.comments, ?), coalesce(p.minutes, ?), coalesce(p.reports, ?), coalesce(p.quiet_from, 0), coalesce(p.quiet_until, 0)
		FROM coop.cooperatives c
		LEFT JOIN LATERAL (SELECT * FROM coop.board_paces p WHERE p.cooperative_id = c.id ORDER BY n DESC LIMIT 1) p ON true
		WHERE c.id = ?`, customary.Notices, customary.Comments, customary.Minutes, customary.Reports, actor.Cooperative).
		Scan(ctx, &zone, &p.Notices, &p.Comments, &p.Minutes, &p.Reports, &p.QuietFrom, &p.QuietUntil)
	if errors.Is(err, sql.ErrNoRows) {
		return p, 0, rule.ErrNotFound
	}
	if err != nil {
		return p, 0, err
	}
	there, err := time.LoadLocation(zone)
	if err != nil {
		return p, 0, err
	}
	at := now.In(there)
	return p, at.Hour()*60 + at.Minute(), nil
}

// fresh refuses a flood, and what is not urgent while boards rest: most tells how many of
// the member's rows of a table of this package the pace lets through.
func fresh(ctx context.Context, tx bun.Tx, actor coop.Actor, table string, most func(Pace) int, urgent bool, now time.Time) error {
	p, minute, err := paceOf(ctx, tx, actor, now)
	if err != nil {
		return err
	}
	if !urgent && p.Quiet(minute) {
		return rule.Broken("body", "board.rule.quiet", "until", clock(p.QuietUntil))
	}
	var n int
	err = tx.NewRaw(`SELECT count(*) FROM coop.? WHERE cooperative_id = ? AND member_id = ? AND created_at > ?`,
		bun.Ident(table), actor.Cooperative, actor.Member, now.Add(-time.Duration(p.Minutes)*time.Minute)).Scan(ctx, &n)
	if err == nil && n >= most(p) {
		err = rule.Broken("body", "board.rule.flood", "minutes", p.Minutes)
	}
	return err
}

// clock is a minute of the day as a watch shows it.
func clock(minute int) string {
	return time.Time{}.Add(time.Duration(minute) * time.Minute).Format("15:04")
}
