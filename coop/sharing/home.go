package sharing

import (
	"context"

	"github.com/google/uuid"
	"github.com/uptrace/bun"

	"lien/coop"
)

// homeOf returns whose share counts, and keeps others of that home from taking theirs
// meanwhile: the household that the actor lives in, else the member alone. It comes before
// the thing's own lock.
func homeOf(ctx context.Context, tx bun.Tx, actor coop.Actor) (home uuid.UUID, err error) {
	var lives []uuid.UUID
	err = tx.NewRaw(`
		SELECT h.id FROM coop.household_members m
		JOIN coop.households h ON h.cooperative_id = m.cooperative_id AND h.id = m.household_id
		WHERE m.cooperative_id = ? AND m.member_id = ? AND m.until_at IS NULL
		FOR NO KEY UPDATE OF h`, actor.Cooperative, actor.Member).Scan(ctx, &lives)
	if err != nil || len(lives) > 0 {
		return append(lives, uuid.Nil)[0], err
	}
	err = tx.NewRaw(`SELECT id FROM coop.members WHERE cooperative_id = ? AND id = ? FOR NO KEY UPDATE`, actor.Cooperative, actor.Member).Scan(ctx, &home)
	return home, err
}

// ofHome is true of a row that counts for a home, ?0 of the cooperative ?1: what was taken while living there, also by who has moved out since, and
// what those who live there now took before they came. What somebody takes after they left
// is theirs alone, so that nobody can read it off what is left.
const ofHome = `(home_id = ?0 OR home_id IN (SELECT member_id FROM coop.household_members WHERE cooperative_id = ?1 AND household_id = ?0 AND until_at IS NULL))`

// lentTo is true of a loan that counts for the home ?0 of the cooperative ?1, and of the
// member ?2 in it: a thing goes with who has it when a household parts. Who left without a
// word still counts, for what they had then, until the others know.
const lentTo = `(member_id = ?2 OR EXISTS (
		  SELECT FROM coop.household_members p
		  WHERE p.cooperative_id = ?1 AND p.household_id = ?0 AND p.member_id = loans.member_id
		    AND (p.until_at IS NULL AND loans.home_id IN (?0, loans.member_id) OR p.untold AND loans.home_id = ?0)))`
