package coopweb

import (
	"strconv"
	"strings"

	"lien/coop/importing"
	"lien/server/page"
)

// WhyOf is the sentence about a line that is refused, or has to be decided on.
func WhyOf(w page.Words, r importing.Row) string {
	if r.Why == "" {
		return ""
	}
	called := r.Called
	if called == "" {
		called = w.T("agreement.gone")
	}
	return w.T("import.why_"+r.Why, "Hint", page.Name(r.Hint), "Name", page.Name(called))
}

// rowNote is what was understood of a line: where it stands, its number, language and hours.
func rowNote(w page.Words, r importing.Row) string {
	parts := []string{w.T("import.at_line", "Line", strconv.Itoa(r.Line))}
	if r.Number != 0 {
		parts = append(parts, w.T("import.numbered", "Number", numberOf(r.Number)))
	} else if r.Pile == importing.New {
		parts = append(parts, w.T("import.next_number"))
	}
	if r.Pile != importing.Refused {
		parts = append(parts, page.Name(page.Tongue(r.Language)).Apart())
	}
	if r.Home != "" {
		parts = append(parts, page.Name(r.Home).Apart())
	}
	if r.Minutes != 0 {
		parts = append(parts, signed(w, r.Minutes))
	}
	return strings.Join(parts, " · ")
}

// lineNote is what a line made.
func (p importPage) lineNote(l importing.Line) string {
	parts := []string{p.T("import.at_line", "Line", strconv.Itoa(l.Line))}
	if l.Outcome != "moved" {
		parts = append(parts, p.T("import.numbered", "Number", numberOf(l.Number)), p.T("import.made_"+l.Outcome))
	}
	if l.Minutes != 0 {
		parts = append(parts, signed(p.Words, l.Minutes))
	}
	return strings.Join(parts, " · ")
}

func (p importPage) lineName(l importing.Line) string {
	switch {
	case l.Outcome == "moved":
		return p.T("import.made_moved")
	case l.Name == "":
		return p.T("agreement.gone")
	}
	return l.Name
}

// base is the import's address.
func (p importPage) base() string { return "/imports/" + p.Import.ID.String() }

func (p pilePage) base() string { return "/imports/" + p.Import.ID.String() }

// piles are the four as lines, with how many lie on each.
func (p importPage) piles() []page.Line {
	icons := map[importing.Pile]string{importing.New: "plus", importing.Same: "check", importing.Conflict: "speak", importing.Refused: "cross"}
	var out []page.Line
	for _, pile := range importing.Piles() {
		out = append(out, page.Line{
			Icon: icons[pile], Title: p.T("import.piled", "Pile", p.T("import.pile_"+string(pile)), "Count", p.Number(int64(p.Import.On(pile)))),
			Note: p.T("import.pile_" + string(pile) + "_note"), Href: p.base() + "/rows?pile=" + string(pile),
		})
	}
	return out
}

// facts are how the file was read.
func (p importPage) facts() []page.Fact {
	delimiter := map[string]string{";": "semicolon", ",": "comma", "\t": "tab"}[p.Import.Delimiter]
	return []page.Fact{
		{Icon: "person", Term: p.T("import.sent"), Value: page.Name(p.Import.UploadedBy).Apart() + ", " + p.Date(p.Import.UploadedAt)},
		{Icon: "paper", Term: p.T("import.lines"), Value: p.Number(int64(p.Import.Lines))},
		{Icon: "eye", Term: p.T("import.read_as"), Value: p.Import.Encoding + ", " + p.T("import.delimiter_"+delimiter)},
	}
}

// results are what was made so far.
func (p importPage) results() []page.Fact {
	out := []page.Fact{
		{Icon: "plus", Term: p.T("import.made"), Value: p.Number(int64(p.Import.Made))},
		{Icon: "clock", Term: p.T("import.opened"), Value: p.Number(int64(p.Import.Opened))},
		{Icon: "cross", Term: p.T("import.refused"), Value: p.Number(int64(p.Import.RefusedLines))},
	}
	if p.Import.Moved > 0 {
		out = append(out, page.Fact{Icon: "alert", Term: p.T("import.moved"), Value: p.Number(int64(p.Import.Moved))})
	}
	if p.Import.ConfirmedBy != "" {
		out = append(out, page.Fact{Icon: "person", Term: p.T("import.confirmed"), Value: page.Name(p.Import.ConfirmedBy).Apart() + ", " + p.Date(p.Import.ConfirmedAt)})
	}
	return out
}

// meaning names what a column can mean.
func (p importPage) meaning(c importing.Column) string {
	if c == importing.Ignored {
		return p.T("import.column_none")
	}
	return p.T("import.column_" + string(c))
}

// heading names a column: by its heading, or by its place.
func (p importPage) heading(n int) string {
	if h := p.Import.Headings[n]; h != "" {
		return h
	}
	return p.T("import.column", "Number", strconv.Itoa(n+1))
}

func (p importPage) sample(n int) string {
	if n < len(p.Import.Samples) {
		return p.Import.Samples[n]
	}
	return ""
}

// ready reports whether the list can be confirmed: something is to be made.
func (p importPage) ready() bool { return p.Import.Sorted() && p.Import.Left > 0 }

// choice names what can become of a line.
func choiceName(w page.Words, c importing.Choice) string { return w.T("import.choice_" + string(c)) }
