package store

import (
	"errors"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"
	"testing"

	"github.com/siaga-id/siaga/internal/alone"
)

// limitFiles lets no file of this process grow beyond size bytes, as a full disk does.
func limitFiles(t *testing.T, size uint64) {
	t.Helper()
	signal.Ignore(syscall.SIGXFSZ)
	var was syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_FSIZE, &was); err != nil {
		t.Fatal(err)
	}
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &syscall.Rlimit{Cur: size, Max: was.Max}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &was); err != nil {
			t.Fatal(err)
		}
		signal.Reset(syscall.SIGXFSZ)
	})
}

func TestAFileThatMayNotGrowLosesNothingThatWasKept(t *testing.T) {
	if !alone.Here(t) { // the limit is that of the process
		return
	}
	path := filepath.Join(t.TempDir(), "siaga.db")
	b, err := Open(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := keep(t, b, 0); err != nil {
		t.Fatal(err)
	}
	failed, done := error(nil), 0
	t.Run("full", func(t *testing.T) {
		limitFiles(t, 64<<10)
		for failed == nil && done < 100 {
			done++
			failed = keep(t, b, done)
		}
		if !errors.Is(failed, syscall.EFBIG) {
			t.Errorf("entry %d: %v", done, failed)
		}
		if err := CheckRoom(path); !errors.Is(err, ErrDisk) {
			t.Errorf("room: %v", err)
		}
	})
	outlives(t, b, path, failed, done)
	if err := CheckRoom(path); err != nil {
		t.Errorf("room: %v", err)
	}
	if left, err := filepath.Glob(filepath.Join(filepath.Dir(path), ".siaga-room-*")); err != nil || len(left) > 0 {
		t.Errorf("%v is left, %v", left, err)
	}
}

// TestASyncThatFailsEndsAllWriting has the one that is known to be dangerous: the
// new root is written, and whether the disk has it nobody knows.
func TestASyncThatFailsEndsAllWriting(t *testing.T) {
	path := filepath.Join(t.TempDir(), "siaga.db")
	b, err := Open(path)
	if err != nil {
		t.Fatal(err)
	}
	for n := range 3 {
		if err := keep(t, b, n); err != nil {
			t.Fatal(err)
		}
	}
	full, err := os.OpenFile("/dev/full", os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer full.Close()
	tap(b, func(real writer) writer {
		return func(p []byte, off int64) (int, error) {
			n, err := real(p, off)
			if off < 2*int64(os.Getpagesize()) { // a meta page: from now on the file is none that can be synced
				err = errors.Join(err, syscall.Dup3(int(full.Fd()), int(openedAt(t, path)), 0))
			}
			return n, err
		}
	})
	err = keep(t, b, 3)
	outlives(t, b, path, err, 3)
}

// openedAt returns the descriptor with which this process has a file open.
func openedAt(t *testing.T, path string) (fd uintptr) {
	t.Helper()
	all, err := os.ReadDir("/proc/self/fd")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range all {
		if to, _ := os.Readlink("/proc/self/fd/" + e.Name()); to == path {
			for _, r := range e.Name() {
				fd = fd*10 + uintptr(r-'0')
			}
			return fd
		}
	}
	t.Fatalf("%s is not open", path)
	return 0
}
