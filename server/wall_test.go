package server_test

import (
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// mayImport is the house's plan: each package, and the packages of ours that it may see.
// A package that is not in this table fails the test, and so does a line nobody uses.
var mayImport = map[string][]string{
	"rule":       {},
	"seal":       {},
	"locales":    {},
	"migrations": {},
	"database":   {"migrations"},
	"storage":    {},
	"coop":       {"rule"},
	"support":    {"rule"},

	"coop/inbox":         {"coop", "rule"},
	"coop/words":         {},
	"coop/problem":       {"coop", "rule", "database", "coop/inbox"},
	"coop/participation": {"coop", "rule", "database"},
	"coop/hours":         {"coop", "rule", "database", "coop/inbox", "coop/participation"},
	"coop/fund":          {"coop", "rule", "database", "coop/hours", "coop/inbox"},
	"coop/exchange":      {"coop", "rule", "database", "coop/hours", "coop/inbox", "coop/participation", "coop/photo", "coop/words"},
	"coop/membership":    {"coop", "rule", "database", "coop/hours", "coop/inbox"},
	"coop/event":         {"coop", "rule", "database", "coop/hours", "coop/inbox", "coop/participation", "coop/words"},
	"coop/cheque":        {"coop", "rule", "database", "coop/hours", "coop/exchange", "coop/inbox", "coop/participation"},
	"coop/photo":         {"coop", "rule", "storage"},
	"coop/visit":         {"coop", "rule", "database", "coop/inbox"},
	"coop/sharing":       {"coop", "rule", "database", "coop/hours", "coop/inbox"},
	"coop/assembly":      {"coop", "rule", "coop/inbox", "coop/participation"},
	"coop/departure":     {"coop", "rule", "database", "coop/assembly", "coop/event", "coop/exchange", "coop/fund", "coop/hours", "coop/household", "coop/membership", "coop/sharing"},
	"coop/erasure":       {"coop", "coop/board", "coop/exchange", "coop/fund", "coop/hours"},
	"coop/importing":     {"coop", "rule", "database", "coop/hours", "coop/inbox", "coop/membership"},
	"coop/place":         {"coop", "rule", "database", "coop/inbox"},
	"coop/household":     {"coop", "rule", "database", "coop/hours", "coop/inbox"},
	"coop/passport":      {"coop", "rule"},
	"coop/belongings":    {"coop", "rule", "coop/photo"},
	"coop/desk":          {"coop", "rule", "database", "coop/cheque", "coop/event", "coop/exchange", "coop/hours", "coop/inbox", "coop/membership"},
	"coop/poster":        {"coop", "rule", "database", "coop/exchange", "coop/membership"},
	"coop/safetynet":     {"coop", "rule"},
	"coop/neighbour":     {"coop", "rule", "database"},
	"coop/welcome":       {"coop", "rule", "database", "coop/inbox", "coop/neighbour"},
	"coop/board":         {"coop", "rule", "database", "coop/inbox", "coop/participation", "coop/photo", "coop/words"},

	"support/casework": {"support", "rule", "database", "seal"},
	"support/bond":     {"support", "rule", "database"},

	"server/live":        {},
	"server/ical":        {},
	"server/page":        {"rule", "locales", "server/session"},
	"server/session":     {"rule", "database", "seal", "coop", "coop/membership", "support"},
	"server/assemblyweb": {"rule", "coop", "coop/assembly", "coop/membership", "server/page", "server/session"},
	"server/sharingweb":  {"rule", "coop", "coop/membership", "coop/sharing", "server/page", "server/session"},
	"server/coopweb":     {"rule", "coop", "coop/*", "server/ical", "server/page", "server/session", "server/live"},
	"server/shown":       {"support/bond", "server/page"},
	"server/supportweb":  {"rule", "support", "support/*", "server/page", "server/session", "server/shown"},
	"server/ownweb":      {"rule", "database", "coop", "coop/*", "support", "support/*", "server/page", "server/session", "server/shown"},
	"server":             {"rule", "database", "support", "server/*"},

	"check":    {"coop/erasure"},
	"demo":     {"*"},
	"cmd/lien": {"*"},
}

// strangers are modules that a floor may never see.
var strangers = map[string][]string{}

func TestNoFloorCallsUpAndNoWallIsCrossed(t *testing.T) {
	for folder, imports := range sources(t) {
		allowed, known := mayImport[folder]
		if !known {
			t.Errorf("%s stands in no table: say in wall_test.go what it may import", folder)
			continue
		}
		for _, path := range imports {
			if own, ok := strings.CutPrefix(path, "lien/"); ok && !permits(allowed, own) {
				t.Errorf("%s may not import %s", folder, own)
			}
			for floor, banned := range strangers {
				if (folder == floor || strings.HasPrefix(folder, floor+"/")) && slices.ContainsFunc(banned, func(b string) bool { return strings.HasPrefix(path, b) }) {
					t.Errorf("%s may not see %s", folder, path)
				}
			}
		}
	}
}

func TestTheCooperativeAndSupportNeverSeeEachOther(t *testing.T) {
	for folder, allowed := range mayImport {
		if slices.Contains([]string{"server/ownweb", "server/session", "server/page", "demo", "cmd/lien"}, folder) {
			continue // the staircase: accounts of both, words of both, and who wires them
		}
		coop := permits(allowed, "coop") || strings.HasPrefix(folder, "coop")
		support := permits(allowed, "support") || strings.HasPrefix(folder, "support")
		if coop && support {
			t.Errorf("%s would see both sides of the wall", folder)
		}
	}
}

func permits(allowed []string, path string) bool {
	return slices.ContainsFunc(allowed, func(a string) bool {
		prefix, wide := strings.CutSuffix(a, "*")
		return a == path || wide && strings.HasPrefix(path, prefix)
	})
}

// sources reads every Go file but tests, and gives what each folder imports. The files
// are parsed here: a go list would answer from a cache.
func sources(t *testing.T) map[string][]string {
	t.Helper()
	found := map[string][]string{}
	root := ".."
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && (strings.HasPrefix(d.Name(), ".") && len(d.Name()) > 2 || d.Name() == "node_modules" || d.Name() == "tools") {
			return fs.SkipDir
		}
		if !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") || strings.Contains(path, "dbtest") {
			return nil
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		folder, err := filepath.Rel(root, filepath.Dir(path))
		if err != nil {
			return err
		}
		for _, i := range file.Imports {
			p, err := strconv.Unquote(i.Path.Value)
			if err != nil {
				return err
			}
			found[folder] = append(found[folder], p)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(found) < 10 {
		t.Fatalf("only %d packages found: the walk is wrong", len(found))
	}
	return found
}
