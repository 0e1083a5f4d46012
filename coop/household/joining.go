package household

import (
	"context"
	"errors"

	"github.com/google/uuid"
	"github.com/uptrace/bun"

	"lien/coop"
	"lien/rule"
)

// Invite makes a code by which one more member may come in, from somebody who lives there.
// The key makes sending it twice one code.
func (h *Households) Invite(ctx context.Context, actor coop.Actor, key uuid.UUID) (i Invitation, err error) {
	err = h.at(ctx, actor, func(ctx context.Context, tx bun.Tx, id coop.HouseholdID) error {
		if err := active(ctx, tx, actor); err != nil {
			return err
		}
		made, now := uuid.Must(uuid.NewV7()), h.now()
		_, err := tx.NewRaw(`
			INSERT INTO coop.household_invitations (cooperative_id, id, household_id, made_by, code_hash, client_key, created_at, expires_at)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?)
			ON CONFLICT ON CONSTRAINT a_household_invites_once DO NOTHING`,
			actor.Cooperative, made, id, actor.Member, h.derive.hash(h.derive.code(made)), key, now, now.Add(invitationLasts)).Exec(ctx)
		if err != nil {
			return err
		}
		err = tx.NewRaw(`
			SELECT id, expires_at FROM coop.household_invitations
			WHERE cooperative_id = ? AND made_by = ? AND client_key = ?`,
			actor.Cooperative, actor.Member, key).Scan(ctx, &made, &i.ExpiresAt)
		i.Code = h.derive.code(made)
		return err
	})
	return i, err
}

// found is an invitation that still opens a household, whose inviter still lives there.
const found = ` FROM coop.household_invitations AS i
	JOIN coop.households AS h ON h.cooperative_id = i.cooperative_id AND h.id = i.household_id AND h.ended_at IS NULL
	JOIN coop.household_members AS p ON p.cooperative_id = i.cooperative_id AND p.household_id = i.household_id
	  AND p.member_id = i.made_by AND p.until_at IS NULL
	WHERE i.cooperative_id = ? AND i.code_hash = ? AND i.used_at IS NULL AND i.expires_at > ?`

// Look reads a code. Unknown, used and expired ones are all rule.ErrNotFound.
func (h *Households) Look(ctx context.Context, actor coop.Actor, typed string) (w Welcome, err error) {
	code, ok := tidy(typed)
	if !ok {
		return w, rule.ErrNotFound
	}
	w.Code = code
	err = h.db.NewRaw(`SELECT i.household_id, (
		  SELECT count(*) FROM coop.household_minors AS c
		  WHERE c.cooperative_id = i.cooperative_id AND c.household_id = i.household_id AND c.until_at IS NULL) AS minors`+found,
		actor.Cooperative, h.derive.hash(code), h.now()).Scan(ctx, &w.Household, &w.Minors)
	if err != nil {
		return w, orNotFound(err)
	}
	list, err := people(ctx, h.db, actor.Cooperative, w.Household)
	for _, p := range list {
		w.Names = append(w.Names, p.Name)
		w.Shared = w.Shared || p.Shares
	}
	return w, err
}

// Join lets the actor into the household whose code they hold: their own yes, after the
// yes of who gave it. Their hours stay their own until all agree again to one account. Who
// lives in another household gets *rule.Invalid on "household"; a code used by the actor
// before is no error.
func (h *Households) Join(ctx context.Context, actor coop.Actor, typed string) error {
	code, ok := tidy(typed)
	if !ok {
		return rule.ErrNotFound
	}
	err := h.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		if err := active(ctx, tx, actor); err != nil {
			return err
		}
		used, err := h.used(ctx, tx, actor, code)
		if err != nil || used {
			return err
		}
		now := h.now()
		var invitation uuid.UUID
		var id coop.HouseholdID
		err = tx.NewRaw(`SELECT i.id, i.household_id`+found+` FOR UPDATE OF i, h`,
			actor.Cooperative, h.derive.hash(code), now).Scan(ctx, &invitation, &id)
		if err != nil {
			return orNotFound(err)
		}
		return h.comeIn(ctx, tx, actor, id, invitation)
	})
	return refused(err)
}

func (h *Households) used(ctx context.Context, tx bun.Tx, actor coop.Actor, code string) (before bool, err error) {
	err = tx.NewRaw(`SELECT EXISTS (
		SELECT FROM coop.household_invitations WHERE cooperative_id = ? AND code_hash = ? AND used_by = ?)`,
		actor.Cooperative, h.derive.hash(code), actor.Member).Scan(ctx, &before)
	return before, err
}

func (h *Households) comeIn(ctx context.Context, tx bun.Tx, actor coop.Actor, id coop.HouseholdID, invitation uuid.UUID) error {
	now := h.now()
	others, err := here(ctx, tx, actor.Cooperative, id)
	if err != nil {
		return err
	}
	if len(others) >= mostPeople {
		return rule.Broken("household", "household.too_many", "most", mostPeople)
	}
	_, err = tx.NewRaw(`UPDATE coop.household_invitations SET used_by = ?, used_at = ? WHERE cooperative_id = ? AND id = ?`,
		actor.Member, now, actor.Cooperative, invitation).Exec(ctx)
	if err != nil {
		return err
	}
	if err := enter(ctx, tx, actor, id, now); err != nil {
		return err
	}
	_, err = tx.NewRaw(`UPDATE coop.household_members SET sharing_at = NULL WHERE cooperative_id = ? AND household_id = ? AND until_at IS NULL`,
		actor.Cooperative, id).Exec(ctx) // a yes was to the people who lived there then
	if err != nil {
		return err
	}
	return errors.Join(
		record(ctx, tx, actor, id, event{step: Joined, member: actor.Member, at: now}),
		tell(ctx, tx, actor, "household_joined", id.UUID, invitation.String(), now, others))
}

// here are the adults who live in a household, in the order of their ids.
func here(ctx context.Context, db bun.IDB, cooperative coop.CooperativeID, id coop.HouseholdID) ([]coop.MemberID, error) {
	return ids(ctx, db.NewRaw(`
		SELECT member_id AS id FROM coop.household_members
		WHERE cooperative_id = ? AND household_id = ? AND until_at IS NULL
		ORDER BY member_id`, cooperative, id))
}

// ids reads the members whom a query names as id.
func ids(ctx context.Context, query *bun.RawQuery) (list []coop.MemberID, err error) {
	var rows []struct{ ID coop.MemberID }
	err = query.Scan(ctx, &rows)
	for _, r := range rows {
		list = append(list, r.ID)
	}
	return list, err
}
