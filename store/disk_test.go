package store

import (
	"errors"
	"fmt"
	"path/filepath"
	"reflect"
	"strings"
	"syscall"
	"testing"
	"unsafe"
)

// writer is what bbolt writes its file with.
type writer = func(b []byte, off int64) (int, error)

// tap puts f between a store and its file. bbolt has no other place for that:
// its OpenFile wants an *os.File.
func tap(b *Bolt, f func(real writer) writer) {
	field := reflect.ValueOf(b.db).Elem().FieldByName("ops").FieldByName("writeAt")
	at := (*writer)(unsafe.Pointer(field.UnsafeAddr()))
	*at = f(*at)
}

// failures are the ways in which a write fails: without a trace, in its middle,
// and after it seemed to be done.
var failures = map[string]func(real writer, b []byte, off int64) (int, error){
	"full":  func(writer, []byte, int64) (int, error) { return 0, syscall.ENOSPC },
	"torn":  func(w writer, b []byte, off int64) (int, error) { n, _ := w(b[:len(b)/2], off); return n, syscall.EIO },
	"after": func(w writer, b []byte, off int64) (int, error) { n, _ := w(b, off); return n, syscall.EIO },
}

const diskShelf Shelf[doc] = "disk"

type doc struct {
	Text string `json:"text"`
}

// keep puts entry n on the shelf, on two keys, so that half a commit shows.
func keep(t *testing.T, b *Bolt, n int) error {
	t.Helper()
	return b.Update(t.Context(), func(tx Tx) error {
		text := strings.Repeat("x", 3000*n)
		return errors.Join(
			diskShelf.Put(tx, Key(fmt.Sprintf("a/%d", n)), doc{text}), diskShelf.Put(tx, Key(fmt.Sprintf("b/%d", n)), doc{text}))
	})
}

// kept returns which entries are there, all of them whole.
func kept(t *testing.T, b *Bolt, most int) (n int) {
	t.Helper()
	err := b.View(t.Context(), func(tx Tx) error {
		for n = 0; n < most; n++ {
			x, a, err1 := diskShelf.Get(tx, Key(fmt.Sprintf("a/%d", n)))
			y, b, err2 := diskShelf.Get(tx, Key(fmt.Sprintf("b/%d", n)))
			if err := errors.Join(err1, err2); err != nil {
				return err
			}
			if a != b || a && (len(x.Text) != 3000*n || x != y) {
				t.Errorf("half of entry %d is there", n)
			}
			if !a {
				break
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func TestADiskThatFailsAtAnyWriteLosesNothingThatWasKept(t *testing.T) {
	const entries = 8
	for name, fail := range failures {
		for at := 1; ; at++ {
			path := filepath.Join(t.TempDir(), "siaga.db")
			b, err := Open(path)
			if err != nil {
				t.Fatal(err)
			}
			writes := 0
			tap(b, func(real writer) writer {
				return func(p []byte, off int64) (int, error) {
					if writes++; writes == at {
						return fail(real, p, off)
					}
					return real(p, off)
				}
			})
			done := 0
			for ; done < entries && err == nil; done++ {
				err = keep(t, b, done)
			}
			if err == nil {
				if err := b.Close(); err != nil || at < 2*entries {
					t.Fatalf("%s: only %d writes, %v", name, at, err)
				}
				break
			}
			done-- // the last one was not kept
			outlives(t, b, path, err, done)
			if t.Failed() {
				t.Fatalf("%s at write %d", name, at)
			}
		}
	}
}

// outlives holds a store whose disk has failed, and the next one in its file,
// against what was kept.
func outlives(t *testing.T, b *Bolt, path string, failed error, done int) {
	t.Helper()
	var no syscall.Errno
	if !errors.Is(failed, ErrDisk) || !errors.As(failed, &no) {
		t.Errorf("the error is %v", failed)
	}
	if told := <-b.Broken(); !errors.Is(told, ErrDisk) {
		t.Errorf("told is %v", told)
	}
	if err := keep(t, b, done); !errors.Is(err, ErrDisk) {
		t.Errorf("it writes on: %v", err)
	}
	if n := kept(t, b, done); n != done {
		t.Errorf("%d entries can be read, want %d", n, done)
	}
	if err := b.Close(); err != nil {
		t.Error(err)
	}
	again, err := Open(path)
	if err != nil {
		t.Fatalf("the next start: %v", err)
	}
	defer again.Close()
	n := kept(t, again, done+1)
	if n < done {
		t.Errorf("the next start finds %d entries of %d", n, done)
	}
	if err := keep(t, again, n); err != nil {
		t.Errorf("the next start writes: %v", err)
	}
}
