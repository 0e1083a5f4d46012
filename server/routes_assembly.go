package server

// assemblyRoutes are how the cooperative decides: from the statutes to the minutes.
func assemblyRoutes(p Parts) []Route {
	return []Route{
		// What members see: server/coopweb/assemblies.go
		{get, "/assemblies", Self, p.Coop.ShowAssemblies},
		{get, "/assemblies/:id", Self, p.Coop.ShowAssembly},

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
