package main

import (
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"

	"lien/server"
)

func TestEveryAddressStandsInTheTable(t *testing.T) {
	w := newWorld(t)
	listed := map[string]bool{}
	for _, r := range w.routes {
		if listed[r.Method+r.Path] {
			t.Errorf("%s %s stands twice in the table", r.Method, r.Path)
		}
		listed[r.Method+r.Path] = true
		if r.Method != http.MethodGet && r.Method != http.MethodPost {
			t.Errorf("%s %s: only GET reads and only POST changes", r.Method, r.Path)
		}
	}
	for _, r := range w.app.GetRoutes(true) {
		if r.Method == http.MethodHead || r.Path == "/" && len(r.Handlers) == 1 {
			continue
		}
		if !listed[r.Method+r.Path] {
			t.Errorf("%s %s is served and stands in no table", r.Method, r.Path)
		}
	}
}

func TestTheHeadOfWhatAnyoneMayReadIsThatOfThePage(t *testing.T) {
	w := newWorld(t)
	own := w.ids(t, true)
	for _, r := range w.routes {
		if r.Method != http.MethodGet {
			continue
		}
		path := fill(t, r.Path, own)
		page, err := w.app.Test(httptest.NewRequest(http.MethodGet, path, nil), -1)
		if err != nil {
			t.Fatal(err)
		}
		head, err := w.app.Test(httptest.NewRequest(http.MethodHead, path, nil), -1)
		if err != nil {
			t.Fatal(err)
		}
		if want := page.StatusCode; r.May == server.Anyone && head.StatusCode != want || r.May != server.Anyone && head.StatusCode != http.StatusNotFound {
			t.Errorf("HEAD %s answered %d, GET %d", r.Path, head.StatusCode, want)
		}
		if body, err := io.ReadAll(head.Body); err != nil || len(body) > 0 {
			t.Errorf("HEAD %s has a body of %d bytes, %v", r.Path, len(body), err)
		}
	}
}

func TestEveryRouteAnswersEveryRoleAsTheTableSays(t *testing.T) {
	w := newWorld(t)
	own := w.ids(t, true)
	for _, r := range w.routes {
		if r.Method != http.MethodGet || strings.HasPrefix(r.Path, "/live") || r.Path == "/leave" { // leaving shuts the private area
			continue
		}
		for _, c := range w.callers {
			c.openPrivate(t) // some pages shut it behind whoever leaves
			path := fill(t, r.Path, own)
			status, body := c.get(t, path)
			allowed := slices.Contains(c.may, r.May)
			switch {
			case status >= 500:
				t.Errorf("GET %s as %s answered %d", r.Path, c.name, status)
			case !allowed && status != http.StatusNotFound && !ledOut(status, body):
				t.Errorf("GET %s is not for %s and answered %d", r.Path, c.name, status)
			case allowed && ledOut(status, body):
				t.Errorf("GET %s is for %s and led to %s", r.Path, c.name, body)
			}
		}
	}
}

func TestNoChangeIsOpenToWhoMayNotMakeIt(t *testing.T) {
	w := newWorld(t)
	own := w.ids(t, true)
	for _, r := range w.routes {
		if r.Method != http.MethodPost || r.May == server.Anyone {
			continue
		}
		for _, c := range w.callers {
			if slices.Contains(c.may, r.May) {
				continue
			}
			if status, body := c.post(t, fill(t, r.Path, own), nil); status != http.StatusNotFound && !ledOut(status, body) {
				t.Errorf("POST %s is not for %s and answered %d", r.Path, c.name, status)
			}
		}
	}
}

// Whatever is not yours answers like what does not exist, to the byte.
func TestWhatIsForeignAnswersLikeWhatIsNotThere(t *testing.T) {
	w := newWorld(t)
	foreign := w.ids(t, false)
	for _, r := range w.routes {
		if !strings.Contains(r.Path, ":id") && !strings.Contains(r.Path, ":person") {
			continue
		}
		for _, c := range w.callers {
			if !slices.Contains(c.may, r.May) {
				continue
			}
			w.notTheirs(t, foreign, c)
			c.openPrivate(t)
			ask := c.get
			if r.Method == http.MethodPost {
				ask = func(t *testing.T, path string) (int, string) { return c.post(t, path, nil) }
			}
			status, body := ask(t, fill(t, r.Path, foreign))
			nowhere, nothing := ask(t, fill(t, r.Path, nil))
			if status != nowhere || masked(body) != masked(nothing) {
				t.Errorf("%s %s as %s: a foreign id answers %d, one that is not there %d", r.Method, r.Path, c.name, status, nowhere)
			}
			if r.Method == http.MethodGet && status != http.StatusNotFound {
				t.Errorf("GET %s as %s answers %d for a foreign id", r.Path, c.name, status)
			}
		}
	}
}

// notTheirs puts a case among ids that this caller is not on.
func (w *world) notTheirs(t *testing.T, ids map[string]string, c *caller) {
	t.Helper()
	name, _ := strings.CutPrefix(c.name, "referent ")
	ids["/pro/cases"] = w.one(t, `SELECT m.case_id FROM support.case_members m JOIN support.workers k ON k.id = m.worker_id
		GROUP BY m.case_id HAVING bool_and(k.name <> ?) ORDER BY m.case_id LIMIT 1`, name)
	ids["person"] = w.one(t, `SELECT p.id FROM support.persons p JOIN support.cases c ON c.household_id = p.household_id
		WHERE c.id = ? AND p.adult ORDER BY p.id LIMIT 1`, ids["/pro/cases"])
}

var (
	parameter = regexp.MustCompile(`:[a-z]+`)
	anyID     = regexp.MustCompile(`[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}`)
)

// masked leaves out what differs from one request to the next: ids, and the keys of forms.
func masked(body string) string { return anyID.ReplaceAllString(body, "…") }

// ledOut reports whether the answer leads to an entrance.
func ledOut(status int, to string) bool {
	return status == http.StatusSeeOther && (strings.HasPrefix(to, "/open") || strings.HasPrefix(to, "/pro/sign-in") || strings.HasPrefix(to, "/private/open") ||
		to == "/tablet" || to == "/tablet/shut" || to == "/desk/tablet")
}

// fill puts an id into a path: of these, or one that is nobody's.
func fill(t *testing.T, path string, ids map[string]string) string {
	t.Helper()
	parts := strings.SplitN(strings.TrimPrefix(path, "/"), "/", 3)
	for n := len(parts); n > 0; n-- {
		prefix := "/" + strings.Join(parts[:n], "/")
		if id, ok := ids[prefix]; ok {
			path = strings.Replace(path, prefix+"/:id", prefix+"/"+id, 1)
			break
		}
	}
	path = strings.Replace(path, ":month", "2026-10", 1)
	path = strings.Replace(path, ":person", or(ids["person"], uuid.NewString()), 1)
	return parameter.ReplaceAllStringFunc(path, func(string) string { return uuid.NewString() })
}

func or(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

// ids are things of the first cooperative that its sharing resident, its facilitator or
// its first referent may see; or things that none of them may.
func (w *world) ids(t *testing.T, own bool) map[string]string {
	is := "="
	if !own {
		is = "<>"
	}
	here := " cooperative_id = (SELECT id FROM coop.cooperatives ORDER BY id LIMIT 1) "
	device := `SELECT d.id FROM account.devices d JOIN account.residents r ON r.id = d.resident_id ORDER BY r.cooperative_id, d.id LIMIT 1`
	if !own {
		here = strings.Replace(here, "ORDER BY id", "ORDER BY id DESC", 1)
		device = strings.Replace(device, "cooperative_id", "cooperative_id DESC", 1)
	}
	worker := w.one(t, `SELECT worker_id FROM support.case_members WHERE role = 'referent' ORDER BY worker_id LIMIT 1`)
	kase := w.one(t, `SELECT case_id FROM support.case_members WHERE worker_id `+is+` ? ORDER BY case_id LIMIT 1`, worker)
	ids := map[string]string{
		"/listings":         w.one(t, `SELECT id FROM coop.listings WHERE`+here+`ORDER BY id DESC LIMIT 1`),
		"/workshops":        w.one(t, `SELECT coalesce((SELECT listing_id FROM coop.workshops WHERE`+here+`ORDER BY cancelled_at IS NOT NULL, starts_at DESC LIMIT 1), gen_random_uuid())`),
		"/searches":         w.one(t, `SELECT id FROM coop.searches WHERE`+here+`ORDER BY id DESC LIMIT 1`),
		"/desk/listings":    w.one(t, `SELECT l.id FROM coop.listings l WHERE`+here+`ORDER BY EXISTS (SELECT FROM coop.listing_reports t WHERE t.listing_id = l.id AND t.answered_at IS NULL) DESC, l.id DESC LIMIT 1`),
		"/photos":           w.one(t, `SELECT photo_id FROM coop.listing_photos WHERE`+here+`UNION ALL SELECT gen_random_uuid() LIMIT 1`),
		"/agreements":       w.one(t, `SELECT id FROM coop.agreements WHERE`+here+`ORDER BY id DESC LIMIT 1`),
		"/desk/agreements":  w.one(t, `SELECT id FROM coop.agreements WHERE`+here+`ORDER BY id DESC LIMIT 1`),
		"/inbox":            w.one(t, `SELECT id FROM coop.inbox WHERE`+here+`ORDER BY id DESC LIMIT 1`),
		"/fund/draws":       w.one(t, `SELECT id FROM coop.fund_draws WHERE`+here+`ORDER BY state, id DESC LIMIT 1`),
		"/fund/rules":       w.one(t, `SELECT id FROM coop.fund_rules WHERE`+here+`ORDER BY id DESC LIMIT 1`),
		"/fund/minting":     w.one(t, `SELECT id FROM coop.minting_rules WHERE`+here+`ORDER BY id DESC LIMIT 1`),
		"/desk/corrections": w.one(t, `SELECT id FROM coop.transfers WHERE`+here+`AND kind = 'agreement' ORDER BY id DESC LIMIT 1`),
		"/hours/lines":      w.one(t, `SELECT id FROM coop.transfers WHERE`+here+`ORDER BY id DESC LIMIT 1`),
		"/events":           w.one(t, `SELECT id FROM coop.events WHERE`+here+`ORDER BY id DESC LIMIT 1`),
		"/shifts":           w.one(t, `SELECT id FROM coop.shifts WHERE`+here+`ORDER BY id DESC LIMIT 1`),
		"/series":           w.one(t, `SELECT id FROM coop.event_series WHERE`+here+`ORDER BY id DESC LIMIT 1`),
		"/resources":        w.one(t, `SELECT id FROM coop.resources WHERE`+here+`ORDER BY id DESC LIMIT 1`),
		"/desk/resources":   w.one(t, `SELECT id FROM coop.resources WHERE`+here+`ORDER BY id DESC LIMIT 1`),
		"/bookings":         w.one(t, `SELECT id FROM coop.bookings WHERE`+here+`ORDER BY id DESC LIMIT 1`),
		"/loans":            w.one(t, `SELECT id FROM coop.loans WHERE`+here+`ORDER BY id DESC LIMIT 1`),
		"/desk/loans":       w.one(t, `SELECT id FROM coop.loans WHERE`+here+`ORDER BY id DESC LIMIT 1`),
		"/desk/damages":     w.one(t, `SELECT id FROM coop.damages WHERE`+here+`ORDER BY id DESC LIMIT 1`),
		"/assemblies":       w.one(t, `SELECT id FROM coop.assemblies WHERE`+here+`ORDER BY state = 'open' DESC, starts_at LIMIT 1`),
		"/desk/assemblies":  w.one(t, `SELECT id FROM coop.assemblies WHERE`+here+`ORDER BY state = 'draft' DESC, starts_at DESC LIMIT 1`),
		"/votes":            w.one(t, `SELECT id FROM coop.votes WHERE`+here+`ORDER BY state = 'open' DESC, id DESC LIMIT 1`),
		"/contests":         w.one(t, `SELECT coalesce((SELECT id FROM coop.minutes_contests WHERE`+here+`ORDER BY answered_at IS NULL DESC, id LIMIT 1), gen_random_uuid())`),
		"/proxies":          w.one(t, `SELECT id FROM coop.proxies WHERE`+here+`ORDER BY id DESC LIMIT 1`),
		"/desk/motions":     w.one(t, `SELECT m.id FROM coop.motions m JOIN coop.assemblies a ON a.id = m.assembly_id WHERE m.`+strings.TrimPrefix(here, " ")+`ORDER BY a.state = 'draft' DESC, m.id LIMIT 1`),
		"/boards":           w.one(t, `SELECT id FROM coop.boards WHERE`+here+`AND place_id IS NULL`),
		"/notices":          w.one(t, `SELECT id FROM coop.notices WHERE`+here+`ORDER BY id DESC LIMIT 1`),
		"/problems":         w.one(t, `SELECT id FROM coop.problems WHERE`+here+`ORDER BY id LIMIT 1`),
		"/desk/problems":    w.one(t, `SELECT id FROM coop.problems WHERE`+here+`ORDER BY id LIMIT 1`),
		"/moderation":       w.one(t, `SELECT coalesce((SELECT f.id FROM coop.board_files f WHERE f.`+strings.TrimPrefix(here, " ")+`AND f.steps > 0 ORDER BY f.id LIMIT 1), gen_random_uuid())`),
		"/desk/moderation":  w.one(t, `SELECT coalesce((SELECT f.id FROM coop.board_files f WHERE f.`+strings.TrimPrefix(here, " ")+`ORDER BY EXISTS (SELECT FROM coop.board_reports t WHERE t.file_id = f.id AND t.answered_at IS NULL) DESC, f.id LIMIT 1), gen_random_uuid())`),
		"/comments":         w.one(t, `SELECT id FROM coop.comments WHERE`+here+`ORDER BY id DESC LIMIT 1`),
		"/passport":         w.one(t, `SELECT k.id FROM coop.passport_links k WHERE k.`+strings.TrimPrefix(here, " ")+`ORDER BY k.id DESC LIMIT 1`),
		"/imports":          w.one(t, `SELECT id FROM coop.imports WHERE`+here+`ORDER BY state = 'open' DESC, id DESC LIMIT 1`),
		"/cheques":          w.one(t, `SELECT id FROM coop.cheque_leaves WHERE`+here+`ORDER BY state = 'presented' DESC, id DESC LIMIT 1`),
		"/booklets":         w.one(t, `SELECT id FROM coop.cheque_booklets WHERE`+here+`ORDER BY number LIMIT 1`),
		"/desk/cheques":     w.one(t, `SELECT id FROM coop.cheque_leaves WHERE`+here+`ORDER BY state = 'presented' DESC, id DESC LIMIT 1`),
		"/desk/booklets":    w.one(t, `SELECT id FROM coop.cheque_booklets WHERE`+here+`ORDER BY number LIMIT 1`),
		"/desk/members":     w.one(t, `SELECT id FROM coop.members WHERE`+here+`ORDER BY number DESC LIMIT 1`),
		"/desk/invitations": w.one(t, `SELECT id FROM coop.invitations WHERE`+here+`ORDER BY id DESC LIMIT 1`),
		"/me/devices":       w.one(t, device),
		"/directory":        w.one(t, `SELECT member_id FROM coop.directory WHERE`+here+`AND listed ORDER BY member_id DESC LIMIT 1`),
		"/pro/cases":        kase,
		"/pro/coordination": kase,
		"person":            w.one(t, `SELECT p.id FROM support.persons p JOIN support.cases c ON c.household_id = p.household_id WHERE c.id = ? AND p.adult ORDER BY p.id LIMIT 1`, kase),

		"/desk/applications": w.one(t, `SELECT id FROM coop.applications WHERE`+here+`ORDER BY id DESC LIMIT 1`),
		"/desk/posters":      w.one(t, `SELECT id FROM coop.leaflets WHERE`+here+`AND kind = 'poster' ORDER BY id DESC LIMIT 1`),
		"/desk/suspensions":  w.one(t, `SELECT id FROM coop.suspensions WHERE`+here+`ORDER BY id DESC LIMIT 1`),
	}
	ids["/desk/departures"] = w.one(t, `SELECT coalesce((SELECT id FROM coop.departures WHERE`+here+`ORDER BY id LIMIT 1), gen_random_uuid())`)
	ids["/desk/places"] = w.one(t, `SELECT id FROM coop.places WHERE`+here+`AND kind = 'building' ORDER BY id LIMIT 1`)
	ids["/household/children"] = w.one(t, `SELECT id FROM coop.household_minors WHERE`+here+`ORDER BY id LIMIT 1`)
	ids["/household/partings"] = w.one(t, `SELECT id FROM coop.partings WHERE`+here+`AND NOT untold ORDER BY id LIMIT 1`)
	ids["/desk/partings"] = w.one(t, `SELECT id FROM coop.partings WHERE`+here+`AND untold ORDER BY id LIMIT 1`)
	// Whom one of the cast met, and a visit that one of them is on.
	ids["/propose"] = w.one(t, `SELECT coalesce((SELECT giver_id FROM coop.agreements WHERE`+here+`AND state = 'confirmed' AND receiver_id IN (
		SELECT id FROM coop.members WHERE number <= 5) ORDER BY id LIMIT 1), gen_random_uuid())`)
	ids["/visits"] = w.one(t, `SELECT coalesce((SELECT id FROM coop.visits WHERE`+here+`ORDER BY id LIMIT 1), gen_random_uuid())`)
	if !own {
		delete(ids, "/pro/coordination") // a coordinator sees every case
	}
	maps.Copy(ids, w.deskIDs(t, own, here))
	return ids
}

// deskIDs are things that the tablet with Nadia may carry something on, and what was
// carried; or things of others.
func (w *world) deskIDs(t *testing.T, own bool, here string) map[string]string {
	t.Helper()
	is, in := "=", "IN"
	if !own {
		is, in = "<>", "NOT IN"
	}
	const she = `(SELECT id FROM coop.members WHERE name = 'Nadia Benali' ORDER BY cooperative_id LIMIT 1)`
	nadia := ` member_id ` + is + she
	return map[string]string{
		"/tablet/listings":   w.one(t, `SELECT id FROM coop.listings WHERE`+here+`AND state = 'open' AND member_id <> `+she+` ORDER BY id DESC LIMIT 1`),
		"/tablet/workshops":  w.one(t, `SELECT coalesce((SELECT id FROM coop.listings WHERE`+here+`AND state = 'open' AND member_id <> `+she+` AND id IN (SELECT listing_id FROM coop.workshops) ORDER BY id DESC LIMIT 1), gen_random_uuid())`),
		"/tablet/agreements": w.one(t, `SELECT coalesce((SELECT id FROM coop.agreements WHERE `+she+` `+in+` (giver_id, receiver_id) ORDER BY id DESC LIMIT 1), gen_random_uuid())`),
		"/tablet/events":     w.one(t, `SELECT id FROM coop.events WHERE`+here+`ORDER BY starts_at DESC LIMIT 1`),
		"/tablet/receipts":   w.one(t, `SELECT coalesce((SELECT id FROM coop.acts WHERE`+nadia+` AND kind <> 'open' ORDER BY at DESC LIMIT 1), gen_random_uuid())`),
		"/me/journal":        w.one(t, `SELECT coalesce((SELECT id FROM coop.acts WHERE`+nadia+` ORDER BY id LIMIT 1), gen_random_uuid())`),
		"/desk/taken-back":   w.one(t, `SELECT coalesce((SELECT act_id FROM coop.acts_undone WHERE`+here+`ORDER BY act_id DESC LIMIT 1), gen_random_uuid())`),
		"/desk/weekly":       w.one(t, `SELECT id FROM coop.posters WHERE`+here+`ORDER BY id LIMIT 1`),
	}
}
