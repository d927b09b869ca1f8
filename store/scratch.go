package store

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
)

// Scratch returns an empty store that nobody will miss: it waits for no disk,
// survives no crash of the machine, and Close removes it. It keeps every other
// promise of a DB, and an Update runs its function once. It is a file among
// the temporary ones, so that what is tried may be larger than the memory.
func Scratch() (*Bolt, error) {
	b, err := scratch()
	if err != nil {
		return nil, fmt.Errorf("open scratch store: %w", err)
	}
	return b, nil
}

func scratch() (*Bolt, error) {
	dir, err := os.MkdirTemp("", "siaga-scratch-")
	if err != nil {
		return nil, err
	}
	opt := options()
	opt.NoSync, opt.NoGrowSync = true, true
	b, err := attachWith(filepath.Join(dir, "scratch.db"), nil, opt)
	if err != nil {
		return nil, errors.Join(err, os.RemoveAll(dir))
	}
	b.scratch = dir
	return b, nil
}
