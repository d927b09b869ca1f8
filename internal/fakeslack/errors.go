package fakeslack

import (
	"errors"
	"time"
)

var (
	// ErrClosed is returned by stories that were waiting when the server was closed.
	ErrClosed = errors.New("fake Slack is closed")
	// ErrNotAcked is returned by stories whose envelope was never acknowledged, or for which no
	// socket was open, in any of the attempts.
	ErrNotAcked = errors.New("no ack within 3 s in any attempt")
	// ErrNotThere is returned by stories that name a channel, person, message, button or view that
	// a person at the screen would not find.
	ErrNotThere = errors.New("not there")

	errElsewhere = errors.New("only slack.fake:80 exists here")
)

// refusal is an error in Slack's words.
type refusal struct {
	code string
	// messages say what is wrong and where, for response_metadata.messages.
	messages []string
	// formal means that the request was wrong whatever the state of the workspace.
	formal bool
	// retryAfter goes with ratelimited.
	retryAfter time.Duration
}

func (r *refusal) Error() string { return r.code }

func refuse(code string) error { return &refusal{code: code} }

func malformed(code string, messages ...string) error {
	return &refusal{code: code, messages: messages, formal: true}
}
