package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"lien/database"
	"lien/demo"
	"lien/seal"
	"lien/storage"
)

// tinyStory is one table, so that these tests are about the telling.
func tinyStory(tell func(context.Context, *database.Handles) error) story {
	return story{
		tell: func(ctx context.Context, h *database.Handles, _ *seal.Sealer, _ *storage.Folder, _ plot, _ io.Writer) error {
			return tell(ctx, h)
		},
		invite: func(ctx context.Context, h *database.Handles) ([]demo.Person, error) {
			p := demo.Person{Role: "resident", SignIn: "/sign-in/token"}
			return []demo.Person{p}, h.Owner.NewRaw("SELECT name FROM public.told").Scan(ctx, &p.Name)
		},
	}
}

func tellOne(ctx context.Context, h *database.Handles) error {
	_, err := h.Owner.ExecContext(ctx, "CREATE TABLE public.told AS SELECT 'Nadia' AS name")
	return err
}

func newFolder(t testing.TB) string {
	t.Helper()
	folder, err := os.MkdirTemp("", "lien-demo-")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(folder, 0o755); err != nil { // PostgreSQL's account must pass through
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(folder) })
	return folder
}

// shown starts a demo in folder and returns how to close it, once it can serve.
func shown(t testing.TB, folder string, s story) (base string, close func() error) {
	t.Helper()
	d, err := readDemo([]string{"--data", folder, "--listen", "127.0.0.1:0"}, io.Discard)
	if err != nil {
		t.Fatal(err)
	}
	d.story = s
	_ = os.Remove(filepath.Join(folder, noteName))
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- d.run(ctx) }()
	for {
		if n, err := readNote(folder); err == nil && n != nil && ready(n.BaseURL) {
			return n.BaseURL, func() error { cancel(); return <-ended }
		}
		select {
		case err := <-ended:
			cancel()
			t.Fatalf("the demo ended: %v", err)
		case <-time.After(10 * time.Millisecond):
		}
	}
}

func ready(base string) bool {
	answer, err := http.Get(base + "/readyz")
	if err != nil {
		return false
	}
	defer answer.Body.Close()
	return answer.StatusCode == http.StatusOK
}

func TestADemoIsToldOnce(t *testing.T) {
	folder := newFolder(t)
	base, close := shown(t, folder, tinyStory(tellOne))
	if err := close(); err != nil {
		t.Error(err)
	}
	if ready(base) {
		t.Error("the house answers after it closed")
	}
	_, close = shown(t, folder, tinyStory(func(context.Context, *database.Handles) error {
		return errors.New("the story was told twice")
	}))
	if err := close(); err != nil {
		t.Error(err)
	}
}

func TestHalfAStoryIsNeverShown(t *testing.T) {
	folder := newFolder(t)
	d, err := readDemo([]string{"--data", folder, "--listen", "127.0.0.1:0"}, io.Discard)
	if err != nil {
		t.Fatal(err)
	}
	broken := errors.New("killed in the middle")
	d.story = tinyStory(func(ctx context.Context, h *database.Handles) error {
		return errors.Join(tellOne(ctx, h), broken)
	})
	if err := d.run(t.Context()); !errors.Is(err, broken) {
		t.Fatalf("got %v, want %v", err, broken)
	}
	if _, err := os.Stat(filepath.Join(folder, noteName)); err == nil {
		t.Error("demo.json exists before there is a neighbourhood")
	}
	_, close := shown(t, folder, tinyStory(tellOne)) // fails where its table already exists
	if err := close(); err != nil {
		t.Error(err)
	}
}

func TestDemosStandSideBySide(t *testing.T) {
	var group sync.WaitGroup
	for range 2 {
		folder := newFolder(t)
		group.Go(func() {
			_, close := shown(t, folder, tinyStory(tellOne))
			if err := close(); err != nil {
				t.Error(err)
			}
		})
	}
	group.Wait()
}

func TestAFolderHasOneDemo(t *testing.T) {
	folder := newFolder(t)
	_, close := shown(t, folder, tinyStory(tellOne))
	var errs bytes.Buffer
	if code := run(t.Context(), []string{"demo", "--data", folder, "--listen", "127.0.0.1:0"}, io.Discard, &errs); code != 2 {
		t.Errorf("a second one: status %d, %s", code, errs.String())
	}
	if code := run(t.Context(), []string{"demo", "--data", folder, "--seed", "7"}, io.Discard, &errs); code != 2 {
		t.Errorf("another seed: status %d, %s", code, errs.String())
	}
	if code := run(t.Context(), []string{"check", "--data", folder}, io.Discard, &errs); code != 0 {
		t.Errorf("checking it while it runs: status %d, %s", code, errs.String())
	}
	if err := close(); err != nil {
		t.Error(err)
	}
}

func TestTheNoteSaysHowToSignIn(t *testing.T) {
	folder := newFolder(t)
	base, close := shown(t, folder, tinyStory(tellOne))
	defer func() {
		if err := close(); err != nil {
			t.Error(err)
		}
	}()
	path := filepath.Join(folder, noteName)
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var n struct {
		BaseURL string `json:"base_url"`
		People  []struct {
			Role, Name string
			SignIn     string `json:"sign_in"`
		}
	}
	if err := json.Unmarshal(text, &n); err != nil {
		t.Fatal(err)
	}
	if n.BaseURL != base || len(n.People) != 1 || n.People[0].SignIn != base+"/sign-in/token" {
		t.Errorf("got %+v", n)
	}
	for _, name := range []string{noteName, "keys.json"} {
		if info, err := os.Stat(filepath.Join(folder, name)); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%s: %v, %v; want it readable by its owner only", name, info.Mode(), err)
		}
	}
}
