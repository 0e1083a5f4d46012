package membership

import (
	"context"
	"time"

	"github.com/uptrace/bun"

	"lien/coop"
	"lien/rule"
)

// Joining is somebody who has read the charter and says yes. Its ID was made before,
// and becomes the member's: saying yes twice makes one member.
type Joining struct {
	ID          coop.MemberID
	Cooperative coop.CooperativeID
	Invitation  coop.InvitationID
	Name        string
	Language    string
	Version     int // of the charter that was read
	Channel     Channel
}

// Join makes the invited person an active member, all at once: number, account of
// hours, acceptance of the charter, invitation used. A replay with the same ID returns
// the same member. It returns rule.ErrMoved when the invitation opens nothing any more,
// and *rule.Invalid on "charter" when a newer charter has to be read first.
func (m *Members) Join(ctx context.Context, j Joining) (Member, error) {
	var err error
	if j.Name, err = Name(j.Name); err != nil {
		return Member{}, err
	}
	if err := language("language", j.Language); err != nil {
		return Member{}, err
	}
	var joined Member
	err = m.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		place, before, err := m.redeem(ctx, tx, j)
		if err != nil {
			return err
		}
		if !before {
			if err := m.enter(ctx, tx, j, place); err != nil {
				return err
			}
		}
		joined, err = of(ctx, tx, j.Cooperative, j.ID)
		return err
	})
	return joined, err
}

// redeem locks the invitation and says where it leads; before is true when this very
// joining has used it already.
func (m *Members) redeem(ctx context.Context, tx bun.Tx, j Joining) (place coop.PlaceID, before bool, err error) {
	var sheet struct {
		PlaceID coop.PlaceID
		UsedBy  coop.MemberID
		Open    bool
	}
	err = tx.NewRaw(`
		SELECT place_id, coalesce(used_by, '00000000-0000-0000-0000-000000000000') AS used_by,
		       used_at IS NULL AND revoked_at IS NULL AND expires_at > ? AS open
		FROM coop.invitations
		WHERE cooperative_id = ? AND id = ? FOR UPDATE`,
		m.now(), j.Cooperative, j.Invitation).Scan(ctx, &sheet)
	switch {
	case err != nil:
		return place, false, orNotFound(err)
	case sheet.UsedBy == j.ID:
		return sheet.PlaceID, true, nil
	case !sheet.Open:
		return place, false, rule.ErrMoved
	}
	return sheet.PlaceID, false, nil
}

func (m *Members) enter(ctx context.Context, tx bun.Tx, j Joining, place coop.PlaceID) error {
	text, err := current(ctx, tx, j.Cooperative, j.Language)
	if err != nil {
		return err
	}
	if text.Version != j.Version {
		return rule.Broken("charter", "member.charter_changed")
	}
	now := m.now()
	if err := m.add(ctx, tx, j, place, now); err != nil {
		return err
	}
	if err := accept(ctx, tx, j.Cooperative, j.ID, text, j.Channel, now); err != nil {
		return err
	}
	_, err = tx.NewRaw(`UPDATE coop.invitations SET used_by = ?, used_at = ? WHERE cooperative_id = ? AND id = ?`,
		j.ID, now, j.Cooperative, j.Invitation).Exec(ctx)
	return err
}

// add writes the member with the cooperative's next number and an account of hours. The
// cooperative's row is locked from here on, so that no number is given twice.
func (m *Members) add(ctx context.Context, tx bun.Tx, j Joining, place coop.PlaceID, now time.Time) error {
	var number int64
	err := tx.NewRaw(`UPDATE coop.cooperatives SET last_number = last_number + 1 WHERE id = ? RETURNING last_number`,
		j.Cooperative).Scan(ctx, &number)
	if err != nil {
		return orNotFound(err)
	}
	_, err = tx.NewRaw(`
		INSERT INTO coop.members (cooperative_id, id, number, name, language, place_id, state, joined_at, state_since)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		j.Cooperative, j.ID, number, j.Name, j.Language, place, Active, now, now).Exec(ctx)
	if err != nil {
		return err
	}
	by := coop.Actor{Cooperative: j.Cooperative, Member: j.ID}
	if err := record(ctx, tx, by, j.ID, change{Joined, "invited", Active, "", now}); err != nil {
		return err
	}
	return m.ledger.Open(ctx, tx, j.Cooperative, j.ID)
}
