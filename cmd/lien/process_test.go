package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
)

// asProcess names the folder in which this test program is to be a lien demo, so that it
// can be interrupted and killed like one.
const asProcess = "LIEN_TEST_DEMO"

func demoProcess(folder string) int {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT)
	defer stop()
	d, err := readDemo([]string{"--data", folder, "--listen", "127.0.0.1:0"}, os.Stdout)
	if err == nil {
		d.story = tinyStory(tellOne)
		err = d.run(ctx)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return 0
}

// process is a lien demo of its own.
type process struct {
	*exec.Cmd
	folder string
	said   bytes.Buffer
}

// started starts a demo in folder as a process and waits until it can serve.
func started(t *testing.T, folder string) *process {
	t.Helper()
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	_ = os.Remove(filepath.Join(folder, noteName))
	p := &process{Cmd: exec.Command(program), folder: folder} // #nosec G204 -- this very program
	p.Env = append(os.Environ(), asProcess+"="+folder)
	p.Stdout, p.Stderr = &p.said, &p.said
	if err := p.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = p.Process.Kill() })
	for deadline := time.Now().Add(time.Minute); ; time.Sleep(10 * time.Millisecond) {
		if n, err := readNote(folder); err == nil && n != nil && ready(n.BaseURL) {
			return p
		}
		if time.Now().After(deadline) || syscall.Kill(p.Process.Pid, 0) != nil {
			t.Fatalf("the demo does not open: %s", p.said.String())
		}
	}
}

// postgres returns the process of the demo's private PostgreSQL.
func (p *process) postgres(t *testing.T) int {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(p.folder, "postgres", "data", "postmaster.pid"))
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

// ask runs a statement in the demo's database and returns the number that it answers.
func (p *process) ask(t *testing.T, statement string) (n int) {
	t.Helper()
	where := url.Values{"host": {filepath.Join(p.folder, "postgres")}, "port": {"5432"}, "sslmode": {"disable"}}
	conn, err := pgx.Connect(t.Context(), "postgres://lien_owner@/"+demoDatabase+"?"+where.Encode())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(t.Context())
	if err := conn.QueryRow(t.Context(), statement).Scan(&n); err != nil {
		t.Fatalf("%s: %v", statement, err)
	}
	return n
}

// lives reports whether a process runs. One that ended may keep its number until its
// parent, which may be a container's careless first process, asks how: it has no command.
func lives(pid int) bool {
	if line, err := os.ReadFile(fmt.Sprintf("/proc/%d/cmdline", pid)); err == nil {
		return len(line) > 0
	}
	return !errors.Is(syscall.Kill(pid, 0), syscall.ESRCH)
}

func TestCtrlCLeavesNoProcessBehind(t *testing.T) {
	p := started(t, newFolder(t))
	postgres := p.postgres(t)
	if !lives(postgres) {
		t.Fatal("the note of PostgreSQL's process is wrong")
	}
	if err := p.Process.Signal(syscall.SIGINT); err != nil {
		t.Fatal(err)
	}
	if err := p.Wait(); err != nil {
		t.Errorf("%v: %s", err, p.said.String())
	}
	if lives(postgres) {
		t.Errorf("PostgreSQL, process %d, is still there", postgres)
	}
}

func TestAKilledDemoStartsAgainWithoutLoss(t *testing.T) {
	folder := newFolder(t)
	p := started(t, folder)
	p.ask(t, "WITH w AS (INSERT INTO public.told VALUES ('written after the story') RETURNING 1) SELECT count(*) FROM w")
	if err := p.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = p.Wait() // killed
	left := p.postgres(t)
	p = started(t, folder)
	if n := p.ask(t, "SELECT count(*) FROM public.told"); n != 2 {
		t.Errorf("%d rows are there after it was killed, want 2", n)
	}
	if err := p.Process.Signal(syscall.SIGINT); err != nil {
		t.Fatal(err)
	}
	if err := p.Wait(); err != nil {
		t.Errorf("%v: %s", err, p.said.String())
	}
	if lives(left) {
		t.Errorf("the PostgreSQL of the killed one, process %d, is still there", left)
	}
}
