package source

import (
	"context"
	"crypto/rand"
	"fmt"

	"github.com/siaga-id/siaga/store"
)

// keys holds the key of Voices. It is as secret as the store's file.
const keys store.Shelf[[]byte] = "key"

// voiceKey is the size of a key in bytes, as that of the hash it is for.
const voiceKey = 32

// VoiceKey returns the key with which authors are hashed. It is made at the
// first start and stays with the store: without it nobody, ourselves
// included, can test whether a hash is a certain person's.
func VoiceKey(ctx context.Context, db store.DB) ([]byte, error) {
	fresh := make([]byte, voiceKey)
	rand.Read(fresh)
	var key []byte
	err := db.Update(ctx, func(tx store.Tx) error {
		old, found, err := keys.Get(tx, "voices")
		if err != nil || found {
			key = append([]byte(nil), old...)
			return err
		}
		key = fresh
		return keys.Put(tx, "voices", fresh)
	})
	if err != nil {
		return nil, fmt.Errorf("read the voice key: %w", err)
	}
	return key, nil
}
