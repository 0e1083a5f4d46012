package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/google/uuid"

	"lien/coop"
	"lien/coop/importing"
	"lien/rule"
	"lien/server/coopweb"
	"lien/server/page"
)

const importHelp = `lien import --by NUMBER [--place NAME] [--language CODE] [--cooperative NAME] [--confirm] FILE

Takes over a former list of members and their hours, with the settings of lien serve: a CSV
file of a spreadsheet, or the member export of TimeOverflow. Without --confirm nothing is
written: it says what would happen, and each line that is refused with its reason. The file
waits on the page that it names, where its columns and what differs can be decided on; the
same command with --confirm then carries it out.

    --by NUMBER         the member number of a facilitator or the treasurer, whose act it is
    --place NAME        where the new people live; not needed where there is one residence
    --language CODE     of who has none in the file: fr, en or ar; the keeper's own without it
    --cooperative NAME  where the house has several
    --confirm           carry it out, to its end
`

func importCommand() command {
	return command{name: "import", summary: "take over a former list of members and their hours", help: importHelp, run: runImport}
}

// taking is one list being taken over from a command.
type taking struct {
	imports *importing.Imports
	by      importing.Keeper
	words   page.Words
	origin  string
	out     io.Writer
}

func runImport(ctx context.Context, args []string, out io.Writer) (err error) {
	flags := flag.NewFlagSet("import", flag.ContinueOnError)
	number := flags.Int64("by", 0, "")
	cooperative, place := flags.String("cooperative", "", ""), flags.String("place", "", "")
	language, confirm := flags.String("language", "", ""), flags.Bool("confirm", false, "")
	files, err := parse(flags, args)
	if err != nil {
		return err
	}
	if len(files) != 1 || *number < 1 {
		return wrong("say lien import --by NUMBER FILE (lien help import)")
	}
	f, err := openFounder(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.handles.Close()) }()
	languages, err := page.NewLanguages(time.Now, slog.New(slog.DiscardHandler))
	if err != nil {
		return err
	}
	t := taking{imports: importing.NewImports(f.handles.Coop, time.Now), origin: f.origin, out: out}
	if t.by, err = t.imports.Keeper(ctx, *cooperative, *number); err != nil {
		return unlisted(err)
	}
	t.words = languages.Of(t.by.Language)
	u := importing.Upload{Key: uuid.New(), Name: filepath.Base(files[0]), Language: *language}
	if u.Language == "" {
		u.Language = t.by.Language
	}
	if u.Place, err = t.place(ctx, *place); err != nil {
		return err
	}
	if u.Content, err = os.ReadFile(files[0]); err != nil {
		return wrong("the list cannot be read: %w", err)
	}
	return unlisted(t.take(ctx, u, *confirm))
}

// place finds a place by its name, or the only residence.
func (t taking) place(ctx context.Context, name string) (coop.PlaceID, error) {
	places, err := t.imports.Places(ctx, t.by.Actor)
	if err != nil {
		return coop.PlaceID{}, err
	}
	var found []coop.PlaceID
	for _, p := range places {
		if p.Name == name || name == "" && p.Depth() == 0 {
			found = append(found, p.ID)
		}
	}
	if len(found) != 1 {
		return coop.PlaceID{}, wrong("say with --place where the new people live: %d places fit (lien help import)", len(found))
	}
	return found[0], nil
}

// take reads the list, says how its lines lie, and carries it out when that was asked for.
func (t taking) take(ctx context.Context, u importing.Upload, confirm bool) error {
	id, err := t.imports.Upload(ctx, t.by.Actor, u)
	if err != nil {
		return err
	}
	list, err := t.imports.One(ctx, t.by.Actor, id)
	if err != nil {
		return err
	}
	if err := t.say(ctx, list); err != nil {
		return err
	}
	at := t.origin + "/imports/" + id.String()
	switch {
	case !confirm:
		fmt.Fprintf(t.out, "\nNothing is written yet. Look at it, or decide what differs, on\n\n    %s\n\nand say the same with --confirm to carry it out.\n", at)
		return nil
	case list.Undecided > 0:
		return wrong("%d lines wait for a decision, on %s", list.Undecided, at)
	}
	if list.State == importing.Open {
		if err := t.imports.Confirm(ctx, t.by.Actor, id, list.Turn); err != nil {
			return err
		}
	}
	if err := t.imports.Carry(ctx, t.by.Actor, id); err != nil {
		return err
	}
	if list, err = t.imports.One(ctx, t.by.Actor, id); err != nil {
		return err
	}
	fmt.Fprintf(t.out, "\nDone: %d new members, %d balances, %d lines that no longer fitted. Print the invitations on\n\n    %s\n", list.Made, list.Opened, list.Moved, at)
	return nil
}

// say prints how the lines lie, and why some are refused or wait.
func (t taking) say(ctx context.Context, list importing.Import) error {
	fmt.Fprintf(t.out, "%s: %s, %d lines\n  %d new, %d here already, %d to decide, %d refused\n",
		list.FileName, list.Encoding, list.Lines, list.NewLines, list.SameLines, list.ConflictLines, list.RefusedLines)
	if !list.Sorted() {
		fmt.Fprintln(t.out, "  "+t.words.T("import.unsorted"))
	}
	for _, pile := range []importing.Pile{importing.Conflict, importing.Refused} {
		for after := 0; ; {
			rows, err := t.imports.Rows(ctx, t.by.Actor, list.ID, pile, after)
			if err != nil {
				return err
			}
			for _, r := range rows {
				fmt.Fprintf(t.out, "  %6d  %s\n", r.Line, strings.NewReplacer("\u2068", "", "\u2069", "").Replace(coopweb.WhyOf(t.words, r)))
				after = r.Line
			}
			if len(rows) == 0 {
				break
			}
		}
	}
	return nil
}

// unlisted tells whoever typed the command what was refused of a list.
func unlisted(err error) error {
	var invalid *rule.Invalid
	switch {
	case !errors.As(err, &invalid):
		return err
	case invalid.Field == "by":
		return wrong("nobody who keeps the hours has this number: name the cooperative where there are several (lien help import)")
	case invalid.Rule == "import.nothing":
		return wrong("there is nothing to take over: everything is here already, refused or left out")
	case invalid.Rule == "import.oneself":
		return wrong("the list gives hours to who takes it over: somebody else has to")
	}
	return wrong("what was given for %s cannot be used (%s)", invalid.Field, invalid.Rule)
}
