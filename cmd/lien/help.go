package main

import (
	"fmt"
	"io"
)

const introduction = `lien is the software of a residents' cooperative and of the individual support beside it.

To look at it, with an invented neighbourhood and nothing to set up:

    lien demo

The commands:

`

func help(args []string, out io.Writer) error {
	if len(args) > 0 {
		for _, c := range commands() {
			if c.name == args[0] {
				fmt.Fprint(out, c.help)
				return nil
			}
		}
		return wrong("there is no command %q: lien help lists them", args[0])
	}
	fmt.Fprint(out, introduction)
	for _, c := range commands() {
		fmt.Fprintf(out, "    %-9s %s\n", c.name, c.summary)
	}
	fmt.Fprint(out, "\nlien help COMMAND explains one of them.\n")
	return nil
}
