package sharingweb

import (
	"strconv"
	"time"

	"github.com/gofiber/fiber/v2"

	"lien/coop"
	"lien/coop/sharing"
	"lien/rule"
	"lien/server/page"
	"lien/server/session"
)

// resourcesPage is what the cooperative shares.
type resourcesPage struct {
	page.Frame
	Shelves []shelf
	Desk    bool // the lines lead to the desk's side of each thing
	Waits   []sharing.Loan
}

// shelf is the things of one kind.
type shelf struct {
	Title string
	Lines []page.Line
}

// resourcePage is one thing, with the form that suits how it is shared.
type resourcePage struct {
	page.Frame
	Resource sharing.Resource
	Damages  []sharing.Damage
	Key      string
	Day      time.Time
	Days     []dayLink
	Slots    []page.Choice
	Lengths  []page.Choice
	Terms    []page.Fact
	Shelf    sharing.Shelf
	Problems page.Problems
	Report   page.Field
}

// dayLink is a day that one can look at.
type dayLink struct {
	Words, Href string
	Here        bool
}

func resourceIcon(k sharing.Kind) string {
	return map[sharing.Kind]string{sharing.Room: "home", sharing.Machine: "box", sharing.Vehicle: "bike", sharing.Tool: "tool"}[k]
}

// ShowResources lists what is shared, by kind.
func (w *Web) ShowResources(c *fiber.Ctx) error {
	list, err := w.Resources.List(c.UserContext(), session.Of(c).Coop())
	if err != nil {
		return err
	}
	p := resourcesPage{Frame: page.NewFrame(c, "resource.title", "listings")}
	p.Shelves = shelvesOf(p.Frame, list, "/resources/")
	return page.Show(c, ResourcesPage(p))
}

func shelvesOf(f page.Frame, list []sharing.Resource, path string) (shelves []shelf) {
	for _, kind := range sharing.Kinds() {
		s := shelf{Title: f.T("resource.kind_" + string(kind))}
		for _, t := range list {
			if t.Kind == kind {
				s.Lines = append(s.Lines, page.Line{Icon: resourceIcon(kind), Title: t.Name, Note: resourceStanding(f, t), Href: path + t.ID.String()})
			}
		}
		if len(s.Lines) > 0 {
			shelves = append(shelves, s)
		}
	}
	return shelves
}

func resourceStanding(f page.Frame, t sharing.Resource) string {
	if t.State != sharing.Open {
		return t.Place + " · " + f.T("resource.state_"+string(t.State))
	}
	return t.Place
}

// ShowResource shows one thing: when it is free, or how many wait for it.
func (w *Web) ShowResource(c *fiber.Ctx) error { return w.showResource(c, fiber.StatusOK, nil) }

func (w *Web) showResource(c *fiber.Ctx, status int, problems page.Problems) error {
	id, err := rule.ID[coop.ResourceID](c.Params("id"))
	if err != nil {
		return err
	}
	ctx, actor := c.UserContext(), session.Of(c).Coop()
	t, err := w.Resources.One(ctx, actor, id)
	if err != nil {
		return err
	}
	p := resourcePage{Frame: page.NewFrame(c, "resource.one", "listings", "Name", t.Name), Resource: t, Key: page.KeptKey(c), Problems: problems}
	if p.Damages, err = w.Resources.Damages(ctx, actor, id); err != nil {
		return err
	}
	p.Report = page.Field{
		Name: "words", Type: "area", Label: p.T("resource.damage.words"), Hint: p.T("resource.damage.hint"), Value: c.FormValue("words"),
		Most: 500, Required: true, Problem: problems["words"],
	}
	if t.Shared == sharing.Lent {
		err = w.lentResource(c, &p)
	} else {
		err = w.bookedResource(c, &p)
	}
	if err != nil {
		return err
	}
	return page.ShowStatus(c, status, ResourcePage(p))
}

// shownDays is how many days one sees at a time.
const shownDays = 7

// bookedResource fills the days, and of the day looked at the beginnings that are free.
func (w *Web) bookedResource(c *fiber.Ctx, p *resourcePage) error {
	ctx, actor := c.UserContext(), session.Of(c).Coop()
	r, err := w.Resources.BookingRules(ctx, actor, p.Resource.ID)
	if err != nil {
		return err
	}
	now := p.Now()
	today := time.Date(now.Year(), now.Month(), now.Day(), 0, 0, 0, 0, p.Zone())
	p.Day = dayAsked(c, today, r.Ahead)
	p.Days = p.days(today, r.Ahead)
	taken, err := w.Bookings.Taken(ctx, actor, p.Resource.ID, p.Day, p.Day.AddDate(0, 0, 2))
	if err != nil {
		return err
	}
	for _, s := range r.Slots(p.Day, taken, now) {
		value := s.At.UTC().Format(time.RFC3339)
		p.Slots = append(p.Slots, page.Choice{Value: value, Label: p.Clock(s.At), Chosen: value == c.FormValue("starts")})
	}
	for minutes := r.Step; minutes <= r.Longest && len(p.Lengths) < 12; minutes += r.Step {
		value := strconv.Itoa(minutes)
		p.Lengths = append(p.Lengths, page.Choice{Value: value, Label: p.Frame.Hours(int64(minutes)), Chosen: value == c.FormValue("minutes", strconv.Itoa(r.Step))})
	}
	p.Terms = []page.Fact{
		{Icon: "place", Term: p.T("resource.term.place"), Value: p.Resource.Place},
		{Icon: "clock", Term: p.T("resource.term.longest"), Value: p.Frame.Hours(int64(r.Longest))},
		{Icon: "people", Term: p.T("resource.term.quota"), Value: p.N("resource.times_a_week", r.WeeklyQuota)},
		{Icon: "wait", Term: p.T("resource.term.noshow"), Value: p.Frame.Hours(int64(r.NoShow))},
	}
	return nil
}

// dayAsked is the day that the address or the form names, kept within what can be booked.
func dayAsked(c *fiber.Ctx, today time.Time, ahead int) time.Time {
	day, err := time.ParseInLocation(time.DateOnly, c.FormValue("day", c.Query("day")), today.Location())
	if err != nil || day.Before(today) || day.After(today.AddDate(0, 0, ahead)) {
		return today
	}
	return day
}

// days are the week that the day stands in, counted from today, and the way to the next.
func (p resourcePage) days(today time.Time, ahead int) (links []dayLink) {
	first := today
	for !p.Day.Before(first.AddDate(0, 0, shownDays)) {
		first = first.AddDate(0, 0, shownDays)
	}
	link := func(day time.Time, words string) {
		if !day.Before(today) && !day.After(today.AddDate(0, 0, ahead)) {
			href := "/resources/" + p.Resource.ID.String() + "?day=" + day.Format(time.DateOnly)
			links = append(links, dayLink{Words: words, Href: href, Here: day.Equal(p.Day)})
		}
	}
	link(first.AddDate(0, 0, -shownDays), p.T("resource.week_before"))
	for n := range shownDays {
		day := first.AddDate(0, 0, n)
		link(day, page.Capital(p.NearDay(day.Add(12*time.Hour))))
	}
	link(first.AddDate(0, 0, shownDays), p.T("resource.week_after"))
	return links
}

// lentResource fills how the thing stands and its terms.
func (w *Web) lentResource(c *fiber.Ctx, p *resourcePage) error {
	ctx, actor := c.UserContext(), session.Of(c).Coop()
	r, err := w.Resources.LendingRules(ctx, actor, p.Resource.ID)
	if err != nil {
		return err
	}
	p.Terms = []page.Fact{
		{Icon: "place", Term: p.T("resource.term.place"), Value: p.Resource.Place},
		{Icon: "calendar", Term: p.T("resource.term.days"), Value: p.N("resource.days", r.Days)},
		{Icon: "wait", Term: p.T("resource.term.hold"), Value: p.N("resource.hours", r.HoldHours)},
	}
	if r.Deposit > 0 {
		p.Terms = append(p.Terms, page.Fact{Icon: "pot", Term: p.T("resource.term.deposit"), Value: p.Frame.Hours(int64(r.Deposit) * 60)})
	}
	p.Shelf, err = w.Loans.Shelf(ctx, actor, p.Resource.ID)
	return err
}

// BookResource keeps a thing for the reader.
func (w *Web) BookResource(c *fiber.Ctx) error {
	id, err := rule.ID[coop.ResourceID](c.Params("id"))
	if err != nil {
		return err
	}
	wish := sharing.Wish{Resource: id}
	wish.Key, err = rule.Key(c.FormValue("key"))
	if err == nil {
		if wish.Starts, err = time.Parse(time.RFC3339, c.FormValue("starts")); err != nil {
			err = rule.Broken("starts", "resource.rule.choose_time")
		}
	}
	if err == nil {
		if wish.Minutes, err = strconv.Atoi(c.FormValue("minutes")); err != nil {
			err = rule.Broken("minutes", "rule.choose")
		}
	}
	if err == nil {
		_, err = w.Bookings.Book(c.UserContext(), session.Of(c).Coop(), wish)
	}
	if err != nil {
		return page.Refused(page.WordsOf(c), err, func(p page.Problems) error { return w.showResource(c, fiber.StatusUnprocessableEntity, p) })
	}
	return c.Redirect("/resources/mine", fiber.StatusSeeOther)
}

// AskResource puts the reader in turn for a thing that is lent.
func (w *Web) AskResource(c *fiber.Ctx) error {
	id, err := rule.ID[coop.ResourceID](c.Params("id"))
	if err != nil {
		return err
	}
	key, err := rule.Key(c.FormValue("key"))
	if err == nil {
		_, err = w.Loans.Ask(c.UserContext(), session.Of(c).Coop(), id, key)
	}
	if err != nil {
		return page.Refused(page.WordsOf(c), err, func(p page.Problems) error { return w.showResource(c, fiber.StatusUnprocessableEntity, p) })
	}
	return c.Redirect("/resources/mine", fiber.StatusSeeOther)
}

// TellDamage notes what is wrong with a thing.
func (w *Web) TellDamage(c *fiber.Ctx) error {
	id, err := rule.ID[coop.ResourceID](c.Params("id"))
	if err != nil {
		return err
	}
	key, err := rule.Key(c.FormValue("key"))
	if err == nil {
		report := sharing.Report{Key: key, Words: c.FormValue("words"), Language: page.WordsOf(c).Lang(), Stops: c.FormValue("stops") == "yes"}
		err = w.Resources.Tell(c.UserContext(), session.Of(c).Coop(), id, report)
	}
	if err != nil {
		return page.Refused(page.WordsOf(c), err, func(p page.Problems) error {
			if p["key"] != "" { // the page has two forms: this one says it beside its words
				p = page.Problems{"words": p["key"]}
			}
			return w.showResource(c, fiber.StatusUnprocessableEntity, p)
		})
	}
	return c.Redirect("/resources/"+id.String(), fiber.StatusSeeOther)
}
