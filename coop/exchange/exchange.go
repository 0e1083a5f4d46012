// Package exchange is mutual aid: listings, and the agreements that two people make.
package exchange
