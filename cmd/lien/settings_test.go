package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"lien/database"
	"lien/database/dbtest"
)

// setAll gives the environment of a server that could start but for the change.
func setAll(t *testing.T, h *database.Handles, change map[string]string) {
	t.Helper()
	keys := filepath.Join(t.TempDir(), "keys.json")
	if err := newKeys(keys); err != nil {
		t.Fatal(err)
	}
	all := map[string]string{
		"LIEN_ORIGIN": "https://lien.example.org", "LIEN_LISTEN": "127.0.0.1:0", "LIEN_KEYS": keys, "LIEN_FILES": t.TempDir(),
		"LIEN_ACCOUNT_URL": h.Direct(database.Account), "LIEN_COOP_URL": h.Direct(database.Coop),
		"LIEN_SUPPORT_URL": h.Direct(database.Support), "LIEN_STUDY_URL": h.Direct(database.Study),
	}
	for name, value := range change {
		all[name] = value
	}
	for name, value := range all {
		t.Setenv(name, value)
	}
}

func TestWrongSettingsAreToldInOneLineWithoutSecrets(t *testing.T) {
	h := dbtest.Open(t)
	open := filepath.Join(t.TempDir(), "open.json")
	if err := os.WriteFile(open, []byte("{}"), 0o644); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct{ setting, value, says string }{
		"no origin":             {"LIEN_ORIGIN", "", "LIEN_ORIGIN"},
		"origin with a path":    {"LIEN_ORIGIN", "https://lien.example.org/fr", "LIEN_ORIGIN"},
		"origin without TLS":    {"LIEN_ORIGIN", "http://lien.example.org", "LIEN_ORIGIN"},
		"no address":            {"LIEN_COOP_URL", "", "LIEN_COOP_URL"},
		"address of no kind":    {"LIEN_COOP_URL", "hunter2", "LIEN_COOP_URL"},
		"address that deceives": {"LIEN_COOP_URL", "postgres://lien_coop:hunter2@host:port/lien", "LIEN_COOP_URL"},
		"no keys":               {"LIEN_KEYS", "", "LIEN_KEYS"},
		"no folder of files":    {"LIEN_FILES", "", "LIEN_FILES"},
		"keys not there":        {"LIEN_KEYS", "/nowhere/keys.json", "keys"},
		"keys open to all":      {"LIEN_KEYS", open, "chmod"},
		"connections no count":  {"LIEN_CONNECTIONS", "hunter2", "LIEN_CONNECTIONS"},
		"connections too many":  {"LIEN_CONNECTIONS", "100000", "LIEN_CONNECTIONS"},
		"proxy of no kind":      {"LIEN_TRUSTED_PROXIES", "everybody", "LIEN_TRUSTED_PROXIES"},
		"listening nowhere":     {"LIEN_LISTEN", "256.0.0.1:1", "256.0.0.1:1"},
	} {
		t.Run(name, func(t *testing.T) {
			setAll(t, h, map[string]string{c.setting: c.value})
			code, _, errs := said(t, "serve")
			if code != 2 || strings.Count(errs, "\n") != 1 || !strings.Contains(errs, c.says) || strings.Contains(errs, "hunter2") {
				t.Errorf("status %d and %q; want 2 and one line about %s", code, errs, c.says)
			}
		})
	}
}

func TestTheServerRefusesADatabaseThatIsBehind(t *testing.T) {
	h := dbtest.OpenEmpty(t)
	setAll(t, dbtest.Open(t), map[string]string{"LIEN_COOP_URL": h.Direct(database.Coop)})
	code, _, errs := said(t, "serve")
	if code != 2 || !strings.Contains(errs, "lien migrate up") {
		t.Errorf("status %d and %q; want 2 and what to run", code, errs)
	}
	t.Setenv("LIEN_OWNER_URL", h.Direct(database.Owner))
	if code, out, errs := said(t, "migrate", "status"); code != 0 || !strings.Contains(out, "missing") {
		t.Errorf("status before: %d, %q, %q", code, out, errs)
	}
	if code, out, errs := said(t, "migrate", "up"); code != 0 || !strings.Contains(out, "applied") {
		t.Errorf("up: %d, %q, %q", code, out, errs)
	}
	if code, out, errs := said(t, "migrate", "status"); code != 0 || strings.Contains(out, "missing") {
		t.Errorf("status after: %d, %q, %q", code, out, errs)
	}
}

func TestASecretIsNeverPrinted(t *testing.T) {
	s := settings{OwnerURL: "postgres://lien_owner:hunter2@db/lien"}
	for _, verb := range []string{"%v", "%+v", "%#v", "%s"} {
		if text := fmt.Sprintf(verb, s); strings.Contains(text, "hunter2") {
			t.Errorf("%s prints %s", verb, text)
		}
	}
}

func TestLostKeysAreNotOverwritten(t *testing.T) {
	path := filepath.Join(t.TempDir(), "keys.json")
	if code, _, errs := said(t, "keys", "new", path); code != 0 {
		t.Fatal(errs)
	}
	before, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if code, _, _ := said(t, "keys", "new", path); code != 2 {
		t.Errorf("a second time: status %d, want 2", code)
	}
	if after, err := os.ReadFile(path); err != nil || string(after) != string(before) {
		t.Errorf("the keys changed (%v)", err)
	}
	if code, _, errs := said(t, "keys", "rotate", path); code != 0 {
		t.Fatal(errs)
	}
	if _, err := readKeys(path); err != nil {
		t.Error(err)
	}
}
