package neighbour

import "slices"

// Tongue is a language that people speak, under the name it gives itself.
type Tongue struct{ Code, Name string }

// Tongues are the languages that members can say they speak, in the order in which a page
// offers them: those of the screens, then by their own names. A neighbour who speaks
// another asks for it at the desk; the list is the cooperative's, not the world's.
func Tongues() []Tongue {
	return []Tongue{
		{"fr", "Français"},
		{"ar", "العربية"},
		{"en", "English"},
		{"ary", "الدارجة المغربية"},
		{"arq", "الدارجة الجزائرية"},
		{"aeb", "الدارجة التونسية"},
		{"kab", "Taqbaylit"},
		{"zgh", "ⵜⴰⵎⴰⵣⵉⵖⵜ"},
		{"sq", "Shqip"},
		{"bm", "Bamanankan"},
		{"zh", "中文"},
		{"zdj", "Shikomori"},
		{"es", "Español"},
		{"ff", "Pulaar"},
		{"it", "Italiano"},
		{"ku", "Kurdî"},
		{"ln", "Lingála"},
		{"mg", "Malagasy"},
		{"ps", "پښتو"},
		{"fa", "فارسی"},
		{"pl", "Polski"},
		{"pt", "Português"},
		{"ro", "Română"},
		{"ru", "Русский"},
		{"snk", "Sooninkanxanne"},
		{"so", "Soomaali"},
		{"ta", "தமிழ்"},
		{"ti", "ትግርኛ"},
		{"tr", "Türkçe"},
		{"uk", "Українська"},
		{"vi", "Tiếng Việt"},
		{"wo", "Wolof"},
		{"fsl", "LSF"},
	}
}

// TongueName is the name that a language gives itself, and its code for one that is not in
// the list any more.
func TongueName(code string) string {
	for _, t := range Tongues() {
		if t.Code == code {
			return t.Name
		}
	}
	return code
}

func known(code string) bool {
	return slices.ContainsFunc(Tongues(), func(t Tongue) bool { return t.Code == code })
}
