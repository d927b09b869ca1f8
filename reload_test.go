package main

import (
	"strings"
	"syscall"
	"testing"
	"testing/synctest"
	"time"
)

// TestWhoeverAsksTheSameMistakeIsSaidOnce leaves out the sender of a signal, who
// has nothing but the log.
func TestWhoeverAsksTheSameMistakeIsSaidOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, "")
		w.start()
		defer func() { w.stop() }()
		rest(10 * time.Second)
		said := func(when string, logged, told int) {
			t.Helper()
			rest(10 * time.Second)
			if n := strings.Count(w.err.String(), "configuration refused"); n != logged {
				t.Errorf("%s: logged %d times, want %d", when, n, logged)
			}
			if n := strings.Count(w.out.String(), "Konfigurasi baru ditolak"); n != told {
				t.Errorf("%s: told %d times, want %d", when, n, told)
			}
		}
		w.edit("fact_files", "fact_fils")
		said("a file changed", 1, 1)
		w.say("/muatulang")
		said("an admin asked", 1, 1)
		w.hangup <- syscall.SIGHUP
		said("a signal came", 2, 1)
		w.edit("fact_fils", "fact_files")
		rest(10 * time.Second)
		w.expect("mended", "Konfigurasi diterima lagi")
	})
}
