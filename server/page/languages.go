package page

import (
	"fmt"
	"io/fs"
	"log/slog"
	"path"
	"slices"
	"strings"
	"time"
	_ "time/tzdata" // the zone is known on a machine without its files

	"github.com/gofiber/fiber/v2"
	"github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/language"

	"lien/locales"
	"lien/server/session"
)

// Codes are the languages of lien, the one everything falls back to first.
func Codes() []string { return []string{"fr", "en", "ar"} }

// Languages holds the words of each language, bound once at the start: nothing of one
// language is ever bound again for another reader.
type Languages struct {
	words   map[string]Words
	matcher language.Matcher
}

// NewLanguages reads every catalogue; now tells the time that dates are told from, and
// log receives the keys that no catalogue has.
func NewLanguages(now func() time.Time, log *slog.Logger) (*Languages, error) {
	zone, err := time.LoadLocation("Europe/Paris")
	if err != nil {
		return nil, err
	}
	bundle := i18n.NewBundle(language.French)
	bundle.RegisterUnmarshalFunc("toml", locales.Unmarshal)
	texts := map[string][]*i18n.Message{}
	for _, code := range Codes() {
		if texts[code], err = load(bundle, code); err != nil {
			return nil, err
		}
	}
	l := &Languages{words: map[string]Words{}}
	var tags []language.Tag
	for _, code := range Codes() {
		w := Words{code: code, localizer: i18n.NewLocalizer(bundle, code, "fr"), now: now, zone: zone, log: log}
		w.fixed, w.plural = sorted(texts[code])
		l.words[code] = w
		tags = append(tags, language.Make(code))
	}
	l.matcher = language.NewMatcher(tags)
	return l, nil
}

func load(bundle *i18n.Bundle, code string) ([]*i18n.Message, error) {
	files, err := fs.Glob(locales.Files, code+"/*.toml")
	if err != nil {
		return nil, err
	}
	var texts []*i18n.Message
	for _, file := range files {
		text, err := locales.Files.ReadFile(file)
		if err != nil {
			return nil, err
		}
		area := strings.TrimSuffix(path.Base(file), "toml")
		parsed, err := bundle.ParseMessageFileBytes(text, area+code+".toml")
		if err != nil {
			return nil, fmt.Errorf("%s: %w", file, err)
		}
		texts = append(texts, parsed.Messages...)
	}
	return texts, nil
}

// sorted sets aside the texts that are shown as they stand and the keys that count.
func sorted(texts []*i18n.Message) (fixed map[string]string, plural map[string]bool) {
	fixed, plural = map[string]string{}, map[string]bool{}
	for _, m := range texts {
		switch {
		case m.Zero+m.One+m.Two+m.Few+m.Many != "":
			plural[m.ID] = true
		case !strings.Contains(m.Other, "{{"):
			fixed[m.ID] = m.Other
		}
	}
	return fixed, plural
}

// Of returns the words of a language, French when lien does not speak it.
func (l *Languages) Of(code string) Words {
	if w, ok := l.words[code]; ok {
		return w
	}
	return l.words["fr"]
}

type wordsKey struct{}

// Middleware chooses the reader's language: the signed-in person's own, else the one last
// chosen on this device, else the browser's, else French.
func (l *Languages) Middleware(c *fiber.Ctx) error {
	c.Locals(wordsKey{}, l.Of(l.choose(c)))
	return c.Next()
}

func (l *Languages) choose(c *fiber.Ctx) string {
	if lang := session.Of(c).Lang; lang != "" {
		return lang
	}
	if lang := c.Cookies("lang"); slices.Contains(Codes(), lang) {
		return lang
	}
	wished, _, err := language.ParseAcceptLanguage(c.Get(fiber.HeaderAcceptLanguage))
	if err != nil || len(wished) == 0 {
		return "fr"
	}
	_, at, confidence := l.matcher.Match(wished...)
	if confidence == language.No {
		return "fr"
	}
	return Codes()[at]
}

// Speak makes the rest of this request speak a language: that of the member before a
// tablet which is somebody else's.
func (l *Languages) Speak(c *fiber.Ctx, code string) {
	c.Locals(wordsKey{}, l.Of(code))
}

// WordsOf returns the words of this request's reader. Before the language was chosen, as
// on a refused request, they are French.
func WordsOf(c *fiber.Ctx) Words {
	w, _ := c.Locals(wordsKey{}).(Words)
	return w
}
