package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"lien/seal"
)

const keysHelp = `lien keys new FILE
lien keys rotate FILE

Makes the file of keys that LIEN_KEYS names, or gives an existing one a new key. Notes and
second factors are sealed with them before they reach the database: keep a copy of the
file apart from the copies of the database. Without it nothing sealed can be read again,
by anybody.

After a rotation every lien serve must be started again; what was sealed before stays
readable, and printed invitations stay good.
`

func keysCommand() command {
	return command{name: "keys", summary: "make or rotate the file of sealing keys", help: keysHelp, run: runKeys}
}

func runKeys(_ context.Context, args []string, out io.Writer) error {
	words, err := parse(flag.NewFlagSet("keys", flag.ContinueOnError), args)
	if err != nil {
		return err
	}
	if len(words) != 2 {
		return wrong("say lien keys new FILE, or lien keys rotate FILE (lien help keys)")
	}
	path := words[1]
	switch words[0] {
	case "new":
		if err := newKeys(path); err != nil {
			return err
		}
		fmt.Fprintf(out, "%s is made. Keep a copy of it apart from the database's.\n", path)
	case "rotate":
		if err := rotateKeys(path); err != nil {
			return err
		}
		fmt.Fprintf(out, "%s has a new key. Start every lien serve again, and renew the copy.\n", path)
	default:
		return wrong("lien keys knows new and rotate, not %q", words[0])
	}
	return nil
}

// newKeys writes fresh keys to path, which must not exist: lost keys are never found again.
func newKeys(path string) error {
	if _, err := os.Lstat(path); err == nil {
		return wrong("%s exists already and is not overwritten", path)
	}
	file, err := seal.Generate()
	if err != nil {
		return err
	}
	return writeWhole(path, file)
}

func rotateKeys(path string) error {
	file, err := os.ReadFile(path)
	if err != nil {
		return wrong("the keys cannot be read: %w", err)
	}
	rotated, err := seal.Rotate(file)
	if err != nil {
		return wrong("%s: %w", path, err)
	}
	return writeWhole(path, rotated)
}

// writeWhole writes a file that only its owner may read so that path holds all of it or
// what was there before, whatever happens meanwhile.
func writeWhole(path string, text []byte) error {
	file, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+"-*") // mode 0600
	if err != nil {
		return err
	}
	defer os.Remove(file.Name()) // gone when all went well
	if _, err := file.Write(text); err != nil {
		return err
	}
	if err := file.Sync(); err != nil {
		return err
	}
	if err := file.Close(); err != nil {
		return err
	}
	return os.Rename(file.Name(), path)
}
