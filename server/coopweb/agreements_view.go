package coopweb

import (
	"strings"
	"time"

	"lien/coop"
	"lien/coop/exchange"
	"lien/server/page"
)

// meetingWords says where two people meet, to the one who gives or the one who receives.
func meetingWords(w page.Words, m exchange.Meeting, gives bool, other, place string) string {
	home := m == exchange.GiverHome || m == exchange.ReceiverHome
	mine := home && (m == exchange.GiverHome) == gives
	switch {
	case mine:
		return w.T("agreement.meeting_mine")
	case home && place != "":
		return w.T("agreement.meeting_theirs_place", "Name", page.Name(other), "Place", page.Name(place))
	case home:
		return w.T("agreement.meeting_theirs", "Name", page.Name(other))
	}
	return w.T("agreement.meeting_" + string(m))
}

func (p agreementPage) me() coop.MemberID { return p.Actor.Member }

func (p agreementPage) other() string { return nameOf(p.Words, p.Agreement.Other(p.me())) }

func (p agreementPage) may(step exchange.Step) bool {
	return p.Agreement.May(step, p.me(), false, p.Now())
}

// over reports whether the planned time has passed.
func (p agreementPage) over() bool {
	return p.Now().After(p.Agreement.PlannedAt.Add(time.Duration(p.Agreement.Planned) * time.Minute))
}

// headline is the one sentence that says where it stands, to this reader.
func (p agreementPage) headline() string {
	a, say := p.Agreement, func(key string) string {
		a := p.Agreement
		return p.T("agreement.now."+key, "Name", page.Name(p.other()), "When", p.When(a.PlannedAt), "Length", p.Hours(a.Paid), "Claimed", p.Hours(a.Claimed))
	}
	mine := func(who coop.MemberID, key string) string {
		if who == p.me() {
			return say(key + "_by_me")
		}
		return say(key + "_for_me")
	}
	switch a.State {
	case exchange.Proposed:
		if a.ProposedBy == p.me() {
			return say("proposed_by_me")
		}
		return mine(a.Receiver.ID, "proposed_help") // by me: I would be helped
	case exchange.Agreed:
		if p.over() {
			return say("agreed_over")
		}
		return say("agreed")
	case exchange.DoneClaimed:
		return mine(a.DoneBy, "claimed")
	case exchange.Disputed:
		if a.Answered > 0 {
			return p.T("agreement.now.differ", "Mine", p.Hours(a.Figure(p.me())), "Theirs", p.Hours(a.Figure(a.Other(p.me()).ID)), "Name", page.Name(p.other()))
		}
		return say("disputed")
	case exchange.Confirmed:
		return mine(a.Giver.ID, "confirmed")
	case exchange.Settled:
		return say("settled")
	}
	return say(string(a.State))
}

// moments are the four steps on a string, and how far it has come.
func (p agreementPage) moments() []page.Moment {
	reached := map[exchange.State]int{
		exchange.Proposed: 0, exchange.Agreed: 1, exchange.DoneClaimed: 2, exchange.Disputed: 2,
		exchange.Confirmed: 4, exchange.Settled: 4, exchange.Declined: 0, exchange.Cancelled: 0, exchange.Void: 0,
	}[p.Agreement.State]
	var out []page.Moment
	for n, key := range []string{"proposed", "agreed", "done", "confirmed"} {
		state := "ahead"
		switch {
		case n < reached || p.Agreement.State.Paid():
			state = "done"
		case n == reached:
			state = "now"
		}
		out = append(out, page.Moment{State: state, Title: p.T("agreement.step_" + key)})
	}
	return out
}

// ended reports whether it came to nothing, and has no string to show.
func (p agreementPage) ended() bool {
	return p.Agreement.State.Final() && !p.Agreement.State.Paid()
}

func (p agreementPage) facts() []page.Fact {
	a := p.Agreement
	who := p.T("agreement.who_receives", "Name", page.Name(p.other()))
	if a.Gives(p.me()) {
		who = p.T("agreement.who_gives", "Name", page.Name(p.other()))
	}
	length := p.T("agreement.length_planned", "Length", p.Hours(a.Planned))
	switch {
	case a.Paid > 0:
		length = p.Hours(a.Paid)
	case a.Claimed > 0 && a.DoneBy == p.me():
		length = p.T("agreement.length_mine", "Length", p.Hours(a.Claimed))
	case a.Claimed > 0:
		length = p.T("agreement.length_theirs", "Length", p.Hours(a.Claimed), "Name", page.Name(p.other()))
	}
	facts := []page.Fact{
		{Icon: "people", Term: p.T("agreement.who"), Value: who},
		{Icon: categoryIcon(a.Category), Term: p.T("agreement.what"), Value: p.T("listing.category_" + string(a.Category))},
		{Icon: "calendar", Term: p.T("agreement.when"), Value: p.When(a.PlannedAt)},
		{Icon: "clock", Term: p.T("agreement.length"), Value: length},
		{Icon: "place", Term: p.T("agreement.where"), Value: meetingWords(p.Words, a.Meeting, a.Gives(p.me()), p.other(), a.Place)},
	}
	var bring []string
	for _, t := range a.Bring {
		bring = append(bring, p.T("agreement.bring_"+string(t)))
	}
	if len(bring) > 0 {
		facts = append(facts, page.Fact{Icon: thingIcon(a.Bring[0]), Term: p.T("agreement.bring"), Value: strings.Join(bring, p.T("agreement.bring_and"))})
	}
	return facts
}

// host reports whether the reader is the one who is visited.
func (p agreementPage) host() bool { return p.Agreement.Host() == p.me() }

// mediated reports whether a facilitator decided how it ended.
func (p agreementPage) mediated() bool {
	return p.Agreement.State == exchange.Settled || p.Agreement.State == exchange.Void
}

// decision is the step that ended it.
func (p agreementPage) decision() exchange.Event { return p.Events[len(p.Events)-1] }

func (p agreementPage) mayReply() bool {
	for _, a := range p.Answers {
		if a.By.ID == p.me() {
			return false
		}
	}
	return p.Agreement.Answerable(p.Now())
}

// given are the reader's own thanks, if there are any.
func (p agreementPage) given() (exchange.Thanks, bool) {
	for _, t := range p.Thanks {
		if t.By.ID == p.me() {
			return t, true
		}
	}
	return exchange.Thanks{}, false
}

func (p agreementPage) mayThank() bool {
	_, given := p.given()
	return !given && p.Agreement.Thankable(p.Now())
}

func (p agreementPage) thanksShown() bool { return len(p.Thanks) > 0 || p.mayThank() }

// thanksTyped is what was refused, else what stands.
func (p agreementPage) thanksTyped() string {
	if p.Problems["thanks"] != "" {
		return p.Said
	}
	given, _ := p.given()
	return given.Words
}

// storyState is how a step hangs on the string: the last one of what is not over is now.
func storyState(events []exchange.Event, n int) string {
	if n == len(events)-1 && !events[n].To.Final() {
		return "now"
	}
	return "done"
}

// storyBy says who took a step, when, and by which way it came when it was not their phone.
func storyBy(w page.Words, me coop.MemberID, e exchange.Event) string {
	who := nameOf(w, e.By)
	if e.By.ID == me {
		who = w.T("agreement.you")
	}
	text := w.T("agreement.story.by", "Name", page.Name(who), "When", w.When(e.At))
	switch {
	case e.Witness != "":
		return text + " · " + w.T("agreement.story.at_desk", "Name", page.Name(e.Witness))
	case e.Channel != coop.OwnPhone:
		return text + " · " + w.T("agreement.story.on_paper")
	}
	return text
}

func storyTitle(w page.Words, e exchange.Event) string {
	when := ""
	if !e.PlannedAt.IsZero() {
		when = w.When(e.PlannedAt)
	}
	return w.T("agreement.story."+string(e.Step), "Length", w.Hours(e.Minutes), "When", when)
}

// agreementTag is a word for where an agreement stands, in lists.
func agreementTag(w page.Words, a exchange.Agreement, me coop.MemberID) (class, icon, words string) {
	switch {
	case a.WaitsFor(me, w.Now()):
		return "new", "wait", w.T("agreement.tag_yours")
	case a.State.Paid():
		return "good", "check", w.T("agreement.tag_paid", "Length", w.Hours(a.Paid))
	case a.State == exchange.Disputed:
		return "late", "speak", w.T("agreement.tag_disputed")
	case a.State.Final():
		return "", "cross", w.T("agreement.tag_" + string(a.State))
	}
	return "", "clock", w.T("agreement.tag_" + string(a.State))
}

// lineNote says who helps whom and when, in one line of a list.
func lineNote(w page.Words, a exchange.Agreement, me coop.MemberID) string {
	key := "agreement.line_receives"
	if a.Gives(me) {
		key = "agreement.line_gives"
	}
	return w.T(key, "Name", page.Name(nameOf(w, a.Other(me))), "When", w.When(a.PlannedAt))
}

func (p myAgreementsPage) next() string {
	if (p.List.Next == coop.AgreementID{}) {
		return ""
	}
	return "/agreements?before=" + p.List.Next.String()
}

// confirmAfter says what a yes will do, to the one who receives or the one who gives.
func (p agreementPage) confirmAfter() string {
	if p.Agreement.Gives(p.me()) {
		return p.T("agreement.confirm.after_giver", "Name", page.Name(p.other()))
	}
	return p.T("agreement.confirm.after_receiver", "Name", page.Name(p.other()))
}
