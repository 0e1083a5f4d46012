package coopweb

import (
	"archive/zip"
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/a-h/templ"

	"lien/coop/belongings"
	"lien/coop/photo"
	"lien/rule"
	"lien/server/page"
)

// bundle writes one member's copy: a page for people, the data and its schema for machines,
// the pictures.
type bundle struct {
	mine   *belongings.Copy
	words  page.Words
	photos *photo.Photos
	packed *zip.Writer
}

func (b bundle) style() error {
	out, err := b.packed.Create("style.css")
	if err == nil {
		_, err = io.WriteString(out, bookStyle)
	}
	return err
}

// bookStyle dresses the page of a copy. It needs nothing from anywhere.
const bookStyle = `body { font: 1.05rem/1.5 system-ui, sans-serif; max-width: 46rem; margin: 2rem auto; padding: 0 1rem; color: #231a2b; background: #f1ebdf; }
h1, h2 { line-height: 1.2; } h2 { margin-top: 2.5rem; border-bottom: 3px dotted #867b6c; }
a { color: #5a2d82; } nav ul { columns: 2; }
dl { background: #fffdf8; padding: .8rem 1rem; margin: .8rem 0; display: grid; grid-template-columns: minmax(7rem, 12rem) 1fr; gap: .2rem 1rem; }
dt { color: #544a5c; } dd { margin: 0; white-space: pre-line; overflow-wrap: anywhere; }
@media print { body { background: #fff; } dl { border: 1px solid #555; break-inside: avoid; } nav { display: none; } }
`

// data writes the rows of every section as they are.
func (b bundle) data(ctx context.Context) error {
	file, err := b.packed.Create("data.json")
	if err != nil {
		return err
	}
	out := bufio.NewWriter(file)
	fmt.Fprintf(out, "{\"made_at\": %q, \"sections\": {", b.mine.At.UTC().Format(time.RFC3339))
	for n, s := range belongings.Sections() {
		if n > 0 {
			fmt.Fprint(out, ",")
		}
		fmt.Fprintf(out, "\n%q: [", s.Name)
		between := "\n"
		err := b.mine.Each(ctx, s, func(row json.RawMessage) error {
			fmt.Fprint(out, between)
			between = ",\n"
			_, err := out.Write(row)
			return err
		})
		if err != nil {
			return err
		}
		fmt.Fprint(out, "]")
	}
	fmt.Fprint(out, "}}\n")
	return out.Flush() // tells of any write that failed
}

func (b bundle) schema() error {
	out, err := b.packed.Create("schema.json")
	if err != nil {
		return err
	}
	pretty := json.NewEncoder(out)
	pretty.SetIndent("", "  ")
	return pretty.Encode(belongings.Schema())
}

// pictures adds each picture in its largest size. One whose file is gone is left out.
func (b bundle) pictures(ctx context.Context) error {
	list, err := b.mine.Photos(ctx)
	if err != nil {
		return err
	}
	for n, p := range list {
		file, err := b.photos.Open(ctx, p, photo.Large)
		if errors.Is(err, rule.ErrNotFound) {
			continue
		}
		if err != nil {
			return err
		}
		out, err := b.packed.Create(fmt.Sprintf("photos/%03d.jpg", n+1))
		if err == nil {
			_, err = io.Copy(out, file)
		}
		if err := errors.Join(err, file.Close()); err != nil {
			return err
		}
	}
	return nil
}

// book writes the page that a person reads, section by section, row by row.
func (b bundle) book(ctx context.Context) error {
	file, err := b.packed.Create("index.html")
	if err != nil {
		return err
	}
	out := bufio.NewWriter(file)
	w := b.words
	fmt.Fprintf(out, `<!doctype html><html lang="%s" dir="%s"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">`+
		`<title>%s</title><link rel="stylesheet" href="style.css"></head><body><h1>%s</h1><p>%s</p><p>%s</p>`,
		w.Lang(), w.Dir(), safe(w.T("copy.title")), safe(w.T("copy.title")), safe(w.T("copy.made", "When", w.Day(b.mine.At))), safe(w.T("copy.inside")))
	for _, s := range belongings.Sections() {
		heading := fmt.Sprintf(`<section><h2>%s</h2>`, safe(w.T("copy.section."+s.Name)))
		begun := false
		err := b.mine.Each(ctx, s, func(row json.RawMessage) error {
			if !begun {
				fmt.Fprint(out, heading)
				begun = true
			}
			return b.entry(out, row)
		})
		if err != nil {
			return err
		}
		if begun {
			fmt.Fprint(out, "</section>")
		}
	}
	fmt.Fprint(out, "</body></html>\n")
	return out.Flush() // tells of any write that failed
}

// entry writes one row in the reader's words; codes of the programme stay in the data.
func (b bundle) entry(out *bufio.Writer, row json.RawMessage) error {
	var values map[string]any
	if err := json.Unmarshal(row, &values); err != nil {
		return err
	}
	fmt.Fprint(out, "<dl>")
	for _, f := range belongings.Fields() {
		if text := b.text(f, values[f.Name]); f.Human && text != "" {
			fmt.Fprintf(out, `<dt>%s</dt><dd dir="auto">%s</dd>`, safe(b.words.T("copy.field."+f.Name)), safe(text))
		}
	}
	if side, ok := values["side"].(string); ok && (side == "given" || side == "received") {
		fmt.Fprintf(out, `<dt>%s</dt><dd>%s</dd>`, safe(b.words.T("copy.field.side")), safe(b.words.T("copy.side_"+side)))
	}
	fmt.Fprint(out, "</dl>")
	return nil
}

// text writes a value as people read it; nothing for what is not there.
func (b bundle) text(f belongings.Field, value any) string {
	switch v := value.(type) {
	case string:
		at, err := time.Parse(time.RFC3339Nano, v)
		if f.Format == "date-time" && err == nil {
			return b.words.Day(at) + ", " + b.words.Clock(at)
		}
		if day, err := time.Parse(time.DateOnly, v); f.Format == "date" && err == nil {
			return b.words.Month(day)
		}
		return v
	case float64:
		if f.Format == "minutes" {
			return b.words.Hours(int64(v))
		}
		return b.words.Number(int64(v))
	case bool:
		return b.words.T("copy." + yes(v))
	case []any:
		var codes []string
		for _, code := range v {
			codes = append(codes, fmt.Sprint(code))
		}
		return tongues(codes)
	}
	return ""
}

// safe makes a text safe to stand in the page.
func safe(text string) string { return strings.TrimSpace(templ.EscapeString(text)) }
