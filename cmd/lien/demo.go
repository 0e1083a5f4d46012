package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"syscall"

	"lien/database"
	"lien/demo"
	"lien/seal"
	"lien/storage"
)

const demoHelp = `lien demo [--data DIR] [--listen ADDRESS] [--size small|large] [--seed N]

Shows the house with an invented neighbourhood and nothing to set up: a private PostgreSQL
is run from the programs installed on this machine, without a port or a password, and
everything is kept in one folder. The first start tells the neighbourhood's past year; the
next ones go on where it was left. Nobody in it exists.

    --data DIR         the folder, lien-demo unless said; remove it to start afresh
    --listen ADDRESS   where to serve, 127.0.0.1:8080 unless said; port 0 picks a free one
    --size small       60 members (as it is unless said), or large: 5,000 members
    --seed N           which neighbourhood: the same number invents the same one

DIR/demo.json says where it serves and, per role, how to sign in as somebody: the links
are good once and renewed at each start. Several demos may run side by side, each in its
own folder. Ctrl-C stops everything that it started.
`

func demoCommand() command {
	return command{name: "demo", summary: "show the house with an invented neighbourhood; needs nothing", help: demoHelp, run: runDemo}
}

// demonstration is one lien demo and its folder.
type demonstration struct {
	folder  string
	listen  string
	plot    plot
	story   story
	cluster *database.Cluster
	sealer  *seal.Sealer
	files   *storage.Folder
	out     io.Writer
}

func runDemo(ctx context.Context, args []string, out io.Writer) error {
	d, err := readDemo(args, out)
	if err != nil {
		return err
	}
	d.story = neighbourhood()
	return d.run(ctx)
}

// run shows the house until ctx ends.
func (d *demonstration) run(ctx context.Context) (err error) {
	held, err := d.hold()
	if err != nil {
		return err
	}
	defer held.Close()
	listener, err := listen(d.listen)
	if err != nil {
		return err
	}
	defer listener.Close()
	if d.sealer, err = d.keys(); err != nil {
		return err
	}
	if d.files, err = storage.NewFolder(filepath.Join(d.folder, "files")); err != nil {
		return wrong("demo: %w", err)
	}
	d.cluster = &database.Cluster{Folder: filepath.Join(d.folder, "postgres")}
	if err := d.cluster.Start(ctx); err != nil {
		return interrupted(ctx, err)
	}
	defer func() { err = errors.Join(err, d.cluster.Stop()) }()
	if err := d.prepare(ctx); err != nil {
		return interrupted(ctx, err)
	}
	return interrupted(ctx, d.open(ctx, listener))
}

// interrupted turns the errors of a Ctrl-C into none: it was meant.
func interrupted(ctx context.Context, err error) error {
	if err != nil && ctx.Err() != nil {
		return nil
	}
	return err
}

func readDemo(args []string, out io.Writer) (*demonstration, error) {
	d := &demonstration{out: out}
	flags := flag.NewFlagSet("demo", flag.ContinueOnError)
	flags.StringVar(&d.folder, "data", "lien-demo", "")
	flags.StringVar(&d.listen, "listen", "127.0.0.1:8080", "")
	flags.StringVar(&d.plot.Size, "size", "small", "")
	flags.Uint64Var(&d.plot.Seed, "seed", 1, "")
	if err := parseOnly(flags, args); err != nil {
		return nil, err
	}
	if d.plot.Size != "small" && d.plot.Size != "large" {
		return nil, wrong("demo: --size is small or large, not %q", d.plot.Size)
	}
	if _, _, err := net.SplitHostPort(d.listen); err != nil {
		return nil, wrong("demo: --listen %q is no address such as 127.0.0.1:8080", d.listen)
	}
	if err := os.MkdirAll(d.folder, 0o755); err != nil { // #nosec G301 -- PostgreSQL's account must pass through
		return nil, wrong("demo: %w", err)
	}
	told, err := readNote(d.folder)
	if err != nil {
		return nil, err
	}
	if told == nil {
		return d, nil
	}
	asked := d.plot
	d.plot = told.plot
	var clash error
	flags.Visit(func(f *flag.Flag) {
		if f.Name == "size" && asked.Size != d.plot.Size || f.Name == "seed" && asked.Seed != d.plot.Seed {
			clash = wrong("demo: %s holds another neighbourhood (--size %s --seed %d): use another folder, or remove it",
				d.folder, d.plot.Size, d.plot.Seed)
		}
	})
	return d, clash
}

// hold makes sure that the folder has one demo at a time.
func (d *demonstration) hold() (*os.File, error) {
	file, err := os.OpenFile(filepath.Join(d.folder, "demo.lock"), os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, wrong("demo: %w", err)
	}
	if err := syscall.Flock(int(file.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		return nil, errors.Join(wrong("demo: another lien demo is using %s", d.folder), file.Close())
	}
	return file, nil
}

func (d *demonstration) keys() (*seal.Sealer, error) {
	path := filepath.Join(d.folder, "keys.json")
	if _, err := os.Stat(path); errors.Is(err, os.ErrNotExist) {
		if err := newKeys(path); err != nil {
			return nil, err
		}
	}
	return readKeys(path)
}

// open serves the story until ctx ends.
func (d *demonstration) open(ctx context.Context, listener net.Listener) (err error) {
	handles, err := database.Open(ctx, d.cluster.Settings(demoDatabase))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, handles.Close()) }()
	base := baseURL(listener)
	log := slog.New(slog.NewTextHandler(d.out, &slog.HandlerOptions{Level: slog.LevelWarn}))
	h, err := build(ground{origin: base, handles: handles, sealer: d.sealer, files: d.files, log: log})
	if err != nil {
		return err
	}
	people, err := d.story.invite(ctx, handles)
	if err != nil {
		return err
	}
	if err := d.writeNote(base, people); err != nil {
		return err
	}
	d.greet(base, people)
	err = h.serve(ctx, listener)
	fmt.Fprintln(d.out, "The house is closed. Its neighbourhood waits in", d.folder)
	return err
}

// baseURL is what people type: the machine's own name for itself when it listens for
// nobody else.
func baseURL(listener net.Listener) string {
	host, port, err := net.SplitHostPort(listener.Addr().String())
	if err != nil {
		return "http://" + listener.Addr().String()
	}
	if address := net.ParseIP(host); address.IsUnspecified() || address.Equal(net.IPv4(127, 0, 0, 1)) {
		host = "localhost"
	}
	return "http://" + net.JoinHostPort(host, port)
}

func (d *demonstration) greet(base string, people []demo.Person) {
	fmt.Fprintf(d.out, "\nThe house is open on %s\n\n", base)
	for _, p := range people {
		fmt.Fprintf(d.out, "    %-14s %-22s %s", p.Role, p.Name, base+p.SignIn)
		if p.PIN != "" {
			fmt.Fprintf(d.out, "  PIN %s", p.PIN)
		}
		fmt.Fprintln(d.out)
	}
	fmt.Fprintf(d.out, "\nEach link is good once; the next start makes new ones. They are also in %s.\nCtrl-C closes.\n\n",
		filepath.Join(d.folder, noteName))
}
