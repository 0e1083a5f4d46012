package coopweb

import (
	"strconv"
	"strings"

	"lien/coop/hours"
	"lien/server/page"
)

// balanceWords is the account in one sentence: never a number alone, never a reproach.
func (p hoursPage) balanceWords() string {
	switch a := p.Account; {
	case a.Given == 0 && a.Received == 0:
		return p.T("hours.words_new")
	case a.Balance < 0:
		return p.T("hours.words_received")
	case a.Balance > 0:
		return p.T("hours.words_given")
	}
	return p.T("hours.words_even")
}

// restWords says what is left to give or to receive.
func (p hoursPage) restWords() string {
	switch a := p.Account; {
	case a.Balance < 0:
		return p.T("hours.rest_give", "Length", p.Hours(-a.Balance))
	case a.Balance > 0:
		return p.T("hours.rest_receive", "Length", p.Hours(a.Balance))
	}
	return p.T("hours.rest_even")
}

// thread is how much of a thread of the weave is drawn, in hundredths of the longer one.
func (p hoursPage) thread(minutes int64) string {
	longer := max(p.Account.Given, p.Account.Received, 1)
	return strconv.FormatInt(max(minutes, 0)*100/longer, 10) + " 200"
}

// some is a length, and nothing for none: a zero is not shown.
func (p hoursPage) some(minutes int64) string {
	if minutes == 0 {
		return ""
	}
	return p.Hours(minutes)
}

// monthOf is a month of the story: its name, where its statement is, and its lines.
type monthOf struct {
	Name, Href string
	Lines      []hours.Line
}

// months cuts the lines of a page where the neighbourhood's month changes.
func (p hoursPage) months() []monthOf {
	var out []monthOf
	for _, l := range p.Page.Lines {
		name := p.Words.Month(l.At)
		if len(out) == 0 || out[len(out)-1].Name != name {
			out = append(out, monthOf{Name: name, Href: "/hours/" + l.At.In(p.Zone()).Format("2006-01")})
		}
		out[len(out)-1].Lines = append(out[len(out)-1].Lines, l)
	}
	return out
}

func (p hoursPage) next() string {
	if p.Page.Next == (hours.Place{}) {
		return ""
	}
	return "/hours?before=" + strconv.FormatInt(p.Page.Next.At.UnixMicro(), 10) + "_" + p.Page.Next.Transfer.String()
}

// ownWords reports whether somebody wrote what the line was about: an agreement or a shift.
func ownWords(l hours.Line) bool {
	return l.About != "" && (l.Kind == hours.ForAgreement || l.Kind == hours.FromFund)
}

// lineTitle is what a line was about, in the words of the agreement or shift when there is one.
func lineTitle(w page.Words, l hours.Line) string {
	if ownWords(l) {
		return l.About
	}
	if l.Kind == hours.ByCheque {
		return w.T("cheque.one", "Number", leafNumber(l.Cheque))
	}
	return w.T("hours.kind_" + string(l.Kind))
}

func lineLanguage(w page.Words, l hours.Line) string {
	if ownWords(l) {
		return l.Language
	}
	return w.Lang()
}

func lineIcon(l hours.Line) string {
	switch {
	case l.Kind == hours.AsCorrection:
		return "check"
	case l.Kind == hours.AtHome:
		return "home"
	case l.Kind == hours.ByCheque:
		return "paper"
	case l.Fund || l.Kind == hours.FromFund:
		return "people"
	case l.In():
		return "gift"
	}
	return "help"
}

// lineWith is the other side of a line.
func lineWith(w page.Words, l hours.Line) string {
	switch {
	case l.Fund:
		return w.T("hours.fund")
	case l.Kind == hours.AtHome:
		return w.T("hours.home")
	case l.With == "":
		return w.T("agreement.gone")
	}
	return page.Name(l.With).Apart()
}

// lineSide says whether help was given or received; a gift or a correction says which way.
// In a shared account it says by whom, when that is not the reader.
func lineSide(w page.Words, l hours.Line) string {
	way := "received"
	if l.In() {
		way = "given"
	}
	if l.Kind != hours.ForAgreement && l.Kind != hours.ByCheque {
		way += "_hours"
	}
	if l.Whose != "" {
		return w.T("hours.side_"+way+"_by", "Name", page.Name(l.Whose).Apart())
	}
	return w.T("hours.side_" + way)
}

func lineNoteOf(w page.Words, l hours.Line) string {
	parts := []string{lineSide(w, l), lineWith(w, l), w.Date(l.At)}
	if l.Cheque != "" && l.About != "" {
		parts = append(parts, page.Name(l.About).Apart())
	}
	return strings.Join(parts, " · ")
}

// signed writes minutes with their direction.
func signed(w page.Words, minutes int64) string {
	if minutes > 0 {
		return "+" + w.Hours(minutes)
	}
	return w.Hours(minutes)
}

// seenBy says who sees this account: its owner alone, or those who share it.
func (p hoursPage) seenBy() string {
	if p.Account.Shared {
		return p.T("hours.private_shared")
	}
	return p.T("hours.private")
}

func length(minutes int64) int64 { return max(minutes, -minutes) }

// helps are what the fund can do, each with the way to ask for it.
func (p hoursPage) helps() []page.Line {
	var out []page.Line
	for _, r := range p.Rules[:min(len(p.Rules), 4)] {
		out = append(out, page.Line{Icon: whyIcon(r.Why), Title: whyName(p.Words, r.Why), Note: p.Hours(r.Minutes), Href: "/fund/ask?rule=" + r.ID.String()})
	}
	return out
}
