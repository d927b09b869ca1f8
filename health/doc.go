// Package health says what is wrong with Siaga itself, and beats a heart that is
// heard outside.
//
// Examine decides, from what was seen and from what was wrong before, and never
// looks at a clock or a disk. What it found is on the shelves alarm and growth,
// so that a restart does not tell it again. Measure looks at the disk, and a
// Heart beats to the outside: no program can report its own death.
//
//	alarm/<trouble>    Alarm: what is wrong, and since when
//	growth/store       Growth: how fast the data file grew over a day
package health
