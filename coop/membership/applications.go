package membership

import (
	"context"
	"slices"
	"time"

	"github.com/google/uuid"
	"github.com/uptrace/bun"

	"lien/coop"
	"lien/coop/inbox"
	"lien/database"
	"lien/rule"
)

// Applications are the wishes to become a member.
type Applications struct {
	db          bun.IDB
	derive      Derive
	members     *Members
	invitations *Invitations
	now         func() time.Time
}

// NewApplications returns the applications kept in db. Their codes come from derive; now
// tells the time.
func NewApplications(db bun.IDB, derive Derive, now func() time.Time) *Applications {
	return &Applications{db: db, derive: derive, members: NewMembers(db, now), invitations: NewInvitations(db, derive, now), now: now}
}

// A poster brings so many applications a day, and a cooperative keeps so many open, before
// the form asks to come to the desk instead: more is no crowd but a machine.
const (
	mostADay = 40
	mostOpen = 500
)

// Apply sends an application by a leaflet's code. A second send with the same key returns
// the first. A leaflet that leads nowhere is rule.ErrNotFound, *rule.Invalid on
// "application" asks to come to the desk.
func (a *Applications) Apply(ctx context.Context, typed string, form Applying) (Application, error) {
	form, err := form.tidy()
	if err != nil {
		return Application{}, err
	}
	code, ok := a.derive.read(aLeaflet, typed)
	if !ok {
		return Application{}, rule.ErrNotFound
	}
	var made Application
	err = a.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		var sheet struct {
			Cooperative coop.CooperativeID
			ID          coop.LeafletID
			Kind        string
			Good        bool
		}
		now := a.now()
		err := tx.NewRaw(`
			SELECT cooperative_id AS cooperative, id, kind, revoked_at IS NULL AND expires_at > ? AS good
			FROM coop.leaflets WHERE code_hash = ? FOR UPDATE`, now, a.derive.hash(aLeaflet, code)).Scan(ctx, &sheet)
		if err != nil {
			return orNotFound(err)
		}
		if made, err = a.keyed(ctx, tx, sheet.Cooperative, form.Key); err != rule.ErrNotFound {
			return err
		}
		if !sheet.Good {
			return rule.ErrNotFound
		}
		if err := crowded(ctx, tx, sheet.Cooperative, sheet.ID, sheet.Kind, now); err != nil {
			return err
		}
		channel := "poster"
		if sheet.Kind == "handed" {
			channel = "member"
		}
		made, err = a.write(ctx, tx, coop.Actor{Cooperative: sheet.Cooperative}, channel, sheet.ID, form)
		return err
	})
	return made, unhoused(err)
}

// crowded refuses a second application by a sheet made for one, and more by a poster than
// people would send.
func crowded(ctx context.Context, tx bun.Tx, cooperative coop.CooperativeID, leaflet coop.LeafletID, kind string, now time.Time) error {
	var sent struct{ Live, Today, Open int }
	err := tx.NewRaw(`
		SELECT (SELECT count(*) FROM coop.applications WHERE cooperative_id = ?0 AND leaflet_id = ?1 AND state NOT IN ('withdrawn', 'lapsed')) AS live,
		       (SELECT count(*) FROM coop.applications WHERE cooperative_id = ?0 AND leaflet_id = ?1 AND created_at > ?2) AS today,
		       (SELECT count(*) FROM coop.applications WHERE cooperative_id = ?0 AND deadline_at IS NOT NULL) AS open`,
		cooperative, leaflet, now.Add(-24*time.Hour)).Scan(ctx, &sent)
	switch {
	case err != nil:
		return err
	case kind == "handed" && sent.Live > 0:
		return rule.ErrNotFound
	case sent.Today >= mostADay, sent.Open >= mostOpen:
		return rule.Broken("application", "application.too_many")
	}
	return nil
}

// Fill writes an application down for somebody who stands at the desk. Facilitators only.
func (a *Applications) Fill(ctx context.Context, actor coop.Actor, form Applying) (Application, error) {
	form, err := form.tidy()
	if err != nil {
		return Application{}, err
	}
	var made Application
	err = a.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		if err := coop.MustFacilitate(ctx, tx, actor); err != nil {
			return err
		}
		if made, err = a.keyed(ctx, tx, actor.Cooperative, form.Key); err != rule.ErrNotFound {
			return err
		}
		made, err = a.write(ctx, tx, actor, "desk", coop.LeafletID{}, form)
		return err
	})
	if database.Broken(err) == "an_application_is_sent_once" { // the other of two taps
		made, err = a.keyed(ctx, a.db, actor.Cooperative, form.Key)
	}
	return made, unhoused(err)
}

// write inserts an application with its first line.
func (a *Applications) write(ctx context.Context, tx bun.Tx, by coop.Actor, channel string, leaflet coop.LeafletID, form Applying) (Application, error) {
	id, now := rule.NewID[coop.ApplicationID](), a.now()
	_, err := tx.NewRaw(`
		INSERT INTO coop.applications (cooperative_id, id, code_hash, channel, leaflet_id, filled_by, name, language, place_id,
		  reach, phone, words, state, state_since, deadline_at, meeting_place, steps, client_key, created_at)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '', 1, ?, ?)`,
		by.Cooperative, id, a.derive.hash(anApplication, a.derive.code(anApplication, id.UUID)), channel, rule.OrNone(leaflet),
		rule.OrNone(by.Member), form.Name, form.Language, form.Place, form.Reach, form.Phone, form.Words,
		Applied, now, now.Add(answered), form.Key, now).Exec(ctx)
	if err != nil {
		return Application{}, err
	}
	if err := told(ctx, tx, by, id, line{1, ToApply, Unsent, Applied, "", now}); err != nil {
		return Application{}, err
	}
	news := inbox.Item{Cooperative: by.Cooperative, Kind: "application_came", Subject: id.UUID, Once: "application:" + id.String(), At: now}
	if err := tellFacilitators(ctx, tx, news, by.Member); err != nil {
		return Application{}, err
	}
	return a.one(ctx, tx, by.Cooperative, id)
}

// line is one line of an application's history.
type line struct {
	n        int
	act      Act
	from, to Stage
	words    string
	at       time.Time
}

func told(ctx context.Context, tx bun.Tx, by coop.Actor, id coop.ApplicationID, l line) error {
	_, err := tx.NewRaw(`
		INSERT INTO coop.application_events (cooperative_id, application_id, n, step, from_state, to_state, by_member_id, words, at)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		by.Cooperative, id, l.n, l.act, l.from, l.to, rule.OrNone(by.Member), l.words, l.at).Exec(ctx)
	return err
}

// unhoused turns a place that is not the cooperative's into the form's sentence.
func unhoused(err error) error {
	if database.Broken(err) == "applications_cooperative_id_place_id_fkey" {
		return rule.Broken("place", "rule.choose")
	}
	return err
}

const applicationColumns = `
	a.id, a.cooperative_id AS cooperative, c.name AS house, a.channel, a.name, a.language, a.place_id AS place, p.name AS place_name,
	a.reach, a.phone, a.words, a.state AS stage, a.state_since AS since, a.deadline_at, a.meeting_at, a.meeting_place,
	a.invitation_id AS invitation, a.steps, a.created_at, a.forgotten_at IS NOT NULL AS forgotten,
	(SELECT e.words FROM coop.application_events AS e
	 WHERE e.cooperative_id = a.cooperative_id AND e.application_id = a.id ORDER BY e.n DESC LIMIT 1) AS said,
	coalesce((SELECT m.name FROM coop.leaflets AS l JOIN coop.members AS m ON m.cooperative_id = l.cooperative_id AND m.id = l.made_by
	 WHERE l.cooperative_id = a.cooperative_id AND l.id = a.leaflet_id AND l.kind = 'handed' AND m.state <> 'left'), '') AS invited_by
	FROM coop.applications AS a
	JOIN coop.cooperatives AS c ON c.id = a.cooperative_id
	JOIN coop.places AS p ON p.cooperative_id = a.cooperative_id AND p.id = a.place_id`

func (a *Applications) one(ctx context.Context, db bun.IDB, cooperative coop.CooperativeID, id coop.ApplicationID) (Application, error) {
	var found Application
	err := db.NewRaw(`SELECT `+applicationColumns+` WHERE a.cooperative_id = ? AND a.id = ?`, cooperative, id).Scan(ctx, &found)
	return a.coded(found), orNotFound(err)
}

func (a *Applications) keyed(ctx context.Context, db bun.IDB, cooperative coop.CooperativeID, key uuid.UUID) (Application, error) {
	var found Application
	err := db.NewRaw(`SELECT `+applicationColumns+` WHERE a.cooperative_id = ? AND a.client_key = ?`, cooperative, key).Scan(ctx, &found)
	return a.coded(found), orNotFound(err)
}

func (a *Applications) coded(v Application) Application {
	if (v.ID != coop.ApplicationID{}) {
		v.Code = a.derive.code(anApplication, v.ID.UUID)
	}
	return v
}

// Follow returns the application that a short code follows, to whoever holds the code. A
// guess learns nothing: rule.ErrNotFound.
func (a *Applications) Follow(ctx context.Context, typed string) (Application, error) {
	code, ok := a.derive.read(anApplication, typed)
	if !ok {
		return Application{}, rule.ErrNotFound
	}
	var found Application
	err := a.db.NewRaw(`SELECT `+applicationColumns+` WHERE a.code_hash = ?`, a.derive.hash(anApplication, code)).Scan(ctx, &found)
	return a.coded(found), orNotFound(err)
}

// Sheet returns the code and the link of the invitation that waits for who holds the code
// of a met applicant, and rule.ErrNotFound when none does.
func (a *Applications) Sheet(ctx context.Context, v Application) (Invitation, error) {
	var found Invitation
	err := a.db.NewRaw(`SELECT `+invitationColumns+`
		WHERE i.cooperative_id = ? AND i.id = ? AND`+waiting, v.Cooperative, v.Invitation, a.now()).Scan(ctx, &found)
	return a.invitations.written(found), orNotFound(err)
}

// Open lists the applications that wait for somebody, the first come first, fifty at a
// time; after is the last one of the page already read, or zero. Facilitators only.
func (a *Applications) Open(ctx context.Context, actor coop.Actor, after coop.ApplicationID) ([]Application, error) {
	if err := coop.MustFacilitate(ctx, a.db, actor); err != nil {
		return nil, err
	}
	var list []Application
	err := a.db.NewRaw(`SELECT `+applicationColumns+`
		WHERE a.cooperative_id = ? AND a.deadline_at IS NOT NULL AND a.id > ?
		ORDER BY a.id LIMIT 50`, actor.Cooperative, after).Scan(ctx, &list)
	return list, err
}

// Waiting counts the applications that wait for somebody, up to fifty: none for who is no
// facilitator.
func (a *Applications) Waiting(ctx context.Context, actor coop.Actor) (n int, err error) {
	err = a.db.NewRaw(`
		SELECT count(*) FROM (
		  SELECT FROM coop.applications WHERE cooperative_id = ? AND deadline_at IS NOT NULL AND `+coop.Facilitates+` LIMIT 50) AS w`,
		actor.Cooperative, actor.Cooperative, actor.Member).Scan(ctx, &n)
	return n, err
}

// Closed lists the last applications that came to an end, thirty at most. Facilitators only.
func (a *Applications) Closed(ctx context.Context, actor coop.Actor) ([]Application, error) {
	if err := coop.MustFacilitate(ctx, a.db, actor); err != nil {
		return nil, err
	}
	var list []Application
	err := a.db.NewRaw(`SELECT `+applicationColumns+`
		WHERE a.cooperative_id = ? AND a.deadline_at IS NULL
		ORDER BY a.id DESC LIMIT 30`, actor.Cooperative).Scan(ctx, &list)
	return list, err
}

// One returns an application at the desk. Facilitators only.
func (a *Applications) One(ctx context.Context, actor coop.Actor, id coop.ApplicationID) (Application, error) {
	if err := coop.MustFacilitate(ctx, a.db, actor); err != nil {
		return Application{}, err
	}
	return a.one(ctx, a.db, actor.Cooperative, id)
}

// Stairwells lists where the applicant can be housed: the places of the building that they
// named. Facilitators only.
func (a *Applications) Stairwells(ctx context.Context, actor coop.Actor, v Application) ([]Place, error) {
	all, err := a.members.Places(ctx, actor)
	return slices.DeleteFunc(all, func(p Place) bool { return !slices.Contains(p.Path, v.Place.UUID) }), err
}
