package config

import (
	"errors"
	"reflect"
	"strconv"
	"strings"
	"time"

	"go.yaml.in/yaml/v3"
)

// at is a value whose place is needed when all files are read.
type at[T any] struct {
	Value T
	place
	ok bool // it was given, and fits
}

func (a *at[T]) fit(d *decoder, n *yaml.Node) {
	before := len(*d.errs)
	d.into(reflect.ValueOf(&a.Value).Elem(), n)
	a.place, a.ok = place{d.file, n}, len(*d.errs) == before
}

// values returns the values of a list without their places.
func values[T any](list []at[T]) []T {
	var out []T
	for _, a := range list {
		out = append(out, a.Value)
	}
	return out
}

// table is a mapping with keys of the admin's own, in the order of the file.
type table[V any] []entry[V]

type entry[V any] struct {
	Key   at[string]
	Value V
}

func (t *table[V]) fit(d *decoder, n *yaml.Node) {
	if n.Kind != yaml.MappingNode && !isNull(n) {
		d.want(n, "a mapping with names of your own")
		return
	}
	for _, p := range d.pairs(n) {
		e := entry[V]{Key: at[string]{p.key.Value, place{d.file, p.key}, true}}
		d.into(reflect.ValueOf(&e.Value).Elem(), p.value)
		*t = append(*t, e)
	}
}

// duration is a length of time in s, m, h, d (24 hours) and w (7 days).
type duration time.Duration

func (v *duration) fit(d *decoder, n *yaml.Node) {
	length, err := parseDuration(n.Value)
	if n.Kind != yaml.ScalarNode || err != nil {
		d.want(n, "a duration such as 30s, 5m, 2h, 1d or 1h30m")
		return
	}
	*v = duration(length)
}

var errDuration = errors.New("no duration")

// maxDuration is more than anything in a configuration can mean, and keeps
// sums from running over.
const maxDuration = 10 * 365 * 24 * time.Hour

// parseDuration reads numbers with units, the larger unit first, each once.
func parseDuration(s string) (time.Duration, error) {
	const units = "wdhms"
	length := map[byte]time.Duration{'w': 7 * 24 * time.Hour, 'd': 24 * time.Hour, 'h': time.Hour, 'm': time.Minute, 's': time.Second}
	var sum, number time.Duration
	last, digits := -1, 0
	for i := range len(s) {
		c := s[i]
		unit := strings.IndexByte(units, c)
		switch {
		case '0' <= c && c <= '9':
			number, digits = number*10+time.Duration(c-'0'), digits+1
		case digits > 0 && unit > last && number <= maxDuration/length[c]:
			sum += number * length[c]
			number, digits, last = 0, 0, unit
		default:
			return 0, errDuration
		}
		if digits > 9 || sum > maxDuration {
			return 0, errDuration
		}
	}
	if last < 0 || digits > 0 {
		return 0, errDuration
	}
	return sum, nil
}

// siteCount is a number of sites: "2 sites", or plain 2.
type siteCount int

func (c *siteCount) fit(d *decoder, n *yaml.Node) {
	count, err := parseSites(n.Value)
	if n.Kind != yaml.ScalarNode || err != nil {
		d.want(n, "a number of sites such as 2 sites")
		return
	}
	*c = siteCount(count)
}

// parseSites takes up to nine digits, and the word that may follow them.
func parseSites(s string) (int, error) {
	number, plural := strings.CutSuffix(s, " sites")
	if !plural {
		number = strings.TrimSuffix(s, " site")
	}
	n, err := strconv.ParseUint(number, 10, 32)
	if len(number) > 9 {
		err = strconv.ErrRange
	}
	return int(n), err
}

// wordList is one set of words: [debu, abu, also: [lebu]].
type wordList struct {
	Roots, Also []string
}

type alsoEntry struct {
	Also []string `yaml:"also,required"`
}

func (w *wordList) fit(d *decoder, n *yaml.Node) {
	if n.Kind != yaml.SequenceNode {
		d.want(n, "a list of words such as [debu, abu, also: [lebu]]")
		return
	}
	for i, item := range n.Content {
		item = aliased(item)
		if item.Kind != yaml.MappingNode {
			var word string
			d.into(reflect.ValueOf(&word).Elem(), item)
			w.Roots = append(w.Roots, word)
			continue
		}
		if i < len(n.Content)-1 {
			d.refuse(item, "also: comes last in a list of words", "")
		}
		var more alsoEntry
		d.into(reflect.ValueOf(&more).Elem(), item)
		w.Also = append(w.Also, more.Also...)
	}
}
