// Package membership is how a resident becomes a member and lives as one: invitation, charter, state, roles.
package membership
