package slack

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	slackgo "github.com/slack-go/slack"

	"github.com/siaga-id/siaga/bot"
	"github.com/siaga-id/siaga/internal/fakeslack"
	"github.com/siaga-id/siaga/notifier"
)

func answering(status int, body string) roundTrip {
	return func(*http.Request) (*http.Response, error) {
		return &http.Response{StatusCode: status, Header: http.Header{}, Body: io.NopCloser(strings.NewReader(body))}, nil
	}
}

type failing struct{ err error }

func (f failing) Read([]byte) (int, error) { return 0, f.err }

func TestNoFailureShowsAToken(t *testing.T) {
	quoted := "Bearer " + botToken + " and " + appToken
	hello := `{"ok":true,"team_id":"T1","user_id":"U0","url":"`
	for name, via := range map[string]roundTrip{
		"error that quotes the header": func(r *http.Request) (*http.Response, error) {
			return nil, errors.New("proxy refused " + r.Header.Get("Authorization"))
		},
		"page that quotes the tokens":   answering(502, "<html>"+quoted),
		"refusal that quotes the token": answering(200, fmt.Sprintf(`{"ok":false,"error":%q,"needed":%q}`, botToken, appToken)),
		"broken body": func(r *http.Request) (*http.Response, error) {
			body := failing{errors.New("while reading " + r.Header.Get("Authorization"))}
			return &http.Response{StatusCode: http.StatusOK, Body: io.NopCloser(body)}, nil
		},
		"redirect": func(*http.Request) (*http.Response, error) {
			header := http.Header{"Location": {"http://elsewhere/" + botToken}}
			return &http.Response{StatusCode: http.StatusFound, Header: header, Body: http.NoBody}, nil
		},
		"socket URL that cannot be read": answering(200, hello+`wss://x.slack.com/%zz?ticket=`+secret+`"}`),
		"socket URL of another kind":     answering(200, hello+`ftp://x.slack.com/?ticket=`+secret+`"}`),
		"socket that is not there":       answering(200, hello+`ws://x.slack.com/?ticket=`+secret+`"}`),
	} {
		t.Run(name, func(t *testing.T) {
			story(t, func(t *testing.T, w *world) {
				b := w.newBot(&http.Client{Transport: via})
				_, err := b.Send(t.Context(), cardMessage())
				_, _, findErr := b.Find(t.Context(), dest, "x", time.Now())
				editErr := b.Edit(t.Context(), notifier.Receipt{MsgID: "1.1"}, cardMessage())
				for _, err := range []error{err, findErr, editErr} {
					if strings.Contains(fmt.Sprintf("%v %+v", err, err), secret) {
						t.Errorf("the error shows it: %v", err)
					}
				}
				stop := w.run(b) // story looks into the log
				pass(3 * time.Minute)
				stop()
				if !strings.Contains(w.log.String(), "nothing is received") {
					t.Errorf("the failure is not in the log:\n%s", w.log)
				}
			})
		})
	}
}

func TestTheTokensGoOutInTheHeaderAndNowhereElse(t *testing.T) {
	story(t, func(t *testing.T, w *world) {
		sent := make(map[string]string)
		b := w.newBot(&http.Client{Transport: roundTrip(func(r *http.Request) (*http.Response, error) {
			body, err := io.ReadAll(r.Body)
			if err != nil || strings.Contains(r.URL.String()+string(body), secret) || strings.Contains(string(body), placeholder) {
				t.Errorf("%s: body %s, %v", r.URL, body, err)
			}
			sent[strings.TrimPrefix(r.URL.Path, "/api/")] = r.Header.Get("Authorization")
			return answering(200, `{"ok":true,"ts":"1.1"}`)(r)
		})})
		if _, err := b.Send(t.Context(), cardMessage()); err != nil {
			t.Fatal(err)
		}
		_, _, err := b.api.StartSocketModeContext(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if sent["chat.postMessage"] != "Bearer "+botToken || sent["apps.connections.open"] != "Bearer "+appToken {
			t.Errorf("sent %q", sent)
		}
	})
}

func TestATokenThatCannotBeOneIsRefused(t *testing.T) {
	is := func(token string) func() string { return func() string { return token } }
	for _, c := range [][2]string{
		{"", appToken}, {botToken, ""}, {appToken, botToken}, {botToken + "\n", appToken}, {"xoxp-" + secret, appToken},
	} {
		_, err := New(Config{BotToken: is(c[0]), AppToken: is(c[1])})
		if !errors.Is(err, errBadToken) || strings.Contains(err.Error(), secret) {
			t.Errorf("tokens %q: got %v", c, err)
		}
	}
	if _, err := New(Config{BotToken: is("xoxe.xoxb-1"), AppToken: is(appToken)}); err != nil {
		t.Errorf("a token that rotates: %v", err)
	}
}

func TestATokenThatIsGoneLaterIsNotSent(t *testing.T) {
	srv := fakeslack.New(botToken, appToken)
	defer srv.Close()
	b := plainBot(t, srv, words{})
	now := ""
	b.http.Transport = wire{base: srv.Client().Transport, api: srv.APIURL(), bot: func() string { return now }, app: func() string { return appToken }}
	if _, err := b.Send(t.Context(), cardMessage()); classOfErr(err) != notifier.NotSent {
		t.Errorf("got %v", err)
	}
}

func TestTheClientHasAnEndAndFollowsNobody(t *testing.T) {
	c := client(Config{APIURL: slackgo.APIURL}, nil)
	if c.Timeout != callTime {
		t.Errorf("timeout %v", c.Timeout)
	}
	if err := c.CheckRedirect(nil, nil); !errors.Is(err, http.ErrUseLastResponse) {
		t.Errorf("redirect: %v", err)
	}
	given := &http.Client{Timeout: time.Second}
	if c := client(Config{HTTP: given}, nil); c.Timeout != time.Second || given.Transport != nil {
		t.Errorf("the given client: timeout %v, changed to %+v", c.Timeout, given)
	}
}

// hooks is a world whose response_urls lead to a test.
func hooks(t *testing.T, w *world, status int) (l *listener, got func() []string) {
	t.Helper()
	var bodies []string
	real := w.srv.Client().Transport
	b := w.newBot(&http.Client{Transport: roundTrip(func(r *http.Request) (*http.Response, error) {
		if r.URL.Host != "hooks.slack.com" {
			return real.RoundTrip(r)
		}
		body, _ := io.ReadAll(r.Body)
		if r.Header.Get("Authorization") != "" {
			t.Error("a token went to the response_url")
		}
		bodies = append(bodies, string(body))
		return answering(status, "ok")(r)
	})})
	l = newListener(b)
	l.me = identity{team: fakeslack.TeamID, user: fakeslack.BotUserID}
	return l, func() []string { return bodies }
}

const hook = "https://hooks.slack.com/actions/" + secret

func TestAChoiceThatWasMadeIsTakenBack(t *testing.T) {
	choice := slackgo.InteractionCallback{
		Type: slackgo.InteractionTypeBlockActions, TriggerID: "1.2.x", ResponseURL: hook,
		Team: slackgo.Team{ID: fakeslack.TeamID}, User: slackgo.User{ID: sari, TeamID: fakeslack.TeamID},
		Container:      slackgo.Container{ChannelID: room, IsEphemeral: true},
		ActionCallback: slackgo.ActionCallbacks{BlockActions: []*slackgo.BlockAction{{Value: "k|resolve.16.7.m"}}},
	}
	for _, c := range []struct {
		name   string
		spoil  func(*world)
		status int
		want   int
	}{
		{"done", func(*world) {}, 200, 1},
		{"not stored", func(w *world) { w.db.full.Store(true) }, 200, 0},
		{"taken back before", func(*world) {}, 404, 1},
	} {
		story(t, func(t *testing.T, w *world) {
			l, got := hooks(t, w, c.status)
			c.spoil(w)
			l.onPress(t.Context(), "envelope", choice)
			if len(got()) != c.want || c.want == 1 && got()[0] != `{"delete_original":true}` {
				t.Errorf("%s: sent %q", c.name, got())
			}
			if p := w.desk.presses(); len(p) != 1 || !strings.HasSuffix(p[0], `"\fk|resolve.16.7.m"`) {
				t.Errorf("%s: pressed %q", c.name, p)
			}
			if c.status == 404 && w.log.count("remove a choice") != 1 {
				t.Errorf("%s: the log:\n%s", c.name, w.log)
			}
		})
	}
}

func TestACommandIsAnsweredWhereWeAreNoMember(t *testing.T) {
	story(t, func(t *testing.T, w *world) {
		l, got := hooks(t, w, 200)
		w.must(w.srv.Kick(foreign))
		w.desk.answer = bot.Answer{Text: "Obrolan ini belum terdaftar & <baru>", Private: true}
		l.onCommand(context.Background(), "envelope", slackgo.SlashCommand{
			TeamID: fakeslack.TeamID, UserID: sari, ChannelID: foreign, TriggerID: "1.2.x", ResponseURL: hook,
		})
		want := `{"response_type":"ephemeral","text":"Obrolan ini belum terdaftar \u0026amp; \u0026lt;baru\u0026gt;"}`
		if len(got()) != 1 || got()[0] != want {
			t.Errorf("sent %q; the log:\n%s", got(), w.log)
		}
	})
}

func TestTheScopesOfTheTokenTellWhetherLostCardsCanBeFound(t *testing.T) {
	for granted, want := range map[string]bot.Lookup{
		"":                                      bot.LookupUntried,
		"chat:write,channels:history":           bot.LookupUntried,
		"chat:write, groups:history,users:read": bot.LookupUntried,
		"groups:history,chat:write,channels:history": bot.LookupGranted,
		"chat:write,commands,channels:read":          bot.LookupRefused,
	} {
		story(t, func(t *testing.T, w *world) {
			b := w.newBot(&http.Client{Transport: roundTrip(func(*http.Request) (*http.Response, error) {
				header := http.Header{}
				header.Set(scopesHeader, granted)
				body := io.NopCloser(strings.NewReader(`{"ok":true,"channel":"C1","ts":"1.1"}`))
				return &http.Response{StatusCode: http.StatusOK, Header: header, Body: body}, nil
			})})
			if _, err := b.Send(t.Context(), cardMessage()); err != nil {
				t.Fatal(err)
			}
			if got := b.Lookup(); got != want {
				t.Errorf("with %q: %v, want %v", granted, got, want)
			}
			b.blind.Store(true)
			if got := b.Lookup(); got != bot.LookupRefused {
				t.Errorf("refused with %q: %v", granted, got)
			}
		})
	}
}
