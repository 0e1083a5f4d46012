package hours

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"github.com/uptrace/bun"

	"lien/coop"
	"lien/rule"
)

// perPage is how many lines a page of a statement holds.
const perPage = 30

// What a month's statement holds: on a screen or a sheet, and in a file.
const (
	OnPaper = 500
	InFile  = 20_000
)

// Balance returns the account where the actor's hours stand; it is all zero before the
// first transfer. A correction takes back what was given or received, it is not counted as
// new help; nor is what passed between a household and its members, nor a deposit, nor what
// was had before.
func (l *Ledger) Balance(ctx context.Context, actor coop.Actor) (a Account, err error) {
	err = l.db.NewRaw(`SELECT coalesce(sum(e.minutes), 0)::bigint AS balance,
  coalesce(sum(e.minutes) FILTER (WHERE (e.side = 1) <> (t.kind = 'correction') AND coalesce(o.kind, t.kind) NOT IN ('household', 'deposit', 'deposit_back', 'opening')), 0)::bigint AS given,
  coalesce(-sum(e.minutes) FILTER (WHERE (e.side = -1) <> (t.kind = 'correction') AND coalesce(o.kind, t.kind) NOT IN ('household', 'deposit', 'deposit_back', 'opening')), 0)::bigint AS received,
  coalesce(max(a.reserved), 0)::bigint AS reserved,
  coalesce(sum(e.minutes) <= max(a.people) * max(l.soft_floor), false) AS low,
  coalesce(sum(e.minutes) + max(l.per_act) > max(a.people) * max(l.ceiling), false) AS high,
  coalesce(bool_or(a.kind = 'household'), false) AS shared
`+standsIn+`
LEFT JOIN coop.entries e ON e.cooperative_id = a.cooperative_id AND e.account_id = a.id
LEFT JOIN coop.transfers t ON t.cooperative_id = e.cooperative_id AND t.id = e.transfer_id
LEFT JOIN coop.transfers o ON o.cooperative_id = t.cooperative_id AND o.id = t.corrects_id
LEFT JOIN coop.hours_limits l ON l.cooperative_id = a.cooperative_id
WHERE mine.cooperative_id = ? AND mine.member_id = ?`, actor.Cooperative, actor.Member).
		Scan(ctx, &a.Balance, &a.Given, &a.Received, &a.Reserved, &a.Low, &a.High, &a.Shared)
	return a, err
}

// Statement returns a page of the actor's own lines, newest first; before is where an
// earlier page said that the next one starts, or zero. A line stands where its moment is,
// also one that was written later.
func (l *Ledger) Statement(ctx context.Context, actor coop.Actor, before Place) (p Page, err error) {
	older := bun.SafeQuery("TRUE")
	if before != (Place{}) {
		older = bun.SafeQuery("(e.at, e.transfer_id) <= (?, ?)", before.At, before.Transfer)
	}
	err = l.db.NewRaw(lines+`
  AND ?
ORDER BY e.at DESC, e.transfer_id DESC
LIMIT ?`, actor.Cooperative, actor.Member, older, perPage+1).Scan(ctx, &p.Lines)
	if len(p.Lines) > perPage {
		last := p.Lines[perPage]
		p.Next = Place{At: last.At, Transfer: last.ID}
		p.Lines = p.Lines[:perPage]
	}
	return p, err
}

// Month returns the actor's own statement of the month that begins at first, with most
// lines at most. Opening, lines, rest and closing are read in one snapshot: they add up
// whatever is written meanwhile, and however late it is.
func (l *Ledger) Month(ctx context.Context, actor coop.Actor, first time.Time, most int) (Month, error) {
	m := Month{First: first}
	next := first.AddDate(0, 1, 0)
	snapshot := &sql.TxOptions{Isolation: sql.LevelRepeatableRead, ReadOnly: true}
	err := l.db.RunInTx(ctx, snapshot, func(ctx context.Context, tx bun.Tx) error {
		err := tx.NewRaw(`SELECT coalesce(sum(e.minutes) FILTER (WHERE e.at < ?), 0)::bigint,
  coalesce(sum(e.minutes), 0)::bigint
`+standsIn+`
JOIN coop.entries e ON e.cooperative_id = a.cooperative_id AND e.account_id = a.id AND e.at < ?
WHERE mine.cooperative_id = ? AND mine.member_id = ?`, first, next, actor.Cooperative, actor.Member).
			Scan(ctx, &m.Opening, &m.Closing)
		if err != nil {
			return err
		}
		return tx.NewRaw(lines+`
  AND e.at >= ? AND e.at < ?
ORDER BY e.at, e.transfer_id
LIMIT ?`, actor.Cooperative, actor.Member, first, next, most+1).Scan(ctx, &m.Lines)
	})
	if len(m.Lines) > most {
		m.Lines, m.Cut = m.Lines[:most], true
	}
	m.Rest = m.Closing - m.Opening
	for _, line := range m.Lines {
		m.Rest -= line.Minutes
	}
	return m, err
}

// One returns a line of the actor's own account, and what became of it.
func (l *Ledger) One(ctx context.Context, actor coop.Actor, id coop.TransferID) (d Detail, err error) {
	var found []Line
	err = l.db.NewRaw(lines+`
  AND e.transfer_id = ?
ORDER BY e.side
LIMIT 1`, actor.Cooperative, actor.Member, id).Scan(ctx, &found)
	if err == nil && len(found) == 0 {
		err = rule.ErrNotFound
	}
	if err != nil {
		return d, err
	}
	d.Line = found[0]
	err = l.db.NewRaw(`SELECT t.at, coalesce(w.words, ''), coalesce(w.language, '')
FROM coop.transfers t
LEFT JOIN coop.transfer_words w ON w.cooperative_id = t.cooperative_id AND w.transfer_id = t.id
WHERE t.cooperative_id = ? AND t.corrects_id = ?`, actor.Cooperative, id).Scan(ctx, &d.Back, &d.Why, &d.WhyIn)
	if errors.Is(err, sql.ErrNoRows) {
		return d, nil
	}
	return d, err
}

// standsIn is the account where the hours of a member stand: their own, or the one that
// they share.
const standsIn = `FROM coop.hours_accounts mine
JOIN coop.hours_accounts a ON a.cooperative_id = mine.cooperative_id AND a.id = coalesce(mine.goes_to, mine.id)`

// lines are the entries of the account where a member's hours stand, each with the name of
// the other side, and of who acted where that is another one of a shared account.
const lines = `SELECT e.transfer_id, e.at, t.kind, e.minutes, t.agreement_id,
  coalesce(g.about, f.about, s.what, '') AS about, coalesce(g.language, f.language, s.language, '') AS language,
  CASE WHEN f.id IS NULL THEN '' ELSE k.number || '-' || lpad(f.n::text, 2, '0') END AS cheque,
  CASE WHEN other.state = 'left' OR t.kind = 'household' THEN '' ELSE coalesce(other.name, '') END AS "with",
  CASE WHEN a.kind <> 'household' OR e.member_id = mine.member_id OR whose.state = 'left' OR t.kind = 'fund' THEN '' ELSE coalesce(whose.name, '') END AS whose,
  b.kind = 'fund' AS fund,
  CASE WHEN t.kind = 'gift' AND e.member_id <> mine.member_id THEN '' ELSE coalesce(w.words, '') END AS words, coalesce(w.language, '') AS words_in
` + standsIn + `
JOIN coop.entries e ON e.cooperative_id = a.cooperative_id AND e.account_id = a.id
JOIN coop.transfers t ON t.cooperative_id = e.cooperative_id AND t.id = e.transfer_id
JOIN coop.entries across ON across.cooperative_id = e.cooperative_id AND across.transfer_id = e.transfer_id AND across.side = -e.side
JOIN coop.hours_accounts b ON b.cooperative_id = across.cooperative_id AND b.id = across.account_id
LEFT JOIN coop.members other ON other.cooperative_id = across.cooperative_id AND other.id = across.member_id
LEFT JOIN coop.members whose ON whose.cooperative_id = e.cooperative_id AND whose.id = e.member_id
LEFT JOIN coop.agreements g ON g.cooperative_id = t.cooperative_id AND g.id = t.agreement_id
LEFT JOIN coop.transfer_words w ON w.cooperative_id = t.cooperative_id AND w.transfer_id = t.id
LEFT JOIN coop.cheque_leaves f ON f.cooperative_id = t.cooperative_id AND f.transfer_id = t.id
LEFT JOIN coop.cheque_booklets k ON k.cooperative_id = f.cooperative_id AND k.id = f.booklet_id
LEFT JOIN coop.shift_credits h ON h.cooperative_id = t.cooperative_id AND h.transfer_id = t.id
LEFT JOIN coop.shifts s ON s.cooperative_id = h.cooperative_id AND s.id = h.shift_id
WHERE mine.cooperative_id = ? AND mine.member_id = ?`
