// Command lien is the whole house in one binary: it serves, shows itself with an
// invented neighbourhood, migrates its database and checks it. Only this package sees
// every floor at once, and all it does is wire them together.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"
)

// command is one word after lien.
type command struct {
	name    string
	summary string // one line for the list
	help    string // for a person who has never seen it
	run     func(ctx context.Context, args []string, out io.Writer) error
}

func commands() []command {
	return []command{serveCommand(), demoCommand(), migrateCommand(), checkCommand(), foundCommand(), importCommand(), keysCommand(), versionCommand()}
}

// misuse is an error of whoever typed the command or wrote the settings: it is told in
// one line and ends with status 2.
type misuse struct{ error }

func wrong(format string, args ...any) error { return misuse{fmt.Errorf(format, args...)} }

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // a second Ctrl-C ends the program at once
	code := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}

// run executes the command that args name and returns the program's status.
func run(ctx context.Context, args []string, out, errs io.Writer) int {
	err := dispatch(ctx, args, out)
	var misused misuse
	switch {
	case err == nil, errors.Is(err, flag.ErrHelp):
		return 0
	case errors.As(err, &misused):
		fmt.Fprintln(errs, "lien:", err)
		return 2
	default:
		fmt.Fprintln(errs, "lien:", err)
		return 1
	}
}

func dispatch(ctx context.Context, args []string, out io.Writer) error {
	if len(args) == 0 {
		return help(nil, out)
	}
	switch args[0] {
	case "help", "-h", "-help", "--help":
		return help(args[1:], out)
	}
	for _, c := range commands() {
		if c.name != args[0] {
			continue
		}
		if len(args) > 1 && (args[1] == "-h" || args[1] == "-help" || args[1] == "--help") {
			return help(args[:1], out)
		}
		return c.run(ctx, args[1:], out)
	}
	return wrong("there is no command %q: lien help lists them", args[0])
}

// parse reads a command's flags; what is left over are its words.
func parse(flags *flag.FlagSet, args []string) ([]string, error) {
	flags.SetOutput(io.Discard)
	if err := flags.Parse(args); err != nil {
		return nil, wrong("%s: %w (lien help %s)", flags.Name(), err, flags.Name())
	}
	return flags.Args(), nil
}

// parseOnly is parse for a command that takes no words.
func parseOnly(flags *flag.FlagSet, args []string) error {
	words, err := parse(flags, args)
	if err == nil && len(words) > 0 {
		return wrong("%s: %q is one word too many (lien help %s)", flags.Name(), strings.Join(words, " "), flags.Name())
	}
	return err
}
