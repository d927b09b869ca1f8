package query

import (
	"fmt"
	"strings"

	"github.com/siaga-id/siaga/text"
)

// Error is what is wrong with a query, and where. Offset and Length are
// bytes of the query; Length is 0 at its end. Msg says what is wrong, Hint
// what to write instead; Hint may be empty. Both are for admins, in English.
type Error struct {
	Offset, Length int
	Msg, Hint      string
}

// Error tells the column, which counts bytes from 1.
func (e *Error) Error() string {
	if e.Hint == "" {
		return fmt.Sprintf("column %d: %s", e.Offset+1, e.Msg)
	}
	return fmt.Sprintf("column %d: %s (%s)", e.Offset+1, e.Msg, e.Hint)
}

// where is a stretch of a query, in bytes.
type where struct{ offset, length int }

// place makes everything that embeds a where tell it.
func (w where) place() where { return w }

func (w where) end() int { return w.offset + w.length }

// cut returns length bytes of w from offset, counted in w.
func (w where) cut(offset, length int) where { return where{w.offset + offset, length} }

func (w where) problem(msg, hint string) *Error {
	return &Error{Offset: w.offset, Length: w.length, Msg: msg, Hint: hint}
}

// didYouMean names the one that was meant, or all there are.
func didYouMean(typed string, among []string, plural string) string {
	if near, ok := text.Nearest(typed, among); ok {
		return "did you mean " + near + "?"
	}
	return "the " + plural + " are " + strings.Join(among, ", ")
}
