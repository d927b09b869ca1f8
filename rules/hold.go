package rules

import (
	"fmt"
	"time"

	"github.com/siaga-id/siaga/store"
	"github.com/siaga-id/siaga/volume"
)

// held are the spans in which series stay out of their baselines: while people
// deal with an incident, what is counted is not the usual.
const held store.Shelf[span] = "held"

// span ends with Until; a zero one goes on.
type span struct {
	From  time.Time `json:"from"`
	Until time.Time `json:"until,omitzero"`
	Blind bool      `json:"blind,omitempty"` // a source was not seen
}

// longestHold is after how long a hold ends by itself: what goes on for longer
// is the usual from then on, whether or not anybody has closed the incident.
const longestHold = 7 * 24 * time.Hour

// end is when a span is over at the latest.
func (s span) end() time.Time {
	latest := s.From.Add(longestHold)
	if !s.Blind && (s.Until.IsZero() || s.Until.After(latest)) {
		return latest
	}
	return s.Until
}

// Hold keeps a series out of its own baseline from a moment on, until Release.
// A series that is held already stays held since then.
func Hold(tx store.Tx, rule, site string, from time.Time) error {
	k := seriesKey(rule, site)
	_, _, open, err := openHold(tx, k)
	if err != nil || open {
		return err
	}
	if err := held.Put(tx, holdKey(k, from), span{From: from.UTC()}); err != nil {
		return fmt.Errorf("hold %s: %w", k, err)
	}
	return revise(tx, k, "hold", from)
}

// Release ends what Hold began: the incident is over, and whatever comes next is
// news. A series that is not held stays as it is.
func Release(tx store.Tx, rule, site string, at time.Time) error {
	k := seriesKey(rule, site)
	key, s, open, err := openHold(tx, k)
	if err != nil || !open {
		return err
	}
	s.Until = maxTime(at, s.From).UTC()
	if err := held.Put(tx, key, s); err != nil {
		return fmt.Errorf("release %s: %w", k, err)
	}
	if err := forget(tx, k, at); err != nil {
		return fmt.Errorf("release %s: %w", k, err)
	}
	return revise(tx, k, "release", s.Until)
}

// Blind keeps the series that live on a source out of their baselines for the
// time in which it was not seen: what was counted then says little.
func Blind(tx store.Tx, source string, from, to time.Time) error {
	var blind []store.Key
	err := paces.Scan(tx, "", func(k store.Key, p pace) error {
		if p.livesOn(source) {
			blind = append(blind, k)
		}
		return nil
	})
	for _, k := range blind {
		if err == nil {
			err = putSpan(tx, k, span{From: from.UTC(), Until: maxTime(to, from).UTC(), Blind: true})
		}
	}
	if err != nil {
		return fmt.Errorf("leave out what %s did not show: %w", source, err)
	}
	return nil
}

// putSpan keeps a span that is over, unless one began at the same time. One that
// is over within its bucket keeps nothing out: a source that fails now and then
// leaves no spans.
func putSpan(tx store.Tx, series store.Key, s span) error {
	if volume.At(s.From) == volume.At(s.Until) {
		return nil
	}
	key := holdKey(series, s.From)
	if _, there, err := held.Get(tx, key); err != nil || there {
		return err
	}
	if err := held.Put(tx, key, s); err != nil {
		return err
	}
	return revise(tx, series, "blind", s.From)
}

func openHold(tx store.Tx, series store.Key) (key store.Key, s span, open bool, err error) {
	err = held.Scan(tx, series+"/", func(k store.Key, v span) error {
		if v.Until.IsZero() {
			key, s, open = k, v, true
		}
		return nil
	})
	if err != nil {
		err = fmt.Errorf("read holds of %s: %w", series, err)
	}
	return key, s, open, err
}

// holds returns the spans of a series, oldest first.
func holds(tx store.Tx, series store.Key) (out []span, err error) {
	err = held.Scan(tx, series+"/", func(_ store.Key, s span) error {
		out = append(out, s)
		return nil
	})
	return out, err
}

// sweepHolds drops the spans that ended before a moment. One that goes on waits
// for its Release.
func sweepHolds(tx store.Tx, before time.Time) error {
	_, err := held.Sweep(tx, "", func(_ store.Key, s span) bool { return !s.Until.IsZero() && s.end().Before(before) })
	return err
}

func holdKey(series store.Key, from time.Time) store.Key {
	return store.Path(string(series), store.Stamp(from.UTC()))
}
