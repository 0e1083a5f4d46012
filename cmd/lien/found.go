package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/BurntSushi/toml"

	"lien/coop"
	"lien/coop/membership"
	"lien/database"
	"lien/rule"
	"lien/seal"
	"lien/server/session"
	"lien/support"
	"lien/support/casework"
)

const foundHelp = `lien found cooperative FILE
lien found administrator --name NAME --email ADDRESS --organisation NAME

Begins a real house, with the settings of lien serve: a cooperative with its places and
its first facilitator, or the first administrator of individual support. Each prints a
one-use link, good for 48 hours, by which that person comes in; everybody after them is
invited from the pages.

FILE says what the cooperative is:

    name = "Les Iris"
    town = "Orléans La Source"
    zone = "Europe/Paris"
    facilitator = "Aline Roux"
    language = "fr"                    # that the facilitator reads: fr, en or ar
    [charter]                          # texts beside FILE; the first line is the title
    fr = "charter.fr.txt"
    [[residence]]
    name = "Résidence des Iris"
    [[residence.building]]
    name = "Bâtiment A"
    stairwells = ["Escalier 1", "Escalier 2"]
`

func foundCommand() command {
	return command{name: "found", summary: "begin a real house: its cooperative, its first administrator", help: foundHelp, run: runFound}
}

// firstLasts is how long the first people have to come in.
const firstLasts = 48 * time.Hour

func runFound(ctx context.Context, args []string, out io.Writer) (err error) {
	flags := flag.NewFlagSet("found", flag.ContinueOnError)
	var first session.Account
	var organisation string
	flags.StringVar(&first.Name, "name", "", "")
	flags.StringVar(&first.Email, "email", "", "")
	flags.StringVar(&organisation, "organisation", "", "")
	if len(args) == 0 {
		args = []string{""}
	}
	words, err := parse(flags, args[1:])
	if err != nil {
		return err
	}
	f, err := openFounder(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.handles.Close()) }()
	var path string
	switch {
	case args[0] == "cooperative" && len(words) == 1:
		path, err = f.cooperative(ctx, words[0])
	case args[0] == "administrator" && len(words) == 0:
		first.Language = "fr"
		path, err = f.administrator(ctx, first, organisation)
	default:
		return wrong("say lien found cooperative FILE, or lien found administrator --name … --email … --organisation … (lien help found)")
	}
	if err != nil {
		return plainly(err)
	}
	fmt.Fprintf(out, "Done. The first sign-in, good once and for 48 hours:\n\n    %s%s\n", f.origin, path)
	return nil
}

// founder is what founding needs of the house.
type founder struct {
	origin  string
	handles *database.Handles
	sealer  *seal.Sealer
	hasher  *session.Hasher
}

func openFounder(ctx context.Context) (*founder, error) {
	s, err := readSettings()
	if err != nil {
		return nil, err
	}
	if err := s.serving(); err != nil {
		return nil, err
	}
	f := &founder{origin: s.Origin}
	if f.sealer, err = readKeys(s.Keys); err != nil {
		return nil, err
	}
	if f.hasher, err = session.NewHasher(); err != nil {
		return nil, err
	}
	if f.handles, err = database.Open(ctx, s.pools()); err != nil {
		return nil, err
	}
	if err := refuseBehind(ctx, f.handles); err != nil {
		return nil, errors.Join(err, f.handles.Close())
	}
	return f, nil
}

// site is FILE.
type site struct {
	Name, Town, Zone      string
	Facilitator, Language string
	Charter               map[string]string
	Residence             []struct {
		Name     string
		Building []membership.Building
	}
}

func (f *founder) cooperative(ctx context.Context, path string) (string, error) {
	var s site
	known, err := toml.DecodeFile(path, &s)
	if err != nil {
		return "", wrong("%s cannot be read: %w", path, err)
	}
	if left := known.Undecoded(); len(left) > 0 {
		return "", wrong("%s says %s, which means nothing here (lien help found)", path, left[0])
	}
	founding, err := s.founding(filepath.Dir(path))
	if err != nil {
		return "", err
	}
	members := membership.NewMembers(f.handles.Coop, time.Now)
	made, err := members.Found(ctx, founding)
	if err != nil {
		return "", err
	}
	links := session.NewLinks(f.handles.Account, members, f.hasher, time.Now)
	return links.First(ctx, coop.Actor{Cooperative: made.Cooperative, Member: made.Facilitator}, firstLasts)
}

func (s site) founding(folder string) (membership.Founding, error) {
	founding := membership.Founding{Name: s.Name, Town: s.Town, Zone: s.Zone, Facilitator: s.Facilitator, Language: s.Language}
	for _, r := range s.Residence {
		founding.Residences = append(founding.Residences, membership.Residence{Name: r.Name, Buildings: r.Building})
	}
	for language, file := range s.Charter {
		text, err := os.ReadFile(filepath.Join(folder, file))
		if err != nil {
			return founding, wrong("the charter cannot be read: %w", err)
		}
		title, body, _ := strings.Cut(strings.TrimSpace(string(text)), "\n")
		founding.Charters = append(founding.Charters, membership.Charter{Language: language, Title: title, Body: strings.TrimSpace(body)})
	}
	return founding, nil
}

func (f *founder) administrator(ctx context.Context, who session.Account, organisation string) (string, error) {
	accounts := session.NewProfessionals(f.handles.Account, f.hasher, f.sealer, time.Now)
	id, path, err := accounts.Found(ctx, who)
	if err != nil {
		return "", err
	}
	return path, casework.NewWorkers(f.handles.Support, time.Now).Found(ctx, support.WorkerID{UUID: id}, who.Name, organisation)
}

// plainly tells whoever typed the command what was refused.
func plainly(err error) error {
	var invalid *rule.Invalid
	switch {
	case errors.As(err, &invalid):
		return wrong("what was given for %s is missing or cannot be used", invalid.Field)
	case errors.Is(err, rule.ErrMoved):
		return wrong("there is an administrator already: others are added from the page of accounts")
	}
	return err
}
