package server

import (
	"context"
	"strings"

	"github.com/gofiber/fiber/v2"

	"lien/server/coopweb"
	"lien/server/page"
)

// Route is one line of the table: a method and a path, who may call it, and what answers.
type Route struct {
	Method, Path string
	May          May
	Handler      fiber.Handler
}

const (
	get  = fiber.MethodGet
	post = fiber.MethodPost
)

// Routes is every address of the house. What is not in this table does not exist.
func Routes(app *fiber.App, s Settings, p Parts) []Route {
	return []Route{
		// The house itself
		{get, "/healthz", Anyone, healthy},
		{get, "/readyz", Anyone, ready(p.Ready)},
		{get, "/assets/:name", Anyone, page.ServeAsset},
		{post, "/language", Anyone, page.Speak(strings.HasPrefix(s.Origin, "https://"))},

		// Entering: server/coopweb/entrance.go, joining.go, opening.go
		{get, "/", Anyone, p.Coop.Enter},
		{get, "/join", Anyone, p.Coop.ShowJoin},
		{post, "/join", Anyone, p.Coop.FindInvitation},
		{get, "/join/:code", Anyone, p.Coop.ShowWelcome},
		{post, "/join/:code", Anyone, p.Coop.StartJoining},
		{get, "/joining/name", Anyone, p.Coop.ShowJoiningName},
		{post, "/joining/name", Anyone, p.Coop.NameJoining},
		{get, "/joining/pin", Anyone, p.Coop.ShowJoiningPIN},
		{post, "/joining/pin", Anyone, p.Coop.ChooseJoiningPIN},
		{get, "/joining/charter", Anyone, p.Coop.ShowJoiningCharter},
		{post, "/joining/charter", Anyone, p.Coop.AcceptCharter},
		{get, "/open", Anyone, p.Coop.ShowOpen},
		{post, "/open", Anyone, p.Coop.Open},
		{get, "/private/open", Self, p.Coop.ShowOpenPrivate},
		{post, "/private/open", Self, p.Coop.OpenPrivate},
		{get, "/leave", Anyone, p.Coop.LeavePrivate},
		{get, "/sign-in/:token", Anyone, p.Coop.ShowLink},
		{post, "/sign-in/:token", Anyone, p.Coop.FollowLink},

		// Home and me: server/coopweb/me.go, devices.go
		{get, "/me", Self, p.Coop.ShowMe},
		{post, "/me/language", Self, p.Coop.SpeakMe},
		{post, "/me/sign-out", Self, p.Coop.SignOut},
		{get, "/me/leave", Self, p.Coop.ShowLeave},
		{post, "/me/leave", Self, p.Coop.Leave},
		{get, "/me/devices", Self, p.Coop.ShowDevices},
		{post, "/me/devices", Private, p.Coop.AddDevice},
		{post, "/me/devices/:id/end", Self, p.Coop.EndDevice},

		// Neighbours to each other: server/coopweb/directory.go, visibility.go, blocks.go, buddies.go
		{get, "/directory", Resident, p.Coop.ShowDirectory},
		{get, "/directory/:id", Resident, p.Coop.ShowNeighbour},
		{get, "/me/visibility", Self, p.Coop.ShowVisibility},
		{post, "/me/visibility", Self, p.Coop.ChooseVisibility},
		{get, "/me/buddy", Resident, p.Coop.ShowBuddy},
		{post, "/me/buddy", Resident, p.Coop.AskBuddy},
		{post, "/me/buddy/volunteer", Resident, p.Coop.VolunteerBuddy},
		{post, "/me/buddy/:id", Resident, p.Coop.StepBuddy},
		{get, "/desk/newcomers", Facilitator, p.Coop.ShowNewcomers},
		{post, "/desk/newcomers/:id/buddy", Facilitator, p.Coop.AskForNewcomer},
		{get, "/me/blocks", Self, p.Coop.ShowBlocks},
		{get, "/me/blocks/new", Self, p.Coop.AskHide},
		{post, "/me/blocks", Self, p.Coop.Hide},
		{post, "/me/blocks/:id/show", Self, p.Coop.Unhide},

		// Those one lives with: server/coopweb/household.go, parting.go
		{get, "/household", Self, p.Coop.ShowHousehold},
		{post, "/household", Resident, p.Coop.BeginHousehold},
		{post, "/household/code", Resident, p.Coop.InviteHome},
		{get, "/household/join", Resident, p.Coop.ShowJoinHome},
		{post, "/household/join", Resident, p.Coop.FindHome},
		{get, "/household/join/:code", Resident, p.Coop.ShowHomeWelcome},
		{post, "/household/join/:code", Resident, p.Coop.JoinHome},
		{post, "/household/children", Resident, p.Coop.AddChild},
		{post, "/household/children/:id/remove", Self, p.Coop.RemoveChild},
		{post, "/household/share", Resident, p.Coop.AgreeToShare},
		{post, "/household/hesitate", Self, p.Coop.HesitateToShare},
		{post, "/household/separate", Self, p.Coop.Separate},
		{get, "/household/leave", Self, p.Coop.ShowLeaveHome},
		{post, "/household/leave", Self, p.Coop.LeaveHome},
		{post, "/household/slip", Self, p.Coop.SlipFromHome},
		{get, "/household/partings/:id", Self, p.Coop.ShowParting},
		{post, "/household/partings/:id/name", Self, p.Coop.NameShare},
		{post, "/household/partings/:id/sign", Self, p.Coop.SignShare},
		{post, "/household/partings/:id/help", Self, p.Coop.AskShare},

		// Where one lives: server/coopweb/places.go
		{get, "/me/place", Self, p.Coop.ShowMyPlace},
		{post, "/me/place", Resident, p.Coop.MoveMe},
		{get, "/desk/places", Facilitator, p.Coop.ShowPlaces},
		{post, "/desk/places", Facilitator, p.Coop.AddResidence},
		{get, "/desk/places/:id", Facilitator, p.Coop.ShowPlace},
		{post, "/desk/places/:id/add", Facilitator, p.Coop.AddPlace},
		{post, "/desk/places/:id/name", Facilitator, p.Coop.NamePlace},
		{post, "/desk/places/:id/close", Facilitator, p.Coop.ClosePlace},
		{get, "/desk/members/:id/place", Facilitator, p.Coop.ShowMemberPlace},
		{post, "/desk/members/:id/place", Facilitator, p.Coop.MoveMember},

		// Home: server/coopweb/home.go
		{get, "/home", Self, p.Coop.ShowHome},
		{post, "/nets/:id/done", Resident, p.Coop.LookedIn},

		// What the house told: server/coopweb/inbox.go
		{get, "/inbox", Self, p.Coop.ShowInbox},
		{post, "/inbox", Self, p.Coop.ReadInbox},
		{post, "/inbox/:id", Self, p.Coop.OpenInboxItem},

		// Boards: server/coopweb/boards.go, notices.go, livesource.go
		{get, "/live", Resident, p.Hub.Upgrade(app, coopweb.ReaderOf)},
		{get, "/boards", Resident, p.Coop.ShowBoards},
		{get, "/boards/:id", Resident, p.Coop.ShowBoard},
		{post, "/boards/:id", Resident, p.Coop.PinNotice},
		{get, "/boards/:id/since", Resident, p.Coop.BoardSince},
		{post, "/boards/:id/read", Resident, p.Coop.MarkBoard},
		{get, "/notices/:id", Resident, p.Coop.ShowNotice},
		{post, "/notices/:id/comments", Resident, p.Coop.AnswerNotice},
		{post, "/notices/:id/thanks", Resident, p.Coop.ThankNotice},
		{get, "/notices/:id/take-down", Resident, p.Coop.AskTakeDown},
		{post, "/notices/:id/take-down", Resident, p.Coop.TakeDownNotice},
		{post, "/comments/:id/take-down", Resident, p.Coop.TakeDownComment},

		// Mutual aid: server/coopweb/listings.go, agreements.go, hours.go, statement.go, giving.go, limits.go
		{get, "/listings", Resident, p.Coop.ShowListings},
		{post, "/listings", Resident, p.Coop.PublishListing},
		{get, "/listings/new", Resident, p.Coop.NewListing},
		{get, "/searches", Resident, p.Coop.ShowSearches},
		{post, "/searches", Resident, p.Coop.SaveSearch},
		{get, "/searches/:id", Resident, p.Coop.EditSearch},
		{post, "/searches/:id", Resident, p.Coop.ChangeSearch},
		{post, "/searches/:id/stop", Resident, p.Coop.StopSearch},
		{get, "/listings/mine", Self, p.Coop.ShowMyListings},
		{get, "/listings/:id", Resident, p.Coop.ShowListing},
		{post, "/listings/:id", Resident, p.Coop.ReviseListing},
		{get, "/listings/:id/edit", Resident, p.Coop.EditListing},
		{post, "/listings/:id/pause", Resident, p.Coop.PauseListing},
		{post, "/listings/:id/reopen", Resident, p.Coop.ReopenListing},
		{post, "/listings/:id/renew", Resident, p.Coop.RenewListing},
		{post, "/listings/:id/close", Resident, p.Coop.CloseListing},
		{post, "/listings/:id/publish", Resident, p.Coop.PutUpListing},
		{post, "/listings/:id/photos", Resident, p.Coop.AddPhoto},
		{post, "/listings/:id/photos/:photo/remove", Resident, p.Coop.RemovePhoto},
		{get, "/photos/:id/:size", Resident, p.Coop.ShowPhoto},
		{get, "/listings/:id/report", Resident, p.Coop.NewReport},
		{post, "/listings/:id/report", Resident, p.Coop.ReportListing},
		{post, "/listings/:id/contest", Resident, p.Coop.ContestListing},
		{get, "/listings/:id/propose", Resident, p.Coop.NewAgreement},
		{post, "/listings/:id/propose", Resident, p.Coop.ProposeAgreement},
		{get, "/propose", Resident, p.Coop.ShowMet},
		{get, "/propose/:id", Resident, p.Coop.NewProposal},
		{post, "/propose/:id", Resident, p.Coop.ProposeToNeighbour},
		{get, "/agreements", Self, p.Coop.ShowMyAgreements},
		{get, "/agreements/:id", Self, p.Coop.ShowAgreement},
		{get, "/agreements/:id/since", Resident, p.Coop.TalkSince},
		{post, "/agreements/:id/say", Resident, p.Coop.Say},
		{post, "/agreements/:id/read", Resident, p.Coop.MarkTalk},
		{post, "/agreements/:id/way", Resident, p.Coop.ShowWay},
		{post, "/agreements/:id/reply", Resident, p.Coop.ReplyOutcome},
		{post, "/agreements/:id/thanks", Resident, p.Coop.ThankAgreement},
		{post, "/agreements/:id/thanks/show", Resident, p.Coop.ShowThanks},
		{post, "/agreements/:id/thanks/report", Resident, p.Coop.ReportThanks},
		{get, "/agreements/:id/visit", Resident, p.Coop.ShowMyVisit},
		{post, "/agreements/:id/visit", Resident, p.Coop.AskVisit},
		{post, "/agreements/:id/visit/drop", Resident, p.Coop.DropVisit},
		{post, "/agreements/:id/visit/arrived", Resident, p.Coop.ArriveVisit},
		{post, "/agreements/:id/visit/left", Resident, p.Coop.LeaveVisit},
		{get, "/visits/:id", Resident, p.Coop.ShowVisit},
		{post, "/visits/:id/answer", Resident, p.Coop.AnswerVisit},
		{post, "/visits/:id/well", Resident, p.Coop.WellVisit},
		{get, "/agreements/:id/counter", Resident, p.Coop.NewCounter},
		{post, "/agreements/:id/counter", Resident, p.Coop.Counter},
		{post, "/agreements/:id/agree", Resident, p.Coop.Agree},
		{post, "/agreements/:id/decline", Resident, p.Coop.Decline},
		{post, "/agreements/:id/cancel", Resident, p.Coop.CancelAgreement},
		{post, "/agreements/:id/claim", Resident, p.Coop.Claim},
		{post, "/agreements/:id/confirm", Resident, p.Coop.Confirm},
		{post, "/agreements/:id/accept", Resident, p.Coop.AcceptFigure},
		{get, "/agreements/:id/dispute", Resident, p.Coop.NewDispute},
		{post, "/agreements/:id/dispute", Resident, p.Coop.Dispute},
		{get, "/hours", Self, p.Coop.ShowHours},
		{get, "/hours/give", Resident, p.Coop.ShowGive},
		{post, "/hours/give", Resident, p.Coop.Give},
		{post, "/hours/give/find", Resident, p.Coop.FindReceiver},
		{get, "/hours/limits", Resident, p.Coop.ShowLimits},
		{post, "/hours/limits", Resident, p.Coop.AmendLimits},
		{get, "/hours/low", Resident, p.Coop.ShowLow},
		{get, "/hours/lines/:id", Self, p.Coop.ShowLine},
		{get, "/hours/:month", Self, p.Coop.ShowMonth},
		{get, "/hours/:month/print", Self, p.Coop.PrintMonth},
		{get, "/hours/:month/file", Self, p.Coop.DownloadMonth},

		// Paper time-cheques: server/coopweb/cheques.go, booklets.go
		{get, "/cheques", Self, p.Coop.ShowCheques},
		{post, "/cheques", Resident, p.Coop.FindCheque},
		{get, "/cheque/:code", Resident, p.Coop.ShowNumber},
		{post, "/cheque/:code", Resident, p.Coop.PresentCheque},
		{get, "/cheques/:id", Self, p.Coop.ShowCheque},
		{post, "/cheques/:id/confirm", Resident, p.Coop.ConfirmCheque},
		{post, "/cheques/:id/refuse", Resident, p.Coop.RefuseCheque},
		{post, "/cheques/:id/accept", Resident, p.Coop.AcceptCheque},
		{post, "/cheques/:id/withdraw", Resident, p.Coop.WithdrawCheque},
		{post, "/cheques/:id/lose", Resident, p.Coop.LoseCheque},
		{get, "/booklets/:id", Self, p.Coop.ShowBooklet},
		{post, "/booklets/:id/lose", Resident, p.Coop.LoseBooklet},

		// The fund: server/coopweb/fund.go, fundrules.go
		{get, "/fund", Self, p.Coop.ShowFund},
		{get, "/fund/ask", Resident, p.Coop.ShowAsk},
		{post, "/fund/ask", Resident, p.Coop.AskFund},
		{get, "/fund/asked", Resident, p.Coop.ShowAsked},
		{get, "/fund/offer", Resident, p.Coop.ShowOffer},
		{post, "/fund/offer", Resident, p.Coop.OfferDraw},
		{get, "/fund/draws/:id", Self, p.Coop.ShowDraw},
		{post, "/fund/draws/:id/grant", Resident, p.Coop.GrantDraw},
		{post, "/fund/draws/:id/refuse", Resident, p.Coop.RefuseDraw},
		{post, "/fund/draws/:id/withdraw", Self, p.Coop.WithdrawDraw},
		{post, "/fund/draws/:id/take", Resident, p.Coop.TakeDraw},
		{post, "/fund/draws/:id/decline", Self, p.Coop.DeclineDraw},
		{get, "/fund/rules/new", Resident, p.Coop.NewFundRule},
		{post, "/fund/rules", Resident, p.Coop.EnterFundRule},
		{post, "/fund/rules/:id/end", Resident, p.Coop.EndFundRule},
		{get, "/fund/minting", Resident, p.Coop.ShowMinting},
		{post, "/fund/minting", Resident, p.Coop.Mint},
		{post, "/fund/minting/:id/end", Resident, p.Coop.EndMinting},

		// Events: server/coopweb/events.go, event.go, announcing.go, door.go
		{get, "/events", Resident, p.Coop.ShowEvents},
		{get, "/events/past", Resident, p.Coop.ShowPastEvents},
		{get, "/events/new", Resident, p.Coop.NewEvent},
		{post, "/events", Resident, p.Coop.AnnounceEvent},
		{get, "/events/:id", Self, p.Coop.ShowEvent},
		{post, "/events/:id/answer", Self, p.Coop.AnswerEvent},
		{post, "/events/:id/offer", Self, p.Coop.AnswerOffer},
		{get, "/events/:id/cancel", Resident, p.Coop.AskCancelEvent},
		{post, "/events/:id/cancel", Resident, p.Coop.CancelEvent},
		{get, "/events/:id/door", Resident, p.Coop.ShowDoor},
		{post, "/events/:id/door", Resident, p.Coop.TickDoor},
		{get, "/events/:id/code", Resident, p.Coop.ShowDoorCode},
		{get, "/events/:id/here", Resident, p.Coop.ShowHere},
		{post, "/events/:id/here", Resident, p.Coop.CheckInHere},

		// What is shared: server/coopweb/resources.go, my_resources.go, desk_resources.go
		{get, "/resources", Resident, p.Coop.ShowResources},
		{get, "/resources/mine", Self, p.Coop.ShowMyResources},
		{get, "/resources/:id", Resident, p.Coop.ShowResource},
		{post, "/resources/:id/book", Resident, p.Coop.BookResource},
		{post, "/resources/:id/ask", Resident, p.Coop.AskResource},
		{post, "/resources/:id/damage", Resident, p.Coop.TellDamage},
		{post, "/bookings/:id/start", Resident, p.Coop.StartBooking},
		{post, "/bookings/:id/end", Self, p.Coop.EndBooking},
		{post, "/bookings/:id/cancel", Self, p.Coop.CancelBooking},
		{post, "/loans/:id/withdraw", Self, p.Coop.WithdrawLoan},
		{post, "/loans/:id/renew", Resident, p.Coop.RenewLoan},
		{get, "/desk/resources", Facilitator, p.Coop.ShowDeskResources},
		{post, "/desk/resources", Facilitator, p.Coop.AddResource},
		{get, "/desk/resources/new", Facilitator, p.Coop.NewResource},
		{get, "/desk/resources/:id", Facilitator, p.Coop.ShowDeskResource},
		{post, "/desk/resources/:id/rules", Facilitator, p.Coop.RuleResource},
		{post, "/desk/resources/:id/pause", Facilitator, p.Coop.PauseResource},
		{post, "/desk/resources/:id/reopen", Facilitator, p.Coop.ReopenResource},
		{post, "/desk/resources/:id/retire", Facilitator, p.Coop.RetireResource},
		{post, "/desk/loans/:id/hand-over", Facilitator, p.Coop.HandOverLoan},
		{post, "/desk/loans/:id/take-back", Facilitator, p.Coop.TakeBackLoan},
		{post, "/desk/loans/:id/lose", Facilitator, p.Coop.LoseLoan},
		{post, "/desk/damages/:id/mend", Facilitator, p.Coop.MendDamage},

		// The facilitator's desk: server/coopweb/desk.go, invitations.go, members.go
		{get, "/desk", Facilitator, p.Coop.ShowDesk},
		{get, "/desk/invitations", Facilitator, p.Coop.ShowInvitations},
		{post, "/desk/invitations", Facilitator, p.Coop.Invite},
		{get, "/desk/invitations/:id/print", Facilitator, p.Coop.PrintInvitation},
		{post, "/desk/invitations/:id/revoke", Facilitator, p.Coop.RevokeInvitation},
		{get, "/desk/members", Facilitator, p.Coop.ShowMembers},
		{get, "/desk/members/:id", Facilitator, p.Coop.ShowMember},
		{post, "/desk/members/:id/suspend", Facilitator, p.Coop.SuspendMember},
		{post, "/desk/members/:id/reinstate", Facilitator, p.Coop.ReinstateMember},
		{post, "/desk/members/:id/device", Facilitator, p.Coop.ReplaceDevice},
		{post, "/desk/members/:id/entrust", Facilitator, p.Coop.EntrustMember},
		{post, "/desk/members/:id/relieve", Facilitator, p.Coop.RelieveMember},
		{post, "/desk/members/:id/close", Facilitator, p.Coop.CloseMember},
		{get, "/desk/listings", Facilitator, p.Coop.ShowReported},
		{get, "/desk/listings/:id", Facilitator, p.Coop.ShowReportedListing},
		{post, "/desk/listings/:id", Facilitator, p.Coop.DecideListing},
		{get, "/desk/corrections", Facilitator, p.Coop.ShowCorrections},
		{post, "/desk/corrections", Facilitator, p.Coop.FindMistake},
		{get, "/desk/corrections/:id", Facilitator, p.Coop.ShowMistake},
		{post, "/desk/corrections/:id", Facilitator, p.Coop.Correct},
		{get, "/desk/partings", Facilitator, p.Coop.ShowPartings},
		{get, "/desk/partings/:id", Facilitator, p.Coop.ShowPartingAtDesk},
		{post, "/desk/partings/:id/decide", Facilitator, p.Coop.DecideParting},
		{get, "/desk/agreements", Facilitator, p.Coop.ShowWaiting},
		{get, "/desk/agreements/:id", Facilitator, p.Coop.ShowMediation},
		{post, "/desk/agreements/:id/listen", Facilitator, p.Coop.HelpTalk},
		{post, "/desk/agreements/:id/say", Facilitator, p.Coop.SayAtDesk},
		{post, "/desk/agreements/:id/thanks", Facilitator, p.Coop.SettleThanks},
		{post, "/desk/agreements/:id/settle", Facilitator, p.Coop.Settle},
		{post, "/desk/agreements/:id/void", Facilitator, p.Coop.Void},

		// Paper time-cheques at the desk: server/coopweb/chequedesk.go, booklets.go
		{get, "/desk/cheques", Facilitator, p.Coop.ShowChequeDesk},
		{post, "/desk/cheques", Facilitator, p.Coop.IssueBooklet},
		{get, "/desk/cheques/redeem", Facilitator, p.Coop.NewHonour},
		{post, "/desk/cheques/redeem", Facilitator, p.Coop.HonourCheque},
		{get, "/desk/cheques/:id", Facilitator, p.Coop.ShowChequeCase},
		{post, "/desk/cheques/:id/witness", Facilitator, p.Coop.WitnessCheque},
		{post, "/desk/cheques/:id/settle", Facilitator, p.Coop.SettleCheque},
		{post, "/desk/cheques/:id/void", Facilitator, p.Coop.VoidCheque},
		{post, "/desk/cheques/:id/lose", Facilitator, p.Coop.LoseDeskCheque},
		{get, "/desk/booklets/:id", Facilitator, p.Coop.ShowDeskBooklet},
		{post, "/desk/booklets/:id/lose", Facilitator, p.Coop.LoseDeskBooklet},
		{get, "/desk/booklets/:id/print", Facilitator, p.Coop.PrintBooklet},

		// The private area: server/ownweb/private.go, share.go, looked.go, net.go
		{get, "/private", Private, p.Own.ShowPrivate},
		{get, "/private/code", Private, p.Own.ShowCode},
		{get, "/private/code/:code", Private, p.Own.ShowCode},
		{post, "/private/code", Private, p.Own.Redeem},
		{get, "/private/share", Private, p.Own.ShowShare},
		{get, "/private/share/print", Private, p.Own.PrintShare},
		{post, "/private/share/:scope/open", Private, p.Own.Consent},
		{post, "/private/share/:scope/close", Private, p.Own.Withdraw},
		{post, "/private/withdraw", Private, p.Own.WithdrawAll},
		{post, "/private/moments", Private, p.Own.Pick},
		{post, "/private/moments/:id/drop", Private, p.Own.DropMoment},
		{post, "/private/proposals/:id/away", Private, p.Own.PutAway},
		{get, "/private/net", Private, p.Own.ShowNet},
		{post, "/private/net", Private, p.Own.SetNet},
		{post, "/private/net/find", Private, p.Own.FindWhom},
		{post, "/private/net/down", Private, p.Own.TakeNetDown},
		{get, "/private/looked", Private, p.Own.ShowLooked},

		// Professionals entering: server/supportweb/signin.go, accounts.go
		{get, "/pro/sign-in", Anyone, p.Support.ShowSignIn},
		{post, "/pro/sign-in", Anyone, p.Support.SignIn},
		{get, "/pro/sign-in/:token", Anyone, p.Support.ShowLink},
		{post, "/pro/sign-in/:token", Anyone, p.Support.FollowLink},
		{get, "/pro/first/:token", Anyone, p.Support.ShowFirst},
		{post, "/pro/first/:token", Anyone, p.Support.First},
		{post, "/pro/language", Professional, p.Support.Speak},
		{post, "/pro/sign-out", Professional, p.Support.SignOut},
		{get, "/pro/accounts", Administrator, p.Support.ShowAccounts},
		{post, "/pro/accounts", Administrator, p.Support.CreateAccount},
		{post, "/pro/accounts/organisations", Administrator, p.Support.AddOrganisation},
		{post, "/pro/accounts/:id/renew", Administrator, p.Support.RenewAccount},
		{post, "/pro/accounts/:id/end", Administrator, p.Support.EndAccount},

		// Professionals: server/supportweb/today.go, casefile.go, writing.go, note.go, closing.go, bonds.go, coordination.go
		{get, "/pro", Professional, p.Support.ShowToday},
		{get, "/pro/cases", Caseworker, p.Support.ShowCases},
		{get, "/pro/cases/:id", Caseworker, p.Support.ShowCase},
		{post, "/pro/cases/:id/contacts", Caseworker, p.Support.NoteContact},
		{get, "/pro/cases/:id/note", Caseworker, p.Support.NewNote},
		{post, "/pro/cases/:id/note", Caseworker, p.Support.WriteNote},
		{get, "/pro/cases/:id/close", Caseworker, p.Support.AskClose},
		{post, "/pro/cases/:id/close", Caseworker, p.Support.CloseCase},
		{post, "/pro/cases/:id/notes/:note", Caseworker, p.Support.ReclassNote},
		{post, "/pro/cases/:id/appointments", Caseworker, p.Support.Appoint},
		{post, "/pro/cases/:id/appointments/:appointment/cancel", Caseworker, p.Support.CancelAppointment},
		{get, "/pro/cases/:id/bond/:person", Caseworker, p.Support.ShowBond},
		{get, "/pro/cases/:id/bond/:person/state", Caseworker, p.Support.ShowBondState},
		{post, "/pro/cases/:id/bond/:person/code", Caseworker, p.Support.GiveCode},
		{get, "/pro/cases/:id/bond/:person/propose", Caseworker, p.Support.NewProposal},
		{post, "/pro/cases/:id/bond/:person/propose", Caseworker, p.Support.Propose},
		{get, "/pro/coordination", Coordinator, p.Support.ShowCoordination},
		{post, "/pro/coordination", Coordinator, p.Support.OpenCase},
		{get, "/pro/coordination/new", Coordinator, p.Support.NewCase},
		{get, "/pro/coordination/:id", Coordinator, p.Support.ShowIdentity},
		{post, "/pro/coordination/:id/handover", Coordinator, p.Support.HandOver},
		{post, "/pro/coordination/:id/assign", Coordinator, p.Support.Assign},
	}
}

// healthy answers while the process lives.
func healthy(c *fiber.Ctx) error {
	return c.SendString("ok\n")
}

// ready answers 200 when the house can serve.
func ready(check func(context.Context) error) fiber.Handler {
	return func(c *fiber.Ctx) error {
		if err := check(c.UserContext()); err != nil {
			return fiber.ErrServiceUnavailable
		}
		return c.SendString("ready\n")
	}
}
