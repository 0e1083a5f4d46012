// Package coop is the root of the residents' cooperative: the identifiers of its
// things and who acts. Everything under it belongs to exactly one cooperative, and
// every query says which. It knows nothing of individual support, and may never.
package coop

import "github.com/google/uuid"

// The identifiers of the cooperative's things.
type (
	CooperativeID struct{ uuid.UUID }
	PlaceID       struct{ uuid.UUID }
	MemberID      struct{ uuid.UUID }
	InvitationID  struct{ uuid.UUID }
	HouseholdID   struct{ uuid.UUID }
	MinorID       struct{ uuid.UUID }
	PartingID     struct{ uuid.UUID }
	DepartureID   struct{ uuid.UUID }
	LeavingRuleID struct{ uuid.UUID } // what a departure writes off
	LeafletID     struct{ uuid.UUID } // paper that leads to the application form
	ApplicationID struct{ uuid.UUID }
	PauseID       struct{ uuid.UUID }
	SuspensionID  struct{ uuid.UUID }
	RoleID        struct{ uuid.UUID } // a role that is planned
	ListingID     struct{ uuid.UUID }
	AgreementID   struct{ uuid.UUID }
	HoursID       struct{ uuid.UUID } // an account of hours
	TransferID    struct{ uuid.UUID }
	FundRuleID    struct{ uuid.UUID } // what the fund pays for
	MintingID     struct{ uuid.UUID } // how many hours the community may make
	DrawID        struct{ uuid.UUID } // what somebody asks of the fund
	EventID       struct{ uuid.UUID }
	SeriesID      struct{ uuid.UUID } // of events
	ShiftID       struct{ uuid.UUID } // of hands at an event
	CreditID      struct{ uuid.UUID } // of a shift, from the fund
	FeedID        struct{ uuid.UUID } // a calendar that a phone asks for
	BoardID       struct{ uuid.UUID }
	NoticeID      struct{ uuid.UUID }
	CommentID     struct{ uuid.UUID }
	FileID        struct{ uuid.UUID } // what was said and decided about something on a board
	BookletID     struct{ uuid.UUID } // of paper time-cheques
	LeafID        struct{ uuid.UUID } // one cheque
	PhotoID       struct{ uuid.UUID }
	SearchID      struct{ uuid.UUID } // a saved search
	ResourceID    struct{ uuid.UUID } // a shared thing
	BookingID     struct{ uuid.UUID }
	LoanID        struct{ uuid.UUID }
	DamageID      struct{ uuid.UUID }
	PassportID    struct{ uuid.UUID } // of skills
	PosterID      struct{ uuid.UUID }
	AssemblyID    struct{ uuid.UUID }
	MotionID      struct{ uuid.UUID } // a point of an assembly's agenda
	DocumentID    struct{ uuid.UUID } // read before an assembly
	ProxyID       struct{ uuid.UUID }
	VoteID        struct{ uuid.UUID } // on a motion
	ContestID     struct{ uuid.UUID } // of the minutes of an assembly
	ActID         struct{ uuid.UUID } // carried at the desk
	ProblemID     struct{ uuid.UUID } // that several homes have
	ImportID      struct{ uuid.UUID } // of a list that was kept before
)

// Actor is the member who acts, in their cooperative. Roles are read again from the
// database by the rules that need them: an Actor is only who, never what they may.
//
// Channel is how the act reached us: empty from the member's own phone, or AtDesk. Witness
// is then the facilitator who carried it there; both are filled by the desk alone, and no
// rule gives more to who acts so.
type Actor struct {
	Cooperative CooperativeID
	Member      MemberID
	Channel     Channel
	Witness     MemberID
}

// Channel is how an act reached the cooperative.
type Channel string

// The channels.
const (
	OwnPhone Channel = ""
	AtDesk   Channel = "desk"
	OnPaper  Channel = "paper"
)
