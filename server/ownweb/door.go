package ownweb

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/uptrace/bun"

	"lien/coop"
	"lien/rule"
	"lien/support/bond"
)

// Door is the resident's side of the door to individual support: they alone open it, and
// close it. It lives in the accounts' pool, so that neither the cooperative nor support
// can do a resident's act.
type Door struct {
	db     bun.IDB
	derive bond.Derive
	now    func() time.Time
}

// NewDoor returns the door behind db, the accounts' pool. Codes are hashed with derive; now
// is the time only while a story is told.
func NewDoor(db bun.IDB, derive bond.Derive, now func() time.Time) *Door {
	return &Door{db: db, derive: derive, now: now}
}

// Owner is the resident, by their account and as the member they are.
type Owner struct {
	Resident uuid.UUID
	Member   coop.Actor
}

// Redeem joins the owner to the person whose referent gave them the code. A code that
// opens nothing is an Invalid, the same for all; after five of them so is every code, for
// a quarter of an hour.
func (d *Door) Redeem(ctx context.Context, o Owner, code string) error {
	if len(code) > 40 {
		return rule.Broken("code", "private.code.refused")
	}
	var answer string
	err := d.within(ctx, func(ctx context.Context, tx bun.Tx) error {
		return tx.NewRaw(`SELECT bond.redeem(?, ?, ?, ?, ?)`,
			uuid.Must(uuid.NewV7()), o.Resident, o.Member.Cooperative, o.Member.Member, d.derive.Hash(code)).Scan(ctx, &answer)
	})
	switch {
	case err != nil:
		return err
	case answer == "later":
		return rule.Broken("code", "private.code.later")
	case answer != "joined":
		return rule.Broken("code", "private.code.refused")
	}
	return nil
}

// Sharing is with whom the owner is joined, and what is open. Referent is empty when they
// are joined with nobody.
type Sharing struct {
	Referent, Organisation string
	Scopes                 []Open
}

// Open is one scope: open or not, since when it shows and until when it lasts.
type Open struct {
	Scope     bond.Scope
	Open      bool
	ShowsFrom time.Time
	GivenAt   time.Time
	LapsesAt  time.Time
}

// Any reports whether something is open.
func (s Sharing) Any() bool {
	for _, o := range s.Scopes {
		if o.Open {
			return true
		}
	}
	return false
}

type mineRow struct {
	Referent, Organisation string
	Scope                  bond.Scope
	Open                   bool
	ShowsFrom              time.Time
	GivenAt                time.Time
	LapsesAt               time.Time
}

// Mine returns the owner's sharing.
func (d *Door) Mine(ctx context.Context, o Owner) (Sharing, error) {
	var rows []mineRow
	err := d.within(ctx, func(ctx context.Context, tx bun.Tx) error {
		return tx.NewRaw(`
			SELECT referent, organisation, scope, open, coalesce(shows_from, '0001-01-01') AS shows_from,
				coalesce(given_at, '0001-01-01 00:00:00Z') AS given_at, coalesce(lapses_at, '0001-01-01 00:00:00Z') AS lapses_at
			FROM bond.mine(?)`, o.Resident).Scan(ctx, &rows)
	})
	var s Sharing
	for _, r := range rows {
		s.Referent, s.Organisation = r.Referent, r.Organisation
		s.Scopes = append(s.Scopes, Open{r.Scope, r.Open, r.ShowsFrom, r.GivenAt, r.LapsesAt})
	}
	return s, err
}

// Renewal is what the owner showed to a former referent, before their case was handed
// over. Former is empty when there is nothing to choose again.
type Renewal struct {
	Former string
	Scopes []bond.Scope
}

// Renewal returns what the owner may choose again for the present referent, until they
// opened something, or closed it all.
func (d *Door) Renewal(ctx context.Context, o Owner) (Renewal, error) {
	var rows []struct {
		Former string
		Scopes []string `bun:",array"`
	}
	err := d.within(ctx, func(ctx context.Context, tx bun.Tx) error {
		return tx.NewRaw(`SELECT former, scopes FROM bond.renewal(?)`, o.Resident).Scan(ctx, &rows)
	})
	if err != nil || len(rows) == 0 {
		return Renewal{}, err
	}
	r := Renewal{Former: rows[0].Former}
	for _, scope := range rows[0].Scopes {
		r.Scopes = append(r.Scopes, bond.Scope(scope))
	}
	return r, nil
}

// Preview returns exactly what the referent would see if every scope were open from the
// given day on; nil when there is nothing. The referent's page is drawn by the same function.
func (d *Door) Preview(ctx context.Context, o Owner, from time.Time) (*bond.Shown, error) {
	var drawn []byte
	err := d.within(ctx, func(ctx context.Context, tx bun.Tx) error {
		return tx.NewRaw(`SELECT bond.preview(?, ?)`, o.Resident, from.Format(time.DateOnly)).Scan(ctx, &drawn)
	})
	if err != nil {
		return nil, err
	}
	return bond.Drawn(drawn)
}

// Agreement is a yes to one scope: how far back it shows, and the text that was read.
type Agreement struct {
	Scope    bond.Scope
	From     time.Time // the day from which it shows
	Text     int       // the version of the words that asked
	Language string
}

// Consent opens one scope to the present referent, for six months. rule.ErrMoved when
// there is nobody to open it to.
func (d *Door) Consent(ctx context.Context, o Owner, a Agreement) error {
	if !known(a.Scope) {
		return rule.ErrNotFound
	}
	var done bool
	err := d.within(ctx, func(ctx context.Context, tx bun.Tx) error {
		return tx.NewRaw(`SELECT bond.consent(?, ?, ?, ?, ?, ?, 'screen')`,
			uuid.Must(uuid.NewV7()), o.Resident, a.Scope, a.From.Format(time.DateOnly), a.Text, a.Language).Scan(ctx, &done)
	})
	if err == nil && !done {
		return rule.ErrMoved
	}
	return err
}

// Withdraw closes one scope at once. It always succeeds: closing needs no reason.
func (d *Door) Withdraw(ctx context.Context, o Owner, scope bond.Scope) error {
	if !known(scope) {
		return rule.ErrNotFound
	}
	return d.does(ctx, `SELECT bond.withdraw(?, ?)`, o.Resident, scope)
}

// WithdrawAll closes everything at once.
func (d *Door) WithdrawAll(ctx context.Context, o Owner) error {
	return d.does(ctx, `SELECT bond.withdraw(?, NULL)`, o.Resident)
}

func known(scope bond.Scope) bool {
	for _, s := range bond.Scopes() {
		if s == scope {
			return true
		}
	}
	return false
}

func (d *Door) does(ctx context.Context, query string, args ...any) error {
	return d.within(ctx, func(ctx context.Context, tx bun.Tx) error {
		_, err := tx.NewRaw(query, args...).Exec(ctx)
		return err
	})
}

func (d *Door) within(ctx context.Context, f func(context.Context, bun.Tx) error) error {
	return d.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		if err := bond.Told(ctx, tx, d.now()); err != nil {
			return err
		}
		return f(ctx, tx)
	})
}
