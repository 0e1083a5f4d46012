package departure

import (
	"context"
	"database/sql"
	"errors"
	"strconv"
	"strings"
	"time"

	"github.com/uptrace/bun"

	"lien/coop"
	"lien/coop/hours"
	"lien/coop/membership"
	"lien/rule"
)

// Departures are the members who leave, and have left.
type Departures struct {
	db     bun.IDB
	now    func() time.Time
	ledger *hours.Ledger
}

// NewDepartures returns the departures kept in db; now tells the time.
func NewDepartures(db bun.IDB, now func() time.Time) *Departures {
	return &Departures{db: db, now: now, ledger: hours.NewLedger(db, now)}
}

// Settle lists what is still open for a member, for themselves and for a facilitator.
func (d *Departures) Settle(ctx context.Context, actor coop.Actor, member coop.MemberID) (Settlement, error) {
	if actor.Member != member {
		if err := coop.MustFacilitate(ctx, d.db, actor); err != nil {
			return Settlement{}, err
		}
	}
	return d.settle(ctx, d.db, coop.Actor{Cooperative: actor.Cooperative, Member: member})
}

func (d *Departures) settle(ctx context.Context, db bun.IDB, who coop.Actor) (s Settlement, err error) {
	if s.Things, err = d.things(ctx, db, who); err != nil {
		return s, err
	}
	err = db.NewRaw(`SELECT coalesce(sum(balance), 0)::bigint, coalesce(bool_or(goes_to IS NOT NULL), false)
		FROM coop.hours_accounts WHERE cooperative_id = ? AND member_id = ?`, who.Cooperative, who.Member).Scan(ctx, &s.Balance, &s.Shared)
	if err != nil {
		return s, err
	}
	// Those they live with; or, since leaving ended that, those they lived with then.
	err = db.NewRaw(`SELECT DISTINCT m.id, m.name
		FROM coop.household_members AS me
		JOIN coop.household_members AS p ON p.cooperative_id = me.cooperative_id AND p.household_id = me.household_id AND p.until_at IS NULL
		JOIN coop.members AS m ON m.cooperative_id = p.cooperative_id AND m.id = p.member_id AND m.id <> me.member_id AND m.state IN ('welcomed', 'active')
		WHERE me.cooperative_id = ?0 AND me.member_id = ?1 AND NOT me.untold
		  AND (me.until_at IS NULL OR me.until_at = (SELECT began_at FROM coop.departures WHERE cooperative_id = ?0 AND member_id = ?1 AND closed_at IS NULL))
		ORDER BY m.id LIMIT 20`, who.Cooperative, who.Member).Scan(ctx, &s.Heirs)
	return s, err
}

// things counts all sorts in one question, and returns those of which there are some.
func (d *Departures) things(ctx context.Context, db bun.IDB, who coop.Actor) (things []Thing, err error) {
	sorts := d.settlings()
	counts := make([]string, len(sorts))
	for at, sort := range sorts {
		counts[at] = "(" + strconv.Itoa(at) + ", (" + sort.count + "))"
	}
	var open []struct{ Sort, N int }
	err = db.NewRaw(`SELECT sort, n FROM (VALUES `+strings.Join(counts, ", ")+`) AS v (sort, n) WHERE n > 0 ORDER BY sort`,
		who.Cooperative, who.Member, d.now()).Scan(ctx, &open)
	for _, o := range open {
		sort := sorts[o.Sort]
		things = append(things, Thing{Kind: sort.kind, N: o.N, Ends: sort.end != nil, Href: sort.href})
	}
	return things, err
}

// Begin is the member's own word that they leave: what can be called off is, in the stated
// order, then their membership ends its active life, and a facilitator settles the rest
// with them. Saying it again changes their wish. The last facilitator stays.
func (d *Departures) Begin(ctx context.Context, actor coop.Actor, wish Wish) error {
	return d.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		s, err := d.settle(ctx, tx, actor)
		if err != nil {
			return err
		}
		if err := wish.check(s); err != nil {
			return err
		}
		open, err := d.open(ctx, tx, actor)
		if err != nil {
			return err
		}
		if !open {
			if err := d.callAllOff(ctx, tx, actor, s); err != nil {
				return err
			}
		}
		_, err = tx.NewRaw(`UPDATE coop.departures SET choice = nullif(?, ''), heir_id = ?
			WHERE cooperative_id = ? AND member_id = ? AND closed_at IS NULL`,
			wish.Choice, rule.OrNone(wish.heir()), actor.Cooperative, actor.Member).Exec(ctx)
		if err != nil {
			return err
		}
		return d.wishErasing(ctx, tx, actor, wish.Erase)
	})
}

// heir is who is chosen, where that is the choice.
func (w Wish) heir() (m coop.MemberID) {
	if w.Choice == ToHousehold {
		m = w.Heir
	}
	return m
}

// callAllOff ends what ends by leaving, in its order, then the membership's active life,
// and opens the departure. All of it happens at one moment.
func (d *Departures) callAllOff(ctx context.Context, tx bun.Tx, actor coop.Actor, s Settlement) error {
	now := d.now().Truncate(time.Microsecond)
	at := &Departures{db: tx, now: func() time.Time { return now }, ledger: d.ledger}
	if err := at.endAll(ctx, tx, actor, s); err != nil {
		return err
	}
	if err := membership.NewMembers(tx, at.now).Leave(ctx, actor); err != nil {
		return err
	}
	_, err := tx.NewRaw(`INSERT INTO coop.departures (cooperative_id, id, member_id, began_at) VALUES (?, ?, ?, ?)`,
		actor.Cooperative, rule.NewID[coop.DepartureID](), actor.Member, now).Exec(ctx)
	return err
}

// endAll ends what is open and ends by leaving, in its order.
func (d *Departures) endAll(ctx context.Context, tx bun.Tx, actor coop.Actor, s Settlement) error {
	open := map[string]bool{}
	for _, thing := range s.Things {
		open[thing.Kind] = true
	}
	for _, sort := range d.settlings() {
		if sort.end == nil || !open[sort.kind] {
			continue
		}
		if err := sort.end(ctx, tx, actor); err != nil {
			return err
		}
	}
	return nil
}

// open reports whether the actor's departure has begun; it is locked then.
func (d *Departures) open(ctx context.Context, tx bun.Tx, actor coop.Actor) (bool, error) {
	var id coop.DepartureID
	err := tx.NewRaw(`SELECT id FROM coop.departures WHERE cooperative_id = ? AND member_id = ? AND closed_at IS NULL FOR UPDATE`,
		actor.Cooperative, actor.Member).Scan(ctx, &id)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	return err == nil, err
}

const columns = `d.id, d.member_id AS member, m.name, m.number, d.began_at,
	coalesce(d.choice, '') AS choice, d.heir_id AS heir, coalesce(h.name, '') AS heir_name,
	d.closed_at, coalesce(d.minutes, 0) AS remaining, d.erase, d.erase_at, d.erased_at, c.erase_after_days AS days,
	coalesce(d.because, '') AS because, d.why, CASE WHEN w.state = 'left' THEN '' ELSE coalesce(w.name, '') END AS witness
	FROM coop.departures AS d
	JOIN coop.cooperatives AS c ON c.id = d.cooperative_id
	JOIN coop.members AS m ON m.cooperative_id = d.cooperative_id AND m.id = d.member_id
	LEFT JOIN coop.members AS w ON w.cooperative_id = d.cooperative_id AND w.id = d.witness_id
	LEFT JOIN coop.members AS h ON h.cooperative_id = d.cooperative_id AND h.id = d.heir_id`

// Mine returns the actor's own departure; found is false when they are not leaving.
func (d *Departures) Mine(ctx context.Context, actor coop.Actor) (mine Departure, found bool, err error) {
	err = d.db.NewRaw(`SELECT `+columns+` WHERE d.cooperative_id = ? AND d.member_id = ? AND d.closed_at IS NULL`,
		actor.Cooperative, actor.Member).Scan(ctx, &mine)
	if errors.Is(err, sql.ErrNoRows) {
		return mine, false, nil
	}
	return mine, err == nil, err
}

// List returns the departures under way and the latest that were closed, to a facilitator.
func (d *Departures) List(ctx context.Context, actor coop.Actor) (list []Departure, err error) {
	if err := coop.MustFacilitate(ctx, d.db, actor); err != nil {
		return nil, err
	}
	err = d.db.NewRaw(`SELECT `+columns+`
		WHERE d.cooperative_id = ?
		ORDER BY d.closed_at DESC NULLS FIRST, d.id DESC LIMIT 100`, actor.Cooperative).Scan(ctx, &list)
	return list, err
}

// Waiting counts the departures under way, up to fifty: none for who is no facilitator.
func (d *Departures) Waiting(ctx context.Context, actor coop.Actor) (n int, err error) {
	err = d.db.NewRaw(`
		SELECT count(*) FROM (
		  SELECT FROM coop.departures AS d
		  WHERE d.cooperative_id = ? AND d.closed_at IS NULL AND `+coop.FacilitatesAs("d.cooperative_id", "?")+` LIMIT 50) AS w`, actor.Cooperative, actor.Member).Scan(ctx, &n)
	return n, err
}

// One returns a departure to a facilitator.
func (d *Departures) One(ctx context.Context, actor coop.Actor, id coop.DepartureID) (found Departure, err error) {
	if err := coop.MustFacilitate(ctx, d.db, actor); err != nil {
		return found, err
	}
	return d.one(ctx, d.db, actor, id)
}

func (d *Departures) one(ctx context.Context, db bun.IDB, actor coop.Actor, id coop.DepartureID) (found Departure, err error) {
	err = db.NewRaw(`SELECT `+columns+` WHERE d.cooperative_id = ? AND d.id = ?`, actor.Cooperative, id).Scan(ctx, &found)
	return found, orNotFound(err)
}

func holds(ctx context.Context, db bun.IDB, actor coop.Actor, one, other string) error {
	var yes bool
	err := db.NewRaw(`
		SELECT EXISTS (
		  SELECT FROM coop.member_roles AS r
		  JOIN coop.members AS m ON m.cooperative_id = r.cooperative_id AND m.id = r.member_id
		  WHERE r.cooperative_id = ? AND r.member_id = ? AND r.role IN (?, ?) AND r.until_at IS NULL
		    AND m.state IN ('active', 'welcomed'))`, actor.Cooperative, actor.Member, one, other).Scan(ctx, &yes)
	if err == nil && !yes {
		return rule.ErrForbidden
	}
	return err
}

func orNotFound(err error) error {
	if errors.Is(err, sql.ErrNoRows) {
		return rule.ErrNotFound
	}
	return err
}
