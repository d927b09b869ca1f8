package bot

import (
	"strconv"
	"time"

	"github.com/siaga-id/siaga/notifier"
)

// Disk is the room that the data file takes, and has, in bytes. Zero is not known.
type Disk struct {
	Store, Free int64
}

// Beat is how the heartbeat to a service outside goes.
type Beat struct {
	At   time.Time // the last that arrived since the start; zero: none yet
	Lost time.Time // they fail since then; zero: they arrive
	Err  string    // why, without the address
	Held Held
}

// Held is why no beat is sent; empty: it is.
type Held string

// The reasons to send none.
const (
	Ailing    Held = "ill"   // a trouble that Status.Ill tells of
	Unwritten Held = "store" // the store takes nothing
	Unheard   Held = "chats" // what waits for the chats arrives in none of them
)

// self says how Siaga itself is: what is wrong first.
func (l *Lang) self(s Status, now time.Time, zone *time.Location) []string {
	var lines []string
	for _, n := range s.Ill {
		lines = append(lines, l.note(notifier.Message{Note: n, Card: notifier.Card{Zone: zone}})[0].Text)
	}
	if s.Disk.Store > 0 && s.Disk.Free > 0 {
		lines = append(lines, l.say(statusDisk, "store", Bytes(s.Disk.Store), "free", Bytes(s.Disk.Free)))
	}
	if b := s.Beat; b != nil {
		lines = append(lines, l.beat(*b, now, zone))
	}
	return lines
}

func (l *Lang) beat(b Beat, now time.Time, zone *time.Location) string {
	held := map[Held]phrase{Ailing: heldIll, Unwritten: heldStore, Unheard: heldChats}
	switch {
	case b.Held != "":
		return l.say(statusBeatHeld, "why", l.say(held[b.Held]))
	case !b.Lost.IsZero():
		return l.say(statusBeatLost, "at", l.clock(b.Lost, now, zone), "error", one(b.Err, errorRunes))
	case b.At.IsZero():
		return l.say(statusBeatNone)
	}
	return l.say(statusBeat, "at", l.clock(b.At, now, zone))
}

// troubleArgs fill in since when there is a trouble, and for how long.
func (l *Lang) troubleArgs(n notifier.Note, zone *time.Location) []string {
	return []string{"since", l.clock(n.Since, n.At, zone), "span", l.Span(n.At.Sub(n.Since))}
}

// Bytes writes a size as people read it in every language: whole MiB, and from
// 10 GiB on whole GiB.
func Bytes(n int64) string {
	const mega, giga = 1 << 20, 1 << 30
	if n >= 10*giga {
		return strconv.FormatInt(n/giga, 10) + " GiB"
	}
	return strconv.FormatInt((n+mega-1)/mega, 10) + " MiB"
}
