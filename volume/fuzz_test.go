package volume

import (
	"encoding/binary"
	"math"
	"testing"
	"time"
)

// FuzzOperations does whatever the bytes say, five for each operation, and
// compares what was learnt with what is learnt anew.
func FuzzOperations(f *testing.F) {
	f.Add([]byte("\x00\x01\x00\x05\x00\x02\x01\x00\x00\x00\x01\x00\x01\x04\x00"))
	f.Add([]byte("\x02\xff\x7f\x00\x00\x00\x00\x80\xff\xff\x01\x00\x80\x90\x00\x03\x00\xff\x00\x00"))
	f.Add([]byte("\x02\x00\x10\x00\x00\x00\xc8\xff\x09\x00\x01\x60\xff\x20\x00\x02\x64\x00\x00\x00\x00\x18\xfc\x09\x00\x02\x90\x01\x00\x00"))
	f.Fuzz(func(t *testing.T, in []byte) {
		s := New(start)
		for range 32 {
			if len(in) < 5 {
				break
			}
			far := int16(binary.LittleEndian.Uint16(in[1:])) >> (4 + in[0]>>5) // #nosec G115 -- any number will do
			b := s.Newest() + Bucket(far)
			n := int(binary.LittleEndian.Uint16(in[3:]))
			operate(t, s, in[0], b, n)
			in = in[5:]
		}
		s.mend()
		for _, l := range []learner{s.far, s.near, s.head} {
			anew := l
			if anew.relearn(&s.ring); !same(anew, l) {
				t.Fatalf("learnt something else at %d", l.at-start)
			}
		}
	})
}

func operate(t *testing.T, s *Series, kind byte, b Bucket, n int) {
	switch kind % 4 {
	case 0:
		s.Put(b, n)
		if b > s.Newest()-kept && s.Count(b, Span) != min(n, greatest) {
			t.Fatalf("put %d and found %d", n, s.Count(b, Span))
		}
	case 1:
		s.Apart(b, b+Bucket(n))
	case 2:
		for _, l := range s.Judge(b).Looks {
			if math.IsNaN(l.Score) || math.IsInf(l.Score, 0) || l.Above > l.Among {
				t.Fatalf("look %+v", l)
			}
		}
	case 3:
		within := time.Duration(n) * Span
		expected, _ := s.Silent(b, within)
		mean, _ := s.Mean(b, within, 2*within)
		if usual := s.Usual(b, within); expected < 0 || mean < 0 || usual < 0 {
			t.Fatalf("expected %v, mean %v, usual %v", expected, mean, usual)
		}
	}
}
