package board

import (
	"context"
	"slices"
	"strings"

	"github.com/google/uuid"

	"lien/coop"
)

// Two of whom one hid the other share boards and do not meet there: neither is shown the
// other's notices and comments, counts leave them out, and answering one is answering what
// is not there. Thanks name nobody and stay. The log keeps its numbers for everybody: what
// somebody does not see, their edition of it says is gone.

// nobody is the array for a reader who sees everybody.
const nobody = "{}"

// array is members as an array of the database's.
func array(members []coop.MemberID) string {
	list := make([]string, len(members))
	for n, m := range members {
		list[n] = m.String()
	}
	return "{" + strings.Join(list, ",") + "}"
}

// Unseen are the members whom a member does not see, and who do not see them, in the order
// of their ids; hardly anybody has any.
func (s *Boards) Unseen(ctx context.Context, member coop.MemberID) (unseen []coop.MemberID, err error) {
	var found []uuid.UUID
	err = s.db.NewRaw(`
		SELECT h.id FROM coop.members m CROSS JOIN LATERAL coop.hidden_from(m.cooperative_id, m.id) AS h (id)
		WHERE m.id = ? ORDER BY h.id`, member).Scan(ctx, &found)
	for _, id := range found {
		unseen = append(unseen, coop.MemberID{UUID: id})
	}
	return unseen, err
}

// Edited are entries of a board as they are for somebody who does not see these members:
// the same numbers in the same order.
func (s *Boards) Edited(ctx context.Context, board uuid.UUID, entries []Entry, unseen []coop.MemberID) ([]Entry, error) {
	edited := slices.Clone(entries)
	if len(edited) == 0 {
		return edited, nil
	}
	return edited, s.addNotices(ctx, board, edited, unseen)
}
