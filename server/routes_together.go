package server

// neighbourRoutes are what neighbours do together: boards, events, shared things.
func neighbourRoutes(p Parts) []Route {
	return []Route{
		// Boards: server/coopweb/boards.go, notices.go, removals.go
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
		{get, "/comments/:id/take-down", Resident, p.Coop.AskTakeDownComment},
		{post, "/comments/:id/take-down", Resident, p.Coop.TakeDownComment},

		// What is reported and hidden on boards: server/coopweb/moderation.go, pace.go
		{get, "/notices/:id/report", Resident, p.Coop.NewNoticeReport},
		{post, "/notices/:id/report", Resident, p.Coop.ReportNotice},
		{get, "/comments/:id/report", Resident, p.Coop.NewCommentReport},
		{post, "/comments/:id/report", Resident, p.Coop.ReportComment},
		{get, "/moderation/:id", Self, p.Coop.ShowOwnFile},
		{post, "/moderation/:id/contest", Self, p.Coop.ContestFile},
		{get, "/desk/moderation", Facilitator, p.Coop.ShowModeration},
		{get, "/desk/moderation/:id", Facilitator, p.Coop.ShowModerated},
		{post, "/desk/moderation/:id", Facilitator, p.Coop.Moderate},
		{get, "/desk/pace", Facilitator, p.Coop.ShowPace},
		{post, "/desk/pace", Facilitator, p.Coop.VotePace},

		// Events: server/coopweb/events.go, event.go, announcing.go, door.go
		// Events: server/coopweb/events.go, event.go, announcing.go, changing.go, series.go, door.go
		{get, "/events", Resident, p.Coop.ShowEvents},
		{get, "/events/past", Resident, p.Coop.ShowPastEvents},
		{get, "/events/new", Resident, p.Coop.NewEvent},
		{post, "/events", Resident, p.Coop.AnnounceEvent},
		{get, "/events/:id", Self, p.Coop.ShowEvent},
		{post, "/events/:id/answer", Answering, p.Coop.AnswerEvent},
		{post, "/events/:id/offer", Answering, p.Coop.AnswerOffer},
		{get, "/series/:id", Resident, p.Coop.ShowSeries},
		{get, "/events/:id/edit", Resident, p.Coop.EditEvent},
		{post, "/events/:id/edit", Resident, p.Coop.ChangeEvent},
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
		{post, "/desk/loans/:id/keep", Facilitator, p.Coop.KeepDeposit},
		{post, "/desk/loans/:id/lose", Facilitator, p.Coop.LoseLoan},
		{post, "/desk/damages/:id/mend", Facilitator, p.Coop.MendDamage},
	}
}
