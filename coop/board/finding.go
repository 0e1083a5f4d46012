package board

import (
	"context"

	"lien/coop"
	"lien/coop/words"
	"lien/rule"
)

// leafed is how many of the newest notices are looked through one by one for words that
// are common, and learned how many of them mend a slip of the finger. What is rare among
// them is looked up everywhere.
const (
	leafed  = 3000
	learned = 500
)

// reached are the notices n that a member m may read now: up, on a board of theirs, by
// nobody whom they do not see. It asks for the moment, the cooperative and the member
// twice.
const reached = `n.gone_at IS NULL AND (n.expires_at IS NULL OR n.expires_at > ?)
	AND n.board_id IN (SELECT b.id ` + readable + `)
	AND n.member_id <> ALL (ARRAY(SELECT coop.hidden_from(?, ?)))`

// newest are the cooperative's newest notices, bounded.
const newest = `(SELECT n.cooperative_id, n.id, n.board_id, n.member_id, n.gone_at, n.expires_at, n.words FROM coop.notices n
	WHERE n.cooperative_id = ? AND n.gone_at IS NULL ORDER BY n.id DESC LIMIT ?)`

// Find returns the notices that hold all the words typed and that the actor may read, the
// newest first, most at a time; before is where the page before ended, zero for the first,
// and next where the one after begins. Accents, French endings and one slip in each word
// make no difference.
func (s *Boards) Find(ctx context.Context, actor coop.Actor, typed string, before coop.NoticeID, most int) (list []Notice, next coop.NoticeID, err error) {
	if typed, err = rule.Line("words", typed, 0, 100); err != nil || typed == "" {
		return nil, next, err
	}
	rights := []any{s.now(), actor.Cooperative, actor.Member, actor.Cooperative, actor.Member}
	query, err := words.Query(ctx, s.db, typed, `SELECT n.words FROM `+newest+` n WHERE `+reached, append([]any{actor.Cooperative, learned}, rights...)...)
	if err != nil || query == "" {
		return nil, next, err
	}
	for _, from := range []struct {
		source string
		args   []any
	}{{newest, []any{actor.Cooperative, leafed}}, {`coop.notices`, nil}} {
		args := append([]any{nobody}, from.args...)
		args = append(args, actor.Cooperative, query)
		args = append(append(args, rights...), before == coop.NoticeID{}, before, most+1)
		list = nil
		err = s.db.NewRaw(`
			SELECT `+noticeColumns+`, false AS thanked
			`+noticesFor+`
			WHERE (n.cooperative_id, n.id) IN (
				SELECT n.cooperative_id, n.id FROM `+from.source+` n
				WHERE n.cooperative_id = ? AND n.words @@ ?::tsquery AND `+reached+` AND (? OR n.id < ?)
				ORDER BY n.id DESC LIMIT ?)
			ORDER BY n.id DESC`, args...).Scan(ctx, &list)
		if err != nil || len(list) > most {
			break
		}
	}
	if len(list) > most {
		list = list[:most]
		next = list[most-1].ID
	}
	return list, next, err
}
