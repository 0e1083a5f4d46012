package session

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
)

// token is a secret of 256 random bits (OWASP ASVS 7.2.3): the person's browser holds
// its text, the database only its hash.
type token struct {
	text string
	hash []byte
}

func newToken() token {
	var secret [32]byte
	rand.Read(secret[:]) // never fails: the program ends first
	text := base64.RawURLEncoding.EncodeToString(secret[:])
	return token{text: text, hash: hashOf(text)}
}

func hashOf(text string) []byte {
	sum := sha256.Sum256([]byte(text))
	return sum[:]
}
