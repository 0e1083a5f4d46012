package page_test

import (
	"io"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/gofiber/fiber/v2"

	"lien/server/page"
)

// budget is what the files of a first load may weigh together, packed, in bytes. The
// page itself has the rest of the 60 KB.
const budget = 20_000

func ask(t *testing.T, path, encoding string) (status int, encoded, kept string, body []byte) {
	t.Helper()
	app := fiber.New()
	app.Get("/assets/:name", page.ServeAsset)
	request := httptest.NewRequest(fiber.MethodGet, path, nil)
	request.Header.Set(fiber.HeaderAcceptEncoding, encoding)
	answer, err := app.Test(request)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	if body, err = io.ReadAll(answer.Body); err != nil {
		t.Fatal(err)
	}
	return answer.StatusCode, answer.Header.Get(fiber.HeaderContentEncoding), answer.Header.Get(fiber.HeaderCacheControl), body
}

func TestAFirstLoadIsLightAndKeptForGood(t *testing.T) {
	if !page.Built() {
		t.Skip("the browser's files are not built: run npm run build")
	}
	weight := 0
	for _, name := range []string{"app.css", "app.js", "icons.svg", "sign.svg"} {
		status, encoded, kept, body := ask(t, page.Asset(name), "gzip")
		if status != fiber.StatusOK || encoded != "gzip" || !strings.Contains(kept, "immutable") {
			t.Errorf("%s: status %d, encoding %q, kept %q", name, status, encoded, kept)
		}
		weight += len(body)
	}
	t.Logf("the files of a first load weigh %d bytes", weight)
	if weight > budget {
		t.Errorf("the files of a first load weigh %d bytes, the budget is %d", weight, budget)
	}
}

func TestOnlyTheBrowsersFilesAreServed(t *testing.T) {
	for _, path := range []string{"/assets/manifest.json", "/assets/none.css", "/assets/..%2fassets.go", "/assets/..%2f..%2fpage.go"} {
		if status, _, _, _ := ask(t, path, "gzip"); status != fiber.StatusNotFound {
			t.Errorf("%s: status %d, want 404", path, status)
		}
	}
}
