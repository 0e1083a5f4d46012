package page_test

import (
	"bytes"
	"context"
	"flag"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"
	"github.com/a-h/templ"

	"lien/server/page"
	"lien/server/session"
)

// gallery is a folder to write the pages of these tests into, to be looked at in a browser.
var gallery = flag.String("gallery", "", "folder to write the gallery's pages into")

// thursday is the evening from which every date of these tests is told.
var thursday = time.Date(2026, time.November, 26, 16, 40, 0, 0, time.UTC)

func languages(t *testing.T) (*page.Languages, *bytes.Buffer) {
	t.Helper()
	var log bytes.Buffer
	l, err := page.NewLanguages(func() time.Time { return thursday }, slog.New(slog.NewTextHandler(&log, nil)))
	if err != nil {
		t.Fatal(err)
	}
	return l, &log
}

func words(t *testing.T, lang string) page.Words {
	t.Helper()
	l, _ := languages(t)
	return l.Of(lang)
}

// room is what the pages of the gallery say: only the words of people, in their language.
type room struct {
	f        page.Frame
	name     string
	sentence string
	short    string
}

func rooms(w page.Words) room {
	said := map[string]room{
		"fr": {name: "Fatoumata Diarra", short: "Table de couture", sentence: "Qui a une grande marmite pour dimanche\u202f? Je fais le mafé pour vingt."},
		"en": {name: "Mary Okafor", short: "Sewing table", sentence: "Who has a big pot for Sunday? I cook for twenty."},
		"ar": {name: "نادية بن علي", short: "طاولة الخياطة", sentence: "من لديه قدر كبير ليوم الأحد؟ أطبخ لعشرين شخصًا."},
	}[w.Lang()]
	said.f = page.Frame{
		Words: w, Title: said.short, Here: "home", Path: "/home", House: "Les Iris", Name: said.name, Unread: 4,
		Actor: session.Actor{PrivateUntil: thursday.Add(4 * time.Minute)},
	}
	return said
}

// pages are every layout with the parts that stand in it.
func pages(w page.Words) map[string]templ.Component {
	r := rooms(w)
	all := map[string]templ.Component{
		"home":    with(page.Residents(r.f), r.home()...),
		"form":    with(page.Residents(r.f), r.form()...),
		"private": with(page.Vault(r.f), r.private()...),
		"work":    with(page.Professionals(r.f), r.work()...),
		"enter":   with(page.Plain(r.f), r.enter()...),
		"paper":   with(page.Sheet(r.f), r.paper()...),
	}
	for _, kind := range []string{"not_found", "moved", "too_large", "too_many", "refused", "unavailable", "invalid", "broken"} {
		f := r.f
		f.Title = w.T("error." + kind + ".title")
		all["error-"+kind] = page.FailurePage(page.Failure{Frame: f, Kind: kind, Number: "7K2-94P"})
	}
	return all
}

func (r room) home() []templ.Component {
	w := r.f.Words
	return []templ.Component{
		open("div", "lead"), tag("p", "soft", page.Capital(w.Day(thursday))), tag("h1", "", r.short), shut("div"),
		open("div", "stack wide"),
		page.Waits(page.Call{Icon: "help", Tag: w.Ago(thursday.Add(-20 * time.Minute)), Title: r.sentence, Words: w.Hours(90), Href: "/agreements/1", Act: r.short}),
		page.Thread([]page.Moment{
			{State: "done", When: page.Capital(w.When(thursday.Add(-8 * time.Hour))), Title: r.short, Words: r.sentence},
			{State: "now", When: page.Capital(w.When(thursday.Add(time.Hour))), Title: r.short, Href: "/events/1"},
			{State: "ahead", When: page.Capital(w.When(thursday.Add(20 * time.Hour))), Title: r.short},
			{State: "late", When: page.Capital(w.When(thursday.AddDate(0, 0, 12))), Title: r.short},
		}),
		page.Doors([]page.Line{{Icon: "gift", Title: r.short, Href: "/"}, {Icon: "help", Title: r.short, Href: "/"}, {Icon: "mic", Title: r.short, Href: "/"}, {Icon: "vote", Title: r.short, Href: "/"}}),
		shut("div"), open("div", "stack wide"),
		open("article", "paper canary taped"),
		open("div", "row ends"), page.Person(r.name, w.Ago(thursday.Add(-time.Hour))), page.Tag("", "help", r.short), shut("div"),
		page.Typed(r.sentence, w.Lang()),
		page.Strips("01890a5d-ac96-774b-bcce-b302099a8057", []page.Strip{{Icon: "thanks", Words: w.Number(12), Action: "/notices/1/thanks", Torn: true}, {Icon: "comment", Words: w.Number(3), Href: "/notices/1"}}),
		shut("article"),
		page.Signal("offline", r.sentence),
		open("section", "paper"), tag("h2", "", r.short),
		page.Lines([]page.Line{{Icon: "key", Title: r.short, Note: r.sentence, Href: "/"}, {Icon: "alert", Title: r.sentence, Href: "/"}}),
		page.More("/boards", r.short), shut("section"),
		page.Empty(r.sentence, "/listings/new", r.short),
		shut("div"),
	}
}

func (r room) form() []templ.Component {
	w := r.f.Words
	problems := page.Problems{"title": w.T("rule.missing"), "seats": w.T("rule.one_line")}
	return []templ.Component{
		open("div", "lead"), tag("h1", "", r.short), page.Summary(w, problems), shut("div"),
		open("div", "paper"),
		page.Input(page.Field{Name: "title", Label: r.short, Hint: r.sentence, Most: 80, Required: true, Problem: problems["title"]}),
		page.Input(page.Field{Name: "text", Label: r.short, Type: "area", Value: r.sentence, Most: 800}),
		page.Input(page.Field{Name: "seats", Label: r.short, Type: "number", Mode: "numeric", Value: "12", Problem: problems["seats"]}),
		page.Options(page.Choices{Name: "kind", Legend: r.short, Options: []page.Choice{{Value: "a", Label: r.short, Icon: "board", Chosen: true}, {Value: "b", Label: r.short, Icon: "key"}}}),
		page.Options(page.Choices{Name: "come", Legend: r.short, Class: "three", Options: []page.Choice{{Value: "a", Label: r.short, Icon: "check"}, {Value: "b", Label: r.short, Icon: "cross"}, {Value: "c", Label: r.short, Icon: "paper"}}}),
		shut("div"),
		page.Confirm(page.Ask{
			Action: "/agreements/1/confirm", Key: "01890a5d-ac96-774b-bcce-b302099a8057", Words: r.sentence, Note: r.sentence,
			Icon: "check", Yes: r.short, Back: "/agreements/1", No: w.T("error.back"), Hidden: []page.Hidden{{Name: "minutes", Value: "90"}},
		}),
		open("section", "paper"), tag("h2", "", r.short),
		page.FlatThread(r.short, []page.Moment{{State: "done", Title: r.short}, {State: "now", Title: r.short}, {State: "ahead", Title: r.short}}),
		page.Facts([]page.Fact{{Icon: "people", Term: r.short, Value: r.name}, {Icon: "calendar", Term: r.short, Value: page.Capital(w.When(thursday.AddDate(0, 0, 9)))}, {Icon: "clock", Term: r.short, Value: w.Hours(135)}}),
		open("dl", "facts"), with(page.OneFact("people", r.short), page.Faces([]string{r.name, "Mehmet Yıldız"})), shut("dl"),
		page.Talk(r.short, []page.Say{{Who: "Mehmet", When: w.Ago(thursday.AddDate(0, 0, -2)), Words: "Bonjour\u202f! Il me faut un tournevis.", Lang: "fr"}, {Who: r.name, When: w.Ago(thursday), Words: r.sentence, Lang: w.Lang(), Mine: true}}),
		shut("section"),
	}
}

func (r room) private() []templ.Component {
	return []templ.Component{
		open("div", "lead"), tag("h1", "", r.short), shut("div"),
		open("section", "paper"), page.Toggle(page.Switch{Name: "summary", Label: r.short, On: true}),
		open("div", "seen"), page.Tag("mine", "eye", r.short),
		page.Bands([]page.Band{{Term: r.short, Value: r.name}, {Term: r.short, Value: r.f.Month(thursday)}, {Term: r.short}}),
		page.Quote(r.sentence, r.f.Lang()), shut("div"), shut("section"),
		open("section", "paper"), tag("h2", "", r.short), page.Columns(r.chart("a")), shut("section"),
	}
}

func (r room) chart(classes ...string) page.Chart {
	c := page.Chart{Label: r.short, Caption: r.short, Table: r.short, First: r.short}
	for month := -5; month <= 0; month++ {
		c.Columns = append(c.Columns, r.f.ShortMonth(thursday.AddDate(0, month, 0)))
	}
	for n, class := range classes {
		c.Series = append(c.Series, page.Series{Class: class, Name: r.short, Values: []int{1, n, 2, 3 + n, 2, 8}})
	}
	return c
}

func (r room) work() []templ.Component {
	return []templ.Component{
		open("div", "lead"), tag("p", "soft", page.Capital(r.f.Day(thursday))), tag("h1", "", r.short), shut("div"),
		open("div", "stack"),
		open("section", "panel"), tag("h2", "", r.short), page.Columns(r.chart("a", "b", "c")), shut("section"),
		open("section", "panel"), tag("h2", "", r.short), page.Input(page.Field{Name: "q", Type: "search", Label: r.short}), shut("section"),
		shut("div"), open("div", "stack"),
		open("section", "panel"), page.Person(r.name, r.short), page.Tag("late boxed", "wait", r.short), page.Tag("good", "check", r.short),
		page.Portion(page.Bar{Label: r.short, Part: 43, Whole: 94, Mark: 38}), shut("section"), shut("div"),
	}
}

func (r room) enter() []templ.Component {
	return []templ.Component{
		open("section", "paper taped"), tag("h1", "", r.short), tag("p", "words", r.sentence),
		page.Input(page.Field{Name: "pin", Type: "password", Mode: "numeric", Complete: "current-password", Label: r.short, Most: 6}),
		shut("section"),
	}
}

func (r room) paper() []templ.Component {
	return []templ.Component{
		open("section", "paper"), tag("h1", "", r.short),
		page.SquareAndCode("https://lien.example/join/K7M4RP", r.short, r.sentence, "K7M4RP"), shut("section"),
	}
}

// with writes components as the children of another.
func with(parent templ.Component, children ...templ.Component) templ.Component {
	inside := templ.Join(children...)
	return templ.ComponentFunc(func(ctx context.Context, w io.Writer) error {
		return parent.Render(templ.WithChildren(ctx, inside), w)
	})
}

func open(name, class string) templ.Component {
	return templ.Raw("<" + name + ` class="` + class + `">`)
}
func shut(name string) templ.Component { return templ.Raw("</" + name + ">") }
func tag(name, class, text string) templ.Component {
	return templ.Raw("<" + name + ` class="` + class + `">` + templ.EscapeString(text) + "</" + name + ">")
}

// eachPage renders every page in every language and hands over its text and its tree.
func eachPage(t *testing.T, look func(t *testing.T, lang, name, html string, tree *goquery.Document)) {
	t.Helper()
	l, log := languages(t)
	for _, lang := range page.Codes() {
		for name, component := range pages(l.Of(lang)) {
			t.Run(lang+"/"+name, func(t *testing.T) {
				var html strings.Builder
				if err := component.Render(t.Context(), &html); err != nil {
					t.Fatal(err)
				}
				tree, err := goquery.NewDocumentFromReader(strings.NewReader(html.String()))
				if err != nil {
					t.Fatal(err)
				}
				look(t, lang, name, html.String(), tree)
			})
		}
	}
	if log.Len() > 0 {
		t.Errorf("words were missing: %s", log)
	}
}

func TestEveryPageStandsInEveryLanguage(t *testing.T) {
	rawKey := regexp.MustCompile(`>[^<]*\b(nav|error|date|rule|listen)\.[a-z_]+[^<]*<|<no value>`)
	eachPage(t, func(t *testing.T, lang, name, html string, tree *goquery.Document) {
		if n := tree.Find("h1").Length(); n != 1 {
			t.Errorf("%d h1, want one", n)
		}
		if root := tree.Find("html"); root.AttrOr("lang", "") != lang || root.AttrOr("dir", "") != page.DirOf(lang) {
			t.Errorf("lang %q dir %q", root.AttrOr("lang", ""), root.AttrOr("dir", ""))
		}
		if raw := rawKey.FindString(html); raw != "" {
			t.Errorf("a raw key: %s", raw)
		}
		if tree.Find("main#main").Length() != 1 || tree.Find("a.skip[href='#main']").Length() != 1 {
			t.Error("no way to the content")
		}
		if strings.TrimSpace(tree.Find("title").Text()) == "· lien" {
			t.Error("no title")
		}
		tree.Find("button, a, h1, h2, h3").Each(func(_ int, s *goquery.Selection) {
			if strings.TrimSpace(s.Text()) == "" {
				outer, _ := goquery.OuterHtml(s)
				t.Errorf("without a word: %s", outer)
			}
		})
		if *gallery != "" {
			keep(t, lang+"-"+name+".html", html)
		}
	})
}

func TestEveryFieldIsNamedAndItsProblemIsTiedToIt(t *testing.T) {
	eachPage(t, func(t *testing.T, _, _, _ string, tree *goquery.Document) {
		seen := map[string]bool{}
		tree.Find("[id]").Each(func(_ int, s *goquery.Selection) {
			id := s.AttrOr("id", "")
			if seen[id] {
				t.Errorf("#%s stands twice", id)
			}
			seen[id] = true
		})
		tree.Find("input:not([type=hidden]), textarea, select").Each(func(_ int, s *goquery.Selection) {
			inside := s.ParentsFiltered("label").Length() > 0
			if id, ok := s.Attr("id"); !inside && (!ok || tree.Find("label[for='"+id+"']").Length() != 1) {
				t.Errorf("a field without a label: %s", s.AttrOr("name", "?"))
			}
			for _, id := range strings.Fields(s.AttrOr("aria-describedby", "")) {
				if !seen[id] {
					t.Errorf("described by #%s, which is nowhere", id)
				}
			}
			if s.AttrOr("aria-invalid", "") == "true" && s.AttrOr("aria-describedby", "") == "" {
				t.Errorf("%s is refused without saying why", s.AttrOr("name", "?"))
			}
		})
		tree.Find("section [href^='#'], .paper [href^='#']").Each(func(_ int, s *goquery.Selection) {
			if id := strings.TrimPrefix(s.AttrOr("href", ""), "#"); !seen[id] {
				t.Errorf("a way to #%s, which is nowhere", id)
			}
		})
	})
}

func TestNamesStandApart(t *testing.T) {
	eachPage(t, func(t *testing.T, lang, _, _ string, tree *goquery.Document) {
		tree.Find(".person strong").Each(func(_ int, s *goquery.Selection) {
			if s.ParentsFiltered("bdi").Length() == 0 {
				t.Errorf("%s stands in no bdi", s.Text())
			}
		})
	})
}

// TestPagesNeedNoInlineCode keeps the promise of the strict content security policy.
func TestPagesNeedNoInlineCode(t *testing.T) {
	inline := regexp.MustCompile(`(?i)\sstyle\s*=|\son[a-z]+\s*=|<style|javascript:|<script(?:[^>]*)>[^<]+</script>`)
	eachPage(t, func(t *testing.T, _, _, html string, tree *goquery.Document) {
		if found := inline.FindString(html); found != "" {
			t.Errorf("inline code: %q", found)
		}
		tree.Find("script").Each(func(_ int, s *goquery.Selection) {
			if s.AttrOr("src", "") == "" {
				t.Error("a script without src")
			}
		})
		tree.Find("[src], link[href], use[href]").Each(func(_ int, s *goquery.Selection) {
			from := s.AttrOr("src", s.AttrOr("href", ""))
			if !strings.HasPrefix(from, "/") || strings.HasPrefix(from, "//") {
				t.Errorf("from elsewhere: %s", from)
			}
		})
	})
}

func keep(t *testing.T, name, html string) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(*gallery, name), []byte(html), 0o600); err != nil {
		t.Fatal(err)
	}
}
