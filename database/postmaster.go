package database

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/jackc/pgx/v5"
)

const (
	superuser  = "postgres"
	socketName = ".s.PGSQL.5432"
)

func address(role, sockets, database string) string {
	query := url.Values{"host": {sockets}, "port": {"5432"}, "sslmode": {"disable"}}
	return "postgres://" + role + "@/" + database + "?" + query.Encode()
}

// socketFolder is the cluster's own folder, unless its path is too long for a socket
// (104 bytes on macOS, 108 on Linux): then one among the temporary files.
func (c *Cluster) socketFolder() (string, error) {
	if len(filepath.Join(c.Folder, socketName)) < 100 {
		return c.Folder, nil
	}
	sum := sha256.Sum256([]byte(c.Folder))
	folder := filepath.Join(os.TempDir(), "lien-"+hex.EncodeToString(sum[:6]))
	if err := os.Mkdir(folder, 0o700); err == nil {
		if err := c.servant.own(folder); err != nil {
			return "", err
		}
	}
	if !c.servant.owns(folder) {
		return "", fmt.Errorf("database: %s is somebody else's: the socket cannot be put there", folder)
	}
	return folder, nil
}

// run makes sure that PostgreSQL answers: it joins one that already runs, or starts it,
// and starts it again while one that is going away still holds the data.
func (c *Cluster) run(ctx context.Context) error {
	if c.answers(ctx) == nil {
		return nil
	}
	for {
		if err := c.forgetDead(ctx); err != nil {
			return err
		}
		ended, err := c.launch()
		if err != nil {
			return err
		}
		if err := c.await(ctx, ended); err == nil || ctx.Err() != nil {
			return err
		} else if said := c.lastWords(); !strings.Contains(said, "postmaster.pid") && !strings.Contains(said, "shared memory block") {
			return fmt.Errorf("database: PostgreSQL does not start: %w\n%s", err, said)
		}
		if c.answers(ctx) == nil {
			return nil
		}
		if err := pause(ctx, 50*time.Millisecond); err != nil {
			return fmt.Errorf("database: another PostgreSQL holds %s and does not answer: %w", c.data(), err)
		}
	}
}

// launch starts the server in a session of its own and returns a channel that tells
// when it has ended.
func (c *Cluster) launch() (<-chan error, error) {
	log, err := os.OpenFile(filepath.Join(c.Folder, "postgres.log"), os.O_CREATE|os.O_WRONLY|os.O_TRUNC, 0o600)
	if err != nil {
		return nil, err
	}
	defer log.Close()
	cmd := c.servant.command(context.Background(), c.Folder, c.binaries.Program("postgres"), c.options()...)
	cmd.Stdout, cmd.Stderr = log, log
	if err := cmd.Start(); err != nil {
		return nil, fmt.Errorf("database: PostgreSQL does not start: %w", err)
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }() // ends with the server
	return ended, nil
}

func (c *Cluster) options() []string {
	settings := []string{
		"listen_addresses=", "unix_socket_directories=" + c.sockets, "unix_socket_permissions=0700", "port=5432",
		"max_connections=300", "shared_buffers=64MB", "log_min_messages=warning", "log_checkpoints=off",
		// A statement holds the values that people wrote, and so does the detail of an
		// error: neither may reach the log.
		"log_min_error_statement=panic", "log_error_verbosity=terse",
	}
	if c.Disposable {
		settings = append(settings, "fsync=off", "synchronous_commit=off", "full_page_writes=off",
			"wal_level=minimal", "max_wal_senders=0", "autovacuum=off")
	}
	args := []string{"-D", c.data()}
	for _, setting := range settings {
		args = append(args, "-c", setting)
	}
	return args
}

// await waits until the server answers or has ended.
func (c *Cluster) await(ctx context.Context, ended <-chan error) error {
	for {
		if c.answers(ctx) == nil {
			return nil
		}
		select {
		case err := <-ended:
			return errors.Join(errors.New("it ended at once"), err)
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(5 * time.Millisecond):
		}
	}
}

func (c *Cluster) answers(ctx context.Context) error {
	if _, err := os.Stat(filepath.Join(c.sockets, socketName)); err != nil {
		return err
	}
	conn, err := pgx.Connect(ctx, c.superuser("postgres"))
	if err != nil {
		return err
	}
	return conn.Close(ctx)
}

// end asks the server to leave at once (open transactions are rolled back) and waits
// until it has.
func (c *Cluster) end(ctx context.Context) error {
	pid, err := c.pid()
	if err != nil || pid == 0 || !strings.Contains(commandOf(ctx, pid), c.data()) {
		return err
	}
	if err := syscall.Kill(pid, syscall.SIGINT); err != nil && !errors.Is(err, syscall.ESRCH) {
		return fmt.Errorf("database: PostgreSQL cannot be stopped: %w", err)
	}
	// It removes its note a moment before it ends, and its number may outlive it when the
	// process that started it was killed: its command line goes when it does.
	for strings.Contains(commandOf(ctx, pid), c.data()) {
		if err := pause(ctx, 5*time.Millisecond); err != nil {
			return fmt.Errorf("database: PostgreSQL does not stop: %w", err)
		}
	}
	return nil
}

// pid returns the process that the data says it is served by, 0 when none.
func (c *Cluster) pid() (int, error) {
	text, err := os.ReadFile(filepath.Join(c.data(), "postmaster.pid"))
	if errors.Is(err, fs.ErrNotExist) {
		return 0, nil
	}
	if err != nil {
		return 0, err
	}
	first, _, _ := strings.Cut(string(text), "\n")
	pid, err := strconv.Atoi(strings.TrimSpace(first))
	if err != nil || pid <= 1 {
		return 0, nil // being written, or cut off: PostgreSQL judges it itself
	}
	return pid, nil
}

// forgetDead removes the note of a server that was killed when its number now belongs
// to some other program, which PostgreSQL would take for a living server.
func (c *Cluster) forgetDead(ctx context.Context) error {
	pid, err := c.pid()
	if err != nil || pid == 0 || strings.Contains(commandOf(ctx, pid), c.data()) {
		return err
	}
	err = os.Remove(filepath.Join(c.data(), "postmaster.pid"))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

func commandOf(ctx context.Context, pid int) string {
	if line, err := os.ReadFile(fmt.Sprintf("/proc/%d/cmdline", pid)); err == nil {
		return string(line)
	}
	// No /proc on macOS; no such process gives an empty answer.
	out, _ := exec.CommandContext(ctx, "ps", "-o", "command=", "-p", strconv.Itoa(pid)).Output()
	return string(out)
}

func (c *Cluster) lastWords() string {
	text, err := os.ReadFile(filepath.Join(c.Folder, "postgres.log"))
	if err != nil {
		return ""
	}
	lines := strings.Split(strings.TrimSpace(string(text)), "\n")
	return strings.Join(lines[max(0, len(lines)-8):], "\n")
}
