package importing

import (
	"errors"
	"math/big"
	"regexp"
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/text/language"

	"lien/coop/membership"
	"lien/rule"
)

// Why a line is refused, or has to be decided on: keys below import.why.
const (
	ragged      = "ragged"       // more or fewer cells than columns
	formula     = "formula"      // a cell that a spreadsheet would compute
	badNumber   = "bad_number"   // no member number
	twice       = "twice"        // its number stands on another line, too
	noName      = "no_name"      // none, or one letter
	longName    = "long_name"    // longer than a name can be
	badName     = "bad_name"     // with characters that mislead
	badLanguage = "bad_language" // no language at all
	badBalance  = "bad_balance"  // no length of time
	fraction    = "fraction"     // parts of a minute
	beyond      = "beyond"       // more than a balance may be
	opened      = "opened"       // has an opening balance, and another one
	noPlace     = "no_place"     // no open place of the cooperative is called so
	manyPlaces  = "many_places"  // several are
	gone        = "gone"         // has left the cooperative

	taken    = "taken"    // the number is somebody else's
	namesake = "namesake" // the name is of somebody with another number
	present  = "present"  // is there, and has no opening balance
)

// highestNumber is the greatest that a member can have: a slip of the hand counts no
// cooperative up to it.
const highestNumber = 999_999

// judge understands a line by what its columns mean. Row.Why says why it is refused; its
// pile is settled later, when it is known who is there already.
func judge(r Record, columns []Column, byDefault string, living homes) Row {
	row := Row{Line: r.Line, Language: byDefault}
	cells := r.Cells
	for len(cells) > len(columns) && strings.TrimSpace(cells[len(cells)-1]) == "" {
		cells = cells[:len(cells)-1]
	}
	if len(cells) != len(columns) {
		row.Name = shown(strings.Join(cells, " · "))
		return row.refuse(ragged, strconv.Itoa(len(cells))+" / "+strconv.Itoa(len(columns)))
	}
	given, family := "", ""
	for n, c := range columns {
		switch c {
		case GivenName:
			given = cells[n]
		case FullName:
			family = cells[n]
		}
	}
	row = row.named(given, family)
	for n, c := range columns {
		if row.Why != "" {
			break
		}
		switch c {
		case Number:
			row = row.numbered(cells[n])
		case InLanguage:
			row = row.speaking(cells[n])
		case Hours, Minutes:
			row = row.balanced(cells[n], c)
		case Home:
			row = row.living(cells[n], living)
		}
	}
	return row
}

func (r Row) refuse(why, hint string) Row {
	r.Why, r.Hint = why, hint
	return r
}

func (r Row) named(given, family string) Row {
	whole := strings.TrimSpace(given) + " " + strings.TrimSpace(family)
	r.Name = shown(whole)
	if computed(given) || computed(family) {
		return r.refuse(formula, "")
	}
	name, err := membership.Name(whole)
	var invalid *rule.Invalid
	switch {
	case err == nil:
		r.Name = name
		return r
	case !errors.As(err, &invalid):
		return r.refuse(badName, "")
	case invalid.Rule == "rule.missing", invalid.Rule == "rule.too_short":
		return r.refuse(noName, "")
	case invalid.Rule == "rule.too_long":
		return r.refuse(longName, "")
	}
	return r.refuse(badName, "")
}

func (r Row) numbered(cell string) Row {
	cell = strings.TrimSpace(cell)
	if cell == "" {
		return r
	}
	if computed(cell) {
		return r.refuse(formula, "")
	}
	number, err := strconv.ParseInt(cell, 10, 64)
	if err != nil || number < 1 || number > highestNumber {
		return r.refuse(badNumber, shown(cell))
	}
	r.Number = number
	return r
}

// tongues are the languages of the house as people write them in a list, as plain has them.
var tongues = map[string]string{
	"francais": "fr", "french": "fr", "frances": "fr", "الفرنسيه": "fr", "الفرنسية": "fr", "فرنسي": "fr",
	"anglais": "en", "english": "en", "ingles": "en", "angles": "en", "الانجليزية": "en", "انجليزي": "en",
	"arabe": "ar", "arabic": "ar", "arab": "ar", "العربية": "ar", "عربي": "ar",
}

// speaking reads a language: a code such as pt-BR, or the name of one of the house's. Who
// reads one that the house does not speak is written to in the language chosen for all.
func (r Row) speaking(cell string) Row {
	cell = strings.TrimSpace(cell)
	if cell == "" {
		return r
	}
	if computed(cell) {
		return r.refuse(formula, "")
	}
	if code := tongues[plain(cell)]; code != "" {
		r.Language = code
		return r
	}
	if len(cell) > 35 {
		return r.refuse(badLanguage, shown(cell))
	}
	tag, err := language.Parse(cell)
	if err != nil {
		return r.refuse(badLanguage, shown(cell))
	}
	base, _ := tag.Base()
	for _, spoken := range membership.Languages() {
		if base.String() == spoken {
			r.Language = spoken
		}
	}
	return r
}

func (r Row) balanced(cell string, unit Column) Row {
	if computed(cell) && !figureLike(cell) {
		return r.refuse(formula, "")
	}
	minutes, why := length(cell, unit)
	if why != "" {
		return r.refuse(why, shown(cell))
	}
	r.Minutes = minutes
	return r
}

var (
	clock   = regexp.MustCompile(`^(\d{1,6})(?::|\s*h\s*)([0-5]\d)$`)
	seconds = regexp.MustCompile(`^\d{1,6}:[0-5]\d[:.,]\d+$`)
	whole   = regexp.MustCompile(`^(\d{1,6})\s*h?$`)
	parts   = regexp.MustCompile(`^(\d{1,6})[.,](\d{1,6})\s*h?$`)
)

// length reads a balance in whole minutes: "1:30", "-1:30", "1 h 30", "1,5" hours, or
// minutes. What stands for nothing is zero. Parts of a minute are refused, not rounded.
func length(cell string, unit Column) (minutes int64, why string) {
	text := strings.ToLower(strings.Map(blank, strings.TrimSpace(cell)))
	switch text {
	case "", "-", "–", "—", "&mdash;":
		return 0, ""
	}
	sign := int64(1)
	text = strings.ReplaceAll(text, "−", "-")
	switch text[0] {
	case '-':
		sign, text = -1, strings.TrimSpace(text[1:])
	case '+':
		text = strings.TrimSpace(text[1:])
	}
	if found := clock.FindStringSubmatch(text); found != nil {
		return sign * (digits(found[1])*60 + digits(found[2])), ""
	}
	if unit == Minutes {
		text = strings.TrimSpace(strings.TrimSuffix(strings.TrimSuffix(text, "min"), "."))
	}
	switch {
	case seconds.MatchString(text):
		if strings.Trim(text[strings.LastIndexAny(text, ":.,")+1:], "0") == "" {
			minutes, why = length(text[:strings.LastIndexAny(text, ":.,")], unit)
			return sign * minutes, why
		}
		return 0, fraction
	case whole.MatchString(text) && (unit == Hours || !strings.Contains(text, "h")):
		return sign * digits(whole.FindStringSubmatch(text)[1]) * perUnit(unit), ""
	case parts.MatchString(text):
		value, _ := new(big.Rat).SetString(strings.ReplaceAll(strings.TrimSpace(strings.TrimSuffix(text, "h")), ",", "."))
		value.Mul(value, big.NewRat(perUnit(unit), 1))
		if !value.IsInt() {
			return 0, fraction
		}
		return sign * value.Num().Int64(), ""
	}
	return 0, badBalance
}

func perUnit(c Column) int64 {
	if c == Hours {
		return 60
	}
	return 1
}

// digits is a number of six digits at most.
func digits(text string) int64 {
	n, _ := strconv.ParseInt(text, 10, 64)
	return n
}

// blank makes every kind of space one that patterns know.
func blank(r rune) rune {
	if unicode.IsSpace(r) {
		return ' '
	}
	return r
}

// computed reports whether a spreadsheet would take the cell for a formula (OWASP, CSV
// injection), also behind marks that nobody sees.
func computed(cell string) bool {
	begin := strings.TrimLeftFunc(cell, func(r rune) bool { return unicode.IsSpace(r) || unicode.In(r, unicode.Cf, unicode.Cc) })
	return begin != "" && strings.ContainsRune("=+-@＝＋－＠", []rune(begin)[0])
}

// figureLike reports whether a cell with a sign before it is a number with its sign.
func figureLike(cell string) bool {
	cell = strings.TrimSpace(cell)
	return cell == "-" || !strings.HasPrefix(cell, "=") && !strings.HasPrefix(cell, "@") &&
		len(cell) > 1 && strings.Trim(cell[1:], "0123456789:., \u00a0\u202fhHminMIN") == ""
}

// shown is a cell as a refusal quotes it: short, and without what misleads.
func shown(cell string) string {
	text := strings.TrimSpace(strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || r == unicode.ReplacementChar || r == '\u2028' || r == '\u2029' {
			return -1
		}
		return r
	}, strings.ToValidUTF8(cell, "")))
	if short := []rune(text); len(short) > 60 {
		return string(short[:60]) + "…"
	}
	return text
}

// twins refuses every line whose number stands on another one: nobody can tell which is
// right.
func twins(rows []Row) {
	first := map[int64]int{}
	for n := range rows {
		if rows[n].Number == 0 {
			continue
		}
		m, found := first[rows[n].Number]
		if !found {
			first[rows[n].Number] = n
			continue
		}
		for _, pair := range [][2]int{{m, n}, {n, m}} {
			if rows[pair[0]].Why == "" {
				rows[pair[0]] = rows[pair[0]].refuse(twice, strconv.Itoa(rows[pair[1]].Line))
			}
		}
	}
}
