package store

import (
	"strings"
	"time"
)

// dayMark stands between the name of a daily shelf and its day.
const dayMark = "@"

// Daily is a family of shelves, one for each day of UTC, for what grows with
// every post: retention drops a day in one step, whatever its size.
//
//	const posts store.Daily[Post] = "post" // "post@20261124", "post@20261125", ...
type Daily[V any] string

// On returns the shelf of the day in which the instant day lies in UTC.
func (d Daily[V]) On(day time.Time) Shelf[V] { return Shelf[V](shelfOn(string(d), day)) }

// Days returns the days that have a shelf, ascending, each as its midnight UTC.
func (d Daily[V]) Days(tx Tx) ([]time.Time, error) { return days(tx, string(d)) }

// DropBefore removes the shelves of all days before the one in which the
// instant day lies in UTC, and returns their number.
func (d Daily[V]) DropBefore(tx Tx, day time.Time) (int, error) {
	return dropBefore(tx, string(d), day)
}

// DailyCounter is to Counter what Daily is to Shelf.
type DailyCounter string

// On returns the counter of the day in which the instant day lies in UTC.
func (d DailyCounter) On(day time.Time) Counter { return Counter(shelfOn(string(d), day)) }

// Days returns the days that have a counter, ascending, each as its midnight UTC.
func (d DailyCounter) Days(tx Tx) ([]time.Time, error) { return days(tx, string(d)) }

// DropBefore removes the counters of all days before the one in which the
// instant day lies in UTC, and returns their number.
func (d DailyCounter) DropBefore(tx Tx, day time.Time) (int, error) {
	return dropBefore(tx, string(d), day)
}

func shelfOn(name string, day time.Time) string {
	return name + dayMark + day.UTC().Format(dayForm)
}

func days(tx Tx, name string) ([]time.Time, error) {
	shelves, err := tx.Shelves(name + dayMark)
	if err != nil {
		return nil, err
	}
	var found []time.Time
	for _, shelf := range shelves {
		day, err := time.Parse(dayForm, strings.TrimPrefix(shelf, name+dayMark))
		if err != nil {
			continue // a shelf of that name which is no day
		}
		found = append(found, day)
	}
	return found, nil
}

func dropBefore(tx Tx, name string, day time.Time) (int, error) {
	found, err := days(tx, name)
	if err != nil {
		return 0, err
	}
	limit, dropped := day.UTC().Truncate(24*time.Hour), 0
	for _, d := range found {
		if !d.Before(limit) {
			break
		}
		if err := tx.Drop(shelfOn(name, d)); err != nil {
			return dropped, err
		}
		dropped++
	}
	return dropped, nil
}
