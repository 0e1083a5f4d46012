package exchange

import (
	"slices"
	"time"

	"lien/coop"
	"lien/rule"
)

// mostSeats is how many take part in one offer at once; passes is how long a freed seat is
// kept for the next who waits; toldAhead is how long before the beginning its host is told
// that too few come. After a move everybody is asked again, and has askedAgain to answer;
// mostMoves is how often a host may move it.
const (
	mostSeats  = 60
	passes     = day
	toldAhead  = day
	askedAgain = 2 * day
	mostMoves  = 5
)

// Workshop is an offer for several at once: one helps, several receive. Each seat is an
// agreement of its own; who finds none waits in the order of asking.
type Workshop struct {
	Listing     Listing `bun:"-"`
	StartsAt    time.Time
	Minutes     int64 // of each seat
	Seats       int   // the largest number of people
	Least       int   // with fewer its host may prefer to call it off
	Meeting     Meeting
	CancelledAt time.Time // zero while it is on
	Words       string    // why it is called off
	Language    string    // of Words
	MarkedAt    time.Time // when the host said who came; zero before
	MovedFrom   time.Time // where it stood before it was moved, zero when it never was
	Moves       int
	Taken       int // seats, those kept for somebody included
	Waiting     int
	Mine        Seat     `bun:"-"` // the reader's; its Turn is zero when they have none
	All         []Seat   `bun:"-"` // of everybody: told to the host alone
	Others      []Person `bun:"-"` // who comes, too, and agreed to be named: told to who has a seat
}

// Seat is one person's place in a workshop: an agreement, or a turn while they wait for
// one. State is empty for who waits. Shown says that the others may read the name.
type Seat struct {
	Turn      int
	Person    Person `bun:"embed:person_"`
	Agreement coop.AgreementID
	State     State
	DoneBy    coop.MemberID
	OfferedAt time.Time
	Again     bool // it is asked again, for another day
	Shown     bool
}

// Waits reports whether there is no seat yet.
func (s Seat) Waits() bool { return s.Turn > 0 && s.State == None }

// Kept reports whether the seat is kept until its person says whether they still come.
func (s Seat) Kept() bool { return s.State == Proposed }

// Holds reports whether its person said that they come.
func (s Seat) Holds() bool { return s.State != None && s.State != Proposed }

// KeptUntil is when a seat that is kept goes to the next in turn.
func (w Workshop) KeptUntil(s Seat) time.Time {
	within := passes
	if s.Again {
		within = askedAgain
	}
	if until := s.OfferedAt.Add(within); until.Before(w.StartsAt) {
		return until
	}
	return w.StartsAt
}

// MayMove reports whether its host can choose another day now.
func (w Workshop) MayMove(now time.Time) bool {
	return w.On(now) && w.MarkedAt.IsZero() && w.Moves < mostMoves
}

// Free is how many seats nobody has.
func (w Workshop) Free() int { return max(0, w.Seats-w.Taken) }

// Full reports whether who asks for a seat now waits for one.
func (w Workshop) Full() bool { return w.Free() == 0 || w.Waiting > 0 }

// Lacking is how many more people its host wished for.
func (w Workshop) Lacking() int { return max(0, w.Least-w.Taken) }

// Hosts reports whether the member is the one who helps.
func (w Workshop) Hosts(m coop.MemberID) bool { return w.Listing.Owner.ID == m }

// On reports whether one can still take a seat.
func (w Workshop) On(now time.Time) bool {
	return w.CancelledAt.IsZero() && now.Before(w.StartsAt)
}

// Ends is when the planned time is over.
func (w Workshop) Ends() time.Time {
	return w.StartsAt.Add(time.Duration(w.Minutes) * time.Minute)
}

// Over reports whether it has ended, so that its host can say who came.
func (w Workshop) Over(now time.Time) bool {
	return w.CancelledAt.IsZero() && !now.Before(w.Ends())
}

// MayMark reports whether its host can say now who came: once it is over, and once.
func (w Workshop) MayMark(now time.Time) bool { return w.Over(now) && w.MarkedAt.IsZero() }

// count fills how many seats are taken and how many wait.
func (w *Workshop) count(all []Seat) {
	w.Taken, w.Waiting = 0, 0
	for _, s := range all {
		if s.Waits() {
			w.Waiting++
		} else {
			w.Taken++
		}
	}
}

// of is the seat or the turn of a member, zero when they have none.
func of(all []Seat, m coop.MemberID) (mine Seat) {
	if n := slices.IndexFunc(all, func(s Seat) bool { return s.Person.ID == m }); n >= 0 {
		mine = all[n]
	}
	return mine
}

// Halls are where a workshop can be, the common room first: not in the home of one of
// those who come.
func Halls() []Meeting { return []Meeting{CommonRoom, Outside, GiverHome} }

// Invitation is what the form of a workshop holds.
type Invitation struct {
	Draft
	StartsAt time.Time
	Seats    int
	Least    int
	Meeting  Meeting
}

// check returns what is wrong with the form; its length is for the ledger's limits to judge.
func (i Invitation) check(now time.Time) (_ Invitation, err error) {
	i.Kind, i.Later, i.Place, i.Free = Offer, false, Anywhere, 0
	if i.Draft, err = i.Draft.check(); err != nil {
		return i, err
	}
	if err := dayOf(i.StartsAt, now); err != nil {
		return i, err
	}
	switch {
	case i.Minutes <= 0:
		return i, rule.Broken("minutes", "rule.choose")
	case i.Seats < 2 || i.Seats > mostSeats:
		return i, rule.Broken("seats", "workshop.seats_range", "most", mostSeats)
	case i.Least < 1 || i.Least > i.Seats:
		return i, rule.Broken("least", "workshop.least_range", "most", i.Seats)
	case !slices.Contains(Halls(), i.Meeting):
		return i, rule.Broken("meeting", "rule.choose")
	}
	return i, nil
}
