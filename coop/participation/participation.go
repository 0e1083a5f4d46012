// Package participation keeps how a member took part, month by month, and draws the one
// summary of it: for the member, and through the door for whom the member chose. Counts
// only: never with whom, what, when or where.
package participation
