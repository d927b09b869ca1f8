package store

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"time"

	"go.etcd.io/bbolt"
)

// inspect returns ErrDamaged for a file that must not be given to bbolt, which
// meets a bad page with a panic in a goroutine of its own and a file that was
// cut short with a fault of the memory map: both end the process, where a
// person needs a sentence. It holds a shared lock on the file meanwhile.
func inspect(path string) error {
	db, err := inspected(context.Background(), path, lockWait)
	if err != nil {
		return err
	}
	return db.Close()
}

// inspected opens a file read-only, waiting so long for its lock, and returns
// it if it holds no damage.
func inspected(ctx context.Context, path string, wait time.Duration) (*bbolt.DB, error) {
	info, err := os.Stat(path)
	switch {
	case err != nil:
		return nil, err
	case !info.Mode().IsRegular():
		return nil, errors.New("not a file")
	case info.Size() == 0:
		return nil, fmt.Errorf("empty: %w", ErrDamaged)
	}
	var file *os.File // the one that bbolt locks
	db, err := bbolt.Open(path, ownerOnly, &bbolt.Options{
		ReadOnly: true,
		Timeout:  wait,
		OpenFile: func(name string, flag int, mode os.FileMode) (_ *os.File, err error) {
			file, err = os.OpenFile(name, flag, mode)
			return file, err
		},
	})
	if err != nil {
		return nil, explain(err)
	}
	if err = db.View(func(tx *bbolt.Tx) error { return inspectPages(ctx, file, tx) }); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return db, nil
}

// inspectPages takes from bbolt only what the checksum of the meta page covers.
func inspectPages(ctx context.Context, file *os.File, tx *bbolt.Tx) error {
	info, err := file.Stat()
	if err != nil {
		return err
	}
	if info.Size() < tx.Size() {
		return fmt.Errorf("cut short, %d of %d bytes: %w", info.Size(), tx.Size(), ErrDamaged)
	}
	size := tx.DB().Info().PageSize
	p := &pages{ctx: ctx, file: file, size: size, seen: make([]bool, tx.Size()/int64(size))}
	if err := p.tree(uint64(tx.Cursor().Bucket().Root()), nil, nil); err != nil {
		return err
	}
	return p.metaFreelist(uint64(tx.ID())) //nolint:gosec // bbolt made the int of a uint64
}

// metaFreelist checks the list of free pages, if the file has one: we write
// none, `bbolt compact` does. The list stands in the meta page of the last
// transaction, which is one of the first two.
func (p *pages) metaFreelist(txid uint64) error {
	const list, id = 48, 64 // offsets in the page
	for n := range uint64(firstPage) {
		head := make([]byte, id+8)
		if err := p.load(head, n); err != nil {
			return err
		}
		at := binary.NativeEndian.Uint64(head[list:])
		if binary.NativeEndian.Uint64(head[id:]) == txid && at != noFreelist {
			return p.freelist(at)
		}
	}
	return nil
}

func (p *pages) freelist(at uint64) error {
	page, err := p.read(at)
	if err != nil {
		return err
	}
	count, ids := uint64(page.count()), page[headSize:]
	if count == manyFree && len(ids) >= 8 {
		count, ids = binary.NativeEndian.Uint64(ids), ids[8:]
	}
	if page.kind() != kindFreelist || count > uint64(len(ids)/8) {
		return damaged(at, "no list of free pages")
	}
	for ; count > 0; count-- {
		if err := p.visit(binary.NativeEndian.Uint64(ids), 1); err != nil {
			return err
		}
		ids = ids[8:]
	}
	return nil
}

// read returns a page with its overflow pages, all of which must not have been
// met before: every page has one parent.
func (p *pages) read(at uint64) (page, error) {
	if err := p.ctx.Err(); err != nil {
		return nil, err
	}
	head := make(page, headSize)
	if at < firstPage || at >= uint64(len(p.seen)) {
		return nil, damaged(at, "out of the file")
	}
	if err := p.load(head, at); err != nil {
		return nil, err
	}
	if head.id() != at {
		return nil, damaged(at, "carries another number")
	}
	if err := p.visit(at, uint64(head.overflow())+1); err != nil {
		return nil, err
	}
	full := make(page, (int(head.overflow())+1)*p.size)
	return full, p.load(full, at)
}

func (p *pages) load(buf []byte, at uint64) error {
	_, err := p.file.ReadAt(buf, int64(at)*int64(p.size)) //nolint:gosec // at is within the file
	return err
}

func (p *pages) visit(at, n uint64) error {
	if at < firstPage || at > uint64(len(p.seen)) || n > uint64(len(p.seen))-at {
		return damaged(at, "out of the file")
	}
	for i := at; i < at+n; i++ {
		if p.seen[i] {
			return damaged(i, "used twice")
		}
		p.seen[i] = true
	}
	return nil
}

func damaged(at uint64, what string) error {
	return fmt.Errorf("page %d %s: %w", at, what, ErrDamaged)
}
