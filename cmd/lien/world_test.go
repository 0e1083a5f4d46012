package main

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"

	"lien/coop"
	"lien/coop/membership"
	"lien/database"
	"lien/database/dbtest"
	"lien/demo"
	"lien/seal"
	"lien/server"
	"lien/server/session"
	"lien/storage"
)

// world is a house with a short story in it, and a second cooperative next door whose
// things are foreign to everybody of the first.
type world struct {
	*database.Handles
	sealer  *seal.Sealer
	files   *storage.Folder
	app     *fiber.App
	routes  []server.Route
	callers []*caller
}

// caller is somebody at a browser, with the cookies it keeps.
type caller struct {
	app     *fiber.App
	name    string
	may     []server.May // what the table lets them do
	pin     string       // opens the private area or the tablet, for whom may includes it
	with    string       // the member before the tablet, for whom may includes helping one
	cookies map[string]string
}

// toldOnce is what every world begins with. It is told once, and is a variable because the
// tests of a program have nothing but the program in common.
var toldOnce struct {
	dbtest.Story
	sealer  *seal.Sealer
	folder  string
	invited [3][]demo.Person // their own devices, and two tablets for the facilitator
}

// tell tells the story of both cooperatives.
func tell(ctx context.Context, h *database.Handles, now time.Time) error {
	file, err := seal.Generate()
	if err != nil {
		return err
	}
	if toldOnce.sealer, err = seal.New(file); err != nil {
		return err
	}
	if toldOnce.folder, err = os.MkdirTemp("", "lien-story-"); err != nil {
		return err
	}
	files, err := storage.NewFolder(toldOnce.folder)
	if err != nil {
		return err
	}
	if err := demo.Tell(ctx, h, toldOnce.sealer, demo.Plot{Members: 16, Days: 45, Cases: 4, Seed: 1, Files: files}, now, io.Discard); err != nil {
		return err
	}
	for n := range toldOnce.invited {
		if toldOnce.invited[n], err = demo.Invite(ctx, h); err != nil {
			return err
		}
	}
	return demo.Tell(ctx, h, toldOnce.sealer, demo.Plot{Members: 12, Days: 30, Seed: 2, Files: files}, now, io.Discard)
}

func newWorld(t *testing.T) *world {
	t.Helper()
	h := toldOnce.Open(t, func(h *database.Handles) error { return tell(t.Context(), h, time.Now()) })
	folder := t.TempDir()
	if err := os.CopyFS(folder, os.DirFS(toldOnce.folder)); err != nil {
		t.Fatal(err)
	}
	files, err := storage.NewFolder(folder)
	if err != nil {
		t.Fatal(err)
	}
	sealer, invited := toldOnce.sealer, toldOnce.invited
	g := ground{origin: "http://localhost:8080", handles: h, sealer: sealer, files: files, log: slog.New(slog.DiscardHandler)}
	parts, err := wire(g)
	if err != nil {
		t.Fatal(err)
	}
	settings := server.Settings{Origin: g.origin}
	w := &world{Handles: h, sealer: sealer, files: files, app: server.New(settings, parts), routes: server.Routes(fiber.New(), settings, parts)}
	runUntilTheEnd(t, parts.Hub.Run)
	w.people(t, invited[2])
	w.tablets(t, invited[0][0], invited[1][0])
	w.stranger(t)
	return w
}

// stranger signs in somebody of the second cooperative, whose device is foreign to all.
func (w *world) stranger(t *testing.T) {
	t.Helper()
	hasher, err := session.NewHasher()
	if err != nil {
		t.Fatal(err)
	}
	links := session.NewLinks(w.Account, membership.NewMembers(w.Coop, time.Now), hasher, time.Now)
	var who coop.Actor
	err = w.Owner.NewRaw(`SELECT cooperative_id AS cooperative, id AS member FROM coop.members ORDER BY cooperative_id DESC, number LIMIT 1`).
		Scan(t.Context(), &who)
	if err != nil {
		t.Fatal(err)
	}
	path, err := links.ForResident(t.Context(), who, "640291", time.Hour)
	if err != nil {
		t.Fatal(err)
	}
	c := &caller{app: w.app, name: "stranger", cookies: map[string]string{}}
	if status, _ := c.post(t, path, nil); status != http.StatusSeeOther {
		t.Fatalf("the stranger signs in with %d", status)
	}
}

func runUntilTheEnd(t *testing.T, run func(context.Context)) {
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan struct{})
	go func() { run(ctx); close(ended) }()
	t.Cleanup(func() { stop(); <-ended })
}

// people signs everybody in.
func (w *world) people(t *testing.T, people []demo.Person) {
	resident := []server.May{server.Anyone, server.Self, server.Answering, server.Resident}
	pro := []server.May{server.Anyone, server.Professional}
	may := map[string][]server.May{
		"resident": resident, "facilitator": append(resident, server.Facilitator), "referent": append(pro, server.Caseworker),
		"coordinator": append(pro, server.Coordinator), "administrator": append(pro, server.Administrator),
	}
	w.callers = append(w.callers, &caller{app: w.app, name: "nobody", may: []server.May{server.Anyone}, cookies: map[string]string{}})
	for _, p := range people {
		c := &caller{app: w.app, name: p.Role + " " + p.Name, may: may[p.Role], cookies: map[string]string{}}
		if status, _ := c.post(t, p.SignIn, nil); status != http.StatusSeeOther {
			t.Fatalf("%s signs in with %d", c.name, status)
		}
		w.callers = append(w.callers, c)
		if p.About == "accompanied and sharing" {
			c.may = append(c.may[:len(c.may):len(c.may)], server.Private)
			c.pin = p.PIN
			c.openPrivate(t)
		}
	}
}

// tablets signs the facilitator in on two tablets at the desk: one with nobody before it,
// one that helps Nadia.
func (w *world) tablets(t *testing.T, alone, helping demo.Person) {
	t.Helper()
	may := []server.May{server.Anyone, server.AtTablet, server.Tablet}
	nadia := w.one(t, `SELECT id FROM coop.members WHERE name = 'Nadia Benali' ORDER BY cooperative_id LIMIT 1`)
	w.tablet(t, &caller{name: "tablet", may: may}, alone)
	w.tablet(t, &caller{name: "tablet with Nadia", may: append(may[:3:3], server.Helping), with: nadia}, helping)
}

func (w *world) tablet(t *testing.T, c *caller, p demo.Person) {
	t.Helper()
	c.app, c.pin, c.cookies = w.app, p.PIN, map[string]string{}
	if status, _ := c.post(t, p.SignIn, nil); status != http.StatusSeeOther {
		t.Fatalf("%s signs in with %d", c.name, status)
	}
	if status, body := c.post(t, "/desk/tablet", url.Values{"pin": {c.pin}}); status != http.StatusSeeOther || body != "/tablet" {
		t.Fatalf("the tablet opens with %d %s", status, body)
	}
	c.openPrivate(t)
	w.callers = append(w.callers, c)
}

// openPrivate opens again what shuts by itself: the private area, or the tablet with who
// stands before it.
func (c *caller) openPrivate(t *testing.T) {
	t.Helper()
	if c.pin == "" {
		return
	}
	if slices.Contains(c.may, server.Tablet) {
		if status, body := c.get(t, "/tablet/acts"); status == http.StatusOK || body == "/tablet" && c.with == "" {
			return // still open
		}
		if status, body := c.post(t, "/tablet/open", url.Values{"pin": {c.pin}}); status != http.StatusSeeOther {
			t.Fatalf("the tablet opens again with %d: %s", status, body)
		}
		if c.with != "" {
			c.post(t, "/tablet/with", url.Values{"member": {c.with}})
		}
		return
	}
	if status, body := c.post(t, "/private/open", url.Values{"pin": {c.pin}}); status != http.StatusSeeOther {
		t.Fatalf("%s opens the private area with %d: %s", c.name, status, body)
	}
}

func (c *caller) get(t *testing.T, path string) (int, string) {
	t.Helper()
	return c.send(t, httptest.NewRequest(http.MethodGet, path, nil))
}

func (c *caller) post(t *testing.T, path string, form url.Values) (int, string) {
	t.Helper()
	r := httptest.NewRequest(http.MethodPost, path, strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	return c.send(t, r)
}

func (c *caller) send(t *testing.T, r *http.Request) (int, string) {
	t.Helper()
	r.Host = "localhost:8080"
	for name, value := range c.cookies {
		r.AddCookie(&http.Cookie{Name: name, Value: value})
	}
	resp, err := c.app.Test(r, -1)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	for _, cookie := range resp.Cookies() {
		if cookie.MaxAge < 0 || cookie.Value == "" || !cookie.Expires.IsZero() && cookie.Expires.Before(time.Now()) {
			delete(c.cookies, cookie.Name)
			continue
		}
		c.cookies[cookie.Name] = cookie.Value
	}
	if resp.StatusCode == http.StatusSeeOther {
		return resp.StatusCode, resp.Header.Get("Location")
	}
	return resp.StatusCode, string(body)
}

// one reads one id as the owner of the schema.
func (w *world) one(t *testing.T, query string, args ...any) string {
	t.Helper()
	var id uuid.UUID
	if err := w.Owner.NewRaw(query, args...).Scan(t.Context(), &id); err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	return id.String()
}

func (w *world) caller(t *testing.T, name string) *caller {
	t.Helper()
	for _, c := range w.callers {
		if strings.HasPrefix(c.name, name) {
			return c
		}
	}
	t.Fatalf("nobody is called %s", name)
	return nil
}
