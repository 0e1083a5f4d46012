package membership

import (
	"time"

	"lien/coop"
	"lien/rule"
)

// A suspension lasts half a year at most. It can be contested for a month, and somebody
// else than who decided answers within two weeks: if nobody does, it is over.
const (
	suspendedFor = 183
	contestedIn  = 30 * 24 * time.Hour
	reviewedIn   = 14 * 24 * time.Hour
)

// Suspension is a decision that stops a member from taking part, with its reason, its last
// day, what the member says to it and what somebody else found.
type Suspension struct {
	ID          coop.SuspensionID
	Member      coop.MemberID
	Name        string // the member's
	DecidedBy   coop.MemberID
	By          string // the name of who decided
	Reason      string
	DecidedAt   time.Time
	UntilOn     time.Time
	Contest     string
	ContestedAt time.Time
	ReviewBy    time.Time
	Reviewer    string
	Outcome     Outcome
	Review      string
	ReviewedAt  time.Time
	EndedAt     time.Time
}

// Outcome is what a review found.
type Outcome string

// The outcomes of a review.
const (
	Upheld Outcome = "upheld"
	Lifted Outcome = "lifted"
)

// Contested reports whether the member has said something to it.
func (s Suspension) Contested() bool { return !s.ContestedAt.IsZero() }

// Reviewed reports whether somebody else has answered.
func (s Suspension) Reviewed() bool { return !s.ReviewedAt.IsZero() }

// MayContest reports whether its member can contest it now.
func (s Suspension) MayContest(now time.Time) bool {
	return s.EndedAt.IsZero() && !s.Contested() && now.Before(s.DecidedAt.Add(contestedIn))
}

// ContestUntil is the moment up to which the member can contest.
func (s Suspension) ContestUntil() time.Time { return s.DecidedAt.Add(contestedIn) }

// MayReview reports whether a facilitator can answer the contest: neither who decided nor
// the member, once, while it lasts.
func (s Suspension) MayReview(facilitator coop.MemberID) bool {
	return s.EndedAt.IsZero() && s.Contested() && !s.Reviewed() && facilitator != s.DecidedBy && facilitator != s.Member
}

// Verdict is a decision to suspend as it was typed: why, and its last day.
type Verdict struct{ Why, Until string }

func (v Verdict) on(today time.Time) (why string, until time.Time, err error) {
	if why, err = reason(v.Why); err != nil {
		return why, until, err
	}
	if until, err = dayOf("until", v.Until); err != nil {
		return why, until, err
	}
	switch {
	case until.Before(today):
		err = rule.Broken("until", "member.day.past")
	case until.After(today.AddDate(0, 0, suspendedFor)):
		err = rule.Broken("until", "member.day.far")
	}
	return why, until, err
}
