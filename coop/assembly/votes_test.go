package assembly_test

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"lien/coop"
	"lien/coop/assembly"
	"lien/rule"
)

// starts opens a vote on the n-th motion.
func (h *hall) starts(id coop.AssemblyID, n int, method assembly.Method) assembly.Vote {
	h.t.Helper()
	agenda, err := h.assemblies.Agenda(h.t.Context(), h.aline, id)
	h.does(err)
	_, err = h.votes.Start(h.t.Context(), h.aline, agenda[n-1].ID, method)
	h.does(err)
	return h.vote(id)
}

// vote is the last one of an assembly.
func (h *hall) vote(id coop.AssemblyID) assembly.Vote {
	h.t.Helper()
	list, err := h.votes.Of(h.t.Context(), h.aline, id)
	h.does(err)
	return list[len(list)-1]
}

func (h *hall) slips(v assembly.Vote, who coop.Actor, voice coop.Actor, choice string) error {
	_, err := h.votes.Slip(h.t.Context(), who, v.ID, assembly.Ballot{Key: uuid.New(), Voice: voice.Member, Choice: choice})
	return err
}

func (h *hall) finishes(v assembly.Vote, shown assembly.Tally) error {
	_, err := h.votes.Finish(h.t.Context(), h.aline, v.ID, shown, "")
	return err
}

func (h *hall) counts(v assembly.Vote, who coop.Actor, t assembly.Tally) error {
	_, err := h.votes.Count(h.t.Context(), who, v.ID, t)
	return err
}

func TestHallPhonePaperAndProxyAreOneCount(t *testing.T) {
	h := newHall(t)
	all := h.members(6)
	ada, emile := h.member("Ada"), h.member("Émile")
	h.role(ada, "scrutineer")
	h.role(emile, "scrutineer")
	id := h.opens(func(id coop.AssemblyID) { h.entrusts(id, all[5], all[0]) })
	h.comes(id, append(all[:5:5], ada, emile)...)
	v := h.starts(id, 3, assembly.Secret)
	h.does(h.slips(v, all[0], all[0], assembly.For))
	h.does(h.slips(v, all[0], all[5], assembly.Against)) // for the absent
	h.does(h.slips(v, all[1], all[1], assembly.Blank))
	for _, number := range []int64{4, 5, 6} { // the third, fourth and fifth neighbour
		_, err := h.votes.HandOut(t.Context(), h.aline, v.ID, number, uuid.New())
		h.does(err)
	}
	wants(t, h.slips(v, all[2], all[2], assembly.For), "assembly.rule.voted")
	_, err := h.votes.HandOut(t.Context(), h.aline, v.ID, 2, uuid.New())
	wants(t, err, "assembly.rule.voted_already")
	_, err = h.votes.HandOut(t.Context(), h.aline, v.ID, 7, uuid.New())
	wants(t, err, "assembly.rule.voted_already")
	wants(t, h.finishes(v, assembly.Tally{}), "assembly.rule.paper_first")
	wants(t, h.counts(v, h.aline, assembly.Tally{InFavour: 3}), rule.ErrForbidden)
	wants(t, h.counts(v, ada, assembly.Tally{InFavour: 4}), "assembly.rule.too_many_papers")
	h.does(h.counts(v, ada, assembly.Tally{InFavour: 2, Invalid: 1}))
	h.does(h.counts(v, ada, assembly.Tally{InFavour: 2, Invalid: 1}))
	wants(t, h.finishes(v, assembly.Tally{}), "assembly.rule.paper_first") // one who says it twice is one
	h.does(h.counts(v, emile, assembly.Tally{InFavour: 3}))
	wants(t, h.finishes(v, assembly.Tally{}), "assembly.rule.paper_first")
	h.does(h.counts(v, emile, assembly.Tally{InFavour: 2, Invalid: 1}))
	h.does(h.finishes(v, assembly.Tally{}))
	v = h.vote(id)
	if v.Tally != (assembly.Tally{InFavour: 3, Against: 1, Blank: 1, Invalid: 1}) || v.Outcome != assembly.Adopted || v.Marks != 6 {
		t.Errorf("%+v %s, %d marks", v.Tally, v.Outcome, v.Marks)
	}
	if n := h.number(`SELECT count(*) FROM coop.ballots WHERE vote_id = ?`, v.ID); n != 6 {
		t.Errorf("%d ballots", n)
	}
}

func TestSixtyFourAtOnceHaveOneVoteEach(t *testing.T) {
	h := newHall(t)
	all := h.members(16)
	id := h.opens(nil)
	h.comes(id, all...)
	v := h.starts(id, 3, assembly.Secret)
	var wait sync.WaitGroup
	for n := range 64 {
		wait.Go(func() {
			_ = h.slips(v, all[n%16], all[n%16], []string{assembly.For, assembly.Against, assembly.Blank}[n%3])
		})
	}
	wait.Wait()
	h.does(h.finishes(v, assembly.Tally{}))
	v = h.vote(id)
	if v.Cast() != 16 || v.Marks != 16 || h.number(`SELECT count(*) FROM coop.ballots`) != 16 || h.number(`SELECT count(*) FROM coop.urns`) != 0 {
		t.Errorf("%+v, %d marks", v.Tally, v.Marks)
	}
}

func TestClosingAndVotingAtOnceLoseNoBallot(t *testing.T) {
	h := newHall(t)
	all := h.members(20)
	id := h.opens(nil)
	h.comes(id, all...)
	v := h.starts(id, 3, assembly.Secret)
	var wait sync.WaitGroup
	for n, who := range all {
		wait.Go(func() { _ = h.slips(v, who, who, assembly.For) })
		if n == 10 {
			wait.Go(func() { _ = h.finishes(v, assembly.Tally{}) })
		}
	}
	wait.Wait()
	if v = h.vote(id); v.State != assembly.VoteClosed || v.Cast() != v.Marks {
		t.Errorf("%s: %d ballots for %d voices", v.State, v.Cast(), v.Marks)
	}
}

// The vote closes while a ballot is on its way: it waits for it, and counts it.
func TestClosingWaitsForABallotOnItsWay(t *testing.T) {
	h := newHall(t)
	all := h.members(2)
	id := h.opens(nil)
	h.comes(id, all...)
	v := h.starts(id, 3, assembly.Secret)
	h.does(h.slips(v, all[0], all[0], assembly.For))
	tx, err := h.db.Owner.BeginTx(t.Context(), nil)
	h.does(err)
	for _, query := range []string{
		`SELECT id FROM coop.votes WHERE id = ?0 FOR SHARE`,
		`INSERT INTO coop.vote_marks SELECT cooperative_id, vote_id, ?1, ?1, 'phone', gen_random_uuid() FROM coop.vote_marks WHERE vote_id = ?0`,
		`INSERT INTO coop.urns SELECT cooperative_id, vote_id, sealed FROM coop.urns WHERE vote_id = ?0`,
	} {
		_, err := tx.NewRaw(query, v.ID, all[1].Member).Exec(t.Context())
		h.does(err)
	}
	done := make(chan error)
	go func() { done <- h.finishes(v, assembly.Tally{}) }()
	for h.number(`SELECT count(*) FROM pg_locks WHERE NOT granted AND database = (SELECT oid FROM pg_database WHERE datname = current_database()) OR NOT granted AND locktype = 'transactionid'`) == 0 {
		time.Sleep(time.Millisecond)
	}
	h.does(tx.Commit())
	h.does(<-done)
	if v = h.vote(id); v.Marks != 2 || v.InFavour != 2 {
		t.Errorf("%d voices, %d ballots", v.Marks, v.InFavour)
	}
}

func TestFewerPapersThanWereHandedOutAreExplained(t *testing.T) {
	h := newHall(t)
	all := h.members(2)
	for _, who := range all {
		h.role(who, "scrutineer")
	}
	id := h.opens(nil)
	h.comes(id, all...)
	v := h.starts(id, 3, assembly.Secret)
	for _, number := range []int64{2, 3} {
		_, err := h.votes.HandOut(t.Context(), h.aline, v.ID, number, uuid.New())
		h.does(err)
	}
	for _, who := range all {
		h.does(h.counts(v, who, assembly.Tally{InFavour: 1}))
	}
	wants(t, h.finishes(v, assembly.Tally{}), "assembly.rule.paper_lacks")
	_, err := h.votes.Finish(t.Context(), h.aline, v.ID, assembly.Tally{}, "Un bulletin est parti avec son manteau.")
	h.does(err)
	if v = h.vote(id); v.PaperWhy == "" || v.InFavour != 1 {
		t.Errorf("it says %q with %d", v.PaperWhy, v.InFavour)
	}
}

// Whoever has the whole database, its order and its transactions, joins no ballot to a voice.
func TestNothingInTheDatabaseJoinsABallotToAVoice(t *testing.T) {
	h := newHall(t)
	all := h.members(24)
	id := h.opens(nil)
	h.comes(id, all...)
	v := h.starts(id, 3, assembly.Secret)
	for n, who := range all { // every other one says yes
		h.does(h.slips(v, who, who, []string{assembly.For, assembly.Against}[n%2]))
	}
	var sealed [][]byte
	h.does(h.db.Owner.NewRaw(`SELECT sealed FROM coop.urns`).Scan(t.Context(), &sealed))
	for n, s := range sealed {
		if len(s) != len(sealed[0]) || n > 0 && bytes.Equal(s, sealed[0]) {
			t.Fatal("what lies in the urn can be told apart, or found twice")
		}
	}
	h.does(h.finishes(v, assembly.Tally{}))
	var columns []string
	h.does(h.db.Owner.NewRaw(`SELECT attname FROM pg_attribute WHERE attrelid = 'coop.ballots'::regclass AND attnum > 0 ORDER BY attnum`).Scan(t.Context(), &columns))
	if want := "cooperative_id vote_id id choice"; strings.Join(columns, " ") != want {
		t.Errorf("a ballot has %v, want %s", columns, want)
	}
	for what, query := range map[string]string{
		"a foreign key joins it to a person": `SELECT count(*) FROM pg_constraint WHERE contype = 'f' AND (conrelid = 'coop.ballots'::regclass AND confrelid <> 'coop.votes'::regclass OR confrelid = 'coop.ballots'::regclass)`,
		"its id stands elsewhere":            `SELECT count(*) FROM coop.ballots b JOIN coop.vote_marks k ON b.id IN (k.member_id, k.client_key, k.by_member_id)`,
		"its transaction is a voter's":       `SELECT count(*) FROM coop.ballots b JOIN coop.vote_marks k ON k.xmin = b.xmin`,
		"several transactions wrote them":    `SELECT count(DISTINCT xmin::text) - 1 FROM coop.ballots`,
		"something is left in the urn":       `SELECT count(*) FROM coop.urns`,
		"an id tells its moment":             `SELECT count(*) FROM coop.ballots WHERE substr(id::text, 15, 1) <> '4'`,
		"their order is not what they say":   `SELECT count(*) FROM (SELECT choice, lag(choice) OVER (ORDER BY ctid) AS before FROM coop.ballots) s WHERE before > choice`,
		"a mark has a time":                  `SELECT count(*) FROM pg_attribute WHERE attrelid IN ('coop.vote_marks'::regclass, 'coop.ballots'::regclass, 'coop.urns'::regclass) AND attnum > 0 AND atttypid IN ('timestamptz'::regtype, 'timestamp'::regtype, 'date'::regtype)`,
	} {
		if n := h.number(query); n != 0 {
			t.Errorf("%s: %d", what, n)
		}
	}
}

func TestAnonymityIsNotRelaxedOnceAVoteIsOpen(t *testing.T) {
	h := newHall(t)
	all := h.members(3)
	id := h.opens(nil)
	h.comes(id, all...)
	agenda, err := h.assemblies.Agenda(t.Context(), h.aline, id)
	h.does(err)
	_, err = h.votes.Start(t.Context(), h.aline, agenda[2].ID, assembly.Hands)
	wants(t, err, "assembly.rule.secret_only")
	v := h.starts(id, 3, assembly.Secret)
	for _, column := range []string{"method", "num", "den", "base", "tie", "strict", "motion_id"} {
		if _, err := h.db.Coop.ExecContext(t.Context(), `UPDATE coop.votes SET `+column+` = `+column); err == nil {
			t.Errorf("the cooperative's role may change %s", column)
		}
	}
	h.does(h.slips(v, all[0], all[0], assembly.For))
	if v = h.vote(id); v.Tally != (assembly.Tally{}) || v.Marks != 1 {
		t.Errorf("an open vote tells %+v", v.Tally)
	}
}

func TestAVoteNeedsItsQuorumWhenItOpensAndWhenItCloses(t *testing.T) {
	h := newHall(t)
	all := h.members(7) // of eight voices, two
	id := h.opens(nil)
	h.comes(id, all[0])
	agenda, err := h.assemblies.Agenda(t.Context(), h.aline, id)
	h.does(err)
	_, err = h.votes.Start(t.Context(), h.aline, agenda[1].ID, assembly.Hands)
	wants(t, err, "assembly.rule.no_quorum")
	h.comes(id, all[1])
	v := h.starts(id, 2, assembly.Hands)
	_, err = h.votes.Start(t.Context(), h.aline, agenda[2].ID, assembly.Secret)
	wants(t, err, "assembly.rule.vote_open")
	wants(t, h.assemblies.Close(t.Context(), h.aline, id), "assembly.rule.vote_open")
	h.does(h.assemblies.Depart(t.Context(), all[1], id))
	wants(t, h.finishes(v, assembly.Tally{InFavour: 2}), "assembly.rule.too_many_hands")
	h.does(h.finishes(v, assembly.Tally{InFavour: 1}))
	if v = h.vote(id); v.Outcome != assembly.NoQuorum {
		t.Errorf("it came to %s", v.Outcome)
	}
	h.comes(id, all[1]) // and then it is voted again
	v = h.starts(id, 2, assembly.Hands)
	h.does(h.finishes(v, assembly.Tally{InFavour: 2}))
	_, err = h.votes.Start(t.Context(), h.aline, agenda[1].ID, assembly.Hands)
	wants(t, err, rule.ErrMoved)
}

func TestOneVotesForOneselfAndForThoseOneHolds(t *testing.T) {
	h := newHall(t)
	all := h.members(4)
	id := h.opens(func(id coop.AssemblyID) { h.entrusts(id, all[1], all[0]) })
	h.comes(id, all[0], all[2])
	v := h.starts(id, 3, assembly.Secret)
	wants(t, h.slips(v, all[0], all[2], assembly.For), rule.ErrForbidden)
	wants(t, h.slips(v, all[3], all[3], assembly.For), rule.ErrForbidden) // not there
	wants(t, h.slips(v, all[1], all[1], assembly.For), rule.ErrForbidden) // gave it away
	h.comes(id, all[1])
	wants(t, h.slips(v, all[0], all[1], assembly.For), rule.ErrForbidden) // showed up
	h.does(h.slips(v, all[1], all[1], assembly.For))
	form := assembly.Ballot{Key: uuid.New(), Voice: all[0].Member, Choice: assembly.For}
	for range 2 {
		_, err := h.votes.Slip(t.Context(), all[0], v.ID, form)
		h.does(err)
	}
	wants(t, h.slips(v, newHall(t).aline, all[2], assembly.For), rule.ErrNotFound)
}

func TestNoPaperIsHandedForAVoiceThatNobodyHereHolds(t *testing.T) {
	h := newHall(t)
	all := h.members(3)
	id := h.opens(func(id coop.AssemblyID) { h.entrusts(id, all[0], all[1]) })
	h.comes(id, all[2])
	v := h.starts(id, 3, assembly.Secret)
	hand := func() error {
		_, err := h.votes.HandOut(t.Context(), h.aline, v.ID, 2, uuid.New()) // of the first neighbour
		return err
	}
	wants(t, hand(), "assembly.rule.not_here")
	h.comes(id, all[1])
	wants(t, hand(), nil)
}

// Whatever anybody tries with a vote in whatever state, what happens is a line of the table.
func TestOnlyTheTableMovesAVote(t *testing.T) {
	h := newHall(t)
	all := h.members(3)
	h.role(all[1], "scrutineer")
	people := map[assembly.Who]coop.Actor{assembly.Facilitator: h.aline, assembly.Voter: all[0], assembly.Scrutineer: all[1], "absent": all[2]}
	acts := map[assembly.Act]func(coop.Actor, assembly.Vote) error{
		assembly.ToCast: func(a coop.Actor, v assembly.Vote) error { return h.slips(v, a, a, assembly.For) },
		assembly.ToHand: func(a coop.Actor, v assembly.Vote) error {
			_, err := h.votes.HandOut(t.Context(), a, v.ID, 2, uuid.New())
			return err
		},
		assembly.ToCount: func(a coop.Actor, v assembly.Vote) error { return h.counts(v, a, assembly.Tally{}) },
		assembly.ToClose: func(a coop.Actor, v assembly.Vote) error {
			_, err := h.votes.Finish(t.Context(), a, v.ID, assembly.Tally{}, "")
			return err
		},
		assembly.ToVoid: func(a coop.Actor, v assembly.Vote) error {
			_, err := h.votes.Annul(t.Context(), a, v.ID, "Une erreur dans la question.")
			return err
		},
	}
	id := h.opens(nil)
	h.comes(id, all[0], h.aline)
	for _, state := range []assembly.VoteState{assembly.VoteOpen, assembly.VoteClosed, assembly.VoteVoid} {
		for act, do := range acts {
			for who, actor := range people {
				h.sql(`DELETE FROM coop.paper_counts; DELETE FROM coop.ballots; DELETE FROM coop.urns; DELETE FROM coop.vote_marks; DELETE FROM coop.votes`)
				v := h.starts(id, 3, assembly.Secret)
				switch state {
				case assembly.VoteClosed:
					h.does(h.finishes(v, assembly.Tally{}))
				case assembly.VoteVoid:
					h.does(acts[assembly.ToVoid](h.aline, v))
				}
				err := do(actor, v)
				line := slices.IndexFunc(assembly.Deeds(), func(d assembly.Deed) bool {
					voter := d.Who == assembly.Voter && (who == assembly.Voter || who == assembly.Facilitator) // both are there
					return d.Act == act && d.From == state && (d.Who == who || voter)
				})
				want := state
				if line >= 0 {
					want = assembly.Deeds()[line].To
				}
				if got := h.vote(id).State; got != want || (err == nil) != (line >= 0) {
					t.Errorf("%s by %s from %s: to %s, want %s (%v)", act, who, state, got, want, err)
				}
			}
		}
	}
}

// fills lets five thousand people vote by phone, and returns the vote with what they chose.
func (h *hall) fills() (v assembly.Vote, id coop.AssemblyID, want assembly.Tally) {
	h.t.Helper()
	id = h.opens(nil)
	h.comes(id, h.aline)
	v = h.starts(id, 3, assembly.Secret)
	box := newBox(h.t)
	h.votes = assembly.NewVotes(h.db.Coop, h.now, box)
	h.sql(`INSERT INTO coop.members (cooperative_id, id, number, name, language, place_id, state, joined_at, state_since)
		SELECT ?0, gen_random_uuid(), 1000 + n, 'V ' || n, 'fr', ?1, 'active', ?2, ?2 FROM generate_series(1, 5000) n`, h.cooperative, h.place, monday)
	h.sql(`INSERT INTO coop.roll (cooperative_id, assembly_id, member_id, present, added_why, added_at)
		SELECT cooperative_id, ?, id, true, '', ? FROM coop.members WHERE number > 1000`, id, monday)
	h.sql(`INSERT INTO coop.vote_marks (cooperative_id, vote_id, member_id, by_member_id, channel, client_key)
		SELECT cooperative_id, ?, id, id, 'phone', gen_random_uuid() FROM coop.members WHERE number > 1000`, v.ID)
	var rows []string
	for n := range 5000 {
		letter := []string{"f", "a", "b"}[n%3]
		switch letter {
		case "f":
			want.InFavour++
		case "a":
			want.Against++
		default:
			want.Blank++
		}
		sealed, err := box.Seal([]byte(letter), "urns|sealed|"+v.ID.String())
		h.does(err)
		rows = append(rows, fmt.Sprintf(`('%s', '%s', '\x%x')`, h.cooperative, v.ID, sealed))
	}
	h.sql(`INSERT INTO coop.urns (cooperative_id, vote_id, sealed) VALUES ` + strings.Join(rows, ","))
	return v, id, want
}

func TestAVoteOfFiveThousandIsCountedAsItWasCast(t *testing.T) {
	h := newHall(t)
	v, id, want := h.fills()
	h.does(h.finishes(v, assembly.Tally{}))
	recount := h.number(`SELECT count(*) FILTER (WHERE choice = 'for') FROM coop.ballots`)
	if v = h.vote(id); v.Tally != want || recount != want.InFavour {
		t.Errorf("%+v, want %+v; the recount says %d for", v.Tally, want, recount)
	}
}

// BenchmarkAVoteOfFiveThousandCloses measures the closing of a vote: the urn is opened, the
// ballots are written and counted, the result stands.
func BenchmarkAVoteOfFiveThousandCloses(b *testing.B) {
	for range b.N {
		b.StopTimer()
		h := newHall(b)
		v, _, _ := h.fills()
		b.StartTimer()
		h.does(h.finishes(v, assembly.Tally{}))
	}
}
