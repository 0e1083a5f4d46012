package coopweb

import (
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"lien/coop"
	"lien/coop/board"
	"lien/server/page"
)

// paper is a notice as it is drawn: on a page for its reader, and in a live frame for
// nobody in particular, whose browser marks what is its reader's own.
type paper struct {
	page.Words
	board.Notice
	Reader coop.MemberID // zero in a frame
}

// rank is where it hangs on its board: the higher, the nearer to the top.
func (p paper) rank() string {
	if p.Top > 0 {
		return strconv.FormatInt(1<<40+p.Top, 10)
	}
	return strconv.FormatInt(p.Seq, 10)
}

func (p paper) own() bool { return p.Author.ID == p.Reader }

// titled is the id of what names the notice for who hears it read.
func (p paper) titled() string { return "title-" + p.ID.String() }

// answers is the word on the strip, with how many there are.
func (p paper) answers() string {
	if p.Comments == 0 {
		return p.T("board.strip.answer")
	}
	return p.N("board.strip.answers", p.Comments)
}

func (p paper) thanks() string {
	if p.Thanks == 0 {
		return p.T("board.strip.thank")
	}
	return p.N("board.strip.thanks", p.Thanks)
}

// thankValue is what the strip sends: the opposite of what this reader said before.
func (p paper) thankValue() string {
	if p.Thanked {
		return "no"
	}
	return "yes"
}

func pressed(yes bool) string {
	if yes {
		return "true"
	}
	return "false"
}

// kindSign is the pictogram of a kind.
func kindSign(k board.Kind) string {
	signs := map[board.Kind]string{board.Help: "help", board.Found: "key", board.Alert: "alert"}
	if sign, ok := signs[k]; ok {
		return sign
	}
	return "board"
}

// kindColour is the colour of a kind's paper.
func kindColour(k board.Kind) string {
	return map[board.Kind]string{board.Help: "canary", board.Found: "sea", board.Alert: "salmon taped"}[k]
}

func kindTag(k board.Kind) string {
	if k == board.Alert {
		return "late"
	}
	return ""
}

// readers is the sentence that says who reads a board.
func readers(b board.Board) string {
	if b.Place {
		return "board.readers.place"
	}
	return "board.readers.all"
}

// writtenBy is the name under which somebody wrote; who left has none any more.
func writtenBy(w page.Words, a board.Author) string {
	if a.Name == "" {
		return w.T("board.gone_author")
	}
	return a.Name
}

// stamp is a moment for machines.
func stamp(t time.Time) string { return t.UTC().Format(time.RFC3339) }

// headline is a notice's title, or the beginning of its text when it has none.
func headline(n board.Notice) string {
	if n.Title != "" {
		return n.Title
	}
	line, _, _ := strings.Cut(n.Body, "\n")
	if utf8.RuneCountInString(line) <= headlineMost {
		return line
	}
	short := string([]rune(line)[:headlineMost])
	if at := strings.LastIndexByte(short, ' '); at > 0 {
		short = short[:at]
	}
	return short + "…"
}

const headlineMost = 60
