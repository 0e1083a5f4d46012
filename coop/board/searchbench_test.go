package board_test

// A search among 100,000 notices, as the page does it: common words, rare ones, two of
// them, a slip of the finger, and what is not there.
//
//	go test -run '^$' -bench FindAmong -benchtime 1x ./coop/board

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"lien/coop"
)

const (
	benchNotices = 100_000
	benchAsked   = 500
	benchMost    = 60 * time.Millisecond
)

func BenchmarkFindAmongAHundredThousand(b *testing.B) {
	w := newWall(b)
	w.exec(b, `INSERT INTO coop.notices (cooperative_id, id, board_id, seq, member_id, kind, title, body, language, comments, thanks, client_key, created_at, gone_rule)
		SELECT ?, (lpad(to_hex(1700000000000 + n), 12, '0') || '7000' || substr(replace(gen_random_uuid()::text, '-', ''), 17))::uuid, ?, n, ?, 'news', '',
			'bonjour rare' || n / 20 || ' voisin mot' || n % 300 || ' escalier peu' || n % 3000 || ' quelqu’un a-t-il vu mon chat noir', 'fr', 0, 0, gen_random_uuid(), ?::timestamptz, ''
		FROM generate_series(1, ?) n`, w.ana.Cooperative, w.first, w.ana.Member, noon, benchNotices)
	if _, err := w.Owner.NewRaw(`VACUUM ANALYZE coop.notices`).Exec(b.Context()); err != nil {
		b.Fatal(err)
	}
	asked := make([]string, 0, benchAsked)
	for n := range benchAsked {
		asked = append(asked, []string{"chats", fmt.Sprint("rare", n*7), fmt.Sprint("mot", n%300), fmt.Sprint("peu", n), "bonjour vosin", fmt.Sprint("absent", n)}[n%6])
	}
	for b.Loop() {
		var took []time.Duration
		for _, q := range asked {
			began := time.Now()
			if _, _, err := w.boards.Find(b.Context(), w.bo, q, coop.NoticeID{}, 20); err != nil {
				b.Fatal(err)
			}
			took = append(took, time.Since(began))
		}
		slices.Sort(took)
		half, most := took[len(took)/2], took[len(took)*99/100]
		b.ReportMetric(float64(half.Microseconds())/1000, "p50-ms")
		b.ReportMetric(float64(most.Microseconds())/1000, "p99-ms")
		b.Logf("half within %s, all but one in a hundred within %s", half, most)
		if most > benchMost {
			b.Errorf("one search in a hundred takes %s, want %s at most", most, benchMost)
		}
	}
}
