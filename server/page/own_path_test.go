package page_test

import (
	"net/url"
	"strings"
	"testing"

	"lien/server/page"
)

func FuzzNoPathLeadsToAnotherSite(f *testing.F) {
	for _, path := range []string{
		"/home", "/boards/1?since=3", "//evil.example", "/\\evil.example", "\\/evil.example", "https://evil.example", "javascript:alert(1)",
		"/\t/evil.example", "/\n/evil.example", "", " //evil.example", "/.//evil.example", "/..//evil.example", "/%2F/evil.example",
	} {
		f.Add(path)
	}
	base, err := url.Parse("https://lien.example/join")
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, asked string) {
		path := page.OwnPath(asked)
		if path != asked && path != "/" {
			t.Errorf("%q becomes %q", asked, path)
		}
		// A browser drops tabs and line ends, and takes a backslash for a slash.
		seen := strings.NewReplacer("\t", "", "\n", "", "\r", "", "\\", "/").Replace(path)
		there, err := base.Parse(seen)
		if err != nil {
			return // no address at all
		}
		if there.Scheme != "https" || there.Host != "lien.example" {
			t.Errorf("%q leads to %s", asked, there)
		}
	})
}
