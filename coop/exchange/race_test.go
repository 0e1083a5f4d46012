//go:build race

package exchange_test

// operations is fewer under the race detector, which makes each several times as long; make
// reach does them all without it.
const operations = 16_000
