package store_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/siaga-id/siaga/store"
)

type issue struct {
	Topic string `json:"topic"`
	Owner string `json:"owner,omitempty"`
}

const (
	issues store.Shelf[issue]  = "issue"
	hits   store.DailyCounter  = "hit"
	texts  store.Daily[[]byte] = "text"
)

// withStore runs fn on a store of its own.
func withStore(fn func(db store.DB) error) {
	dir, err := os.MkdirTemp("", "siaga")
	if err != nil {
		panic(err)
	}
	db, err := store.Open(filepath.Join(dir, "siaga.db"))
	if err != nil {
		panic(err)
	}
	if err := errors.Join(fn(db), db.Close(), os.RemoveAll(dir)); err != nil {
		panic(err)
	}
}

// inStore runs fn in one transaction of it.
func inStore(fn func(tx store.Tx) error) {
	withStore(func(db store.DB) error { return db.Update(context.Background(), fn) })
}

func Example() {
	inStore(func(tx store.Tx) error {
		tx.OnCommit(func() { fmt.Println("wake the workers") })

		key := store.Key(store.Num(42))
		if err := issues.Put(tx, key, issue{Topic: "debu"}); err != nil {
			return err
		}
		in, found, err := issues.Get(tx, key)
		fmt.Println(in.Topic, found)
		return err
	})
	// Output:
	// debu true
	// wake the workers
}

func ExampleShelf_Scan() {
	inStore(func(tx store.Tx) error {
		for _, n := range []uint64{10, 9, 1} {
			if err := issues.Put(tx, store.Path("open", store.Num(n)), issue{Topic: fmt.Sprint("isu ", n)}); err != nil {
				return err
			}
		}
		return issues.Scan(tx, "open/", func(key store.Key, in issue) error {
			fmt.Println(key, in.Topic)
			if in.Topic == "isu 9" {
				return store.ErrStop
			}
			return nil
		})
	})
	// Output:
	// open/00000000000000000001 isu 1
	// open/00000000000000000009 isu 9
}

func ExampleCounter_Range() {
	now := time.Date(2026, 11, 24, 8, 4, 0, 0, time.UTC)
	inStore(func(tx store.Tx) error {
		today := hits.On(now)
		for m := range 5 {
			at := now.Add(time.Duration(m) * time.Minute)
			if err := today.Add(tx, store.Path(store.Minute(at), "debu/rembang"), 2); err != nil {
				return err
			}
		}
		sum := int64(0)
		from, to := store.Minute(now.Add(time.Minute)), store.Minute(now.Add(4*time.Minute))
		err := today.Range(tx, store.Key(from), store.Key(to), func(_ store.Key, n int64) error {
			sum += n
			return nil
		})
		fmt.Println(from, to, sum)
		return err
	})
	// Output: 202611240805 202611240808 6
}

func ExampleDaily_DropBefore() {
	now := time.Date(2026, 11, 24, 8, 4, 0, 0, time.UTC)
	inStore(func(tx store.Tx) error {
		for age := range 40 {
			day := now.AddDate(0, 0, -age)
			if err := texts.On(day).Put(tx, store.Key(store.Stamp(day)), []byte("genteng putih semua")); err != nil {
				return err
			}
		}
		dropped, err := texts.DropBefore(tx, now.AddDate(0, 0, -30))
		fmt.Println(dropped, "days dropped")
		return err
	})
	// Output: 9 days dropped
}

func ExampleBolt_Backup() {
	withStore(func(db store.DB) error {
		var backup bytes.Buffer // or a file
		n, err := db.Backup(context.Background(), &backup)
		fmt.Println(n == int64(backup.Len()))
		return err
	})
	// Output: true
}
