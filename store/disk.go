package store

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"syscall"
)

// headroom is what must be free beside the file at the start, in bytes: more
// than a commit of a busy minute writes. A disk that is full to the last page
// would take the first commits and refuse the one that matters.
const headroom = 1 << 20

// Broken receives the error of the Update that the disk did not take, once.
// Nothing is written after it (ErrDisk); what is in the file can still be read.
func (b *Bolt) Broken() <-chan error { return b.told }

// judge ends all writing when the disk has failed. After a failed sync nobody
// knows what of a file is on the disk, and asking again gives another answer
// (docs/adr/0012), so that one failure is enough.
func (b *Bolt) judge(err error) error {
	if errors.Is(err, ErrDisk) && b.broken.CompareAndSwap(nil, &err) {
		b.told <- err
	}
	return err
}

// CheckRoom returns ErrDisk when there is no room for the store in the file at
// path to grow. It leaves nothing behind. A folder in which nobody may make
// files tells nothing about its disk.
func CheckRoom(path string) error {
	err := occupy(filepath.Dir(path))
	for _, disk := range []error{syscall.ENOSPC, syscall.EDQUOT, syscall.EFBIG, syscall.EIO, syscall.EROFS} {
		if errors.Is(err, disk) {
			return fmt.Errorf("make room for %s: %w: %w", path, err, ErrDisk)
		}
	}
	return nil
}

// occupy writes as much as headroom, and gives it back.
func occupy(dir string) error {
	f, err := os.CreateTemp(dir, ".siaga-room-*")
	if err != nil {
		return err
	}
	_, err = f.Write(make([]byte, headroom))
	if err == nil {
		err = f.Sync()
	}
	return errors.Join(err, f.Close(), os.Remove(f.Name()))
}
