package desk

import (
	"crypto/subtle"
	"encoding/binary"
	"strings"
	"time"

	"github.com/google/uuid"

	"lien/coop"
	"lien/coop/cheque"
	"lien/coop/exchange"
	"lien/coop/membership"
	"lien/rule"
)

// Kind is what a member asks for at the desk.
type Kind string

// The kinds of acts. Opened is none: a facilitator opened the member's page, which the
// member may know as well.
const (
	Opened   Kind = "open"
	Publish  Kind = "publish"
	Renew    Kind = "renew"
	Close    Kind = "close"
	Propose  Kind = "propose"
	Agree    Kind = "agree"
	Decline  Kind = "decline"
	Cancel   Kind = "cancel"
	Claim    Kind = "claim"
	Confirm  Kind = "confirm"
	Give     Kind = "give"
	Come     Kind = "come"
	StayAway Kind = "away"
	Speak    Kind = "language"
	Rest     Kind = "rest"
	Accept   Kind = "charter"
	Redeem   Kind = "redeem" // a paper time-cheque that the member was given
	Join     Kind = "join"   // a seat of a workshop, or a turn to wait for one
	Leave    Kind = "leave"
)

// Kinds are the acts that the desk carries.
func Kinds() []Kind {
	return []Kind{Publish, Renew, Close, Propose, Agree, Decline, Cancel, Claim, Confirm, Give, Come, StayAway, Speak, Rest, Accept, Redeem, Join, Leave}
}

// How says how a member agreed to one act.
type How string

// The ways of agreeing, the strongest first. A witness types their own PIN; a mark is for
// when nobody has one: the member's sign beside the witness's number.
const (
	None      How = "none"
	ByPIN     How = "pin"
	ByWitness How = "witness"
	ByMark    How = "mark"
)

// Consent is a member's agreement to one act, as it was seen. Whoever fills it in has
// checked the PIN of the member, or of the witness.
type Consent struct {
	How     How
	Witness coop.MemberID // for ByWitness and ByMark
	Mark    string        // for ByMark: initials, a cross
}

// check returns the consent as it is kept, or what is wrong with it.
func (c Consent) check() (_ Consent, err error) {
	switch c.How {
	case ByPIN:
		c.Witness, c.Mark = coop.MemberID{}, ""
		return c, nil
	case ByWitness:
		c.Mark = ""
	case ByMark:
		if c.Mark, err = rule.Line("mark", c.Mark, 1, 12); err != nil {
			return c, err
		}
	default:
		return c, rule.Broken("consent", "rule.choose")
	}
	if (c.Witness == coop.MemberID{}) {
		return c, rule.Broken("witness", "tablet.witness.unknown")
	}
	return c, nil
}

// Wish is what a member asks for, with what its kind needs. The key makes sending it twice
// one act.
type Wish struct {
	Kind     Kind
	Key      uuid.UUID
	Subject  uuid.UUID // the listing, agreement, event or workshop
	Seen     int       // how many steps of the agreement the page had seen
	Minutes  int64
	Guests   int
	Shown    bool // for Join: the others who come may read the member's name
	Listing  exchange.Draft
	Proposal exchange.Proposal
	To       coop.MemberID // whom hours are given, zero for the fund
	Language string
	Resting  membership.Resting // for Rest; its key is the wish's
	Version  int                // for Accept: the charter that was read, in Language
	Code     string             // for Redeem: the number on the cheque
	Brought  cheque.Presentation
}

// UndoWithin is how long a member can take back what was carried for them.
const UndoWithin = 48 * time.Hour

// Undoing is what taking an act back does.
type Undoing string

// What taking back does. Asks: the hours have moved, and a facilitator other than the one
// at the desk gives them back.
const (
	Nothing     Undoing = "nothing" // the way back is another act
	ClosesIt    Undoing = "closes"
	PausesIt    Undoing = "pauses"
	PublishesIt Undoing = "publishes"
	CancelsIt   Undoing = "cancels"
	DisputesIt  Undoing = "disputes"
	Asks        Undoing = "asks"
	Withdraws   Undoing = "withdraws"
	Registers   Undoing = "registers"
	SpeaksAgain Undoing = "speaks"
	Resumes     Undoing = "resumes"
	Leaves      Undoing = "leaves"
	JoinsAgain  Undoing = "joins"
)

// Undoing says what taking an act of the kind back does, as it is told before the act.
func (k Kind) Undoing() Undoing {
	what, ok := map[Kind]Undoing{
		Publish: ClosesIt, Renew: PausesIt, Close: PublishesIt, Propose: CancelsIt, Agree: CancelsIt, Claim: DisputesIt,
		Confirm: Asks, Give: Asks, Come: Withdraws, StayAway: Registers, Speak: SpeaksAgain,
		Rest: Resumes, Redeem: Asks, Join: Leaves, Leave: JoinsAgain,
	}[k]
	if !ok {
		return Nothing
	}
	return what
}

// Act is one line of a member's journal.
type Act struct {
	ID        coop.ActID
	Member    coop.MemberID
	ByID      coop.MemberID
	By        string // the facilitator's name, empty when they have left
	Kind      Kind
	Consent   How
	Witness   string // their name; empty when nobody witnessed, or who did has left
	Subject   uuid.UUID
	Title     string // of the listing, agreement or event; empty where a category says it
	Category  exchange.Category
	Language  string        // of the title
	OtherID   coop.MemberID // who else has a part in it, zero when nobody has
	Other     string        // their name
	Fund      bool          // hours given to all
	Minutes   int64
	Before    string
	At        time.Time
	UndoneAt  time.Time // zero while it stands
	Asked     bool      // a correction was asked for
	Answer    string    // corrected, kept; empty until somebody answered
	AnswerBy  string
	AnswerWhy string
	Code      string // on the receipt only
}

// Until is the last moment at which the act can be taken back.
func (a Act) Until() time.Time { return a.At.Add(UndoWithin) }

// MayUndo reports whether its member can take the act back now.
func (a Act) MayUndo(now time.Time) bool {
	return a.UndoneAt.IsZero() && a.Kind.Undoing() != Nothing && now.Before(a.Until())
}

// Derive makes bytes that only this house can make again from a label and an id.
type Derive func(label string, id []byte) []byte

// letters are those of a receipt's code. None looks like another, printed or by hand.
const letters = "234679ACDEFGHJKMNPQRTUWXY"

const codeLength = 6

// code derives the code of an act's receipt: it is written nowhere but on the paper.
func (d Derive) code(id coop.ActID) string {
	n := binary.BigEndian.Uint64(d("desk receipt", id.UUID[:]))
	var code [codeLength]byte
	for i := range code {
		code[i] = letters[n%uint64(len(letters))]
		n /= uint64(len(letters))
	}
	return string(code[:])
}

// fits reports whether the code that was typed is the act's.
func (d Derive) fits(id coop.ActID, typed string) bool {
	return subtle.ConstantTimeCompare([]byte(tidy(typed)), []byte(d.code(id))) == 1
}

// tidy forgives how a code is typed: spaces, dashes, small letters.
func tidy(typed string) string {
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune(letters, r) {
			return r
		}
		return -1
	}, strings.ToUpper(typed))
}
