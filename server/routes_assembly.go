package server

// assemblyRoutes are how the cooperative decides: from the statutes to the minutes.
func assemblyRoutes(p Parts) []Route {
	return []Route{
		// What members see: server/coopweb/assemblies.go
		{get, "/assemblies", Self, p.Coop.ShowAssemblies},
		{get, "/assemblies/:id", Self, p.Coop.ShowAssembly},

		// Giving one's vote, and being there: server/coopweb/proxies.go, hall.go
		{post, "/assemblies/:id/give", Self, p.Coop.GiveVote},
		{post, "/proxies/:id/accept", Self, p.Coop.AcceptProxy},
		{post, "/proxies/:id/decline", Self, p.Coop.DeclineProxy},
		{post, "/proxies/:id/withdraw", Self, p.Coop.WithdrawProxy},
		{post, "/desk/assemblies/:id/proxies", Facilitator, p.Coop.WitnessProxy},
		{get, "/assemblies/:id/pulse", Self, p.Coop.AssemblyPulse},
		{get, "/assemblies/:id/here", Self, p.Coop.ShowSignIn},
		{post, "/assemblies/:id/here", Self, p.Coop.SignInHere},
		{post, "/assemblies/:id/leave", Self, p.Coop.LeaveHall},
		{post, "/desk/assemblies/:id/open", Facilitator, p.Coop.OpenAssembly},
		{get, "/desk/assemblies/:id/screen", Facilitator, p.Coop.ShowHall},
		{post, "/desk/assemblies/:id/door", Facilitator, p.Coop.AdmitMember},
		{post, "/desk/assemblies/:id/gone", Facilitator, p.Coop.SeeOffMember},
		{post, "/desk/assemblies/:id/roll", Facilitator, p.Coop.EnrolMember},
		{post, "/desk/assemblies/:id/close", Facilitator, p.Coop.CloseAssembly},

		// Voting: server/coopweb/votes.go
		{post, "/votes/:id/slip", Self, p.Coop.SlipBallot},
		{post, "/votes/:id/count", Self, p.Coop.CountPaper},
		{post, "/desk/motions/:id/vote", Facilitator, p.Coop.StartVote},
		{post, "/votes/:id/hand", Facilitator, p.Coop.HandBallot},
		{post, "/votes/:id/finish", Facilitator, p.Coop.FinishVote},
		{post, "/votes/:id/annul", Facilitator, p.Coop.AnnulVote},

		// Preparing and convening: server/coopweb/desk_assemblies.go, statutes.go
		{get, "/desk/statutes", Facilitator, p.Coop.ShowStatutes},
		{post, "/desk/statutes", Facilitator, p.Coop.AmendStatutes},
		{get, "/desk/assemblies", Facilitator, p.Coop.ShowDeskAssemblies},
		{post, "/desk/assemblies", Facilitator, p.Coop.PlanAssembly},
		{get, "/desk/assemblies/new", Facilitator, p.Coop.NewAssembly},
		{get, "/desk/assemblies/:id", Facilitator, p.Coop.ShowDeskAssembly},
		{post, "/desk/assemblies/:id/motions", Facilitator, p.Coop.WriteMotion},
		{post, "/desk/assemblies/:id/documents", Facilitator, p.Coop.AttachDocument},
		{post, "/desk/assemblies/:id/convene", Facilitator, p.Coop.ConveneAssembly},
		{post, "/desk/assemblies/:id/paper", Facilitator, p.Coop.HandConvocation},
		{post, "/desk/assemblies/:id/poster", Facilitator, p.Coop.HangConvocation},
		{post, "/desk/assemblies/:id/cancel", Facilitator, p.Coop.CancelAssembly},
		{get, "/desk/assemblies/:id/print", Facilitator, p.Coop.PrintConvocation},
		{post, "/desk/motions/:id/drop", Facilitator, p.Coop.DropMotion},
	}
}
