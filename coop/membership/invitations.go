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
		if err := coop.MustFacilitate(ctx, tx, actor); err != nil {
			return err
		}
		return i.make(ctx, tx, actor, sheet{place: place, key: key}, &made)
	})
	if err = unplaced(err); err != nil {
		return Invitation{}, orNotFound(err)
	}
	return i.written(made), nil
}

// For makes an invitation for somebody who is a member already and has no device so far, or
// none any more: by it they come in as themselves. A former one that still waited opens
// nothing from now on. Facilitators only; rule.ErrMoved for who is not on the list or
// active.
func (i *Invitations) For(ctx context.Context, actor coop.Actor, member coop.MemberID, key uuid.UUID) (Invitation, error) {
	var made Invitation
	err := i.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		if err := coop.MustFacilitate(ctx, tx, actor); err != nil {
			return err
		}
		state, err := lock(ctx, tx, actor.Cooperative, member)
		if err != nil {
			return err
		}
		if !state.MayAct() {
			return rule.ErrMoved
		}
		_, err = tx.NewRaw(`
			UPDATE coop.invitations SET revoked_at = ?
			WHERE cooperative_id = ? AND for_member_id = ? AND used_at IS NULL AND revoked_at IS NULL AND client_key <> ?`,
			i.now(), actor.Cooperative, member, key).Exec(ctx)
		if err != nil {
			return err
		}
		var home coop.PlaceID
		if err := tx.NewRaw(`SELECT place_id FROM coop.members WHERE cooperative_id = ? AND id = ?`, actor.Cooperative, member).Scan(ctx, &home); err != nil {
			return err
		}
		return i.make(ctx, tx, actor, sheet{place: home, member: member, key: key}, &made)
	})
	if err != nil {
		return Invitation{}, err
	}
	return i.written(made), nil
}

// unplaced turns a place that is not the cooperative's into the form's sentence.
func unplaced(err error) error {
	if database.Broken(err) == "invitations_cooperative_id_place_id_fkey" {
		return rule.Broken("place", "rule.choose")
	}
	return err
}

// sheet is an invitation about to be made, for a new member or for one who is there.
type sheet struct {
	place  coop.PlaceID
	member coop.MemberID
	key    uuid.UUID
}

// make writes an invitation inside the caller's transaction; the caller has checked who asks.
func (i *Invitations) make(ctx context.Context, tx bun.Tx, actor coop.Actor, s sheet, made *Invitation) error {
	id, now := rule.NewID[coop.InvitationID](), i.now()
	_, err := tx.NewRaw(`
		INSERT INTO coop.invitations (cooperative_id, id, code_hash, place_id, for_member_id, made_by, client_key, created_at, expires_at)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT ON CONSTRAINT an_invitation_is_made_once DO NOTHING`,
		actor.Cooperative, id, i.derive.hash(anInvitation, i.derive.code(anInvitation, id.UUID)), s.place, rule.OrNone(s.member),
		actor.Member, s.key, now, now.Add(invitationLasts)).Exec(ctx)
	if err != nil {
		return err
	}
	return tx.NewRaw(`SELECT `+invitationColumns+`
		WHERE i.cooperative_id = ? AND i.made_by = ? AND i.client_key = ?`,
		actor.Cooperative, actor.Member, s.key).Scan(ctx, made)
}

const invitationColumns = `
	i.id, i.cooperative_id AS cooperative, i.place_id AS place, p.name AS place_name, i.created_at, i.expires_at,
	coalesce((SELECT m.name FROM coop.members AS m
	          WHERE m.cooperative_id = i.cooperative_id AND m.id = i.for_member_id), '') AS "for"
	FROM coop.invitations AS i
	JOIN coop.places AS p ON p.cooperative_id = i.cooperative_id AND p.id = i.place_id`

// written adds what is printed on the paper and kept nowhere.
func (i *Invitations) written(v Invitation) Invitation {
	v.Code, v.Link = i.derive.code(anInvitation, v.ID.UUID), i.derive.link(anInvitation, v.ID.UUID)
	return v
}

const waiting = ` i.used_at IS NULL AND i.revoked_at IS NULL AND i.expires_at > ?`

// Waiting lists the invitations that still open, newest first, thirty at a time; before
// is the last one of the page already read, or zero. Facilitators only.
func (i *Invitations) Waiting(ctx context.Context, actor coop.Actor, before coop.InvitationID) ([]Invitation, error) {
	if err := coop.MustFacilitate(ctx, i.db, actor); err != nil {
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
	if err := coop.MustFacilitate(ctx, i.db, actor); err != nil {
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
		if err := coop.MustFacilitate(ctx, tx, actor); err != nil {
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
	Member      coop.MemberID // who it is for, when they are a member already
	Called      string        // their name, to begin with
}

// Lookup reads a short code or the token of a link. Unknown, used, revoked and expired
// ones are all rule.ErrNotFound: a guess learns nothing.
func (i *Invitations) Lookup(ctx context.Context, typed string) (Welcome, error) {
	code, ok := i.derive.read(anInvitation, typed)
	if !ok {
		return Welcome{}, rule.ErrNotFound
	}
	var found Welcome
	err := i.db.NewRaw(`
		SELECT i.id AS invitation, i.cooperative_id AS cooperative, c.name, r.name AS residence,
		       coalesce(m.id, '00000000-0000-0000-0000-000000000000') AS member, coalesce(m.name, '') AS called
		FROM coop.invitations AS i
		JOIN coop.cooperatives AS c ON c.id = i.cooperative_id
		JOIN coop.places AS p ON p.cooperative_id = i.cooperative_id AND p.id = i.place_id
		JOIN coop.places AS r ON r.cooperative_id = p.cooperative_id AND r.id = p.path[1]
		LEFT JOIN coop.members AS m ON m.cooperative_id = i.cooperative_id AND m.id = i.for_member_id
		WHERE i.code_hash = ? AND`+waiting, i.derive.hash(anInvitation, code), i.now()).Scan(ctx, &found)
	return found, orNotFound(err)
}
