package neighbour_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"

	"lien/coop"
	"lien/coop/membership"
	"lien/coop/neighbour"
	"lien/rule"
)

// shows puts somebody in the directory with these fields.
func (s *street) shows(a coop.Actor, likes string, fields ...string) {
	s.t.Helper()
	ok(s.t, s.directory.Choose(s.t.Context(), a, neighbour.Visibility{
		Listed: true, Shows: fields, Likes: likes, LikesLanguage: "fr", Speaks: []string{"fr", "ar"},
	}))
}

func (s *street) finds(reader coop.Actor, search neighbour.Search) string {
	s.t.Helper()
	list, _, err := s.directory.List(s.t.Context(), reader, search)
	ok(s.t, err)
	var names []string
	for _, e := range list {
		names = append(names, e.Name)
	}
	return strings.Join(names, " ")
}

func TestOnlyWhoSwitchedItOnIsInTheDirectory(t *testing.T) {
	s := newStreet(t)
	if got := s.finds(s.bo, neighbour.Search{}); got != "" {
		t.Fatalf("got %q before anybody chose", got)
	}
	s.shows(s.ana, "", "since")
	if got := s.finds(s.bo, neighbour.Search{}); got != "Ana" {
		t.Fatalf("got %q", got)
	}
	ok(t, s.directory.Choose(t.Context(), s.ana, neighbour.Visibility{LikesLanguage: "fr"}))
	_, err := s.directory.One(t.Context(), s.bo, s.ana.Member)
	wants(t, err, rule.ErrNotFound)
}

func TestNothingIsShownNorFoundThatWasNotSwitchedOn(t *testing.T) {
	s := newStreet(t)
	full := neighbour.Entry{
		Building: "Bâtiment A", Languages: []string{"ar", "fr"}, Likes: "Réparer des vélos", Since: s.now,
	}
	searches := map[neighbour.Field]neighbour.Search{
		neighbour.Building: {Building: "Bâtiment A"}, neighbour.Languages: {Language: "ar"}, neighbour.Likes: {Words: "velos"},
	}
	for mask := range 1 << len(neighbour.Fields()) {
		var on []string
		want := neighbour.Entry{ID: s.ana.Member, Name: "Ana", Languages: []string{}, LikesLanguage: "fr", Key: "ana"}
		for n, field := range neighbour.Fields() {
			if mask>>n&1 == 0 {
				continue
			}
			on = append(on, string(field))
			switch field {
			case neighbour.Building:
				want.Building = full.Building
			case neighbour.Languages:
				want.Languages = full.Languages
			case neighbour.Likes:
				want.Likes = full.Likes
			case neighbour.Since:
				want.Since = full.Since
			}
		}
		s.shows(s.ana, full.Likes, on...)
		got, err := s.directory.One(t.Context(), s.bo, s.ana.Member)
		ok(t, err)
		got.Since, want.Since = got.Since.UTC(), want.Since.UTC()
		if fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("%v: got %+v, want %+v", on, got, want)
		}
		for field, search := range searches {
			if found := s.finds(s.bo, search) == "Ana"; found != slices.Contains(on, string(field)) {
				t.Errorf("%v: found by %s: %v", on, field, found)
			}
		}
		if buildings, err := s.directory.Buildings(t.Context(), s.bo); err != nil || (len(buildings) == 1) != slices.Contains(on, "building") {
			t.Errorf("%v: got buildings %v, %v", on, buildings, err)
		}
	}
}

func TestThePreviewIsWhatNeighboursSee(t *testing.T) {
	s := newStreet(t)
	if _, found, err := s.directory.Preview(t.Context(), s.ana); found || err != nil {
		t.Fatalf("somebody sees Ana: %v", err)
	}
	s.shows(s.ana, "Cuisiner", "likes")
	preview, found, err := s.directory.Preview(t.Context(), s.ana)
	ok(t, err)
	seen, err := s.directory.One(t.Context(), s.bo, s.ana.Member)
	ok(t, err)
	if !found || fmt.Sprint(preview) != fmt.Sprint(seen) {
		t.Errorf("got %+v, neighbours see %+v", preview, seen)
	}
}

func TestANameIsFoundWhateverItsAccents(t *testing.T) {
	s := newStreet(t)
	zoe := s.member("Zoé Lemaître")
	s.shows(zoe, "")
	s.shows(s.ana, "")
	for words, want := range map[string]string{"ZOE": "Zoé Lemaître", "lemaitre": "Zoé Lemaître", "an": "Ana", "%": "", "": "Ana Zoé Lemaître"} {
		if got := s.finds(s.bo, neighbour.Search{Words: words}); got != want {
			t.Errorf("%q: got %q, want %q", words, got, want)
		}
	}
}

func TestTheDirectoryIsPagedByName(t *testing.T) {
	s := newStreet(t)
	for n := range 65 {
		s.shows(s.member(fmt.Sprintf("Voisin %02d", n/2)), "") // two of each name
	}
	seen := map[coop.MemberID]bool{}
	pages, search := 0, neighbour.Search{}
	for more := true; more; pages++ {
		var list []neighbour.Entry
		var err error
		list, more, err = s.directory.List(t.Context(), s.ana, search)
		ok(t, err)
		for _, e := range list {
			seen[e.ID] = true
		}
		last := list[len(list)-1]
		search.After, search.AfterID = last.Key, last.ID
	}
	if len(seen) != 65 || pages != 3 {
		t.Errorf("got %d neighbours on %d pages", len(seen), pages)
	}
}

func TestTheDirectoryIsForNeighboursWhoSeeEachOther(t *testing.T) {
	s := newStreet(t)
	s.shows(s.ana, "")
	for name, reader := range map[string]coop.Actor{"hidden": s.bo, "suspended": s.cem, "of elsewhere": {Cooperative: rule.NewID[coop.CooperativeID](), Member: s.cem.Member}} {
		switch name {
		case "hidden":
			ok(t, s.blocks.Hide(t.Context(), s.ana, s.bo.Member))
		case "suspended":
			s.exec(`UPDATE coop.members SET state = 'suspended' WHERE id = ?`, s.cem.Member)
		}
		if got := s.finds(reader, neighbour.Search{}); got != "" {
			t.Errorf("%s: got %q", name, got)
		}
		_, err := s.directory.One(t.Context(), reader, s.ana.Member)
		wants(t, err, rule.ErrNotFound)
	}
	s.exec(`UPDATE coop.members SET state = 'paused' WHERE id = ?`, s.ana.Member)
	if got := s.finds(s.fay, neighbour.Search{}); got != "" {
		t.Errorf("who is paused is found: %q", got)
	}
}

func TestAPseudonymHidesTheOwnNameFromAllButFacilitators(t *testing.T) {
	s := newStreet(t)
	ok(t, s.directory.Choose(t.Context(), s.ana, neighbour.Visibility{Name: "Lune", Listed: true, LikesLanguage: "fr"}))
	if got := s.finds(s.bo, neighbour.Search{}); got != "Lune" {
		t.Errorf("neighbours read %q", got)
	}
	if got := s.finds(s.bo, neighbour.Search{Words: "Ana"}); got != "" {
		t.Errorf("the own name finds %q", got)
	}
	members := membership.NewMembers(s.Coop, s.clock)
	for _, words := range []string{"lune", "ana"} {
		found, err := members.Search(t.Context(), s.fay, words, 0)
		if err != nil || len(found) != 1 || found[0].Name != "Lune" || found[0].OwnName != "Ana" {
			t.Errorf("the desk finds %+v by %s, %v", found, words, err)
		}
	}
	v, err := s.directory.Mine(t.Context(), s.ana)
	if err != nil || v.Name != "Lune" || v.OwnName != "Ana" || !v.Pseudonym() {
		t.Fatalf("got %+v, %v", v, err)
	}
	for _, back := range []string{"", "Ana"} {
		ok(t, s.directory.Choose(t.Context(), s.ana, neighbour.Visibility{Name: "Étoile", LikesLanguage: "fr"}))
		ok(t, s.directory.Choose(t.Context(), s.ana, neighbour.Visibility{Name: back, LikesLanguage: "fr"}))
		if v, err := s.directory.Mine(t.Context(), s.ana); err != nil || v.Name != "Ana" || v.Pseudonym() {
			t.Errorf("%q: got %+v, %v", back, v, err)
		}
	}
}

func TestNobodySpeaksInAFacilitatorsPlace(t *testing.T) {
	s := newStreet(t)
	breaks(t, s.directory.Choose(t.Context(), s.ana, neighbour.Visibility{Name: "FÀY", LikesLanguage: "fr"}), "name", "visibility.name_taken")
	ok(t, s.directory.Choose(t.Context(), s.fay, neighbour.Visibility{Name: "Fay", LikesLanguage: "fr"}))
}

func TestTheFormOfWhatOneShowsIsChecked(t *testing.T) {
	s := newStreet(t)
	for want, v := range map[string]neighbour.Visibility{
		"name rule.too_short":        {Name: "A", LikesLanguage: "fr"},
		"name rule.too_long":         {Name: strings.Repeat("a", 41), LikesLanguage: "fr"},
		"likes rule.too_long":        {Likes: strings.Repeat("é", 201), LikesLanguage: "fr"},
		"likes rule.choose":          {LikesLanguage: "xx"},
		"shows rule.choose":          {Shows: []string{"balance"}, LikesLanguage: "fr"},
		"speaks rule.choose":         {Speaks: []string{"klingon"}, LikesLanguage: "fr"},
		"speaks visibility.too_many": {Speaks: codes(13), LikesLanguage: "fr"},
	} {
		field, key, _ := strings.Cut(want, " ")
		breaks(t, s.directory.Choose(t.Context(), s.ana, v), field, key)
	}
	if s.yes(`EXISTS (SELECT FROM coop.directory)`) {
		t.Error("something was written")
	}
	ok(t, s.directory.Choose(t.Context(), s.ana, neighbour.Visibility{Speaks: append(codes(12), codes(12)...), LikesLanguage: "fr"}))
	_, _, err := s.directory.List(t.Context(), s.ana, neighbour.Search{Language: "xx"})
	breaks(t, err, "language", "rule.choose")
}

func codes(n int) (list []string) {
	for _, t := range neighbour.Tongues()[:n] {
		list = append(list, t.Code)
	}
	return list
}

func TestEachLanguageStandsOnceUnderItsOwnName(t *testing.T) {
	codes, names := map[string]bool{}, map[string]bool{}
	for _, tongue := range neighbour.Tongues() {
		if codes[tongue.Code] || names[tongue.Name] || tongue.Name == "" {
			t.Errorf("%+v", tongue)
		}
		codes[tongue.Code], names[tongue.Name] = true, true
	}
	if neighbour.TongueName("tr") != "Türkçe" || neighbour.TongueName("xx") != "xx" {
		t.Error("a language is not named")
	}
}

// parted lets two have lived together, and no longer.
func (s *street) parted(a, b coop.Actor) {
	s.t.Helper()
	home := uuid.Must(uuid.NewV7())
	s.exec(`INSERT INTO coop.households (cooperative_id, id, began_by, client_key, began_at) VALUES (?, ?, ?, gen_random_uuid(), ?)`, s.cooperative, home, a.Member, s.now)
	s.exec(`INSERT INTO coop.household_members (cooperative_id, household_id, member_id, from_at, until_at, untold) VALUES (?, ?, ?, ?, NULL, false), (?, ?, ?, ?, ?, false)`,
		s.cooperative, home, a.Member, s.now.AddDate(0, -2, 0), s.cooperative, home, b.Member, s.now.AddDate(0, -2, 0), s.now.AddDate(0, -1, 0))
}

func TestWhoPartedFindsNoBuildingOfTheOtherInTheDirectory(t *testing.T) {
	s := newStreet(t)
	for _, who := range []coop.Actor{s.ana, s.bo} {
		s.shows(who, "", "building")
	}
	s.parted(s.ana, s.bo)
	for _, two := range [][2]coop.Actor{{s.ana, s.bo}, {s.bo, s.ana}} {
		reader, other := two[0], two[1]
		e, err := s.directory.One(t.Context(), reader, other.Member)
		ok(t, err)
		if e.Building != "" {
			t.Errorf("they read %q", e.Building)
		}
		if got, own := s.finds(reader, neighbour.Search{Building: "Bâtiment A"}), s.finds(reader, neighbour.Search{Words: "batiment"}); strings.Contains(got+own, " ") {
			t.Errorf("searching for the building finds %q and %q", got, own)
		}
		if e, err = s.directory.One(t.Context(), s.cem, other.Member); err != nil || e.Building != "Bâtiment A" {
			t.Errorf("others read %q, %v", e.Building, err)
		}
	}
	names, err := s.directory.Buildings(t.Context(), s.bo)
	ok(t, err)
	s.exec(`UPDATE coop.directory SET shows = '{}' WHERE member_id = ?`, s.bo.Member)
	after, err := s.directory.Buildings(t.Context(), s.bo)
	ok(t, err)
	if len(names) != 1 || len(after) != 0 {
		t.Errorf("the buildings to choose from are %v, and %v when only the other shows theirs", names, after)
	}
}
