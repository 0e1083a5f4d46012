package membership

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

// Members are the people of a cooperative.
type Members struct {
	db     bun.IDB
	ledger *hours.Ledger
	now    func() time.Time
}

// NewMembers returns the members kept in db; now tells the time.
func NewMembers(db bun.IDB, now func() time.Time) *Members {
	return &Members{db: db, ledger: hours.NewLedger(db, now), now: now}
}

const memberColumns = `
	m.id, m.number, m.name, coalesce(m.own_name, '') AS own_name, m.language, m.place_id AS place, m.state, m.joined_at, m.state_since,
	(SELECT c.name FROM coop.cooperatives AS c WHERE c.id = m.cooperative_id) AS house,
	EXISTS (SELECT FROM coop.member_roles AS r
	        WHERE r.cooperative_id = m.cooperative_id AND r.member_id = m.id
	          AND r.role = 'facilitator' AND r.until_at IS NULL) AS facilitator,
	` + owesCharter + ` AS charter`

// owesCharter is whether the newest charter has not been accepted by the member m.
const owesCharter = `
	coalesce((SELECT max(t.version) FROM coop.charters AS t WHERE t.cooperative_id = m.cooperative_id) >
	  (SELECT coalesce(max(a.version), 0) FROM coop.charter_acceptances AS a
	   WHERE a.cooperative_id = m.cooperative_id AND a.member_id = m.id), false)`

// Of returns a member of the cooperative, and rule.ErrNotFound when there is none: it
// is how the person at the screen is known on each request.
func (m *Members) Of(ctx context.Context, cooperative coop.CooperativeID, member coop.MemberID) (Member, error) {
	return of(ctx, m.db, cooperative, member)
}

func of(ctx context.Context, db bun.IDB, cooperative coop.CooperativeID, member coop.MemberID) (Member, error) {
	var found Member
	err := db.NewRaw(`SELECT `+memberColumns+`
		FROM coop.members AS m
		WHERE m.cooperative_id = ? AND m.id = ?`, cooperative, member).Scan(ctx, &found)
	return found, orNotFound(err)
}

// One returns a member as the desk sees them. Facilitators only.
func (m *Members) One(ctx context.Context, actor coop.Actor, member coop.MemberID) (Member, error) {
	if err := coop.MustFacilitate(ctx, m.db, actor); err != nil {
		return Member{}, err
	}
	return of(ctx, m.db, actor.Cooperative, member)
}

// Search lists members whose name, own or gone by, holds the words, by number, fifty at a
// time; after is the last number of the page already read, or 0. Facilitators only. Accents
// and capitals do not matter. Who left is not among them.
func (m *Members) Search(ctx context.Context, actor coop.Actor, words string, after int64) ([]Member, error) {
	return m.search(ctx, actor, words, after, false)
}

// Former is Search among those who left and may come back: not who was erased.
func (m *Members) Former(ctx context.Context, actor coop.Actor, words string, after int64) ([]Member, error) {
	return m.search(ctx, actor, words, after, true)
}

func (m *Members) search(ctx context.Context, actor coop.Actor, words string, after int64, gone bool) ([]Member, error) {
	if err := coop.MustFacilitate(ctx, m.db, actor); err != nil {
		return nil, err
	}
	words, err := rule.Line("words", words, 0, 60)
	if err != nil {
		return nil, err
	}
	var list []Member
	err = m.db.NewRaw(`SELECT `+memberColumns+`
		FROM coop.members AS m
		WHERE m.cooperative_id = ? AND m.number > ? AND (m.state = 'left') = ? AND m.name <> ''
		  AND position(public.unaccent(lower(?)) IN public.unaccent(lower(concat_ws(' ', m.name, m.own_name)))) > 0
		ORDER BY m.number LIMIT 50`, actor.Cooperative, after, gone, words).Scan(ctx, &list)
	return list, err
}

// Newest lists who joined since a moment, the latest first, thirty at most. Facilitators
// only.
func (m *Members) Newest(ctx context.Context, actor coop.Actor, since time.Time) ([]Member, error) {
	if err := coop.MustFacilitate(ctx, m.db, actor); err != nil {
		return nil, err
	}
	var list []Member
	err := m.db.NewRaw(`SELECT `+memberColumns+`
		FROM coop.members AS m
		WHERE m.cooperative_id = ? AND m.joined_at >= ? AND m.state <> 'left'
		ORDER BY m.joined_at DESC, m.number DESC LIMIT 30`, actor.Cooperative, since).Scan(ctx, &list)
	return list, err
}

// Speak changes the language in which the member reads and is written to.
func (m *Members) Speak(ctx context.Context, actor coop.Actor, code string) error {
	if err := language("language", code); err != nil {
		return err
	}
	_, err := m.db.NewRaw(`UPDATE coop.members SET language = ? WHERE cooperative_id = ? AND id = ?`,
		code, actor.Cooperative, actor.Member).Exec(ctx)
	return err
}

func orNotFound(err error) error {
	if errors.Is(err, sql.ErrNoRows) {
		return rule.ErrNotFound
	}
	return err
}

// changed answers rule.ErrMoved when a statement found nothing to change.
func changed(done sql.Result, err error) error {
	if err != nil {
		return err
	}
	if n, err := done.RowsAffected(); err != nil || n == 0 {
		return errors.Join(err, rule.ErrMoved)
	}
	return nil
}
