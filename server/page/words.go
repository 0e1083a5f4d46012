package page

import (
	"fmt"
	"log/slog"
	"maps"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/nicksnyder/go-i18n/v2/i18n"

	"lien/rule"
)

// Words are one language: its texts, its dates, its numbers. They are made once per
// language and shared by all its readers.
type Words struct {
	code      string
	localizer *i18n.Localizer
	now       func() time.Time
	zone      *time.Location
	log       *slog.Logger
	fixed     map[string]string // the texts without a blank to fill, ready to show
	plural    map[string]bool   // the keys whose text depends on a count
}

// Name is a person's name inside a sentence. T and N set it apart, so that a name written
// from left to right does not disturb a sentence written from right to left.
type Name string

// Apart is the name between the two signs that keep its direction its own.
func (n Name) Apart() string { return "\u2068" + string(n) + "\u2069" }

// Capital begins a text with a capital, for a date that stands alone.
func Capital(text string) string {
	r, size := utf8.DecodeRuneInString(text)
	if size == 0 {
		return text
	}
	return string(unicode.ToUpper(r)) + text[size:]
}

// Lang is the language's code, for the page's lang attribute.
func (w Words) Lang() string { return w.code }

// Dir is the direction in which the language is written.
func (w Words) Dir() string {
	if w.code == "ar" {
		return "rtl"
	}
	return "ltr"
}

// Now is the moment that dates are told from, in the neighbourhood's zone.
func (w Words) Now() time.Time { return w.now().In(w.zone) }

// Zone is the neighbourhood's zone.
func (w Words) Zone() *time.Location { return w.zone }

// T returns the sentence of a key; args are pairs of name and value.
func (w Words) T(key string, args ...any) string {
	if text, ok := w.fixed[key]; ok {
		return text
	}
	return w.say(&i18n.LocalizeConfig{MessageID: key, TemplateData: pairs(args)})
}

// sentence is T for what a rule refused: its one number, if any, decides the plural, and a
// day is written in words.
func (w Words) sentence(refused *rule.Invalid) string {
	args := maps.Clone(refused.Args)
	config := &i18n.LocalizeConfig{MessageID: refused.Rule, TemplateData: args}
	for name, value := range args {
		if day, ok := value.(time.Time); ok {
			args[name] = w.Day(day)
		}
		if count, ok := value.(int); ok && w.plural[refused.Rule] {
			config.PluralCount = count
		}
	}
	return w.say(config)
}

// N returns the sentence of a key for a count, in the plural that the language has for
// it. The text finds the count as Count.
func (w Words) N(key string, count int, args ...any) string {
	data := pairs(args)
	data["Count"] = w.Number(int64(count))
	return w.say(&i18n.LocalizeConfig{MessageID: key, TemplateData: data, PluralCount: count})
}

// say never shows a raw key: a text that no language has is logged and left out.
func (w Words) say(config *i18n.LocalizeConfig) string {
	if w.localizer == nil {
		return ""
	}
	text, err := w.localizer.Localize(config)
	if err != nil {
		w.log.Error("no words", "key", config.MessageID, "language", w.code)
	}
	return text
}

func pairs(args []any) map[string]any {
	data := make(map[string]any, len(args)/2+1)
	for n := 0; n+1 < len(args); n += 2 {
		value := args[n+1]
		if name, ok := value.(Name); ok {
			value = name.Apart()
		}
		data[fmt.Sprint(args[n])] = value
	}
	return data
}

// Number writes a whole number as people write it there. Arabic keeps the digits of the
// country that its readers live in.
func (w Words) Number(n int64) string {
	digits := strconv.FormatInt(n, 10)
	sign := ""
	if n < 0 {
		sign, digits = "−", digits[1:]
	}
	space := map[string]string{"fr": "\u202f", "en": ",", "ar": "\u202f"}[w.code]
	var out strings.Builder
	for i, d := range digits {
		if i > 0 && (len(digits)-i)%3 == 0 {
			out.WriteString(space)
		}
		out.WriteRune(d)
	}
	return sign + out.String()
}

// Hours writes a length in minutes: "1 h 30", "45 min".
func (w Words) Hours(minutes int64) string {
	if minutes < 0 {
		return "−" + w.Hours(-minutes)
	}
	h, m := int(minutes/60), int(minutes%60)
	switch {
	case h == 0:
		return w.N("date.minutes", m)
	case m == 0:
		return w.N("date.hours", h)
	}
	rest := w.N("date.rest", m, "Padded", fmt.Sprintf("%02d", m))
	return w.T("date.hours_minutes", "Hours", w.N("date.hours", h), "Rest", rest)
}
