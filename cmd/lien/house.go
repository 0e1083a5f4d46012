package main

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/uptrace/bun"

	"lien/check"
	"lien/database"
	"lien/demo"
	"lien/seal"
	"lien/server"
	"lien/storage"
)

// house is everything that serves people: the app, and what works beside it.
type house struct {
	app *fiber.App
	// workers follow the log, run jobs…: each runs until its context ends.
	workers []func(context.Context)
	// reconnect tells every open socket to come back to another node, and waits for them
	// to leave until its context ends.
	reconnect func(context.Context) error
}

// ground is what the house stands on.
type ground struct {
	origin         string
	trustedProxies []string
	handles        *database.Handles
	sealer         *seal.Sealer
	files          *storage.Folder // photos
	log            *slog.Logger
}

// ready returns an error when the house could not serve: a pool does not answer, or the
// database is behind.
func (g ground) ready(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, 2*time.Second)
	defer cancel()
	for _, db := range []*bun.DB{g.handles.Account, g.handles.Support} {
		if err := db.PingContext(ctx); err != nil {
			return err
		}
	}
	pending, err := database.Pending(ctx, g.handles.Coop.DB)
	if err == nil && pending > 0 {
		err = errors.New("the database is behind")
	}
	return err
}

// build puts the house together on its ground.
func build(g ground) (*house, error) {
	parts, err := wire(g)
	if err != nil {
		return nil, err
	}
	app := server.New(server.Settings{Origin: g.origin, TrustedProxies: g.trustedProxies}, parts)
	return &house{app: app, workers: workers(g, parts), reconnect: parts.Hub.Close}, nil
}

// plot says which neighbourhood to invent.
type plot struct {
	Size string `json:"size"` // small or large
	Seed uint64 `json:"seed"`
}

// story is how a neighbourhood comes about.
type story struct {
	// tell invents it through the domain's own methods, into an empty house. What it says
	// of its progress goes to out.
	tell func(ctx context.Context, h *database.Handles, s *seal.Sealer, files *storage.Folder, p plot, out io.Writer) error
	// invite makes fresh one-use links for its people, at each start.
	invite func(ctx context.Context, h *database.Handles) ([]demo.Person, error)
}

// neighbourhood is the story that lien demo tells.
func neighbourhood() story {
	return story{
		tell: func(ctx context.Context, h *database.Handles, s *seal.Sealer, files *storage.Folder, p plot, out io.Writer) error {
			invented := demo.Small(p.Seed)
			if p.Size == "large" {
				invented = demo.Large(p.Seed)
			}
			invented.Files = files
			return demo.Tell(ctx, h, s, invented, time.Now(), out)
		},
		invite: demo.Invite,
	}
}

// checkAll makes every check as the owner and returns how many found a difference.
func checkAll(ctx context.Context, owner *bun.DB, out io.Writer) (int, error) {
	return check.Run(ctx, owner, out)
}
