package source

import "time"

// Kind says what sort of place a post comes from.
type Kind string

// The kinds of places.
const (
	News   Kind = "news"
	Social Kind = "social"
	Video  Kind = "video"
	Forum  Kind = "forum"
	Handed Kind = "handed-in"
)

// Post is one public post in the one shape that every later room works with.
// It is a plain value; Intake.Accept completes the fields that only the whole
// river can know (Site, Story, Voice of a copy, Backlog).
type Post struct {
	ID        string    `json:"id"`                // <source>:<native id>
	Source    string    `json:"source"`            // name of the source in config.yaml
	Kind      Kind      `json:"kind"`              // what sort of place it was published in
	URL       string    `json:"url,omitempty"`     // canonical: no tracking parameters
	Voice     string    `json:"voice"`             // keyed hash of the author, or the domain of the outlet that had the text first
	Outlet    string    `json:"outlet,omitempty"`  // public outlets only, for people to read
	Tier      int       `json:"tier,omitempty"`    // 1 national, 2 regional, 3 local; 0 unknown
	Text      string    `json:"text"`              // title and body, plain, NFC
	Lang      string    `json:"lang,omitempty"`    // primary language of BCP 47 (id, jv), where the source tells
	Published time.Time `json:"published"`         // never later than Fetched
	Fetched   time.Time `json:"fetched"`           // when it was read here; both times in UTC
	Reach     int       `json:"reach,omitempty"`   // public engagement at fetch
	Repost    string    `json:"repost,omitempty"`  // ID of the original
	Site      string    `json:"site,omitempty"`    // key of sites in config.yaml; empty: none named
	Place     string    `json:"place,omitempty"`   // the place that names the site, folded; empty: the text names none
	Story     string    `json:"story"`             // ID of the first post of its story; after a person took that out, ~ and its ID
	Backlog   bool      `json:"backlog,omitempty"` // history: counted, never alerted
}

// Event is what a source saw: a new or edited post, or its deletion, of which
// only Post.ID is set.
type Event struct {
	Post    Post
	Deleted bool
}

// Batch is what one poll brought.
type Batch struct {
	Events []Event
	Cursor string        // opaque; stored in the transaction in which the events are accepted
	More   bool          // poll again at once
	Gap    bool          // posts may have been missed between the last fetch and this one
	Wait   time.Duration // at least this long until the next poll; 0: as configured
	Live   bool          // also the first batch may alert (file replays)
	Bad    []error       // records that could not be read, each with its place; the others are in Events
}
