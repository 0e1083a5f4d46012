package coopweb

import (
	"strconv"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"lien/coop"
	"lien/coop/event"
	"lien/rule"
	"lien/server/page"
	"lien/server/session"
)

// eventPage is one event as its reader may see it, with what they can do now.
type eventPage struct {
	page.Frame
	Event    event.Event
	When     string // on the poster
	DateTime string
	Details  []string
	Facts    []page.Fact
	Path     string
	Standing string // which of the forms stands beside the poster
	Words    string // what goes with it
	Guests   []page.Choice
	Answers  []page.Choice // yes, maybe, no
	Fewer    int           // how many of a party that waits would find places now; 0 when none
	Send     string
	Until    string // when an offer ends
	Draw     drawPart
	ListOpen bool
	Arriving bool   // one may say "I am here" now
	Series   string // the address of the series
	Editable bool
	Problems page.Problems
}

// ShowEvent answers with one event.
func (w *Web) ShowEvent(c *fiber.Ctx) error {
	return w.showEvent(c, fiber.StatusOK, nil)
}

func (w *Web) showEvent(c *fiber.Ctx, status int, refused error) error {
	id, err := rule.ID[coop.EventID](c.Params("id"))
	if err != nil {
		return err
	}
	e, err := w.Events.Show(c.UserContext(), session.Of(c).Coop(), id)
	if err != nil {
		return err
	}
	p := eventPageOf(page.NewFrame(c, "event.agenda", "events"), e)
	if refused != nil {
		p.Problems, _ = page.ProblemsOf(p.Frame.Words, refused)
		p.Guests = guestsOf(p.Frame, e, c.FormValue("guests"))
		p.Answers = answersOf(p.Frame, e, event.Coming, p.Standing)
	}
	if e.ByDraw() && !e.Drawing() {
		d, err := w.Events.DrawOf(c.UserContext(), session.Of(c).Coop(), id)
		if err != nil {
			return err
		}
		p.Draw = drawPartOf(p.Frame, e, d)
	}
	return page.ShowStatus(c, status, EventPage(p))
}

func eventPageOf(f page.Frame, e event.Event) eventPage {
	now := f.Now()
	f.Title = titleOf(f.Words, e)
	p := eventPage{
		Frame: f, Event: e, Path: "/events/" + e.ID.String(), When: posterWhen(f, e),
		DateTime: e.StartsAt.In(f.Zone()).Format(time.RFC3339), Facts: factsOf(f, e),
		Guests:   guestsOf(f, e, strconv.Itoa(e.Mine.Guests)),
		ListOpen: e.ListOpen(now), Arriving: e.AtTheDoor(now) && !e.Attended,
	}
	p.Editable = e.Runs && e.Open(now) && !e.Began(now)
	if e.InSeries() {
		p.Series = "/series/" + e.SeriesID.String()
	}
	if e.Details != "" {
		p.Details = strings.Split(e.Details, "\n")
	}
	p.Standing, p.Words, p.Send = standingOf(f, e)
	p.Answers = answersOf(f, e, e.Mine.Answer, p.Standing)
	if left := e.Left(now); p.Standing == "waiting" && left < e.Mine.Party() {
		p.Fewer = left
	}
	if p.Standing == "offered" {
		p.Until = f.T("event.offer.until", "When", f.When(e.Mine.OfferUntil))
	}
	return p
}

// standingOf says which form stands beside the poster, with its sentence and its button.
func standingOf(f page.Frame, e event.Event) (standing, words, send string) {
	full := e.Limited() && e.Left(f.Now()) == 0
	switch {
	case e.Cancelled():
		return "off", "", ""
	case e.Over(f.Now()) && e.Attended:
		return "over", f.T("event.over.there"), ""
	case e.Over(f.Now()):
		return "over", f.T("event.over.words"), ""
	case e.Attended:
		return "there", f.T("event.here.done_words"), ""
	case e.Mine.Answer == event.Offered:
		return "offered", "", ""
	case e.Drawing() && e.Mine.Answer == event.Waiting:
		return "entered", f.T("event.draw.entered_words", "When", f.When(e.DrawAt)), f.T("event.answer.change")
	case e.Drawing():
		return "draw", f.T("event.draw.words", "When", f.When(e.DrawAt)), f.T("event.draw.send")
	case e.Mine.Answer == event.Coming:
		return "coming", f.T("event.answer.coming_words"), f.T("event.answer.change")
	case e.Mine.Answer == event.Waiting && e.LastHour(f.Now()):
		return "waiting", f.T("event.answer.last_hour"), f.T("event.answer.keep")
	case e.Mine.Answer == event.Waiting:
		return "waiting", f.T("event.answer.waiting_words"), f.T("event.answer.change")
	case e.Mine.Answer == event.Maybe && full:
		return "full", f.T("event.answer.maybe_full"), f.T("event.answer.change")
	case e.Mine.Answer == event.Maybe:
		return "free", f.T("event.answer.maybe_words"), f.T("event.answer.change")
	case e.Mine.Answer == event.Lapsed && full:
		return "full", f.T("event.answer.lapsed_words"), f.T("event.answer.queue")
	case full && e.ForNewcomers(f.Now()) > 0 && e.Taken < e.Capacity:
		return "full", f.T("event.answer.kept_words", "When", f.When(e.NewcomersUntil())), f.T("event.answer.queue")
	case full:
		return "full", f.T("event.answer.full_words"), f.T("event.answer.queue")
	case e.Mine.Answer == event.Lapsed:
		return "free", f.T("event.answer.lapsed_words"), f.T("event.answer.keep")
	}
	return "free", "", f.T("event.answer.keep")
}

func posterWhen(f page.Frame, e event.Event) string {
	switch now := f.Now(); {
	case e.Over(now):
		return f.T("event.was", "When", f.When(e.StartsAt))
	case e.Began(now) && !e.Cancelled():
		return f.T("event.now")
	}
	return f.When(e.StartsAt)
}

func factsOf(f page.Frame, e event.Event) []page.Fact {
	span := "event.span"
	if e.StartsAt.In(f.Zone()).YearDay() != e.EndsAt.In(f.Zone()).YearDay() {
		span = "event.span_night"
	}
	facts := []page.Fact{
		{Icon: "clock", Term: f.T("event.fact.when"), Value: f.T(span, "Day", f.Day(e.StartsAt), "From", f.Clock(e.StartsAt), "Until", f.Clock(e.EndsAt))},
		{Icon: "place", Term: f.T("event.fact.where"), Value: e.Where()},
		{Icon: "person", Term: f.T("event.fact.with"), Value: withOf(f.Words, e)},
	}
	if e.InSeries() {
		facts = append(facts, page.Fact{Icon: "calendar", Term: f.T("event.fact.rhythm"), Value: page.Capital(rhythmOf(f.Words, e.Rhythm, e.SeriesDay))})
	}
	if e.Open(f.Now()) {
		facts = append(facts, page.Fact{Icon: "people", Term: f.T("event.fact.places"), Value: placesOf(f, e)})
	}
	return facts
}

func placesOf(f page.Frame, e event.Event) string {
	left, kept := e.Left(f.Now()), e.ForNewcomers(f.Now())
	kept = min(kept, e.Capacity-e.Taken)
	words := f.N("event.places_left", left)
	switch {
	case !e.Limited():
		return f.T("event.room_for_all")
	case e.Drawing():
		return f.N("event.draw.places", e.Capacity, "When", f.When(e.DrawAt))
	case left == 0:
		words = f.T("event.no_place_left")
	}
	switch {
	case kept > 0 && e.Newcomer:
		return words + " " + f.N("event.kept_for_you", kept, "When", f.When(e.NewcomersUntil()))
	case kept > 0:
		return words + " " + f.N("event.kept_for_newcomers", kept, "When", f.When(e.NewcomersUntil()))
	}
	return words
}

// answersOf are yes, maybe and no, with the one that is chosen; yes is, before any.
func answersOf(f page.Frame, e event.Event, chosen event.Answer, standing string) []page.Choice {
	yes := "event.answer.coming"
	switch standing {
	case "full", "waiting":
		yes = "event.answer.wait"
	case "draw", "entered":
		yes = "event.draw.yes"
	}
	maybe, no := chosen == event.Maybe, chosen == event.Out
	return []page.Choice{
		{Value: string(event.Coming), Label: f.T(yes), Icon: "check", Chosen: !maybe && !no},
		{Value: string(event.Maybe), Label: f.T("event.answer.maybe"), Icon: "wait", Chosen: maybe},
		{Value: string(event.Out), Label: f.T("event.answer.out"), Icon: "cross", Chosen: no},
	}
}

// guestsOf are the sizes of a party that could ever fit, with the one that was typed.
func guestsOf(f page.Frame, e event.Event, typed string) []page.Choice {
	choices := []page.Choice{{Value: "0", Label: f.T("event.answer.alone"), Chosen: typed == "0"}}
	for n := 1; n <= max(e.GuestsMost, e.Mine.Guests) && (!e.Limited() || n < e.Capacity); n++ {
		value := strconv.Itoa(n)
		choices = append(choices, page.Choice{Value: value, Label: f.N("event.answer.with", n), Chosen: typed == value})
	}
	return choices
}

// AnswerEvent takes the reader's yes, maybe or no.
func (w *Web) AnswerEvent(c *fiber.Ctx) error {
	id, err := rule.ID[coop.EventID](c.Params("id"))
	if err != nil {
		return err
	}
	actor := session.Of(c).Coop()
	switch event.Answer(c.FormValue("answer")) {
	case event.Out:
		err = w.Events.Withdraw(c.UserContext(), actor, id)
	case event.Maybe:
		err = w.Events.MayCome(c.UserContext(), actor, id)
	default:
		_, err = w.Events.Register(c.UserContext(), actor, id, whole(c.FormValue("guests")))
	}
	return w.answered(c, id, err)
}

// AnswerOffer takes or leaves the place that is kept for the reader.
func (w *Web) AnswerOffer(c *fiber.Ctx) error {
	id, err := rule.ID[coop.EventID](c.Params("id"))
	if err != nil {
		return err
	}
	reply := w.Events.Accept
	if c.FormValue("answer") == string(event.Out) {
		reply = w.Events.Decline
	}
	return w.answered(c, id, reply(c.UserContext(), session.Of(c).Coop(), id))
}

func (w *Web) answered(c *fiber.Ctx, id coop.EventID, err error) error {
	if _, refused := page.ProblemsOf(page.WordsOf(c), err); refused {
		return w.showEvent(c, fiber.StatusUnprocessableEntity, err)
	}
	if err != nil {
		return err
	}
	return c.Redirect("/events/"+id.String(), fiber.StatusSeeOther)
}

// whole reads a number that was chosen; what is none is refused by the rule, as -1.
func whole(text string) int {
	n, err := strconv.Atoi(text)
	if err != nil {
		return -1
	}
	return n
}
