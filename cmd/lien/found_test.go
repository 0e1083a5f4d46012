package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"lien/check"
	"lien/database/dbtest"
)

const aSite = `name = "Les Iris"
town = "Orléans La Source"
zone = "Europe/Paris"
facilitator = "Aline Roux"
language = "fr"
[charter]
fr = "charter.fr.txt"
[[residence]]
name = "Résidence des Iris"
[[residence.building]]
name = "Bâtiment A"
stairwells = ["Escalier 1", "Escalier 2"]
`

func writeSite(t *testing.T, text string) string {
	t.Helper()
	folder := t.TempDir()
	for name, text := range map[string]string{"site.toml": text, "charter.fr.txt": "La charte\n\nNous sommes voisins, et nous nous entraidons."} {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return filepath.Join(folder, "site.toml")
}

var aLink = regexp.MustCompile(`https://lien\.example\.org(/\S+)`)

func TestARealHouseBeginsWithTwoCommands(t *testing.T) {
	h := dbtest.Open(t)
	setAll(t, h, nil)
	code, out, errs := said(t, "found", "cooperative", writeSite(t, aSite))
	if code != 0 || !aLink.MatchString(out) {
		t.Fatalf("founding a cooperative: status %d, %q, %q", code, out, errs)
	}
	code, out, errs = said(t, "found", "administrator", "--name", "Marc Petit", "--email", "marc@example.org", "--organisation", "Habitat des Iris")
	if code != 0 || !strings.Contains(aLink.FindString(out), "/pro/first/") {
		t.Fatalf("founding support: status %d, %q, %q", code, out, errs)
	}
	var lines strings.Builder
	if wrong, err := check.Run(t.Context(), h.Owner, &lines); err != nil || wrong > 0 {
		t.Errorf("%d promises broken: %v\n%s", wrong, err, lines.String())
	}
	if code, _, errs := said(t, "found", "administrator", "--name", "Eve", "--email", "eve@example.org", "--organisation", "Eve"); code != 2 || strings.Count(errs, "\n") != 1 {
		t.Errorf("a second first administrator: status %d, %q", code, errs)
	}
}

func TestAWrongFoundingFileIsToldInOneLine(t *testing.T) {
	h := dbtest.Open(t)
	setAll(t, h, nil)
	for name, text := range map[string]string{
		"no town":         strings.Replace(aSite, "town = ", "#", 1),
		"no such zone":    strings.Replace(aSite, "Europe/Paris", "Europe/Nowhere", 1),
		"a word too many": "colour = \"blue\"\n" + aSite,
		"no charter":      strings.Replace(aSite, "charter.fr.txt", "nowhere.txt", 1),
		"not TOML":        "name = ",
	} {
		code, _, errs := said(t, "found", "cooperative", writeSite(t, text))
		if code != 2 || strings.Count(errs, "\n") != 1 {
			t.Errorf("%s: status %d, %q", name, code, errs)
		}
	}
	var n int
	if err := h.Owner.NewRaw(`SELECT count(*) FROM coop.cooperatives`).Scan(t.Context(), &n); err != nil || n != 0 {
		t.Errorf("%d cooperatives half founded: %v", n, err)
	}
}
