package assemblyweb

import (
	"fmt"
	"strconv"
	"strings"

	"lien/coop/assembly"
	"lien/server/page"
)

// MinutesInWords composes the minutes of assemblies out of the catalogues: headings begin
// with a sharp, and an empty line parts two paragraphs. Times are given by the day and the
// clock, never by their nearness, so that the same record gives the same text always.
func MinutesInWords(languages *page.Languages) assembly.Compose {
	return func(language string, r assembly.Record) (text, annex string) {
		m := minuting{Words: languages.Of(language)}
		m.head(r)
		m.presences(r)
		m.says(r.Words[assembly.Beginning])
		for _, p := range r.Points {
			m.point(r, p)
		}
		m.line("# " + m.T("minutes.text.end"))
		m.says(r.Words[assembly.Ending])
		if !r.ClosedAt.IsZero() {
			m.line(m.T("minutes.text.closed", "Clock", m.Clock(r.ClosedAt)))
		}
		return strings.Join(m.lines, "\n\n"), m.sheet(r)
	}
}

// minuting is minutes that are being composed.
type minuting struct {
	page.Words
	lines []string
}

func (m *minuting) line(text string) { m.lines = append(m.lines, text) }

func (m *minuting) says(words string) {
	if words != "" {
		m.line(words)
	}
}

func (m *minuting) head(r assembly.Record) {
	m.line("# " + r.Assembly.Title)
	m.line(m.T("minutes.text.head", "House", r.House, "Town", r.Town, "Day", m.FullDate(r.Assembly.StartsAt), "Clock", m.Clock(r.Assembly.StartsAt), "Place", r.Assembly.Place))
	m.line(m.T("minutes.text.bureau", "Chair", page.Name(r.Chair), "Secretary", page.Name(r.Secretary)))
	m.line("# " + m.T("minutes.text.convocation"))
	m.line(m.T("minutes.text.convened", "Day", m.FullDate(r.ConvenedAt), "Days", r.Statute.Notice, "Inbox", r.Reach.Inbox, "Paper", r.Reach.Paper, "Posters", r.Reach.Posters))
}

func (m *minuting) presences(r assembly.Record) {
	m.line("# " + m.T("minutes.text.presences"))
	m.line(m.T("minutes.text.roll", "Clock", m.Clock(r.OpenedAt), "Roll", r.Roll, "Percent", r.Statute.Quorum, "Needed", r.Statute.Voices(r.Roll)))
	if r.Came > 0 {
		m.line(m.T("minutes.text.came", "Came", r.Came, "First", m.Clock(r.First), "Last", m.Clock(r.Last), "Gone", r.Gone))
	}
	m.line(m.T("minutes.text.proxies", "Held", r.Proxies, "Returned", r.Returned))
	for _, a := range r.Added {
		m.line(m.T("minutes.text.added", "Number", a.Number, "Why", a.Why))
	}
}

func (m *minuting) point(r assembly.Record, p assembly.Point) {
	m.line("# " + m.T("assembly.motion", "N", strconv.Itoa(p.N)) + " · " + p.Title)
	m.says(p.Motion.Words)
	m.says(r.Words[p.N])
	for _, v := range p.Votes {
		m.vote(v)
	}
}

// vote tells one vote: how, when, with how many voices, and what it came to.
func (m *minuting) vote(v assembly.Vote) {
	how := m.T("minutes.text.vote_"+string(v.Method), "Clock", m.Clock(v.OpenedAt))
	if v.State == assembly.VoteVoid {
		m.line(how + " " + m.T("minutes.text.void", "Why", v.VoidWhy))
		return
	}
	quorum := m.T("minutes.text.quorum", "Present", v.Present, "Represented", v.Represented, "Needed", v.Quorum.Needed)
	m.line(strings.Join([]string{how, quorum, arithmetic(m.Words, v), m.T("minutes.text.result", "Outcome", m.T("assembly.outcome."+string(v.Outcome)))}, " "))
	if v.PaperWhy != "" {
		m.line(m.T("assembly.result.paper_why") + " " + v.PaperWhy)
	}
}

// sheet is the annex: who was there and whose vote was carried, by number.
func (m *minuting) sheet(r assembly.Record) string {
	var b strings.Builder
	for _, a := range r.Sheet {
		step := "gone"
		if a.Arrived {
			step = "came"
		}
		fmt.Fprintln(&b, m.T("minutes.text.sheet_"+step, "Number", a.Number, "Clock", m.Clock(a.At), "How", m.T("minutes.text.by_"+string(a.Channel))))
	}
	for _, g := range r.Given {
		fmt.Fprintln(&b, m.T("minutes.text.sheet_"+string(g.State), "Giver", g.Giver, "Holder", g.Holder))
	}
	return b.String()
}
