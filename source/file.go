package source

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

const (
	// maxFile bounds what is held in memory: some 100,000 posts.
	maxFile = 64 << 20
	// maxBatch keeps one transaction of the watcher short.
	maxBatch = 500
	// maxBad keeps the wrong file from filling the log.
	maxBad = 100
)

// file replays a JSONL or CSV file, or plays it as if it happened now.
type file struct {
	spec   Spec
	voices Voices
	read   func([]byte) ([]row, error)

	// What the last reading left; a restart reads again.
	size     int64
	modified time.Time
	sum      string    // of the content; empty before the first reading
	base     time.Time // from which relative times were counted
	moments  []moment  // in order of time
	bad      []error   // not yet handed on
}

// moment is an event, all but its times, and when it happens.
type moment struct {
	at    time.Time
	event Event
}

var _ Poller = (*file)(nil)

func newFile(spec Spec, deps Deps) (*file, error) {
	f := &file{spec: spec, voices: deps.Hash}
	switch ext := strings.ToLower(filepath.Ext(spec.Path)); ext {
	case ".jsonl", ".ndjson":
		f.read = readJSONL
	case ".csv", ".tsv":
		f.read = readCSV
	default:
		return nil, fmt.Errorf("path: %q ends in none of .jsonl, .ndjson, .csv, .tsv", spec.Path)
	}
	return f, nil
}

// fileMark is a file's cursor: relative times count from Base, and Done records
// of the file with this Sum were handed on, in order of time.
type fileMark struct {
	Base time.Time `json:"base"`
	Done int       `json:"done"`
	Sum  string    `json:"sum"`
}

// Poll brings the records whose time has come and that were not brought before,
// at most 500 of them in order of time, and says in Wait when the next is due.
// The time of a record is its field at: "-45m" and "+30s" count from the first
// poll, whose time stays in the cursor, so that a restart continues the day.
// A file that was changed is played again from its start, since its posts are
// known by their ids. One goroutine at a time may poll.
func (f *file) Poll(ctx context.Context, cursor string) (Batch, error) {
	if err := ctx.Err(); err != nil {
		return Batch{}, err
	}
	fetched := now()
	var mark fileMark
	if err := json.Unmarshal([]byte(cursor), &mark); err != nil || mark.Base.IsZero() {
		mark = fileMark{Base: fetched}
	}
	if err := f.load(mark.Base); err != nil {
		return Batch{}, err
	}
	if mark.Sum != f.sum {
		mark.Sum, mark.Done = f.sum, 0
	}
	return f.batch(mark, cursor, fetched)
}

func (f *file) batch(mark fileMark, cursor string, fetched time.Time) (Batch, error) {
	b := Batch{Live: true, Bad: f.bad}
	f.bad = nil
	pending := f.moments[min(mark.Done, len(f.moments)):]
	for len(pending) > 0 && len(b.Events) < maxBatch && !pending[0].at.After(fetched) {
		b.Events = append(b.Events, pending[0].event.seen(pending[0].at, fetched))
		pending = pending[1:]
		mark.Done++
	}
	if len(pending) > 0 {
		b.Wait = max(0, pending[0].at.Sub(fetched))
		b.More = b.Wait == 0
	}
	next, err := json.Marshal(mark)
	if err != nil {
		return Batch{}, fmt.Errorf("write cursor: %w", err)
	}
	b.Cursor = string(next)
	if b.Cursor == cursor && len(b.Bad) == 0 && len(pending) == 0 {
		return Batch{}, ErrNotModified
	}
	return b, nil
}

// load reads the file if it, or base, is another than last time.
func (f *file) load(base time.Time) error {
	const hint = "relative paths count from the directory in which siaga was started"
	info, err := os.Stat(f.spec.Path)
	if err != nil {
		return &Permanent{Err: err, Hint: hint}
	}
	if !info.Mode().IsRegular() || info.Size() > maxFile {
		return &Permanent{Err: fmt.Errorf("%s is no file of at most %d MiB", f.spec.Path, maxFile>>20)}
	}
	if f.sum != "" && f.base.Equal(base) && f.size == info.Size() && f.modified.Equal(info.ModTime()) {
		return nil
	}
	data, err := os.ReadFile(f.spec.Path)
	if err != nil {
		return &Permanent{Err: err, Hint: hint}
	}
	rows, err := f.read(toUTF8(data, ""))
	if err != nil {
		return &Permanent{Err: fmt.Errorf("%s: %w", f.spec.Path, err)}
	}
	sum := sha256.Sum256(data)
	f.size, f.modified, f.sum = info.Size(), info.ModTime(), hex.EncodeToString(sum[:8])
	f.schedule(rows, base)
	return nil
}

// schedule makes moments of rows, with relative times counted from base.
func (f *file) schedule(rows []row, base time.Time) {
	f.base, f.moments, f.bad = base, nil, nil
	more := 0
	for _, r := range rows {
		m, err := f.moment(r, base)
		switch {
		case err == nil:
			f.moments = append(f.moments, m)
		case len(f.bad) < maxBad:
			f.bad = append(f.bad, fmt.Errorf("%s:%d: %w", f.spec.Path, r.line, err))
		default:
			more++
		}
	}
	if more > 0 {
		f.bad = append(f.bad, fmt.Errorf("%s: and %d more bad lines", f.spec.Path, more))
	}
	slices.SortStableFunc(f.moments, func(a, b moment) int { return a.at.Compare(b.at) })
}

func (f *file) moment(r row, base time.Time) (moment, error) {
	at, err := r.at(base, f.spec.Location)
	if err != nil {
		return moment{}, err
	}
	event, err := r.record.event(f.spec, f.voices)
	return moment{at: at, event: event}, err
}

// at returns the time of a record; without one, it is base.
func (r row) at(base time.Time, loc *time.Location) (time.Time, error) {
	raw := strings.TrimSpace(r.record["at"])
	switch {
	case r.err != nil:
		return time.Time{}, r.err
	case raw == "":
		return base, nil
	case raw[0] == '+' || raw[0] == '-':
		offset, err := time.ParseDuration(raw)
		if err != nil {
			return time.Time{}, fmt.Errorf("at: %w", err)
		}
		return base.Add(offset), nil
	}
	if at, err := time.Parse(time.RFC3339, raw); err == nil { // what machines write, and a twentieth of the work
		return at.UTC(), nil
	}
	if at, ok := parseDate(raw, loc); ok {
		return at.UTC(), nil
	}
	return time.Time{}, errors.New(`at: "` + raw + `" is neither like -45m nor like 2006-01-02 15:04 nor RFC 3339`)
}
