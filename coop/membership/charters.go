package membership

import (
	"context"
	"time"

	"github.com/uptrace/bun"

	"lien/coop"
	"lien/rule"
)

// Charters are the versions of a cooperative's charter.
type Charters struct {
	db  bun.IDB
	now func() time.Time
}

// NewCharters returns the charters kept in db; now tells the time.
func NewCharters(db bun.IDB, now func() time.Time) *Charters {
	return &Charters{db: db, now: now}
}

// Current returns the charter in force, in the language asked for where it exists and
// in French where it does not. Anyone may read a charter.
func (c *Charters) Current(ctx context.Context, cooperative coop.CooperativeID, lang string) (Charter, error) {
	return current(ctx, c.db, cooperative, lang)
}

func current(ctx context.Context, db bun.IDB, cooperative coop.CooperativeID, lang string) (Charter, error) {
	var found Charter
	err := db.NewRaw(`
		SELECT version, language, title, body, published_at
		FROM coop.charters
		WHERE cooperative_id = ?
		ORDER BY version DESC, language = ? DESC, language = 'fr' DESC, language LIMIT 1`,
		cooperative, lang).Scan(ctx, &found)
	return found, orNotFound(err)
}

// publish writes one version in all its languages; French is always one of them.
func publish(ctx context.Context, tx bun.Tx, cooperative coop.CooperativeID, texts []Charter, version int, now time.Time) error {
	french := false
	for _, text := range texts {
		text, err := text.tidy()
		if err != nil {
			return err
		}
		french = french || text.Language == "fr"
		_, err = tx.NewRaw(`
			INSERT INTO coop.charters (cooperative_id, version, language, title, body, published_at)
			VALUES (?, ?, ?, ?, ?, ?)`,
			cooperative, version, text.Language, text.Title, text.Body, now).Exec(ctx)
		if err != nil {
			return err
		}
	}
	if !french {
		return rule.Broken("language", "rule.missing")
	}
	return nil
}

// accept keeps that a member said yes: to which version, in which language, how, when.
func accept(ctx context.Context, tx bun.Tx, cooperative coop.CooperativeID, member coop.MemberID, text Charter, by Channel, now time.Time) error {
	_, err := tx.NewRaw(`
		INSERT INTO coop.charter_acceptances (cooperative_id, member_id, version, language, channel, accepted_at)
		VALUES (?, ?, ?, ?, ?, ?)`,
		cooperative, member, text.Version, text.Language, by, now).Exec(ctx)
	return err
}
