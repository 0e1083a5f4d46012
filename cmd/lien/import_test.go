package main

import (
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/uuid"

	"lien/check"
	"lien/database/dbtest"
)

var (
	shownTurn = regexp.MustCompile(`name="turn" value="(\d+)"`)
	anyFormer = regexp.MustCompile(`^/imports/[0-9a-f-]{36}$`)
)

func TestAListIsSentByAFormConfirmedAndPrinted(t *testing.T) {
	w := newWorld(t)
	aline, resident := w.caller(t, "facilitator"), w.caller(t, "resident Mehmet")
	place := w.one(t, `SELECT id FROM coop.places WHERE cooperative_id = (SELECT id FROM coop.cooperatives ORDER BY id LIMIT 1) AND kind = 'stairwell' ORDER BY id LIMIT 1`)
	fields := func() url.Values {
		return url.Values{"key": {uuid.NewString()}, "place": {place}, "language": {"ar"}}
	}
	list := []byte("Num\xe9ro;Nom;Solde\r\n901;H\xe9l\xe8ne Faure;2:00\r\n902;=cmd|calc;1:00\r\n903;Ousmane Ba;-0:30\r\n")
	if status, _ := resident.uploadAs(t, "/imports", "file", "liste.csv", list, fields()); status != http.StatusNotFound {
		t.Fatalf("a resident sends a list: %d", status)
	}
	for what, file := range map[string][]byte{"nothing": nil, "a workbook": []byte("PK\x03\x04"), "too much": make([]byte, 9<<20), "headings": []byte("a;b\n")} {
		if status, body := aline.uploadAs(t, "/imports", "file", "liste.csv", file, fields()); status != http.StatusUnprocessableEntity || !strings.Contains(body, "file-problem") {
			t.Errorf("%s: %d", what, status)
		}
	}
	status, to := aline.uploadAs(t, "/imports", "file", "liste.csv", list, fields())
	if status != http.StatusSeeOther || !anyFormer.MatchString(to) {
		t.Fatalf("sent: %d %s", status, to)
	}
	_, body := aline.get(t, to)
	found := shownTurn.FindStringSubmatch(body)
	if found == nil || !strings.Contains(body, "Windows-1252") || !strings.Contains(body, "points-virgules") {
		t.Fatal("the page does not say how the list is read")
	}
	if _, body = aline.get(t, to+"/rows?pile=new"); !strings.Contains(body, "Hélène Faure") {
		t.Error("who is new is not shown")
	}
	if _, body = aline.get(t, to+"/refused"); !strings.Contains(body, ";'=cmd|calc;") {
		t.Errorf("the refusals hold a formula: %q", body)
	}
	if status, where := aline.post(t, to+"/confirm", url.Values{"turn": {found[1]}}); status != http.StatusSeeOther || where != to {
		t.Fatalf("confirmed: %d %s", status, where)
	}
	if status, _ := aline.post(t, to+"/confirm", url.Values{"turn": {found[1]}}); status != http.StatusConflict {
		t.Errorf("confirmed again: %d", status)
	}
	if _, body = aline.get(t, to); !strings.Contains(body, "Hélène Faure") || !strings.Contains(body, "Ousmane Ba") || strings.Contains(body, "calc") {
		t.Error("what was made is not shown")
	}
	if status, where := aline.post(t, to+"/sheets", nil); status != http.StatusSeeOther || where != to+"/sheets" {
		t.Fatalf("sheets: %d %s", status, where)
	}
	if _, body = aline.get(t, to+"/sheets?lang=ar"); strings.Count(body, `class="cheque"`) != 2 || !strings.Contains(body, `dir="rtl"`) {
		t.Error("the sheets are not two, or not in Arabic")
	}
	sheet := regexp.MustCompile(`<p class="code" dir="ltr">([^<]+)</p>`).FindStringSubmatch(body)
	if sheet == nil {
		t.Fatal("no code is printed")
	}
	nobody := w.caller(t, "nobody")
	if status, where := nobody.post(t, "/join", url.Values{"code": {sheet[1]}}); status != http.StatusSeeOther {
		t.Errorf("the code of a sheet opens nothing: %d %s", status, where)
	}
}

func TestAListIsTakenOverByACommand(t *testing.T) {
	h := dbtest.Open(t)
	setAll(t, h, nil)
	if code, _, errs := said(t, "found", "cooperative", writeSite(t, aSite)); code != 0 {
		t.Fatal(errs)
	}
	list := filepath.Join(t.TempDir(), "membres.csv")
	text := "N,Nom d'utilisateur,Email,Téléphone,Autre téléphone,Créé le,Dernière connexion le,Langue,Solde\n12,Zoé Lefèvre,z@example.org,,,,,fr,2:15\n13,=1+1,,,,,,fr,0:10\n"
	if err := os.WriteFile(list, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	people := func() (n int) {
		if err := h.Owner.NewRaw(`SELECT count(*) FROM coop.members`).Scan(t.Context(), &n); err != nil {
			t.Fatal(err)
		}
		return n
	}
	code, out, errs := said(t, "import", "--by", "1", list)
	if code != 0 || !strings.Contains(out, "1 new, 0 here already, 0 to decide, 1 refused") || !strings.Contains(out, "       3  Une case commence par =") || people() != 1 {
		t.Fatalf("looking: status %d, %q, %q, %d people", code, out, errs, people())
	}
	if code, out, errs = said(t, "import", "--by", "1", "--confirm", list); code != 0 || !strings.Contains(out, "1 new members, 1 balances") || people() != 2 {
		t.Fatalf("confirming: status %d, %q, %q", code, out, errs)
	}
	for what, args := range map[string][]string{
		"again":       {"import", "--by", "1", "--confirm", list},
		"by nobody":   {"import", "--by", "12", list},
		"elsewhere":   {"import", "--by", "1", "--cooperative", "Les Lilas", list},
		"no place":    {"import", "--by", "1", "--place", "Escalier 9", list},
		"no file":     {"import", "--by", "1", list + "x"},
		"no language": {"import", "--by", "1", "--language", "tlh", list},
	} {
		if code, _, errs := said(t, args...); code != 2 || strings.Count(errs, "\n") != 1 {
			t.Errorf("%s: status %d, %q", what, code, errs)
		}
	}
	var lines strings.Builder
	if wrong, err := check.Run(t.Context(), h.Owner, &lines); err != nil || wrong > 0 {
		t.Errorf("%d promises broken: %v\n%s", wrong, err, lines.String())
	}
}
