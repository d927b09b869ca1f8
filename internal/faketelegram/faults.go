package faketelegram

import (
	"context"
	"io"
	"net"
	"net/http"
	"os"
	"syscall"
	"time"
)

// EveryMethod stands for all methods in Fail.
const EveryMethod = "*"

// Fault is a misbehaviour of the network or the server. It hits one call unless Times says otherwise, in any chat
// unless In says otherwise.
type Fault struct {
	calls int
	chat  int64 // 0: any

	// refused is the answer, or the break, that a request without effect meets.
	refused error
	// spoil damages the answer to a request that took effect; its error means that the answer never arrives.
	spoil func(ctx context.Context, result *any) error
}

// Refuse answers with an error of the API; the request has no effect. description is the whole text with its prefix,
// as in "Bad Request: chat not found".
func Refuse(code int, description string) Fault {
	return Fault{calls: 1, refused: &refusal{Code: code, Description: description}}
}

// TooMany answers 429 with retry_after, in whole seconds rounded up; the request has no effect.
func TooMany(retryAfter time.Duration) Fault { return Fault{calls: 1, refused: tooMany(retryAfter)} }

// BadGateway answers 502 with an HTML page, as a proxy in front of the server does; the request has no effect.
func BadGateway() Fault { return Refuse(http.StatusBadGateway, "Bad Gateway") }

// Unreachable fails to connect: the request never leaves. Over a real socket the connection is cut instead.
func Unreachable() Fault {
	refused := os.NewSyscallError("connect", syscall.ECONNREFUSED)
	return Fault{calls: 1, refused: &net.OpError{Op: "dial", Net: "tcp", Err: refused}}
}

// Slow takes effect at once and answers after d, or never if the client gives up first.
func Slow(d time.Duration) Fault {
	return Fault{calls: 1, spoil: func(ctx context.Context, _ *any) error {
		timer := time.NewTimer(d)
		defer timer.Stop()
		select {
		case <-timer.C:
			return nil
		case <-ctx.Done():
			return ctx.Err()
		}
	}}
}

// LostAnswer takes effect, then the connection breaks before a byte of the answer.
func LostAnswer() Fault {
	return Fault{calls: 1, spoil: func(context.Context, *any) error { return io.ErrUnexpectedEOF }}
}

// NullResult takes effect and answers {"ok":true,"result":null}.
func NullResult() Fault {
	return Fault{calls: 1, spoil: func(_ context.Context, result *any) error {
		*result = nil
		return nil
	}}
}

// Times makes the fault hit the next n calls instead of one.
func (f Fault) Times(n int) Fault {
	f.calls = n
	return f
}

// In makes the fault hit only calls that name this chat.
func (f Fault) In(chat int64) Fault {
	f.chat = chat
	return f
}

// Fail makes the next call of the method, or of EveryMethod, go wrong. Faults strike in the order of Fail.
func (s *Server) Fail(method string, f Fault) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults[method] = append(s.faults[method], &f)
}

// Heal drops all faults that have not struck yet.
func (s *Server) Heal() {
	s.mu.Lock()
	defer s.mu.Unlock()
	clear(s.faults)
}

// takeFault uses up one call of the first fault that fits, those for the method before those for all; the zero Fault
// is none.
func (s *Server) takeFault(name string, a *args) Fault {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, key := range []string{name, EveryMethod} {
		for _, f := range s.faults[key] {
			if f.calls > 0 && (f.chat == 0 || f.chat == a.chatID()) {
				f.calls--
				return *f
			}
		}
	}
	return Fault{}
}
