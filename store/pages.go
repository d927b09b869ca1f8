package store

import (
	"bytes"
	"context"
	"encoding/binary"
	"io"
)

// The format of bbolt's pages, version 2, in the byte order of the machine
// (go.etcd.io/bbolt/internal/common page.go, meta.go, bucket.go):
//
//	head         id 8, kind 2, count 2, overflow 4
//	branch       count x (pos 4, key size 4, child 8), then the keys
//	leaf         count x (flags 4, pos 4, key size 4, value size 4), then keys and values
//	bucket       root 8, sequence 8: the value of an element with flag 1; a root
//	             of 0 means that the page of the bucket follows in the value
//	meta         magic 4, version 4, page size 4, flags 4, root bucket 16,
//	             freelist 8, page count 8, transaction 8, checksum 8
//
// A pos counts from the element that holds it.
const (
	headSize   = 16
	elemSize   = 16
	bucketSize = 16
	firstPage  = 2 // behind the two meta pages

	kindBranch   = 0x01
	kindLeaf     = 0x02
	kindFreelist = 0x10

	flagBucket = 1
	manyFree   = 0xffff // the first free page number is the count
	noFreelist = ^uint64(0)
)

// pages walks all pages in use and believes none of them.
type pages struct {
	ctx  context.Context // ends the walk
	file io.ReaderAt
	size int    // of one page, in bytes
	seen []bool // by page number
}

type page []byte

func (p page) id() uint64       { return binary.NativeEndian.Uint64(p) }
func (p page) kind() uint16     { return binary.NativeEndian.Uint16(p[8:]) }
func (p page) count() uint16    { return binary.NativeEndian.Uint16(p[10:]) }
func (p page) overflow() uint32 { return binary.NativeEndian.Uint32(p[12:]) }

// element is one entry of a branch or a leaf.
type element struct {
	key, value []byte
	child      uint64 // of a branch
	bucket     bool   // of a leaf: value is the head of a bucket
}

// element returns entry i, and whether all of it lies within the page.
func (p page) element(i int) (element, bool) {
	start := headSize + i*elemSize
	if start+elemSize > len(p) {
		return element{}, false
	}
	u32 := func(at int) uint64 { return uint64(binary.NativeEndian.Uint32(p[start+at:])) }
	if p.kind() == kindBranch {
		key, ok := cut(p[start:], u32(0), u32(4))
		return element{key: key, child: binary.NativeEndian.Uint64(p[start+8:])}, ok
	}
	key, ok := cut(p[start:], u32(4), u32(8))
	value, fits := cut(p[start:], u32(4)+u32(8), u32(12))
	return element{key: key, value: value, bucket: u32(0)&flagBucket != 0}, ok && fits
}

func cut(b []byte, pos, size uint64) ([]byte, bool) {
	if pos+size > uint64(len(b)) {
		return nil, false
	}
	return b[pos : pos+size], true
}

// tree checks the page at and all below it, whose keys are in [from, to). It
// ends, as no page may be met twice.
func (p *pages) tree(at uint64, from, to []byte) error {
	page, err := p.read(at)
	if err != nil {
		return err
	}
	elements, err := page.elements(at, from, to)
	if err != nil {
		return err
	}
	for i, e := range elements {
		switch {
		case e.bucket:
			err = p.bucket(at, e.value)
		case page.kind() == kindBranch:
			end := to
			if i+1 < len(elements) {
				end = elements[i+1].key
			}
			err = p.tree(e.child, e.key, end)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// elements returns the entries of a page, if its keys ascend from from to to.
func (p page) elements(at uint64, from, to []byte) ([]element, error) {
	branch := p.kind() == kindBranch
	if !branch && p.kind() != kindLeaf || branch && p.count() == 0 {
		return nil, damaged(at, "is of no known kind")
	}
	found := make([]element, p.count())
	for i := range found {
		e, ok := p.element(i)
		switch {
		case !ok || len(e.key) == 0:
			return nil, damaged(at, "has an entry that does not fit")
		case bytes.Compare(e.key, from) < 0,
			i > 0 && bytes.Equal(e.key, from),
			to != nil && bytes.Compare(e.key, to) >= 0:
			return nil, damaged(at, "has its keys out of order")
		}
		found[i], from = e, e.key
	}
	return found, nil
}

// bucket checks the tree of a bucket, or the page within its value.
func (p *pages) bucket(at uint64, value []byte) error {
	if len(value) < bucketSize {
		return damaged(at, "has a shelf cut short")
	}
	if root := binary.NativeEndian.Uint64(value); root != 0 {
		return p.tree(root, nil, nil)
	}
	inline := page(value[bucketSize:])
	if len(inline) < headSize || inline.kind() != kindLeaf {
		return damaged(at, "has a shelf of no known kind")
	}
	_, err := inline.elements(at, nil, nil)
	return err
}
