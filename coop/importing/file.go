package importing

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"lien/rule"
)

// File is a table of text.
type File struct {
	Encoding  string // UTF-8, UTF-16 or Windows-1252
	Delimiter string
	Headings  []string // empty texts when the file begins with a person
	Records   []Record
}

// Record is one line with something in it. Line is where it begins in the file, from 1.
type Record struct {
	Line  int
	Cells []string
}

// Read makes a table of a file whatever program wrote it: the encoding and what stands
// between two cells are found out. It returns *rule.Invalid on "file" for what is no table
// of text, or too long a one. No cell is computed.
func Read(content []byte) (File, error) {
	switch {
	case len(content) == 0:
		return File{}, rule.Broken("file", "import.file.missing")
	case len(content) > MostBytes:
		return File{}, rule.Broken("file", "import.file.large", "most", MostBytes>>20)
	case bytes.HasPrefix(content, []byte("PK\x03\x04")), bytes.HasPrefix(content, []byte("\xd0\xcf\x11\xe0")):
		return File{}, rule.Broken("file", "import.file.workbook")
	}
	text, name, err := decode(content)
	if err != nil || strings.ContainsRune(text, 0) {
		return File{}, rule.Broken("file", "import.file.no_text")
	}
	f := File{Encoding: name}
	comma, rest := separator(text)
	f.Delimiter = string(comma)
	if f.Records, err = records(rest, comma, MostLines+2); err != nil {
		return File{}, rule.Broken("file", "import.file.no_text")
	}
	return f.headed()
}

// decode makes text of bytes: what is not Unicode was written by Windows in the west of
// Europe, where every byte means something.
func decode(content []byte) (text, name string, err error) {
	var from encoding.Encoding
	switch {
	case bytes.HasPrefix(content, []byte("\xef\xbb\xbf")):
		content, name = content[3:], "UTF-8"
	case bytes.HasPrefix(content, []byte("\xff\xfe")), bytes.HasPrefix(content, []byte("\xfe\xff")):
		from, name = unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM), "UTF-16"
	case utf8.Valid(content):
		name = "UTF-8"
	default:
		from, name = charmap.Windows1252, "Windows-1252"
	}
	if from != nil {
		content, err = from.NewDecoder().Bytes(content)
	}
	if err == nil && !utf8.Valid(content) {
		err = errors.New("no text")
	}
	return string(content), name, err
}

// separator finds what stands between two cells: the one by which most of the first lines
// have as many cells as the first. A line that says so is believed and left out.
func separator(text string) (comma rune, rest string) {
	if first, after, found := strings.Cut(text, "\n"); found {
		if said, ok := strings.CutPrefix(strings.TrimRight(first, "\r"), "sep="); ok && len(said) == 1 && strings.Contains(";,\t", said) {
			return rune(said[0]), after
		}
	}
	best := 0
	comma = ';'
	for _, c := range []rune{';', ',', '\t'} {
		sample, err := records(text, c, 50)
		if err != nil || len(sample) == 0 || len(sample[0].Cells) < 2 {
			continue
		}
		alike := 0
		for _, r := range sample {
			if len(r.Cells) == len(sample[0].Cells) {
				alike++
			}
		}
		if score := alike*1000 + min(len(sample[0].Cells), 999); score > best {
			best, comma = score, c
		}
	}
	return comma, text
}

// records reads so many lines with something in them, at most.
func records(text string, comma rune, most int) ([]Record, error) {
	in := csv.NewReader(strings.NewReader(text))
	in.Comma, in.FieldsPerRecord, in.LazyQuotes = comma, -1, true
	var out []Record
	for len(out) < most {
		cells, err := in.Read()
		if errors.Is(err, io.EOF) {
			return out, nil
		}
		if err != nil {
			return nil, err
		}
		if strings.TrimSpace(strings.Join(cells, "")) == "" {
			continue
		}
		line, _ := in.FieldPos(0)
		out = append(out, Record{Line: line, Cells: cells})
	}
	return out, nil
}

// headed takes the first line as the names of the columns, unless it is a person already.
func (f File) headed() (File, error) {
	if len(f.Records) == 0 {
		return File{}, rule.Broken("file", "import.file.empty")
	}
	first := f.Records[0].Cells
	for len(first) > 1 && strings.TrimSpace(first[len(first)-1]) == "" {
		first = first[:len(first)-1] // a program wrote a delimiter too many
	}
	if len(first) > mostColumns {
		return File{}, rule.Broken("file", "import.file.wide", "most", mostColumns)
	}
	f.Headings = make([]string, len(first))
	if !person(first) {
		for n, cell := range first {
			f.Headings[n] = heading(cell)
		}
		f.Records = f.Records[1:]
	}
	switch {
	case len(f.Records) == 0:
		return File{}, rule.Broken("file", "import.file.empty")
	case len(f.Records) > MostLines:
		return File{}, rule.Broken("file", "import.file.long", "most", MostLines)
	}
	return f, nil
}

// heading is the name of a column as a page shows it: what misleads is left out.
func heading(cell string) string {
	text, err := rule.Line("file", cell, 0, 60)
	if err != nil {
		return "…"
	}
	return text
}

// sample is the first line as a page shows it beside the headings.
func (f File) sample() []string {
	out := make([]string, len(f.Headings))
	for n, cell := range f.Records[0].Cells {
		if n < len(out) {
			out[n] = shown(cell)
		}
	}
	return out
}
