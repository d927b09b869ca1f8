package store

import (
	"bytes"
	"encoding"
	"encoding/json"
	"errors"
	"strconv"
)

const (
	valueVersion = 1 // of the JSON values; a migration raises it
	versionField = `{"v":`
)

var errNoVersion = errors.New(`the value does not begin with {"v": and a number`)

// binaryValue is what a pointer to V is when V has a binary form of its own.
type binaryValue interface {
	encoding.BinaryAppender
	encoding.BinaryUnmarshaler
}

// encode takes a pointer so that methods of V and of its pointer both count.
func encode[V any](v *V) ([]byte, error) {
	switch v := any(v).(type) {
	case *[]byte:
		return *v, nil
	case binaryValue:
		return v.AppendBinary(nil)
	}
	return encodeObject(v)
}

// decode leaves nothing in v that points into data, which may be a page of the
// file that is gone when the transaction ends.
func decode[V any](data []byte, v *V) error {
	switch v := any(v).(type) {
	case *[]byte:
		*v = append([]byte{}, data...)
		return nil
	case binaryValue:
		return v.UnmarshalBinary(data)
	}
	return decodeObject(data, v)
}

// encodeObject writes {"v":1 and lets the encoder append the object, whose
// opening brace then becomes the comma: the version costs no second pass.
func encodeObject(v any) ([]byte, error) {
	var buf bytes.Buffer
	buf.WriteString(versionField)
	buf.WriteString(strconv.Itoa(valueVersion))
	brace := buf.Len()

	enc := json.NewEncoder(&buf)
	enc.SetEscapeHTML(false) // a URL with & stays readable in the file
	if err := enc.Encode(v); err != nil {
		return nil, err
	}
	out := bytes.TrimSuffix(buf.Bytes(), []byte("\n"))
	switch {
	case out[brace] != '{':
		return nil, ErrNotObject
	case len(out) == brace+len(`{}`):
		return append(out[:brace], '}'), nil
	}
	out[brace] = ','
	return out, nil
}

// decodeObject takes the version out again before it decodes the rest, so that
// a field or a map key of V may be called "v" too.
func decodeObject(data []byte, v any) error {
	rest, ok := bytes.CutPrefix(data, []byte(versionField))
	if !ok {
		return errNoVersion
	}
	end := bytes.IndexAny(rest, ",}")
	if end < 0 {
		return errNoVersion
	}
	version, err := strconv.ParseUint(string(rest[:end]), 10, 64)
	switch {
	case err != nil || version == 0:
		return errNoVersion
	case version > valueVersion:
		return ErrNewerValue
	}
	object := append([]byte("{"), bytes.TrimPrefix(rest[end:], []byte(","))...)
	return json.Unmarshal(object, v)
}
