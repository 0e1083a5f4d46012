package server

import (
	"context"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/valyala/fasthttp"

	"lien/server/session"
)

// A photo or a list is larger than a form, and a phone on a poor line sends it slowly. Only
// where they are sent, and only from who is signed in, is so much read.
const (
	uploadLimit   = 12 << 20
	uploadTimeout = time.Minute
)

// takesFiles reports whether a path is one that photos or lists are sent to.
func takesFiles(path string) bool {
	thing, rest, _ := strings.Cut(strings.TrimPrefix(path, "/"), "/")
	_, part, deeper := strings.Cut(rest, "/")
	switch thing {
	case "imports":
		return rest == ""
	case "boards":
		return rest != "" && !deeper
	case "listings", "notices":
		return part == "photos"
	}
	return false
}

// readMore lets a request with a file be larger and slower than others: it looks at the
// head of a request before its body is read, and asks who sends it.
func readMore(find func(ctx context.Context, token string) (session.Actor, error), cookies session.Cookies) func(*fasthttp.RequestHeader) fasthttp.RequestConfig {
	return func(head *fasthttp.RequestHeader) (c fasthttp.RequestConfig) {
		if !head.IsPost() || !takesFiles(string(head.RequestURI())) || !isMultipart(string(head.ContentType())) {
			return c
		}
		ctx, cancel := context.WithTimeout(context.Background(), workTimeout)
		defer cancel()
		who, err := find(ctx, string(head.Cookie(cookies.SessionName(session.Resident))))
		if err == nil && who.Active {
			c.MaxRequestBodySize, c.ReadTimeout = uploadLimit, uploadTimeout
		}
		return c
	}
}

func isMultipart(contentType string) bool {
	kind, _, _ := strings.Cut(contentType, ";")
	return kind == fiber.MIMEMultipartForm
}
