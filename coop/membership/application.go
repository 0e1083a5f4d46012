package membership

import (
	"strings"
	"time"

	"github.com/google/uuid"

	"lien/coop"
	"lien/rule"
)

// Stage is where an application stands.
type Stage string

// The stages of an application.
const (
	Unsent    Stage = ""
	Applied   Stage = "applied"
	Meeting   Stage = "meeting" // a welcome meeting is proposed
	Met       Stage = "met"     // welcomed in person: the invitation waits
	Entered   Stage = "entered" // a member, by phone or on paper
	Declined  Stage = "declined"
	Withdrawn Stage = "withdrawn"
	Lapsed    Stage = "lapsed" // the invitation was not used in time
)

// Final reports whether nothing happens to the application any more. Its applicant may
// then send another one.
func (s Stage) Final() bool { return s == Entered || s == Declined || s == Withdrawn || s == Lapsed }

// Act is what somebody does with an application.
type Act string

// The acts.
const (
	ToApply    Act = "apply"
	ToMeet     Act = "meet"    // propose a date and a place, or another one
	ToWelcome  Act = "welcome" // they were met: here is the invitation, or a new one
	ToDecline  Act = "decline"
	ToWithdraw Act = "withdraw"
	ToEnter    Act = "enter" // with the invitation, or at the desk without any phone
	ToLapse    Act = "lapse"
)

// Applicant holds the short code that follows an application.
const Applicant Who = "applicant"

// How long a stage may last before it stands on top of the facilitators' list; the last
// one is the life of the invitation.
const (
	answered   = 14 * 24 * time.Hour
	afterwards = 7 * 24 * time.Hour // after the day of the meeting
)

// Passage is one line of an application's table. Within is how long the new stage may
// last, counted from the meeting where AfterMeeting; zero when it is final. OnceLate opens
// the line only when the deadline has passed.
type Passage struct {
	Act          Act
	From, To     Stage
	Who          []Who
	Within       time.Duration
	AfterMeeting bool
	OnceLate     bool
}

// Passages is all that can happen to an application. Silence never ends one before
// somebody was met: it climbs on the facilitators' list.
func Passages() []Passage {
	desk, applicant := []Who{Facilitator}, []Who{Applicant}
	return []Passage{
		{Act: ToApply, From: Unsent, To: Applied, Who: []Who{Applicant, Facilitator}, Within: answered},

		{Act: ToMeet, From: Applied, To: Meeting, Who: desk, Within: afterwards, AfterMeeting: true},
		{Act: ToWelcome, From: Applied, To: Met, Who: desk, Within: invitationLasts},
		{Act: ToDecline, From: Applied, To: Declined, Who: desk},
		{Act: ToWithdraw, From: Applied, To: Withdrawn, Who: applicant},

		{Act: ToMeet, From: Meeting, To: Meeting, Who: desk, Within: afterwards, AfterMeeting: true},
		{Act: ToWelcome, From: Meeting, To: Met, Who: desk, Within: invitationLasts},
		{Act: ToDecline, From: Meeting, To: Declined, Who: desk},
		{Act: ToWithdraw, From: Meeting, To: Withdrawn, Who: applicant},

		{Act: ToEnter, From: Met, To: Entered, Who: []Who{Applicant, Facilitator}},
		{Act: ToWelcome, From: Met, To: Met, Who: desk, Within: invitationLasts},
		{Act: ToDecline, From: Met, To: Declined, Who: desk},
		{Act: ToWithdraw, From: Met, To: Withdrawn, Who: applicant},
		{Act: ToLapse, From: Met, To: Lapsed, Who: []Who{TheClock}, OnceLate: true},
	}
}

func passage(act Act, from Stage) (Passage, bool) {
	for _, p := range Passages() {
		if p.Act == act && p.From == from {
			return p, true
		}
	}
	return Passage{}, false
}

// Reach is how the cooperative can answer an applicant.
type Reach string

// The ways to reach an applicant. "None" is a way: the code tells them.
const (
	ByNothing  Reach = "none"
	ByCall     Reach = "phone"
	ByVisiting Reach = "desk"
)

// Application is somebody's wish to become a member.
type Application struct {
	ID           coop.ApplicationID
	Cooperative  coop.CooperativeID
	House        string // the cooperative's name
	Channel      string // poster, member or desk
	InvitedBy    string // the member whose leaflet it was, for facilitators
	Name         string
	Language     string
	Place        coop.PlaceID
	PlaceName    string
	Reach        Reach
	Phone        string
	Words        string
	Stage        Stage
	Since        time.Time
	DeadlineAt   time.Time
	MeetingAt    time.Time
	MeetingPlace string
	Invitation   coop.InvitationID
	Steps        int
	CreatedAt    time.Time
	Forgotten    bool
	Said         string // what was written with the last step: why it was declined
	Code         string // the short code that follows it; for its applicant and the desk
}

// Late reports whether the application has waited longer than it should.
func (a Application) Late(now time.Time) bool {
	return !a.DeadlineAt.IsZero() && now.After(a.DeadlineAt)
}

// Shown is the code as printed and read aloud, in two halves.
func (a Application) Shown() string { return halves(a.Code) }

// May reports whether who may do act now.
func (a Application) May(act Act, who Who, now time.Time) bool {
	p, ok := passage(act, a.Stage)
	if !ok || p.OnceLate && !a.Late(now) {
		return false
	}
	for _, w := range p.Who {
		if w == who {
			return true
		}
	}
	return false
}

// Applying is the form of an application, as it was filled in.
type Applying struct {
	Key      uuid.UUID // the client's; sending twice applies once
	Name     string
	Language string
	Place    coop.PlaceID
	Reach    Reach
	Phone    string
	Words    string
}

func (a Applying) tidy() (Applying, error) {
	var err error
	if a.Name, err = Name(a.Name); err != nil {
		return a, err
	}
	if err = language("language", a.Language); err != nil {
		return a, err
	}
	if a.Words, err = rule.Text("words", a.Words, 0, 500); err != nil {
		return a, err
	}
	switch a.Reach {
	case ByNothing, ByVisiting:
		a.Phone = ""
	case ByCall:
		a.Phone, err = phone(a.Phone)
	default:
		err = rule.Broken("reach", "rule.choose")
	}
	return a, err
}

// phone checks a number that a person will dial: six to fifteen digits (ITU-T E.164), a
// plus before and spaces between them.
func phone(typed string) (string, error) {
	text, err := rule.Line("phone", typed, 1, 30)
	if err != nil {
		return "", err
	}
	digits := 0
	for n, r := range text {
		switch {
		case r >= '0' && r <= '9':
			digits++
		case strings.ContainsRune(" .-()\u00a0\u202f", r) || r == '+' && n == 0:
		default:
			return "", rule.Broken("phone", "application.phone")
		}
	}
	if digits < 6 || digits > 15 {
		return "", rule.Broken("phone", "application.phone")
	}
	return text, nil
}
