package coopweb

import (
	"slices"
	"strconv"

	"lien/coop"
	"lien/coop/exchange"
	"lien/server/page"
)

func workshopPath(id coop.ListingID) string { return "/workshops/" + id.String() }

func (p workshopPage) path() string { return workshopPath(p.Workshop.Listing.ID) }

func (p workshopPage) hosts() bool { return p.Workshop.Hosts(p.Actor.Member) }

func (p workshopPage) on() bool { return p.Workshop.On(p.Now()) }

func (p workshopPage) cancelled() bool { return !p.Workshop.CancelledAt.IsZero() }

// headline is the one sentence that says where it stands, to this reader.
func (p workshopPage) headline() string {
	s := p.Workshop
	switch {
	case p.cancelled():
		return p.T("workshop.now.cancelled")
	case p.hosts() && !s.MarkedAt.IsZero():
		return p.T("workshop.now.marked")
	case p.hosts() && s.MayMark(p.Now()) && s.Taken > 0:
		return p.T("workshop.now.to_mark")
	case p.hosts() && p.on() && s.Taken == 0:
		return p.T("workshop.now.nobody")
	case p.hosts() && p.on():
		return p.N("workshop.now.coming", s.Taken)
	case s.Mine.Holds() && p.on():
		return p.T("workshop.now.yours", "When", p.When(s.StartsAt))
	case s.Mine.Kept() && s.Mine.Again && p.on():
		return p.T("workshop.now.again", "When", p.When(s.StartsAt), "Until", p.When(s.KeptUntil(s.Mine)))
	case s.Mine.Kept() && p.on():
		return p.T("workshop.now.kept", "When", p.When(s.KeptUntil(s.Mine)))
	case s.Mine.Waits() && p.on():
		return p.T("workshop.now.waiting")
	case !p.on():
		return p.T("workshop.now.over")
	case s.Full():
		return p.T("workshop.now.full")
	}
	return p.N("workshop.now.free", s.Free())
}

// tag is the sign and the word for where it stands.
func (p workshopPage) tag() (class, icon, words string) {
	s := p.Workshop
	switch {
	case p.cancelled():
		return "boxed late", "cross", p.T("workshop.tag.cancelled")
	case s.Mine.Holds():
		return "boxed good", "check", p.T("workshop.tag.yours")
	case s.Mine.Waits() || s.Mine.Kept():
		return "boxed", "wait", p.T("workshop.tag.waiting")
	}
	return "", "people", p.T("workshop.tag.several")
}

func (p workshopPage) facts() []page.Fact {
	s, l := p.Workshop, p.Workshop.Listing
	facts := []page.Fact{
		{Icon: "calendar", Term: p.T("agreement.when"), Value: page.Capital(p.When(s.StartsAt))},
		{Icon: "clock", Term: p.T("agreement.length"), Value: p.Hours(s.Minutes)},
		{Icon: "place", Term: p.T("agreement.where"), Value: meetingWords(p.Words, s.Meeting, p.hosts(), l.Owner.Name, "")},
		{Icon: "person", Term: p.T("workshop.host"), Value: l.Owner.Name},
		{Icon: categoryIcon(l.Category), Term: p.T("listing.category"), Value: p.T("listing.category_" + string(l.Category))},
		{Icon: "people", Term: p.T("workshop.people"), Value: p.T("workshop.from_to", "Least", p.Number(int64(s.Least)), "Most", p.Number(int64(s.Seats)))},
	}
	if len(l.Spoken) > 0 {
		facts = append(facts, page.Fact{Icon: "speak", Term: p.T("listing.spoken"), Value: tongueWords(l.Spoken)})
	}
	return facts
}

// mayTake reports whether the reader can take a seat or a turn now.
func (p workshopPage) mayTake() bool {
	return p.on() && !p.hosts() && !p.Workshop.Mine.Holds() && !p.Workshop.Mine.Waits()
}

// take is the word on the button that takes a seat.
func (p workshopPage) take() string {
	s := p.Workshop
	switch {
	case s.Mine.Kept():
		return p.T("workshop.join.kept")
	case s.Full():
		return p.T("workshop.join.wait")
	}
	return p.T("workshop.join.button")
}

// leave is the word on the button that gives it up.
func (p workshopPage) leave() string {
	switch {
	case p.Workshop.Mine.Kept():
		return p.T("workshop.leave.kept")
	case p.Workshop.Mine.Waits():
		return p.T("workshop.leave.wait")
	}
	return p.T("workshop.leave.button")
}

// shown is the choice to be named to the others.
func (p workshopPage) shown() page.Switch {
	return page.Switch{Name: "shown", Label: p.T("workshop.shown"), On: p.Workshop.Mine.Shown}
}

// came are those whom the host can tick.
func (p workshopPage) came() (out []page.Choice) {
	for _, s := range p.Workshop.All {
		if s.Holds() {
			chosen := len(p.Problems) == 0 || slices.Contains(p.Came, s.Person.ID)
			out = append(out, page.Choice{Value: s.Person.ID.String(), Label: nameOf(p.Words, s.Person), Icon: "person", Chosen: chosen})
		}
	}
	return out
}

// seatNote says to the host where one seat stands.
func seatNote(w page.Words, s exchange.Seat) string {
	switch {
	case s.Waits():
		return w.T("workshop.seat.waiting")
	case s.Kept() && s.Again:
		return w.T("workshop.seat.again")
	case s.Kept():
		return w.T("workshop.seat.kept")
	case s.State.Paid():
		return w.T("workshop.seat.paid")
	}
	return w.T("workshop.seat." + string(s.State))
}

// workshopLine is one workshop in a list, with what matters most to the reader.
func workshopLine(w page.Words, s exchange.Workshop, me coop.MemberID) page.Line {
	stands := w.N("workshop.line.free", s.Free())
	switch {
	case s.Hosts(me):
		stands = w.N("workshop.line.coming", s.Taken)
	case s.Mine.Holds():
		stands = w.T("workshop.tag.yours")
	case s.Mine.Turn > 0:
		stands = w.T("workshop.tag.waiting")
	case s.Full():
		stands = w.T("workshop.line.full")
	}
	return page.Line{
		Icon: categoryIcon(s.Listing.Category), Title: s.Listing.Title, Note: page.Capital(w.When(s.StartsAt)) + " · " + stands, Href: workshopPath(s.Listing.ID),
	}
}

// helpedWorkshopLine is the same at the tablet, for the member before it.
func helpedWorkshopLine(w page.Words, s exchange.Workshop) page.Line {
	line := workshopLine(w, s, coop.MemberID{})
	line.Href = answerAt(s.Listing)
	return line
}

func workshopLines(f page.Frame, shops []exchange.Workshop) (lines []page.Line) {
	for _, s := range shops {
		lines = append(lines, workshopLine(f.Words, s, f.Actor.Member))
	}
	return lines
}

// numbers are numbers of people as taps; another chosen one is added.
func (s seatsAsked) numbers(w page.Words, usual ...int) (out []page.Choice) {
	if s.Other == "" && s.Chosen > 0 && !slices.Contains(usual, s.Chosen) {
		usual = append(usual, s.Chosen)
		slices.Sort(usual)
	}
	for _, n := range usual {
		out = append(out, page.Choice{Value: strconv.Itoa(n), Label: w.Number(int64(n)), Chosen: s.Other == "" && n == s.Chosen})
	}
	return out
}

// halls are where a workshop can be: not in the home of one of those who come.
func (p workshopForm) halls() (out []page.Choice) {
	icons := map[exchange.Meeting]string{exchange.CommonRoom: "people", exchange.Outside: "walk", exchange.GiverHome: "home"}
	values := map[exchange.Meeting]string{exchange.GiverHome: "mine"}
	for _, m := range exchange.Halls() {
		value := or(values[m], string(m))
		out = append(out, page.Choice{Value: value, Label: p.T("agreement.meeting_" + value), Icon: icons[m], Chosen: p.Plan.Meeting == m})
	}
	return out
}
