package supportweb

import (
	"strings"

	"lien/server/page"
	"lien/support/casework"
)

// kinds are the taps for how people met.
func kinds(w page.Words, list []casework.Kind, chosen string) []page.Choice {
	icons := map[casework.Kind]string{
		casework.Home: "home", casework.Office: "board", casework.Phone: "phone", casework.Street: "walk", casework.ThirdParty: "people",
	}
	var out []page.Choice
	for _, k := range list {
		out = append(out, page.Choice{Value: string(k), Label: w.T("case.kind." + string(k)), Icon: icons[k], Chosen: string(k) == chosen})
	}
	return out
}

// classes are the taps for who may read a note, said as who reads it.
func classes(w page.Words, chosen string) []page.Choice {
	icons := map[casework.Class]string{casework.Shared: "people", casework.Team: "person", casework.Secret: "lock"}
	var out []page.Choice
	for _, k := range casework.Classes() {
		out = append(out, page.Choice{Value: string(k), Label: w.T("case.class_who." + string(k)), Icon: icons[k], Chosen: string(k) == chosen})
	}
	return out
}

// joined puts what is known side by side.
func joined(parts ...string) string {
	var known []string
	for _, p := range parts {
		if p != "" {
			known = append(known, p)
		}
	}
	return strings.Join(known, " · ")
}
