package coopweb

import (
	"bytes"
	"context"
	"fmt"
	"maps"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"

	"lien/coop"
	"lien/coop/board"
	"lien/coop/exchange"
	"lien/rule"
	"lien/server/live"
	"lien/server/page"
	"lien/server/session"
)

// LiveSource tells a hub of the boards and of the conversations inside agreements, each a
// log: what is new on them, how it looks in a language, and who may see it. Rights end with
// the membership, the place, the help that was asked for or the session.
func LiveSource(boards *board.Boards, talks *exchange.Talks, sessions *session.Sessions, languages *page.Languages) live.Source {
	return live.Source{
		Heads: func(ctx context.Context, ids []uuid.UUID) (map[uuid.UUID]int64, error) {
			heads, err := boards.Heads(ctx, ids)
			if err != nil || len(heads) == len(ids) {
				return heads, err
			}
			spoken, err := talks.Heads(ctx, ids)
			if heads == nil {
				return spoken, err
			}
			maps.Copy(heads, spoken)
			return heads, err
		},
		Epoch: boards.Epoch,
		Read: func(ctx context.Context, id uuid.UUID, after int64, limit int) ([]live.Entry, error) {
			entries, err := boards.Log(ctx, id, after, limit)
			if err != nil {
				return nil, err
			}
			out := make([]live.Entry, 0, len(entries))
			for _, e := range entries {
				out = append(out, live.Entry{Seq: e.Seq, Kind: e.Kind, Value: e})
			}
			if len(out) > 0 {
				return out, nil
			}
			says, err := talks.Log(ctx, id, after, limit)
			for _, s := range says {
				out = append(out, sayingFrame(s))
			}
			return out, err
		},
		Edition: func(ctx context.Context, r live.Reader, _ uuid.UUID) (string, error) {
			unseen, err := boards.Unseen(ctx, coop.MemberID{UUID: r.Member})
			return edition(r.Lang, unseen), err
		},
		Edit: func(ctx context.Context, id uuid.UUID, edition string, entries []live.Entry) ([]live.Entry, error) {
			return edited(ctx, boards, id, edition, entries)
		},
		Render: func(ctx context.Context, edition string, e live.Entry) ([]byte, error) {
			lang, _, _ := strings.Cut(edition, " ")
			return frame(ctx, languages.Of(lang), e.Value)
		},
		Admit: func(ctx context.Context, r live.Reader, id uuid.UUID) (bool, error) {
			may, err := boards.MayRead(ctx, coop.MemberID{UUID: r.Member}, coop.BoardID{UUID: id})
			if err != nil || may {
				return may, err
			}
			return talks.MayRead(ctx, coop.MemberID{UUID: r.Member}, coop.AgreementID{UUID: id})
		},
		Revoked: func(ctx context.Context, since time.Time) ([]uuid.UUID, error) {
			members, err := boards.ChangedRights(ctx, since)
			if err != nil {
				return nil, err
			}
			ended, err := sessions.Ended(ctx, since)
			return append(members, ended...), err
		},
		Announce: func(ctx context.Context, ids []uuid.UUID) error {
			return boards.Announce(ctx, live.BoardChannel, ids)
		},
	}
}

// edition names what somebody reads who does not see these members: the language, and then
// whom it leaves out.
func edition(lang string, unseen []coop.MemberID) string {
	for _, m := range unseen {
		lang += " " + m.String()
	}
	return lang
}

// edited are the entries of a board as an edition has them. A conversation of two is the
// same in every edition.
func edited(ctx context.Context, boards *board.Boards, id uuid.UUID, edition string, entries []live.Entry) ([]live.Entry, error) {
	var unseen []coop.MemberID
	for _, text := range strings.Fields(edition)[1:] {
		m, err := rule.ID[coop.MemberID](text)
		if err != nil {
			return nil, err
		}
		unseen = append(unseen, m)
	}
	of := make([]board.Entry, len(entries))
	for n, e := range entries {
		entry, hangs := e.Value.(board.Entry)
		if !hangs {
			return entries, nil
		}
		of[n] = entry
	}
	of, err := boards.Edited(ctx, id, of, unseen)
	out := make([]live.Entry, len(of))
	for n, e := range of {
		out[n] = live.Entry{Seq: e.Seq, Kind: e.Kind, Value: e}
	}
	return out, err
}

// frame is an entry as every reader of a language gets it: the notice or the words as the
// page draws them, or what says that a notice is gone. A step of an agreement has none.
func frame(ctx context.Context, w page.Words, value any) ([]byte, error) {
	var out bytes.Buffer
	switch e := value.(type) {
	case exchange.Saying:
		if e.Kind == exchange.SaidStep {
			return nil, nil
		}
		err := Said(said{Words: w, Saying: e}).Render(ctx, &out)
		return out.Bytes(), err
	case board.Entry:
		draw := Gone(e.NoticeID)
		if e.Notice != nil {
			draw = Notice(paper{Words: w, Notice: *e.Notice})
		}
		err := draw.Render(ctx, &out)
		return out.Bytes(), err
	}
	return nil, fmt.Errorf("no frame for %T", value)
}

// ReaderOf is the person of this request as the hub knows them.
func ReaderOf(c *fiber.Ctx) (live.Reader, error) {
	a := session.Of(c)
	return live.Reader{Member: a.Member.UUID, Session: a.Session, Lang: page.WordsOf(c).Lang(), Ends: a.Ends}, nil
}

// BoardSince answers by plain HTTP what a socket would have sent, for who cannot have one.
func (w *Web) BoardSince(c *fiber.Ctx) error { return w.since(c) }

// since catches up with the log that the address names, for whoever may read it.
func (w *Web) since(c *fiber.Ctx) error {
	id, err := rule.ID[coop.BoardID](c.Params("id"))
	if err != nil {
		return err
	}
	reader, err := ReaderOf(c)
	if err != nil {
		return err
	}
	messages, err := w.Hub.CatchUp(c.UserContext(), reader, id.UUID, int64(c.QueryInt("after", -1)), c.Query("epoch"))
	if err == live.ErrRefused {
		return rule.ErrNotFound
	}
	if err != nil {
		return err
	}
	c.Set(fiber.HeaderContentType, fiber.MIMEApplicationJSONCharsetUTF8)
	c.Set(fiber.HeaderCacheControl, "no-store")
	return c.Send(messages)
}
