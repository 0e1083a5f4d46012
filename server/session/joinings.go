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

// joiningLasts is how long somebody may take from the invitation to the charter, and
// joiningLingers how long the last step can be asked for again when its answer was lost.
const (
	joiningLasts   = 24 * time.Hour
	joiningLingers = 10 * time.Minute
)

// Joining is a person on their way in. Its ID becomes the member's.
type Joining struct {
	ID          coop.MemberID
	Cooperative coop.CooperativeID
	Invitation  coop.InvitationID
	Language    string
	Name        string
	HasPIN      bool
	ExpiresAt   time.Time
}

// Joinings are the people on their way in, each known by a cookie.
type Joinings struct {
	db     bun.IDB
	hasher *Hasher
	now    func() time.Time
}

// NewJoinings returns the joinings kept in db, the accounts' pool; now tells the time.
func NewJoinings(db bun.IDB, hasher *Hasher, now func() time.Time) *Joinings {
	return &Joinings{db: db, hasher: hasher, now: now}
}

// Start begins a joining with a language and returns its token. Who is a member already
// begins as themselves; of two devices that read the same paper the later one goes on. It
// also clears away what others never finished.
func (j *Joinings) Start(ctx context.Context, to membership.Welcome, language string) (token string, expires time.Time, err error) {
	if err := spoken(language); err != nil {
		return "", time.Time{}, err
	}
	secret, now := newToken(), j.now()
	expires = now.Add(joiningLasts)
	who := to.Member
	if (who == coop.MemberID{}) {
		who = rule.NewID[coop.MemberID]()
	}
	err = j.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		if _, err := tx.NewRaw(`DELETE FROM account.joinings WHERE expires_at < ?`, now).Exec(ctx); err != nil {
			return err
		}
		_, err := tx.NewRaw(`
			INSERT INTO account.joinings (id, token_hash, cooperative_id, invitation_id, language, name, created_at, expires_at)
			VALUES (?, ?, ?, ?, ?, nullif(?, ''), ?, ?)
			ON CONFLICT (id) DO UPDATE SET token_hash = excluded.token_hash, invitation_id = excluded.invitation_id,
			  language = excluded.language, pin_hash = NULL, created_at = excluded.created_at, expires_at = excluded.expires_at`,
			who, secret.hash, to.Cooperative, to.Invitation, language, to.Called, now, expires).Exec(ctx)
		return err
	})
	return secret.text, expires, err
}

func spoken(language string) error {
	for _, known := range membership.Languages() {
		if language == known {
			return nil
		}
	}
	return rule.Broken("language", "rule.choose")
}

// Find returns the joining that the token is for, or rule.ErrNotFound.
func (j *Joinings) Find(ctx context.Context, token string) (Joining, error) {
	var found Joining
	err := j.db.NewRaw(`
		SELECT id, cooperative_id AS cooperative, invitation_id AS invitation, language,
		       coalesce(name, '') AS name, pin_hash IS NOT NULL AS has_pin, expires_at
		FROM account.joinings WHERE token_hash = ? AND expires_at > ?`, hashOf(token), j.now()).Scan(ctx, &found)
	return found, orNotFound(err)
}

// Call keeps the name that the person wants to go by; a pseudonym is a name.
func (j *Joinings) Call(ctx context.Context, token, name string) error {
	name, err := membership.Name(name)
	if err != nil {
		return err
	}
	return j.set(ctx, token, "name", name)
}

// ChoosePIN keeps the PIN of the device at the screen; again is the second field.
func (j *Joinings) ChoosePIN(ctx context.Context, token, pin, again string) error {
	hash, err := choose(ctx, j.hasher, pin, again)
	if err != nil {
		return err
	}
	return j.set(ctx, token, "pin_hash", hash)
}

// choose checks a new PIN typed twice and returns what is stored of it.
func choose(ctx context.Context, hasher *Hasher, pin, again string) (string, error) {
	if err := checkPIN(pin); err != nil {
		return "", err
	}
	if pin != again {
		return "", rule.Broken("again", "open.pin.differs")
	}
	return hasher.hash(ctx, pin)
}

func (j *Joinings) set(ctx context.Context, token, column, value string) error {
	done, err := j.db.NewRaw(`UPDATE account.joinings SET ? = ? WHERE token_hash = ? AND expires_at > ?`,
		bun.Ident(column), value, hashOf(token), j.now()).Exec(ctx)
	if err != nil {
		return err
	}
	if n, err := done.RowsAffected(); err != nil || n == 0 {
		return rule.ErrNotFound
	}
	return nil
}

// Finish gives the member, whom membership has just made of this joining, an account, a
// device and a session. Asked again within ten minutes, because the answer was lost, it
// gives the same device a new token.
func (j *Joinings) Finish(ctx context.Context, token string, member coop.MemberID, device string) (Enrolled, error) {
	var made Enrolled
	err := j.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		var row struct {
			CooperativeID coop.CooperativeID
			PinHash       string
		}
		now := j.now()
		err := tx.NewRaw(`
			UPDATE account.joinings SET expires_at = least(expires_at, ?)
			WHERE token_hash = ? AND id = ? AND expires_at > ? AND pin_hash IS NOT NULL
			RETURNING cooperative_id, pin_hash`,
			now.Add(joiningLingers), hashOf(token), member, now).Scan(ctx, &row)
		if err != nil {
			return orNotFound(err)
		}
		account, err := resident(ctx, tx, row.CooperativeID, member, now)
		if err != nil {
			return err
		}
		made, err = enrol(ctx, tx, enrolment{id: uuid.NewSHA1(member.UUID, hashOf(token)), resident: account, pinHash: row.PinHash, name: device}, now)
		return err
	})
	return made, err
}
