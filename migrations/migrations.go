// Package migrations holds the schema: numbered SQL files that goose applies in order,
// and the snapshot of what they make together. A migration that has been deployed is
// never edited; each works with the program of before still running (expand, backfill,
// tighten), and its first line says why it exists.
package migrations

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"io/fs"
)

// Snapshot is the file that shows the whole schema as pg_dump writes it. It is read by
// people and by a test, and never applied.
const Snapshot = "schema.sql"

// Files are the migrations and the snapshot.
//
//go:embed *.sql
var Files embed.FS

// Fingerprint is a short name for exactly this set of migrations: it changes when any
// of them does.
func Fingerprint() (string, error) {
	names, err := fs.Glob(Files, "*.sql") // sorted
	if err != nil {
		return "", err
	}
	sum := sha256.New()
	for _, name := range names {
		if name == Snapshot {
			continue
		}
		text, err := Files.ReadFile(name)
		if err != nil {
			return "", err
		}
		sum.Write([]byte(name))
		sum.Write(text)
	}
	return hex.EncodeToString(sum.Sum(nil)[:8]), nil
}
