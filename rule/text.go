package rule

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Line checks a text of one line, such as a name or a title, and returns it trimmed
// and in normal form C. Its length is counted in characters, from least to most.
func Line(field, value string, least, most int) (string, error) {
	text, err := Text(field, value, least, most)
	if err != nil {
		return "", err
	}
	if strings.ContainsAny(text, "\n\t\u2028\u2029") {
		return "", Broken(field, "rule.one_line")
	}
	return text, nil
}

// Text checks a text of several lines and returns it trimmed, with plain line ends and
// in normal form C. It refuses what no person types and what a database or a reader
// could be misled with: a NUL byte, invalid UTF-8, control characters and the
// characters that override the direction of writing (Unicode TR 9, TR 36).
func Text(field, value string, least, most int) (string, error) {
	if !utf8.ValidString(value) {
		return "", Broken(field, "rule.unreadable")
	}
	text := strings.TrimSpace(strings.ReplaceAll(value, "\r\n", "\n"))
	text = norm.NFC.String(text)
	for _, r := range text {
		if misleads(r) {
			return "", Broken(field, "rule.unreadable")
		}
	}
	n := utf8.RuneCountInString(text)
	switch {
	case least > 0 && !strings.ContainsFunc(text, shows):
		return "", Broken(field, "rule.missing")
	case n < least:
		return "", Broken(field, "rule.too_short", "least", least)
	case n > most:
		return "", Broken(field, "rule.too_long", "most", most)
	}
	return text, nil
}

// shows reports whether a reader sees something of r: not of spaces, nor of the marks that
// join letters and turn directions.
func shows(r rune) bool { return !unicode.IsSpace(r) && !unicode.Is(unicode.Cf, r) }

func misleads(r rune) bool {
	switch {
	case r == '\n' || r == '\t':
		return false
	case unicode.IsControl(r):
		return true
	case r >= 0x202A && r <= 0x202E: // embeddings and overrides
		return true
	case r >= 0x2066 && r <= 0x2069: // isolates
		return true
	}
	return r == utf8.RuneError || r == 0xFEFF
}
