package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/siaga-id/siaga/volume"
)

// floor is the one that a rule has if it says nothing else.
const floor = 5

var (
	errHeader = errors.New(`the first line is not "timestamp,value"`)
	errRow    = errors.New(`a row is "timestamp,value", the timestamp like 2026-10-07 08:15:00`)
	errCount  = errors.New("a value is a whole number, 0 and more")
)

// score reads rows and writes one for each before it reads the next.
func score(name string, in io.Reader, out *bufio.Writer) error {
	lines := bufio.NewScanner(in)
	n := 1
	fail := func(err error) error { return fmt.Errorf("%s:%d: %w", name, n, err) }
	if !lines.Scan() || strings.TrimSpace(lines.Text()) != "timestamp,value" {
		return fail(errors.Join(lines.Err(), errHeader))
	}
	if _, err := out.WriteString("timestamp,anomaly_score\n"); err != nil {
		return err
	}
	var d detector
	for lines.Scan() {
		n++
		stamp, t, count, err := row(lines.Text())
		if err != nil {
			return fail(err)
		}
		if _, err := fmt.Fprintf(out, "%s,%.4f\n", stamp, d.hear(t, count)); err != nil {
			return err
		}
	}
	if err := lines.Err(); err != nil {
		n++
		return fail(err)
	}
	return nil
}

func row(line string) (stamp string, t time.Time, count int, err error) {
	stamp, value, ok := strings.Cut(line, ",")
	if !ok {
		return "", t, 0, errRow
	}
	for _, layout := range []string{time.DateTime, "2006-01-02T15:04:05", time.RFC3339} {
		if t, err = time.Parse(layout, strings.TrimSpace(stamp)); err == nil {
			break
		}
	}
	if err != nil {
		return "", t, 0, errRow
	}
	f, err := strconv.ParseFloat(strings.TrimSpace(value), 64)
	if err != nil || f < 0 || f != math.Trunc(f) || math.IsInf(f, 0) {
		return "", t, 0, errCount
	}
	return stamp, t, int(min(f, math.MaxInt32)), nil
}

// detector is a series with what is called of it.
type detector struct {
	series  *volume.Series
	shipped volume.Calls // at "balanced"
	any     volume.Calls // whatever grows, below that level too
	last    time.Time
	count   int // in the bucket of last
}

// hear takes a row and returns its score.
func (d *detector) hear(t time.Time, count int) float64 {
	b := volume.At(t)
	if d.series == nil {
		d.series = volume.New(b)
	}
	if b == volume.At(d.last) && t != d.last {
		count += d.count
	}
	d.last, d.count = t, count
	d.series.Put(b, count)
	return d.score(d.series.Judge(b))
}

// score is how many times the level "balanced" a call is worth. Below that, a
// call is one that grows, so that a threshold can be sought there too.
func (d *detector) score(v volume.Verdict) float64 {
	score := v.Score(volume.Longest, floor) / float64(volume.Balanced)
	before := d.shipped
	switch {
	case d.shipped.Hear(v.Bucket, score, volume.Balanced):
		return score
	case d.shipped != before || score < .75 && score > 0 && d.any.Hear(v.Bucket, score, 0):
		return min(score, .9999)
	}
	return 0
}
