// Package locales holds the words of every screen: one folder per language, one catalogue
// per area. French is written first; the others say the same in their own way.
package locales

import "embed"

// Files are the catalogues, as LANGUAGE/AREA.toml.
//
//go:embed */*.toml
var Files embed.FS
