package page

import "github.com/gofiber/fiber/v2"

// Failure is the one error page: what happened, and what to do next.
type Failure struct {
	Frame
	Kind   string // the key's last part: not_found, moved, …
	Number string // to find the request in the log; only for what is broken on our side
}

// ShowFailure answers with the error page of a status, in the reader's language as far as
// it is known this early.
func ShowFailure(c *fiber.Ctx, languages *Languages, status int, number string) error {
	if WordsOf(c).localizer == nil {
		c.Locals(wordsKey{}, languages.Of(languages.choose(c)))
	}
	kind := failureKind(status)
	if kind != "broken" {
		number = ""
	}
	f := Failure{Frame: NewFrame(c, "error."+kind+".title", ""), Kind: kind, Number: number}
	return ShowStatus(c, status, FailurePage(f))
}

func failureKind(status int) string {
	switch status {
	case fiber.StatusNotFound, fiber.StatusMethodNotAllowed:
		return "not_found"
	case fiber.StatusConflict:
		return "moved"
	case fiber.StatusRequestEntityTooLarge:
		return "too_large"
	case fiber.StatusTooManyRequests:
		return "too_many"
	case fiber.StatusForbidden:
		return "refused"
	case fiber.StatusServiceUnavailable:
		return "unavailable"
	}
	if status < fiber.StatusInternalServerError {
		return "invalid"
	}
	return "broken"
}
