// Package hours is the ledger of time credits: whole minutes, two opposite entries per transfer, never changed.
package hours
