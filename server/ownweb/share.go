package ownweb

import (
	"errors"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"

	"lien/coop/event"
	"lien/rule"
	"lien/server/page"
	"lien/server/session"
	"lien/support/bond"
)

// wordsVersion is the version of the sentences that ask for consent; a change of their
// meaning raises it, so that each yes says what was read.
const wordsVersion = 1

// sharePage is what I share with my referent.
type sharePage struct {
	page.Frame
	Sharing Sharing
	First   string  // the referent's first name
	Past    bool    // closed scopes would open with the past months
	Renewal Renewal // what was shown to the referent before this one
	Scopes  []scope
	Moments []moment
	Ideas   []string // what I could pick, in words that I may change
	Until   string
	Closed  bool // a scope that is counted per month is not open
	Soon    bool // something closes by itself within a month
	Typed   string
	Key     string
	Problem string
}

// scope is one thing that I may show, with exactly what would be seen.
type scope struct {
	Name    bond.Scope
	Open    bool
	Dated   bool // it is counted per month, so one chooses since when
	Since   string
	Summary *bond.Summary
	Months  []bond.Month
	Moments []string
	Empty   bool
}

type moment struct{ ID, Words, Key string }

// ShowShare answers with what I share, or with the way there when nobody accompanies me.
func (w *Web) ShowShare(c *fiber.Ctx) error {
	return w.showShare(c, fiber.StatusOK, "", "")
}

func (w *Web) showShare(c *fiber.Ctx, status int, typed, problem string) error {
	f, o := page.NewFrame(c, "share.title", "me"), owner(c)
	mine, err := w.Door.Mine(c.UserContext(), o)
	if err != nil {
		return err
	}
	if mine.Referent == "" {
		return page.Show(c, NobodyPage(page.NewFrame(c, "share.nobody.title", "me")))
	}
	p := sharePage{Frame: f, Sharing: mine, Past: c.Query("since") == "past", Typed: typed, Problem: problem, Key: page.NewKey()}
	p.First, _, _ = strings.Cut(mine.Referent, " ")
	p.Title = f.T("share.with", "Name", page.Name(p.First))
	if p.Renewal, err = w.Door.Renewal(c.UserContext(), o); err != nil {
		return err
	}
	if err := w.preview(c, o, &p); err != nil {
		return err
	}
	if err := w.moments(c, o, &p); err != nil {
		return err
	}
	return page.ShowStatus(c, status, SharePage(p))
}

// preview draws each scope from the day from which it shows, or would show.
func (w *Web) preview(c *fiber.Ctx, o Owner, p *sharePage) error {
	now, drawn := p.Now(), map[string]*bond.Shown{}
	for _, open := range p.Sharing.Scopes {
		from := now
		switch {
		case open.Open:
			from = open.ShowsFrom
		case p.Past:
			from = longAgo(now)
		}
		day := from.Format(time.DateOnly)
		if _, done := drawn[day]; !done {
			shown, err := w.Door.Preview(c.UserContext(), o, from)
			if err != nil {
				return err
			}
			if shown == nil {
				shown = &bond.Shown{}
			}
			drawn[day] = shown
		}
		p.Scopes = append(p.Scopes, scopeOf(p.Frame, open, drawn[day]))
		p.Closed = p.Closed || !open.Open && p.Scopes[len(p.Scopes)-1].Dated
		if open.Open && (p.Until == "" || open.LapsesAt.Before(now.AddDate(0, 1, 0))) {
			p.Until, p.Soon = p.Date(open.LapsesAt), open.LapsesAt.Before(now.AddDate(0, 1, 0))
		}
	}
	return nil
}

// Before says in one line what was shown to the former referent.
func (p sharePage) Before() string {
	var names []string
	for _, scope := range p.Renewal.Scopes {
		names = append(names, p.T("share.scope."+string(scope)))
	}
	return strings.Join(names, " · ")
}

func scopeOf(f page.Frame, open Open, drawn *bond.Shown) scope {
	s := scope{Name: open.Scope, Open: open.Open}
	switch open.Scope {
	case bond.ScopeSummary:
		s.Summary, s.Dated, s.Empty = drawn.Summary, true, drawn.Summary == nil
	case bond.ScopeMonthly:
		s.Months, s.Dated, s.Empty = drawn.Months, true, len(drawn.Months) == 0
	case bond.ScopeHighlights:
		s.Moments, s.Empty = drawn.Highlights, len(drawn.Highlights) == 0
	}
	if s.Dated && open.Open {
		s.Since = f.T("share.since", "Month", f.Month(open.ShowsFrom))
		if open.ShowsFrom.Before(open.GivenAt.AddDate(0, -6, 0)) {
			s.Since = f.T("share.since_past")
		}
	}
	return s
}

// moments lists what I picked, and what I could pick: the events where I was.
func (w *Web) moments(c *fiber.Ctx, o Owner, p *sharePage) error {
	picked, err := w.Door.Picked(c.UserContext(), o)
	if err != nil {
		return err
	}
	for _, h := range picked {
		p.Moments = append(p.Moments, moment{h.ID.String(), h.Words, page.NewKey()})
	}
	past, err := w.Events.Past(c.UserContext(), session.Of(c).Coop(), event.After{})
	if err != nil && !errors.Is(err, rule.ErrNotFound) && !errors.Is(err, rule.ErrForbidden) {
		return err
	}
	seen := map[string]bool{}
	for _, e := range past {
		if idea := p.T("share.moments.idea", "Title", e.Title); e.Attended && e.Title != "" && len(p.Ideas) < 3 && !seen[idea] {
			seen[idea] = true
			p.Ideas = append(p.Ideas, idea)
		}
	}
	return nil
}

// Consent opens one scope to my referent.
func (w *Web) Consent(c *fiber.Ctx) error {
	f := page.WordsOf(c)
	a := Agreement{Scope: bond.Scope(c.Params("scope")), From: f.Now(), Text: wordsVersion, Language: f.Lang()}
	if c.FormValue("since") == "past" {
		a.From = longAgo(f.Now())
	}
	if err := w.Door.Consent(c.UserContext(), owner(c), a); err != nil {
		return err
	}
	return c.Redirect("/private/share", fiber.StatusSeeOther)
}

// Withdraw closes one scope at once.
func (w *Web) Withdraw(c *fiber.Ctx) error {
	if err := w.Door.Withdraw(c.UserContext(), owner(c), bond.Scope(c.Params("scope"))); err != nil {
		return err
	}
	return c.Redirect("/private/share", fiber.StatusSeeOther)
}

// WithdrawAll closes everything at once.
func (w *Web) WithdrawAll(c *fiber.Ctx) error {
	if err := w.Door.WithdrawAll(c.UserContext(), owner(c)); err != nil {
		return err
	}
	return c.Redirect("/private/share", fiber.StatusSeeOther)
}

// Pick keeps a moment in my words; with another's id it takes that one's place.
func (w *Web) Pick(c *fiber.Ctx) error {
	words, instead := c.FormValue("words"), uuid.Nil
	if id, err := uuid.Parse(c.FormValue("instead")); err == nil {
		instead = id
	}
	err := w.Door.Reword(c.UserContext(), owner(c), instead, words, c.FormValue("key"))
	if problems, refused := page.ProblemsOf(page.WordsOf(c), err); refused {
		return w.showShare(c, fiber.StatusUnprocessableEntity, readable(words), problems["words"]+problems["key"])
	}
	if err != nil {
		return err
	}
	return c.Redirect("/private/share#moments", fiber.StatusSeeOther)
}

// DropMoment puts a moment away.
func (w *Web) DropMoment(c *fiber.Ctx) error {
	id, err := uuid.Parse(c.Params("id"))
	if err != nil {
		return rule.ErrNotFound
	}
	if err := w.Door.Drop(c.UserContext(), owner(c), id); err != nil {
		return err
	}
	return c.Redirect("/private/share#moments", fiber.StatusSeeOther)
}
