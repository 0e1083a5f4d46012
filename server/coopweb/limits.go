package coopweb

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"lien/coop/hours"
	"lien/rule"
	"lien/server/page"
	"lien/server/session"
)

// limitsPage is, for who looks after the hours, the limits that hold and how they came to
// be. Typed is what was sent, by the field's name.
type limitsPage struct {
	page.Frame
	Key      string
	Changes  []hours.Change
	Typed    map[string]string
	Problems page.Problems
}

// lowPage is who could do with an idea: names, and never how much.
type lowPage struct {
	page.Frame
	Lows []hours.Low
}

// ShowLimits shows the limits, and a form for what was voted.
func (w *Web) ShowLimits(c *fiber.Ctx) error {
	return w.showLimits(c, fiber.StatusOK, limitsPage{Key: page.NewKey()})
}

// AmendLimits writes down what was voted.
func (w *Web) AmendLimits(c *fiber.Ctx) error {
	amendment, err := amendmentOf(c)
	if err == nil {
		err = w.Ledger.Amend(c.UserContext(), session.Of(c).Coop(), amendment)
	}
	if err != nil {
		return page.Refused(page.WordsOf(c), err, func(problems page.Problems) error {
			return w.showLimits(c, fiber.StatusUnprocessableEntity, limitsPage{
				Key: page.KeptKey(c), Problems: problems, Typed: typedOf(c, "soft", "hard", "ceiling", "per_act", "voted_on", "words"),
			})
		})
	}
	return c.Redirect("/hours/limits", fiber.StatusSeeOther)
}

// ShowLow lists who could do with an idea.
func (w *Web) ShowLow(c *fiber.Ctx) error {
	p := lowPage{Frame: page.NewFrame(c, "limits.low.title", "home")}
	var err error
	if p.Lows, err = w.Ledger.Lows(c.UserContext(), session.Of(c).Coop()); err != nil {
		return err
	}
	return page.Show(c, LowPage(p))
}

func (w *Web) showLimits(c *fiber.Ctx, status int, p limitsPage) (err error) {
	p.Frame = page.NewFrame(c, "limits.title", "home")
	if p.Changes, err = w.Ledger.Changes(c.UserContext(), session.Of(c).Coop()); err != nil {
		return err
	}
	if p.Typed == nil {
		now := p.now()
		p.Typed = map[string]string{
			"soft": inHours(-now.SoftFloor), "hard": inHours(-now.HardFloor), "ceiling": inHours(now.Ceiling), "per_act": inHours(now.PerAct),
		}
	}
	return page.ShowStatus(c, status, LimitsPage(p))
}

// now are the limits that hold.
func (p limitsPage) now() hours.Limits {
	if len(p.Changes) == 0 {
		return hours.Limits{}
	}
	return p.Changes[0].Limits
}

// seen is the number of the latest change that the page shows.
func (p limitsPage) seen() int {
	if len(p.Changes) == 0 {
		return 0
	}
	return p.Changes[0].N
}

// fields are the four limits as fields of the form.
func (p limitsPage) fields() []page.Field {
	var out []page.Field
	for _, name := range []string{"soft", "hard", "ceiling", "per_act"} {
		out = append(out, page.Field{
			Name: name, Label: p.T("limits." + name), Hint: p.T("limits." + name + "_hint"), Value: p.Typed[name], Complete: "off", Most: 10, Required: true, Problem: p.Problems[name],
		})
	}
	return out
}

// history is how the limits came to be.
func (p limitsPage) history() []page.Moment {
	var out []page.Moment
	for n, c := range p.Changes {
		m := page.Moment{State: "done", When: p.T("limits.voted", "Date", p.Date(c.VotedOn), "By", page.Name(c.By)), Title: p.sum(c.Limits), Words: c.Words}
		if c.VotedOn.IsZero() {
			m.When = p.T("limits.first")
		}
		if n == 0 {
			m.State = "now"
		}
		out = append(out, m)
	}
	return out
}

// sum is the four limits in one line.
func (p limitsPage) sum(l hours.Limits) string {
	return p.T("limits.sum", "Soft", p.Hours(-l.SoftFloor), "Hard", p.Hours(-l.HardFloor), "Ceiling", p.Hours(l.Ceiling), "Act", p.Hours(l.PerAct))
}

// low are lines with what one can do for each.
func (p lowPage) low() []page.Line {
	var out []page.Line
	for _, m := range p.Lows {
		out = append(out, page.Line{Icon: "person", Title: m.Name, Note: p.T("limits.low.note"), Href: "/fund/offer?to=" + m.ID.String()})
	}
	return out
}

func amendmentOf(c *fiber.Ctx) (a hours.Amendment, err error) {
	if a.Key, err = rule.Key(c.FormValue("key")); err != nil {
		return a, err
	}
	if a.Seen, err = strconv.Atoi(c.FormValue("seen")); err != nil {
		return a, rule.ErrMoved
	}
	for name, limit := range map[string]*int64{"soft": &a.Limits.SoftFloor, "hard": &a.Limits.HardFloor, "ceiling": &a.Limits.Ceiling, "per_act": &a.Limits.PerAct} {
		if *limit, err = hoursOf(c, name); err != nil {
			return a, err
		}
	}
	a.Limits.SoftFloor, a.Limits.HardFloor = -a.Limits.SoftFloor, -a.Limits.HardFloor
	a.Words = c.FormValue("words")
	a.VotedOn, err = dayOf(c, "voted_on")
	return a, err
}

// asHours is a length as people write it: "10", "1 h 30", "1h30", "1:30".
var asHours = regexp.MustCompile(`^(\d{1,4})(?:\s*[hH:]\s*(\d{1,2})?)?$`)

// hoursOf reads a length in hours, as minutes.
func hoursOf(c *fiber.Ctx, name string) (int64, error) {
	found := asHours.FindStringSubmatch(strings.TrimSpace(c.FormValue(name)))
	if found == nil {
		return 0, rule.Broken(name, "limits.not_hours")
	}
	h, _ := strconv.ParseInt(found[1], 10, 64) // four digits at most, or none
	m, _ := strconv.ParseInt(found[2], 10, 64)
	if m > 59 {
		return 0, rule.Broken(name, "limits.not_hours")
	}
	return h*60 + m, nil
}

// inHours writes a length for such a field.
func inHours(minutes int64) string {
	if minutes%60 == 0 {
		return strconv.FormatInt(minutes/60, 10)
	}
	text := strconv.FormatInt(minutes%60, 10)
	if len(text) == 1 {
		text = "0" + text
	}
	return strconv.FormatInt(minutes/60, 10) + " h " + text
}

// dayOf reads a day of the neighbourhood's calendar; it is zero when none was given.
func dayOf(c *fiber.Ctx, name string) (time.Time, error) {
	text := strings.TrimSpace(c.FormValue(name))
	if text == "" {
		return time.Time{}, nil
	}
	day, err := time.ParseInLocation(time.DateOnly, text, page.WordsOf(c).Zone())
	if err != nil {
		return time.Time{}, rule.Broken(name, "limits.not_a_day")
	}
	return day, nil
}

// typedOf keeps what was sent.
func typedOf(c *fiber.Ctx, names ...string) map[string]string {
	typed := map[string]string{}
	for _, name := range names {
		typed[name] = legible(c.FormValue(name))
	}
	return typed
}
