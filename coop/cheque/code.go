package cheque

import (
	"encoding/binary"
	"strings"

	"lien/coop"
	"lien/rule"
)

// Derive makes bytes that only this house can make again from a label and an id: a keyed
// hash whose key is kept outside the database.
type Derive func(label string, id []byte) []byte

// letters are those of a number. None looks like another, printed or written by hand, and
// they are 23: a prime, so that the last letter of a number finds every single wrong letter
// and every two that changed places (the scheme of ISBN-10, with 23 instead of 11).
const letters = "234679ACDEFGHJKMNPQRTWX"

// codeLength counts the letter that checks the others. Nine derived ones are 40 bits.
const codeLength = 10

// code derives the number of a leaf from its id. It stands on the paper and nowhere else.
func (d Derive) code(id coop.LeafID) string {
	n := binary.BigEndian.Uint64(d("cheque", id.UUID[:]))
	code := make([]byte, codeLength-1, codeLength)
	for i := range code {
		code[i] = letters[n%uint64(len(letters))]
		n /= uint64(len(letters))
	}
	return string(append(code, Check(string(code))))
}

// hash is what the database knows of a number. It is keyed: a plain one could be searched
// by whoever has the table.
func (d Derive) hash(code string) []byte { return d("cheque number", []byte(code)) }

// Check returns the letter that completes a number: each place has its own weight, so that
// one wrong letter, or two that changed places wherever they stand, leave a rest. Numbers
// of up to 21 letters can be checked. What is no letter counts as none.
func Check(number string) byte {
	sum := 0
	for i := range len(number) {
		sum += (i + 2) * strings.IndexByte(letters, number[i])
	}
	return letters[((-sum%len(letters))+len(letters))%len(letters)]
}

// Read turns what was typed or scanned into a number: spaces, dashes and small letters do
// not matter. It returns *rule.Invalid on "code" when something is missing, or a letter was
// misread.
func Read(typed string) (string, error) {
	code := strings.Map(func(r rune) rune {
		if strings.ContainsRune(" -.\u00a0\u202f\u2011\t", r) {
			return -1
		}
		return r
	}, strings.ToUpper(typed))
	switch {
	case strings.TrimSpace(typed) == "":
		return "", rule.Broken("code", "rule.missing")
	case len(typed) > 40 || len(code) != codeLength:
		return "", rule.Broken("code", "cheque.length", "length", codeLength)
	case strings.Trim(code, letters) != "" || Check(code[:codeLength-1]) != code[codeLength-1]:
		return "", rule.Broken("code", "cheque.misread")
	}
	return code, nil
}

// Spaced writes a number as it is printed, in two halves: K7M4R P2DXC.
func Spaced(code string) string {
	if len(code) != codeLength {
		return code
	}
	return code[:codeLength/2] + " " + code[codeLength/2:]
}
