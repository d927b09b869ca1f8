package telegram

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/siaga-id/siaga/notifier"
)

func answering(status int, body string) roundTrip {
	return func(*http.Request) (*http.Response, error) {
		return &http.Response{StatusCode: status, Header: http.Header{}, Body: io.NopCloser(strings.NewReader(body))}, nil
	}
}

func TestNoFailureShowsTheToken(t *testing.T) {
	quoted := "Post https://api.telegram.org/bot" + token + "/sendMessage: refused"
	for name, via := range map[string]roundTrip{
		"error that quotes the URL": func(r *http.Request) (*http.Response, error) {
			return nil, fmt.Errorf("dial %s: refused", r.URL)
		},
		"plain error":               func(*http.Request) (*http.Response, error) { return nil, io.EOF },
		"panic that quotes the URL": func(r *http.Request) (*http.Response, error) { panic(r.URL.String()) },
		"page that quotes the URL":  answering(http.StatusBadGateway, "<html>"+quoted),
		"refusal that quotes it":    answering(http.StatusBadRequest, fmt.Sprintf(`{"ok":false,"error_code":400,"description":%q}`, quoted)),
		"broken body": func(*http.Request) (*http.Response, error) {
			return &http.Response{StatusCode: http.StatusOK, Body: io.NopCloser(io.MultiReader(strings.NewReader(`{"ok`), failing{errors.New(quoted)}))}, nil
		},
		"redirect": func(*http.Request) (*http.Response, error) {
			return &http.Response{StatusCode: http.StatusFound, Header: http.Header{"Location": {"http://elsewhere/" + token}}, Body: http.NoBody}, nil
		},
	} {
		t.Run(name, func(t *testing.T) {
			story(t, func(t *testing.T, w *world) {
				b := w.newBot(via)
				_, err := b.Send(t.Context(), cardMessage())
				if err == nil || strings.Contains(fmt.Sprintf("%v %+v %#v", err, err, b.sender.URL), "rahasia") {
					t.Errorf("got %v", err)
				}
				stop := w.run(b) // story looks for the token in the log
				pass(pollTime)
				stop()
				if !strings.Contains(w.log.String(), "nothing is received") {
					t.Errorf("the failure is not in the log:\n%s", w.log)
				}
			})
		})
	}
}

type failing struct{ err error }

func (f failing) Read([]byte) (int, error) { return 0, f.err }

func TestTheTokenGoesOutAndNowhereElse(t *testing.T) {
	story(t, func(t *testing.T, w *world) {
		var asked string
		b := w.newBot(roundTrip(func(r *http.Request) (*http.Response, error) {
			asked = r.URL.String()
			return answering(200, `{"ok":true,"result":{"message_id":1}}`)(r)
		}))
		if _, err := b.Send(t.Context(), cardMessage()); err != nil {
			t.Fatal(err)
		}
		if want := "https://api.telegram.org/bot" + token + "/sendMessage"; asked != want {
			t.Errorf("asked for %s, want %s", asked, want)
		}
		if strings.Contains(b.sender.Token+b.sender.URL+fmt.Sprintf("%+v", b.wire), "rahasia") {
			t.Error("something beside the wire knows the token")
		}
	})
}

func TestAPageInsteadOfAnAnswerIsNoSuccess(t *testing.T) {
	for name, via := range map[string]roundTrip{
		"502 page":              answering(http.StatusBadGateway, "<html>nginx</html>"),
		"200 page of a portal":  answering(http.StatusOK, "<html>Please log in</html>"),
		"403 page of a filter":  answering(http.StatusForbidden, "<html>Internet Positif</html>"),
		"JSON of somebody else": answering(http.StatusOK, `{"status":"up"}`),
		"odd parameters":        answering(http.StatusOK, `{"ok":false,"error_code":429,"parameters":{"retry_after":"soon"}}`),
		"null parameters":       answering(http.StatusOK, `{"ok":false,"error_code":429,"parameters":{"retry_after":null}}`),
		"null result":           answering(http.StatusOK, `{"ok":true,"result":null}`),
		"true instead":          answering(http.StatusOK, `{"ok":true,"result":true}`),
		"empty":                 answering(http.StatusOK, ""),
	} {
		story(t, func(t *testing.T, w *world) {
			at, err := w.newBot(via).Send(t.Context(), cardMessage())
			fail, ok := errors.AsType[*notifier.SendError](err)
			if !ok || fail.Class != notifier.Ambiguous || at.MsgID != "" {
				t.Errorf("%s: got %v, %v, want an ambiguous failure", name, at, err)
			}
		})
	}
}

func TestATokenThatCannotBeOneIsRefused(t *testing.T) {
	for _, bad := range []string{"", "12:ab cd", "12:ab\n", "12/ab"} {
		_, err := New(Config{Token: func() string { return bad }})
		if err == nil || bad != "" && strings.Contains(err.Error(), bad) {
			t.Errorf("token %q: got %v", bad, err)
		}
	}
}
