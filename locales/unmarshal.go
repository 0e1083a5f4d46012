package locales

import "github.com/BurntSushi/toml"

// forms are the words that make a table the plurals of one text.
var forms = map[string]bool{"zero": true, "one": true, "two": true, "few": true, "many": true, "other": true}

// Unmarshal reads one catalogue for go-i18n. A table whose keys are all plurals is one
// text; every other table only begins the keys of its texts, so that a text may be called
// "one" or "other" beside texts of other names, which go-i18n alone refuses.
func Unmarshal(text []byte, into any) error {
	var tree map[string]any
	if err := toml.Unmarshal(text, &tree); err != nil {
		return err
	}
	flat := map[string]any{}
	flatten(flat, "", tree)
	*into.(*any) = flat
	return nil
}

func flatten(flat map[string]any, begin string, tree map[string]any) {
	for key, value := range tree {
		table, ok := value.(map[string]any)
		if !ok || plural(table) {
			flat[begin+key] = value
			continue
		}
		flatten(flat, begin+key+".", table)
	}
}

func plural(table map[string]any) bool {
	for key, value := range table {
		if _, text := value.(string); !text || !forms[key] {
			return false
		}
	}
	return true
}
