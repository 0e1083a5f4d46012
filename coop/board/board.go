// Package board is the live notice boards: each a log with a gapless number.
package board
