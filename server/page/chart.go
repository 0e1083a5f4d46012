package page

import "fmt"

// Series is one colour of a chart: its word in the key and a value per column. Class is
// a, b or c.
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
	chartTop    = 14
	chartBase   = 110
	chartColumn = 62
	chartBar    = 15
)

func (c Chart) width() int { return len(c.Columns)*chartColumn + 8 }

func (c Chart) highest() int {
	most := 4
	for _, s := range c.Series {
		for _, v := range s.Values {
			most = max(most, v)
		}
	}
	return most
}

// bars draws a series as one path.
func (c Chart) bars(n int) string {
	out, most := "", c.highest()
	for column, v := range c.Series[n].Values {
		if v == 0 {
			continue
		}
		height := (chartBase - chartTop) * v / most
		out += fmt.Sprintf("M%d %dh%dV%dh-%dz", 8+column*chartColumn+n*chartBar, chartBase-height, chartBar-2, chartBase, chartBar-2)
	}
	return out
}

// cell writes a value of the table: nothing is a dash, never a zero.
func cell(v int) string {
	if v == 0 {
		return "–"
	}
	return itoa(v)
}
