package server

// supportRoutes are the resident's private area and the professionals' pages.
func supportRoutes(p Parts) []Route {
	return []Route{
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
