package database

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"syscall"
)

// servant is the account that PostgreSQL runs as. PostgreSQL refuses to run as root,
// so root hands the folder to an account without rights; anybody else runs it as
// themselves, and credential is nil.
type servant struct {
	name       string
	credential *syscall.Credential
}

// findServant returns the account for the cluster in folder: the one that already owns
// its data, else PostgreSQL's own, else nobody.
func findServant(folder string) (servant, error) {
	if os.Geteuid() != 0 {
		return servant{}, nil
	}
	var names []string
	if info, err := os.Stat(folder); err == nil {
		if stat, ok := info.Sys().(*syscall.Stat_t); ok && stat.Uid != 0 {
			if owner, err := user.LookupId(strconv.Itoa(int(stat.Uid))); err == nil {
				names = append(names, owner.Username)
			}
		}
	}
	for _, name := range append(names, "postgres", "_postgres", "nobody") {
		account, err := user.Lookup(name)
		if err != nil {
			continue
		}
		uid, uidErr := strconv.ParseUint(account.Uid, 10, 32)
		gid, gidErr := strconv.ParseUint(account.Gid, 10, 32)
		if errors.Join(uidErr, gidErr) == nil && uid != 0 {
			return servant{name, &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}}, nil
		}
	}
	return servant{}, errors.New("PostgreSQL refuses to run as root, and there is no account such as postgres or nobody to run it as")
}

// own gives path to the servant.
func (s servant) own(path string) error {
	if s.credential == nil {
		return nil
	}
	return os.Lchown(path, int(s.credential.Uid), int(s.credential.Gid))
}

// owns reports whether path is a folder of the servant's that nobody else may enter.
func (s servant) owns(path string) bool {
	info, err := os.Lstat(path)
	if err != nil || !info.IsDir() || info.Mode().Perm() != 0o700 {
		return false
	}
	uid := uint32(os.Geteuid()) // an account's number is never negative
	if s.credential != nil {
		uid = s.credential.Uid
	}
	stat, ok := info.Sys().(*syscall.Stat_t)
	return ok && stat.Uid == uid
}

// command prepares a program run by the servant in folder, deaf to the terminal's
// Ctrl-C: the database goes last, when everything that uses it has gone.
func (s servant) command(ctx context.Context, folder, program string, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, program, args...)
	cmd.Dir = folder
	cmd.Env = append(plainEnvironment(), "HOME="+folder, "LC_ALL=C")
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Credential: s.credential}
	return cmd
}

// plainEnvironment hides the variables with which PostgreSQL's programs would go to
// another cluster or speak another language, and the secrets of this process.
func plainEnvironment() []string {
	var kept []string
	for _, name := range []string{"PATH", "TMPDIR", "TZ", "LD_LIBRARY_PATH"} {
		if value, ok := os.LookupEnv(name); ok {
			kept = append(kept, name+"="+value)
		}
	}
	return kept
}

// settle makes the folder of a cluster, gives it to the servant and returns its real
// path. Root's own folders are often closed to everybody else (/root): then the cluster
// is kept under /var/lib, and folder becomes a link to it.
func (s servant) settle(folder string) (string, error) {
	if err := os.MkdirAll(filepath.Dir(folder), 0o755); err != nil { // #nosec G301 -- the servant must pass through
		return "", err
	}
	if err := os.Mkdir(folder, 0o700); err != nil && !errors.Is(err, fs.ErrExist) {
		return "", err
	}
	real, err := filepath.EvalSymlinks(folder)
	if err != nil {
		return "", err
	}
	if err := errors.Join(s.own(real), os.Chmod(real, 0o700)); err != nil { // #nosec G302 -- a folder that only the servant enters
		return "", fmt.Errorf("%s belongs to somebody else: %w", real, err)
	}
	if s.enters(real) {
		return real, nil
	}
	if err := os.Remove(folder); err != nil { // fails unless it is empty
		return "", fmt.Errorf("account %s cannot enter %s, because a folder above it is closed: use another folder", s.name, real)
	}
	elsewhere, err := os.MkdirTemp("/var/lib", "lien-postgres-")
	if err != nil {
		return "", err
	}
	return elsewhere, errors.Join(s.own(elsewhere), os.Symlink(elsewhere, folder))
}

func (s servant) enters(folder string) bool {
	return s.credential == nil || s.command(context.Background(), folder, "/bin/sh", "-c", ":").Run() == nil
}
