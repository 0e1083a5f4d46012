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

// Whoever may see a page may follow what stands on it: each link leads to a page that
// opens for them, and each form to an address of the table that takes it from them.
func TestNoLinkLeadsNowhere(t *testing.T) {
	w := newWorld(t)
	own, followed := w.ids(t, true), 0
	for _, c := range w.callers {
		checked := map[string]bool{}
		for _, r := range w.routes {
			if r.Method != http.MethodGet || !slices.Contains(c.may, r.May) || r.Path == "/live" {
				continue
			}
			page := fill(t, r.Path, own)
			status, body := c.get(t, page)
			if status != http.StatusOK || !strings.Contains(body, "<html") {
				continue
			}
			doc, err := goquery.NewDocumentFromReader(strings.NewReader(body))
			if err != nil {
				t.Fatal(err)
			}
			for _, link := range attributes(doc, "main a, nav a, header a", "href") {
				path := strings.Split(link, "#")[0]
				if !strings.HasPrefix(path, "/") || checked[path] || path == "/leave" {
					continue
				}
				checked[path], followed = true, followed+1
				if status, to := c.get(t, path); status >= 400 || ledOut(status, to) && !strings.HasPrefix(to, "/private/open") {
					t.Errorf("%s: %s links to %s, which answers %d", c.name, r.Path, masked(path), status)
				}
			}
			for _, action := range append(attributes(doc, "form[method=post]", "action"), attributes(doc, "button[formaction]", "formaction")...) {
				if may, found := w.takes(action); !found || !slices.Contains(c.may, may) && may != server.Private {
					t.Errorf("%s: %s has a form for %s, which nothing takes from them", c.name, r.Path, masked(action))
				}
			}
		}
	}
	if followed < 100 {
		t.Errorf("only %d links were followed", followed)
	}
}

func attributes(doc *goquery.Document, selector, name string) (values []string) {
	doc.Find(selector).Each(func(_ int, s *goquery.Selection) {
		if v, ok := s.Attr(name); ok {
			values = append(values, v)
		}
	})
	return values
}

// takes finds the line of the table that a form's address belongs to.
func (w *world) takes(action string) (server.May, bool) {
	u, err := url.Parse(action)
	if err != nil {
		return 0, false
	}
	parts := strings.Split(u.Path, "/")
	for _, r := range w.routes {
		pattern := strings.Split(r.Path, "/")
		fits := r.Method == http.MethodPost && len(pattern) == len(parts)
		for n := 0; fits && n < len(parts); n++ {
			fits = pattern[n] == parts[n] || strings.HasPrefix(pattern[n], ":")
		}
		if fits {
			return r.May, true
		}
	}
	return 0, false
}
