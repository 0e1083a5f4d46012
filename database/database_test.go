package database_test

import (
	"testing"

	"github.com/uptrace/bun"

	"lien/database"
	"lien/database/dbtest"
)

func TestEachPoolLogsInAsItsOwnRole(t *testing.T) {
	h := dbtest.Open(t)
	for role, db := range map[database.Role]*bun.DB{
		database.Account: h.Account, database.Coop: h.Coop, database.Support: h.Support,
		database.Study: h.Study, database.Owner: h.Owner,
	} {
		var got database.Role
		if err := db.NewRaw("SELECT current_user").Scan(t.Context(), &got); err != nil {
			t.Fatal(err)
		}
		if got != role {
			t.Errorf("current_user: got %s, want %s", got, role)
		}
	}
}

func TestABrokenConstraintIsNamed(t *testing.T) {
	h := dbtest.Open(t)
	_, err := h.Owner.NewRaw(`CREATE TABLE public.hours (n int CONSTRAINT hours_are_positive CHECK (n > 0));
INSERT INTO public.hours VALUES (0)`).Exec(t.Context())
	if got, want := database.Broken(err), "hours_are_positive"; got != want {
		t.Errorf("got %q, want %q (error %v)", got, want, err)
	}
	if got := database.Broken(nil); got != "" {
		t.Errorf("no error: got %q, want none", got)
	}
}
