package database_test

import (
	"context"
	"errors"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"lien/database"
)

// newFolder returns a folder for a cluster whose path leads through no closed folder
// and is short enough for a socket.
func newFolder(t *testing.T) string {
	t.Helper()
	folder, err := os.MkdirTemp("", "lien-cluster-")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(folder, 0o755); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(folder) })
	return filepath.Join(folder, "postgres")
}

func started(t *testing.T, folder string) *database.Cluster {
	t.Helper()
	cluster := &database.Cluster{Folder: folder, Disposable: true}
	if err := cluster.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	return cluster
}

func stop(t *testing.T, cluster *database.Cluster) {
	t.Helper()
	if err := cluster.Stop(); err != nil {
		t.Fatal(err)
	}
}

func runs(cluster *database.Cluster) bool {
	conn, err := net.Dial("unix", filepath.Join(cluster.Folder, ".s.PGSQL.5432"))
	if err != nil {
		return false
	}
	_ = conn.Close()
	return true
}

// serverOf returns the process that serves the data.
func serverOf(t *testing.T, cluster *database.Cluster) int {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(cluster.Folder, "data", "postmaster.pid"))
	if err != nil {
		t.Fatal(err)
	}
	first, _, _ := strings.Cut(string(text), "\n")
	pid, err := strconv.Atoi(first)
	if err != nil {
		t.Fatal(err)
	}
	return pid
}

func TestTheLastUserStopsTheCluster(t *testing.T) {
	folder := newFolder(t)
	first, second := started(t, folder), started(t, folder)
	stop(t, first)
	if !runs(second) {
		t.Error("the cluster ended while it still had a user")
	}
	stop(t, second)
	if runs(second) {
		t.Error("the cluster runs on without a user")
	}
}

func TestManyUsersStartOneCluster(t *testing.T) {
	folder := newFolder(t)
	var group sync.WaitGroup
	for range 6 {
		group.Go(func() {
			cluster := &database.Cluster{Folder: folder, Disposable: true}
			if err := cluster.Start(t.Context()); err != nil {
				t.Error(err)
				return
			}
			if err := cluster.Create(t.Context(), "lien"); err != nil {
				t.Error(err)
			}
			if err := cluster.Stop(); err != nil {
				t.Error(err)
			}
		})
	}
	group.Wait()
}

func TestAClusterLeftByAKilledUserIsTakenOver(t *testing.T) {
	folder := newFolder(t)
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), program)
	cmd.Env = append(os.Environ(), killed+"="+folder)
	out, err := cmd.CombinedOutput()
	var exit *exec.ExitError
	if !errors.As(err, &exit) || exit.ExitCode() != -1 {
		t.Fatalf("the user was to be killed: %v\n%s", err, out)
	}
	before := serverOf(t, &database.Cluster{Folder: folder})
	cluster := started(t, folder)
	if now := serverOf(t, cluster); now != before {
		t.Errorf("the running server %d was not taken over: %d serves now", before, now)
	}
	stop(t, cluster)
	if runs(cluster) {
		t.Error("the cluster runs on without a user")
	}
}

func TestAKilledServerLosesNothing(t *testing.T) {
	folder := newFolder(t)
	cluster := &database.Cluster{Folder: folder}
	if err := cluster.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	conn, err := pgx.Connect(t.Context(), cluster.Address("postgres", "postgres"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := conn.Exec(t.Context(), "CREATE TABLE kept AS SELECT 7 AS n"); err != nil {
		t.Fatal(err)
	}
	_ = conn.Close(t.Context())
	if err := syscall.Kill(serverOf(t, cluster), syscall.SIGKILL); err != nil {
		t.Fatal(err)
	}
	again := &database.Cluster{Folder: folder}
	if err := again.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	if conn, err = pgx.Connect(t.Context(), again.Address("postgres", "postgres")); err != nil {
		t.Fatal(err)
	}
	var n int
	if err := conn.QueryRow(t.Context(), "SELECT n FROM kept").Scan(&n); err != nil || n != 7 {
		t.Errorf("got %d, %v; want 7", n, err)
	}
	_ = conn.Close(t.Context())
	stop(t, again)
	stop(t, cluster)
}

// After a machine or a container starts again, the number of a dead server may belong
// to another program.
func TestANoteOfADeadServerDoesNotStopTheNext(t *testing.T) {
	folder := newFolder(t)
	stop(t, started(t, folder))
	bystander := exec.CommandContext(t.Context(), "sleep", "600")
	bystander.SysProcAttr = &syscall.SysProcAttr{}
	if info, err := os.Stat(folder); err == nil && os.Geteuid() == 0 {
		stat, _ := info.Sys().(*syscall.Stat_t)
		bystander.SysProcAttr.Credential = &syscall.Credential{Uid: stat.Uid, Gid: stat.Gid}
	}
	bystander.Dir = "/"
	if err := bystander.Start(); err != nil {
		t.Fatal(err)
	}
	defer func() { _ = bystander.Process.Kill(); _ = bystander.Wait() }()
	note := filepath.Join(folder, "data", "postmaster.pid")
	if err := os.WriteFile(note, []byte(strconv.Itoa(bystander.Process.Pid)+"\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	stop(t, started(t, folder))
}

func TestStartingGivesUpInTime(t *testing.T) {
	folder := newFolder(t)
	stop(t, started(t, folder))
	door, err := os.OpenFile(filepath.Join(folder, "start.lock"), os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer door.Close()
	if err := syscall.Flock(int(door.Fd()), syscall.LOCK_EX); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	err = (&database.Cluster{Folder: folder}).Start(ctx)
	if !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("got %v, want the deadline", err)
	}
}

func TestDataOfAnotherVersionIsNamed(t *testing.T) {
	folder := newFolder(t)
	stop(t, started(t, folder))
	if err := os.WriteFile(filepath.Join(folder, "data", "PG_VERSION"), []byte("9\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	err := (&database.Cluster{Folder: folder}).Start(t.Context())
	if err == nil || !strings.Contains(err.Error(), "PostgreSQL 9") {
		t.Errorf("got %v, want a sentence about PostgreSQL 9", err)
	}
}

func TestAFolderWithALongPathGetsAShortSocket(t *testing.T) {
	folder := filepath.Join(newFolder(t), strings.Repeat("long/", 25), "postgres")
	cluster := started(t, folder)
	defer stop(t, cluster)
	conn, err := pgx.Connect(t.Context(), cluster.Address("postgres", "postgres"))
	if err != nil {
		t.Fatal(err)
	}
	_ = conn.Close(t.Context())
}

func BenchmarkStartAndStop(b *testing.B) {
	folder, err := os.MkdirTemp("", "lien-cluster-")
	if err != nil {
		b.Fatal(err)
	}
	defer os.RemoveAll(folder)
	if err := os.Chmod(folder, 0o755); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		cluster := &database.Cluster{Folder: filepath.Join(folder, "postgres")}
		if err := cluster.Start(b.Context()); err != nil {
			b.Fatal(err)
		}
		if err := cluster.Stop(); err != nil {
			b.Fatal(err)
		}
	}
}
