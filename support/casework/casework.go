// Package casework is the support of a household: its case, contacts, notes, appointments, and who looked.
package casework
