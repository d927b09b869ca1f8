package config

import (
	"fmt"
	"io"
	"log/slog"
)

// Secret is a token that no error, log or dump shows: every way to print it
// writes "(secret)", or "(not set)" for the zero value.
type Secret struct{ value string }

// NewSecret returns a Secret that holds value.
func NewSecret(value string) Secret { return Secret{value} }

// Reveal returns the token itself, for the one who talks to its API.
func (s Secret) Reveal() string { return s.value }

// Set reports whether there is a token.
func (s Secret) Set() bool { return s.value != "" }

// String returns the mask.
func (s Secret) String() string {
	if s.Set() {
		return "(secret)"
	}
	return "(not set)"
}

// GoString returns the mask, for %#v.
func (s Secret) GoString() string { return s.String() }

// Format writes the mask, whatever the verb.
func (s Secret) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, s.String()) }

// LogValue returns the mask.
func (s Secret) LogValue() slog.Value { return slog.StringValue(s.String()) }

// MarshalText returns the mask. It never fails.
func (s Secret) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// MarshalJSON returns the mask as a JSON string. It never fails.
func (s Secret) MarshalJSON() ([]byte, error) { return []byte(`"` + s.String() + `"`), nil }
