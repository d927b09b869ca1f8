package store

import "fmt"

// Key orders the entries of a shelf, bytewise. Build one with Path, whose
// parts are words, or numbers and times in the fixed-width forms of Num and
// Stamp, so that bytewise order is the order of the numbers and times.
type Key string

// Shelf is a named, ordered map from Key to V, declared by the room that owns
// it as a typed constant:
//
//	const incidents store.Shelf[Incident] = "incident"
//
// A V that implements encoding.BinaryAppender and (its pointer)
// encoding.BinaryUnmarshaler is stored in that form, []byte as it is, and
// every other V as a JSON object that carries the version of the value format
// as "v". A value that cannot be read is an error that names shelf and key.
type Shelf[V any] string

// Get returns the value at key, and whether there is one.
func (s Shelf[V]) Get(tx Tx, key Key) (V, bool, error) {
	data, err := tx.Get(string(s), key)
	if err != nil || data == nil {
		return *new(V), false, err
	}
	v, err := s.read(key, data)
	return v, err == nil, err
}

// GetMany returns the values at keys and whether they are there, both in the
// order of keys. A second engine needs one round trip for all of them.
func (s Shelf[V]) GetMany(tx Tx, keys []Key) ([]V, []bool, error) {
	data, err := tx.GetMany(string(s), keys)
	if err != nil {
		return nil, nil, err
	}
	values, found := make([]V, len(keys)), make([]bool, len(keys))
	for i, d := range data {
		if d == nil {
			continue
		}
		if values[i], err = s.read(keys[i], d); err != nil {
			return nil, nil, err
		}
		found[i] = true
	}
	return values, found, nil
}

// Put stores v at key, over what was there.
func (s Shelf[V]) Put(tx Tx, key Key, v V) error {
	data, err := encode(&v)
	if err != nil {
		return fmt.Errorf("encode %q for shelf %q: %w", key, string(s), err)
	}
	return tx.Put(string(s), key, data)
}

// Delete removes key. Deleting what is not there is no error.
func (s Shelf[V]) Delete(tx Tx, key Key) error { return tx.Delete(string(s), key) }

// Scan calls fn in ascending order for every key that begins with prefix; ""
// is all of them. End a prefix with "/", or "incident/1" meets "incident/10"
// too. fn may return ErrStop, and must not write to s.
func (s Shelf[V]) Scan(tx Tx, prefix Key, fn func(Key, V) error) error {
	return s.Range(tx, prefix, after(prefix), fn)
}

// Range calls fn in ascending order for every key in [from, to); an empty to
// is the end of the shelf. fn may return ErrStop, and must not write to s.
func (s Shelf[V]) Range(tx Tx, from, to Key, fn func(Key, V) error) error {
	return tx.Scan(string(s), from, to, func(key Key, data []byte) error {
		v, err := s.read(key, data)
		if err != nil {
			return err
		}
		return fn(key, v)
	})
}

// Sweep deletes the entries below prefix of which drop is true, and returns how
// many these were. drop sees every entry once, in ascending order, and must not
// write to s.
func (s Shelf[V]) Sweep(tx Tx, prefix Key, drop func(Key, V) bool) (int, error) {
	var gone []Key
	err := s.Scan(tx, prefix, func(k Key, v V) error {
		if drop(k, v) {
			gone = append(gone, k)
		}
		return nil
	})
	for _, k := range gone {
		if err == nil {
			err = s.Delete(tx, k)
		}
	}
	return len(gone), err
}

func (s Shelf[V]) read(key Key, data []byte) (V, error) {
	var v V
	if err := decode(data, &v); err != nil {
		return *new(V), fmt.Errorf("decode %q from shelf %q: %w", key, string(s), err)
	}
	return v, nil
}
