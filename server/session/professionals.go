package session

import (
	"context"
	"net/mail"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/uptrace/bun"

	"lien/database"
	"lien/rule"
	"lien/seal"
	"lien/support"
)

// Account is a professional, somebody who comes in by the other entrance.
type Account struct {
	ID       uuid.UUID // also the worker's in individual support
	Email    string
	Name     string
	Function support.Function
	Language string
	Ready    bool // has signed in for the first time
	EndedAt  time.Time
}

// Professionals are the accounts of professionals. An administrator keeps them, and
// knows nobody's password.
type Professionals struct {
	db     bun.IDB
	hasher *Hasher
	sealer *seal.Sealer
	now    func() time.Time
}

// NewProfessionals returns the accounts kept in db, the accounts' pool. Second factors
// are sealed with sealer; now tells the time.
func NewProfessionals(db bun.IDB, hasher *Hasher, sealer *seal.Sealer, now func() time.Time) *Professionals {
	return &Professionals{db: db, hasher: hasher, sealer: sealer, now: now}
}

// Found makes the very first account, an administrator's, and the path of its first
// sign-in. Once there is any account it answers rule.ErrMoved.
func (p *Professionals) Found(ctx context.Context, who Account) (id uuid.UUID, path string, err error) {
	who.Function = support.Administrator
	err = p.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		if _, err := tx.NewRaw(`SELECT pg_advisory_xact_lock(hashtext('account.professionals'))`).Exec(ctx); err != nil {
			return err
		}
		var any bool
		if err := tx.NewRaw(`SELECT EXISTS (SELECT FROM account.professionals)`).Scan(ctx, &any); err != nil {
			return err
		}
		if any {
			return rule.ErrMoved
		}
		id, path, err = p.add(ctx, tx, who)
		return err
	})
	return id, path, err
}

// Create makes an account and the path of its first sign-in, where the professional
// chooses a password and a second factor within 48 hours. Administrators only.
func (p *Professionals) Create(ctx context.Context, by Actor, who Account) (id uuid.UUID, path string, err error) {
	err = p.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		if err := administers(ctx, tx, by); err != nil {
			return err
		}
		id, path, err = p.add(ctx, tx, who)
		return err
	})
	if database.Broken(err) == "an_email_signs_one_person_in" {
		err = rule.Broken("email", "signin.email.taken")
	}
	return id, path, err
}

func (p *Professionals) add(ctx context.Context, tx bun.Tx, who Account) (uuid.UUID, string, error) {
	who, err := who.tidy()
	if err != nil {
		return uuid.UUID{}, "", err
	}
	id, now := uuid.Must(uuid.NewV7()), p.now()
	_, err = tx.NewRaw(`
		INSERT INTO account.professionals (id, email, name, function, language, totp_step, tries, open_after, created_at)
		VALUES (?, ?, ?, ?, ?, 0, 0, ?, ?)`,
		id, who.Email, who.Name, who.Function, who.Language, now, now).Exec(ctx)
	if err != nil {
		return id, "", err
	}
	path, err := toProfessional(ctx, tx, id, AFirst, firstLasts, now)
	return id, path, err
}

func (p Account) tidy() (Account, error) {
	var err error
	if p.Name, err = rule.Line("name", p.Name, 2, 80); err != nil {
		return p, err
	}
	if p.Email, err = address(p.Email); err != nil {
		return p, err
	}
	switch p.Function {
	case support.Caseworker, support.Coordinator, support.Administrator:
	default:
		return p, rule.Broken("function", "rule.choose")
	}
	return p, spoken(p.Language)
}

// address checks an e-mail address and writes it the one way it is compared.
func address(text string) (string, error) {
	text, err := rule.Line("email", text, 3, 254)
	if err != nil {
		return "", err
	}
	text = strings.ToLower(text)
	parsed, err := mail.ParseAddress(text)
	if err != nil || parsed.Address != text {
		return "", rule.Broken("email", "signin.email.odd")
	}
	return text, nil
}

// Speak changes the language in which the professional reads.
func (p *Professionals) Speak(ctx context.Context, actor Actor, language string) error {
	if err := spoken(language); err != nil {
		return err
	}
	_, err := p.db.NewRaw(`UPDATE account.professionals SET language = ? WHERE id = ?`, language, actor.Account).Exec(ctx)
	return err
}

// Renew gives a professional who lost their password or second factor a new first
// sign-in, and ends every session of theirs. Administrators only, never for themselves.
func (p *Professionals) Renew(ctx context.Context, by Actor, id uuid.UUID) (path string, err error) {
	err = p.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		if err := p.stop(ctx, tx, by, id, `password_hash = NULL, totp_sealed = NULL`); err != nil {
			return err
		}
		path, err = toProfessional(ctx, tx, id, AFirst, firstLasts, p.now())
		return err
	})
	return path, err
}

// End ends a professional's account and every session of it. Administrators only, never
// for themselves.
func (p *Professionals) End(ctx context.Context, by Actor, id uuid.UUID) error {
	return p.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		return p.stop(ctx, tx, by, id, `ended_at = ?`, p.now())
	})
}

func (p *Professionals) stop(ctx context.Context, tx bun.Tx, by Actor, id uuid.UUID, change string, values ...any) error {
	if err := administers(ctx, tx, by); err != nil {
		return err
	}
	if id == by.Account {
		return rule.ErrForbidden
	}
	done, err := tx.NewRaw(`UPDATE account.professionals SET `+change+` WHERE id = ? AND ended_at IS NULL`,
		append(values, id)...).Exec(ctx)
	if err != nil {
		return err
	}
	if n, err := done.RowsAffected(); err != nil || n == 0 {
		return rule.ErrNotFound
	}
	now := p.now()
	_, err = tx.NewRaw(`UPDATE account.sessions SET ended_at = ? WHERE professional_id = ? AND ended_at IS NULL`, now, id).Exec(ctx)
	if err != nil {
		return err
	}
	_, err = tx.NewRaw(`UPDATE account.links SET used_at = ? WHERE professional_id = ? AND used_at IS NULL`, now, id).Exec(ctx)
	return err
}

// List returns the accounts that have not ended, by address, a hundred at a time; after
// is the last address of the page already read, or "". Administrators only.
func (p *Professionals) List(ctx context.Context, by Actor, after string) ([]Account, error) {
	if err := administers(ctx, p.db, by); err != nil {
		return nil, err
	}
	var list []Account
	err := p.db.NewRaw(`
		SELECT id, email, name, function, language, password_hash IS NOT NULL AS ready
		FROM account.professionals
		WHERE ended_at IS NULL AND email > ?
		ORDER BY email LIMIT 100`, after).Scan(ctx, &list)
	return list, err
}

func administers(ctx context.Context, db bun.IDB, by Actor) error {
	var yes bool
	err := db.NewRaw(`
		SELECT EXISTS (SELECT FROM account.professionals WHERE id = ? AND function = 'administrator' AND ended_at IS NULL)`,
		by.Account).Scan(ctx, &yes)
	if err == nil && !yes {
		return rule.ErrForbidden
	}
	return err
}
