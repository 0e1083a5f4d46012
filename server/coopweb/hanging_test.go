package coopweb_test

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/jpeg"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
)

func jpegOf(t testing.TB, width int) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, image.NewGray(image.Rect(0, 0, width, 40)), nil); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// uploads posts a form with a file in it.
func (p *person) uploads(path string, form url.Values, field, name string, file []byte) (*goquery.Document, int, string) {
	p.h.t.Helper()
	var body bytes.Buffer
	parts := multipart.NewWriter(&body)
	for name := range form {
		p.h.must(parts.WriteField(name, form.Get(name)))
	}
	part, err := parts.CreateFormFile(field, name)
	p.h.must(err)
	_, err = part.Write(file)
	p.h.must(err)
	p.h.must(parts.Close())
	r := httptest.NewRequest(http.MethodPost, path, &body)
	r.Header.Set("Content-Type", parts.FormDataContentType())
	return p.asks(r)
}

// withPosition puts what a phone writes beside a picture into a JPEG: here, where it was.
func withPosition(file []byte) []byte {
	note := append([]byte("Exif\x00\x00"), "II*\x00\x08\x00\x00\x00\x00\x00\x00\x00\x00\x00 GPSLatitude 47.9 CanaryPhone"...)
	out := append([]byte{}, file[:2]...)
	out = binary.BigEndian.AppendUint16(append(out, 0xFF, 0xE1), uint16(len(note)+2))
	return append(append(out, note...), file[2:]...)
}

// wide is a PNG's beginning that claims a size.
func wide(w, h uint32) []byte {
	head := binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32([]byte("IHDR"), w), h)
	head = append(head, 8, 6, 0, 0, 0)
	out := append([]byte("\x89PNG\r\n\x1a\n\x00\x00\x00\x0d"), head...)
	return binary.BigEndian.AppendUint32(out, crc32.ChecksumIEEE(head))
}

func TestAPhotoIsPinnedWithANoticeAndShownSmall(t *testing.T) {
	h := newHouse(t)
	at := "/boards/" + h.hang(h.place).String()
	nadia, awa := h.member("Nadia").seesBoards(), h.member("Awa").seesBoards()
	form := said("Trouvée dans l’escalier")
	form.Set("words", "Une écharpe rouge")
	long := strings.Repeat("é", 150) + ".jpg" // 304 bytes
	// A polyglot: a picture that goes on as a page.
	polyglot := append(withPosition(jpegOf(t, 320)), "<script>alert(1)</script>"...)
	if doc, status, _ := nadia.uploads(at, form, "photo", long, polyglot); status != http.StatusSeeOther {
		t.Fatalf("got %d: %s", status, words(doc.Find(".problem, .wrong")))
	}
	article := awa.opens(at).Find("article")
	image := article.Find(".photos img")
	if image.AttrOr("alt", "") != "Une écharpe rouge" || !strings.HasSuffix(image.AttrOr("src", ""), "/small") {
		html, _ := goquery.OuterHtml(article)
		t.Fatalf("the page shows %s", html)
	}
	if got, _ := goquery.OuterHtml(article); strings.Contains(got, "éé") {
		t.Error("the file's own name is on the page")
	}
	for _, size := range []string{"small", "medium", "large"} {
		where := strings.TrimSuffix(image.AttrOr("src", ""), "small") + size
		answer, err := awa.app.Test(httptest.NewRequest(http.MethodGet, where, nil), -1)
		h.must(err)
		var file bytes.Buffer
		_, err = file.ReadFrom(answer.Body)
		h.must(err)
		_ = answer.Body.Close()
		if _, err := jpeg.Decode(bytes.NewReader(file.Bytes())); err != nil || answer.Header.Get("Content-Type") != "image/jpeg" {
			t.Errorf("%s: %v, %v", size, err, answer.Header)
		}
		for _, trace := range []string{"script", "GPS", "CanaryPhone", "Exif"} {
			if bytes.Contains(file.Bytes(), []byte(trace)) {
				t.Errorf("%s still holds %q", size, trace)
			}
		}
	}
	if doc := nadia.opens(strings.Split(image.AttrOr("src", ""), "/photos/")[0] + "/edit"); doc.Find("#photos form").Length() != 2 {
		t.Errorf("its author finds %s", words(doc.Find("#photos")))
	}
}

func TestABadPhotoIsRefusedAndTheTypedTextStays(t *testing.T) {
	h := newHouse(t)
	at := "/boards/" + h.hang(h.place).String()
	nadia := h.member("Nadia").seesBoards()
	own := nadia.pins(at, "Déjà là")
	whole := jpegOf(t, 320)
	for name, file := range map[string][]byte{
		"a drawing named .jpg":       []byte(`<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>`),
		"a page named .jpg":          []byte("<!doctype html><script>alert(1)</script>"),
		"a PNG of 50,000 by 50,000":  wide(50_000, 50_000),
		"half a picture":             whole[:len(whole)/2],
		"a page behind a GIF's name": append([]byte("GIF89a"), "<script>alert(1)</script>"...),
	} {
		for _, path := range []string{at, own + "/photos"} {
			form := said("Une phrase que je ne veux pas retaper")
			form.Set("words", "Ce qu’on voit")
			doc, status, _ := nadia.uploads(path, form, "photo", "photo.jpg", file)
			if status != http.StatusUnprocessableEntity || words(doc.Find("#photo-problem")) == "" {
				t.Errorf("%s: got %d, %q", name, status, words(doc.Find("#photo-problem")))
			}
			if got := doc.Find(`[name="words"]`).AttrOr("value", ""); got != "Ce qu’on voit" {
				t.Errorf("%s: the words became %q", name, got)
			}
			if got := doc.Find("textarea").Text(); path == at && got != "Une phrase que je ne veux pas retaper" {
				t.Errorf("%s: the text became %q", name, got)
			}
		}
	}
	var kept, pinned int
	h.must(h.db.Owner.NewRaw(`SELECT (SELECT count(*) FROM coop.photos), (SELECT count(*) FROM coop.notices)`).Scan(t.Context(), &kept, &pinned))
	if kept != 0 || pinned != 1 {
		t.Errorf("%d photos and %d notices are kept", kept, pinned)
	}
}

func TestAReactionIsPressedAndTakenBack(t *testing.T) {
	h := newHouse(t)
	at := "/boards/" + h.hang(h.place).String()
	nadia, awa := h.member("Nadia").seesBoards(), h.member("Awa").seesBoards()
	notice := nadia.pins(at, "J’ai eu mon permis")
	for _, step := range []struct{ says, want, pressed string }{{"yes", "Bravo 1", "true"}, {"no", "Bravo", "false"}} {
		if _, status, to := awa.sends(notice+"/reactions", url.Values{"bravo": {step.says}, "next": {notice}}); status != http.StatusSeeOther || to != notice {
			t.Fatalf("got %d to %q", status, to)
		}
		button := awa.opens(at).Find(`[name="bravo"]`)
		if words(button) != step.want || button.AttrOr("aria-pressed", "") != step.pressed {
			t.Errorf("after %s the button says %q, %s", step.says, words(button), button.AttrOr("aria-pressed", ""))
		}
	}
	if own := nadia.opens(at).Find(".reactions button:not([disabled])"); own.Length() != 0 {
		t.Error("somebody may react to their own")
	}
}
