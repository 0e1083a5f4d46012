package board_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/uuid"

	"lien/coop"
	"lien/coop/board"
	"lien/database"
	"lien/database/dbtest"
	"lien/rule"
)

func TestMain(m *testing.M) { dbtest.Main(m) }

var noon = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

// wall is a residence with two stairwells, a board for each, one for the residence and
// one for everybody; Ana and Bo live in the first stairwell, Cem in the second. Fay, in
// the first, is the facilitator.
type wall struct {
	*database.Handles
	boards            *board.Boards
	clock             time.Time
	ana, bo, cem, fay coop.Actor
	first, second     coop.BoardID
	residence, all    coop.BoardID
}

func newWall(t testing.TB) *wall {
	t.Helper()
	w := &wall{Handles: dbtest.Open(t), clock: noon}
	w.boards = board.NewBoards(w.Coop, func() time.Time { return w.clock })
	id := rule.NewID[coop.CooperativeID]()
	w.exec(t, `INSERT INTO coop.cooperatives (id, name, town, zone, last_number, created_at) VALUES (?, 'Les Iris', 'Orléans', 'Europe/Paris', 4, ?)`, id, noon)
	var path []uuid.UUID
	places := map[string]coop.PlaceID{}
	for _, p := range []struct{ name, kind, in string }{{"r", "residence", ""}, {"b", "building", "r"}, {"1", "stairwell", "b"}, {"2", "stairwell", "b"}} {
		place := rule.NewID[coop.PlaceID]()
		if p.kind == "stairwell" {
			path = path[:2]
		}
		path = append(path, place.UUID)
		places[p.name] = place
		w.exec(t, `INSERT INTO coop.places (cooperative_id, id, parent_id, kind, name, path) VALUES (?, ?, ?, ?, ?, ?::uuid[])`,
			id, place, parent(places, p.in), p.kind, p.name, array(path))
	}
	member := func(n int, name, place string) coop.Actor {
		a := coop.Actor{Cooperative: id, Member: rule.NewID[coop.MemberID]()}
		w.exec(t, `INSERT INTO coop.members (cooperative_id, id, number, name, language, place_id, state, joined_at, state_since)
			VALUES (?, ?, ?, ?, 'fr', ?, 'active', ?, ?)`, id, a.Member, n, name, places[place], noon, noon)
		return a
	}
	w.ana, w.bo, w.cem, w.fay = member(1, "Ana", "1"), member(2, "Bo", "1"), member(3, "Cem", "2"), member(4, "Fay", "1")
	w.exec(t, `INSERT INTO coop.member_roles (cooperative_id, member_id, role, from_at) VALUES (?, ?, 'facilitator', ?)`, id, w.fay.Member, noon)
	hang := func(place string) coop.BoardID {
		b := rule.NewID[coop.BoardID]()
		w.exec(t, `INSERT INTO coop.boards (cooperative_id, id, place_id, name, last_seq) VALUES (?, ?, ?, ?, 0)`, id, b, parent(places, place), "board "+place)
		return b
	}
	w.first, w.second, w.residence, w.all = hang("1"), hang("2"), hang("r"), hang("")
	return w
}

func parent(places map[string]coop.PlaceID, name string) any {
	if name == "" {
		return nil
	}
	return places[name]
}

func array(ids []uuid.UUID) string {
	text := "{"
	for n, id := range ids {
		if n > 0 {
			text += ","
		}
		text += id.String()
	}
	return text + "}"
}

func (w *wall) exec(t testing.TB, query string, args ...any) {
	t.Helper()
	if _, err := w.Coop.NewRaw(query, args...).Exec(t.Context()); err != nil {
		t.Fatal(err)
	}
}

// pin puts up a notice as somebody who does not flood.
func (w *wall) pin(t testing.TB, by coop.Actor, on coop.BoardID, body string) coop.NoticeID {
	t.Helper()
	w.clock = w.clock.Add(5 * time.Minute)
	id, err := w.boards.Pin(t.Context(), by, on, draft(body))
	if err != nil {
		t.Fatal(err)
	}
	return id
}

func draft(body string) board.Draft {
	return board.Draft{Key: uuid.New(), Kind: board.News, Body: body, Language: "fr"}
}

// shown is what a page of a board says, as one text.
func shown(notices []board.Notice) string {
	text := ""
	for _, n := range notices {
		text += fmt.Sprintf("%s %q by %s: %d thanks, %d comments", n.ID, n.Body, n.Author.Name, n.Thanks, n.Comments)
		for _, c := range n.Remarks {
			text += fmt.Sprintf(" | %s %q by %s", c.ID, c.Body, c.Author.Name)
		}
		text += "\n"
	}
	return text
}
