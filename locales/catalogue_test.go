package locales_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/nicksnyder/go-i18n/v2/i18n"

	"lien/locales"
)

// forms are the plurals that each language tells apart for whole numbers (Unicode CLDR).
var forms = map[string][]string{
	"fr": {"one", "other"},
	"en": {"one", "other"},
	"ar": {"zero", "one", "two", "few", "many", "other"},
}

// ownBlanks are the keys whose languages need different values to say the same.
var ownBlanks = []string{"date.rest"}

// catalogue is one language: the forms of each key's text.
type catalogue map[string]map[string]string

func read(t *testing.T, lang string) catalogue {
	t.Helper()
	all, from := catalogue{}, map[string]string{}
	files, err := fs.Glob(locales.Files, lang+"/*.toml")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		text, err := locales.Files.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		parsed, err := i18n.ParseMessageFileBytes(text, lang+".toml", map[string]i18n.UnmarshalFunc{"toml": locales.Unmarshal})
		if err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		for _, m := range parsed.Messages {
			if other, twice := from[m.ID]; twice {
				t.Errorf("%s stands in %s and in %s", m.ID, other, file)
			}
			from[m.ID], all[m.ID] = file, formsOf(m)
		}
	}
	return all
}

func formsOf(m *i18n.Message) map[string]string {
	said := map[string]string{}
	for form, text := range map[string]string{"zero": m.Zero, "one": m.One, "two": m.Two, "few": m.Few, "many": m.Many, "other": m.Other} {
		if text != "" {
			said[form] = text
		}
	}
	return said
}

func each(t *testing.T, check func(t *testing.T, lang string, words, french catalogue)) {
	t.Helper()
	french := read(t, "fr")
	for lang := range forms {
		t.Run(lang, func(t *testing.T) { check(t, lang, read(t, lang), french) })
	}
}

func TestEveryLanguageHasTheSameKeys(t *testing.T) {
	each(t, func(t *testing.T, lang string, words, french catalogue) {
		for key := range french {
			if words[key] == nil {
				t.Errorf("%s is not said in %s", key, lang)
			}
		}
		for key := range words {
			if french[key] == nil {
				t.Errorf("%s is said in %s and not in fr", key, lang)
			}
		}
	})
}

func TestACountHasEveryPluralOfItsLanguage(t *testing.T) {
	each(t, func(t *testing.T, lang string, words, french catalogue) {
		for key, said := range words {
			if len(said) < 2 && len(french[key]) < 2 {
				continue
			}
			for _, form := range forms[lang] {
				if said[form] == "" {
					t.Errorf("%s has no plural %q in %s", key, form, lang)
				}
			}
		}
	})
}

func TestNoTextIsEmpty(t *testing.T) {
	each(t, func(t *testing.T, lang string, words, _ catalogue) {
		for key, said := range words {
			if strings.TrimSpace(said["other"]) == "" {
				t.Errorf("%s says nothing in %s", key, lang)
			}
		}
	})
}

var blank = regexp.MustCompile(`\{\{\s*\.(\w+)\s*\}\}`)

// blanks are the values that a text names. A plural may leave its number out ("two hours").
func blanks(said map[string]string) []string {
	var names []string
	for _, text := range said {
		for _, found := range blank.FindAllStringSubmatch(text, -1) {
			if found[1] != "Count" && !slices.Contains(names, found[1]) {
				names = append(names, found[1])
			}
		}
	}
	slices.Sort(names)
	return names
}

func TestEveryLanguageNamesTheSameValues(t *testing.T) {
	each(t, func(t *testing.T, lang string, words, french catalogue) {
		for key, said := range words {
			if got, want := blanks(said), blanks(french[key]); !slices.Equal(got, want) && !slices.Contains(ownBlanks, key) {
				t.Errorf("%s in %s names %v, want %v", key, lang, got, want)
			}
			for _, text := range said {
				if strings.Count(text, "{{") != len(blank.FindAllString(text, -1)) {
					t.Errorf("%s in %s does more than name a value: %s", key, lang, text)
				}
			}
		}
	})
}

var (
	quoted = regexp.MustCompile(`"([a-z][a-z0-9_]*(?:\.[a-z0-9_]+)+)"`)
	begun  = regexp.MustCompile(`"([a-z][a-z0-9_]*\.(?:[a-z0-9_.]*[._])?)"`) // a key put together: "date.month_" + …
	asked  = regexp.MustCompile(`\b(?:(T|N)\(|NewFrame\(\w+, )"([a-z0-9_.]+)"`)
)

// sources reads every file of the house that may name a key.
func sources(t *testing.T, visit func(file, text string)) {
	t.Helper()
	err := filepath.WalkDir("..", func(path string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && (entry.Name() == "node_modules" || entry.Name() == ".git"):
			return filepath.SkipDir
		case !strings.HasSuffix(path, ".go") && !strings.HasSuffix(path, ".templ"),
			strings.HasSuffix(path, "_test.go"), strings.HasSuffix(path, "_templ.go"):
			return nil
		}
		text, err := os.ReadFile(path)
		if err == nil {
			visit(path, string(text))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestNoKeyIsDead(t *testing.T) {
	used, begins := map[string]bool{}, []string{}
	sources(t, func(_, text string) {
		for _, found := range quoted.FindAllStringSubmatch(text, -1) {
			used[found[1]] = true
		}
		for _, found := range begun.FindAllStringSubmatch(text, -1) {
			begins = append(begins, found[1])
		}
	})
	for key := range read(t, "fr") {
		if !used[key] && !slices.ContainsFunc(begins, func(begin string) bool { return strings.HasPrefix(key, begin) }) {
			t.Errorf("%s is said, and no page says it", key)
		}
	}
}

func TestEveryKeyThatAPageAsksForIsThere(t *testing.T) {
	french := read(t, "fr")
	sources(t, func(file, text string) {
		for _, found := range asked.FindAllStringSubmatch(text, -1) {
			call, key := found[1], found[2]
			switch said := french[key]; {
			case strings.HasSuffix(key, ".") || strings.HasSuffix(key, "_"): // put together, see made
			case said == nil:
				t.Errorf("%s asks for %s, which no catalogue has", file, key)
			case call == "T" && len(said) > 1:
				t.Errorf("%s asks for %s with T, and it needs a count: N", file, key)
			case call == "N" && len(said) < 2:
				t.Errorf("%s asks for %s with N, and it has no plurals", file, key)
			}
		}
	})
}
