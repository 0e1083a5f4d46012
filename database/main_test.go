package database_test

import (
	"context"
	"os"
	"syscall"
	"testing"

	"lien/database"
	"lien/database/dbtest"
)

// killed names the folder of a cluster that this program shall start before it kills
// itself, as a process without any chance to leave tidily.
const killed = "LIEN_TEST_KILLED_IN"

func TestMain(m *testing.M) {
	if folder := os.Getenv(killed); folder != "" {
		cluster := &database.Cluster{Folder: folder, Disposable: true}
		if err := cluster.Start(context.Background()); err != nil {
			os.Stderr.WriteString(err.Error())
			os.Exit(1)
		}
		_ = syscall.Kill(os.Getpid(), syscall.SIGKILL)
	}
	dbtest.Main(m)
}
