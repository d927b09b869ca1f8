package trial

import (
	"bufio"
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/siaga-id/siaga/source"
)

const (
	// maxLine bounds one record. The longest posts, articles, have some 50 KiB.
	maxLine = 1 << 20
	// maxRecords bounds the index of an archive, which has 32 bytes a record:
	// 50 years of a busy national company.
	maxRecords = 50_000_000
)

// Archive is the records of JSONL files, in any order. Only where each stands
// and when it came is held in memory, so that an archive may be far larger
// than that.
type Archive struct {
	files   []*os.File
	records source.Records
	index   []entry
	bad     []error // the first of them
	more    int     // bad ones that are only counted
	last    []byte  // the line read last
}

// entry is where one record stands.
type entry struct {
	at     int64 // unix milliseconds; nanoseconds end in 2262, and years are mistyped
	start  int64
	length int32
	line   int32
	file   int32
}

// OpenArchive finds every record of the files and puts them in the order of
// their times; equal times stay in the order of the files. Lines that hold no
// record are told when the archive is played.
func OpenArchive(paths []string, records source.Records) (*Archive, error) {
	a := &Archive{records: records}
	for _, path := range paths {
		if err := a.add(path); err != nil {
			return nil, errors.Join(fmt.Errorf("read archive: %w", err), a.Close())
		}
	}
	slices.SortStableFunc(a.index, func(x, y entry) int { return cmp.Compare(x.at, y.at) })
	return a, nil
}

// Close closes the files.
func (a *Archive) Close() error {
	var errs []error
	for _, f := range a.files {
		errs = append(errs, f.Close())
	}
	return errors.Join(errs...)
}

// errKind says what kind of file an archive is.
var errKind = errors.New("an archive is a file with one JSON object a line, whose name ends in .jsonl or .ndjson")

func (a *Archive) add(path string) error {
	if ext := strings.ToLower(filepath.Ext(path)); ext != ".jsonl" && ext != ".ndjson" {
		return fmt.Errorf("%s: %w", path, errKind)
	}
	info, err := os.Stat(path)
	if err != nil {
		return err
	}
	if !info.Mode().IsRegular() { // each record is read twice
		return fmt.Errorf("%s: %w", path, errKind)
	}
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	a.files = append(a.files, f)
	return a.scan(bufio.NewReaderSize(f, maxLine))
}

// scan notes the time of every line of the file added last.
func (a *Archive) scan(r *bufio.Reader) error {
	e := entry{file: int32(len(a.files) - 1)} //nolint:gosec // no command line holds that many
	for err := error(nil); err == nil; {
		var line []byte
		line, err = r.ReadSlice('\n')
		long, length := errors.Is(err, bufio.ErrBufferFull), len(line)
		for errors.Is(err, bufio.ErrBufferFull) { // what is left of it is not even kept
			var rest []byte
			rest, err = r.ReadSlice('\n')
			length += len(rest)
		}
		if err != nil && !errors.Is(err, io.EOF) {
			return err
		}
		e.line++
		if failed := a.note(line, long, e); failed != nil {
			a.refuse(&source.BadRecord{File: a.files[e.file].Name(), Line: int(e.line), Err: failed})
		}
		if len(a.index) > maxRecords {
			return fmt.Errorf("more than %d records", maxRecords)
		}
		e.start += int64(length)
	}
	return nil
}

func (a *Archive) refuse(bad error) {
	if len(a.bad) < maxBad {
		a.bad = append(a.bad, bad)
		return
	}
	a.more++
}

var errLong = fmt.Errorf("the line is longer than %d MiB", maxLine>>20)

func (a *Archive) note(line []byte, long bool, e entry) error {
	if long {
		return errLong
	}
	if len(bytes.TrimSpace(line)) == 0 {
		return nil
	}
	at, err := a.records.At(unmarked(line))
	if err != nil {
		return err
	}
	e.at, e.length = at.UnixMilli(), int32(len(line)) //nolint:gosec // at most maxLine
	a.index = append(a.index, e)
	return nil
}

// unmarked is a line without what some editors put in front of a file.
func unmarked(line []byte) []byte { return bytes.TrimPrefix(line, []byte("\ufeff")) }

// Events yields the archive in the order of time, after what was bad in it: the
// first bad lines each with its place, and the last of these again for every
// further one, as those are only counted.
func (a *Archive) Events() iter.Seq2[source.Event, error] {
	return func(yield func(source.Event, error) bool) {
		for i := range len(a.bad) + a.more {
			if !yield(source.Event{}, a.bad[min(i, len(a.bad)-1)]) {
				return
			}
		}
		for _, e := range a.index {
			event, err := a.read(e)
			if !yield(event, err) {
				return
			}
		}
	}
}

// read reads one record once more.
func (a *Archive) read(e entry) (source.Event, error) {
	a.last = slices.Grow(a.last[:0], int(e.length))[:e.length]
	if _, err := a.files[e.file].ReadAt(a.last, e.start); err != nil {
		return source.Event{}, fmt.Errorf("read archive: %w", err)
	}
	event, err := a.records.Event(unmarked(a.last))
	if err != nil {
		return source.Event{}, &source.BadRecord{File: a.files[e.file].Name(), Line: int(e.line), Err: err}
	}
	return event, nil
}
