package membership

import (
	"context"
	"encoding/json"
	"time"

	"github.com/google/uuid"
	"github.com/uptrace/bun"

	"lien/coop"
	"lien/rule"
)

// Listed is somebody of a list that the cooperative kept before. Number is theirs there, or
// zero for the next free one. They say yes to the charter when they come in.
type Listed struct {
	ID       coop.MemberID
	Number   int64
	Name     string
	Language string
	Place    coop.PlaceID // where they live, zero for where all of them do
}

// Keep makes sure that no new member is given a number up to this one, inside the caller's
// transaction: the numbers of a list are its people's.
func (m *Members) Keep(ctx context.Context, tx bun.Tx, cooperative coop.CooperativeID, number int64) error {
	_, err := tx.NewRaw(`UPDATE coop.cooperatives SET last_number = greatest(last_number, ?) WHERE id = ?`, number, cooperative).Exec(ctx)
	return err
}

// Enlist puts people on the list of members, as welcomed, inside the caller's transaction;
// the caller has checked who may, and their names and languages. Whose number is taken, or
// was not kept before, is refused, and the others are there. Each has an account of hours.
func (m *Members) Enlist(ctx context.Context, tx bun.Tx, by coop.Actor, home coop.PlaceID, people []Listed) (refused map[coop.MemberID]bool, err error) {
	refused = map[coop.MemberID]bool{}
	if len(people) == 0 {
		return refused, nil
	}
	fitting, err := numbered(ctx, tx, by.Cooperative, people, refused)
	if err != nil || len(fitting) == 0 {
		return refused, err
	}
	list, err := json.Marshal(fitting)
	if err != nil {
		return refused, err
	}
	now := m.now()
	_, err = tx.NewRaw(`
		WITH listed AS (
		  SELECT * FROM jsonb_to_recordset(?0::jsonb) AS l ("ID" uuid, "Number" bigint, "Name" text, "Language" text, "Place" uuid)
		), made AS (
		  INSERT INTO coop.members (cooperative_id, id, number, name, language, place_id, state, joined_at, state_since)
		  SELECT ?1, "ID", "Number", "Name", "Language", coalesce(nullif("Place", '00000000-0000-0000-0000-000000000000'), ?2), ?3, ?4, ?4 FROM listed
		)
		INSERT INTO coop.member_events (cooperative_id, member_id, n, step, from_state, to_state, by_member_id, reason, at)
		SELECT ?1, "ID", 1, ?5, ?6, ?3, ?7, '', ?4 FROM listed`,
		string(list), by.Cooperative, home, Welcomed, now, Imported, None, by.Member).Exec(ctx)
	if err != nil {
		return refused, err
	}
	ids := make([]coop.MemberID, len(fitting))
	for n, l := range fitting {
		ids[n] = l.ID
	}
	return refused, m.ledger.OpenAll(ctx, tx, by.Cooperative, ids)
}

// numbered gives a number to who has none, and leaves out whose is taken. The cooperative's
// row is locked from here on, so that no number is given twice.
func numbered(ctx context.Context, tx bun.Tx, cooperative coop.CooperativeID, people []Listed, refused map[coop.MemberID]bool) ([]Listed, error) {
	var last int64
	if err := tx.NewRaw(`SELECT last_number FROM coop.cooperatives WHERE id = ? FOR UPDATE`, cooperative).Scan(ctx, &last); err != nil {
		return nil, orNotFound(err)
	}
	wanted := []int64{0}
	for _, l := range people {
		wanted = append(wanted, l.Number)
	}
	var held []int64
	err := tx.NewRaw(`SELECT number FROM coop.members WHERE cooperative_id = ? AND number IN (?)`, cooperative, bun.List(wanted)).Scan(ctx, &held)
	if err != nil {
		return nil, err
	}
	used, next := map[int64]bool{}, last
	for _, number := range held {
		used[number] = true
	}
	var fitting []Listed
	for _, l := range people {
		if l.Number == 0 {
			next++
			l.Number = next
		}
		if used[l.Number] || l.Number > next {
			refused[l.ID] = true
			continue
		}
		used[l.Number] = true
		fitting = append(fitting, l)
	}
	_, err = tx.NewRaw(`UPDATE coop.cooperatives SET last_number = ? WHERE id = ?`, next, cooperative).Exec(ctx)
	return fitting, err
}

// SheetsAtOnce is how many invitations one print holds.
const SheetsAtOnce = 50

// ForImported makes invitations for people of an import who have none that opens and did not
// come in yet, fifty at most and in the order of their numbers; it returns how many it made.
// Facilitators only.
func (i *Invitations) ForImported(ctx context.Context, actor coop.Actor, list coop.ImportID) (n int, err error) {
	now := i.now()
	err = i.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		if err := coop.MustFacilitate(ctx, tx, actor); err != nil {
			return err
		}
		var people []struct {
			ID      coop.MemberID
			PlaceID coop.PlaceID
		}
		err := tx.NewRaw(`
			SELECT m.id, m.place_id
			FROM coop.import_lines AS l
			JOIN coop.members AS m ON m.cooperative_id = l.cooperative_id AND m.id = l.member_id AND m.state = 'welcomed'
			WHERE l.cooperative_id = ? AND l.import_id = ? AND l.outcome = 'member' AND NOT EXISTS (
			  SELECT FROM coop.invitations AS i
			  WHERE i.cooperative_id = m.cooperative_id AND i.for_member_id = m.id AND`+waiting+`)
			ORDER BY m.number LIMIT ? FOR UPDATE OF m`, actor.Cooperative, list, now, SheetsAtOnce).Scan(ctx, &people)
		if err != nil || len(people) == 0 {
			return err
		}
		ids, sheets := make([]coop.MemberID, len(people)), make([]paperSheet, len(people))
		for k, p := range people {
			id := rule.NewID[coop.InvitationID]()
			ids[k] = p.ID
			sheets[k] = paperSheet{
				CooperativeID: actor.Cooperative.UUID, ID: id.UUID, CodeHash: i.derive.hash(anInvitation, i.derive.code(anInvitation, id.UUID)),
				PlaceID: p.PlaceID.UUID, ForMemberID: p.ID.UUID, MadeBy: actor.Member.UUID, ClientKey: uuid.NewSHA1(id.UUID, []byte("import")),
				CreatedAt: now, ExpiresAt: now.Add(invitationLasts),
			}
		}
		_, err = tx.NewRaw(`
			UPDATE coop.invitations SET revoked_at = ?
			WHERE cooperative_id = ? AND for_member_id IN (?) AND used_at IS NULL AND revoked_at IS NULL`,
			now, actor.Cooperative, bun.List(ids)).Exec(ctx)
		if err != nil {
			return err
		}
		n = len(people)
		_, err = tx.NewInsert().Model(&sheets).Exec(ctx)
		return err
	})
	return n, err
}

// paperSheet is an invitation as SQL takes it, many at a time.
type paperSheet struct {
	bun.BaseModel `bun:"table:coop.invitations"`
	CooperativeID uuid.UUID `bun:"type:uuid"`
	ID            uuid.UUID `bun:"type:uuid"`
	CodeHash      []byte    `bun:"type:bytea"`
	PlaceID       uuid.UUID `bun:"type:uuid"`
	ForMemberID   uuid.UUID `bun:"type:uuid"`
	MadeBy        uuid.UUID `bun:"type:uuid"`
	ClientKey     uuid.UUID `bun:"type:uuid"`
	CreatedAt     time.Time
	ExpiresAt     time.Time
}

// OfImported lists the invitations that open for people of an import who did not come in
// yet, in the order of their numbers, fifty at a time; after is the number of the last one of the
// page already read, or zero, and next that of this one when there are more. Facilitators only.
func (i *Invitations) OfImported(ctx context.Context, actor coop.Actor, list coop.ImportID, after int64) (sheets []Invitation, next int64, err error) {
	if err := coop.MustFacilitate(ctx, i.db, actor); err != nil {
		return nil, 0, err
	}
	var numbers []int64
	err = i.db.NewRaw(`
		SELECT m.number
		FROM coop.import_lines AS l
		JOIN coop.members AS m ON m.cooperative_id = l.cooperative_id AND m.id = l.member_id AND m.state = 'welcomed'
		JOIN coop.invitations AS i ON i.cooperative_id = m.cooperative_id AND i.for_member_id = m.id AND`+waiting+`
		WHERE l.cooperative_id = ? AND l.import_id = ? AND l.outcome = 'member' AND m.number > ?
		ORDER BY m.number LIMIT ?`, i.now(), actor.Cooperative, list, after, SheetsAtOnce+1).Scan(ctx, &numbers)
	if err != nil || len(numbers) == 0 {
		return nil, 0, err
	}
	if len(numbers) > SheetsAtOnce {
		numbers = numbers[:SheetsAtOnce]
		next = numbers[SheetsAtOnce-1]
	}
	err = i.db.NewRaw(`SELECT `+invitationColumns+`
		JOIN coop.members AS m ON m.cooperative_id = i.cooperative_id AND m.id = i.for_member_id
		WHERE i.cooperative_id = ? AND m.number IN (?) AND`+waiting+`
		ORDER BY m.number`, actor.Cooperative, bun.List(numbers), i.now()).Scan(ctx, &sheets)
	for k := range sheets {
		sheets[k] = i.written(sheets[k])
	}
	return sheets, next, err
}
