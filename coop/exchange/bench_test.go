package exchange_test

// Confirming an agreement through the domain's own method beside pgbench with the same
// statements, on the same database, 8 clients each, in turns within one run. The
// statements are not written down twice: they are overheard from one confirmation, and
// its identifiers replaced by pgbench's variables.
//
//	go test -run '^$' -bench BesidePgbench -benchtime 1x ./coop/exchange

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/uptrace/bun"

	"lien/coop"
	"lien/coop/exchange"
	"lien/database"
	"lien/database/dbtest"
	"lien/rule"
)

const (
	benchClients = 8
	benchEach    = 400 // confirmations per client in a round
	benchRounds  = 3
	benchMembers = 5000
	benchStride  = 100_003 // between the numbers of two clients' agreements: they meet different members
	benchPast    = 20_000  // transfers that were there before
	overheard    = 90_000  // the agreement that the statements are taken from
)

func BenchmarkConfirmingBesidePgbench(b *testing.B) {
	s := newBenchStreet(b)
	script := s.script(b)
	b.Logf("durability: %s", s.durability(b))
	for range b.N {
		var domain, pgbench float64
		for round := range benchRounds {
			first := round * 2 * benchEach
			d, p := s.confirmAll(b, first), s.pgbench(b, script, first+benchEach)
			b.Logf("round %d: %.0f confirmations a second through the domain, %.0f by pgbench", round+1, d, p)
			domain, pgbench = domain+d/benchRounds, pgbench+p/benchRounds
		}
		b.ReportMetric(domain, "domain/s")
		b.ReportMetric(pgbench, "pgbench/s")
		b.ReportMetric(domain/pgbench, "ratio")
		if domain < pgbench/2 {
			b.Errorf("the domain reaches %.2f of pgbench, want at least 0.50", domain/pgbench)
		}
	}
	if n := s.number(b, `SELECT count(*) FROM coop.hours_accounts a WHERE balance <> (SELECT coalesce(sum(minutes), 0) FROM coop.entries e WHERE e.cooperative_id = a.cooperative_id AND e.account_id = a.id)`); n != 0 {
		b.Errorf("%d balances differ from their entries", n)
	}
}

// The identifiers of the benchmark carry a number, so that pgbench can count them up.
func numbered(kind, n int) uuid.UUID {
	return uuid.MustParse(fmt.Sprintf("00000000-0000-7000-8000-%d%011d", kind, n))
}

const (
	anAgreement = 1
	aMember     = 2
	anAccount   = 3
	aTransfer   = 4 // of the past; pgbench's own begin with 5
)

// giverOf and receiverOf spread agreements over members, the same way in SQL and here.
func giverOf(s int) int    { return s * 7919 % benchMembers }
func receiverOf(s int) int { return (giverOf(s) + 1 + s%(benchMembers-1)) % benchMembers }

func newBenchStreet(b *testing.B) *street {
	b.Helper()
	s := &street{Handles: dbtest.Open(b), cooperative: rule.NewID[coop.CooperativeID]()}
	s.clock.Store(noon.Unix())
	s.agreements = exchange.NewAgreements(s.Coop, s.now)
	s.found(b, s.cooperative, 1)
	id := func(kind int, n string) string {
		return fmt.Sprintf(`('00000000-0000-7000-8000-%d' || lpad((%s)::text, 11, '0'))::uuid`, kind, n)
	}
	giver := fmt.Sprintf(`(s::bigint * 7919 %% %d)`, benchMembers)
	receiver := fmt.Sprintf(`((%s + 1 + s %% %d) %% %d)`, giver, benchMembers-1, benchMembers)
	s.exec(b, `INSERT INTO coop.members (cooperative_id, id, number, name, language, place_id, state, joined_at, state_since)
SELECT ?, `+id(aMember, "n")+`, n + 100, 'N', 'fr', (SELECT id FROM coop.places), 'active', ?, ? FROM generate_series(0, ?) n`, s.cooperative, noon, noon, benchMembers-1)
	s.exec(b, `INSERT INTO coop.hours_limits (cooperative_id, soft_floor, hard_floor, ceiling, per_act) VALUES (?, -1000000, -1000000, 1000000, 720)`, s.cooperative)
	s.exec(b, `INSERT INTO coop.hours_accounts (cooperative_id, id, kind, member_id, balance)
SELECT ?, `+id(anAccount, "n")+`, 'member', `+id(aMember, "n")+`, 0 FROM generate_series(0, ?) n`, s.cooperative, benchMembers-1)
	s.exec(b, `INSERT INTO coop.agreements (cooperative_id, id, giver_id, receiver_id, proposed_by, state, about, language, planned_at,
  minutes_planned, meeting, done_by, minutes_claimed, steps, client_key, created_at, state_since, deadline_at)
SELECT ?0, `+id(anAgreement, "s")+`, `+id(aMember, giver)+`, `+id(aMember, receiver)+`, `+id(aMember, giver)+`, 'done_claimed', 'Un coup de main', 'fr', ?1,
  60, 'common_room', `+id(aMember, giver)+`, 60, 3, gen_random_uuid(), ?1, ?1, ?1
FROM (SELECT c * ?2 + i AS s FROM generate_series(0, ?3) c, generate_series(0, ?4) i UNION SELECT ?5) x`,
		s.cooperative, noon, benchStride, benchClients-1, benchRounds*2*benchEach, overheard)
	s.exec(b, `INSERT INTO coop.hours_reserved (cooperative_id, agreement_id, member_id, account_id, minutes, at)
SELECT g.cooperative_id, g.id, g.receiver_id, a.id, g.minutes_planned, ?
FROM coop.agreements g JOIN coop.hours_accounts a ON a.cooperative_id = g.cooperative_id AND a.member_id = g.receiver_id`, noon)
	s.exec(b, `UPDATE coop.hours_accounts a SET reserved = r.minutes
FROM (SELECT account_id, sum(minutes) AS minutes FROM coop.hours_reserved GROUP BY account_id) r WHERE a.id = r.account_id`)
	// A cooperative with a past: on empty tables a session plans its checks as scans of
	// whole tables, and keeps these plans.
	s.exec(b, `WITH t AS (
  INSERT INTO coop.transfers (cooperative_id, id, client_key, kind, minutes, at)
  SELECT ?0, `+id(aTransfer, "s")+`, gen_random_uuid(), 'gift', 60, ?1 FROM generate_series(0, ?2) s
), e AS (
  INSERT INTO coop.entries (cooperative_id, transfer_id, side, account_id, amount, at)
  SELECT ?0, `+id(aTransfer, "s")+`, side, CASE side WHEN 1 THEN `+id(anAccount, giver)+` ELSE `+id(anAccount, receiver)+` END, 60, ?1
  FROM generate_series(0, ?2) s, (VALUES (1), (-1)) x (side)
  RETURNING account_id, side * amount AS minutes
)
UPDATE coop.hours_accounts a SET balance = balance + x.minutes
FROM (SELECT account_id, sum(minutes) AS minutes FROM e GROUP BY account_id) x
WHERE a.cooperative_id = ?0 AND a.id = x.account_id`, s.cooperative, noon, benchPast)
	s.exec(b, `INSERT INTO coop.participation (cooperative_id, member_id, month, help_given)
SELECT cooperative_id, id, date '2026-11-01', 1 FROM coop.members`)
	if _, err := s.Owner.NewRaw(`VACUUM ANALYZE`).Exec(b.Context()); err != nil {
		b.Fatal(err)
	}
	return s
}

func (s *street) confirmNumber(ctx context.Context, a *exchange.Agreements, n int) error {
	actor := coop.Actor{Cooperative: s.cooperative, Member: coop.MemberID{UUID: numbered(aMember, receiverOf(n))}}
	g, err := a.Confirm(ctx, actor, coop.AgreementID{UUID: numbered(anAgreement, n)}, 3, 60)
	if err == nil && g.State != exchange.Confirmed {
		err = fmt.Errorf("agreement %d is %s", n, g.State)
	}
	return err
}

// confirmAll lets every client confirm its next agreements and returns how many that
// made in a second.
func (s *street) confirmAll(b *testing.B, first int) float64 {
	b.Helper()
	began := time.Now()
	var all sync.WaitGroup
	for client := range benchClients {
		all.Go(func() {
			for n := range benchEach {
				if err := s.confirmNumber(b.Context(), s.agreements, client*benchStride+first+n+1); err != nil {
					b.Error(err)
					return
				}
			}
		})
	}
	all.Wait()
	return benchClients * benchEach / time.Since(began).Seconds()
}

var tps = regexp.MustCompile(`tps = ([0-9.]+)`)

func (s *street) pgbench(b *testing.B, script string, first int) float64 {
	b.Helper()
	out, err := exec.CommandContext(b.Context(), dbtest.Binaries(b).Program("pgbench"),
		"-n", "-c", strconv.Itoa(benchClients), "-j", "2", "-t", strconv.Itoa(benchEach),
		"-D", "i="+strconv.Itoa(first), "-f", script, s.Direct(database.Coop)).CombinedOutput()
	found := tps.FindSubmatch(out)
	if err != nil || found == nil || strings.Contains(string(out), "ERROR") {
		b.Fatalf("pgbench: %v\n%s", err, out)
	}
	n, err := strconv.ParseFloat(string(found[1]), 64)
	if err != nil {
		b.Fatal(err)
	}
	return n
}

// ear overhears the statements of one confirmation.
type ear struct{ heard []string }

func (e *ear) BeforeQuery(ctx context.Context, _ *bun.QueryEvent) context.Context { return ctx }

func (e *ear) AfterQuery(_ context.Context, event *bun.QueryEvent) {
	e.heard = append(e.heard, event.Query)
}

// script writes what pgbench does: the statements of one confirmation, with numbers that
// count up in place of its own.
func (s *street) script(b *testing.B) string {
	b.Helper()
	var e ear
	if err := s.confirmNumber(b.Context(), exchange.NewAgreements(s.Coop.WithQueryHook(&e), s.now), overheard); err != nil {
		b.Fatal(err)
	}
	text := strings.Join(e.heard, ";\n") + ";\n"
	var transfer string
	if err := s.Coop.NewRaw(`SELECT id FROM coop.transfers WHERE agreement_id IS NOT NULL`).Scan(b.Context(), &transfer); err != nil {
		b.Fatal(err)
	}
	var told []string
	if err := s.Coop.NewRaw(`SELECT id FROM coop.inbox`).Scan(b.Context(), &told); err != nil {
		b.Fatal(err)
	}
	for n, id := range told {
		text = strings.ReplaceAll(text, id, fmt.Sprintf("00000000-0000-7000-8%03d-:told", n))
	}
	for old, variable := range map[string]string{
		numbered(anAgreement, overheard).String():           "00000000-0000-7000-8000-:agreement",
		numbered(aMember, giverOf(overheard)).String():      "00000000-0000-7000-8000-:giver",
		numbered(aMember, receiverOf(overheard)).String():   "00000000-0000-7000-8000-:receiver",
		numbered(anAccount, giverOf(overheard)).String():    "00000000-0000-7000-8000-:plus",
		numbered(anAccount, receiverOf(overheard)).String(): "00000000-0000-7000-8000-:minus",
		transfer: "00000000-0000-7000-8000-:transfer",
	} {
		if !strings.Contains(text, old) {
			b.Fatalf("the statements do not name %s", old)
		}
		text = strings.ReplaceAll(text, old, variable)
	}
	head := fmt.Sprintf(`\set i :i + 1
\set s :client_id * %d + :i
\set g :s * 7919 %% %d
\set r (:g + 1 + :s %% %d) %% %d
\set agreement 100000000000 + :s
\set giver 200000000000 + :g
\set receiver 200000000000 + :r
\set plus 300000000000 + :g
\set minus 300000000000 + :r
\set transfer 500000000000 + :s
\set told 600000000000 + :s
`, benchStride, benchMembers, benchMembers-1, benchMembers)
	path := filepath.Join(b.TempDir(), "confirm.sql")
	if err := os.WriteFile(path, []byte(head+text), 0o600); err != nil {
		b.Fatal(err)
	}
	b.Logf("%d statements in one confirmation", len(e.heard))
	return path
}

func (s *street) durability(b *testing.B) string {
	b.Helper()
	var settings []string
	err := s.Coop.NewRaw(`SELECT name || '=' || setting FROM pg_settings
WHERE name IN ('fsync', 'synchronous_commit', 'full_page_writes') ORDER BY name`).Scan(b.Context(), &settings)
	if err != nil {
		b.Fatal(err)
	}
	return strings.Join(settings, ", ")
}
