package importing

import (
	"regexp"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"lien/rule"
)

// Column is what a column of the file means.
type Column string

// The columns that are read. All others, mail addresses and phone numbers among them, are
// left in the file and go with it.
const (
	Ignored    Column = ""
	Number     Column = "number"
	FullName   Column = "name"
	GivenName  Column = "given" // stands before the name
	InLanguage Column = "language"
	Hours      Column = "hours"   // a balance: 1:30, 1 h 30, 1,5
	Minutes    Column = "minutes" // a balance in minutes
	Home       Column = "place"   // a residence, building or stairwell, by its name
)

// Columns are those that a column can be said to mean.
func Columns() []Column {
	return []Column{Ignored, Number, FullName, GivenName, InLanguage, Hours, Minutes, Home}
}

// called are the headings by which columns are known, as plain has them, in French,
// English, Spanish, Catalan and Arabic.
var called = map[string]Column{
	"n": Number, "no": Number, "num": Number, "numero": Number, "number": Number, "id": Number, "رقم": Number, "الرقم": Number,
	"numero de membre": Number, "n de membre": Number, "numero d adherent": Number, "member number": Number, "member id": Number,
	"numero de socio": Number, "numero de usuario": Number, "numero de soci": Number, "numero de usuari": Number, "رقم العضو": Number,

	"nom": FullName, "nom complet": FullName, "nom et prenom": FullName, "nom d utilisateur": FullName, "utilisateur": FullName, "membre": FullName, "nom de famille": FullName,
	"name": FullName, "full name": FullName, "username": FullName, "user name": FullName, "member": FullName, "last name": FullName, "surname": FullName,
	"nombre": FullName, "nombre completo": FullName, "nombre de usuario": FullName, "usuario": FullName, "apellidos": FullName, "apellido": FullName,
	"nom d usuari": FullName, "usuari": FullName, "cognoms": FullName, "الاسم": FullName, "اسم": FullName, "اسم العضو": FullName, "الاسم الكامل": FullName,
	"prenom": GivenName, "first name": GivenName, "given name": GivenName, "الاسم الاول": GivenName,

	"langue": InLanguage, "language": InLanguage, "locale": InLanguage, "idioma": InLanguage, "lengua": InLanguage, "llengua": InLanguage, "اللغة": InLanguage, "لغة": InLanguage,

	"solde": Hours, "heures": Hours, "balance": Hours, "hours": Hours, "saldo": Hours, "horas": Hours, "hores": Hours, "الرصيد": Hours, "رصيد": Hours, "الساعات": Hours,
	"minutes": Minutes, "solde en minutes": Minutes, "balance in minutes": Minutes, "minutos": Minutes, "minuts": Minutes, "الدقائق": Minutes,

	"lieu": Home, "residence": Home, "batiment": Home, "bat": Home, "cage": Home, "cage d escalier": Home, "escalier": Home, "entree": Home, "immeuble": Home,
	"place": Home, "building": Home, "stairwell": Home, "edificio": Home, "edifici": Home, "escalera": Home, "escala": Home, "المبنى": Home, "مبنى": Home, "السكن": Home, "المدخل": Home,
}

// plain is a text without capitals, accents, marks and double spaces: to compare headings
// and names.
func plain(text string) string {
	text = strings.Map(func(r rune) rune {
		switch {
		case unicode.Is(unicode.Mn, r), unicode.Is(unicode.Cf, r), r == '°', r == 'º', r == 'ª':
			return -1
		case unicode.IsLetter(r), unicode.IsDigit(r):
			return unicode.ToLower(r)
		}
		return ' '
	}, norm.NFKD.String(strings.NewReplacer("º", "", "ª", "", "°", "").Replace(text)))
	return strings.Join(strings.Fields(norm.NFC.String(text)), " ")
}

// timeOverflow is how many columns the member export of TimeOverflow has: only its first
// heading is the same in every language.
const timeOverflow = 9

// Guess says what the columns of a file mean, as far as their headings tell.
func Guess(headings []string) []Column {
	out := make([]Column, len(headings))
	if len(headings) == timeOverflow && headings[0] == "N" {
		out[0], out[1], out[7], out[8] = Number, FullName, InLanguage, Hours
		return out
	}
	used := map[Column]bool{}
	for n, h := range headings {
		meaning := called[plain(h)]
		if h := plain(h); (h == "nombre" || h == "nom") && headed(headings, "apellidos", "apellido", "cognoms") {
			meaning = GivenName
		}
		balance := meaning == Hours || meaning == Minutes
		if meaning == Ignored || used[meaning] || balance && (used[Hours] || used[Minutes]) {
			continue
		}
		out[n], used[meaning] = meaning, true
	}
	return out
}

func headed(headings []string, names ...string) bool {
	for _, h := range headings {
		for _, name := range names {
			if plain(h) == name {
				return true
			}
		}
	}
	return false
}

// checkColumns refuses meanings that no line can be read by: each at most once, one balance,
// and a name.
func checkColumns(columns []Column, wide int) error {
	if len(columns) != wide {
		return rule.Broken("columns", "rule.choose")
	}
	seen := map[Column]int{}
	for _, c := range columns {
		known := false
		for _, k := range Columns() {
			known = known || c == k
		}
		if !known {
			return rule.Broken("columns", "rule.choose")
		}
		if seen[c]++; seen[c] > 1 && c != Ignored {
			return rule.Broken("columns", "import.columns.twice")
		}
	}
	switch {
	case seen[FullName] == 0:
		return rule.Broken("columns", "import.columns.name")
	case seen[Hours] > 0 && seen[Minutes] > 0:
		return rule.Broken("columns", "import.columns.balance")
	}
	return nil
}

var figure = regexp.MustCompile(`^[-+−]?\d+([:.,]\d+)?$`)

// person reports whether a line holds somebody already: a heading is no number.
func person(cells []string) bool {
	for _, cell := range cells {
		if figure.MatchString(strings.TrimSpace(cell)) {
			return true
		}
	}
	return false
}
