package main

import (
	"net/netip"
	"net/url"
	"os"
	"strings"

	"github.com/caarlos0/env/v11"

	"lien/database"
	"lien/seal"
)

// secret is a setting that holds a password: it is never printed, not even by mistake.
type secret string

// String hides the secret.
func (secret) String() string { return "(hidden)" }

// GoString hides the secret.
func (secret) GoString() string { return "(hidden)" }

// settings are everything that the environment tells lien. Commands ask for what they
// need, so that each machine is given no more.
type settings struct {
	Listen         string   `env:"LIEN_LISTEN" envDefault:"127.0.0.1:8080"`
	AdminListen    string   `env:"LIEN_ADMIN_LISTEN"`
	Origin         string   `env:"LIEN_ORIGIN"`
	OwnerURL       secret   `env:"LIEN_OWNER_URL"`
	AccountURL     secret   `env:"LIEN_ACCOUNT_URL"`
	CoopURL        secret   `env:"LIEN_COOP_URL"`
	CoopDirectURL  secret   `env:"LIEN_COOP_DIRECT_URL"`
	SupportURL     secret   `env:"LIEN_SUPPORT_URL"`
	StudyURL       secret   `env:"LIEN_STUDY_URL"`
	Connections    int      `env:"LIEN_CONNECTIONS" envDefault:"10"`
	Keys           string   `env:"LIEN_KEYS"`
	Files          string   `env:"LIEN_FILES"`
	TrustedProxies []string `env:"LIEN_TRUSTED_PROXIES"`
}

func readSettings() (settings, error) {
	s, err := env.ParseAs[settings]()
	if err != nil { // what the library says repeats the value
		return s, wrong("LIEN_CONNECTIONS must be a whole number")
	}
	for _, address := range []struct {
		name  string
		value secret
	}{
		{"LIEN_OWNER_URL", s.OwnerURL},
		{"LIEN_ACCOUNT_URL", s.AccountURL},
		{"LIEN_COOP_URL", s.CoopURL},
		{"LIEN_COOP_DIRECT_URL", s.CoopDirectURL},
		{"LIEN_SUPPORT_URL", s.SupportURL},
		{"LIEN_STUDY_URL", s.StudyURL},
	} {
		if address.value != "" && !isAddress(address.value) {
			return s, wrong("%s is no database address: it must be postgres://ROLE:PASSWORD@HOST/DATABASE", address.name)
		}
	}
	return s, nil
}

func isAddress(s secret) bool {
	u, err := url.Parse(string(s))
	return err == nil && (u.Scheme == "postgres" || u.Scheme == "postgresql")
}

// pools checks and returns what the server needs to open its pools.
func (s settings) pools() database.Settings {
	return database.Settings{
		URL: map[database.Role]string{
			database.Account: string(s.AccountURL), database.Coop: string(s.CoopURL),
			database.Support: string(s.SupportURL), database.Study: string(s.StudyURL),
		},
		Direct:      map[database.Role]string{database.Coop: string(s.CoopDirectURL)},
		Connections: s.Connections,
	}
}

// owner returns what migrating and checking need.
func (s settings) owner() (database.Settings, error) {
	if s.OwnerURL == "" {
		return database.Settings{}, wrong("LIEN_OWNER_URL is missing: the database address of lien_owner, postgres://…")
	}
	return database.Settings{URL: map[database.Role]string{database.Owner: string(s.OwnerURL)}}, nil
}

// serving makes sure that everything the server needs is there and makes sense.
func (s settings) serving() error {
	var missing []string
	for _, needed := range []struct{ name, value string }{
		{"LIEN_ORIGIN", s.Origin},
		{"LIEN_ACCOUNT_URL", string(s.AccountURL)},
		{"LIEN_COOP_URL", string(s.CoopURL)},
		{"LIEN_SUPPORT_URL", string(s.SupportURL)},
		{"LIEN_STUDY_URL", string(s.StudyURL)},
		{"LIEN_KEYS", s.Keys},
		{"LIEN_FILES", s.Files},
	} {
		if needed.value == "" {
			missing = append(missing, needed.name)
		}
	}
	switch {
	case len(missing) > 0:
		return wrong("missing settings: %s (lien help serve explains them)", strings.Join(missing, ", "))
	case !isOrigin(s.Origin):
		return wrong("LIEN_ORIGIN is %q: it must be what people type, https://HOST without a path", s.Origin)
	case s.Connections < 1 || s.Connections > 1000:
		return wrong("LIEN_CONNECTIONS is %d: it must be from 1 to 1000, for each pool", s.Connections)
	}
	for _, proxy := range s.TrustedProxies {
		_, notRange := netip.ParsePrefix(proxy)
		_, notAddress := netip.ParseAddr(proxy)
		if notRange != nil && notAddress != nil {
			return wrong("LIEN_TRUSTED_PROXIES holds %q: it must be addresses (10.0.0.1) or ranges (10.0.0.0/8), with commas", proxy)
		}
	}
	return nil
}

// isOrigin reports whether text is https://host[:port], or http:// on this very machine.
func isOrigin(text string) bool {
	u, err := url.Parse(text)
	if err != nil || u.Host == "" || u.User != nil || text != u.Scheme+"://"+u.Host {
		return false
	}
	return u.Scheme == "https" || u.Scheme == "http" && isLoopback(u.Hostname())
}

func isLoopback(host string) bool {
	if host == "localhost" {
		return true
	}
	address, err := netip.ParseAddr(host)
	return err == nil && address.IsLoopback()
}

// readKeys opens the file of sealing keys, and refuses one that everybody can read.
func readKeys(path string) (*seal.Sealer, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, wrong("the keys cannot be read: %w", err)
	}
	if info.Mode().Perm()&0o007 != 0 {
		return nil, wrong("the keys in %s can be read by everybody on this machine: chmod 600 %s", path, path)
	}
	file, err := os.ReadFile(path)
	if err != nil {
		return nil, wrong("the keys cannot be read: %w", err)
	}
	sealer, err := seal.New(file)
	if err != nil {
		return nil, wrong("%s: %w", path, err)
	}
	return sealer, nil
}
