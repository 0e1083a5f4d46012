package coopweb

import (
	"strconv"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"lien/coop/board"
	"lien/rule"
	"lien/server/page"
	"lien/server/session"
)

// pacePage is, for a facilitator, how much one may write on the boards and when they rest,
// and how that came to be. Typed is what was sent, by the field's name.
type pacePage struct {
	page.Frame
	Key      string
	Pace     board.Pace
	Beats    []board.Beat
	Typed    map[string]string
	Problems page.Problems
}

// ShowPace shows the pace of the boards, and a form for what was voted.
func (w *Web) ShowPace(c *fiber.Ctx) error {
	return w.showPace(c, fiber.StatusOK, pacePage{Key: page.NewKey()})
}

// VotePace writes down what was voted.
func (w *Web) VotePace(c *fiber.Ctx) error {
	vote, err := voteOf(c)
	if err == nil {
		err = w.Boards.SetPace(c.UserContext(), session.Of(c).Coop(), vote)
	}
	if err != nil {
		return page.Refused(page.WordsOf(c), err, func(problems page.Problems) error {
			return w.showPace(c, fiber.StatusUnprocessableEntity, pacePage{
				Key: page.KeptKey(c), Problems: problems, Typed: typedOf(c, "notices", "comments", "minutes", "reports", "quiet_from", "quiet_until", "voted_on", "words"),
			})
		})
	}
	return c.Redirect("/desk/pace", fiber.StatusSeeOther)
}

func (w *Web) showPace(c *fiber.Ctx, status int, p pacePage) (err error) {
	p.Frame = page.NewFrame(c, "pace.title", "home")
	if p.Pace, p.Beats, err = w.Boards.Paces(c.UserContext(), session.Of(c).Coop()); err != nil {
		return err
	}
	if p.Typed == nil {
		p.Typed = map[string]string{
			"notices": strconv.Itoa(p.Pace.Notices), "comments": strconv.Itoa(p.Pace.Comments), "minutes": strconv.Itoa(p.Pace.Minutes), "reports": strconv.Itoa(p.Pace.Reports),
			"quiet_from": watch(p.Pace.QuietFrom), "quiet_until": watch(p.Pace.QuietUntil),
		}
	}
	return page.ShowStatus(c, status, PacePage(p))
}

// seen is the number of the latest pace that the page shows.
func (p pacePage) seen() string {
	if len(p.Beats) == 0 {
		return "0"
	}
	return strconv.Itoa(p.Beats[0].N)
}

func (p pacePage) numbers() (out []page.Field) {
	for _, name := range []string{"notices", "comments", "minutes", "reports"} {
		out = append(out, page.Field{Name: name, Label: p.T("pace." + name), Value: p.Typed[name], Complete: "off", Most: 4, Required: true, Problem: p.Problems[name]})
	}
	return out
}

func (p pacePage) rest() (out []page.Field) {
	for _, name := range []string{"quiet_from", "quiet_until"} {
		out = append(out, page.Field{Name: name, Type: "time", Label: p.T("pace." + name), Value: p.Typed[name], Required: true, Problem: p.Problems[name]})
	}
	return out
}

// history is how the pace came to be.
func (p pacePage) history() (out []page.Moment) {
	for n, b := range p.Beats {
		m := page.Moment{State: "done", When: p.T("limits.voted", "Date", p.Date(b.VotedOn), "By", page.Name(b.By)), Title: p.sum(b.Pace), Words: b.Words}
		if n == 0 {
			m.State = "now"
		}
		out = append(out, m)
	}
	return out
}

// sum is a pace in one line.
func (p pacePage) sum(b board.Pace) string {
	text := p.T("pace.sum", "Notices", strconv.Itoa(b.Notices), "Comments", strconv.Itoa(b.Comments), "Minutes", strconv.Itoa(b.Minutes), "Reports", strconv.Itoa(b.Reports))
	if b.QuietFrom == b.QuietUntil {
		return text + " " + p.T("pace.sum_open")
	}
	return text + " " + p.T("pace.sum_quiet", "From", watch(b.QuietFrom), "Until", watch(b.QuietUntil))
}

func voteOf(c *fiber.Ctx) (v board.Vote, err error) {
	if v.Key, err = rule.Key(c.FormValue("key")); err != nil {
		return v, err
	}
	if v.Seen, err = strconv.Atoi(c.FormValue("seen")); err != nil {
		return v, rule.ErrMoved
	}
	for name, n := range map[string]*int{"notices": &v.Pace.Notices, "comments": &v.Pace.Comments, "minutes": &v.Pace.Minutes, "reports": &v.Pace.Reports} {
		*n, _ = strconv.Atoi(strings.TrimSpace(c.FormValue(name))) // what is no number is refused as 0
	}
	for name, minute := range map[string]*int{"quiet_from": &v.Pace.QuietFrom, "quiet_until": &v.Pace.QuietUntil} {
		at, err := time.Parse("15:04", strings.TrimSpace(c.FormValue(name)))
		if err != nil {
			return v, rule.Broken(name, "pace.rule.hour")
		}
		*minute = at.Hour()*60 + at.Minute()
	}
	v.Words = c.FormValue("words")
	v.VotedOn, err = dayOf(c, "voted_on")
	return v, err
}

// watch is a minute of the day as a field of a form takes it.
func watch(minute int) string {
	return time.Time{}.Add(time.Duration(minute) * time.Minute).Format("15:04")
}
