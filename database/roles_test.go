package database_test

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"
	"testing"

	_ "github.com/jackc/pgx/v5/stdlib"
	"github.com/uptrace/bun"

	"lien/database"
	"lien/database/dbtest"
)

// rooms says which login role may enter which schema. The schema bond is nobody's room:
// it is entered by the functions of doors only.
var rooms = map[string]database.Role{
	"account": database.Account, "coop": database.Coop, "support": database.Support,
	"study": database.Study, "jobs": database.Jobs,
}

// doors are the functions through which a side acts on the door between the cooperative
// and individual support. Neither side may call what belongs to the other.
var doors = map[database.Role][]string{
	database.Support: {"give_code", "read", "state", "offerings", "propose"},
	database.Account: {
		"redeem", "set_aside", "mine", "preview", "consent", "withdraw", "pick", "drop_highlight", "picked", "proposed", "put_away", "looked", "renewal",
	},
}

// crossings are all that the owner of the door's functions may see outside of bond, and
// it may only look.
var crossings = []string{
	"coop.participation", "coop.members", "coop.member_roles", "coop.events", "coop.listings",
	"support.cases", "support.case_members", "support.persons", "support.workers", "support.organisations", "support.accesses",
}

// appendOnly are the tables whose rows nobody changes or takes away.
var appendOnly = []string{
	"coop.application_events", "coop.statutes", "coop.majorities", "coop.assembly_events", "coop.convocations", "coop.presences", "coop.vote_marks", "coop.ballots", "coop.paper_counts",
	"coop.transfers", "coop.entries", "coop.member_events", "coop.buddyship_events", "coop.welcome_calls", "coop.charters", "coop.charter_acceptances",
	"coop.agreement_events", "coop.cheque_events", "coop.board_log", "coop.board_rulings", "coop.board_paces", "coop.notice_edits", "coop.hours_limit_changes", "coop.minted_hours", "coop.fund_draw_events", "support.case_events", "support.accesses", "bond.readings",
	"coop.import_lines", "coop.acts", "coop.acts_done", "coop.acts_undone", "coop.acts_answered", "coop.posters", "coop.poster_codes", "coop.poster_items",
}

var loginRoles = []database.Role{database.Account, database.Coop, database.Support, database.Study, database.Jobs}

const ourSchemas = "('account', 'coop', 'bond', 'support', 'study', 'jobs')"

// thing is a table, view, sequence or function, as the catalogue knows it.
type thing struct {
	Schema, Name string
	Kind         string // r, p, v, m, f: relations; S: a sequence; function, procedure
	OID          int64
	Column       string   // the first column of a relation
	Arguments    []string `bun:",array"` // the types of a function's arguments
}

func (t thing) String() string {
	if t.Kind == "function" || t.Kind == "procedure" {
		return fmt.Sprintf("%s.%s(%s)", t.Schema, t.Name, strings.Join(t.Arguments, ", "))
	}
	return t.Schema + "." + t.Name
}

// acts are the ways in which a role could use the thing, as right and statement.
func (t thing) acts() map[string]string {
	name := fmt.Sprintf(`%q.%q`, t.Schema, t.Name)
	nothing := make([]string, len(t.Arguments))
	for i, kind := range t.Arguments {
		nothing[i] = "NULL::" + kind
	}
	call := name + "(" + strings.Join(nothing, ", ") + ")"
	switch t.Kind {
	case "function":
		return map[string]string{"EXECUTE": "SELECT " + call}
	case "procedure":
		return map[string]string{"EXECUTE": "CALL " + call}
	case "S":
		return map[string]string{
			"SELECT": "SELECT last_value FROM " + name,
			"USAGE":  fmt.Sprintf("SELECT nextval('%s')", name),
			"UPDATE": fmt.Sprintf("SELECT setval('%s', 1)", name),
		}
	default:
		return map[string]string{
			"SELECT":   "SELECT count(*) FROM " + name,
			"INSERT":   "INSERT INTO " + name + " DEFAULT VALUES",
			"UPDATE":   fmt.Sprintf("UPDATE %s SET %q = DEFAULT", name, t.Column),
			"DELETE":   "DELETE FROM " + name,
			"TRUNCATE": "TRUNCATE " + name,
		}
	}
}

// may is the expectation: what role may touch at all. Within its own room the grants of
// the migrations say more.
func may(role database.Role, t thing) bool {
	if t.Schema == "bond" {
		return t.Kind == "function" && slices.Contains(doors[role], t.Name)
	}
	return rooms[t.Schema] == role
}

func TestTheCatalogueGivesNoRoleMoreThanItsRoom(t *testing.T) {
	h := dbtest.Open(t)
	for _, thing := range things(t, h.Owner) {
		for _, role := range loginRoles {
			for right := range thing.acts() {
				if holds(t, h.Owner, role, thing, right) && !may(role, thing) {
					t.Errorf("%s may %s %s", role, right, thing)
				}
			}
		}
	}
}

func TestEveryWrongRoleIsTurnedAway(t *testing.T) {
	h := dbtest.Open(t)
	all := things(t, h.Owner)
	for _, role := range loginRoles {
		db := asRole(t, h, role)
		for _, thing := range all {
			if may(role, thing) {
				continue
			}
			for _, statement := range thing.acts() {
				if _, err := db.ExecContext(t.Context(), statement); !database.Denied(err) {
					t.Errorf("%s: %s: got %v, want permission denied", role, statement, err)
				}
			}
		}
	}
}

func TestEachSideMayUseItsHalfOfTheDoor(t *testing.T) {
	h := dbtest.Open(t)
	all := things(t, h.Owner)
	for role, names := range doors {
		for _, name := range names {
			i := slices.IndexFunc(all, func(t thing) bool { return t.Schema == "bond" && t.Name == name })
			if i < 0 {
				t.Errorf("there is no function bond.%s", name)
			} else if !holds(t, h.Owner, role, all[i], "EXECUTE") {
				t.Errorf("%s may not execute %s", role, all[i])
			}
		}
	}
}

func TestTheDoorSeesNoMoreThanItShows(t *testing.T) {
	h := dbtest.Open(t)
	for _, thing := range things(t, h.Owner) {
		if thing.Schema == "bond" || thing.Kind == "function" || thing.Kind == "procedure" {
			continue
		}
		for right := range thing.acts() {
			if holds(t, h.Owner, database.Bond, thing, right) && (right != "SELECT" || !slices.Contains(crossings, thing.String())) {
				t.Errorf("%s may %s %s", database.Bond, right, thing)
			}
		}
	}
}

func TestWhatIsWrittenOnceStays(t *testing.T) {
	h := dbtest.Open(t)
	all := things(t, h.Owner)
	for _, name := range appendOnly {
		i := slices.IndexFunc(all, func(t thing) bool { return t.String() == name })
		if i < 0 {
			t.Errorf("there is no table %s", name)
			continue
		}
		for _, role := range append([]database.Role{database.Bond}, loginRoles...) {
			for _, right := range []string{"UPDATE", "DELETE", "TRUNCATE"} {
				if holds(t, h.Owner, role, all[i], right) {
					t.Errorf("%s may %s %s", role, right, name)
				}
			}
		}
	}
}

// things reads everything that our schemas hold.
func things(t *testing.T, owner *bun.DB) []thing {
	t.Helper()
	var all []thing
	err := owner.NewRaw(`
SELECT n.nspname AS schema, c.relname AS name, c.relkind::text AS kind, c.oid::bigint AS oid,
  coalesce((SELECT a.attname FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
    ORDER BY a.attnum LIMIT 1), '') AS column, ARRAY[]::text[] AS arguments
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname IN `+ourSchemas+` AND c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S')
UNION ALL
SELECT n.nspname, p.proname, CASE p.prokind WHEN 'p' THEN 'procedure' ELSE 'function' END, p.oid::bigint, '',
  ARRAY(SELECT format_type(arg, NULL) FROM unnest(p.proargtypes) WITH ORDINALITY AS a (arg, i) ORDER BY i)
FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
WHERE n.nspname IN `+ourSchemas+`
ORDER BY 1, 2`).Scan(t.Context(), &all)
	if err != nil {
		t.Fatal(err)
	}
	if len(all) < 40 {
		t.Fatalf("the catalogue shows %d things: this test would prove nothing", len(all))
	}
	return all
}

// holds asks the catalogue whether role has the right on the thing or on one of its
// columns, be it through PUBLIC or another role.
func holds(t *testing.T, owner *bun.DB, role database.Role, thing thing, right string) bool {
	t.Helper()
	var query string
	switch {
	case thing.Kind == "function" || thing.Kind == "procedure":
		query = "SELECT has_function_privilege(?, ?::oid, ?)"
	case thing.Kind == "S":
		query = "SELECT has_sequence_privilege(?, ?::oid, ?)"
	case right == "DELETE" || right == "TRUNCATE":
		query = "SELECT has_table_privilege(?, ?::oid, ?)"
	default:
		query = "SELECT has_any_column_privilege(?, ?::oid, ?)"
	}
	var yes bool
	if err := owner.NewRaw(query, string(role), thing.OID, right).Scan(t.Context(), &yes); err != nil {
		t.Fatal(err)
	}
	return yes
}

func asRole(t *testing.T, h *database.Handles, role database.Role) *sql.DB {
	t.Helper()
	db, err := sql.Open("pgx", h.Direct(role))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	var got string
	if err := db.QueryRowContext(context.Background(), "SELECT session_user").Scan(&got); err != nil || got != string(role) {
		t.Fatalf("logged in as %q, %v; want %s", got, err, role)
	}
	return db
}
