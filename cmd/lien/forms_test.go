package main

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"lien/server"
)

// form is a form as a browser would send it.
type form struct {
	page, action string
	values       url.Values
	typed        []string // the fields that a person types into
	secret       []string // those that are never shown again
}

// hostile is what no form may break on.
var hostile = map[string]string{
	"missing":         "",
	"too long":        strings.Repeat("très long ", 900),
	"a NUL byte":      "a\x00b",
	"invalid UTF-8":   "bon\xffjour",
	"an override":     "bon\u202ejour",
	"another type":    "-9223372036854775809",
	"somebody's id":   "00000000-0000-7000-8000-000000000000",
	"a script":        `"><script>alert(1)</script>`,
	"a formula":       "=1+1",
	"a foreign place": "//evil.example/",
}

// spared are the forms that would end the session which tests the others.
var spared = []string{"/me/sign-out", "/me/leave", "/me/pause", "/pro/sign-out", "/language", "/me/language", "/tablet/away", "/tablet/shut", "/tablet/open", "/tablet/leave", "/end", "/entrust", "/relieve", "/suspend", "/close"}

func TestNoFormBreaksOnWhatIsTyped(t *testing.T) {
	w := newWorld(t)
	tried := 0
	for _, c := range w.callers {
		for _, f := range w.forms(t, c) {
			for name := range f.values {
				for what, value := range hostile {
					tried++
					values := url.Values{}
					for n, v := range f.values {
						values[n] = v
					}
					values.Set(name, value)
					status, body := c.post(t, f.action, values)
					w.judge(t, c, f, name, what, value, status, body)
				}
			}
		}
	}
	if tried < 500 {
		t.Errorf("only %d tries: the forms were not found", tried)
	}
}

func (w *world) judge(t *testing.T, c *caller, f form, field, what, value string, status int, body string) {
	t.Helper()
	where := func() string { return c.name + ": " + masked(f.action) + " with " + what + " in " + field }
	switch {
	case status >= 500:
		t.Errorf("%s answered %d", where(), status)
	case status == http.StatusSeeOther && (strings.HasPrefix(body, "//") || !strings.HasPrefix(body, "/")):
		t.Errorf("%s led to another site", where())
	case strings.Contains(body, "<script>alert"):
		t.Errorf("%s wrote the script into the page", where())
	case status == http.StatusUnprocessableEntity && !strings.Contains(body, "tag late"):
		t.Errorf("%s has no sentence that says what to mend", where())
	case status == http.StatusUnprocessableEntity && what == "too long" && slices.Contains(f.typed, field) && !strings.Contains(body, value[:60]):
		t.Errorf("%s lost what was typed", where())
	}
}

// forms finds the forms on every page that somebody may open, each action once.
func (w *world) forms(t *testing.T, c *caller) (found []form) {
	t.Helper()
	own, seen := w.ids(t, true), map[string]bool{}
	for _, r := range w.routes {
		if r.Method != http.MethodGet || !slices.Contains(c.may, r.May) || r.May == server.Anyone && c.name != "nobody" {
			continue
		}
		path := fill(t, r.Path, own)
		status, body := c.get(t, path)
		if status != http.StatusOK || !strings.Contains(body, "<form") {
			continue
		}
		doc, err := goquery.NewDocumentFromReader(strings.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		doc.Find("form").Each(func(_ int, s *goquery.Selection) {
			f := read(s, path)
			spare := slices.ContainsFunc(spared, func(p string) bool { return strings.HasPrefix(f.action, p) || strings.HasSuffix(f.action, p) })
			if method, _ := s.Attr("method"); strings.EqualFold(method, "post") && !spare && !seen[masked(f.action)] {
				seen[masked(f.action)] = true
				found = append(found, f)
			}
		})
	}
	return found
}

// read takes a form as its page fills it in, with plausible words where it is empty.
func read(s *goquery.Selection, page string) form {
	f := form{page: page, action: s.AttrOr("action", page), values: url.Values{}}
	s.Find("[name]").Each(func(_ int, e *goquery.Selection) {
		name, kind := e.AttrOr("name", ""), e.AttrOr("type", "text")
		value := e.AttrOr("value", "")
		switch {
		case goquery.NodeName(e) == "textarea":
			f.typed, value = append(f.typed, name), or(e.Text(), "Quelques mots pour vous.")
		case goquery.NodeName(e) == "select":
			value = e.Find("option[value!='']").First().AttrOr("value", "")
		case goquery.NodeName(e) == "button":
			return
		case kind == "radio" || kind == "checkbox":
			if _, chosen := e.Attr("checked"); !chosen && f.values.Has(name) {
				return
			}
		case kind == "password" || name == "pin" || name == "again" || name == "code":
			f.secret = append(f.secret, name)
		case kind == "text" || kind == "search":
			f.typed, value = append(f.typed, name), or(value, "Quelques mots")
		}
		f.values.Set(name, value)
	})
	return f
}
