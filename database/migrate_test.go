package database_test

import (
	"sync"
	"testing"

	"lien/database"
	"lien/database/dbtest"
)

func TestADatabaseBehindIsSeenByEveryRole(t *testing.T) {
	h := dbtest.OpenEmpty(t)
	behind, err := database.Pending(t.Context(), h.Coop.DB)
	if err != nil || behind == 0 {
		t.Fatalf("an empty database: %d pending, %v; want all", behind, err)
	}
	done, err := database.Migrate(t.Context(), h.Owner.DB)
	if err != nil || len(done) != behind {
		t.Fatalf("migrated %d, %v; want %d", len(done), err, behind)
	}
	if behind, err = database.Pending(t.Context(), h.Coop.DB); err != nil || behind != 0 {
		t.Errorf("a migrated database: %d pending, %v; want none", behind, err)
	}
	steps, err := database.Status(t.Context(), h.Owner.DB)
	if err != nil || len(steps) != len(done) {
		t.Fatalf("status shows %d steps, %v; want %d", len(steps), err, len(done))
	}
	for _, step := range steps {
		if step.Applied.IsZero() {
			t.Errorf("%s is not applied", step.File)
		}
	}
}

func TestTwoProcessesMigrateOnce(t *testing.T) {
	h := dbtest.OpenEmpty(t)
	var group sync.WaitGroup
	counts := make([]int, 2)
	for i := range counts {
		group.Go(func() {
			done, err := database.Migrate(t.Context(), h.Owner.DB)
			if err != nil {
				t.Error(err)
			}
			counts[i] = len(done)
		})
	}
	group.Wait()
	if (counts[0] == 0) == (counts[1] == 0) {
		t.Errorf("migrations applied: %v; want all by one and none by the other", counts)
	}
}

func TestAMigrationThatLandsLateIsPendingUntilItIsApplied(t *testing.T) {
	h := dbtest.OpenEmpty(t)
	if _, err := database.Migrate(t.Context(), h.Owner.DB); err != nil {
		t.Fatal(err)
	}
	if _, err := h.Owner.ExecContext(t.Context(), `DROP TABLE coop.deposits CASCADE;
		ALTER TABLE coop.lending_rules DROP COLUMN deposit_minutes;
		DELETE FROM public.goose_db_version WHERE version_id = 47`); err != nil {
		t.Fatal(err)
	}
	if behind, err := database.Pending(t.Context(), h.Coop.DB); err != nil || behind != 1 {
		t.Errorf("%d pending, %v; want the one that is missing among later ones", behind, err)
	}
	if done, err := database.Migrate(t.Context(), h.Owner.DB); err != nil || len(done) != 1 {
		t.Errorf("applied %d, %v; want the missing one", len(done), err)
	}
}
