package locales_test

import (
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"testing"
)

// set mends the spaces of the French catalogues in place: go test ./locales -set
var set = flag.Bool("set", false, "mend the spaces of the French catalogues")

// wrong are the slips of French typography, each with what it should be.
var wrong = map[string]*regexp.Regexp{
	"’ instead of '": regexp.MustCompile(`'`),
	"a narrow no-break space (U+202F) before ? ! ;":  regexp.MustCompile(`[^\x{202f}?!][?!;]`),
	"a no-break space (U+00A0) before :":             regexp.MustCompile(`[^\x{a0}]:(\s|$)`),
	"« and » with no-break spaces inside":            regexp.MustCompile(`«[^\x{a0}\x{202f}]|[^\x{a0}\x{202f}]»|"`),
	"… instead of three points":                      regexp.MustCompile(`\.\.\.`),
	"a no-break space between a number and its unit": regexp.MustCompile(`(\}\}|\d) (h|min|minutes?|heures?|jours?|mois|%|€)\b`),
}

// mended are the slips that need no thought, in the order in which they are mended.
var mended = []struct {
	slip *regexp.Regexp
	with string
}{
	{regexp.MustCompile(` ([?!;])`), "\u202f$1"},
	{regexp.MustCompile(` :`), "\u00a0:"},
	{regexp.MustCompile(`« `), "«\u00a0"},
	{regexp.MustCompile(` »`), "\u00a0»"},
	{regexp.MustCompile(`(\}\}|\d) (h|min|minutes?|heures?|jours?|mois|%|€)([^\pL]|$)`), "$1\u00a0$2$3"},
}

func TestFrenchIsWellSet(t *testing.T) {
	if *set {
		mend(t)
		return
	}
	for key, said := range read(t, "fr") {
		for _, text := range said {
			for want, slip := range wrong {
				if slip.MatchString(text) {
					t.Errorf("%s wants %s (go test ./locales -set mends spaces): %s", key, want, text)
				}
			}
		}
	}
}

func mend(t *testing.T) {
	t.Helper()
	files, err := filepath.Glob("fr/*.toml")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range mended {
			text = m.slip.ReplaceAll(text, []byte(m.with))
		}
		if err := os.WriteFile(file, text, 0o600); err != nil {
			t.Fatal(err)
		}
	}
}
