package session

import (
	"context"
	"database/sql"
	"errors"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"
	"github.com/uptrace/bun"

	"lien/coop"
	"lien/coop/membership"
	"lien/rule"
	"lien/support"
)

// Sessions are who is signed in, and where.
type Sessions struct {
	db      bun.IDB
	members *membership.Members
	cookies Cookies
	now     func() time.Time
}

// NewSessions returns the sessions kept in db, the accounts' pool; members tells what a
// resident is in their cooperative.
func NewSessions(db bun.IDB, members *membership.Members, cookies Cookies, now func() time.Time) *Sessions {
	return &Sessions{db: db, members: members, cookies: cookies, now: now}
}

// Middleware finds out who makes the request and remembers the Actor. The two entrances
// have separate cookies: under /pro only a professional's counts, elsewhere only a
// resident's. A token that opens nothing makes the request anonymous, and a page drops it.
func (s *Sessions) Middleware(c *fiber.Ctx) error {
	kind := entrance(c.Path())
	text := s.cookies.Session(c, kind)
	if text == "" {
		return c.Next()
	}
	ctx := c.UserContext()
	if c.Get("X-Watching") != "" {
		ctx = context.WithValue(ctx, watchingKey{}, true)
	}
	actor, err := s.Find(ctx, kind, text)
	switch {
	case errors.Is(err, rule.ErrNotFound):
		// What a page asks by itself may still carry the token of a moment ago, when the PIN has
		// just changed it: its late answer must not take the new one away.
		if asks := c.Get("Sec-Fetch-Dest"); asks == "" || asks == "document" {
			s.cookies.ForgetSession(c, kind)
		}
	case err != nil:
		return err
	default:
		Remember(c, actor)
	}
	return c.Next()
}

// watchingKey marks the request of a page that asks by itself: it is nobody's presence, and
// does not keep a session from going idle.
type watchingKey struct{}

func entrance(path string) Kind {
	if path == "/pro" || strings.HasPrefix(path, "/pro/") {
		return Professional
	}
	return Resident
}

// Find returns who holds the token of a session of kind, and rule.ErrNotFound when
// nobody does: unknown, ended, idle for too long, or of an account that has ended.
func (s *Sessions) Find(ctx context.Context, kind Kind, token string) (Actor, error) {
	if kind == Professional {
		return s.findProfessional(ctx, token)
	}
	return s.findResident(ctx, token)
}

// OfResident returns the resident who holds the token, like Find, for a request of which
// only the head has come.
func (s *Sessions) OfResident(ctx context.Context, token string) (Actor, error) {
	return s.findResident(ctx, token)
}

type sessionRow struct {
	ID           uuid.UUID
	Account      uuid.UUID
	Device       uuid.UUID
	EndsAt       time.Time
	SeenAt       time.Time
	PrivateUntil time.Time
	Tablet       bool
	TabletUntil  time.Time
	With         coop.MemberID
	Cooperative  coop.CooperativeID
	Member       coop.MemberID
	Name         string
	Language     string
	Function     support.Function
}

func (s *Sessions) findResident(ctx context.Context, token string) (Actor, error) {
	var row sessionRow
	now := s.now()
	err := s.db.NewRaw(`
		SELECT s.id, r.id AS account, s.device_id AS device, s.ends_at, s.seen_at,
		       coalesce(s.private_until, s.created_at) AS private_until, s.with_member_id AS "with",
		       s.tablet_until IS NOT NULL AS tablet, coalesce(s.tablet_until, s.created_at) AS tablet_until,
		       r.cooperative_id AS cooperative, r.member_id AS member
		FROM account.sessions AS s
		JOIN account.residents AS r ON r.id = s.resident_id
		JOIN account.devices AS d ON d.id = s.device_id
		WHERE s.token_hash = ? AND s.ended_at IS NULL AND s.ends_at > ? AND s.seen_at > ?
		  AND r.ended_at IS NULL AND d.ended_at IS NULL`,
		hashOf(token), now, now.Add(-residentIdle)).Scan(ctx, &row)
	if err != nil {
		return Actor{}, orNotFound(err)
	}
	member, err := s.members.Of(ctx, row.Cooperative, row.Member)
	if err != nil {
		return Actor{}, err
	}
	if member.State == membership.Left {
		return Actor{}, rule.ErrNotFound
	}
	actor := Actor{
		Kind: Resident, Account: row.Account, Session: row.ID, Device: row.Device, Ends: row.EndsAt,
		Name: member.Name, Lang: member.Language, House: member.House,
		Cooperative: row.Cooperative, Member: row.Member, PrivateUntil: row.PrivateUntil,
		Active: member.State.MayAct(), Facilitator: member.Facilitator && member.State.MayAct(), Charter: member.Charter,
		Tablet: row.Tablet, TabletUntil: row.TabletUntil,
	}
	if err := s.beside(ctx, &actor, row.With); err != nil {
		return Actor{}, err
	}
	return actor, s.touch(ctx, row)
}

func (s *Sessions) findProfessional(ctx context.Context, token string) (Actor, error) {
	var row sessionRow
	now := s.now()
	err := s.db.NewRaw(`
		SELECT s.id, p.id AS account, s.ends_at, s.seen_at, p.name, p.language, p.function
		FROM account.sessions AS s
		JOIN account.professionals AS p ON p.id = s.professional_id
		WHERE s.token_hash = ? AND s.ended_at IS NULL AND s.ends_at > ? AND s.seen_at > ?
		  AND p.ended_at IS NULL`,
		hashOf(token), now, now.Add(-professionalIdle)).Scan(ctx, &row)
	if err != nil {
		return Actor{}, orNotFound(err)
	}
	return Actor{
		Kind: Professional, Account: row.Account, Session: row.ID, Ends: row.EndsAt,
		Name: row.Name, Lang: row.Language,
		Worker: support.WorkerID{UUID: row.Account}, Function: row.Function,
	}, s.touch(ctx, row)
}

// touch keeps the session from going idle, at most once a minute.
func (s *Sessions) touch(ctx context.Context, row sessionRow) error {
	now := s.now()
	if now.Sub(row.SeenAt) < touchAfter || ctx.Value(watchingKey{}) != nil {
		return nil
	}
	_, err := s.db.NewRaw(`
		WITH seen AS (
		  UPDATE account.sessions SET seen_at = ? WHERE id = ? AND ended_at IS NULL AND seen_at < ? RETURNING device_id
		)
		UPDATE account.devices AS d SET seen_at = ? FROM seen WHERE d.id = seen.device_id`,
		now, row.ID, now, now).Exec(ctx)
	return err
}

// SignOut ends the actor's session here and now.
func (s *Sessions) SignOut(ctx context.Context, actor Actor) error {
	_, err := s.db.NewRaw(`UPDATE account.sessions SET ended_at = ? WHERE id = ? AND ended_at IS NULL`,
		s.now(), actor.Session).Exec(ctx)
	return err
}

// Ended returns the sessions that were ended after since, so that their open sockets
// can be closed. The list is bounded: sockets look again by themselves as well.
func (s *Sessions) Ended(ctx context.Context, since time.Time) ([]uuid.UUID, error) {
	var ended []uuid.UUID
	err := s.db.NewRaw(`
		SELECT id FROM account.sessions
		WHERE ended_at IS NOT NULL AND ended_at > ?
		ORDER BY ended_at DESC, id LIMIT 10000`, since).Scan(ctx, &ended)
	return ended, err
}

// begin opens a session inside the caller's transaction. A resident's device has one
// session at a time: the former one ends, so that the new one has a new id and token
// (OWASP ASVS 7.2.4).
func begin(ctx context.Context, tx bun.Tx, kind Kind, account, device uuid.UUID, now time.Time) (Opened, error) {
	_, lasts := kind.lasts()
	secret, ends := newToken(), now.Add(lasts)
	if kind == Professional {
		_, err := tx.NewRaw(`
			INSERT INTO account.sessions (id, token_hash, professional_id, created_at, seen_at, ends_at)
			VALUES (?, ?, ?, ?, ?, ?)`,
			uuid.Must(uuid.NewV7()), secret.hash, account, now, now, ends).Exec(ctx)
		return Opened{Token: secret.text, Ends: ends}, err
	}
	if err := endOfDevice(ctx, tx, device, now); err != nil {
		return Opened{}, err
	}
	_, err := tx.NewRaw(`
		INSERT INTO account.sessions (id, token_hash, resident_id, device_id, created_at, seen_at, ends_at)
		VALUES (?, ?, ?, ?, ?, ?, ?)`,
		uuid.Must(uuid.NewV7()), secret.hash, account, device, now, now, ends).Exec(ctx)
	return Opened{Token: secret.text, Ends: ends}, err
}

func endOfDevice(ctx context.Context, tx bun.Tx, device uuid.UUID, now time.Time) error {
	_, err := tx.NewRaw(`UPDATE account.sessions SET ended_at = ? WHERE device_id = ? AND ended_at IS NULL`,
		now, device).Exec(ctx)
	return err
}

func orNotFound(err error) error {
	if errors.Is(err, sql.ErrNoRows) {
		return rule.ErrNotFound
	}
	return err
}
