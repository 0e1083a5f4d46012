package coopweb_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/gofiber/fiber/v2"
)

// gets a path that is no page, and returns what it answers.
func (p *person) gets(path string) (*http.Response, string) {
	p.h.t.Helper()
	answer, err := p.app.Test(httptest.NewRequest(http.MethodGet, path, nil), -1)
	if err != nil {
		p.h.t.Fatal(err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		p.h.t.Fatal(err)
	}
	return answer, string(body)
}

func TestAStatementIsReadPrintedAndOpenedInASpreadsheet(t *testing.T) {
	h := newHouse(t)
	mehmet, awa := h.member("Mehmet").seesMutualAid(), h.member("Awa").seesMutualAid()
	listing := mehmet.posts("/listings", shelf())
	form := meeting()
	form.Set("about", "=HYPERLINK(1);\"x\"")
	at := awa.posts(listing+"/propose", form)
	mehmet.steps(at, "agree", nil)
	h.at = h.at.AddDate(0, 0, 6)
	mehmet.steps(at, "claim", url.Values{"minutes": {"90"}})
	awa.steps(at, "confirm", url.Values{"minutes": {"90"}})
	if got := attr(awa.opens("/hours/2026-11").Find("a[download]"), "href"); got != "/hours/2026-11/file" {
		t.Errorf("the file is at %q", got)
	}
	if got := awa.opens("/hours/2026-11/print").Find(".a4 table").Text(); !strings.Contains(got, "À la fin du mois−1\u00a0h\u00a030") {
		t.Errorf("on paper: %q", got)
	}
	answer, file := awa.gets("/hours/2026-11/file")
	want := "\ufeffJour;Quoi;Avec;Entré (minutes);Sorti (minutes)\r\n" +
		"2026-11-01;Au début du mois;;0;\r\n" +
		"2026-11-29;\"'=HYPERLINK(1);\"\"x\"\"\";Mehmet;;90\r\n" +
		"2026-11-30;À la fin du mois;;;90\r\n"
	if file != want {
		t.Errorf("the file holds\n%s\nwant\n%s", file, want)
	}
	if got := answer.Header.Get(fiber.HeaderContentDisposition); !strings.Contains(got, "heures-2026-11.csv") {
		t.Errorf("the file is named %q", got)
	}
}
