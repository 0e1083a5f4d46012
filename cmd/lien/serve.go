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
	"sync"
	"time"

	"lien/database"
	"lien/storage"
)

const serveHelp = `lien serve

Serves the house, configured by the environment. Several may run behind one proxy on one
database. It refuses a database that lien migrate up has not brought to this version.

    LIEN_ORIGIN            the address that people type: https://lien.example.org
    LIEN_LISTEN            where to listen, 127.0.0.1:8080 unless set
    LIEN_ACCOUNT_URL       the database address of each role, postgres://…:
    LIEN_COOP_URL          lien_account, lien_coop, lien_support and lien_study
    LIEN_SUPPORT_URL
    LIEN_STUDY_URL
    LIEN_COOP_DIRECT_URL   only when LIEN_COOP_URL leads to a pooler (PgBouncer): the way
                           past it, for the connection that listens
    LIEN_CONNECTIONS       the most connections of each pool, 10 unless set
    LIEN_KEYS              the file of sealing keys (lien keys new FILE)
    LIEN_FILES             the folder of photos, one for all that serve together
    LIEN_TRUSTED_PROXIES   whose X-Forwarded-For is believed: addresses or ranges, with commas
    LIEN_ADMIN_LISTEN      where to answer /healthz, /readyz and /metrics to the machines that
                           watch over this one; nowhere unless set

SIGTERM or Ctrl-C stops it in order: no new connections, sockets sent to another node,
requests finished, then the rest.
`

// leaving is how long requests and sockets may take to finish when the house closes.
const leaving = 15 * time.Second

func serveCommand() command {
	return command{name: "serve", summary: "serve for real, configured by the environment", help: serveHelp, run: runServe}
}

func runServe(ctx context.Context, args []string, _ io.Writer) (err error) {
	if err := parseOnly(flag.NewFlagSet("serve", flag.ContinueOnError), args); err != nil {
		return err
	}
	s, err := readSettings()
	if err != nil {
		return err
	}
	if err := s.serving(); err != nil {
		return err
	}
	sealer, err := readKeys(s.Keys)
	if err != nil {
		return err
	}
	files, err := storage.NewFolder(s.Files)
	if err != nil {
		return wrong("LIEN_FILES: %w", err)
	}
	handles, err := database.Open(ctx, s.pools())
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, handles.Close()) }()
	if err := refuseBehind(ctx, handles); err != nil {
		return err
	}
	listener, err := listen(s.Listen)
	if err != nil {
		return err
	}
	log := slog.New(slog.NewJSONHandler(os.Stderr, nil))
	g := ground{origin: s.Origin, trustedProxies: s.TrustedProxies, handles: handles, sealer: sealer, files: files, log: log}
	h, err := build(g)
	if err != nil {
		return errors.Join(err, listener.Close())
	}
	if s.AdminListen != "" {
		watched, err := g.admin(s.AdminListen)
		if err != nil {
			return errors.Join(err, listener.Close())
		}
		h.workers = append(h.workers, watched)
	}
	log.Info("serving", "address", listener.Addr().String(), "origin", s.Origin, "version", version())
	return h.serve(ctx, listener)
}

func refuseBehind(ctx context.Context, handles *database.Handles) error {
	pending, err := database.Pending(ctx, handles.Coop.DB)
	if err == nil && pending > 0 {
		return wrong("the database lacks %d migrations of this version: run lien migrate up", pending)
	}
	return err
}

func listen(address string) (net.Listener, error) {
	listener, err := net.Listen("tcp", address)
	if err != nil {
		return nil, wrong("cannot listen on %s: %w", address, err)
	}
	return &onceListener{Listener: listener}, nil
}

// onceListener may be closed twice: by us to stop accepting at once, and by the app.
type onceListener struct {
	net.Listener
	once sync.Once
}

// Close closes the listener the first time it is called.
func (l *onceListener) Close() (err error) {
	l.once.Do(func() { err = l.Listener.Close() })
	return err
}

// serve answers on listener until ctx ends and then closes the house in order: no new
// connections, sockets sent away, requests finished, workers stopped. The pools are
// the caller's to close, last.
func (h *house) serve(ctx context.Context, listener net.Listener) error {
	working, rest := context.WithCancel(context.WithoutCancel(ctx))
	var workers sync.WaitGroup
	for _, work := range h.workers {
		workers.Go(func() { work(working) })
	}
	ended := make(chan error, 1)
	go func() { ended <- h.app.Listener(listener) }()
	var failed error
	select {
	case failed = <-ended:
	case <-ctx.Done():
	}
	patience, cancel := context.WithTimeout(context.Background(), leaving)
	defer cancel()
	_ = listener.Close() // it can only fail to be open
	closing := errors.Join(h.reconnect(patience), h.app.ShutdownWithContext(patience))
	rest()
	workers.Wait()
	if errors.Is(closing, context.DeadlineExceeded) {
		closing = fmt.Errorf("somebody was still being answered after %s", leaving)
	}
	return errors.Join(failed, closing)
}
