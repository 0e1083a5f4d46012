package server

// assemblyRoutes are how the cooperative decides: from the statutes to the minutes.
func assemblyRoutes(p Parts) []Route {
	return []Route{
		// What members see: server/assemblyweb/assemblies.go
		{get, "/assemblies", Self, p.Assembly.ShowAssemblies},
		{get, "/assemblies/:id", Self, p.Assembly.ShowAssembly},

		// Giving one's vote, and being there: server/assemblyweb/proxies.go, hall.go
		{post, "/assemblies/:id/give", Self, p.Assembly.GiveVote},
		{post, "/proxies/:id/accept", Self, p.Assembly.AcceptProxy},
		{post, "/proxies/:id/decline", Self, p.Assembly.DeclineProxy},
		{post, "/proxies/:id/withdraw", Self, p.Assembly.WithdrawProxy},
		{post, "/desk/assemblies/:id/proxies", Facilitator, p.Assembly.WitnessProxy},
		{get, "/assemblies/:id/pulse", Self, p.Assembly.AssemblyPulse},
		{get, "/assemblies/:id/here", Self, p.Assembly.ShowSignIn},
		{post, "/assemblies/:id/here", Self, p.Assembly.SignInHere},
		{post, "/assemblies/:id/leave", Self, p.Assembly.LeaveHall},
		{post, "/desk/assemblies/:id/open", Facilitator, p.Assembly.OpenAssembly},
		{get, "/desk/assemblies/:id/screen", Facilitator, p.Assembly.ShowHall},
		{post, "/desk/assemblies/:id/door", Facilitator, p.Assembly.AdmitMember},
		{post, "/desk/assemblies/:id/gone", Facilitator, p.Assembly.SeeOffMember},
		{post, "/desk/assemblies/:id/roll", Facilitator, p.Assembly.EnrolMember},
		{post, "/desk/assemblies/:id/close", Facilitator, p.Assembly.CloseAssembly},

		// Voting: server/assemblyweb/votes.go
		{post, "/votes/:id/slip", Self, p.Assembly.SlipBallot},
		{post, "/votes/:id/count", Self, p.Assembly.CountPaper},
		{post, "/desk/motions/:id/vote", Facilitator, p.Assembly.StartVote},
		{post, "/votes/:id/hand", Facilitator, p.Assembly.HandBallot},
		{post, "/votes/:id/finish", Facilitator, p.Assembly.FinishVote},
		{post, "/votes/:id/annul", Facilitator, p.Assembly.AnnulVote},

		// Preparing and convening: server/assemblyweb/desk_assemblies.go, statutes.go
		{get, "/desk/statutes", Facilitator, p.Assembly.ShowStatutes},
		{post, "/desk/statutes", Facilitator, p.Assembly.AmendStatutes},
		{get, "/desk/assemblies", Facilitator, p.Assembly.ShowDeskAssemblies},
		{post, "/desk/assemblies", Facilitator, p.Assembly.PlanAssembly},
		{get, "/desk/assemblies/new", Facilitator, p.Assembly.NewAssembly},
		{get, "/desk/assemblies/:id", Facilitator, p.Assembly.ShowDeskAssembly},
		{post, "/desk/assemblies/:id/motions", Facilitator, p.Assembly.WriteMotion},
		{post, "/desk/assemblies/:id/documents", Facilitator, p.Assembly.AttachDocument},
		{post, "/desk/assemblies/:id/convene", Facilitator, p.Assembly.ConveneAssembly},
		{post, "/desk/assemblies/:id/paper", Facilitator, p.Assembly.HandConvocation},
		{post, "/desk/assemblies/:id/poster", Facilitator, p.Assembly.HangConvocation},
		{post, "/desk/assemblies/:id/cancel", Facilitator, p.Assembly.CancelAssembly},
		{get, "/desk/assemblies/:id/print", Facilitator, p.Assembly.PrintConvocation},
		{post, "/desk/motions/:id/drop", Facilitator, p.Assembly.DropMotion},

		// What is left of it: server/assemblyweb/minutes.go
		{post, "/desk/assemblies/:id/bureau", Facilitator, p.Assembly.NameBureau},
		{get, "/assemblies/:id/minutes", Self, p.Assembly.ShowMinutes},
		{post, "/assemblies/:id/minutes", Self, p.Assembly.WriteMinutes},
		{get, "/assemblies/:id/minutes/print", Self, p.Assembly.PrintMinutes},
		{post, "/assemblies/:id/minutes/sign", Self, p.Assembly.SignMinutes},
		{post, "/assemblies/:id/minutes/addenda", Self, p.Assembly.CompleteMinutes},
		{post, "/assemblies/:id/minutes/contest", Self, p.Assembly.ContestMinutes},
		{post, "/contests/:id/answer", Self, p.Assembly.AnswerContest},
	}
}
