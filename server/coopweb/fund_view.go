package coopweb

import (
	"strconv"

	"github.com/gofiber/fiber/v2"

	"lien/coop/fund"
	"lien/rule"
	"lien/server/page"
)

// seenOf reads how many steps the page had seen.
func seenOf(c *fiber.Ctx) (int, error) {
	n, err := strconv.ParseUint(c.FormValue("seen"), 10, 16)
	if err != nil {
		return 0, rule.ErrMoved
	}
	return int(n), nil
}

// whyIcon is the sign of a reason.
func whyIcon(why fund.Why) string {
	icons := map[fund.Why]string{
		"illness": "pot", "caring": "thanks", "birth": "child", "arrival": "home", "hardship": "people", "interpreter": "speak",
	}
	if icon, ok := icons[why]; ok {
		return icon
	}
	return "gift"
}

func whyName(w page.Words, why fund.Why) string { return w.T("fund.why." + string(why)) }

// sums are the figures that may be told; what too few people are behind is left out.
func (p fundPage) sums() []page.Band {
	var out []page.Band
	if p.Sums.HasGiven {
		out = append(out, page.Band{Term: p.T("fund.sums.given"), Value: p.Hours(p.Sums.Given)})
	}
	if p.Sums.HasDrawn {
		out = append(out, page.Band{Term: p.T("fund.sums.drawn"), Value: p.Hours(p.Sums.Drawn)})
	}
	if p.Sums.HasBalance && p.Sums.Balance >= 0 {
		out = append(out, page.Band{Term: p.T("fund.sums.balance"), Value: p.Hours(p.Sums.Balance)})
	}
	return out
}

// minted is what the community made, apart from what people gave: in all, and what gifts
// have not filled up again.
func (p fundPage) minted() []page.Band {
	out := []page.Band{{Term: p.T("fund.minting.made"), Value: p.Hours(p.Sums.Minted)}}
	if left := min(-p.Sums.Balance, p.Sums.Minted); left > 0 {
		out = append(out, page.Band{Term: p.T("fund.minting.left"), Value: p.Hours(left)})
	}
	return out
}

// mine are the reader's own draws as lines.
func (p fundPage) mine() []page.Line {
	var out []page.Line
	for _, d := range p.Mine {
		out = append(out, page.Line{
			Icon: whyIcon(d.Rule.Why), Title: whyName(p.Words, d.Rule.Why), Note: p.T("fund.state."+string(d.State)) + " · " + p.Date(d.StateSince), Href: "/fund/draws/" + d.ID.String(),
		})
	}
	return out
}

// keeping are the ways of who looks after the hours.
func (p fundPage) keeping() []page.Line {
	lines := []page.Line{
		{Icon: "help", Title: p.T("fund.asked.title"), Note: p.T("fund.asked.note"), Href: "/fund/asked"},
		{Icon: "people", Title: p.T("limits.low.title"), Note: p.T("fund.low_note"), Href: "/hours/low"},
		{Icon: "clock", Title: p.T("limits.title"), Note: p.T("fund.limits_note"), Href: "/hours/limits"},
		{Icon: "people", Title: p.T("import.title"), Note: p.T("import.note"), Href: "/imports"},
	}
	if p.Actor.Facilitator {
		lines = append(lines, page.Line{Icon: "check", Title: p.T("correct.title"), Note: p.T("correct.note"), Href: "/desk/corrections"})
	}
	if p.Keeper {
		lines = append(lines,
			page.Line{Icon: "plus", Title: p.T("fund.rule.title"), Note: p.T("fund.rule.note"), Href: "/fund/rules/new"},
			page.Line{Icon: "vote", Title: p.T("fund.minting.title"), Note: p.T("fund.minting.note"), Href: "/fund/minting"})
	}
	return lines
}

// ruleFacts are what one may count on under a rule.
func ruleFacts(w page.Words, r fund.Rule) string {
	return w.T("fund.rule.sum", "Length", w.Hours(r.Minutes), "Each", w.Hours(r.Each), "Date", w.Date(r.VotedOn))
}

// choices are the rules as taps.
func (p askPage) choices() []page.Choice {
	var out []page.Choice
	for _, r := range p.Rules {
		out = append(out, page.Choice{
			Value: r.ID.String(), Label: whyName(p.Words, r.Why) + " · " + p.Hours(r.Minutes), Icon: whyIcon(r.Why), Chosen: r.ID.String() == p.Chosen || len(p.Rules) == 1,
		})
	}
	return out
}

// own reports whether the reader is whose draw it is.
func (p drawPage) own() bool { return p.Draw.Member == p.Actor.Member }

func (p drawPage) at(step string) string { return "/fund/draws/" + p.Draw.ID.String() + "/" + step }

// headline says where the draw stands, to its member.
func (p drawPage) headline() string {
	if p.Draw.State == fund.Asked && p.Draw.Late(p.Now()) {
		return p.T("fund.draw.late")
	}
	return p.T("fund.draw."+string(p.Draw.State), "Length", p.Hours(p.Draw.Rule.Minutes))
}

// lines are what waits, each with its age.
func (p askedPage) lines() []page.Line {
	var out []page.Line
	for _, d := range p.Draws {
		note := whyName(p.Words, d.Rule.Why) + " · " + p.NearDay(d.CreatedAt)
		if d.Late(p.Now()) {
			note += " · " + p.T("fund.asked.late")
		}
		out = append(out, page.Line{Icon: whyIcon(d.Rule.Why), Title: d.Name, Note: note, Href: "/fund/draws/" + d.ID.String()})
	}
	return out
}

// askAction is where the form goes.
func askAction(p askPage) string {
	if p.To != "" {
		return "/fund/offer"
	}
	return "/fund/ask"
}
