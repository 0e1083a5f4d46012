// Package dbtest gives tests a real PostgreSQL: a private cluster kept among the
// temporary files, in it one template database per set of migrations, and for each test
// a clone of that template, entered through the real roles.
//
// Several test programs share the cluster; the last one to end stops it. Nothing here
// waits for ever, and what a killed test left behind is cleared by the next one.
package dbtest

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"lien/database"
)

const patience = 2 * time.Minute

// shared is the cluster of this test program. It is a variable because the tests of a
// program have nothing but the program in common.
var shared struct {
	sync.Mutex
	cluster  *database.Cluster
	workshop *workshop
	failed   error
	mains    atomic.Bool
	clones   atomic.Int64
}

// Main runs the tests and then leaves the cluster. Every package that calls Open calls
// it from TestMain, with its *testing.M or something around it that looks for more.
func Main(m interface{ Run() int }) {
	shared.mains.Store(true)
	code := m.Run()
	if err := stop(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		code = max(code, 1)
	}
	os.Exit(code)
}

// Open returns the pools of a fresh, migrated database that only this test sees. It is
// dropped when the test ends. The pool Owner is for preparing and looking; what the
// test is about goes through the role that does it in the house.
func Open(t testing.TB) *database.Handles {
	t.Helper()
	return open(t, func(w *workshop, ctx context.Context, name string) error { return w.clone(ctx, name) })
}

// OpenEmpty returns the pools of a database without any migration, for tests of the
// migrations themselves.
func OpenEmpty(t testing.TB) *database.Handles {
	t.Helper()
	return open(t, func(w *workshop, ctx context.Context, name string) error { return w.empty(ctx, name) })
}

// Story is a database that is prepared once for the tests of a program, each of which then
// gets a copy of its own: for a world that takes longer to tell than to copy.
type Story struct {
	once sync.Once
	name string
	err  error
}

// Open returns the pools of a copy of what tell prepares. Only the first call tells; all
// the tests fail that ask for a story that could not be told.
func (s *Story) Open(t testing.TB, tell func(*database.Handles) error) *database.Handles {
	t.Helper()
	s.once.Do(func() { s.name, s.err = told(t, tell) })
	if s.err != nil {
		t.Fatal(s.err)
	}
	return open(t, func(w *workshop, ctx context.Context, name string) error { return w.copy(ctx, s.name, name) })
}

// told prepares a database that nobody is connected to afterwards, so that it can be
// copied. It stays until the program ends; the next one sweeps it away.
func told(t testing.TB, tell func(*database.Handles) error) (string, error) {
	work, err := joined(t)
	if err != nil {
		return "", err
	}
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	name := next()
	if err := work.clone(ctx, name); err != nil {
		return "", err
	}
	handles, err := database.Open(ctx, shared.cluster.Settings(name))
	if err != nil {
		return "", err
	}
	return name, errors.Join(tell(handles), handles.Close())
}

// Binaries returns the programs of the PostgreSQL that the tests run on.
func Binaries(t testing.TB) database.Binaries {
	t.Helper()
	if _, err := start(); err != nil {
		t.Fatal(err)
	}
	return shared.cluster.Binaries()
}

func open(t testing.TB, build func(*workshop, context.Context, string) error) *database.Handles {
	t.Helper()
	work, err := joined(t)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	name := next()
	if err := build(work, ctx, name); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), patience)
		defer cancel()
		if err := work.drop(ctx, name); err != nil {
			t.Error(err)
		}
	})
	handles, err := database.Open(ctx, shared.cluster.Settings(name))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := handles.Close(); err != nil {
			t.Error(err)
		}
	})
	return handles
}

// next is the name of one more database of this program.
func next() string { return fmt.Sprintf("test_%d_%d", os.Getpid(), shared.clones.Add(1)) }

// joined is the cluster of a program that promises to leave it.
func joined(t testing.TB) (*workshop, error) {
	t.Helper()
	if !shared.mains.Load() {
		t.Fatal("the package's TestMain must call dbtest.Main")
	}
	return start()
}

// start joins the cluster when the first test needs it; later ones get the same answer.
func start() (*workshop, error) {
	shared.Lock()
	defer shared.Unlock()
	if shared.workshop != nil || shared.failed != nil {
		return shared.workshop, shared.failed
	}
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	cluster := &database.Cluster{
		Folder:     filepath.Join(os.TempDir(), fmt.Sprintf("lien-test-%d", os.Geteuid())),
		Disposable: true,
	}
	if shared.failed = cluster.Start(ctx); shared.failed != nil {
		return nil, shared.failed
	}
	shared.cluster = cluster
	shared.workshop, shared.failed = newWorkshop(ctx, cluster)
	return shared.workshop, shared.failed
}

func stop() error {
	shared.Lock()
	defer shared.Unlock()
	if shared.workshop != nil {
		if err := shared.workshop.admin.Close(); err != nil {
			return err
		}
	}
	if shared.cluster == nil {
		return nil
	}
	return shared.cluster.Stop()
}
