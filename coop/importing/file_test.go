package importing_test

import (
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"lien/coop/importing"
)

func windows(t *testing.T, text string) string {
	t.Helper()
	out, err := charmap.Windows1252.NewEncoder().String(text)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func wide(t *testing.T, text string) string {
	t.Helper()
	out, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().String(text)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestAFileIsReadWhateverProgramWroteIt(t *testing.T) {
	list := "Numéro;Nom;Solde\r\n7;Zoé Lefèvre;1:30\r\n8;Anaïs Œuvré;-0:45\r\n"
	for name, c := range map[string]struct{ content, encoding, delimiter string }{
		"UTF-8":                    {list, "UTF-8", ";"},
		"UTF-8 with a mark":        {"\ufeff" + list, "UTF-8", ";"},
		"Windows-1252":             {windows(t, list), "Windows-1252", ";"},
		"UTF-16":                   {wide(t, strings.ReplaceAll(list, ";", "\t")), "UTF-16", "\t"},
		"commas":                   {strings.ReplaceAll(list, ";", ","), "UTF-8", ","},
		"tabs":                     {strings.ReplaceAll(list, ";", "\t"), "UTF-8", "\t"},
		"Unix lines":               {strings.ReplaceAll(list, "\r\n", "\n"), "UTF-8", ";"},
		"quotes":                   {"Numéro;Nom;Solde\n7;\"Zoé Lefèvre\";\"1:30\"\n8;\"Anaïs Œuvré\";-0:45\n", "UTF-8", ";"},
		"commas within semicolons": {"Numéro;Nom;Solde,heures\n7;Zoé Lefèvre;1:30\n8;Anaïs Œuvré;-0:45\n", "UTF-8", ";"},
		"what Excel says":          {"sep=;\r\n" + list, "UTF-8", ";"},
		"empty lines":              {"\n\nNuméro;Nom;Solde\n;;\n7;Zoé Lefèvre;1:30\n\n;;\n8;Anaïs Œuvré;-0:45\n;;\n", "UTF-8", ";"},
		"a delimiter too many":     {"Numéro;Nom;Solde;\n7;Zoé Lefèvre;1:30;\n8;Anaïs Œuvré;-0:45;\n", "UTF-8", ";"},
	} {
		f, err := importing.Read([]byte(c.content))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if f.Encoding != c.encoding || f.Delimiter != c.delimiter || len(f.Records) != 2 || len(f.Headings) != 3 ||
			f.Headings[0] != "Numéro" || f.Records[0].Cells[1] != "Zoé Lefèvre" || f.Records[1].Cells[1] != "Anaïs Œuvré" {
			t.Errorf("%s is read as %+v", name, f)
		}
	}
}

func TestALineKnowsWhereItStandsInTheFile(t *testing.T) {
	f, err := importing.Read([]byte("nom;solde\n\nA B;1:00\n\"C\nD\";2:00\nE F;3:00\n"))
	if err != nil {
		t.Fatal(err)
	}
	var lines []int
	for _, r := range f.Records {
		lines = append(lines, r.Line)
	}
	if !slices.Equal(lines, []int{3, 4, 6}) {
		t.Errorf("the lines are %v", lines)
	}
}

func TestAFileWithoutHeadingsBeginsWithAPerson(t *testing.T) {
	f, err := importing.Read([]byte("7;Zoé Lefèvre;1:30\n8;Anaïs Œuvré;-0:45\n"))
	if err != nil || len(f.Records) != 2 || strings.Join(f.Headings, "") != "" {
		t.Errorf("it is read as %+v, %v", f, err)
	}
}

func TestWhatIsNoListIsRefusedWithASentence(t *testing.T) {
	for want, content := range map[string]string{
		"file import.file.missing":  "",
		"file import.file.empty":    "\n\n;;\n",
		"file import.file.workbook": "PK\x03\x04rest of a workbook",
		"file import.file.no_text":  "nom;solde\nA\x00B;1:00\n",
		"file import.file.long":     "nom\n" + strings.Repeat("Ada B\n", importing.MostLines+1),
		"file import.file.wide":     strings.Repeat("a;", 60) + "b\n",
		"file import.file.large":    strings.Repeat("x", importing.MostBytes+1),
	} {
		if _, err := importing.Read([]byte(content)); on(err) != want {
			t.Errorf("want %s, got %v", want, err)
		}
	}
	if _, err := importing.Read([]byte("nom;solde\n")); on(err) != "file import.file.empty" {
		t.Errorf("headings alone: %v", err)
	}
}

func TestColumnsAreGuessedInFiveLanguages(t *testing.T) {
	type cs = []importing.Column
	for headings, want := range map[string]cs{
		"N° de membre;Nom;Prénom;Langue;Solde":                                                {"number", "name", "given", "language", "hours"},
		"Member number;Full name;Language;Balance in minutes":                                 {"number", "name", "language", "minutes"},
		"Número de socio;Nombre;Apellidos;Idioma;Saldo":                                       {"number", "given", "name", "language", "hours"},
		"Número de soci;Nom;Cognoms;Llengua;Saldo":                                            {"number", "given", "name", "language", "hours"},
		"رقم العضو;الاسم;اللغة;الرصيد":                                                        {"number", "name", "language", "hours"},
		"Nom;Nom;Solde;Minutes":                                                               {"name", "", "hours", ""},
		"Téléphone;E-mail;Ville":                                                              {"", "", ""},
		"N;Nom d'utilisateur;E-mail;Téléphone;Autre;Créé le;Dernière connexion;Langue;Solde":  {"number", "name", "", "", "", "", "", "language", "hours"},
		"N;Nombre;Email;Teléfono;Teléfono alternativo;Creado el;Última conexión;Locale;Saldo": {"number", "name", "", "", "", "", "", "language", "hours"},
		"N;Erabiltzailea;Posta;Telefonoa;Bestelakoa;Sortua;Azken saioa;Hizkuntza;Saldoa":      {"number", "name", "", "", "", "", "", "language", "hours"},
	} {
		if got := importing.Guess(strings.Split(headings, ";")); !slices.Equal(got, want) {
			t.Errorf("%s is guessed as %q", headings, got)
		}
	}
}

func FuzzAFileIsReadOrRefused(f *testing.F) {
	for _, seed := range []string{
		"nom;solde\nA B;1:00\n", "\ufeffN,Nom\n1,\"A\n", "sep=\t\nnom\tsolde\n", "\xff\xfen\x00;\x00", "a\"b;\"\"\"\n\r\r\n", "nom\n=1+1\n", "\xe9;\x81\n",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, content []byte) {
		file, err := importing.Read(content)
		if err != nil {
			if on(err) == "" {
				t.Fatalf("%v is no sentence", err)
			}
			return
		}
		if len(file.Records) == 0 || len(file.Headings) == 0 {
			t.Fatal("a list without a line or a column")
		}
		last := 0
		for _, r := range file.Records {
			if r.Line <= last || strings.ContainsRune(strings.Join(r.Cells, ""), 0) {
				t.Fatalf("line %d after %d", r.Line, last)
			}
			last = r.Line
		}
		importing.Guess(file.Headings)
	})
}
