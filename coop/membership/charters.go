package membership

import (
	"cmp"
	"context"
	"errors"
	"slices"
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

// InUse lists the languages that a new charter must be written in: French, and those that
// members read. Facilitators only.
func (c *Charters) InUse(ctx context.Context, actor coop.Actor) ([]string, error) {
	if err := coop.MustFacilitate(ctx, c.db, actor); err != nil {
		return nil, err
	}
	return inUse(ctx, c.db, actor.Cooperative)
}

func inUse(ctx context.Context, db bun.IDB, cooperative coop.CooperativeID) ([]string, error) {
	var list []string
	err := db.NewRaw(`
		SELECT language FROM (
		  SELECT 'fr' AS language UNION SELECT language FROM coop.members WHERE cooperative_id = ? AND state <> 'left') AS l
		ORDER BY language <> 'fr', language`, cooperative).Scan(ctx, &list)
	return list, err
}

// Publish writes the next version, in every language in use. Version is the one that the
// page was about to write: when it stands already with the same words, nothing is written
// twice; with other words it answers rule.ErrMoved. Members are asked to say yes to it
// before they act again. Facilitators only.
func (c *Charters) Publish(ctx context.Context, actor coop.Actor, version int, texts []Charter) error {
	return c.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		if err := coop.MustFacilitate(ctx, tx, actor); err != nil {
			return err
		}
		if _, err := tx.NewRaw(`SELECT id FROM coop.cooperatives WHERE id = ? FOR UPDATE`, actor.Cooperative).Exec(ctx); err != nil {
			return err
		}
		needed, err := inUse(ctx, tx, actor.Cooperative)
		if err != nil {
			return err
		}
		if texts, err = complete(texts, needed); err != nil {
			return err
		}
		last, err := current(ctx, tx, actor.Cooperative, "fr")
		switch {
		case err != nil:
			return err
		case last.Version == version && last.Title == texts[0].Title && last.Body == texts[0].Body:
			return nil
		case last.Version+1 != version:
			return rule.ErrMoved
		}
		return publish(ctx, tx, actor.Cooperative, texts, version, c.now())
	})
}

// Preview checks the texts of a next version without writing them, and returns them as
// they would stand. Facilitators only.
func (c *Charters) Preview(ctx context.Context, actor coop.Actor, texts []Charter) ([]Charter, error) {
	needed, err := c.InUse(ctx, actor)
	if err != nil {
		return nil, err
	}
	return complete(texts, needed)
}

// complete checks every text, French first, and that no language is missing. The fields of
// a form are title_fr, body_fr and so on.
func complete(texts []Charter, needed []string) ([]Charter, error) {
	var done []Charter
	for _, code := range needed {
		n := slices.IndexFunc(texts, func(t Charter) bool { return t.Language == code })
		if n < 0 {
			return nil, rule.Broken("title_"+code, "rule.missing")
		}
	}
	for _, text := range texts {
		tidied, err := text.tidy()
		var invalid *rule.Invalid
		if errors.As(err, &invalid) && invalid.Field != "language" {
			invalid.Field += "_" + text.Language
		}
		if err != nil {
			return nil, err
		}
		done = append(done, tidied)
	}
	slices.SortStableFunc(done, func(a, b Charter) int {
		return cmp.Compare(slices.Index(Languages(), a.Language), slices.Index(Languages(), b.Language)) // French first
	})
	return done, nil
}

// Accept keeps the actor's own yes to the charter in force, read on their phone. Who was
// on the list only becomes an active member by it. A newer version must be read first:
// *rule.Invalid on "charter".
func (c *Charters) Accept(ctx context.Context, actor coop.Actor, version int, lang string) error {
	by := ByPhone
	if actor.Channel != coop.OwnPhone {
		by = Channel(actor.Channel)
	}
	return c.said(ctx, actor, actor.Member, Paper{Version: version, Language: lang, Channel: by})
}

// Said reports whether the actor said yes to that version of the charter.
func (c *Charters) Said(ctx context.Context, actor coop.Actor, version int) (said bool, err error) {
	err = c.db.NewRaw(`SELECT EXISTS (SELECT FROM coop.charter_acceptances WHERE cooperative_id = ? AND member_id = ? AND version = ?)`,
		actor.Cooperative, actor.Member, version).Scan(ctx, &said)
	return said, err
}

// Witnessed keeps a member's yes that was said at the desk or signed on paper, before the
// facilitator who writes it down.
func (c *Charters) Witnessed(ctx context.Context, actor coop.Actor, member coop.MemberID, p Paper) error {
	if err := p.tidy(); err != nil {
		return err
	}
	if err := coop.MustFacilitate(ctx, c.db, actor); err != nil {
		return err
	}
	if actor.Member == member {
		return rule.ErrForbidden
	}
	return c.said(ctx, actor, member, p)
}

func (c *Charters) said(ctx context.Context, by coop.Actor, member coop.MemberID, p Paper) error {
	return c.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		state, err := lock(ctx, tx, by.Cooperative, member)
		if err != nil {
			return err
		}
		if state == Leaving || state == Left {
			return rule.ErrMoved
		}
		text, err := read(ctx, tx, by.Cooperative, p)
		if err != nil {
			return err
		}
		var already bool
		err = tx.NewRaw(`SELECT EXISTS (SELECT FROM coop.charter_acceptances WHERE cooperative_id = ? AND member_id = ? AND version = ?)`,
			by.Cooperative, member, text.Version).Scan(ctx, &already)
		if err != nil || already {
			return err
		}
		witness := by.Member
		if witness == member {
			witness = by.Witness
		}
		if err := accept(ctx, tx, by.Cooperative, member, text, p.Channel, witness, c.now()); err != nil || state != Welcomed {
			return err
		}
		members := Members{now: c.now}
		return members.move(ctx, tx, by, member, Accepts, "")
	})
}

// Owing lists who has not said yes to the charter in force, by number, fifty at a time;
// after is the last number of the page already read, or 0. Facilitators only.
func (c *Charters) Owing(ctx context.Context, actor coop.Actor, after int64) ([]Owing, error) {
	if err := coop.MustFacilitate(ctx, c.db, actor); err != nil {
		return nil, err
	}
	var list []Owing
	err := c.db.NewRaw(`
		SELECT m.id, m.number, m.name, m.language,
		       coalesce((SELECT max(a.version) FROM coop.charter_acceptances AS a
		                 WHERE a.cooperative_id = m.cooperative_id AND a.member_id = m.id), 0) AS version
		FROM coop.members AS m
		WHERE m.cooperative_id = ? AND m.number > ? AND m.state NOT IN ('leaving', 'left') AND `+owesCharter+`
		ORDER BY m.number LIMIT 50`, actor.Cooperative, after).Scan(ctx, &list)
	return list, err
}

// Owed counts who has not said yes to the charter in force, up to fifty: none for who is no
// facilitator.
func (c *Charters) Owed(ctx context.Context, actor coop.Actor) (n int, err error) {
	err = c.db.NewRaw(`
		SELECT count(*) FROM (
		  SELECT FROM coop.members AS m
		  WHERE m.cooperative_id = ? AND m.state NOT IN ('leaving', 'left') AND `+owesCharter+` AND `+coop.Facilitates+` LIMIT 50) AS w`,
		actor.Cooperative, actor.Cooperative, actor.Member).Scan(ctx, &n)
	return n, err
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

// accept keeps that a member said yes: to which version, in which language, how, when, and
// which facilitator was there.
func accept(ctx context.Context, tx bun.Tx, cooperative coop.CooperativeID, member coop.MemberID, text Charter, by Channel, witness coop.MemberID, now time.Time) error {
	_, err := tx.NewRaw(`
		INSERT INTO coop.charter_acceptances (cooperative_id, member_id, version, language, channel, witness_id, accepted_at)
		VALUES (?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT DO NOTHING`,
		cooperative, member, text.Version, text.Language, by, rule.OrNone(witness), now).Exec(ctx)
	return err
}
