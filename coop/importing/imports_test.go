package importing_test

import (
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"lien/coop"
	"lien/coop/importing"
	"lien/rule"
)

const headings = "Numéro;Nom;Langue;Solde\n"

func TestTheMemberExportOfTimeOverflowIsTakenOver(t *testing.T) {
	for name, c := range map[string]struct{ headings, delimiter string }{
		"in French":  {"N,Nom d'utilisateur,Email,Téléphone,Autre téléphone,Créé le,Dernière connexion le,Langue,Solde", ","},
		"in Spanish": {"N,Nombre de usuario,Email,Teléfono,Teléfono alternativo,Creado el,Última conexión,Locale,Saldo", ","},
		"in Basque":  {"N;Erabiltzailea;Posta;Telefonoa;Bestelakoa;Sortua;Azken saioa;Hizkuntza;Saldoa", ";"},
	} {
		t.Run(name, func(t *testing.T) {
			o := newOffice(t)
			lines := c.headings + "\n" + strings.ReplaceAll(
				"12,Zoé Lefèvre,zoe@example.org,+33612345678,,2019-03-02 10:11:12 UTC,2026-01-02 10:00:00 UTC,fr,2:15\n"+
					"13,Pau Serra,,,,2019-03-02 10:11:12 UTC,,ca,-1:05\n"+
					"20,Amal Haddad,,0612345678,,2020-03-02 10:11:12 UTC,,ar,\"&mdash;\"\n", ",", c.delimiter)
			i := o.send(lines)
			if piles(i) != [4]int{3, 0, 0, 0} {
				t.Fatalf("the lines lie as %v: %+v", piles(i), o.rows(i.ID, importing.Refused))
			}
			i = o.carry(i)
			if i.State != importing.Done || i.Made != 3 || i.Opened != 2 || i.Moved != 0 {
				t.Errorf("it made %+v", i)
			}
			for _, want := range []struct {
				number, minutes int64
				name, language  string
			}{{12, 135, "Zoé Lefèvre", "fr"}, {13, -65, "Pau Serra", "fr"}, {20, 0, "Amal Haddad", "ar"}} {
				if n := o.count(`SELECT count(*) FROM coop.members m JOIN coop.hours_accounts a ON a.member_id = m.id
					WHERE m.number = ? AND a.balance = ? AND m.name = ? AND m.language = ? AND m.state = 'welcomed'`, want.number, want.minutes, want.name, want.language); n != 1 {
					t.Errorf("%s is not there as they were", want.name)
				}
			}
			if left := o.count(`SELECT count(*) FROM coop.import_rows`) + o.count(`SELECT count(*) FROM coop.import_files`); left != 0 {
				t.Errorf("%d rows of the file are left", left)
			}
			o.sound()
		})
	}
}

func TestEachBadLineIsRefusedWithItsReason(t *testing.T) {
	o := newOffice(t)
	lines := []struct{ line, why string }{
		{"40;Zoé Lefèvre;fr;1:30", ""},
		{"41;Jean Petit;fr", "ragged"},
		{"42;Jean Petit;fr;1:30;5", "ragged"},
		{"43;=HYPERLINK(\"http://evil\");fr;1:30", "formula"},
		{"44;+cmd|calc;fr;1:30", "formula"},
		{"45;@SUM(A1);fr;1:30", "formula"},
		{"46;-Jean;fr;1:30", "formula"},
		{"47;\u200b=1+1;fr;1:30", "formula"},
		{"=48;Jean Petit;fr;1:30", "formula"},
		{"49;Jean Petit;fr;=1+1", "formula"},
		{"50;Jean Petit;=fr;1:00", "formula"},
		{"douze;Jean Petit;fr;1:30", "bad_number"},
		{"0;Jean Petit;fr;1:30", "bad_number"},
		{"99999999999999999999;Jean Petit;fr;1:30", "bad_number"},
		{"51;Marie Un;fr;1:30", "twice"},
		{"051;Marie Deux;fr;1:30", "twice"},
		{"52;;fr;1:30", "no_name"},
		{"53;J;fr;1:30", "no_name"},
		{"54;" + strings.Repeat("Jean ", 20) + ";fr;1:30", "long_name"},
		{"55;bon\u202ejour;fr;1:30", "bad_name"},
		{"56;Jean Petit;klingon;1:30", "bad_language"},
		{"57;Jean Petit;fr;beaucoup", "bad_balance"},
		{"58;Jean Petit;fr;1:75", "bad_balance"},
		{"59;Jean Petit;fr;1:30:20", "fraction"},
		{"60;Jean Petit;fr;0,333", "fraction"},
		{"61;Trop Riche;fr;41:00", "beyond"},
		{"62;Trop Pauvre;fr;-20:01", "beyond"},
		{"63;Bien Assez;;-20:00", ""},
		{"64;João Silva;pt-BR;1,5", ""},
		{"65;Nadia B;arabe;+ 2 h 05", ""},
		{";Sans Numéro;;", ""},
	}
	file := strings.Builder{}
	file.WriteString(headings)
	for _, l := range lines {
		file.WriteString(l.line + "\n")
	}
	i := o.send(file.String())
	why := map[int]string{}
	for _, p := range importing.Piles() {
		for _, r := range o.rows(i.ID, p) {
			why[r.Line] = r.Why
		}
	}
	for n, l := range lines {
		if got := why[n+2]; got != l.why {
			t.Errorf("%q: %q, want %q", l.line, got, l.why)
		}
	}
	if piles(i) != [4]int{5, 0, 2, 24} || o.count(`SELECT count(*) FROM coop.members`) != 1 || o.count(`SELECT count(*) FROM coop.transfers`) != 0 {
		t.Errorf("the lines lie as %v, or something was written", piles(i))
	}
	if _, err := o.imports.Upload(t.Context(), o.aline, importing.Upload{Key: uuid.New(), Content: []byte("a"), Place: o.place, Language: "tlh"}); on(err) == "" {
		t.Errorf("a language of none: %v", err)
	}
}

func TestTheSameFileTwiceChangesNothing(t *testing.T) {
	o := newOffice(t)
	file := headings + "12;Zoé Lefèvre;fr;2:15\n;Sans Numéro;fr;-1:00\n;Sans Numéro;fr;0\n14;Amal;ar;\n"
	first := o.send(file)
	if again := o.send(file); again.ID != first.ID {
		t.Error("an open file is open twice")
	}
	o.carry(first)
	before := o.count(`SELECT count(*) FROM coop.members`)*1000 + o.count(`SELECT count(*) FROM coop.transfers`)
	second := o.send(file)
	if second.ID == first.ID || piles(second) != [4]int{0, 4, 0, 0} {
		t.Fatalf("the lines lie as %v", piles(second))
	}
	if err := o.imports.Confirm(t.Context(), o.aline, second.ID, second.Turn); on(err) != "confirm import.nothing" {
		t.Errorf("nothing to make: %v", err)
	}
	// The same people in another file: by their numbers.
	third := o.send(headings + "14;Amal;ar;\n12;zoe LEFEVRE;en;2:15\n")
	if piles(third) != [4]int{0, 2, 0, 0} {
		t.Errorf("the lines lie as %v", piles(third))
	}
	fourth := o.send(headings + "12;Zoé Lefèvre;fr;3:15\n")
	if rows := o.rows(fourth.ID, importing.Refused); len(rows) != 1 || rows[0].Why != "opened" {
		t.Errorf("another opening balance: %+v", rows)
	}
	if after := o.count(`SELECT count(*) FROM coop.members`)*1000 + o.count(`SELECT count(*) FROM coop.transfers`); after != before {
		t.Errorf("%d, and it was %d", after, before)
	}
	o.sound()
}

func TestWhatDiffersIsDecidedBeforeAnythingIsWritten(t *testing.T) {
	o := newOffice(t)
	o.carry(o.send(headings + "12;Zoé Lefèvre;fr;\n13;Amal Haddad;ar;\n14;Paul;fr;\n"))
	i := o.send(headings + "12;Zoé Lefèvre;fr;2:00\n13;Quelqu'un D'Autre;fr;1:00\n14;Pablo;fr;0:30\n99;Zoé Lefèvre;fr;0:10\n70;Trop Riche;fr;99:00\n")
	rows := o.rows(i.ID, importing.Conflict)
	var why []string
	for _, r := range rows {
		why = append(why, r.Why)
	}
	if got := strings.Join(why, " "); got != "present taken taken namesake beyond" {
		t.Fatalf("the conflicts are %s", got)
	}
	if err := o.imports.Confirm(t.Context(), o.aline, i.ID, i.Turn); on(err) != "confirm import.undecided" {
		t.Errorf("confirmed without a decision: %v", err)
	}
	if err := o.imports.Decide(t.Context(), o.aline, i.ID, i.Turn, []importing.Decision{{Line: 2, Choice: importing.Without}}); on(err) != "choice rule.choose" {
		t.Errorf("a choice that is none there: %v", err)
	}
	o.must(o.imports.Decide(t.Context(), o.aline, i.ID, i.Turn, []importing.Decision{
		{Line: 2, Choice: importing.Add}, {Line: 3, Choice: importing.Person}, {Line: 4, Choice: importing.Add}, {Line: 6, Choice: importing.Without},
	}))
	o.must(o.imports.LeaveRest(t.Context(), o.aline, i.ID, i.Turn))
	i = o.carry(i)
	if i.Made != 2 || i.Opened != 3 || i.Moved != 0 {
		t.Errorf("it made %+v", i)
	}
	for name, want := range map[string]int64{"Zoé Lefèvre": 120, "Quelqu'un D'Autre": 60, "Paul": 30, "Trop Riche": 0, "Amal Haddad": 0} {
		if got := o.count(`SELECT a.balance FROM coop.members m JOIN coop.hours_accounts a ON a.member_id = m.id WHERE m.name = ?`, name); got != want {
			t.Errorf("%s has %d, want %d", name, got, want)
		}
	}
	if n := o.count(`SELECT number FROM coop.members WHERE name = 'Quelqu''un D''Autre'`); n != 71 {
		t.Errorf("who shared a number got %d", n)
	}
	if told := o.count(`SELECT count(*) FROM coop.inbox WHERE kind = 'hours_opened'`); told != 2 {
		t.Errorf("%d were told of their former hours", told)
	}
	o.sound()
}

func TestNobodyGivesThemselvesHoursByAList(t *testing.T) {
	o := newOffice(t)
	i := o.send(headings + "1;Aline Roux;fr;10:00\n")
	o.must(o.imports.Decide(t.Context(), o.aline, i.ID, i.Turn, []importing.Decision{{Line: 2, Choice: importing.Add}}))
	if err := o.imports.Confirm(t.Context(), o.aline, i.ID, i.Turn); on(err) != "confirm import.oneself" {
		t.Errorf("it is %v", err)
	}
}

func TestOfTwoWhoConfirmOneDoes(t *testing.T) {
	o := newOffice(t)
	other := o.treasurer()
	i := o.send(headings + "12;Zoé Lefèvre;fr;2:15\n13;Amal;ar;-1:00\n")
	var wg sync.WaitGroup
	errs := make([]error, 16)
	for n := range errs {
		wg.Go(func() {
			who := o.aline
			if n%2 == 1 {
				who = other
			}
			errs[n] = o.imports.Confirm(t.Context(), who, i.ID, i.Turn)
			if errs[n] == nil || n%3 == 0 {
				_, err := o.imports.Due(t.Context())
				errs[n] = errors.Join(errs[n], err)
			}
		})
	}
	wg.Wait()
	won := 0
	for _, err := range errs {
		switch {
		case err == nil:
			won++
		case !errors.Is(err, rule.ErrMoved):
			t.Error(err)
		}
	}
	_, err := o.imports.Due(t.Context())
	o.must(err)
	if found := o.one(i.ID); won != 1 || found.Made != 2 || found.Opened != 2 || found.State != importing.Done {
		t.Errorf("%d confirmed, and it made %+v", won, found)
	}
	o.sound()
}

// treasurer makes a member who keeps the books, and facilitates nothing.
func (o *office) treasurer() coop.Actor {
	o.t.Helper()
	o.carry(o.send(headings + "5;Théo Trésor;fr;\n"))
	var who coop.Actor
	o.must(o.Owner.NewRaw(`SELECT cooperative_id AS cooperative, id AS member FROM coop.members WHERE number = 5`).Scan(o.t.Context(), &who))
	_, err := o.Owner.NewRaw(`INSERT INTO coop.member_roles (cooperative_id, member_id, role, from_at) VALUES (?, ?, 'treasurer', ?)`, who.Cooperative, who.Member, o.now).Exec(o.t.Context())
	o.must(err)
	return who
}

func TestWhatStopsHalfWayGoesOnWhereItStopped(t *testing.T) {
	o := newOffice(t)
	file := strings.Builder{}
	file.WriteString(headings)
	for n := range 1200 {
		fmt.Fprintf(&file, "%d;Quelqu'un %d;fr;%d:30\n", n+2, n+2, n%20)
	}
	i := o.send(file.String())
	o.must(o.imports.Confirm(t.Context(), o.aline, i.ID, i.Turn))
	// A line of the second part cannot be written: that part leaves nothing behind.
	_, err := o.Owner.NewRaw(`ALTER TABLE coop.members ADD CONSTRAINT stopped CHECK (number <> 800)`).Exec(t.Context())
	o.must(err)
	if _, err := o.imports.Due(t.Context()); err == nil {
		t.Fatal("nothing stopped it")
	}
	if half := o.one(i.ID); half.State != importing.Confirmed || half.Made != 500 || half.Left != 700 {
		t.Errorf("half way it had made %d, and %d were left", half.Made, half.Left)
	}
	if err := o.imports.Drop(t.Context(), o.aline, i.ID); !errors.Is(err, rule.ErrMoved) {
		t.Errorf("called off half way: %v", err)
	}
	o.sound()
	_, err = o.Owner.NewRaw(`ALTER TABLE coop.members DROP CONSTRAINT stopped`).Exec(t.Context())
	o.must(err)
	for range 3 {
		_, err := o.imports.Due(t.Context())
		o.must(err)
	}
	done := o.one(i.ID)
	if done.State != importing.Done || done.Made != 1200 || done.Opened != 1200 || o.count(`SELECT count(*) FROM coop.import_lines`) != 1200 {
		t.Errorf("in the end it made %+v", done)
	}
	o.sound()
}

func TestWhatChangedSinceThePreviewIsLeftOutAndSaid(t *testing.T) {
	o := newOffice(t)
	i := o.send(headings + "12;Zoé Lefèvre;fr;2:15\n13;Amal;ar;-1:00\n14;Paul;fr;5:00\n")
	_, err := o.Owner.NewRaw(`INSERT INTO coop.members (cooperative_id, id, number, name, language, place_id, state, joined_at, state_since)
		VALUES (?, gen_random_uuid(), 12, 'Arrivé Entre-temps', 'fr', ?, 'active', now(), now())`, o.aline.Cooperative, o.place).Exec(t.Context())
	o.must(err)
	_, err = o.Owner.NewRaw(`UPDATE coop.hours_limits SET ceiling = 240`).Exec(t.Context())
	o.must(err)
	i = o.carry(i)
	lines, err := o.imports.Lines(t.Context(), o.aline, i.ID, 0)
	o.must(err)
	if len(lines) != 3 || lines[0].Outcome != "moved" || lines[1].Minutes != -60 || lines[2].Outcome != "member" || lines[2].Minutes != 0 || i.Made != 2 || i.Opened != 1 || i.Moved != 1 {
		t.Errorf("it made %+v of %+v", i, lines)
	}
	o.sound()
}

func TestAnImportThatIsCalledOffLeavesNothing(t *testing.T) {
	o := newOffice(t)
	i := o.send(headings + "12;Zoé Lefèvre;fr;2:15\n")
	o.must(o.imports.Drop(t.Context(), o.aline, i.ID))
	o.must(o.imports.Drop(t.Context(), o.aline, i.ID))
	if err := o.imports.Confirm(t.Context(), o.aline, i.ID, i.Turn); !errors.Is(err, rule.ErrMoved) {
		t.Errorf("confirmed after it was called off: %v", err)
	}
	late := o.send(headings + "13;Oubliée;fr;2:15\n")
	o.now = o.now.Add(15 * 24 * time.Hour)
	_, err := o.imports.Due(t.Context())
	o.must(err)
	if o.one(late.ID).State != importing.Dropped || o.count(`SELECT count(*) FROM coop.members`) != 1 {
		t.Error("what nobody came back to is kept")
	}
	o.sound()
}

func TestColumnsAreNamedAnew(t *testing.T) {
	o := newOffice(t)
	i := o.send("A;B;C\nZoé Lefèvre;90;12\nPaul;30;13\n")
	if i.Sorted() {
		t.Fatal("nothing was known, and it is sorted")
	}
	reading := importing.Reading{Turn: i.Turn, Columns: []importing.Column{"name", "minutes", "number"}, Place: o.place, Language: "ar"}
	for want, columns := range map[string][]importing.Column{
		"columns import.columns.name":    {"", "minutes", "number"},
		"columns import.columns.twice":   {"name", "name", "number"},
		"columns import.columns.balance": {"name", "minutes", "hours"},
		"columns rule.choose":            {"name", "minutes", "email"},
	} {
		if err := o.imports.Sort(t.Context(), o.aline, i.ID, importing.Reading{Turn: i.Turn, Columns: columns, Place: o.place, Language: "fr"}); on(err) != want {
			t.Errorf("%q: %v, want %s", columns, err, want)
		}
	}
	o.must(o.imports.Sort(t.Context(), o.aline, i.ID, reading))
	if err := o.imports.Sort(t.Context(), o.aline, i.ID, reading); !errors.Is(err, rule.ErrMoved) {
		t.Errorf("sorted by who had not seen it: %v", err)
	}
	i = o.one(i.ID)
	if rows := o.rows(i.ID, importing.New); len(rows) != 2 || rows[0].Minutes != 90 || rows[0].Number != 12 || rows[0].Language != "ar" {
		t.Errorf("the lines are %+v", rows)
	}
}

func TestOnlyWhoKeepsTheHoursSeesAnImport(t *testing.T) {
	o := newOffice(t)
	treasurer := o.treasurer()
	i := o.send(headings + "12;Zoé Lefèvre;fr;2:15\n")
	var resident coop.Actor
	o.must(o.Owner.NewRaw(`INSERT INTO coop.members (cooperative_id, id, number, name, language, place_id, state, joined_at, state_since)
		VALUES (?, gen_random_uuid(), 3, 'Une Voisine', 'fr', ?, 'active', now(), now()) RETURNING cooperative_id AS cooperative, id AS member`, o.aline.Cooperative, o.place).Scan(t.Context(), &resident))
	elsewhere, _ := o.found()
	ctx := t.Context()
	acts := map[string]func(coop.Actor) error{
		"list":     func(a coop.Actor) error { _, err := o.imports.All(ctx, a, coop.ImportID{}); return err },
		"one":      func(a coop.Actor) error { _, err := o.imports.One(ctx, a, i.ID); return err },
		"rows":     func(a coop.Actor) error { _, err := o.imports.Rows(ctx, a, i.ID, importing.New, 0); return err },
		"refusals": func(a coop.Actor) error { _, err := o.imports.Refusals(ctx, a, i.ID); return err },
		"lines":    func(a coop.Actor) error { _, err := o.imports.Lines(ctx, a, i.ID, 0); return err },
		"places":   func(a coop.Actor) error { _, err := o.imports.Places(ctx, a); return err },
		"decide":   func(a coop.Actor) error { return o.imports.Decide(ctx, a, i.ID, i.Turn, nil) },
		"leave":    func(a coop.Actor) error { return o.imports.LeaveRest(ctx, a, i.ID, i.Turn) },
		"sort":     func(a coop.Actor) error { return o.imports.Sort(ctx, a, i.ID, importing.Reading{}) },
		"confirm":  func(a coop.Actor) error { return o.imports.Confirm(ctx, a, i.ID, i.Turn) },
		"carry":    func(a coop.Actor) error { return o.imports.Carry(ctx, a, i.ID) },
		"drop":     func(a coop.Actor) error { return o.imports.Drop(ctx, a, i.ID) },
		"upload": func(a coop.Actor) error {
			_, err := o.imports.Upload(ctx, a, importing.Upload{Key: uuid.New(), Content: []byte("nom\nAda Un\n"), Place: o.place, Language: "fr"})
			return err
		},
	}
	for name, act := range acts {
		if err := act(resident); !errors.Is(err, rule.ErrNotFound) {
			t.Errorf("%s by a resident: %v", name, err)
		}
		err := act(elsewhere)
		switch name {
		case "list", "places", "carry":
		case "rows", "refusals", "lines":
		case "upload":
			if on(err) != "place rule.choose" {
				t.Errorf("upload into another cooperative's place: %v", err)
			}
		default:
			if !errors.Is(err, rule.ErrNotFound) {
				t.Errorf("%s from elsewhere: %v", name, err)
			}
		}
	}
	if rows, err := o.imports.Rows(ctx, elsewhere, i.ID, importing.New, 0); err != nil || len(rows) > 0 {
		t.Errorf("elsewhere they read %+v, %v", rows, err)
	}
	if _, err := o.imports.One(ctx, treasurer, i.ID); err != nil {
		t.Errorf("the treasurer: %v", err)
	}
}

func TestFiftyThousandLinesAreReadAndCarriedOut(t *testing.T) {
	if testing.Short() {
		t.Skip("it takes some seconds")
	}
	o := newOffice(t)
	file := strings.Builder{}
	file.WriteString("N;Nom d'utilisateur;Email;Téléphone;Autre téléphone;Créé le;Dernière connexion le;Langue;Solde\r\n")
	for n := range importing.MostLines {
		fmt.Fprintf(&file, "%d;Voisine Numéro %d;v%d@example.org;+3361234%04d;;2019-03-02 10:11:12 UTC;2026-01-02 10:00:00 UTC;fr;%d:%02d\r\n", n+2, n+2, n, n%10000, n%30, n%60)
	}
	began := time.Now()
	i := o.send(windows(t, file.String()))
	sorted := time.Since(began)
	if piles(i) != [4]int{importing.MostLines, 0, 0, 0} {
		t.Fatalf("the lines lie as %v", piles(i))
	}
	began = time.Now()
	i = o.carry(i)
	carried := time.Since(began)
	began = time.Now()
	again := o.send(windows(t, file.String()))
	t.Logf("read and sorted in %v, carried out in %v, sorted again in %v", sorted, carried, time.Since(began))
	if sorted > 10*time.Second {
		t.Errorf("reading and sorting took %v", sorted)
	}
	if i.State != importing.Done || i.Made != importing.MostLines || piles(again) != [4]int{0, importing.MostLines, 0, 0} {
		t.Errorf("it made %d; the second time the lines lie as %v", i.Made, piles(again))
	}
	o.sound()
}
