package main

import (
	"regexp"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

func TestStoriesBehindACardAreSplitAndJoined(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, "")
		w.start()
		defer func() { w.stop() }()
		rest(30 * time.Second)
		w.expect("first card", "ISU-1")
		w.say("/pisah 1")
		list := w.out.String()
		w.expect("list", "Cerita di balik ISU-1", "A. ", "B. ", "/gabung 1 A B")
		w.say("/gabung 1 A B")
		done := w.out.String()
		w.expect("joined", "Cerita B di ISU-1 kini bagian dari A")
		undo := regexp.MustCompile(`/pisah\s+1\s+(A\d+(-A\d+)?)`).FindStringSubmatch(done)
		if undo == nil {
			t.Fatalf("no undo in %s", done)
		}
		w.say("/pisah 1 " + undo[1])
		w.expect("split", "kini cerita sendiri", "/gabung 1 A")
		w.say("/pisah 1")
		for _, line := range []string{"A. ", "C. ", "(1 pos): A1", "(1 pos): C1"} {
			if !strings.Contains(w.out.String(), line) {
				t.Errorf("after the undo there is no %q in\n%s\nbefore:\n%s", line, w.out.String(), list)
			}
		}
		w.say("/jejak 1")
		w.expect("trail", "menggabungkan cerita: B", "memisahkan pos: "+undo[1])
	})
}
