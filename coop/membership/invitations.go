package membership

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/uptrace/bun"

	"lien/coop"
	"lien/database"
	"lien/rule"
)

// Invitations are the sheets of paper by which people come in.
type Invitations struct {
	db     bun.IDB
	derive Derive
	now    func() time.Time
}

// NewInvitations returns the invitations kept in db. Their codes come from derive; now
// tells the time.
func NewInvitations(db bun.IDB, derive Derive, now func() time.Time) *Invitations {
	return &Invitations{db: db, derive: derive, now: now}
}

// Invite makes an invitation to live at place. Only a facilitator may; key makes a
// second send return the first invitation.
func (i *Invitations) Invite(ctx context.Context, actor coop.Actor, place coop.PlaceID, key uuid.UUID) (Invitation, error) {
	var made Invitation
	err := i.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		if err := facilitates(ctx, tx, actor); err != nil {
			return err
		}
		id, now := rule.NewID[coop.InvitationID](), i.now()
		_, err := tx.NewRaw(`
			INSERT INTO coop.invitations (cooperative_id, id, code_hash, place_id, made_by, client_key, created_at, expires_at)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?)
			ON CONFLICT ON CONSTRAINT an_invitation_is_made_once DO NOTHING`,
			actor.Cooperative, id, i.derive.hash(i.derive.code(id)), place, actor.Member, key, now, now.Add(invitationLasts)).Exec(ctx)
		if err != nil {
			return err
		}
		return tx.NewRaw(`SELECT `+invitationColumns+`
			WHERE i.cooperative_id = ? AND i.made_by = ? AND i.client_key = ?`,
			actor.Cooperative, actor.Member, key).Scan(ctx, &made)
	})
	if database.Broken(err) == "invitations_cooperative_id_place_id_fkey" {
		return Invitation{}, rule.Broken("place", "rule.choose")
	}
	return i.written(made), orNotFound(err)
}

const invitationColumns = `
	i.id, i.cooperative_id AS cooperative, i.place_id AS place, p.name AS place_name, i.created_at, i.expires_at
	FROM coop.invitations AS i
	JOIN coop.places AS p ON p.cooperative_id = i.cooperative_id AND p.id = i.place_id`

// written adds what is printed on the paper and kept nowhere.
func (i *Invitations) written(v Invitation) Invitation {
	v.Code, v.Link = i.derive.code(v.ID), i.derive.link(v.ID)
	return v
}

const waiting = ` i.used_at IS NULL AND i.revoked_at IS NULL AND i.expires_at > ?`

// Waiting lists the invitations that still open, newest first, thirty at a time; before
// is the last one of the page already read, or zero. Facilitators only.
func (i *Invitations) Waiting(ctx context.Context, actor coop.Actor, before coop.InvitationID) ([]Invitation, error) {
	if err := facilitates(ctx, i.db, actor); err != nil {
		return nil, err
	}
	if (before == coop.InvitationID{}) {
		before.UUID = uuid.Max
	}
	var list []Invitation
	err := i.db.NewRaw(`SELECT `+invitationColumns+`
		WHERE i.cooperative_id = ? AND i.id < ? AND`+waiting+`
		ORDER BY i.id DESC LIMIT 30`, actor.Cooperative, before, i.now()).Scan(ctx, &list)
	for n := range list {
		list[n] = i.written(list[n])
	}
	return list, err
}

// Waits returns one invitation that still opens, to print it again. Facilitators only.
func (i *Invitations) Waits(ctx context.Context, actor coop.Actor, id coop.InvitationID) (Invitation, error) {
	if err := facilitates(ctx, i.db, actor); err != nil {
		return Invitation{}, err
	}
	var found Invitation
	err := i.db.NewRaw(`SELECT `+invitationColumns+`
		WHERE i.cooperative_id = ? AND i.id = ? AND`+waiting,
		actor.Cooperative, id, i.now()).Scan(ctx, &found)
	return i.written(found), orNotFound(err)
}

// Revoke makes a waiting invitation open nothing any more. Facilitators only; to revoke
// twice is to revoke once, and a used one answers rule.ErrMoved.
func (i *Invitations) Revoke(ctx context.Context, actor coop.Actor, id coop.InvitationID) error {
	return i.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		if err := facilitates(ctx, tx, actor); err != nil {
			return err
		}
		var used bool
		err := tx.NewRaw(`
			UPDATE coop.invitations AS i
			SET revoked_at = CASE WHEN used_at IS NULL THEN coalesce(revoked_at, ?) ELSE revoked_at END
			WHERE cooperative_id = ? AND id = ?
			RETURNING used_at IS NOT NULL`, i.now(), actor.Cooperative, id).Scan(ctx, &used)
		if err == nil && used {
			return rule.ErrMoved
		}
		return orNotFound(err)
	})
}

// Welcome is what somebody at the door may know of where they are invited: neither who
// invites them nor which building (charter, protected neighbours).
type Welcome struct {
	Invitation  coop.InvitationID
	Cooperative coop.CooperativeID
	Name        string // of the cooperative
	Residence   string
}

// Lookup reads a short code or the token of a link. Unknown, used, revoked and expired
// ones are all rule.ErrNotFound: a guess learns nothing.
func (i *Invitations) Lookup(ctx context.Context, typed string) (Welcome, error) {
	code, ok := i.derive.read(typed)
	if !ok {
		return Welcome{}, rule.ErrNotFound
	}
	var found Welcome
	err := i.db.NewRaw(`
		SELECT i.id AS invitation, i.cooperative_id AS cooperative, c.name, r.name AS residence
		FROM coop.invitations AS i
		JOIN coop.cooperatives AS c ON c.id = i.cooperative_id
		JOIN coop.places AS p ON p.cooperative_id = i.cooperative_id AND p.id = i.place_id
		JOIN coop.places AS r ON r.cooperative_id = p.cooperative_id AND r.id = p.path[1]
		WHERE i.code_hash = ? AND`+waiting, i.derive.hash(code), i.now()).Scan(ctx, &found)
	return found, orNotFound(err)
}
