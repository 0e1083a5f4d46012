package page

import (
	"encoding/csv"
	"strings"
	"unicode"

	"github.com/gofiber/fiber/v2"
)

// Download answers with rows as a file that a spreadsheet opens as it is in French: the
// mark that says UTF-8, and semicolons. No cell is a formula there.
func Download(c *fiber.Ctx, name string, rows [][]string) error {
	c.Set(fiber.HeaderContentType, "text/csv; charset=utf-8")
	c.Set(fiber.HeaderCacheControl, "no-store")
	c.Attachment(name)
	var file strings.Builder
	file.WriteString("\ufeff")
	out := csv.NewWriter(&file)
	out.Comma, out.UseCRLF = ';', true
	for _, row := range rows {
		cells := make([]string, len(row))
		for n, text := range row {
			cells[n] = Inert(text)
		}
		if err := out.Write(cells); err != nil {
			return err
		}
	}
	out.Flush()
	if err := out.Error(); err != nil {
		return err
	}
	return c.SendString(file.String())
}

// Inert is a text as a spreadsheet shows it and never computes it (OWASP, CSV injection):
// what begins like a formula, also behind marks that nobody sees, gets an apostrophe.
func Inert(text string) string {
	begin := strings.TrimLeftFunc(text, func(r rune) bool { return unicode.IsSpace(r) || unicode.In(r, unicode.Cf, unicode.Cc) })
	if begin != "" && strings.ContainsRune("=+-@＝＋－＠", []rune(begin)[0]) {
		return "'" + text
	}
	return text
}
