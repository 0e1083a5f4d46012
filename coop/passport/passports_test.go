package passport_test

import (
	"crypto/hmac"
	"crypto/sha256"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"lien/coop"
	"lien/coop/cheque"
	"lien/coop/exchange"
	"lien/coop/hours"
	"lien/coop/passport"
	"lien/database"
	"lien/database/dbtest"
	"lien/rule"
)

func TestMain(m *testing.M) { dbtest.Main(m) }

// street is a cooperative of three: A facilitates, B is helped, C helps and has a passport.
type street struct {
	*database.Handles
	at          time.Time
	cooperative coop.CooperativeID
	members     []coop.MemberID
	passports   *passport.Passports
	agreements  *exchange.Agreements
}

func newStreet(t *testing.T) *street {
	t.Helper()
	s := &street{Handles: dbtest.Open(t), at: time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC), cooperative: rule.NewID[coop.CooperativeID]()}
	s.passports = passport.NewPassports(s.Coop, derive, s.now)
	s.agreements = exchange.NewAgreements(s.Coop, s.now)
	place := rule.NewID[coop.PlaceID]()
	s.exec(t, `INSERT INTO coop.cooperatives (id, name, town, zone, last_number, created_at) VALUES (?, 'Les Iris', 'Orléans', 'Europe/Paris', 3, ?)`, s.cooperative, s.at)
	s.exec(t, `INSERT INTO coop.places (cooperative_id, id, kind, name, path) VALUES (?, ?, 'residence', 'Les Iris', ARRAY[?::uuid])`, s.cooperative, place, place)
	for n, name := range []string{"Aline", "Bintou", "Chantal"} {
		id := rule.NewID[coop.MemberID]()
		s.exec(t, `INSERT INTO coop.members (cooperative_id, id, number, name, language, place_id, state, joined_at, state_since, speaks)
VALUES (?, ?, ?, ?, 'fr', ?, 'active', ?, ?, '{fr,ar}')`, s.cooperative, id, n+1, name, place, s.at.AddDate(-1, 0, 0), s.at)
		s.members = append(s.members, id)
	}
	s.exec(t, `INSERT INTO coop.member_roles (cooperative_id, member_id, role, from_at) VALUES (?, ?, 'facilitator', ?)`, s.cooperative, s.members[0], s.at)
	return s
}

func derive(label string, id []byte) []byte {
	mac := hmac.New(sha256.New, []byte(label))
	mac.Write(id)
	return mac.Sum(nil)
}

func (s *street) now() time.Time { return s.at }

func (s *street) exec(t *testing.T, query string, args ...any) {
	t.Helper()
	if _, err := s.Coop.NewRaw(query, args...).Exec(t.Context()); err != nil {
		t.Fatal(err)
	}
}

func (s *street) actor(n int) coop.Actor {
	return coop.Actor{Cooperative: s.cooperative, Member: s.members[n]}
}

// helped lets C help B for so many minutes, and B thank with words.
func (s *street) helped(t *testing.T, category string, minutes int64, thanks string) coop.AgreementID {
	t.Helper()
	listings := exchange.NewListings(s.Coop, s.now)
	listing, err := listings.Publish(t.Context(), s.actor(2), exchange.Draft{
		Key: uuid.New(), Kind: exchange.Offer, Category: exchange.Category(category), Title: "Une étagère", Details: "Avec mes outils, le soir.", Language: "fr", Minutes: minutes,
	})
	if err != nil {
		t.Fatal(err)
	}
	id := rule.NewID[coop.AgreementID]()
	ledger := hours.NewLedger(s.Coop, s.now)
	s.exec(t, `INSERT INTO coop.agreements (cooperative_id, id, listing_id, giver_id, receiver_id, proposed_by, state, about, language, planned_at, minutes_planned, meeting, steps, client_key, created_at, state_since, minutes_paid)
VALUES (?, ?, ?, ?, ?, ?, 'confirmed', 'Étagère', 'fr', ?, ?, 'outside', 1, ?, ?, ?, ?)`,
		s.cooperative, id, listing, s.members[2], s.members[1], s.members[1], s.at, minutes, uuid.New(), s.at, s.at, minutes)
	tx, err := s.Coop.BeginTx(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	_, err = ledger.Pay(t.Context(), tx, hours.Payment{Cooperative: s.cooperative, Agreement: id, From: s.members[1], To: s.members[2], Minutes: minutes, By: s.members[1], At: s.at})
	if err != nil {
		t.Fatal(err)
	}
	if err := tx.Commit(); err != nil {
		t.Fatal(err)
	}
	if thanks != "" {
		if err := s.agreements.Thank(t.Context(), s.actor(1), id, exchange.Words{Text: thanks, Language: "fr"}); err != nil {
			t.Fatal(err)
		}
		if err := s.agreements.ShowThanks(t.Context(), s.actor(2), id, true); err != nil {
			t.Fatal(err)
		}
	}
	return id
}

func wish() passport.Wish {
	return passport.Wish{Key: uuid.New(), Name: "Chantal L.", Words: "J’aime bricoler.", Language: "fr", Days: 90}
}

func (s *street) issue(t *testing.T, w passport.Wish) passport.Link {
	t.Helper()
	id, err := s.passports.Issue(t.Context(), s.actor(2), w)
	if err != nil {
		t.Fatal(err)
	}
	link, err := s.passports.One(t.Context(), s.actor(2), id)
	if err != nil {
		t.Fatal(err)
	}
	return link
}

func broken(err error) string {
	var invalid *rule.Invalid
	if errors.As(err, &invalid) {
		return invalid.Field + " " + invalid.Rule
	}
	return ""
}

func TestAPassportSaysWhatItsMemberChoseAndNothingElse(t *testing.T) {
	s := newStreet(t)
	thanked := s.helped(t, "repair", 90, "Merci pour l’étagère.")
	s.helped(t, "cooking", 60, "Un régal.")
	w := wish()
	w.Themes, w.Languages, w.Thanks = []string{"repair", "garden"}, []string{"ar", "en"}, []coop.AgreementID{thanked, rule.NewID[coop.AgreementID]()}
	link := s.issue(t, w)
	got, standing, err := s.passports.Check(t.Context(), link.Token)
	if err != nil || standing != passport.Valid {
		t.Fatalf("got %s, %v", standing, err)
	}
	shown := got.Shown
	if shown.Name != "Chantal L." || shown.House != "Les Iris" || shown.Total() != 90 || len(shown.Themes) != 1 || shown.Themes[0].Category != "repair" {
		t.Errorf("got %+v", shown)
	}
	if !slices.Equal(shown.Languages, []string{"ar"}) || shown.Attended != 0 || !shown.Since.IsZero() {
		t.Errorf("more than was chosen: %+v", shown)
	}
	if len(shown.Thanks) != 1 || shown.Thanks[0].Words != "Merci pour l’étagère." {
		t.Errorf("thanks: %+v", shown.Thanks)
	}
}

func TestAPassportEndsAtOnceWhenWithdrawnAndByItself(t *testing.T) {
	s := newStreet(t)
	first, second := s.issue(t, wish()), s.issue(t, wish())
	for range 2 { // again changes nothing
		if err := s.passports.Withdraw(t.Context(), s.actor(2), first.ID); err != nil {
			t.Fatal(err)
		}
	}
	s.at = s.at.AddDate(0, 0, 89)
	for token, want := range map[string]passport.Standing{
		first.Token: passport.Withdrawn, second.Token: passport.Valid, strings.Repeat("A", 43): passport.Unknown, "x": passport.Unknown, "": passport.Unknown,
	} {
		if _, got, err := s.passports.Check(t.Context(), token); err != nil || got != want {
			t.Errorf("%.8s: got %s, %v; want %s", token, got, err, want)
		}
	}
	s.at = s.at.AddDate(0, 0, 2)
	got, standing, err := s.passports.Check(t.Context(), second.Token)
	if err != nil || standing != passport.Expired || got.Shown.Name != "" {
		t.Errorf("after its days: %s %+v, %v", standing, got, err)
	}
	var kept int
	if err := s.Coop.NewRaw(`SELECT count(*) FROM coop.passport_links WHERE withdrawn_at IS NOT NULL AND shown IS NOT NULL`).Scan(t.Context(), &kept); err != nil || kept != 0 {
		t.Errorf("%d withdrawn passports keep what they said (%v)", kept, err)
	}
	s.at = s.at.AddDate(0, 0, 90)
	if n, err := s.passports.Sweep(t.Context()); err != nil || n != 2 {
		t.Errorf("%d were thrown away, %v; want 2", n, err)
	}
}

func TestNobodyElseReadsOrEndsAPassport(t *testing.T) {
	s := newStreet(t)
	link := s.issue(t, wish())
	for _, who := range []coop.Actor{s.actor(0), s.actor(1), {Cooperative: rule.NewID[coop.CooperativeID](), Member: s.members[2]}} {
		if _, err := s.passports.One(t.Context(), who, link.ID); !errors.Is(err, rule.ErrNotFound) {
			t.Errorf("read by somebody else: %v", err)
		}
		if err := s.passports.Withdraw(t.Context(), who, link.ID); !errors.Is(err, rule.ErrNotFound) {
			t.Errorf("ended by somebody else: %v", err)
		}
		if list, err := s.passports.Mine(t.Context(), who); err != nil || len(list) != 0 {
			t.Errorf("listed for somebody else: %v, %v", list, err)
		}
	}
}

func TestWordsOfThanksThatAreTakenDownLeaveThePassport(t *testing.T) {
	s := newStreet(t)
	id := s.helped(t, "repair", 60, "Merci.")
	w := wish()
	w.Thanks = []coop.AgreementID{id}
	link := s.issue(t, w)
	s.at = s.at.Add(time.Hour)
	if err := s.agreements.Thank(t.Context(), s.actor(1), id, exchange.Words{Text: "Autre chose.", Language: "fr"}); err != nil {
		t.Fatal(err)
	}
	if err := s.agreements.ShowThanks(t.Context(), s.actor(2), id, true); err != nil {
		t.Fatal(err)
	}
	if got, _, err := s.passports.Check(t.Context(), link.Token); err != nil || len(got.Shown.Thanks) != 0 {
		t.Errorf("words changed since are shown: %+v, %v", got.Shown.Thanks, err)
	}
	fresh := wish()
	fresh.Thanks = w.Thanks
	link = s.issue(t, fresh)
	if err := s.agreements.ReportThanks(t.Context(), s.actor(2), id); err != nil {
		t.Fatal(err)
	}
	if got, _, err := s.passports.Check(t.Context(), link.Token); err != nil || len(got.Shown.Thanks) != 0 {
		t.Errorf("words taken back are shown: %+v, %v", got.Shown.Thanks, err)
	}
}

func TestHoursAreThoseThatBothConfirmed(t *testing.T) {
	s := newStreet(t)
	s.helped(t, "repair", 60, "")
	s.helped(t, "repair", 30, "")
	wrong := s.helped(t, "garden", 45, "")
	booklets, leaves := cheque.NewBooklets(s.Coop, derive, s.now), cheque.NewLeaves(s.Coop, derive, s.now)
	booklet, err := booklets.Issue(t.Context(), s.actor(0), cheque.Issue{Key: uuid.New(), Number: 2, Leaves: 5})
	if err != nil {
		t.Fatal(err)
	}
	_, printed, err := booklets.Print(t.Context(), s.actor(0), booklet)
	if err != nil {
		t.Fatal(err)
	}
	said := cheque.Presentation{Minutes: 20, Category: "sewing", Language: "fr"}
	if _, err := leaves.Honour(t.Context(), s.actor(0), 3, printed[0].Code, said); err != nil {
		t.Fatal(err)
	}
	if _, err := leaves.Present(t.Context(), s.actor(2), printed[1].Code, said); err != nil { // waits
		t.Fatal(err)
	}
	var transfer coop.TransferID
	if err := s.Coop.NewRaw(`SELECT id FROM coop.transfers WHERE agreement_id = ?`, wrong).Scan(t.Context(), &transfer); err != nil {
		t.Fatal(err)
	}
	if _, err := hours.NewLedger(s.Coop, s.now).Correct(t.Context(), s.actor(0), hours.Correction{Transfer: transfer, Words: "Une erreur de date.", Language: "fr"}); err != nil {
		t.Fatal(err)
	}
	f, err := s.passports.Facts(t.Context(), s.actor(2))
	want := []passport.Theme{{Category: "repair", Minutes: 90}, {Category: "sewing", Minutes: 20}}
	if err != nil || !slices.Equal(f.Themes, want) {
		t.Errorf("got %+v, %v; want %+v", f.Themes, err, want)
	}
}

func TestAPassportIsIssuedOnceAndNotWithoutEnd(t *testing.T) {
	s := newStreet(t)
	w := wish()
	first := s.issue(t, w)
	if again := s.issue(t, w); again.ID != first.ID {
		t.Error("sent again it is another one")
	}
	for change, want := range map[string]string{
		"name": "name rule.missing", "words": "words rule.unreadable", "days": "days rule.choose",
	} {
		w := wish()
		switch change {
		case "name":
			w.Name = " "
		case "words":
			w.Words = "a\x00b"
		case "days":
			w.Days = 100000
		}
		if _, err := s.passports.Issue(t.Context(), s.actor(2), w); broken(err) != want {
			t.Errorf("%s: got %v, want %s", change, err, want)
		}
	}
	for range 19 {
		s.issue(t, wish())
	}
	if _, err := s.passports.Issue(t.Context(), s.actor(2), wish()); broken(err) != "days passport.plenty" {
		t.Errorf("the twenty-first: %v", err)
	}
}

func TestTheMemberSeesOnWhichDaySomebodyLooked(t *testing.T) {
	s := newStreet(t)
	link := s.issue(t, wish())
	if !link.CheckedOn.IsZero() {
		t.Error("looked at before anybody did")
	}
	s.at = s.at.AddDate(0, 0, 3)
	if _, _, err := s.passports.Check(t.Context(), link.Token); err != nil {
		t.Fatal(err)
	}
	got, err := s.passports.One(t.Context(), s.actor(2), link.ID)
	if err != nil || got.CheckedOn.Format(time.DateOnly) != "2026-11-26" {
		t.Errorf("got %v, %v", got.CheckedOn, err)
	}
}
