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
// hours, acceptance of the charter, invitation used. Who is on the list already keeps
// their number and says yes to the charter. A replay with the same ID returns the same
// member. It returns rule.ErrMoved when the invitation opens nothing any more,
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
		sheet, before, err := m.redeem(ctx, tx, j)
		if err != nil {
			return err
		}
		if !before {
			if err := m.enter(ctx, tx, j, sheet); err != nil {
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
func (m *Members) redeem(ctx context.Context, tx bun.Tx, j Joining) (to sheet, before bool, err error) {
	var row struct {
		PlaceID     coop.PlaceID
		UsedBy      coop.MemberID
		ForMemberID coop.MemberID
		Open        bool
	}
	err = tx.NewRaw(`
		SELECT place_id, coalesce(used_by, '00000000-0000-0000-0000-000000000000') AS used_by,
		       coalesce(for_member_id, '00000000-0000-0000-0000-000000000000') AS for_member_id,
		       used_at IS NULL AND revoked_at IS NULL AND expires_at > ? AS open
		FROM coop.invitations
		WHERE cooperative_id = ? AND id = ? FOR UPDATE`,
		m.now(), j.Cooperative, j.Invitation).Scan(ctx, &row)
	to = sheet{place: row.PlaceID, member: row.ForMemberID}
	switch {
	case err != nil:
		return to, false, orNotFound(err)
	case row.UsedBy == j.ID:
		return to, true, nil
	case !row.Open, to.member != coop.MemberID{} && to.member != j.ID:
		return to, false, rule.ErrMoved
	}
	return to, false, nil
}

func (m *Members) enter(ctx context.Context, tx bun.Tx, j Joining, to sheet) error {
	text, err := current(ctx, tx, j.Cooperative, j.Language)
	if err != nil {
		return err
	}
	if text.Version != j.Version {
		return rule.Broken("charter", "member.charter_changed")
	}
	now := m.now()
	if (to.member == coop.MemberID{}) {
		err = m.add(ctx, tx, j, to.place, Active, now)
	} else {
		err = m.arrive(ctx, tx, j)
	}
	if err != nil {
		return err
	}
	if err := accept(ctx, tx, j.Cooperative, j.ID, text, j.Channel, coop.MemberID{}, now); err != nil {
		return err
	}
	_, err = tx.NewRaw(`UPDATE coop.invitations SET used_by = ?, used_at = ? WHERE cooperative_id = ? AND id = ?`,
		j.ID, now, j.Cooperative, j.Invitation).Exec(ctx)
	if err != nil {
		return err
	}
	return entered(ctx, tx, j, now)
}

// arrive lets somebody who is on the list already come in by their own invitation, under
// the name that they go by.
func (m *Members) arrive(ctx context.Context, tx bun.Tx, j Joining) error {
	state, err := lock(ctx, tx, j.Cooperative, j.ID)
	if err != nil {
		return err
	}
	if state != Welcomed && state != Active {
		return rule.ErrMoved
	}
	_, err = tx.NewRaw(`UPDATE coop.members SET name = ?, language = ? WHERE cooperative_id = ? AND id = ?`,
		j.Name, j.Language, j.Cooperative, j.ID).Exec(ctx)
	if err != nil || state == Active {
		return err
	}
	return m.move(ctx, tx, coop.Actor{Cooperative: j.Cooperative, Member: j.ID}, j.ID, Accepts, "")
}

// add writes the member with the cooperative's next number and an account of hours. The
// cooperative's row is locked from here on, so that no number is given twice.
func (m *Members) add(ctx context.Context, tx bun.Tx, j Joining, place coop.PlaceID, state State, now time.Time) error {
	var number int64
	err := tx.NewRaw(`UPDATE coop.cooperatives SET last_number = last_number + 1 WHERE id = ? RETURNING last_number`,
		j.Cooperative).Scan(ctx, &number)
	if err != nil {
		return orNotFound(err)
	}
	_, err = tx.NewRaw(`
		INSERT INTO coop.members (cooperative_id, id, number, name, language, place_id, state, joined_at, state_since)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		j.Cooperative, j.ID, number, j.Name, j.Language, place, state, now, now).Exec(ctx)
	if err != nil {
		return err
	}
	by := coop.Actor{Cooperative: j.Cooperative, Member: j.ID}
	if err := record(ctx, tx, by, j.ID, change{Joined, None, state, "", now}); err != nil {
		return err
	}
	return m.ledger.Open(ctx, tx, j.Cooperative, j.ID)
}
