package session

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/uptrace/bun"
	"golang.org/x/text/unicode/norm"

	"lien/rule"
	"lien/seal"
)

// errSignIn is the one answer to a sign-in that fails: unknown address, wrong password,
// wrong or used code.
func errSignIn() error { return rule.Broken("password", "signin.wrong") }

// SignIn begins a professional's session with password and second factor. Whatever is
// wrong, the answer and its time are the same. Guesses at the password are slowed down
// by whoever calls (Throttle), so that nobody can shut a colleague out; guesses at the
// code are counted here, since they need the password.
func (p *Professionals) SignIn(ctx context.Context, email, password, code string) (Opened, error) {
	email, err := address(email)
	if err != nil {
		return Opened{}, err
	}
	var row struct {
		ID           uuid.UUID
		PasswordHash string
	}
	err = p.db.NewRaw(`
		SELECT id, coalesce(password_hash, '') AS password_hash
		FROM account.professionals WHERE email = ? AND ended_at IS NULL`, email).Scan(ctx, &row)
	if err = orNotFound(err); err != nil && err != rule.ErrNotFound {
		return Opened{}, err
	}
	fits, err := p.hasher.fits(ctx, norm.NFC.String(password), row.PasswordHash)
	if err != nil {
		return Opened{}, err
	}
	if !fits {
		return Opened{}, errSignIn()
	}
	return p.second(ctx, row.ID, code)
}

// second checks the code under the account's lock: each step counts once, and five
// wrong ones in a row make the next ones wait. The count is kept although it fails.
func (p *Professionals) second(ctx context.Context, id uuid.UUID, code string) (opened Opened, err error) {
	fits := false
	err = p.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		var row struct {
			TotpSealed []byte
			TotpStep   int64
			Tries      int
			OpenAfter  time.Time
		}
		now := p.now()
		err := tx.NewRaw(`
			SELECT totp_sealed, totp_step, tries, open_after
			FROM account.professionals WHERE id = ? AND ended_at IS NULL FOR UPDATE`, id).Scan(ctx, &row)
		if err != nil {
			return orNotFound(err)
		}
		if now.Before(row.OpenAfter) {
			return nil
		}
		secret, err := p.sealer.Open(row.TotpSealed, place(id))
		if err != nil {
			return err
		}
		at, ok := stepOf(code, secret, now)
		if fits = ok && at > row.TotpStep; !fits {
			return p.miss(ctx, tx, id, row.Tries+1)
		}
		_, err = tx.NewRaw(`UPDATE account.professionals SET totp_step = ?, tries = 0 WHERE id = ?`, at, id).Exec(ctx)
		if err != nil {
			return err
		}
		opened, err = begin(ctx, tx, Professional, id, uuid.UUID{}, now)
		return err
	})
	if err == nil && !fits {
		err = errSignIn()
	}
	return opened, err
}

func (p *Professionals) miss(ctx context.Context, tx bun.Tx, id uuid.UUID, tries int) error {
	_, err := tx.NewRaw(`UPDATE account.professionals SET tries = ?, open_after = ? WHERE id = ?`,
		tries, p.now().Add(delay(tries)), id).Exec(ctx)
	return err
}

// place is where a second factor is sealed.
func place(id uuid.UUID) string {
	return seal.Place("account.professionals", "totp_sealed", id.String())
}

// SecondFactor returns what the holder of a first link puts into their authenticator.
// It is derived from the link, so that showing the page twice shows the same.
func (p *Professionals) SecondFactor(link Link) SecondFactor {
	return secondFactor(p.secret(link.ID), link.Email)
}

func (p *Professionals) secret(link uuid.UUID) []byte {
	return p.sealer.Derive("second factor", link[:])[:20]
}

// First follows a first link: it sets the password, proves that the authenticator works,
// and begins a session.
func (p *Professionals) First(ctx context.Context, link Link, token, password, again, code string) (Opened, error) {
	password, err := checkPassword(password, again, link.Email)
	if err != nil {
		return Opened{}, err
	}
	at, ok := stepOf(code, p.secret(link.ID), p.now())
	if !ok {
		return Opened{}, rule.Broken("code", "signin.code.wrong")
	}
	hash, err := p.hasher.hash(ctx, password)
	if err != nil {
		return Opened{}, err
	}
	var opened Opened
	err = p.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		now := p.now()
		row, err := use(ctx, tx, AFirst, token, now)
		if err != nil {
			return err
		}
		if row.ID != link.ID {
			return rule.ErrNotFound
		}
		sealed, err := p.sealer.Seal(p.secret(row.ID), place(row.ProfessionalID))
		if err != nil {
			return err
		}
		_, err = tx.NewRaw(`
			UPDATE account.professionals SET password_hash = ?, totp_sealed = ?, totp_step = ?, tries = 0, open_after = ?
			WHERE id = ? AND ended_at IS NULL`, hash, sealed, at, now, row.ProfessionalID).Exec(ctx)
		if err != nil {
			return err
		}
		opened, err = begin(ctx, tx, Professional, row.ProfessionalID, uuid.UUID{}, now)
		return err
	})
	return opened, err
}
