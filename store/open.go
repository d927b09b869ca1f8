package store

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"syscall"
	"time"

	"go.etcd.io/bbolt"
	berrors "go.etcd.io/bbolt/errors"
)

const (
	// ownerOnly: the file holds what people wrote in chats.
	ownerOnly = 0o600

	// lockWait is long enough for a predecessor that is just closing, and
	// short enough for a person who started two.
	lockWait = time.Second

	// addressSpace is mapped from the start (it is no memory), as bbolt cannot
	// map more while a reader is open: without it a slow backup of a growing
	// file would stop all writers.
	addressSpace = 1 << 30
)

// Open returns the store in the file at path, which it makes, readable by its
// owner alone, if nothing is there. It reads every page in use once to find
// damage, about a second for a GiB that is in memory. The errors of its own are
// ErrLocked, ErrDamaged and ErrNewerSchema.
func Open(path string) (*Bolt, error) {
	return openWith(path, nil) // schema 1 is the first: no migrations yet
}

func openWith(path string, steps []step) (*Bolt, error) {
	b, err := open(path, steps)
	if err != nil {
		return nil, fmt.Errorf("open store %s: %w", path, err)
	}
	return b, nil
}

func open(path string, steps []step) (*Bolt, error) {
	if err := makeIfAbsent(path, steps); err != nil {
		return nil, err
	}
	if err := inspect(path); err != nil {
		return nil, err
	}
	return attach(path, steps)
}

// attach opens a file that was inspected, or one that is new.
func attach(path string, steps []step) (*Bolt, error) {
	return attachWith(path, steps, options())
}

func options() *bbolt.Options {
	return &bbolt.Options{
		Timeout:         lockWait,
		NoFreelistSync:  true, // a commit after mass deletion: 4.4 -> 1.7 ms (matching.md 3)
		FreelistType:    bbolt.FreelistMapType,
		InitialMmapSize: reserve(runtime.GOOS),
		NoStatistics:    true,
	}
}

func attachWith(path string, steps []step, opt *bbolt.Options) (*Bolt, error) {
	db, err := bbolt.Open(path, ownerOnly, opt)
	if err != nil {
		return nil, explain(err)
	}
	b := newBolt(db)
	if err := migrate(context.Background(), b, steps); err != nil {
		return nil, errors.Join(err, b.Close())
	}
	return b, nil
}

// makeIfAbsent prepares a new store beside path and links it there complete.
// So an empty file at path is never one that we were making when the power
// went, and of two processes that start at once none replaces the other's file.
func makeIfAbsent(path string, steps []step) error {
	if _, err := os.Lstat(path); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	dir := filepath.Dir(path)
	f, err := os.CreateTemp(dir, filepath.Base(path)+".new-*")
	if err != nil {
		return err
	}
	defer func() { _ = os.Remove(f.Name()) }() // gone already after a rename
	if err := f.Close(); err != nil {
		return err
	}
	b, err := attach(f.Name(), steps)
	if err != nil {
		return err
	}
	if err := b.Close(); err != nil {
		return err
	}
	return publish(f.Name(), path)
}

func publish(from, path string) error {
	err := os.Link(from, path)
	switch {
	case errors.Is(err, fs.ErrExist):
		return nil // another process was faster, and its store is as new
	case err != nil:
		err = os.Rename(from, path) // a file system without links
	}
	if err != nil {
		return err
	}
	return syncDir(filepath.Dir(path))
}

// syncDir makes a new name durable; without it a power cut could take the file
// with all that was acknowledged. Windows cannot and need not.
func syncDir(dir string) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}

// reserve is nothing on Windows, where bbolt would make the file that large.
func reserve(goos string) int {
	if goos == "windows" {
		return 0
	}
	return addressSpace
}

// explain turns what bbolt says about a file into what a person can act on. What
// the system refuses (rights, space) speaks for itself; all else is damage.
func explain(err error) error {
	if errors.Is(err, berrors.ErrTimeout) {
		return ErrLocked
	}
	if _, system := errors.AsType[syscall.Errno](err); system {
		return err
	}
	return fmt.Errorf("%w: %w", err, ErrDamaged)
}
