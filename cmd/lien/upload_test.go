package main

import (
	"bytes"
	"image"
	"image/jpeg"
	"image/png"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/google/uuid"
)

// upload posts a form with a photo, as a browser without a script would.
func (c *caller) upload(t *testing.T, path string, file []byte, fields url.Values) (int, string) {
	t.Helper()
	return c.uploadAs(t, path, "photo", "IMG_20261123_at_home.jpg", file, fields)
}

// uploadAs posts a form with a file in a field.
func (c *caller) uploadAs(t *testing.T, path, field, name string, file []byte, fields url.Values) (int, string) {
	t.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	for name := range fields {
		if err := form.WriteField(name, fields.Get(name)); err != nil {
			t.Fatal(err)
		}
	}
	part, err := form.CreateFormFile(field, name)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := part.Write(file); err != nil {
		t.Fatal(err)
	}
	if err := form.Close(); err != nil {
		t.Fatal(err)
	}
	r := httptest.NewRequest(http.MethodPost, path, &body)
	r.Header.Set("Content-Type", form.FormDataContentType())
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	r.Host = "localhost:8080"
	for name, value := range c.cookies {
		r.AddCookie(&http.Cookie{Name: name, Value: value})
	}
	answer, err := c.app.Test(r, -1)
	if err != nil && strings.Contains(err.Error(), "body size exceeds the given limit") { // what a test gets for it
		return http.StatusRequestEntityTooLarge, ""
	}
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	said, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	if answer.StatusCode == http.StatusSeeOther {
		return answer.StatusCode, answer.Header.Get("Location")
	}
	return answer.StatusCode, string(said)
}

func picture(t *testing.T, side int) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, image.NewGray(image.Rect(0, 0, side, side/2)), nil); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// noise is a PNG that no compression makes smaller: some megabytes of it.
func noise(t *testing.T, side int) []byte {
	t.Helper()
	m := image.NewRGBA(image.Rect(0, 0, side, side))
	x := uint32(1)
	for n := range m.Pix {
		x ^= x << 13
		x ^= x >> 17
		x ^= x << 5
		m.Pix[n] = byte(x)
	}
	var b bytes.Buffer
	if err := png.Encode(&b, m); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

var photoAddress = regexp.MustCompile(`/photos/[0-9a-f-]{36}/`)

func TestAPhotoIsSentByAFormAndSeenByWhoMay(t *testing.T) {
	w := newWorld(t)
	owner, nobody := w.caller(t, "resident Fatoumata"), w.caller(t, "nobody")
	_, to := owner.post(t, "/listings", url.Values{
		"key": {uuid.NewString()}, "kind": {"offer"}, "category": {"sewing"}, "title": {"Coudre des rideaux"}, "minutes": {"60"},
	})
	fields := url.Values{"key": {uuid.NewString()}, "words": {"Des rideaux bleus"}}
	if status, where := owner.upload(t, to+"/photos", picture(t, 1600), fields); status != http.StatusSeeOther || where != to+"#photos" {
		t.Fatalf("sent: %d %s", status, where)
	}
	_, body := owner.get(t, to)
	address := photoAddress.FindString(body)
	if address == "" || !strings.Contains(body, `alt="Des rideaux bleus"`) {
		t.Fatal("the page shows no photo")
	}
	for _, size := range []string{"small", "medium", "large"} {
		r := httptest.NewRequest(http.MethodGet, address+size, nil)
		r.Host = "localhost:8080"
		for name, value := range w.caller(t, "resident Mehmet").cookies {
			r.AddCookie(&http.Cookie{Name: name, Value: value})
		}
		answer, err := w.app.Test(r, -1)
		if err != nil {
			t.Fatal(err)
		}
		c, err := jpeg.DecodeConfig(answer.Body)
		_ = answer.Body.Close()
		h := answer.Header
		if err != nil || c.Width > 1280 || h.Get("Content-Type") != "image/jpeg" || h.Get("X-Content-Type-Options") != "nosniff" || !strings.HasPrefix(h.Get("Cache-Control"), "private") {
			t.Errorf("%s: %d pixels wide (%v), %v", size, c.Width, err, h)
		}
	}
	if status, to := nobody.get(t, address+"large"); !ledOut(status, to) {
		t.Errorf("nobody sees it: %d", status)
	}
	if status, _ := owner.get(t, address+"huge"); status != http.StatusNotFound {
		t.Errorf("a size that there is not: %d", status)
	}
}

func TestWhatIsSentInAFormWithAFileHasItsLimits(t *testing.T) {
	w := newWorld(t)
	owner, nobody := w.caller(t, "resident Fatoumata"), w.caller(t, "nobody")
	id := w.one(t, `SELECT l.id FROM coop.listings l JOIN coop.members m ON m.id = l.member_id WHERE m.name = 'Nadia Benali' AND l.state IN ('open', 'draft') LIMIT 1`)
	board := w.ids(t, true)["/boards"]
	fields := func() url.Values {
		return url.Values{"key": {uuid.NewString()}, "kind": {"news"}, "body": {"Regardez"}}
	}
	large := noise(t, 1580) // more than the rule takes, less than is read
	if len(large) < 9<<20 || len(large) > 11<<20 {
		t.Fatalf("the large one has %d bytes", len(large))
	}
	nadia := w.caller(t, "resident Nadia")
	for name, c := range map[string]struct {
		who  *caller
		path string
		file []byte
		want int
	}{
		"a photo too heavy":             {nadia, "/listings/" + id + "/photos", large, http.StatusUnprocessableEntity},
		"no photo":                      {nadia, "/listings/" + id + "/photos", nil, http.StatusUnprocessableEntity},
		"a page":                        {nadia, "/listings/" + id + "/photos", []byte("<script>alert(1)</script>"), http.StatusUnprocessableEntity},
		"too heavy for a notice":        {nadia, "/boards/" + board, large, http.StatusUnprocessableEntity},
		"a page with a notice":          {nadia, "/boards/" + board, []byte("<script>alert(1)</script>"), http.StatusUnprocessableEntity},
		"where a mark is moved":         {nadia, "/boards/" + board + "/read", picture(t, 100), http.StatusUnsupportedMediaType},
		"somebody else's listing":       {owner, "/listings/" + id + "/photos", picture(t, 100), http.StatusNotFound},
		"what is no listing":            {owner, "/listings/" + uuid.NewString() + "/photos", picture(t, 100), http.StatusNotFound},
		"where no photo is sent":        {owner, "/listings", picture(t, 100), http.StatusUnsupportedMediaType},
		"much where no photo is sent":   {owner, "/listings", make([]byte, 1<<20), http.StatusRequestEntityTooLarge},
		"much from who is not known":    {nobody, "/listings/" + id + "/photos", make([]byte, 1<<20), http.StatusRequestEntityTooLarge},
		"more than is read from anyone": {nadia, "/listings/" + id + "/photos", make([]byte, 13<<20), http.StatusRequestEntityTooLarge},
	} {
		status, body := c.who.upload(t, c.path, c.file, fields())
		if status != c.want || status == http.StatusUnprocessableEntity && !strings.Contains(body, "photo-problem") {
			t.Errorf("%s: answered %d, want %d", name, status, c.want)
		}
	}
}
