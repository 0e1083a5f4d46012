package importing_test

import (
	"strings"
	"testing"
	"time"

	"lien/coop"
	"lien/coop/importing"
	"lien/rule"
)

// building adds a place under another.
func (o *office) building(kind, name string, under ...coop.PlaceID) coop.PlaceID {
	o.t.Helper()
	id := rule.NewID[coop.PlaceID]()
	path := []string{}
	for _, p := range append(under, id) {
		path = append(path, "'"+p.String()+"'::uuid")
	}
	_, err := o.Owner.NewRaw(`INSERT INTO coop.places (cooperative_id, id, parent_id, kind, name, path) VALUES (?, ?, ?, ?, ?, ARRAY[`+strings.Join(path, ",")+`])`,
		o.aline.Cooperative, id, under[len(under)-1], kind, name).Exec(o.t.Context())
	o.must(err)
	return id
}

func TestAListSaysWhereEachPersonLives(t *testing.T) {
	o := newOffice(t)
	a, b := o.building("building", "Bâtiment A", o.place), o.building("building", "Bâtiment B", o.place)
	a1, b1 := o.building("stairwell", "Escalier 1", o.place, a), o.building("stairwell", "Escalier 1", o.place, b)
	i := o.send("Numéro;Nom;Bâtiment\n" + strings.Join([]string{
		"10;Nadia Un;batiment b", "11;Nadia Deux;Bâtiment A, escalier 1", "12;Nadia Trois;Escalier 1 / Bâtiment B", "13;Nadia Quatre;",
		"14;Nadia Cinq;Escalier 1", "15;Nadia Six;Tour Eiffel", "16;Nadia Sept;=B", "17;Nadia Huit;Les Iris › Bâtiment B › Escalier 1",
	}, "\n"))
	if i.Columns[2] != importing.Home || piles(i) != [4]int{5, 0, 0, 3} {
		t.Fatalf("the columns are %v, the lines lie as %v", i.Columns, piles(i))
	}
	why := map[string]string{}
	for _, r := range o.rows(i.ID, importing.Refused) {
		why[r.Name] = r.Why + " " + r.Hint
	}
	if why["Nadia Cinq"] != "many_places Escalier 1" || why["Nadia Six"] != "no_place Tour Eiffel" || why["Nadia Sept"] != "formula " {
		t.Errorf("refused: %v", why)
	}
	o.carry(i)
	for number, place := range map[int]coop.PlaceID{10: b, 11: a1, 12: b1, 13: o.place, 17: b1} {
		if n := o.count(`SELECT count(*) FROM coop.members WHERE number = ? AND place_id = ?`, number, place); n != 1 {
			t.Errorf("%d does not live where the list says", number)
		}
	}
	o.sound()
}

func TestRefusedLinesAreThereForTwoWeeksAfterTheEnd(t *testing.T) {
	o := newOffice(t)
	done := o.carry(o.send("Numéro;Nom\n10;Nadia Un\ndouze;Nadia Deux\n"))
	if list, err := o.imports.Refusals(t.Context(), o.aline, done.ID); err != nil || len(list) != 1 || list[0].Line != 3 || !done.Mendable(o.now) {
		t.Fatalf("%+v, %v, mendable %v", list, err, done.Mendable(o.now))
	}
	o.sound()
	o.now = o.now.Add(14 * 24 * time.Hour)
	_, err := o.imports.Due(t.Context())
	o.must(err)
	if n := o.count(`SELECT count(*) FROM coop.import_rows`); n != 0 || o.one(done.ID).Mendable(o.now) {
		t.Errorf("%d refused lines are kept for ever", n)
	}
	dropped := o.send("Numéro;Nom\n20;Nadia Un\ndouze;Nadia Deux\n")
	o.must(o.imports.Drop(t.Context(), o.aline, dropped.ID))
	if n := o.count(`SELECT count(*) FROM coop.import_rows`); n != 0 {
		t.Errorf("%d lines of a list that was called off are kept", n)
	}
}
