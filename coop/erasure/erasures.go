package erasure

import (
	"context"
	"errors"
	"time"

	"github.com/uptrace/bun"

	"lien/coop"
	"lien/coop/board"
	"lien/coop/exchange"
	"lien/coop/fund"
	"lien/coop/hours"
)

// perRound is how many members one round erases: each is a good deal of work.
const perRound = 5

// Erasures are what was asked to be erased.
type Erasures struct {
	db      bun.IDB
	now     func() time.Time
	account func(context.Context, coop.CooperativeID, coop.MemberID) error
}

// New returns the erasures kept in db; now tells the time. Account ends what lets the member
// in, their devices and sessions, which another floor keeps; it does so again without harm.
func New(db bun.IDB, now func() time.Time, account func(context.Context, coop.CooperativeID, coop.MemberID) error) *Erasures {
	return &Erasures{db: db, now: now, account: account}
}

// errNobody ends a round: there is nobody left whose day has come.
var errNobody = errors.New("nobody is due")

// Due erases whose day has come, each in a transaction of their own, a few at a time, and
// returns how many. Several nodes may do it at once. What fails stays due.
func (e *Erasures) Due(ctx context.Context) (n int, err error) {
	for range perRound {
		err := e.db.RunInTx(ctx, nil, e.next)
		if errors.Is(err, errNobody) {
			return n, nil
		}
		if err != nil {
			return n, err
		}
		n++
	}
	return n, nil
}

type due struct {
	ID          coop.DepartureID
	Cooperative coop.CooperativeID
	Member      coop.MemberID
}

func (e *Erasures) next(ctx context.Context, tx bun.Tx) error {
	now := e.now()
	var list []due
	err := tx.NewRaw(`SELECT d.id, d.cooperative_id AS cooperative, d.member_id AS member
FROM coop.departures AS d
JOIN coop.members AS m ON m.cooperative_id = d.cooperative_id AND m.id = d.member_id AND m.state = 'left'
WHERE d.erase_at <= ? AND d.erased_at IS NULL
ORDER BY d.erase_at, d.id
LIMIT 1
FOR UPDATE SKIP LOCKED`, now).Scan(ctx, &list)
	if err != nil {
		return err
	}
	if len(list) == 0 {
		return errNobody
	}
	return e.erase(ctx, tx, list[0], now)
}

// erase does every line, and what each part of the house does by itself. The account goes
// before the row says that it is done.
func (e *Erasures) erase(ctx context.Context, tx bun.Tx, d due, now time.Time) error {
	who := coop.Actor{Cooperative: d.Cooperative, Member: d.Member}
	if _, err := tx.NewRaw(`SELECT coop.erase_words(?0, ?1, ?2), coop.erase_edits(?0, ?1, ?2)`, d.Cooperative, d.Member, now).Exec(ctx); err != nil {
		return err
	}
	for _, l := range Lines() { // as many as there are tables, whoever it is
		if s := l.statement(); s != "" {
			if _, err := tx.NewRaw(s, d.Cooperative, d.Member).Exec(ctx); err != nil {
				return err
			}
		}
	}
	for _, part := range []func(context.Context, bun.IDB, coop.Actor) error{exchange.Erase, hours.Erase, fund.Erase} {
		if err := part(ctx, tx, who); err != nil {
			return err
		}
	}
	if err := board.Erase(ctx, tx, who, now); err != nil {
		return err
	}
	if err := rehouse(ctx, tx, who); err != nil {
		return err
	}
	if err := e.account(ctx, d.Cooperative, d.Member); err != nil {
		return err
	}
	_, err := tx.NewRaw(`UPDATE coop.departures SET erased_at = ? WHERE cooperative_id = ? AND id = ?`, now, d.Cooperative, d.ID).Exec(ctx)
	return err
}

// rehouse leaves of where somebody lived the residence alone, and not even that where it is
// closed: then nothing was to be learned from it.
func rehouse(ctx context.Context, tx bun.Tx, who coop.Actor) error {
	_, err := tx.NewRaw(`UPDATE coop.members AS m SET place_id = r.id
FROM coop.places AS p
JOIN coop.places AS r ON r.cooperative_id = p.cooperative_id AND r.id = p.path[1] AND r.closed_at IS NULL
WHERE m.cooperative_id = ? AND m.id = ? AND p.cooperative_id = m.cooperative_id AND p.id = m.place_id AND r.id <> p.id`,
		who.Cooperative, who.Member).Exec(ctx)
	return err
}
