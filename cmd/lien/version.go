package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"runtime/debug"
)

func versionCommand() command {
	return command{
		name:    "version",
		summary: "say which version this is, and what it was built from",
		help:    "lien version\n\nSays which version this is, from which commit and by which Go it was built.\n",
		run: func(_ context.Context, args []string, out io.Writer) error {
			if err := parseOnly(flag.NewFlagSet("version", flag.ContinueOnError), args); err != nil {
				return err
			}
			fmt.Fprintln(out, "lien", version())
			return nil
		},
	}
}

// version describes the build, such as "(devel) 1a2b3c4d5e6f, changed, go1.26.8".
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "of an unknown build"
	}
	text := info.Main.Version
	if text == "" {
		text = "(devel)"
	}
	for _, s := range info.Settings {
		switch {
		case s.Key == "vcs.revision":
			text += " " + s.Value[:min(12, len(s.Value))]
		case s.Key == "vcs.modified" && s.Value == "true":
			text += ", changed"
		}
	}
	return text + ", " + info.GoVersion
}
