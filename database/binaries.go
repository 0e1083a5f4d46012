package database

import (
	"cmp"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// Oldest is the oldest PostgreSQL that the schema works on.
const Oldest = 15

// places are where Debian, Homebrew, Postgres.app, Fedora and the sources put the
// programs of PostgreSQL.
const places = `/usr/lib/postgresql/*/bin
/opt/homebrew/opt/postgresql@*/bin
/usr/local/opt/postgresql@*/bin
/Applications/Postgres.app/Contents/Versions/*/bin
/usr/pgsql-*/bin
/usr/local/pgsql/bin`

// Binaries is a folder of installed PostgreSQL programs and their major version.
type Binaries struct {
	Folder string
	Major  int
}

// Program returns the path of one of the programs, such as pg_dump.
func (b Binaries) Program(name string) string { return filepath.Join(b.Folder, name) }

// FindBinaries returns the installed PostgreSQL of the given major version, or the
// newest one when major is 0. LIEN_POSTGRES_BIN, a folder, is looked at before the
// usual places. The error tells a person what to install.
func FindBinaries(major int) (Binaries, error) {
	var found []Binaries
	for _, folder := range candidates() {
		if b, ok := look(folder); ok {
			found = append(found, b)
		}
	}
	if len(found) == 0 {
		return Binaries{}, errors.New("no PostgreSQL found on this machine: install it " +
			"(Debian: apt install postgresql; macOS: brew install postgresql@17) or name its folder in LIEN_POSTGRES_BIN")
	}
	slices.SortStableFunc(found, func(a, b Binaries) int { return cmp.Compare(b.Major, a.Major) })
	for _, b := range found {
		if b.Major == major || major == 0 && b.Major >= Oldest {
			return b, nil
		}
	}
	if major == 0 {
		return Binaries{}, fmt.Errorf("PostgreSQL %d in %s is too old: version %d or newer is needed", found[0].Major, found[0].Folder, Oldest)
	}
	return Binaries{}, fmt.Errorf("the data was made by PostgreSQL %d, but only version %d is installed (%s): "+
		"install version %d, or move the data with pg_upgrade", major, found[0].Major, found[0].Folder, major)
}

func candidates() []string {
	if named := os.Getenv("LIEN_POSTGRES_BIN"); named != "" {
		return []string{named}
	}
	var folders []string
	for place := range strings.Lines(places) {
		matches, _ := filepath.Glob(strings.TrimSpace(place)) // errs only on a bad pattern
		folders = append(folders, matches...)
	}
	if path, err := exec.LookPath("initdb"); err == nil {
		folders = append(folders, filepath.Dir(path))
	}
	return folders
}

// look asks the server program in folder for its version: "postgres (PostgreSQL) 15.18".
func look(folder string) (Binaries, bool) {
	for _, needed := range []string{"initdb", "postgres"} {
		if _, err := os.Stat(filepath.Join(folder, needed)); err != nil {
			return Binaries{}, false
		}
	}
	out, err := exec.Command(filepath.Join(folder, "postgres"), "--version").Output()
	if err != nil {
		return Binaries{}, false
	}
	_, version, _ := strings.Cut(string(out), "(PostgreSQL) ")
	digits := strings.IndexFunc(version, func(r rune) bool { return r < '0' || r > '9' })
	if digits < 0 {
		digits = len(version)
	}
	major, err := strconv.Atoi(version[:digits])
	return Binaries{Folder: folder, Major: major}, err == nil
}
