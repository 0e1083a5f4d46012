package passport

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/base64"
	"encoding/json"
	"errors"
	"time"

	"github.com/google/uuid"
	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect/pgdialect"

	"lien/coop"
	"lien/rule"
)

// Derive makes bytes that only this house can make again from a label and an id: a keyed
// hash whose key is kept outside the database.
type Derive func(label string, id []byte) []byte

// token derives the secret of a passport's address from its id: 256 bits, written nowhere
// but in the square.
func (d Derive) token(id coop.PassportID) string {
	return base64.RawURLEncoding.EncodeToString(d("passport", id.UUID[:]))
}

// hash is what the database knows of a token.
func hash(token string) []byte {
	sum := sha256.Sum256([]byte(token))
	return sum[:]
}

// Passports are what members show of themselves.
type Passports struct {
	db     bun.IDB
	derive Derive
	now    func() time.Time
}

// NewPassports returns the passports kept in db. Their tokens come from derive; now tells
// the time.
func NewPassports(db bun.IDB, derive Derive, now func() time.Time) *Passports {
	return &Passports{db: db, derive: derive, now: now}
}

// Facts returns what the actor could put on their passport. Whoever has left has none:
// rule.ErrNotFound.
func (p *Passports) Facts(ctx context.Context, actor coop.Actor) (Facts, error) {
	return facts(ctx, p.db, actor, p.now())
}

func facts(ctx context.Context, db bun.IDB, actor coop.Actor, now time.Time) (f Facts, err error) {
	err = db.NewRaw(`SELECT m.name, c.name AS house, m.joined_at AS since, m.speaks AS languages,
  (SELECT count(*) FROM coop.attendances AS t
   JOIN coop.events AS e ON e.cooperative_id = t.cooperative_id AND e.id = t.event_id AND e.state = 'on'
   WHERE t.cooperative_id = m.cooperative_id AND t.member_id = m.id AND t.undone_at IS NULL) AS attended,
  (SELECT count(*) FROM coop.events AS e
   WHERE e.cooperative_id = m.cooperative_id AND e.organiser_id = m.id AND e.state = 'on' AND e.ends_at < ?) AS organised
FROM coop.members AS m
JOIN coop.cooperatives AS c ON c.id = m.cooperative_id
WHERE m.cooperative_id = ? AND m.id = ? AND m.state <> 'left'`, now, actor.Cooperative, actor.Member).
		Scan(ctx, &f.Name, &f.House, &f.Since, pgdialect.Array(&f.Languages), &f.Attended, &f.Organised)
	if err != nil {
		return f, orNotFound(err)
	}
	if err := db.NewRaw(themes, actor.Cooperative, actor.Member, actor.Cooperative, actor.Member).Scan(ctx, &f.Themes); err != nil {
		return f, err
	}
	err = db.NewRaw(`SELECT agreement_id AS agreement, words, language, given_at AS at
FROM coop.agreement_thanks
WHERE cooperative_id = ? AND to_member_id = ? AND shown_at IS NOT NULL AND hidden_at IS NULL
ORDER BY given_at DESC, agreement_id
LIMIT ?`, actor.Cooperative, actor.Member, 4*mostThanks).Scan(ctx, &f.Thanks)
	return f, err
}

// themes are the hours that a member gave, by sort of help: agreements that both confirmed
// and cheques that were honoured, without what was corrected afterwards.
const themes = `SELECT h.category, sum(h.minutes)::bigint AS minutes
FROM (
  SELECT coalesce(l.category, 'other') AS category, g.minutes_paid AS minutes, t.cooperative_id, t.id
  FROM coop.agreements AS g
  JOIN coop.transfers AS t ON t.cooperative_id = g.cooperative_id AND t.agreement_id = g.id
  LEFT JOIN coop.listings AS l ON l.cooperative_id = g.cooperative_id AND l.id = g.listing_id
  WHERE g.cooperative_id = ? AND g.giver_id = ? AND g.minutes_paid IS NOT NULL
  UNION ALL
  SELECT f.category, f.minutes_paid, f.cooperative_id, f.transfer_id
  FROM coop.cheque_leaves AS f
  WHERE f.cooperative_id = ? AND f.bearer_id = ? AND f.state = 'paid'
) AS h
WHERE NOT EXISTS (SELECT FROM coop.transfers AS c WHERE c.cooperative_id = h.cooperative_id AND c.corrects_id = h.id)
GROUP BY h.category
ORDER BY minutes DESC, h.category`

// Issue makes a passport of what the actor chose, as it is today. It returns *rule.Invalid
// on "name", "words", "days" and "thanks"; what is not among the facts is left out.
func (p *Passports) Issue(ctx context.Context, actor coop.Actor, w Wish) (id coop.PassportID, err error) {
	now := p.now()
	err = p.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		var good int
		err := tx.NewRaw(`SELECT (SELECT count(*) FROM coop.passport_links AS k
  WHERE k.cooperative_id = m.cooperative_id AND k.member_id = m.id AND k.withdrawn_at IS NULL AND k.expires_at > ?)
FROM coop.members AS m
WHERE m.cooperative_id = ? AND m.id = ?
FOR NO KEY UPDATE`, now, actor.Cooperative, actor.Member).Scan(ctx, &good)
		if err != nil {
			return orNotFound(err)
		}
		err = tx.NewRaw(`SELECT id FROM coop.passport_links
WHERE cooperative_id = ? AND member_id = ? AND client_key = ?`, actor.Cooperative, actor.Member, w.Key).Scan(ctx, &id)
		if !errors.Is(err, sql.ErrNoRows) {
			return err
		}
		if good >= mostLinks {
			return rule.Broken("days", "passport.plenty", "most", mostLinks)
		}
		f, err := facts(ctx, tx, actor, now)
		if err != nil {
			return err
		}
		id, err = p.write(ctx, tx, actor, f, w, now)
		return err
	})
	return id, err
}

func (p *Passports) write(ctx context.Context, tx bun.Tx, actor coop.Actor, f Facts, w Wish, now time.Time) (id coop.PassportID, err error) {
	shown, err := f.choose(w)
	if err != nil {
		return id, err
	}
	text, err := json.Marshal(shown)
	if err != nil {
		return id, err
	}
	id = rule.NewID[coop.PassportID]()
	_, err = tx.NewRaw(`INSERT INTO coop.passport_links (cooperative_id, id, member_id, token_hash, client_key, shown, thanks, issued_at, expires_at)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		actor.Cooperative, id, actor.Member, hash(p.derive.token(id)), w.Key, string(text), pgdialect.Array(f.thanks(w)), now, now.AddDate(0, 0, w.Days)).Exec(ctx)
	return id, err
}

// row is a link as SQL gives it.
type row struct {
	ID            coop.PassportID
	CooperativeID coop.CooperativeID
	MemberID      coop.MemberID
	Shown         []byte
	Thanks        []uuid.UUID `bun:",array"`
	IssuedAt      time.Time
	ExpiresAt     time.Time
	WithdrawnAt   time.Time
	CheckedOn     time.Time
}

const columns = `SELECT k.id, k.cooperative_id, k.member_id, k.shown, k.thanks, k.issued_at, k.expires_at, k.withdrawn_at, k.checked_on
FROM coop.passport_links AS k`

func (p *Passports) link(r row) (l Link, err error) {
	l = Link{ID: r.ID, IssuedAt: r.IssuedAt, ExpiresAt: r.ExpiresAt, WithdrawnAt: r.WithdrawnAt, CheckedOn: r.CheckedOn}
	if r.Shown == nil {
		return l, nil
	}
	l.Token = p.derive.token(r.ID)
	return l, json.Unmarshal(r.Shown, &l.Shown)
}

// Mine lists the actor's passports, newest first.
func (p *Passports) Mine(ctx context.Context, actor coop.Actor) ([]Link, error) {
	var rows []row
	err := p.db.NewRaw(columns+`
WHERE k.cooperative_id = ? AND k.member_id = ?
ORDER BY k.id DESC
LIMIT ?`, actor.Cooperative, actor.Member, 2*mostLinks).Scan(ctx, &rows)
	list := make([]Link, len(rows))
	for n := range rows {
		if err != nil {
			break
		}
		list[n], err = p.link(rows[n])
	}
	return list, err
}

// One returns a passport of the actor's own, with its thanks.
func (p *Passports) One(ctx context.Context, actor coop.Actor, id coop.PassportID) (Link, error) {
	var r row
	err := p.db.NewRaw(columns+`
WHERE k.cooperative_id = ? AND k.member_id = ? AND k.id = ?`, actor.Cooperative, actor.Member, id).Scan(ctx, &r)
	if err != nil {
		return Link{}, orNotFound(err)
	}
	return p.whole(ctx, r)
}

// whole adds the words of thanks that were chosen, if they may still be shown and are what
// they were that day.
func (p *Passports) whole(ctx context.Context, r row) (Link, error) {
	l, err := p.link(r)
	if err != nil || len(r.Thanks) == 0 || r.Shown == nil {
		return l, err
	}
	err = p.db.NewRaw(`SELECT agreement_id AS agreement, words, language, given_at AS at
FROM coop.agreement_thanks
WHERE cooperative_id = ? AND to_member_id = ? AND agreement_id IN (?) AND shown_at IS NOT NULL AND hidden_at IS NULL
  AND coalesce(edited_at, given_at) <= ?
ORDER BY given_at DESC, agreement_id`, r.CooperativeID, r.MemberID, bun.List(r.Thanks), r.IssuedAt).Scan(ctx, &l.Shown.Thanks)
	return l, err
}

// Withdraw ends a passport of the actor's own at once, and forgets what it said; again
// changes nothing.
func (p *Passports) Withdraw(ctx context.Context, actor coop.Actor, id coop.PassportID) error {
	var found bool
	err := p.db.NewRaw(`UPDATE coop.passport_links
SET withdrawn_at = coalesce(withdrawn_at, ?), shown = NULL, thanks = '{}'
WHERE cooperative_id = ? AND member_id = ? AND id = ?
RETURNING true`, p.now(), actor.Cooperative, actor.Member, id).Scan(ctx, &found)
	return orNotFound(err)
}

// Check reads the passport of a token, for a stranger who holds it. What is not good any
// more has a standing and nothing else. The day on which somebody looked is kept for the
// member, and nothing of who.
func (p *Passports) Check(ctx context.Context, token string) (Link, Standing, error) {
	if len(token) != base64.RawURLEncoding.EncodedLen(32) {
		return Link{}, Unknown, nil
	}
	var r row
	err := p.db.NewRaw(columns+`
WHERE k.token_hash = ?`, hash(token)).Scan(ctx, &r)
	if errors.Is(err, sql.ErrNoRows) {
		return Link{}, Unknown, nil
	}
	if err != nil {
		return Link{}, Unknown, err
	}
	now := p.now()
	standing := Link{ExpiresAt: r.ExpiresAt, WithdrawnAt: r.WithdrawnAt}.Standing(now)
	if standing != Valid {
		return Link{}, standing, nil
	}
	l, err := p.whole(ctx, r)
	if err != nil {
		return Link{}, Unknown, err
	}
	_, err = p.db.NewRaw(`UPDATE coop.passport_links
SET checked_on = ?::date
WHERE cooperative_id = ? AND id = ? AND checked_on IS DISTINCT FROM ?::date`, now, r.CooperativeID, r.ID, now).Exec(ctx)
	return l, standing, err
}

// Sweep throws away passports that ended long ago, a bounded number at a time, and returns
// how many.
func (p *Passports) Sweep(ctx context.Context) (int, error) {
	before := p.now().Add(-listed)
	result, err := p.db.NewRaw(`DELETE FROM coop.passport_links WHERE (cooperative_id, id) IN (
  SELECT cooperative_id, id FROM coop.passport_links WHERE expires_at < ? ORDER BY expires_at LIMIT 1000)`, before).Exec(ctx)
	if err != nil {
		return 0, err
	}
	n, err := result.RowsAffected()
	return int(n), err
}

func orNotFound(err error) error {
	if errors.Is(err, sql.ErrNoRows) {
		return rule.ErrNotFound
	}
	return err
}
