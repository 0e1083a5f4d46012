package coopweb_test

import (
	"encoding/json"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"
	"github.com/google/uuid"

	"lien/coop"
	"lien/coop/board"
	"lien/server/live"
)

// changing is a board with three notices by Awa, the middle one answered and hidden, and
// what makes an entry of each kind.
type changing struct {
	*house
	id                   coop.BoardID
	awa, ben, aline      *person
	first, hidden, third coop.NoticeID
	comment              coop.CommentID
	file                 coop.FileID
}

func newChanging(t *testing.T) *changing {
	h := newHouse(t)
	c := &changing{house: h, id: h.hang(h.place), awa: h.member("Awa"), ben: h.member("Ben"), aline: h.facilitator("Aline")}
	c.first, c.hidden, c.third = c.pins("Le premier"), c.pins("Le deuxième"), c.pins("Le troisième")
	c.answers(c.first, "Oui")
	h.must(h.db.Owner.NewRaw(`SELECT id FROM coop.comments`).Scan(t.Context(), &c.comment.UUID))
	_, err := h.web.Boards.TakeDown(t.Context(), c.aline.Coop(), c.hidden, board.Decision{Rule: "money"})
	h.must(err)
	h.must(h.db.Owner.NewRaw(`SELECT id FROM coop.board_files WHERE state = 'hidden'`).Scan(t.Context(), &c.file.UUID))
	return c
}

func (h *house) must(err error) {
	h.t.Helper()
	if err != nil {
		h.t.Fatal(err)
	}
}

func (c *changing) pins(body string) coop.NoticeID {
	c.t.Helper()
	c.at = c.at.Add(5 * time.Minute)
	id, err := c.web.Boards.Pin(c.t.Context(), c.awa.Coop(), c.id, board.Draft{Key: uuid.New(), Kind: board.News, Body: body, Language: "fr"})
	c.must(err)
	return id
}

func (c *changing) answers(notice coop.NoticeID, body string) {
	c.t.Helper()
	_, err := c.web.Boards.Comment(c.t.Context(), c.ben.Coop(), notice, uuid.New(), body, "fr")
	c.must(err)
}

func (c *changing) shows(notice coop.NoticeID) error {
	_, err := c.web.Hung.Add(c.t.Context(), c.awa.Coop(), notice, board.Shot{Key: uuid.New(), File: jpegOf(c.t, 60), Words: "Un gant", Language: "fr"})
	return err
}

// makes are the acts that write an entry of a kind, each on a board of its own.
func (c *changing) makes() map[string]map[string]func() error {
	ctx := c.t.Context()
	return map[string]map[string]func() error{
		"notice": {
			"pinning": func() error { c.pins("Le quatrième"); return nil },
			"pinning with a photo": func() error {
				d := board.Draft{Key: uuid.New(), Kind: board.News, Body: "Le quatrième", Language: "fr"}
				_, err := c.web.Hung.Pin(ctx, c.awa.Coop(), c.id, d, board.Shot{Key: d.Key, File: jpegOf(c.t, 60), Words: "Un gant", Language: "fr"})
				return err
			},
		},
		"comment": {"answering": func() error { c.answers(c.third, "Moi aussi"); return nil }},
		"counts": {
			"thanking": func() error { _, err := c.web.Boards.Thank(ctx, c.ben.Coop(), c.first, true); return err },
			"reacting": func() error { _, err := c.web.Boards.React(ctx, c.ben.Coop(), c.first, board.Hand, true); return err },
			"taking an answer down": func() error {
				_, _, err := c.web.Boards.TakeDownComment(ctx, c.ben.Coop(), c.comment, board.Decision{})
				return err
			},
			"hiding an answer": func() error {
				_, _, err := c.web.Boards.TakeDownComment(ctx, c.aline.Coop(), c.comment, board.Decision{Rule: "respect"})
				return err
			},
		},
		"gone": {
			"ending": func() error {
				c.sql(`UPDATE coop.notices SET expires_at = created_at + interval '1 minute' WHERE id = ?`, c.third)
				c.at = c.at.Add(time.Hour)
				_, err := c.web.Boards.Due(ctx)
				return err
			},
			"withdrawing": func() error {
				_, err := c.web.Boards.TakeDown(ctx, c.awa.Coop(), c.first, board.Decision{})
				return err
			},
			"hiding": func() error {
				_, err := c.web.Boards.TakeDown(ctx, c.aline.Coop(), c.third, board.Decision{Rule: "respect"})
				return err
			},
		},
		"edit": {"editing": func() error {
			_, err := c.web.Boards.Edit(ctx, c.awa.Coop(), c.first, 0, board.Draft{Kind: board.Help, Title: "Mieux dit", Body: "Le premier, en mieux", Language: "fr"})
			return err
		}},
		"hung": {
			"adding a photo": func() error { return c.shows(c.first) },
			"taking a photo away": func() error {
				if err := c.shows(c.first); err != nil {
					return err
				}
				_, n, err := c.web.Boards.Notice(ctx, c.awa.Coop(), c.first)
				c.must(err)
				_, err = c.web.Hung.Remove(ctx, c.awa.Coop(), c.first, n.Photos[0].ID)
				return err
			},
		},
		"top": {
			"keeping at the top": func() error { _, err := c.web.Boards.KeepAtTop(ctx, c.aline.Coop(), c.first, true); return err },
			"letting it go back": func() error {
				if _, err := c.web.Boards.KeepAtTop(ctx, c.aline.Coop(), c.first, true); err != nil {
					return err
				}
				_, err := c.web.Boards.KeepAtTop(ctx, c.aline.Coop(), c.first, false)
				return err
			},
			"pinning below": func() error {
				if _, err := c.web.Boards.KeepAtTop(ctx, c.aline.Coop(), c.first, true); err != nil {
					return err
				}
				c.pins("Le quatrième")
				return nil
			},
		},
		"back": {"restoring": func() error {
			_, err := c.web.Boards.Decide(ctx, c.aline.Coop(), c.file, board.Decision{Step: board.ToRestore, Seen: 1, Words: "Pardon."})
			return err
		}},
	}
}

// For each kind of change: the page that was there, with the frames that came after, is
// the page that would be there.
func TestThePageBeforeAndTheFramesAreTheFreshPage(t *testing.T) {
	for _, kind := range board.Changes() {
		acts := newChanging(t).makes()[kind]
		if len(acts) == 0 {
			t.Errorf("nothing here makes a change of kind %s", kind)
		}
		for name := range acts {
			c := newChanging(t)
			stranger := c.member("Chloé").seesBoards()
			path := "/boards/" + c.id.String()
			before := stranger.opens(path)
			after, err := strconv.ParseInt(before.Find("[data-board]").AttrOr("data-after", ""), 10, 64)
			c.must(err)
			c.must(c.makes()[kind][name]())
			answer, err := c.web.Hub.CatchUp(t.Context(), live.Reader{Member: stranger.Member.UUID, Lang: "fr"}, c.id.UUID, after, "")
			c.must(err)
			var messages []message
			c.must(json.Unmarshal(answer, &messages))
			kinds := ""
			for _, m := range messages[:len(messages)-1] {
				kinds += m.Kind + " "
				apply(t, before, m)
			}
			if !strings.Contains(kinds, kind) {
				t.Errorf("%s makes changes of kind %s, want %s", name, kinds, kind)
			}
			got, want := entriesOf(before), entriesOf(stranger.opens(path))
			if strings.HasSuffix(name, "a photo") && !strings.Contains(got, `alt="Un gant"`) {
				t.Errorf("%s: the frame shows none", name)
			}
			if got != want {
				t.Errorf("%s: the page and its frames are\n%s\nthe fresh page is\n%s", name, got, want)
			}
		}
	}
}

// apply does with a frame what live.js does with it.
func apply(t *testing.T, page *goquery.Document, m message) {
	t.Helper()
	doc, err := goquery.NewDocumentFromReader(strings.NewReader(m.HTML))
	if err != nil {
		t.Fatal(err)
	}
	fresh := doc.Find("body").Children().First()
	id, entries := fresh.AttrOr("id", ""), page.Find("[data-entries]")
	old := entries.Find("#" + id)
	html, err := goquery.OuterHtml(fresh)
	if err != nil {
		t.Fatal(err)
	}
	switch {
	case m.Kind == "gone":
		entries.Find("#" + fresh.AttrOr("data-gone", "")).Remove()
	case m.Kind == "back" || m.Kind == "top":
		old.Remove()
		hang(t, entries, rankOf(fresh), html)
	case id != "" && old.Length() > 0:
		old.ReplaceWithHtml(html)
	case m.Kind == "notice":
		hang(t, entries, rankOf(fresh), html)
	}
}

func rankOf(s *goquery.Selection) int64 {
	n, err := strconv.ParseInt(s.AttrOr("data-rank", ""), 10, 64)
	if err != nil {
		return -1
	}
	return n
}

func hang(t *testing.T, entries *goquery.Selection, rank int64, html string) {
	t.Helper()
	below := entries.Find("article").FilterFunction(func(_ int, s *goquery.Selection) bool { return rankOf(s) < rank })
	switch _, whole := entries.Attr("data-whole"); {
	case below.Length() > 0:
		below.First().BeforeHtml(html)
	case whole:
		entries.AppendHtml(html)
	}
}

// entriesOf are the notices of a page as they are drawn, one a line.
func entriesOf(page *goquery.Document) (text string) {
	page.Find("[data-entries] > article").Each(func(_ int, s *goquery.Selection) {
		html, _ := goquery.OuterHtml(s)
		text += strings.Join(strings.Fields(html), " ") + "\n"
	})
	return text
}
