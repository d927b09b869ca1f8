package store

import "errors"

// Errors about the store as a whole.
var (
	// ErrLocked is returned by Open and Peek when another process has the file open.
	ErrLocked = errors.New("another siaga is running with this file: stop it, or give this one a file of its own")

	// ErrDamaged is returned by Open for a file that is empty, cut short or
	// no store at all. The file is left as it is.
	ErrDamaged = errors.New("the file is damaged or not a store of siaga, and was left as it is: move it aside and put a copy made by `siaga backup` in its place")

	// ErrNewerSchema is returned by Open for a file that a later release has
	// migrated.
	ErrNewerSchema = errors.New("the file was written by a newer siaga: run that version, or restore a backup made before the upgrade")

	// ErrOlderSchema is returned by Peek for a file that only Open may bring
	// up to date.
	ErrOlderSchema = errors.New("the file was written by an older siaga: this one brings it up to date when it runs")

	// ErrDisk is returned by Update when the disk did not take what was to be
	// kept, and by every later Update: whether that one is in the file shows only
	// when it is opened again. Whatever was committed before it is kept.
	ErrDisk = errors.New("the disk does not take what is to be kept: make room or mend it, then start siaga again; what was kept before is not lost")

	// ErrClosed is returned by a DB after Close.
	ErrClosed = errors.New("the store is closed")
)

// Errors about one transaction.
var (
	// ErrReadOnly is returned by the writing methods of a Tx inside View, and
	// by Update of a store of Peek.
	ErrReadOnly = errors.New("writing to what was opened for reading")

	// ErrScanning is returned for a write to a shelf that is being scanned,
	// as the scan might miss entries or meet them twice. Collect the keys,
	// then write.
	ErrScanning = errors.New("writing to a shelf while it is scanned")

	// ErrEnded is returned by a Tx that was kept after its function returned.
	ErrEnded = errors.New("the transaction has ended")

	// ErrStop is returned by the function given to a scan to end it early. It
	// never leaves the scan.
	ErrStop = errors.New("stop the scan")
)

// Errors about one entry.
var (
	// ErrKey is returned for writing an entry that cannot be named: a key has
	// 1 to 2,048 bytes, a shelf's name 1 to 255. See maxKey for the source.
	ErrKey = errors.New("a key has 1 to 2048 bytes, the name of a shelf 1 to 255")

	// ErrNotCounter is returned for adding to, or reading as a counter, a
	// value that is not 8 bytes long. An engine that collects additions may
	// return it at the next read of the shelf, or from Update.
	ErrNotCounter = errors.New("the value is not a counter")

	// ErrNotObject is returned for putting a V whose JSON is not an object,
	// and so has no place for its version.
	ErrNotObject = errors.New("the value is not a JSON object")

	// ErrNewerValue is returned for a value in a format of a later release.
	ErrNewerValue = errors.New("the value was written by a newer siaga: run that version")
)
