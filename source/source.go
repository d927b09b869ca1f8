package source

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// Poller is a source that is asked. Poll returns what is new since cursor,
// which is the Cursor of an earlier Batch, or empty at first. Errors are
// ErrNotModified, *Temporary or *Permanent; any other error counts as temporary.
// One goroutine at a time may poll a source.
type Poller interface {
	Poll(ctx context.Context, cursor string) (Batch, error)
}

// Pusher is a source that is told: it decodes the body of one verified request.
type Pusher interface {
	Decode(header map[string][]string, body []byte) (Batch, error)
}

// ErrNotModified says that a source was reached and has nothing new.
var ErrNotModified = errors.New("not modified")

// Temporary is an error that time may heal.
type Temporary struct {
	Wait time.Duration // not before this long; 0: the watcher's backoff decides
	Err  error
}

func (e *Temporary) Error() string { return e.Err.Error() }
func (e *Temporary) Unwrap() error { return e.Err }

// Permanent is an error that a person has to heal: a wrong address, a page
// that is no feed, a refused key.
type Permanent struct {
	Hint string // what to do, in English, for logs and `siaga check`
	Err  error
}

func (e *Permanent) Error() string {
	if e.Hint == "" {
		return e.Err.Error()
	}
	return fmt.Sprintf("%v (%s)", e.Err, e.Hint)
}
func (e *Permanent) Unwrap() error { return e.Err }

// Spec is one entry of sources in config.yaml.
type Spec struct {
	Name     string                 // unique; [a-z0-9-]
	Type     string                 // one of KnownTypes
	URL      string                 // feed
	Path     string                 // file: as given to os.Open; webhook: unused
	Every    time.Duration          // between polls
	Kind     Kind                   // default: News for feed, Social otherwise
	Outlet   string                 // feed: shown to people; default: the host of URL
	Tier     int                    // 1-3; 0 unknown
	Site     string                 // posts that name no place belong here
	Lang     string                 // of its posts, BCP 47; default: what the source says
	Location *time.Location         // for dates without a zone; default: WIB
	Secret   func() (string, error) // webhook: the shared secret, read at use, never kept in the spec
}

// Fetched reports whether the source is read from another machine, again and again.
func (s Spec) Fetched() bool { return s.URL != "" }
