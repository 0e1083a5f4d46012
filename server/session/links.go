package session

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/uptrace/bun"

	"lien/coop"
	"lien/coop/membership"
	"lien/rule"
)

// linkLasts is how long a link to a new device opens (OWASP ASVS 6.5.5), and firstLasts
// how long a professional has for their first sign-in.
const (
	linkLasts  = 10 * time.Minute
	firstLasts = 48 * time.Hour
)

// Opens is what a link is good for.
type Opens string

// What links open.
const (
	ADevice  Opens = "device"  // a new device of a resident
	AFirst   Opens = "first"   // a professional's first sign-in: password and second factor
	ASession Opens = "session" // a professional's session at once: a demonstration's only
)

// Link is a link that still opens something.
type Link struct {
	ID     uuid.UUID
	Opens  Opens
	HasPIN bool // the PIN was chosen beforehand
	// A professional's name and address, for their own eyes.
	Name, Email string
}

// Links are one-use links. Looking at one changes nothing; following it uses it up.
type Links struct {
	db      bun.IDB
	members *membership.Members
	hasher  *Hasher
	now     func() time.Time
}

// NewLinks returns the links kept in db, the accounts' pool; now tells the time.
func NewLinks(db bun.IDB, members *membership.Members, hasher *Hasher, now func() time.Time) *Links {
	return &Links{db: db, members: members, hasher: hasher, now: now}
}

// Second makes a link by which the actor opens lien on another device of theirs, within
// ten minutes. It returns its path; an earlier one that was not followed opens nothing
// any more. The new device has a PIN of its own, so this one's is asked first: who only
// picks up an open phone gets rule.ErrForbidden (OWASP ASVS 7.5.1).
func (l *Links) Second(ctx context.Context, actor Actor) (path string, err error) {
	err = l.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		var asked bool
		err := tx.NewRaw(`
			SELECT EXISTS (SELECT FROM account.sessions WHERE id = ? AND resident_id = ? AND ended_at IS NULL AND private_until > ?)`,
			actor.Session, actor.Account, l.now()).Scan(ctx, &asked)
		if err != nil {
			return err
		}
		if !asked {
			return rule.ErrForbidden
		}
		path, err = l.toDevice(ctx, tx, actor.Account, nil, linkLasts)
		return err
	})
	return path, err
}

// Lost makes a link for a member who lost their device, at the desk: the facilitator
// has the person before them and says so in why, which the member can read later. Every
// former device of the member ends, and so does whatever their private area showed to
// somebody: the desk cannot be the way into it.
func (l *Links) Lost(ctx context.Context, by coop.Actor, member coop.MemberID, why string) (path string, err error) {
	if err := l.members.Witness(ctx, by, member, why); err != nil {
		return "", err
	}
	err = l.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		now := l.now()
		account, err := resident(ctx, tx, by.Cooperative, member, now)
		if err != nil {
			return err
		}
		if err := endAll(ctx, tx, account, now); err != nil {
			return err
		}
		if _, err := tx.NewRaw(`SELECT bond.set_aside(?)`, account).Exec(ctx); err != nil {
			return err
		}
		path, err = l.toDevice(ctx, tx, account, nil, linkLasts)
		return err
	})
	return path, err
}

// First makes the link by which the first facilitator of a cooperative comes in and
// chooses a PIN. It is for whoever founds a cooperative; no page calls it.
func (l *Links) First(ctx context.Context, member coop.Actor, lasting time.Duration) (path string, err error) {
	if _, err := l.members.Of(ctx, member.Cooperative, member.Member); err != nil {
		return "", err
	}
	err = l.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		account, err := resident(ctx, tx, member.Cooperative, member.Member, l.now())
		if err != nil {
			return err
		}
		path, err = l.toDevice(ctx, tx, account, nil, lasting)
		return err
	})
	return path, err
}

// ForResident makes a link that opens a device of the member with the given PIN at
// once. It is for a demonstration; no page calls it.
func (l *Links) ForResident(ctx context.Context, member coop.Actor, pin string, lasting time.Duration) (path string, err error) {
	if _, err := l.members.Of(ctx, member.Cooperative, member.Member); err != nil {
		return "", err
	}
	hash, err := choose(ctx, l.hasher, pin, pin)
	if err != nil {
		return "", err
	}
	err = l.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		account, err := resident(ctx, tx, member.Cooperative, member.Member, l.now())
		if err != nil {
			return err
		}
		path, err = l.toDevice(ctx, tx, account, &hash, lasting)
		return err
	})
	return path, err
}

// ForProfessional makes a link that begins the professional's session at once. It is
// for a demonstration, since it passes by the second factor; no page calls it.
func (l *Links) ForProfessional(ctx context.Context, professional uuid.UUID, lasting time.Duration) (path string, err error) {
	err = l.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		path, err = toProfessional(ctx, tx, professional, ASession, lasting, l.now())
		return err
	})
	return path, err
}

func (l *Links) toDevice(ctx context.Context, tx bun.Tx, resident uuid.UUID, pinHash *string, lasting time.Duration) (string, error) {
	secret, now := newToken(), l.now()
	_, err := tx.NewRaw(`
		UPDATE account.links SET used_at = ? WHERE resident_id = ? AND pin_hash IS NULL AND used_at IS NULL`, now, resident).Exec(ctx)
	if err != nil {
		return "", err
	}
	_, err = tx.NewRaw(`
		INSERT INTO account.links (id, token_hash, opens, resident_id, pin_hash, created_at, expires_at)
		VALUES (?, ?, ?, ?, ?, ?, ?)`,
		uuid.Must(uuid.NewV7()), secret.hash, ADevice, resident, pinHash, now, now.Add(lasting)).Exec(ctx)
	return "/sign-in/" + secret.text, err
}

func toProfessional(ctx context.Context, tx bun.Tx, professional uuid.UUID, opens Opens, lasting time.Duration, now time.Time) (string, error) {
	secret := newToken()
	_, err := tx.NewRaw(`
		UPDATE account.links SET used_at = ? WHERE professional_id = ? AND used_at IS NULL`, now, professional).Exec(ctx)
	if err != nil {
		return "", err
	}
	_, err = tx.NewRaw(`
		INSERT INTO account.links (id, token_hash, opens, professional_id, created_at, expires_at)
		VALUES (?, ?, ?, ?, ?, ?)`,
		uuid.Must(uuid.NewV7()), secret.hash, opens, professional, now, now.Add(lasting)).Exec(ctx)
	door := "/pro/sign-in/"
	if opens == AFirst {
		door = "/pro/first/"
	}
	return door + secret.text, err
}

// Look returns what a link of this kind would open, or rule.ErrNotFound: unknown, used
// and expired ones are the same.
func (l *Links) Look(ctx context.Context, opens Opens, token string) (Link, error) {
	var found Link
	err := l.db.NewRaw(`
		SELECT k.id, k.opens, k.pin_hash IS NOT NULL AS has_pin,
		       coalesce(p.name, '') AS name, coalesce(p.email, '') AS email
		FROM account.links AS k
		LEFT JOIN account.professionals AS p ON p.id = k.professional_id
		WHERE k.token_hash = ? AND k.opens = ? AND k.used_at IS NULL AND k.expires_at > ?
		  AND p.ended_at IS NULL`, hashOf(token), opens, l.now()).Scan(ctx, &found)
	return found, orNotFound(err)
}

// used is a link that has just been used up.
type used struct {
	ID             uuid.UUID
	ResidentID     uuid.UUID
	ProfessionalID uuid.UUID
	PinHash        string
}

// use uses a link up; of two at once, one gets rule.ErrNotFound.
func use(ctx context.Context, tx bun.Tx, opens Opens, token string, now time.Time) (used, error) {
	var row used
	err := tx.NewRaw(`
		UPDATE account.links SET used_at = ?
		WHERE token_hash = ? AND opens = ? AND used_at IS NULL AND expires_at > ?
		RETURNING id, coalesce(resident_id, id) AS resident_id, coalesce(professional_id, id) AS professional_id,
		          coalesce(pin_hash, '') AS pin_hash`, now, hashOf(token), opens, now).Scan(ctx, &row)
	return row, orNotFound(err)
}

// Enrol follows a link to a new device. The PIN is the one chosen beforehand, or else
// pin and again, the two fields.
func (l *Links) Enrol(ctx context.Context, token, pin, again, device string) (Enrolled, error) {
	link, err := l.Look(ctx, ADevice, token)
	if err != nil {
		return Enrolled{}, err
	}
	hash := ""
	if !link.HasPIN {
		if hash, err = choose(ctx, l.hasher, pin, again); err != nil {
			return Enrolled{}, err
		}
	}
	var made Enrolled
	err = l.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		now := l.now()
		row, err := use(ctx, tx, ADevice, token, now)
		if err != nil {
			return err
		}
		if row.PinHash != "" {
			hash = row.PinHash
		}
		made, err = enrol(ctx, tx, enrolment{id: row.ID, resident: row.ResidentID, pinHash: hash, name: device}, now)
		return err
	})
	return made, err
}

// Enter follows a demonstration's link to a professional's session.
func (l *Links) Enter(ctx context.Context, token string) (Opened, error) {
	var opened Opened
	err := l.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		row, err := use(ctx, tx, ASession, token, l.now())
		if err != nil {
			return err
		}
		opened, err = begin(ctx, tx, Professional, row.ProfessionalID, uuid.UUID{}, l.now())
		return err
	})
	return opened, err
}
