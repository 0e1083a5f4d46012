package coopweb_test

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/gofiber/fiber/v2"

	"lien/coop/belongings"
)

func (p *person) seesCopy() *person {
	w := p.h.web
	return p.sees(func(app *fiber.App) {
		app.Get("/me/copy", w.ShowCopy)
		app.Post("/me/copy", w.MakeCopy)
	})
}

// copies asks for the file, and opens it.
func (p *person) copies() map[string]string {
	p.h.t.Helper()
	answer, err := p.app.Test(httptest.NewRequest(http.MethodPost, "/me/copy", nil), -1)
	if err != nil {
		p.h.t.Fatal(err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil || answer.StatusCode != http.StatusOK {
		p.h.t.Fatalf("%d, %v: %s", answer.StatusCode, err, body)
	}
	if answer.Header.Get("Cache-Control") != "no-store" || !strings.Contains(answer.Header.Get("Content-Disposition"), ".zip") {
		p.h.t.Errorf("headers: %v", answer.Header)
	}
	packed, err := zip.NewReader(bytes.NewReader(body), int64(len(body)))
	if err != nil {
		p.h.t.Fatal(err)
	}
	files := map[string]string{}
	for _, f := range packed.File {
		in, err := f.Open()
		if err != nil {
			p.h.t.Fatal(err)
		}
		text, err := io.ReadAll(in)
		if err != nil {
			p.h.t.Fatal(err)
		}
		files[f.Name] = string(text)
	}
	return files
}

func TestAMemberTakesEverythingThatIsTheirsInOneFile(t *testing.T) {
	h := newHouse(t)
	mehmet, awa := h.member("Mehmet").seesMutualAid(), h.member("Awa <script>").seesMutualAid()
	at := meet(mehmet, awa)
	h.at = h.at.AddDate(0, 0, 6)
	mehmet.seesMutualAid().steps(at, "claim", map[string][]string{"minutes": {"90"}})
	files := mehmet.seesCopy().copies()
	for _, name := range []string{"index.html", "style.css", "data.json", "schema.json"} {
		if files[name] == "" {
			t.Errorf("%s is missing", name)
		}
	}
	if book := files["index.html"]; !strings.Contains(book, `lang="fr"`) || !strings.Contains(book, "Réparer une étagère") || !strings.Contains(strings.ReplaceAll(book, "\u00a0", " "), "1 h 30") {
		t.Errorf("the page does not tell: %s", book)
	}
	if strings.Contains(files["index.html"], "<script") || !strings.Contains(files["index.html"], "Awa") {
		t.Error("a name is not safe in the page")
	}
	var data struct {
		MadeAt   string `json:"made_at"`
		Sections map[string][]map[string]any
	}
	if err := json.Unmarshal([]byte(files["data.json"]), &data); err != nil {
		t.Fatalf("the data cannot be read: %v", err)
	}
	if len(data.Sections) != len(belongings.Sections()) || len(data.Sections["agreements"]) != 1 || data.Sections["me"][0]["name"] != "Mehmet" {
		t.Errorf("got %+v", data)
	}
	for _, word := range []string{"accompagn", "support", "suivi social", "bond"} {
		if strings.Contains(strings.ToLower(files["index.html"]+files["data.json"]+files["schema.json"]), word) {
			t.Errorf("the copy speaks of %q", word)
		}
	}
}

func TestCopiesAreNotMadeWithoutEnd(t *testing.T) {
	h := newHouse(t)
	awa := h.member("Awa").seesCopy()
	for range 3 {
		awa.copies()
	}
	answer, err := awa.app.Test(httptest.NewRequest(http.MethodPost, "/me/copy", nil), -1)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	if answer.StatusCode == http.StatusOK {
		t.Error("a fourth copy was made")
	}
}
