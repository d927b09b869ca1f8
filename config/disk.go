package config

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// disk is what loading needs of a file system; fstest.MapFS is one too.
type disk interface {
	ReadFile(name string) ([]byte, error)
	Glob(pattern string) ([]string, error)
}

// machine is the file system of the operating system.
type machine struct{}

// ReadFile reads a regular file, of which one byte too many is enough to
// refuse it.
func (machine) ReadFile(name string) ([]byte, error) {
	info, err := os.Stat(name)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() { // opening a pipe would wait for ever
		return nil, errors.New("it is no file")
	}
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(io.LimitReader(f, maxFile+1))
}

func (machine) Glob(pattern string) ([]string, error) { return filepath.Glob(pattern) }

// cause returns an error without the path, which the admin knows, and which
// may be a token that was pasted into the wrong field.
func cause(err error) error {
	if wrapped, ok := errors.AsType[*fs.PathError](err); ok {
		return wrapped.Err
	}
	return err
}

func hasWildcard(pattern string) bool { return strings.ContainsAny(pattern, "*?[") }

// match returns the files of a pattern. Hidden files are left out: editors
// keep their locks in them.
func match(d disk, pattern string) ([]string, error) {
	found, err := d.Glob(pattern)
	if err != nil {
		return nil, err
	}
	var visible []string
	for _, name := range found {
		if !strings.HasPrefix(filepath.Base(name), ".") {
			visible = append(visible, name)
		}
	}
	return visible, nil
}
