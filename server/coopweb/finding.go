package coopweb

import (
	"net/url"
	"time"

	"github.com/gofiber/fiber/v2"

	"lien/coop"
	"lien/coop/board"
	"lien/coop/event"
	"lien/coop/exchange"
	"lien/rule"
	"lien/server/page"
	"lien/server/session"
)

// How many of each kind stand side by side, and how many of one kind on its own pages.
const (
	foundBeside = 5
	foundAlone  = 20
)

// findingPage is what one search finds: of each kind the first, or one kind page by page.
type findingPage struct {
	page.Frame
	Typed    string
	Kind     string // empty: all
	Notices  []board.Notice
	Events   []event.Event
	Listings []exchange.Listing
	More     map[string]string // by kind, where the rest of it stands
	Problems page.Problems
}

// ShowFinding searches notices, events and listings at once.
func (w *Web) ShowFinding(c *fiber.Ctx) error {
	p := findingPage{Frame: page.NewFrame(c, "find.title", "boards"), Typed: c.Query("words"), Kind: c.Query("kind"), More: map[string]string{}}
	var err error
	switch p.Kind {
	case "":
		if err = w.findNotices(c, &p, foundBeside); err == nil {
			if err = w.findEvents(c, &p, foundBeside); err == nil {
				err = w.findListings(c, &p)
			}
		}
	case "notices":
		err = w.findNotices(c, &p, foundAlone)
	case "events":
		err = w.findEvents(c, &p, foundAlone)
	default:
		return rule.ErrNotFound
	}
	if problems, refused := page.ProblemsOf(page.WordsOf(c), err); refused {
		p.Notices, p.Events, p.Listings, p.Problems = nil, nil, nil, problems
		return page.ShowStatus(c, fiber.StatusUnprocessableEntity, FindingPage(p))
	}
	if err != nil {
		return err
	}
	return page.Show(c, FindingPage(p))
}

func (w *Web) findNotices(c *fiber.Ctx, p *findingPage, most int) (err error) {
	var before, next coop.NoticeID
	if after := c.Query("after"); after != "" {
		if before, err = rule.ID[coop.NoticeID](after); err != nil {
			return err
		}
	}
	p.Notices, next, err = w.Boards.Find(c.UserContext(), session.Of(c).Coop(), p.Typed, before, most)
	if next == (coop.NoticeID{}) {
		return err
	}
	if p.Kind == "" {
		p.More["notices"] = p.path("notices", "", "")
	} else {
		p.More["notices"] = p.path("notices", "after", next.String())
	}
	return err
}

func (w *Web) findEvents(c *fiber.Ctx, p *findingPage, most int) (err error) {
	var after event.After
	if text := c.Query("after"); text != "" {
		if after.ID, err = rule.ID[coop.EventID](text); err != nil {
			return err
		}
		if after.At, err = time.Parse(time.RFC3339, c.Query("at")); err != nil {
			return rule.ErrNotFound
		}
	}
	p.Events, err = w.Events.Find(c.UserContext(), session.Of(c).Coop(), p.Typed, after, most+1)
	if len(p.Events) <= most {
		return err
	}
	p.Events = p.Events[:most]
	last := p.Events[most-1]
	if p.Kind == "" {
		p.More["events"] = p.path("events", "", "")
	} else {
		p.More["events"] = p.path("events", "after", last.ID.String()) + "&at=" + url.QueryEscape(stamp(last.StartsAt))
	}
	return err
}

// findListings finds as the list of listings does, where the rest stands.
func (w *Web) findListings(c *fiber.Ctx, p *findingPage) error {
	if p.Typed == "" {
		return nil
	}
	shelf, err := w.Listings.List(c.UserContext(), session.Of(c).Coop(), exchange.Search{Words: p.Typed})
	p.Listings = shelf.Listings
	if len(p.Listings) > foundBeside {
		p.Listings = p.Listings[:foundBeside]
		p.More["listings"] = "/listings?words=" + url.QueryEscape(p.Typed)
	}
	return err
}

func (p findingPage) path(kind, key, value string) string {
	path := "/search?words=" + url.QueryEscape(p.Typed) + "&kind=" + kind
	if key != "" {
		path += "&" + key + "=" + url.QueryEscape(value)
	}
	return path
}

// nothing reports whether somebody searched and found nothing.
func (p findingPage) nothing() bool {
	return p.Typed != "" && len(p.Problems) == 0 && len(p.Notices)+len(p.Events)+len(p.Listings) == 0
}

func (p findingPage) noticeNote(n board.Notice) string {
	return p.T("home.board.by", "Name", writtenBy(p.Words, n.Author), "When", p.Ago(n.CreatedAt))
}

// rest is the way to the rest of a kind, with its words.
func (p findingPage) rest(kind string) string {
	if p.Kind == "" {
		return p.T("find.all." + kind)
	}
	return p.T("nav.more")
}
