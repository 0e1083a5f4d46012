package supportweb_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/google/uuid"

	"lien/server/session"
	"lien/support"
	"lien/support/casework"
)

// administrator opens the door as the first administrator, with their worker.
func (d *door) administrator() {
	d.t.Helper()
	e := d.web.Entrance
	id, _, err := e.Professionals.Found(d.t.Context(), session.Account{Email: "anne@example.org", Name: "Anne", Language: "fr"})
	d.must(err)
	d.must(e.Workers.Found(d.t.Context(), support.WorkerID{UUID: id}, "Anne", "Association du Loiret"))
	path, err := e.Links.ForProfessional(d.t.Context(), id, 1<<40)
	d.must(err)
	if _, status, _ := d.asks(http.MethodPost, path, nil); status != http.StatusSeeOther {
		d.t.Fatalf("the link answers %d", status)
	}
}

func TestAnAccountAndItsWorkerBeginAndEndTogether(t *testing.T) {
	d := newDoor(t)
	d.web.Entrance.Workers = casework.NewWorkers(d.db.Support, d.now)
	d.app.Get("/pro/accounts", d.web.ShowAccounts).Post("/pro/accounts", d.web.CreateAccount)
	d.app.Post("/pro/accounts/:id/end", d.web.EndAccount)
	d.administrator()

	shown, _, _ := d.asks(http.MethodGet, "/pro/accounts", nil)
	form := url.Values{
		"name": {"Inès Martin"}, "email": {"ines@example.org"}, "function": {"caseworker"}, "language": {"fr"},
		"organisation": {shown.Find("#organisation option").AttrOr("value", "")},
	}
	made, status, _ := d.asks(http.MethodPost, "/pro/accounts", form)
	if link := strings.TrimSpace(made.Find(".address").Text()); status != http.StatusOK || !strings.HasPrefix(link, "/pro/first/") {
		t.Fatalf("got %d and %q", status, link)
	}
	again, status, _ := d.asks(http.MethodPost, "/pro/accounts", form)
	if status != http.StatusUnprocessableEntity || again.Find("#email-problem").Length() != 1 || again.Find("#name").AttrOr("value", "") != "Inès Martin" {
		t.Errorf("the same address again: got %d", status)
	}
	var id uuid.UUID
	d.must(d.db.Owner.NewRaw(`SELECT id FROM account.professionals WHERE email = 'ines@example.org'`).Scan(t.Context(), &id))
	if _, status, _ := d.asks(http.MethodPost, "/pro/accounts/"+id.String()+"/end", nil); status != http.StatusSeeOther {
		t.Errorf("ending answers %d", status)
	}
	var ended int
	d.must(d.db.Owner.NewRaw(`
		SELECT count(*) FROM account.professionals AS p JOIN support.workers AS w ON w.id = p.id
		WHERE p.id = ? AND p.ended_at IS NOT NULL AND w.ended_at IS NOT NULL`, id).Scan(t.Context(), &ended))
	if ended != 1 {
		t.Error("the account and its worker did not end together")
	}
}
