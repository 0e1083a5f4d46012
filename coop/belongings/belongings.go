// Package belongings is everything that the cooperative keeps of a member, for the member
// themselves: what they wrote, did, received and chose, in sections that a person can read
// and a machine too.
//
// What always holds: it is asked for by its own member; it holds what that member may see
// and nothing of somebody else's beyond it (a conversation holds both voices, a neighbour is
// the name that they show); every table of the cooperative that knows a member is in a
// section, or stands among the left out with the reason. It knows nothing of individual
// support: what is kept there is asked for there.
package belongings

// Section is one kind of thing. Query answers one row of JSON per thing; it takes the
// cooperative as ?0 and the member as ?1. Tables are those that it empties out.
type Section struct {
	Name   string
	Tables []string
	Query  string
}

// Field says what a word of the rows means, for a machine's schema. Human fields are shown
// to people; the others are codes of the programme.
type Field struct {
	Name    string
	Type    string // string, integer, boolean, array
	Format  string // date-time, date, minutes, or nothing
	Meaning string
	Human   bool
}

// Fields are all the words that rows are made of, in the order in which a page shows them.
func Fields() []Field {
	return []Field{
		{"at", "string", "date-time", "when it was, or began", true},
		{"until", "string", "date-time", "when it ends, or ended", true},
		{"month", "string", "date", "the first day of the month that was counted", true},
		{"title", "string", "", "its title", true},
		{"name", "string", "", "a name: of a person, a place or a thing", true},
		{"own_name", "string", "", "the name in the register, when neighbours see another", true},
		{"with", "string", "", "the other person, by the name that they show; empty when they have left", true},
		{"by", "string", "", "who said or did it, by the name that they show; empty when it was you", true},
		{"words", "string", "", "what was written", true},
		{"details", "string", "", "what was written beside it", true},
		{"answer_words", "string", "", "what was answered", true},
		{"place", "string", "", "where", true},
		{"minutes", "integer", "minutes", "whole minutes; negative when they went out", true},
		{"count", "integer", "", "how many", true},
		{"number", "string", "", "a number that it goes by", true},
		{"languages", "array", "", "languages, by their codes (ISO 639)", true},
		{"shown", "boolean", "", "whether it is shown to others", true},
		{"whereabouts", "string", "", "where help may happen", false},
		{"language", "string", "", "the language it is written in (ISO 639)", false},
		{"category", "string", "", "the sort of help", false},
		{"kind", "string", "", "which of several kinds", false},
		{"state", "string", "", "where it stands", false},
		{"step", "string", "", "what was done", false},
		{"side", "string", "", "given or received, as seen by the member", false},
		{"channel", "string", "", "how it came: empty from the member's phone, desk, paper", false},
		{"reason", "string", "", "why", false},
		{"given", "integer", "", "times that help was given", false},
		{"received", "integer", "", "times that help was received", false},
		{"events", "integer", "", "events attended", false},
		{"board", "integer", "", "notices and comments written", false},
	}
}

// Left is a table that is not in any section, and why.
type Left struct{ Table, Reason string }

// LeftOut are the tables that know a member and are in no section.
func LeftOut() []Left {
	return []Left{
		{"rights_changes", "a bell that rings on open pages; rows live for minutes and say nothing"},
		{"cooperatives", "the cooperative itself"},
		{"leaflets", "sheets that invite to apply, made for the cooperative"},
		{"posters", "sheets of what is on, made for the cooperative"},
		{"boards", "who changed a board's rules acted for the cooperative"},
		{"booking_rules", "who changed the rules of a room acted for the cooperative"},
		{"lending_rules", "who changed the rules of a loan acted for the cooperative"},
		{"resources", "what is shared belongs to the cooperative, whoever entered it"},
		{"departure_rules", "rules that the assembly voted, whoever entered them"},
		{"fund_rules", "rules that the assembly voted, whoever entered them"},
		{"minting_rules", "rules that the assembly voted, whoever entered them"},
		{"minted_hours", "hours made by a voted rule; what a member received of them is in the hours"},
		{"hours_limit_changes", "limits that the assembly voted, whoever entered them"},
		{"fund_draw_events", "the steps of a draw; what it came to is in the section of draws"},
		{"buddyship_events", "the steps of a welcome; what it came to is in the section of welcomes"},
		{"listing_rulings", "who decided about a listing acted for the cooperative; the owner reads it on the listing"},
		{"board_files", "what was said and decided about something on a board; its author reads it there"},
		{"board_rulings", "who decided about something on a board acted for the cooperative; its author reads it there"},
		{"problem_steps", "what was done about a problem was done for the cooperative"},
		{"board_paces", "rules that the assembly voted, whoever entered them"},
		{"household_events", "the steps of a household; what they came to is in the sections of households and hours"},
		{"households", "the household itself; who lives in it is in the section of households"},
		{"household_invitations", "the keyed hash of a code that is used up"},
		{"partings", "what two who part agree on is a paper of both; each one's signature is in the section of partings"},
		{"talks", "the counter of a conversation; what was said is in the section of conversations"},
		{"statutes", "rules that the assembly voted, whoever entered them"},
		{"assemblies", "an assembly belongs to the cooperative, whoever prepared it"},
		{"assembly_events", "the steps of an assembly, taken for the cooperative"},
		{"motions", "what the cooperative decides on, whoever wrote it down"},
		{"assembly_documents", "what the cooperative reads before it decides, whoever added it"},
		{"votes", "a vote of the assembly, whoever opened and closed it"},
		{"minutes", "the record of an assembly, whoever wrote it"},
		{"minutes_texts", "the record of an assembly, whoever wrote it"},
		{"minutes_signatures", "who signed the minutes did it for the cooperative; it is read under them"},
		{"paper_counts", "what a scrutineer counted, for the cooperative"},
		{"imports", "who took a list over acted for the cooperative; what it brought a member is in the hours and in the steps"},
		{"import_lines", "which line of an old list a member was on; what it brought them is in the hours"},
		{"import_rows", "lines of a list that is being looked through; they are thrown away when it ends, or two weeks later"},
		{"workshops", "the seats of a workshop; the listing and the turns are in their sections"},
	}
}
