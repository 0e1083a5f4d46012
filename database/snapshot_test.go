package database_test

import (
	"os"
	"strings"
	"testing"

	"lien/database"
	"lien/database/dbtest"
	"lien/migrations"
)

// With LIEN_WRITE_SCHEMA set, as by make schema, the snapshot is rewritten.
func TestTheSnapshotShowsTheSchema(t *testing.T) {
	h := dbtest.Open(t)
	binaries := dbtest.Binaries(t)
	got, err := database.Snapshot(t.Context(), binaries, h.Direct(database.Owner))
	if err != nil {
		t.Fatal(err)
	}
	if os.Getenv("LIEN_WRITE_SCHEMA") != "" {
		if err := os.WriteFile("../migrations/"+migrations.Snapshot, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	file, err := migrations.Files.ReadFile(migrations.Snapshot)
	if err != nil {
		t.Fatal(err)
	}
	want := string(file)
	if !database.SnapshotFits(want, binaries) {
		t.Skipf("the snapshot was made by another major version than the installed %d", binaries.Major)
	}
	if got != want {
		t.Errorf("migrations/%s is not what the migrations make: run make schema\n%s", migrations.Snapshot, firstDifference(got, want))
	}
}

func firstDifference(got, want string) string {
	is, was := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range min(len(is), len(was)) {
		if is[i] != was[i] {
			return "made:     " + is[i] + "\nsnapshot: " + was[i]
		}
	}
	return "one of them goes on"
}
