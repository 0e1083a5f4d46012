package page

import "fmt"

// Series is one colour of a chart: its word in the key and a value per column. Class is
// a, b, c, d or e.
type Series struct {
	Class, Name string
	Values      []int
}

// Chart is small columns per month, always with its table.
type Chart struct {
	Label   string // what it shows, for who cannot see it
	Caption string // the table's caption
	Table   string // the words that open the table
	First   string // the head of the first column
	Columns []string
	Series  []Series
}

// The chart's measures, in units of its view box.
const (
	chartTop    = 22
	chartBase   = 110
	chartColumn = 62
	chartGap    = 14 // between the columns of two months
	chartBar    = 26 // the widest that a bar gets
)

func (c Chart) width() int { return len(c.Columns)*chartColumn + 16 }

func (c Chart) highest() int {
	most := 4
	for _, s := range c.Series {
		for _, v := range s.Values {
			most = max(most, v)
		}
	}
	return most
}

// middle is where a month's name stands, below its bars.
func (c Chart) middle(column int) int { return 8 + column*chartColumn + chartColumn/2 }

// bars draws a series as one path.
func (c Chart) bars(n int) string {
	out := ""
	wide := min((chartColumn-chartGap)/len(c.Series), chartBar)
	for column, v := range c.Series[n].Values {
		if v > 0 {
			left := c.middle(column) - wide*len(c.Series)/2 + n*wide
			out += fmt.Sprintf("M%d %dh%dV%dh-%dz", left+1, c.top(v), wide-2, chartBase, wide-2)
		}
	}
	return out
}

// top is how high a bar reaches.
func (c Chart) top(v int) int { return chartBase - (chartBase-chartTop)*v/c.highest() }

// told says whether the numbers stand above the bars: where there is one series only.
func (c Chart) told() bool { return len(c.Series) == 1 }

// cell writes a value of the table: nothing is a dash, never a zero.
func cell(v int) string {
	if v == 0 {
		return "–"
	}
	return itoa(v)
}
