// Package source fetches public posts and hands them on in one shape.
//
// A source either polls (Poller: a feed, a file) or is told (Pusher: a signed
// webhook). Both make Batches of Events whose Posts look the same wherever
// they came from: a canonical address, plain text, a time that is never ahead
// of our own, and in place of a person a Voice, the keyed hash that NewVoices
// makes. Names and handles of authors end at this door.
//
// What a source knows about its place in the stream is the opaque Cursor of a
// Batch. The room keeps nothing else that a restart would miss: the watcher
// stores the cursor in the transaction in which it accepts the events.
//
// Posts that say the same are one story: reposts, one address, the very words,
// or nearly the words (story.go). Folding never drops: Members lists the posts
// of a story, and what a person decides by Split and Join holds ever after.
//
// # Adding a source
//
// Write one file with one constructor, func(Spec, Deps) (T, error), whose T is
// a Poller or a Pusher, and add one line to the register in types.go. Fetch
// with Deps.Client, which alone is guarded against addresses that an outsider
// should not make us visit; hand the author to Deps.Hash; return ErrNotModified,
// *Temporary or *Permanent. The constructor checks the Spec and touches neither
// network nor disk, so that a configuration can be checked without side effects.
package source
