package main

import (
	"bytes"
	"fmt"
	"os"
	"strings"
	"testing"

	"lien/database/dbtest"
)

func TestMain(m *testing.M) {
	if folder := os.Getenv(asProcess); folder != "" {
		os.Exit(demoProcess(folder))
	}
	dbtest.Main(tidied{m})
}

// tidied runs the tests and takes away the files of the story that they shared.
type tidied struct{ *testing.M }

func (m tidied) Run() int {
	code := m.M.Run()
	if toldOnce.folder != "" {
		if err := os.RemoveAll(toldOnce.folder); err != nil {
			fmt.Fprintln(os.Stderr, err)
			code = max(code, 1)
		}
	}
	return code
}

// said runs lien with args and returns its status and what it printed.
func said(t *testing.T, args ...string) (code int, out, errs string) {
	t.Helper()
	var o, e bytes.Buffer
	code = run(t.Context(), args, &o, &e)
	return code, o.String(), e.String()
}

func TestAWrongCommandIsToldInOneLine(t *testing.T) {
	for _, args := range [][]string{
		{"dance"},
		{"help", "dance"},
		{"serve", "now"},
		{"serve", "--fast"},
		{"migrate"},
		{"migrate", "sideways"},
		{"migrate", "up"}, // without LIEN_OWNER_URL
		{"check"},
		{"check", "--data", t.TempDir()},
		{"keys", "new"},
		{"keys", "rotate", "/nowhere/keys.json"},
		{"demo", "--size", "huge"},
		{"demo", "--seed", "many"},
		{"demo", "--listen", "here"},
		{"version", "please"},
		{"import"},
		{"import", "liste.csv"},
		{"import", "--by", "nobody", "liste.csv"},
	} {
		code, _, errs := said(t, args...)
		if code != 2 || strings.Count(errs, "\n") != 1 {
			t.Errorf("lien %s: status %d and %q; want 2 and one line", strings.Join(args, " "), code, errs)
		}
	}
}

func TestEveryCommandExplainsItself(t *testing.T) {
	_, list, _ := said(t, "help")
	for _, c := range commands() {
		if !strings.Contains(list, c.name) || !strings.Contains(list, c.summary) {
			t.Errorf("lien help does not list %s", c.name)
		}
		for _, args := range [][]string{{"help", c.name}, {c.name, "--help"}, {c.name, "-h"}} {
			code, out, errs := said(t, args...)
			if code != 0 || errs != "" || !strings.HasPrefix(out, "lien "+c.name) {
				t.Errorf("lien %s: status %d, %q, %q; want its help", strings.Join(args, " "), code, out, errs)
			}
		}
	}
	if code, _, errs := said(t); code != 0 || errs != "" {
		t.Errorf("lien alone: status %d, %q; want the list", code, errs)
	}
}

func TestTheVersionNamesItsGo(t *testing.T) {
	if _, out, _ := said(t, "version"); !strings.Contains(out, "go1.") {
		t.Errorf("got %q, want the Go version in it", out)
	}
}
