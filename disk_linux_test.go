package main

import (
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/siaga-id/siaga/internal/alone"
	"github.com/siaga-id/siaga/store"
)

// TestAStartWithoutRoomIsRefusedBeforeAnyChatHearsOfIt: whoever restarts Siaga on
// the full disk on which it stopped has it say so once, and not at every start.
func TestAStartWithoutRoomIsRefusedBeforeAnyChatHearsOfIt(t *testing.T) {
	if !alone.Here(t) { // the limit is that of the process
		return
	}
	w := newWorld(t, chatReceivers)
	w.withChats()
	t.Cleanup(w.sl.Close)
	db, err := store.Open(filepath.Join(w.dir, "siaga.db"))
	if err != nil {
		t.Fatal(err)
	}
	db.Close()

	var was syscall.Rlimit
	signal.Ignore(syscall.SIGXFSZ)
	defer signal.Reset(syscall.SIGXFSZ)
	if err := syscall.Getrlimit(syscall.RLIMIT_FSIZE, &was); err != nil {
		t.Fatal(err)
	}
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &syscall.Rlimit{Cur: 512 << 10, Max: was.Max}); err != nil {
		t.Fatal(err)
	}
	code := run(t.Context(), []string{"-config", filepath.Join(w.dir, "config.yaml")}, w.outside(strings.NewReader("")))
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &was); err != nil {
		t.Fatal(err)
	}
	if log := w.err.String(); code != 1 || !strings.Contains(log, "make room for ") || !strings.Contains(log, store.ErrDisk.Error()) {
		t.Errorf("exit code %d: %s", code, log)
	}
	if calls := w.tg.Calls(); len(calls) > 0 {
		t.Errorf("Telegram was called: %v", calls)
	}
}
