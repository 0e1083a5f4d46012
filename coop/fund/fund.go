// Package fund is the cooperative's own hours: what the members voted that it pays for,
// and how somebody is given some of it. Whoever needs hours asks under a rule; a
// facilitator or the treasurer answers, never for themselves.
//
// What always holds: a draw follows a rule that was voted and its yearly caps; nobody but
// the member and, while it waits, those who answer learns whose it is; sums are told only
// when at least eleven people are behind them; the fund goes below zero only as far as a
// voted rule says, and what the community made so is labelled. Hours move through the
// ledger of package hours.
package fund

import (
	"time"

	"github.com/google/uuid"
	"github.com/uptrace/bun"

	"lien/coop"
	"lien/coop/hours"
	"lien/rule"
)

// Fund is the fund of each cooperative.
type Fund struct {
	db     bun.IDB
	now    func() time.Time
	ledger *hours.Ledger
}

// New returns the funds kept in db; now tells the time.
func New(db bun.IDB, now func() time.Time) *Fund {
	return &Fund{db: db, now: now, ledger: hours.NewLedger(db, now)}
}

// Why is what a rule is for.
type Why string

// Whys are the reasons that a rule may have, in the order in which a page offers them.
func Whys() []Why {
	return []Why{"illness", "caring", "birth", "arrival", "hardship", "interpreter", "other"}
}

// Rule is what the members voted that the fund pays for: so many minutes at a time, and in
// a calendar year no more than so many for one person and for all.
type Rule struct {
	ID        coop.FundRuleID
	Why       Why
	Words     string
	Language  string
	Minutes   int64
	Each      int64
	All       int64
	VotedOn   time.Time
	EnteredBy string // empty when they have left
	EndedAt   time.Time
}

// Ended reports whether the rule holds no more.
func (r Rule) Ended() bool { return !r.EndedAt.IsZero() }

// Minting is how far below zero the fund may go: hours that the community makes.
type Minting struct {
	ID        coop.MintingID
	Cap       int64
	Words     string
	Language  string
	VotedOn   time.Time
	EnteredBy string
	EndedAt   time.Time
}

// RuleDraft is what the form of a new rule holds.
type RuleDraft struct {
	Key      uuid.UUID
	Why      Why
	Words    string
	Language string
	Minutes  int64
	Each     int64
	All      int64
	VotedOn  time.Time
}

// most is the most that any vote may name, in minutes: beyond it is a slip of the pen.
const most = 10_000 * 60

func (d RuleDraft) check(now time.Time, perAct int64) (_ RuleDraft, err error) {
	known := false
	for _, why := range Whys() {
		known = known || why == d.Why
	}
	switch {
	case !known:
		return d, rule.Broken("why", "rule.choose")
	case d.Minutes <= 0:
		return d, rule.Broken("minutes", "hours.nothing")
	case d.Minutes > perAct:
		return d, rule.Broken("minutes", "hours.per_act", "most", perAct/60)
	case d.Each < d.Minutes || d.Each > most:
		return d, rule.Broken("each", "fund.each_wrong")
	case d.All < d.Each || d.All > most:
		return d, rule.Broken("all", "fund.all_wrong")
	}
	if d.Words, err = rule.Text("words", d.Words, 3, 300); err != nil {
		return d, err
	}
	if err := hours.CheckVote(d.VotedOn, now); err != nil {
		return d, err
	}
	d.Language, err = rule.Line("language", d.Language, 2, 12)
	return d, err
}

// MintingDraft is what the form of a new minting rule holds.
type MintingDraft struct {
	Key      uuid.UUID
	Cap      int64
	Words    string
	Language string
	VotedOn  time.Time
}

func (d MintingDraft) check(now time.Time) (_ MintingDraft, err error) {
	if d.Cap <= 0 || d.Cap > most {
		return d, rule.Broken("cap", "fund.cap_wrong")
	}
	if d.Words, err = rule.Text("words", d.Words, 3, 300); err != nil {
		return d, err
	}
	if err := hours.CheckVote(d.VotedOn, now); err != nil {
		return d, err
	}
	d.Language, err = rule.Line("language", d.Language, 2, 12)
	return d, err
}
