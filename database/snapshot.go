package database

import (
	"bytes"
	"context"
	"fmt"
	"os/exec"
	"strings"
)

// Snapshot returns the schema that the address leads to as pg_dump writes it, without
// what differs from one run or one PostgreSQL to the next.
func Snapshot(ctx context.Context, binaries Binaries, address string) (string, error) {
	cmd := exec.CommandContext(ctx, binaries.Program("pg_dump"),
		"--schema-only", "--exclude-table=public.goose_db_version*", "--dbname", address)
	cmd.Env = append(plainEnvironment(), "LC_ALL=C")
	var out, said bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &said
	if err := cmd.Run(); err != nil {
		return "", fmt.Errorf("database: pg_dump: %w: %s", err, said.String())
	}
	return snapshotTitle(binaries.Major) + tidy(out.String()), nil
}

// SnapshotFits reports whether a snapshot was made by the same major version, since
// each one writes the same schema a little differently.
func SnapshotFits(snapshot string, binaries Binaries) bool {
	return strings.HasPrefix(snapshot, snapshotTitle(binaries.Major))
}

func snapshotTitle(major int) string {
	return fmt.Sprintf("-- The schema that the migrations make, as PostgreSQL %d shows it. Rewritten by make schema.\n", major)
}

func tidy(dump string) string {
	var kept strings.Builder
	for line := range strings.Lines(dump) {
		switch {
		case line == "\n", line == "--\n", strings.HasPrefix(line, "SET "), strings.HasPrefix(line, `\`),
			strings.HasPrefix(line, "SELECT pg_catalog.set_config"), strings.HasPrefix(line, "-- Dumped"),
			strings.HasPrefix(line, "-- PostgreSQL database dump"):
			continue
		case strings.HasPrefix(line, "-- Name: "):
			kept.WriteString("\n")
		}
		kept.WriteString(line)
	}
	return kept.String()
}
