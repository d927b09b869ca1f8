package store

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"go.etcd.io/bbolt"
)

func TestOpenMakesAFileForItsOwnerOnly(t *testing.T) {
	path := filepath.Join(t.TempDir(), "siaga.db")
	openChecked(t, path)
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	if got := info.Mode().Perm(); got != 0o600 {
		t.Errorf("mode %o, want 600", got)
	}
	files, _ := os.ReadDir(filepath.Dir(path))
	if len(files) != 1 {
		t.Errorf("left behind: %v", files)
	}
}

func TestOpenKeepsWhatIsThere(t *testing.T) {
	path := filepath.Join(t.TempDir(), "siaga.db")
	db := openChecked(t, path)
	update(t, db, func(tx Tx) {
		put(t, tx, "a", "1", "kept")
		put(t, tx, "a", "empty", "")
	})
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	db = openChecked(t, path)
	want(t, db, "a", "1", "kept")
	want(t, db, "a", "empty", "")
}

func TestOpenRefusesAFileInUse(t *testing.T) {
	path := filepath.Join(t.TempDir(), "siaga.db")
	openChecked(t, path)
	_, err := Open(path)
	wantErr(t, "Open", err, ErrLocked)
	if !strings.Contains(err.Error(), path) {
		t.Errorf("%q does not name the file", err)
	}
}

func TestOpenReplacesNoStoreThatAnotherProcessMade(t *testing.T) {
	dir := t.TempDir()
	path, late := filepath.Join(dir, "siaga.db"), filepath.Join(dir, "late")
	update(t, openChecked(t, path), func(tx Tx) { put(t, tx, "a", "1", "first") })
	if err := os.WriteFile(late, nil, ownerOnly); err != nil {
		t.Fatal(err)
	}
	if err := publish(late, path); err != nil {
		t.Fatal(err)
	}
	if err := inspect(late); !errors.Is(err, ErrDamaged) {
		t.Errorf("late = %v, want it where it was", err)
	}
	if info, err := os.Stat(path); err != nil || info.Size() == 0 {
		t.Errorf("the first store was replaced: %v, %v", info, err)
	}
}

func TestOpenPassesOnWhatTheSystemRefuses(t *testing.T) {
	dir := t.TempDir()
	_, err := Open(filepath.Join(dir, "none", "siaga.db"))
	wantErr(t, "Open in no directory", err, fs.ErrNotExist)
	if _, err = Open(dir); err == nil || errors.Is(err, ErrDamaged) {
		t.Errorf("Open of a directory = %v", err)
	}
}

// storeBytes returns a store of some 20 pages: branches, leaves, overflow pages,
// a shelf within a page.
func storeBytes(tb testing.TB) []byte {
	tb.Helper()
	path := filepath.Join(tb.TempDir(), "siaga.db")
	db, err := Open(path)
	if err != nil {
		tb.Fatal(err)
	}
	err = db.Update(tb.Context(), func(tx Tx) error {
		var err error
		for n := range uint64(600) {
			err = errors.Join(err, tx.Put("many", Key(Num(n)), make([]byte, 50)))
		}
		return errors.Join(err, tx.Put("large", "1", make([]byte, 20_000)), tx.Add("small", "1", 1))
	})
	var size int64
	_ = db.db.View(func(tx *bbolt.Tx) error { size = tx.Size(); return nil })
	if err := errors.Join(err, db.Close()); err != nil {
		tb.Fatal(err)
	}
	data, err := os.ReadFile(path)
	if err != nil {
		tb.Fatal(err)
	}
	return data[:size]
}

func TestOpenRefusesADamagedFileAndLeavesItAlone(t *testing.T) {
	whole := storeBytes(t)
	size := os.Getpagesize()
	tests := []struct {
		name   string
		damage func(data []byte) []byte
	}{
		{"empty", func([]byte) []byte { return nil }},
		{"a few bytes", func(d []byte) []byte { return d[:100] }},
		{"one page", func(d []byte) []byte { return d[:size] }},
		{"cut in the middle", func(d []byte) []byte { return d[:len(d)/2] }},
		{"cut by one byte", func(d []byte) []byte { return d[:len(d)-1] }},
		{"garbage", func(d []byte) []byte { return fill(d, 0) }},
		{"words", func([]byte) []byte { return []byte(strings.Repeat("semen berdebu\n", 1000)) }},
		{"zeros behind the meta pages", func(d []byte) []byte { clear(d[2*size:]); return d }},
		{"garbage behind the meta pages", func(d []byte) []byte { return fill(d, 2*size) }},
		{"both meta pages", func(d []byte) []byte { clear(d[:2*size]); return d }},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "siaga.db")
			data := tt.damage(append([]byte{}, whole...))
			if err := os.WriteFile(path, data, ownerOnly); err != nil {
				t.Fatal(err)
			}
			_, err := Open(path)
			wantErr(t, "Open", err, ErrDamaged)
			if !strings.Contains(err.Error(), "siaga backup") {
				t.Errorf("%q does not say what to do", err)
			}
			if after, err := os.ReadFile(path); err != nil || !bytes.Equal(data, after) {
				t.Errorf("the file was changed: %v", err)
			}
		})
	}
}

func fill(data []byte, from int) []byte {
	rng := rand.NewChaCha8([32]byte{1})
	_, _ = rng.Read(data[from:])
	return data
}

func TestOpenRefusesEveryKindOfBadPage(t *testing.T) {
	whole := storeBytes(t)
	size := os.Getpagesize()
	branch := findPage(t, whole, kindBranch) * size
	leaf := findPage(t, whole, kindLeaf) * size
	u16, u32, u64 := binary.NativeEndian.PutUint16, binary.NativeEndian.PutUint32, binary.NativeEndian.PutUint64
	tests := []struct {
		name   string
		damage func(data []byte)
	}{
		{"another number", func(d []byte) { u64(d[leaf:], 1<<40) }},
		{"no kind", func(d []byte) { u16(d[leaf+8:], 0x40) }},
		{"branch without children", func(d []byte) { u16(d[branch+10:], 0) }},
		{"more entries than fit", func(d []byte) { u16(d[leaf+10:], 0xffff) }},
		{"overflow out of the file", func(d []byte) { u32(d[leaf+12:], 1<<30) }},
		{"overflow over a neighbour", func(d []byte) { u32(d[leaf+12:], 5) }},
		{"key out of the page", func(d []byte) { u32(d[leaf+headSize+4:], 1<<31) }},
		{"key without length", func(d []byte) { u32(d[leaf+headSize+8:], 0) }},
		{"value out of the page", func(d []byte) { u32(d[leaf+headSize+12:], 1<<31) }},
		{"child out of the file", func(d []byte) { u64(d[branch+headSize+8:], 1<<50) }},
		{"child that is its own parent", func(d []byte) { u64(d[branch+headSize+8:], uint64(branch/size)) }},
		{"child twice", func(d []byte) {
			copy(d[branch+headSize+elemSize+8:][:8], d[branch+headSize+8:])
		}},
		{"keys out of order", func(d []byte) { d[bytesAt(d, leaf, 0)] = 0xff }},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			data := append([]byte{}, whole...)
			tt.damage(data)
			path := filepath.Join(t.TempDir(), "siaga.db")
			if err := os.WriteFile(path, data, ownerOnly); err != nil {
				t.Fatal(err)
			}
			_, err := Open(path)
			wantErr(t, "Open", err, ErrDamaged)
		})
	}
}

// findPage returns a page of kind in use: the first child of the branch, or it.
func findPage(t *testing.T, data []byte, kind uint16) int {
	t.Helper()
	size := os.Getpagesize()
	for n := firstPage; n < len(data)/size; n++ {
		p := page(data[n*size : (n+1)*size])
		if p.id() != uint64(n) || p.kind() != kindBranch {
			continue
		}
		if kind == kindBranch {
			return n
		}
		e, _ := p.element(0)
		return int(e.child)
	}
	t.Fatal("no branch page")
	return 0
}

// bytesAt returns where the key of entry i of the page at offset at begins.
func bytesAt(data []byte, at, i int) int {
	elem := at + headSize + i*elemSize
	return elem + int(binary.NativeEndian.Uint32(data[elem+4:]))
}

func TestOpenTakesAFileThatBboltCompacted(t *testing.T) {
	data, _ := compacted(t)
	path := filepath.Join(t.TempDir(), "siaga.db")
	if err := os.WriteFile(path, data, ownerOnly); err != nil {
		t.Fatal(err)
	}
	want(t, openChecked(t, path), "small", "1", string(formatCount(1)))
}

func TestOpenRefusesABadListOfFreePages(t *testing.T) {
	whole, list := compacted(t)
	tests := []struct {
		name   string
		damage func(list page)
	}{
		{"no list", func(p page) { p[8] = kindLeaf }},
		{"more than fit", func(p page) { binary.NativeEndian.PutUint16(p[10:], manyFree-1) }},
		{"many more than fit", func(p page) {
			binary.NativeEndian.PutUint16(p[10:], manyFree)
			binary.NativeEndian.PutUint64(p[headSize:], 1<<60)
		}},
		{"a page in use", func(p page) {
			binary.NativeEndian.PutUint16(p[10:], 1)
			binary.NativeEndian.PutUint64(p[headSize:], p.id())
		}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			data := append([]byte{}, whole...)
			tt.damage(page(data[list:]))
			path := filepath.Join(t.TempDir(), "siaga.db")
			if err := os.WriteFile(path, data, ownerOnly); err != nil {
				t.Fatal(err)
			}
			_, err := Open(path)
			wantErr(t, "Open", err, ErrDamaged)
		})
	}
}

// compacted returns a store as the bbolt tools leave it, with a list of free
// pages, and where that list begins.
func compacted(t *testing.T) (data []byte, list int) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "siaga.db")
	if err := os.WriteFile(path, storeBytes(t), ownerOnly); err != nil {
		t.Fatal(err)
	}
	raw, err := bbolt.Open(path, ownerOnly, nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := raw.Close(); err != nil {
		t.Fatal(err)
	}
	data, err = os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for list = 2 * os.Getpagesize(); page(data[list:]).kind() != kindFreelist; {
		list += os.Getpagesize()
	}
	return data, list
}

// FuzzOpenOfADamagedFile changes bytes of a good file. Open may refuse it, or
// what it returns can be read and written; a panic would be the process.
func FuzzOpenOfADamagedFile(f *testing.F) {
	whole := storeBytes(f)
	f.Add(uint32(2*os.Getpagesize()+8), uint64(0xff), uint32(0), uint64(0))
	f.Add(uint32(3*os.Getpagesize()+16), uint64(1)<<63, uint32(100), uint64(7))
	dir := f.TempDir()
	f.Fuzz(func(t *testing.T, at1 uint32, xor1 uint64, at2 uint32, xor2 uint64) {
		data := append([]byte{}, whole...)
		flip(data, at1, xor1)
		flip(data, at2, xor2)
		path := filepath.Join(dir, "siaga.db")
		if err := os.WriteFile(path, data, ownerOnly); err != nil {
			t.Fatal(err)
		}
		db, err := Open(path)
		if err != nil {
			return
		}
		defer func() { _ = db.Close() }()
		update(t, db, func(tx Tx) {
			names, err := tx.Shelves("")
			wantErr(t, "Shelves", err, nil)
			for _, name := range names {
				keys(t, tx, name, "", "")
				wantErr(t, "Drop", tx.Drop(name), nil)
			}
		})
	})
}

func flip(data []byte, at uint32, xor uint64) {
	word := data[int(at)%(len(data)-8):]
	binary.NativeEndian.PutUint64(word, binary.NativeEndian.Uint64(word)^xor)
}
