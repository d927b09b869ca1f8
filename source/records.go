package source

import (
	"encoding/json"
	"fmt"
	"time"
)

// Records makes events of records as files hold them, for those who play
// posts at other times than their own. The zero Records is of no use; see
// NewRecords. It is immutable.
type Records struct {
	spec   Spec
	voices Voices
	base   time.Time
}

// BadRecord says that one record could not be read; those after it can be.
type BadRecord struct {
	File string
	Line int // from 1
	Err  error
}

func (e *BadRecord) Error() string { return fmt.Sprintf("%s:%d: %v", e.File, e.Line, e.Err) }
func (e *BadRecord) Unwrap() error { return e.Err }

// NewRecords returns the records of a source of which Name, Kind, Outlet, Tier,
// Site, Lang and Location count. Times such as "-45m" are counted from base,
// which is also the time of a record without any.
func NewRecords(spec Spec, voices Voices, base time.Time) Records {
	return Records{spec: spec.withDefaults(), voices: voices, base: base}
}

// At returns the time of a line of JSON, in its field at, for a fifth of the
// work of Event. It fails where Event would fail to read the line or its time.
func (r Records) At(line []byte) (time.Time, error) {
	var only struct {
		At string `json:"at"`
	}
	if err := json.Unmarshal(line, &only); err == nil {
		if at, err := (row{record: record{"at": only.At}}).at(r.base, r.spec.Location); err == nil {
			return at, nil
		}
	}
	one, err := parseLine(line) // at is no text, or there are two of it
	if err != nil {
		return time.Time{}, err
	}
	return one.at(r.base, r.spec.Location)
}

// Event makes an event of a line of JSON. It was published at its time, and
// read at that moment.
func (r Records) Event(line []byte) (Event, error) {
	one, err := parseLine(line)
	if err != nil {
		return Event{}, err
	}
	return r.event(one)
}

// Of makes an event of fields by their names, as in a line of JSON.
func (r Records) Of(fields map[string]string) (Event, error) {
	return r.event(row{record: fields})
}

func parseLine(line []byte) (row, error) {
	var one row
	if err := json.Unmarshal(line, &one.record); err != nil {
		return one, fmt.Errorf("not one JSON object: %w", err)
	}
	return one, nil
}

// event gives deletions their source and time too: whoever plays them has to
// know both.
func (r Records) event(one row) (Event, error) {
	at, err := one.at(r.base, r.spec.Location)
	if err != nil {
		return Event{}, err
	}
	e, err := one.record.event(r.spec, r.voices)
	e.Post.Source, e.Post.Published, e.Post.Fetched = r.spec.Name, at, at
	return e, err
}
