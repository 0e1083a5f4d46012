package database

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// patience bounds each wait for PostgreSQL or for another process: recovering a large
// cluster after a crash may take a while, but nothing waits for ever.
const patience = 90 * time.Second

// Cluster is a private PostgreSQL run from the programs installed on this machine: no
// port and no password, but a unix socket in a folder that only its account may enter.
// Several processes may use one cluster at once; the last to leave stops it. What a
// killed process left running is taken over by the next one.
type Cluster struct {
	// Folder holds everything: data/, the socket, the locks and postgres.log.
	Folder string
	// Disposable says that the data need not outlive a power cut, as in tests: nothing
	// waits for the disk.
	Disposable bool

	binaries Binaries
	servant  servant
	sockets  string // the folder of the socket
	users    *latch // held shared by everyone who uses the cluster
}

// Start makes the cluster if its folder is new, starts it if it does not run, and takes
// a place among its users. It must be followed by Stop.
func (c *Cluster) Start(ctx context.Context) (err error) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	if err := c.prepare(); err != nil {
		return err
	}
	door, err := c.enter(ctx)
	if err != nil {
		return err
	}
	defer door.close()
	if c.users, err = openLatch(filepath.Join(c.Folder, "users.lock")); err != nil {
		return err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, c.users.close())
		}
	}()
	if err := c.users.wait(ctx, syscall.LOCK_SH); err != nil {
		return err
	}
	if err := c.makeData(ctx); err != nil {
		return err
	}
	return c.run(ctx)
}

// Stop leaves the cluster, and ends it when nobody else uses it.
func (c *Cluster) Stop() error {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	door, err := c.enter(ctx)
	if err != nil {
		return errors.Join(err, c.users.close())
	}
	defer door.close()
	last, err := c.users.try(syscall.LOCK_EX)
	if err == nil && last {
		err = c.end(ctx)
	}
	return errors.Join(err, c.users.close())
}

// Address returns where role finds the named database of the cluster.
func (c *Cluster) Address(role Role, database string) string {
	return address(string(role), c.sockets, database)
}

// Binaries returns the programs that the cluster runs on.
func (c *Cluster) Binaries() Binaries { return c.binaries }

func (c *Cluster) superuser(database string) string {
	return address(superuser, c.sockets, database)
}

// enter takes the lock under which the cluster is started and stopped.
func (c *Cluster) enter(ctx context.Context) (*latch, error) {
	door, err := openLatch(filepath.Join(c.Folder, "start.lock"))
	if err != nil {
		return nil, err
	}
	if err := door.wait(ctx, syscall.LOCK_EX); err != nil {
		return nil, errors.Join(err, door.close())
	}
	return door, nil
}

func (c *Cluster) data() string { return filepath.Join(c.Folder, "data") }

func (c *Cluster) prepare() (err error) {
	if c.Folder, err = filepath.Abs(c.Folder); err != nil {
		return err
	}
	if c.servant, err = findServant(c.Folder); err != nil {
		return err
	}
	if c.Folder, err = c.servant.settle(c.Folder); err != nil {
		return fmt.Errorf("database: %w", err)
	}
	if c.sockets, err = c.socketFolder(); err != nil {
		return err
	}
	major, err := dataVersion(c.data())
	if err != nil {
		return err
	}
	if c.binaries, err = FindBinaries(major); err != nil {
		return fmt.Errorf("database: %s: %w", c.Folder, err)
	}
	return nil
}

// dataVersion returns the major version that made the data, 0 when there is none yet.
func dataVersion(data string) (int, error) {
	text, err := os.ReadFile(filepath.Join(data, "PG_VERSION"))
	if errors.Is(err, fs.ErrNotExist) {
		return 0, nil
	}
	if err != nil {
		return 0, err
	}
	major, err := strconv.Atoi(strings.TrimSpace(string(text)))
	if err != nil {
		return 0, fmt.Errorf("%s is no PostgreSQL data folder", data)
	}
	return major, nil
}

// makeData lets initdb work beside the data and renames at the end, so that one that
// was interrupted leaves nothing half-made.
func (c *Cluster) makeData(ctx context.Context) error {
	if major, err := dataVersion(c.data()); err != nil || major != 0 {
		return err
	}
	unfinished := c.data() + ".unfinished"
	if err := os.RemoveAll(unfinished); err != nil {
		return err
	}
	locale := "C.UTF-8"
	if runtime.GOOS == "darwin" {
		locale = "en_US.UTF-8"
	}
	args := []string{
		"--pgdata", unfinished, "--username", superuser, "--encoding", "UTF8", "--locale", locale,
		"--auth-local", "trust", "--auth-host", "reject",
	}
	if c.Disposable {
		args = append(args, "--no-sync")
	}
	out, err := c.servant.command(ctx, c.Folder, c.binaries.Program("initdb"), args...).CombinedOutput()
	if err != nil {
		return fmt.Errorf("database: initdb failed: %w\n%s", err, out)
	}
	return os.Rename(unfinished, c.data())
}
