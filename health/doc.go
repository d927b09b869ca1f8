// Package health says what is wrong with Siaga itself, keeps what was said of it, and tells an outside watcher that it is alive.
//
// Examine decides, from what was seen and from what was wrong before, and never
// looks at a clock or a disk. What it found is kept, so that a restart does not
// tell it again:
//
//	alarm   <trouble>   since when it is there
//	growth  store       how large the data file was a day ago, and what it grew the day before
//	proof   store       when the store last took something, for a heartbeat
//
// Measure looks at the disk, and a
// Heart beats to the outside: no program can report its own death.
package health
