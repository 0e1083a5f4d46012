package coopweb

import (
	"lien/coop/event"
	"lien/server/page"
)

// drawPart is what one reads of a draw that was made: what became of one's own name and
// why, how many took part, and how it was drawn. Nobody else is on it.
type drawPart struct {
	page.Frame
	Words []string
	Won   bool
	Seed  string
}

func drawPartOf(f page.Frame, e event.Event, d event.Draw) drawPart {
	p := drawPart{Frame: f, Won: d.Won, Seed: d.Seed}
	switch {
	case !d.In:
		p.Words = []string{f.T("event.draw.not_in")}
	case d.Won && e.Mine.Answer == event.Coming:
		p.Words = []string{f.T("event.draw.won"), whyOf(f, d)}
	case e.Mine.Answer == event.Waiting:
		p.Words = []string{f.T("event.draw.queued", "Rank", d.Rank), whyOf(f, d)}
	default:
		p.Words = []string{whyOf(f, d)}
	}
	p.Words = append(p.Words, f.N("event.draw.people", d.People, "Tickets", f.N("event.draw.tickets", d.Tickets)))
	return p
}

// whyOf says in one sentence how many tickets the reader had, and why.
func whyOf(f page.Frame, d event.Draw) string {
	why := "event.draw.plain"
	switch {
	case d.Mine.First:
		why = "event.draw.first"
	case d.Mine.Turns > 0 && d.Mine.Missed > 0:
		why = "event.draw.both"
	case d.Mine.Turns > 0:
		why = "event.draw.turns"
	case d.Mine.Missed > 0:
		why = "event.draw.missed"
	}
	return f.T(why, "Tickets", f.N("event.draw.tickets", d.Has))
}
