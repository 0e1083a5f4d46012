package household

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"github.com/google/uuid"
	"github.com/uptrace/bun"

	"lien/coop"
	"lien/coop/hours"
	"lien/coop/inbox"
	"lien/database"
	"lien/rule"
)

// Households are the households of a cooperative.
type Households struct {
	db     bun.IDB
	now    func() time.Time
	ledger *hours.Ledger
	derive Derive
}

// NewHouseholds returns the households kept in db. Their codes come from derive; now tells
// the time.
func NewHouseholds(db bun.IDB, derive Derive, now func() time.Time) *Households {
	return &Households{db: db, now: now, ledger: hours.NewLedger(db, now), derive: derive}
}

// Begin makes a household of which the actor is the first. The key makes sending it twice
// one household; who lives in another one gets *rule.Invalid on "household".
func (h *Households) Begin(ctx context.Context, actor coop.Actor, key uuid.UUID) (id coop.HouseholdID, err error) {
	err = h.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		if err := active(ctx, tx, actor); err != nil {
			return err
		}
		now := h.now()
		id = rule.NewID[coop.HouseholdID]()
		made, err := tx.NewRaw(`
			INSERT INTO coop.households (cooperative_id, id, began_by, client_key, began_at) VALUES (?, ?, ?, ?, ?)
			ON CONFLICT ON CONSTRAINT a_household_begins_once DO NOTHING`,
			actor.Cooperative, id, actor.Member, key, now).Exec(ctx)
		if err != nil {
			return err
		}
		if n, err := made.RowsAffected(); err != nil || n == 0 {
			return errors.Join(err, tx.NewRaw(`
				SELECT id FROM coop.households WHERE cooperative_id = ? AND began_by = ? AND client_key = ?`,
				actor.Cooperative, actor.Member, key).Scan(ctx, &id))
		}
		if err := enter(ctx, tx, actor, id, now); err != nil {
			return err
		}
		return record(ctx, tx, actor, id, event{step: Began, member: actor.Member, at: now})
	})
	return id, refused(err)
}

// enter writes that the actor lives there from now on.
func enter(ctx context.Context, tx bun.Tx, actor coop.Actor, id coop.HouseholdID, now time.Time) error {
	_, err := tx.NewRaw(`
		INSERT INTO coop.household_members (cooperative_id, household_id, member_id, from_at, untold) VALUES (?, ?, ?, ?, false)`,
		actor.Cooperative, id, actor.Member, now).Exec(ctx)
	return err
}

// Mine returns the household where the actor lives; found is false when there is none. Who
// left without a word still stands in it for the others.
func (h *Households) Mine(ctx context.Context, actor coop.Actor) (mine Household, found bool, err error) {
	err = h.db.NewRaw(`
		SELECT household_id AS id, from_at AS since FROM coop.household_members
		WHERE cooperative_id = ? AND member_id = ? AND until_at IS NULL`, actor.Cooperative, actor.Member).Scan(ctx, &mine)
	if errors.Is(err, sql.ErrNoRows) {
		return mine, false, nil
	}
	if err != nil {
		return mine, false, err
	}
	if mine.People, err = people(ctx, h.db, actor.Cooperative, mine.ID); err != nil {
		return mine, false, err
	}
	err = h.db.NewRaw(`
		SELECT id, name, born FROM coop.household_minors
		WHERE cooperative_id = ? AND household_id = ? AND until_at IS NULL
		ORDER BY born, id`, actor.Cooperative, mine.ID).Scan(ctx, &mine.Minors)
	return mine, err == nil, err
}

// people are the adults whom those of a household see in it.
func people(ctx context.Context, db bun.IDB, cooperative coop.CooperativeID, id coop.HouseholdID) (list []Person, err error) {
	err = db.NewRaw(`
		SELECT p.member_id AS id, CASE WHEN m.state = 'left' THEN '' ELSE m.name END AS name, p.sharing_at,
		       home.id IS NOT NULL AND (a.goes_to = home.id OR p.untold AND home.people > 0) AS shares
		FROM coop.household_members AS p
		JOIN coop.members AS m ON m.cooperative_id = p.cooperative_id AND m.id = p.member_id
		LEFT JOIN coop.hours_accounts AS a ON a.cooperative_id = p.cooperative_id AND a.member_id = p.member_id
		LEFT JOIN coop.hours_accounts AS home ON home.cooperative_id = p.cooperative_id AND home.household_id = p.household_id
		WHERE p.cooperative_id = ? AND p.household_id = ? AND (p.until_at IS NULL OR p.untold)
		ORDER BY p.from_at, p.member_id LIMIT ?`, cooperative, id, 2*mostPeople).Scan(ctx, &list)
	return list, err
}

// AddMinor writes a child down: a first name or an initial, and the year of birth.
func (h *Households) AddMinor(ctx context.Context, actor coop.Actor, key uuid.UUID, name string, born int) error {
	name, err := minor(name, born, h.now())
	if err != nil {
		return err
	}
	return h.at(ctx, actor, func(ctx context.Context, tx bun.Tx, id coop.HouseholdID) error {
		var many int
		err := tx.NewRaw(`SELECT count(*) FROM coop.household_minors WHERE cooperative_id = ? AND household_id = ? AND until_at IS NULL`,
			actor.Cooperative, id).Scan(ctx, &many)
		if err != nil {
			return err
		}
		if many >= mostMinors {
			return rule.Broken("name", "household.too_many", "most", mostMinors)
		}
		_, err = tx.NewRaw(`
			INSERT INTO coop.household_minors (cooperative_id, id, household_id, name, born, added_by, client_key, from_at)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?)
			ON CONFLICT ON CONSTRAINT a_minor_is_added_once DO NOTHING`,
			actor.Cooperative, rule.NewID[coop.MinorID](), id, name, born, actor.Member, key, h.now()).Exec(ctx)
		return err
	})
}

// RemoveMinor ends a child's line, and blanks it: nothing of a child is kept longer than
// it is of use. Twice is once.
func (h *Households) RemoveMinor(ctx context.Context, actor coop.Actor, child coop.MinorID) error {
	return h.at(ctx, actor, func(ctx context.Context, tx bun.Tx, id coop.HouseholdID) error {
		done, err := tx.NewRaw(`
			UPDATE coop.household_minors SET until_at = coalesce(until_at, ?), name = ''
			WHERE cooperative_id = ? AND household_id = ? AND id = ?`,
			h.now(), actor.Cooperative, id, child).Exec(ctx)
		if err != nil {
			return err
		}
		if n, err := done.RowsAffected(); err != nil || n == 0 {
			return errors.Join(err, rule.ErrNotFound)
		}
		return nil
	})
}

// at does something under the lock of the household where the actor lives; who lives in
// none gets ErrNotFound.
func (h *Households) at(ctx context.Context, actor coop.Actor, act func(context.Context, bun.Tx, coop.HouseholdID) error) error {
	err := h.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		var id coop.HouseholdID
		err := tx.NewRaw(`
			SELECT h.id FROM coop.households AS h
			WHERE h.cooperative_id = ?0 AND h.id = (
			  SELECT p.household_id FROM coop.household_members AS p
			  WHERE p.cooperative_id = ?0 AND p.member_id = ?1 AND p.until_at IS NULL)
			FOR UPDATE`, actor.Cooperative, actor.Member).Scan(ctx, &id)
		if err != nil {
			return orNotFound(err)
		}
		var still bool // they may have left while this waited for the lock
		err = tx.NewRaw(`SELECT EXISTS (
			SELECT FROM coop.household_members WHERE cooperative_id = ? AND household_id = ? AND member_id = ? AND until_at IS NULL)`,
			actor.Cooperative, id, actor.Member).Scan(ctx, &still)
		if err != nil || !still {
			return errors.Join(err, ifNot(still, rule.ErrMoved))
		}
		return act(ctx, tx, id)
	})
	return refused(err)
}

func ifNot(fine bool, err error) error {
	if fine {
		return nil
	}
	return err
}

// Events are what happened to the households of the actor while they lived there, newest
// first. What was not told to them is not among it.
func (h *Households) Events(ctx context.Context, actor coop.Actor) (list []Event, err error) {
	err = h.db.NewRaw(`
		SELECT e.step, CASE WHEN m.state = 'left' THEN '' ELSE m.name END AS name, e.member_id = ?1 AS mine,
		       coalesce(e.minutes, 0) AS minutes, e.at
		FROM coop.household_events AS e
		JOIN coop.members AS m ON m.cooperative_id = e.cooperative_id AND m.id = e.member_id
		WHERE e.cooperative_id = ?0
		  AND EXISTS (SELECT FROM coop.household_members AS p
		    WHERE p.cooperative_id = e.cooperative_id AND p.household_id = e.household_id AND p.member_id = ?1
		      AND (e.member_id = ?1 OR e.at BETWEEN p.from_at AND coalesce(p.until_at, 'infinity')))
		  AND NOT EXISTS (SELECT FROM coop.household_members AS u
		    WHERE u.cooperative_id = e.cooperative_id AND u.household_id = e.household_id AND u.member_id = e.member_id
		      AND u.untold AND u.member_id <> ?1 AND e.at >= u.until_at)
		ORDER BY e.at DESC, e.n DESC LIMIT 20`, actor.Cooperative, actor.Member).Scan(ctx, &list)
	return list, err
}

type event struct {
	step    Step
	member  coop.MemberID
	minutes int64
	at      time.Time
}

// record writes the next line of a household's history; the household is locked.
func record(ctx context.Context, tx bun.Tx, by coop.Actor, id coop.HouseholdID, e event) error {
	_, err := tx.NewRaw(`
		INSERT INTO coop.household_events (cooperative_id, household_id, n, step, member_id, by_member_id, minutes, channel, witness_id, at)
		SELECT ?, ?, coalesce(max(n), 0) + 1, ?, ?, ?, ?, ?, ?, ?
		FROM coop.household_events WHERE cooperative_id = ? AND household_id = ?`,
		by.Cooperative, id, e.step, e.member, by.Member, bun.NullZero(e.minutes), by.Channel, rule.OrNone(by.Witness), e.at,
		by.Cooperative, id).Exec(ctx)
	return err
}

// tell lets the others of a household know what one of them did.
func tell(ctx context.Context, tx bun.Tx, by coop.Actor, kind string, subject uuid.UUID, once string, at time.Time, others []coop.MemberID) error {
	var items []inbox.Item
	for _, other := range others {
		if other != by.Member {
			items = append(items, inbox.Item{
				Cooperative: by.Cooperative, Member: other, Kind: kind, Subject: subject,
				Once: kind + ":" + subject.String() + ":" + once, At: at, By: by.Member,
			})
		}
	}
	return inbox.Tell(ctx, tx, items...)
}

// active refuses an actor who may only read what is their own.
func active(ctx context.Context, db bun.IDB, actor coop.Actor) error {
	var yes bool
	err := db.NewRaw(`SELECT state IN ('welcomed', 'active') FROM coop.members WHERE cooperative_id = ? AND id = ?`,
		actor.Cooperative, actor.Member).Scan(ctx, &yes)
	if err == nil && !yes {
		return rule.ErrForbidden
	}
	return orNotFound(err)
}

func orNotFound(err error) error {
	if errors.Is(err, sql.ErrNoRows) {
		return rule.ErrNotFound
	}
	return err
}

func refused(err error) error {
	if database.Broken(err) == "a_person_lives_in_one_household_at_a_time" {
		return rule.Broken("household", "household.already")
	}
	return err
}
