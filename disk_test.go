package main

import (
	"context"
	"io"
	"net"
	"path/filepath"
	"reflect"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"testing/synctest"
	"time"
	"unsafe"

	"github.com/siaga-id/siaga/store"
)

// faultyDisk is a store in a real file, to which nothing can be written once it was
// given an error. bbolt has no place to put that but the function it writes with.
type faultyDisk struct{ err atomic.Pointer[error] }

func (f *faultyDisk) open(path string) (disk, error) {
	b, err := store.Open(path)
	if err != nil {
		return nil, err
	}
	field := reflect.ValueOf(b).Elem().FieldByName("db").Elem().FieldByName("ops").FieldByName("writeAt")
	write := (*func([]byte, int64) (int, error))(unsafe.Pointer(field.UnsafeAddr()))
	real := *write
	*write = func(p []byte, off int64) (int, error) {
		if err := f.err.Load(); err != nil {
			n, _ := real(p[:len(p)/2], off) // torn
			return n, *err
		}
		return real(p, off)
	}
	return b, nil
}

func TestADiskThatFailsIsSaidInTheChatsAndEndsTheProgram(t *testing.T) {
	for name, fault := range map[string]error{"full": syscall.ENOSPC, "broken": syscall.EIO} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				w := newWorld(t, chatReceivers)
				w.withChats()
				t.Cleanup(w.sl.Close)
				var f faultyDisk
				code := w.startAlone(&f)
				rest(10 * time.Second)
				card := w.onTelegram("ISU-1", "Belum ditangani")
				f.err.Store(&fault)
				rest(time.Minute)
				select {
				case got := <-code:
					if got != 1 {
						t.Errorf("exit code %d", got)
					}
				default:
					t.Fatalf("it goes on: %s", w.err.String())
				}
				w.onTelegram("⛔ Siaga berhenti", "penyimpanannya penuh atau rusak")
				w.onSlack("⛔ Siaga berhenti", "penyimpanannya penuh atau rusak")
				log := w.err.String()
				if want := "disk: keep: commit: " + fault.Error(); !strings.Contains(log, want) || !strings.Contains(log, "make room or mend it") {
					t.Errorf("it does not say %q: %s", want, log)
				}

				w.start()
				rest(time.Minute)
				if said := w.onTelegramCount("⛔ Siaga berhenti"); said != 1 {
					t.Errorf("it was said %d times", said)
				}
				if _, err := w.tg.Press(t.Context(), group, card.ID, sari, "✋ Ambil"); err != nil {
					t.Error(err)
				}
				rest(5 * time.Second)
				w.onSlack("ISU-1", "Ditangani Sari")
				w.stop()
			})
		})
	}
}

// startAlone runs a program that will end by itself, and tells its exit code.
func (w *world) startAlone(f *faultyDisk) <-chan int {
	in, keys := io.Pipe()
	w.door = &door{calls: make(chan net.Conn), closed: make(chan struct{})}
	o := w.outside(in)
	o.open = f.open
	code := make(chan int, 1)
	go func() {
		defer keys.Close()
		code <- run(context.Background(), []string{"-config", filepath.Join(w.dir, "config.yaml")}, o)
	}()
	return code
}

func (w *world) onTelegramCount(words string) (n int) {
	for _, m := range w.tg.Messages(group) {
		if strings.Contains(m.Text, words) {
			n++
		}
	}
	return n
}
