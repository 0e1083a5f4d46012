package session

import (
	"encoding/base32"
	"net/url"
	"strings"
	"time"

	"github.com/pquerna/otp"
	"github.com/pquerna/otp/hotp"
)

// step is how long one code of the second factor is shown (RFC 6238).
const step = 30

// spelled is how an authenticator's secret is written: base 32 without padding.
func spelled(secret []byte) string {
	return base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(secret)
}

// SecondFactor is what a professional's authenticator keeps.
type SecondFactor struct {
	Secret string // to type by hand
	URI    string // in the square
}

// secondFactor makes the authenticator's secret out of twenty bytes.
func secondFactor(secret []byte, email string) SecondFactor {
	text := spelled(secret)
	uri := url.URL{
		Scheme: "otpauth", Host: "totp", Path: "/lien:" + email,
		RawQuery: url.Values{"secret": {text}, "issuer": {"lien"}}.Encode(),
	}
	return SecondFactor{Secret: text, URI: uri.String()}
}

// stepOf returns the step that the code belongs to, among the one at now and its two
// neighbours: phones' clocks differ. It is false when the code belongs to none.
func stepOf(code string, secret []byte, now time.Time) (int64, bool) {
	code = strings.ReplaceAll(code, " ", "")
	text := spelled(secret)
	current := now.Unix() / step
	for _, at := range []int64{current, current - 1, current + 1} {
		ok, err := hotp.ValidateCustom(code, uint64(at), text, hotp.ValidateOpts{Digits: otp.DigitsSix, Algorithm: otp.AlgorithmSHA1})
		if err == nil && ok {
			return at, true
		}
	}
	return 0, false
}
