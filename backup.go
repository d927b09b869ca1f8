package main

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/siaga-id/siaga/config"
	"github.com/siaga-id/siaga/store"
)

// The store's file belongs to one process. `siaga backup` opens it when nobody
// runs, and otherwise asks the running process, which it can do only if it can
// read the token that lies, with mode 0600, beside the store.

const backupPath = "/backup"

func tokenFile(storePath string) string { return storePath + ".token" }

func writeToken(storePath string) (string, error) {
	token := rand.Text()
	err := os.Remove(tokenFile(storePath)) // WriteFile would keep the mode of an old one
	if err == nil || errors.Is(err, fs.ErrNotExist) {
		err = os.WriteFile(tokenFile(storePath), []byte(token), 0o600)
	}
	if err != nil {
		return "", fmt.Errorf("write backup token: %w", err)
	}
	return token, nil
}

// backupHandler streams a copy of the store to whoever has the token.
func backupHandler(db store.DB, token string) http.Handler {
	want := []byte("Bearer " + token)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if subtle.ConstantTimeCompare([]byte(r.Header.Get("Authorization")), want) != 1 {
			http.Error(w, "no", http.StatusUnauthorized)
			return
		}
		if err := http.NewResponseController(w).SetWriteDeadline(time.Time{}); err != nil { // it takes what it takes
			http.Error(w, "no", http.StatusInternalServerError)
			return
		}
		w.Header().Set("Trailer", "X-Siaga-Complete")
		if _, err := db.Backup(r.Context(), w); err == nil {
			w.Header().Set("X-Siaga-Complete", "yes")
		}
	})
}

// backup copies the store to a file: written beside it, synced, then renamed,
// so that FILE is always whole.
func backup(ctx context.Context, file string, args []string, o outside) error {
	if len(args) != 1 {
		return errUsage
	}
	c, err := config.Load(file, config.Options{Env: o.env})
	if err != nil {
		return err
	}
	if err := notTheStore(args[0], c.Store); err != nil {
		return fmt.Errorf("backup: %w", err)
	}
	tmp, err := os.CreateTemp(filepath.Dir(args[0]), ".siaga-backup-*")
	if err != nil {
		return fmt.Errorf("backup: %w", err)
	}
	defer os.Remove(tmp.Name()) //nolint:errcheck // after the rename there is nothing to remove
	n, err := copyStore(ctx, c, tmp)
	if err = errors.Join(err, tmp.Sync(), tmp.Close()); err == nil {
		err = os.Rename(tmp.Name(), args[0])
	}
	if err != nil {
		return fmt.Errorf("backup: %w", err)
	}
	_, err = fmt.Fprintf(o.out, "%s: %d bytes\n", args[0], n)
	return err
}

// notTheStore refuses to put the copy in the place of the store or of its
// token: the running process would write on into a file that nobody finds.
func notTheStore(target, storePath string) error {
	at, err := os.Stat(target)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	for _, own := range []string{storePath, tokenFile(storePath)} {
		if info, err := os.Stat(own); err == nil && os.SameFile(at, info) {
			return fmt.Errorf("%s belongs to the store itself; name another file", target)
		}
	}
	return nil
}

func copyStore(ctx context.Context, c *config.Config, w io.Writer) (int64, error) {
	if _, err := os.Stat(c.Store); err != nil { // Open would make one
		return 0, err
	}
	db, err := store.Open(c.Store)
	if errors.Is(err, store.ErrLocked) {
		return askForCopy(ctx, c, w)
	}
	if err != nil {
		return 0, err
	}
	n, err := db.Backup(ctx, w)
	return n, errors.Join(err, db.Close())
}

// nearby is the address at which a process that listens there is reached from
// its own machine.
func nearby(listen string) string {
	host, port, err := net.SplitHostPort(listen)
	if err != nil {
		return listen
	}
	if ip := net.ParseIP(host); host == "" || ip != nil && ip.IsUnspecified() {
		host = "localhost"
	}
	return net.JoinHostPort(host, port)
}

func askForCopy(ctx context.Context, c *config.Config, w io.Writer) (int64, error) {
	token, err := os.ReadFile(tokenFile(c.Store))
	if err != nil {
		return 0, fmt.Errorf("siaga is running, and its token cannot be read: %w", err)
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+nearby(c.Listen)+backupPath, nil)
	if err != nil {
		return 0, err
	}
	req.Header.Set("Authorization", "Bearer "+strings.TrimSpace(string(token)))
	client := http.Client{Transport: &http.Transport{Proxy: nil}} // the token stays on this machine
	resp, err := client.Do(req)
	if err != nil {
		return 0, fmt.Errorf("ask the running siaga: %w", err)
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return 0, fmt.Errorf("the running siaga answered %s", resp.Status)
	}
	n, err := io.Copy(w, resp.Body)
	if err == nil && resp.Trailer.Get("X-Siaga-Complete") != "yes" {
		err = errors.New("the running siaga broke off; try again")
	}
	return n, err
}
