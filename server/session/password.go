package session

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"lien/rule"
)

// A password is long rather than odd (OWASP ASVS 6.2): any characters, pasted or typed,
// never to be changed for the sake of it.
const (
	passwordLeast = 12
	passwordMost  = 128
)

// banned are pieces that make a long password a well-known one.
const banned = `motdepasse password azerty qwerty 123456 administrateur bienvenue welcome iloveyou soleil lelien orleans`

// checkPassword returns the password in the form that is hashed.
func checkPassword(password, again, email string) (string, error) {
	if !utf8.ValidString(password) || strings.ContainsRune(password, 0) {
		return "", rule.Broken("password", "rule.unreadable")
	}
	password = norm.NFC.String(password)
	switch n := utf8.RuneCountInString(password); {
	case n < passwordLeast:
		return "", rule.Broken("password", "signin.password.short", "n", passwordLeast)
	case n > passwordMost:
		return "", rule.Broken("password", "rule.too_long", "most", passwordMost)
	case known(password, email):
		return "", rule.Broken("password", "signin.password.known")
	case password != norm.NFC.String(again):
		return "", rule.Broken("again", "signin.password.differs")
	}
	return password, nil
}

// known reports whether little is left of the password without what everybody tries
// first, or whether it repeats itself.
func known(password, email string) bool {
	rest := strings.ToLower(password)
	name, _, _ := strings.Cut(email, "@")
	for _, piece := range append(strings.Fields(banned), name) {
		if len(piece) > 2 {
			rest = strings.ReplaceAll(rest, piece, "")
		}
	}
	different := map[rune]bool{}
	for _, r := range rest {
		different[r] = true
	}
	return utf8.RuneCountInString(rest) < 8 || len(different) < 5
}
