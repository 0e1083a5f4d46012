package hours

import (
	"time"

	"lien/coop"
)

// Account is what a member sees of the account where their hours stand, in minutes: the
// balance, and what was given and received in all. Low tells that the soft floor is
// reached, Shared that the account is a household's.
type Account struct {
	Balance  int64
	Given    int64
	Received int64
	Reserved int64 // of the balance, promised in agreements under way
	Low      bool
	High     bool // one more long act would pass the ceiling
	Shared   bool
}

// Kind says why hours moved.
type Kind string

// The kinds of transfers.
const (
	ForAgreement Kind = "agreement"
	AsGift       Kind = "gift"
	FromFund     Kind = "fund"
	AsCorrection Kind = "correction"
	AtHome       Kind = "household" // between a member's own account and the shared one
	AtDeparture  Kind = "departure" // what a member leaves behind, one way or the other
	ByCheque     Kind = "cheque"    // a paper time-cheque
	AsDeposit    Kind = "deposit"   // for a thing that is lent
	DepositBack  Kind = "deposit_back"
	AsOpening    Kind = "opening" // what a member had in the list that was kept before
)

// Line is one entry of the account where a member's hours stand. Minutes are positive when
// they came in. With is the other person's name, empty for the fund and for somebody who
// has left; Whose is the name of who acted, when it was another one of a shared account.
// Cheque is the name of the paper time-cheque that moved them, empty for everything else.
type Line struct {
	ID        coop.TransferID `bun:"transfer_id"`
	At        time.Time
	Kind      Kind
	Minutes   int64
	Agreement coop.AgreementID `bun:"agreement_id"`
	About     string
	Language  string
	With      string
	Whose     string
	Fund      bool
	Words     string // what was written with a gift, or why it was corrected
	WordsIn   string // their language
	Cheque    string
}

// In reports whether the minutes came in: the member gave help, or was given hours.
func (l Line) In() bool { return l.Minutes > 0 }

// Detail is one line with what became of it.
type Detail struct {
	Line
	Back  time.Time // when a correction gave it back, zero when none did
	Why   string    // what the facilitator wrote about it
	WhyIn string    // the language of Why
}

// Corrected reports whether a correction gave the minutes back.
func (d Detail) Corrected() bool { return !d.Back.IsZero() }

// Reference is what one reads out at the desk to speak of this transfer.
func (l Line) Reference() string {
	text := l.ID.String()
	return text[len(text)-10:]
}

// Place is where a line stands among the others of an account: by its moment, then by its
// transfer. Hours that are written later than they happened have an earlier place.
type Place struct {
	At       time.Time
	Transfer coop.TransferID
}

// Page is one page of a statement, newest first. Next is where the page of older lines
// starts, zero when there is none.
type Page struct {
	Lines []Line
	Next  Place
}

// Month is a month's statement: what there was, what moved, oldest first, and what was
// there then. Opening, the lines and Rest add up to Closing.
type Month struct {
	First   time.Time // the first day, in the cooperative's time
	Opening int64
	Lines   []Line
	Rest    int64 // the minutes of lines that a statement does not hold, mostly none
	Closing int64
	Cut     bool // there were more lines than asked for
}
