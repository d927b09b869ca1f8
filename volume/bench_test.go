package volume

import (
	"testing"
	"unsafe"
)

// series with a month behind it, so many posts in five minutes at a time.
func month(seed uint64, level float64) (*Series, []int) {
	counts := rhythm(seed, 35*day, level*float64(day))
	s := New(start)
	for i, n := range counts {
		s.Put(start+Bucket(i), n)
	}
	s.Judge(start + Bucket(len(counts)-1))
	return s, counts
}

func BenchmarkStep(b *testing.B) {
	for name, level := range map[string]float64{"busy": 40, "quiet": .02} {
		b.Run(name, func(b *testing.B) {
			s, counts := month(1, level)
			at := s.Newest()
			b.ReportAllocs()
			for b.Loop() {
				at++
				s.Put(at, counts[int(at-start+7*day)%len(counts)])
				s.Judge(at)
			}
		})
	}
	// What step and judge replace: the same verdicts by sorting.
	b.Run("naive", func(b *testing.B) {
		_, counts := month(1, 40)
		var n naive
		for _, x := range counts[:3*day] {
			n.judge(x, false)
		}
		n.counts, n.out = counts[:kept+day], make([]bool, kept+day)
		for i := range n.z {
			n.z[i] = make([]int, kept+day)
		}
		for b.Loop() {
			n.judge(counts[len(n.counts)%len(counts)], false)
		}
	})
}

// BenchmarkLate is a count that comes six hours late, the dearest one.
func BenchmarkLate(b *testing.B) {
	s, counts := month(1, 40)
	at := s.Newest()
	for b.Loop() {
		at++
		s.Put(at-openFor, counts[int(at-start+7*day)%len(counts)]+1)
		s.Judge(at)
	}
}

// BenchmarkTenThousandSeries is one tick of 10,000 busy series.
func BenchmarkTenThousandSeries(b *testing.B) {
	const many = 10_000
	var kinds [16]*Series
	var counts [16][]int
	for i := range kinds {
		kinds[i], counts[i] = month(uint64(i), float64(2+5*i))
	}
	all := make([]Series, many)
	for i := range all {
		all[i] = *kinds[i%len(kinds)]
	}
	at, loud := kinds[0].Newest(), 0
	b.ReportAllocs()
	for b.Loop() {
		at++
		for i := range all {
			own := counts[i%len(counts)]
			all[i].Put(at, own[int(at-start+7*day)%len(own)])
			if all[i].Judge(at).Score(Longest, 5) >= float64(Balanced) {
				loud++
			}
		}
	}
	b.ReportMetric(float64(b.Elapsed().Microseconds())/1000/float64(b.N), "ms/tick")
	b.ReportMetric(float64(unsafe.Sizeof(Series{})), "B/series")
	b.ReportMetric(float64(loud)/float64(b.N)/many, "loud/series")
}
