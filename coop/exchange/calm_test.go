//go:build !race

package exchange_test

// operations is how many random operations the histories have in all.
const operations = 100_000
