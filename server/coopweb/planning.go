package coopweb

import (
	"slices"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"lien/coop/exchange"
	"lien/server/page"
)

// clock is a time of day as a form holds it.
const clock = "15:04"

// planForm is when, how long and where, as taps; a day and an hour that are not among them
// can be typed, and go before a tap.
type planForm struct {
	page.Words
	Day, Date   string // tapped and typed, as 2006-01-02
	Clock, Time string // tapped and typed, as 15:04
	Spent       timeSpent
	Meeting     exchange.Meeting
	Problems    page.Problems
}

// newPlan begins with tomorrow at six, in the common room.
func newPlan(w page.Words, minutes int64) planForm {
	if minutes == 0 {
		minutes = 60
	}
	return planForm{
		Words: w, Day: w.Now().AddDate(0, 0, 1).Format(time.DateOnly), Clock: "18:00",
		Spent: timeSpent{Chosen: minutes}, Meeting: exchange.CommonRoom,
	}
}

// planOf reads a planForm; the day and the hour are the neighbourhood's. Gives says whether
// the reader helps: a home is "mine" or "theirs" in the form.
func planOf(c *fiber.Ctx, gives bool) (p exchange.Plan, err error) {
	p.Meeting = meetingOf(c, gives)
	if p.Minutes, err = minutesOf(c); err != nil {
		return p, err
	}
	p.PlannedAt, err = exchange.Moment(typedOr(c, "date", "day"), typedOr(c, "time", "clock"), page.WordsOf(c).Zone())
	return p, err
}

func meetingOf(c *fiber.Ctx, gives bool) exchange.Meeting {
	switch value := c.FormValue("meeting"); value {
	case "mine":
		return homeOf(gives)
	case "theirs":
		return homeOf(!gives)
	default:
		return exchange.Meeting(value)
	}
}

func homeOf(giver bool) exchange.Meeting {
	if giver {
		return exchange.GiverHome
	}
	return exchange.ReceiverHome
}

// typedOr is what was typed into one field, or tapped in another.
func typedOr(c *fiber.Ctx, typed, tapped string) string {
	if text := strings.TrimSpace(c.FormValue(typed)); text != "" {
		return text
	}
	return c.FormValue(tapped)
}

// keptPlan is the form as it was sent, with what is wrong with it.
func keptPlan(c *fiber.Ctx, w page.Words, gives bool, problems page.Problems) planForm {
	minutes, _ := minutesOf(c) // what is wrong with it is among the problems
	return planForm{
		Words: w, Day: c.FormValue("day"), Date: c.FormValue("date"), Clock: c.FormValue("clock"), Time: c.FormValue("time"),
		Spent:   timeSpent{Chosen: minutes, Other: c.FormValue("other"), Problem: problems["minutes"]},
		Meeting: meetingOf(c, gives), Problems: problems,
	}
}

// planDays is how many days can be tapped, today first.
const planDays = 7

// days are the next days as taps; a chosen one further away is added.
func (p planForm) days() (out []page.Choice) {
	now := p.Now()
	for n := range planDays {
		out = append(out, p.day(time.Date(now.Year(), now.Month(), now.Day()+n, 12, 0, 0, 0, p.Zone())))
	}
	if at, err := time.ParseInLocation(time.DateOnly, p.Day, p.Zone()); err == nil && !slices.ContainsFunc(out, func(c page.Choice) bool { return c.Chosen }) {
		out = append(out, p.day(at.Add(12*time.Hour)))
	}
	return out
}

func (p planForm) day(at time.Time) page.Choice {
	date := at.Format(time.DateOnly)
	return page.Choice{Value: date, Label: page.Capital(p.NearDay(at)), Chosen: date == p.Day}
}

// clocks are the hours of a day at which people meet, as taps; another chosen one is added.
func (p planForm) clocks() (out []page.Choice) {
	usual := []string{"09:00", "10:00", "11:00", "14:00", "15:00", "16:00", "17:00", "18:00", "19:00"}
	if _, err := time.Parse(clock, p.Clock); err == nil && !slices.Contains(usual, p.Clock) {
		usual = append(usual, p.Clock)
		slices.Sort(usual)
	}
	for _, text := range usual {
		at, _ := time.Parse(clock, text) // each was written or parsed above
		day := p.Now()
		label := p.Words.Clock(time.Date(day.Year(), day.Month(), day.Day(), at.Hour(), at.Minute(), 0, 0, p.Zone()))
		out = append(out, page.Choice{Value: text, Label: label, Chosen: text == p.Clock})
	}
	return out
}

// typed reports whether a day or an hour was typed, and the fields for it stand open.
func (p planForm) typed() bool { return p.Date != "" || p.Time != "" }

// meetings are the meeting places as the reader says them, who helps or is helped by the
// other. The common room comes first.
func (p planForm) meetings(gives bool, other string) []page.Choice {
	choice := func(value, key, icon string, m exchange.Meeting) page.Choice {
		return page.Choice{Value: value, Label: p.T("agreement.meeting_"+key, "Name", page.Name(other)), Icon: icon, Chosen: m == p.Meeting}
	}
	return []page.Choice{
		choice("common_room", "common_room", "people", exchange.CommonRoom),
		choice("outside", "outside", "walk", exchange.Outside),
		choice("mine", "mine", "home", homeOf(gives)),
		choice("theirs", "theirs", "home", homeOf(!gives)),
	}
}

// things are what can be brought along, as taps.
func (p proposeForm) things() (out []page.Choice) {
	for _, t := range exchange.Things() {
		out = append(out, page.Choice{Value: string(t), Label: p.T("agreement.bring_" + string(t)), Icon: thingIcon(t), Chosen: slices.Contains(p.Bring, t)})
	}
	return out
}

// ways are who helps whom, as taps.
func (p proposeForm) ways() []page.Choice {
	return []page.Choice{
		{Value: "ask", Label: p.T("agreement.propose.ask"), Icon: "help", Chosen: !p.Giving},
		{Value: "give", Label: p.T("agreement.propose.give"), Icon: "gift", Chosen: p.Giving},
	}
}

// answers reports whether the form answers a listing.
func (p proposeForm) answers() bool { return p.Listing.Title != "" }

func (p proposeForm) action() string {
	if p.answers() {
		return "/listings/" + p.Listing.ID.String() + "/propose"
	}
	return "/propose/" + p.With.ID.String()
}
