package coopweb

import (
	"strings"

	"lien/coop"
	"lien/coop/cheque"
	"lien/server/page"
)

func (p chequePage) me() coop.MemberID { return p.Actor.Member }

// may reports whether the reader may take the step as one of the two.
func (p chequePage) may(step cheque.Step) bool { return p.Leaf.May(step, p.me(), false, p.Now()) }

func (p chequePage) other() page.Name { return page.Name(nameOf(p.Words, p.Leaf.Other(p.me()))) }

// headline is where the leaf stands, said to its reader.
func (p chequePage) headline() string {
	l := p.Leaf
	side := "bearer"
	if l.Draws(p.me()) {
		side = "drawer"
	}
	switch l.State {
	case cheque.Presented:
		return p.T("cheque.now.presented_"+side, "Name", p.other(), "Length", p.Hours(l.Claimed))
	case cheque.Disputed:
		return p.T("cheque.now.disputed")
	case cheque.Paid:
		return p.T("cheque.now.paid_"+side, "Name", p.other(), "Length", p.Hours(l.Paid))
	case cheque.Void:
		return p.T("cheque.because_" + string(l.Because))
	}
	return p.T("cheque.now.blank")
}

// leafFacts are what one knows of a leaf.
func leafFacts(w page.Words, l cheque.Leaf) []page.Fact {
	facts := []page.Fact{
		{Icon: "paper", Term: w.T("cheque.number"), Value: l.Name()},
		{Icon: "person", Term: w.T("cheque.drawer"), Value: nameOf(w, l.Drawer)},
	}
	if (l.Bearer.ID != coop.MemberID{}) {
		facts = append(facts, page.Fact{Icon: "gift", Term: w.T("cheque.bearer"), Value: nameOf(w, l.Bearer)},
			page.Fact{Icon: categoryIcon(l.Category), Term: w.T("cheque.what"), Value: leafTitle(w, l)})
	}
	if l.Claimed > 0 {
		facts = append(facts, page.Fact{Icon: "clock", Term: w.T("cheque.claimed"), Value: w.Hours(l.Claimed)})
	}
	if l.Answered > 0 {
		facts = append(facts, page.Fact{Icon: "clock", Term: w.T("cheque.answered"), Value: w.Hours(l.Answered)})
	}
	if l.State == cheque.Blank {
		facts = append(facts, page.Fact{Icon: "calendar", Term: w.T("cheque.until"), Value: w.Date(l.ValidUntil)})
	}
	return facts
}

// leafNumber is a leaf's name in a sentence: on one line, and in its own direction.
func leafNumber(name string) page.Name { return page.Name(strings.ReplaceAll(name, "-", "\u2011")) }

// leafTitle is what the help was: in the bearer's words, else its sort.
func leafTitle(w page.Words, l cheque.Leaf) string {
	switch {
	case l.About != "":
		return l.About
	case l.Category != "":
		return w.T("listing.category_" + string(l.Category))
	}
	return w.T("cheque.one", "Number", leafNumber(l.Name()))
}

// leafStories are the steps of a leaf as moments, with who witnessed them.
func leafStories(w page.Words, me coop.MemberID, events []cheque.Event) []page.Moment {
	var out []page.Moment
	for n, e := range events {
		who := nameOf(w, e.By)
		if e.By.ID == me {
			who = w.T("agreement.you")
		}
		state, words := "done", e.Words
		if n == len(events)-1 && !e.To.Final() {
			state = "now"
		}
		if e.Witness != "" && words == "" {
			words = w.T("cheque.story.witness", "Name", page.Name(e.Witness))
		}
		out = append(out, page.Moment{
			State: state, When: w.T("agreement.story.by", "Name", page.Name(who), "When", w.When(e.At)),
			Title: w.T("cheque.story."+string(e.Step), "Length", w.Hours(e.Minutes)), Words: words,
		})
	}
	return out
}

// leafTag is a word for where a leaf stands, in lists.
func leafTag(w page.Words, l cheque.Leaf) (class, icon, words string) {
	switch l.State {
	case cheque.Paid:
		return "good", "check", w.T("agreement.tag_paid", "Length", w.Hours(l.Paid))
	case cheque.Disputed:
		return "late", "speak", w.T("agreement.tag_disputed")
	case cheque.Void:
		return "", "cross", w.T("cheque.tag_void_" + string(l.Because))
	case cheque.Presented:
		return "boxed", "wait", w.T("cheque.tag_presented")
	}
	return "", "paper", w.T("cheque.tag_blank")
}

// leafNote says whose leaf it is and when it last moved.
func leafNote(w page.Words, l cheque.Leaf, me coop.MemberID) string {
	key := "cheque.line_bearer"
	if l.Draws(me) {
		key = "cheque.line_drawer"
	}
	return w.T(key, "Number", leafNumber(l.Name()), "Name", page.Name(nameOf(w, l.Other(me))), "When", w.NearDay(l.StateSince))
}

// bookletNote counts the leaves of a booklet by what became of them.
func bookletNote(w page.Words, b cheque.Booklet) string {
	return w.T("cheque.counts", "Blank", b.Blank, "Waiting", b.Waiting, "Paid", b.Paid, "Void", b.Void)
}

// bookletName is how one says a booklet.
func bookletName(w page.Words, b cheque.Booklet) string {
	return w.T("cheque.booklet", "Number", w.Number(b.Number))
}

// reasonChoices are why a leaf may be worth nothing.
func reasonChoices(w page.Words) []page.Choice {
	var out []page.Choice
	for n, b := range cheque.Reasons() {
		out = append(out, page.Choice{Value: string(b), Label: w.T("cheque.reason_" + string(b)), Chosen: n == 0})
	}
	return out
}

// accepted is the figure that the reader would accept.
func (p chequePage) accepted() int64 {
	if p.Leaf.Draws(p.me()) {
		return p.Leaf.Claimed
	}
	return p.Leaf.Answered
}

// waitingIcon is the sign of a leaf that waits at the desk.
func waitingIcon(f page.Frame, l cheque.Leaf) string {
	if l.State == cheque.Disputed || l.Late(f.Now()) {
		return "alert"
	}
	return "wait"
}
