package page_test

import (
	"testing"

	"lien/server/page"
)

func TestNoCellOfAFileIsAFormula(t *testing.T) {
	for text, want := range map[string]string{
		"Une étagère":   "Une étagère",
		"":              "",
		"45":            "45",
		"=1+1":          "'=1+1",
		"+33 6":         "'+33 6",
		"-2":            "'-2",
		"@SUM(A1)":      "'@SUM(A1)",
		"\t=1":          "'\t=1",
		" =1":           "' =1",
		"\u2068=cmd|' ": "'\u2068=cmd|' ",
		"＝1":            "'＝1",
		"a=1":           "a=1",
	} {
		if got := page.Inert(text); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}
