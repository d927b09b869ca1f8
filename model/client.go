package model

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"
)

const (
	// maxBody bounds an answer. 1,500 runes of text are under 10 kB of JSON; what
	// is longer than this is no answer.
	maxBody = 1 << 20
	// maxTime bounds one request. A person waits for the draft (crisis.md: drafted
	// within 20 minutes), and the form's own is there at once.
	maxTime = 20 * time.Second
	// maxTokens asks for no more than Accept takes, at about two runes a token.
	maxTokens = 1024
)

// Client asks one model behind an OpenAI-compatible endpoint. It holds the token
// only while a request goes out.
type Client struct {
	http  http.Client
	url   string
	model string
	token func() string
}

// ErrBase says that an address is none of an endpoint.
var ErrBase = errors.New("want http(s)://host/path without user, query and fragment")

// New returns a client that asks with c, which decides what addresses it goes
// to; redirects are never followed. Base is the address without
// /chat/completions. A token may be empty: then none is sent.
func New(c *http.Client, base, model string, token func() string) (*Client, error) {
	u, err := url.Parse(base)
	if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" || u.User != nil || u.RawQuery != "" || u.Fragment != "" {
		return nil, ErrBase // and not base itself, which may hold a secret
	}
	once := *c
	once.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	once.Jar = nil
	return &Client{http: once, url: strings.TrimRight(base, "/") + "/chat/completions", model: model, token: token}, nil
}

// Reasons for which there is no answer. Their texts hold nothing of what the
// server sent, which may be the token.
var (
	errStatus   = errors.New("the server refuses")
	errNoHTTP   = errors.New("no answer in HTTP")
	errTooLarge = fmt.Errorf("the answer is larger than %d MiB", maxBody>>20)
	errNotJSON  = errors.New("the answer is no JSON of a completion")
	errNoText   = errors.New("the answer has not exactly one complete text")
)

// Write asks once for the words of a draft, and returns what was answered,
// whatever it is: Accept decides. It takes at most 20 s.
func (c *Client) Write(ctx context.Context, r Request) (string, error) {
	ctx, cancel := context.WithTimeout(ctx, maxTime)
	defer cancel()
	text, err := c.ask(ctx, r)
	if err != nil {
		return "", fmt.Errorf("ask the model: %w", err)
	}
	return text, nil
}

func (c *Client) ask(ctx context.Context, r Request) (string, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, c.url, bytes.NewReader(c.body(r)))
	if err != nil {
		return "", ErrBase
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Accept", "application/json")
	token := c.token()
	if token != "" {
		req.Header.Set("Authorization", "Bearer "+token)
	}
	res, err := c.http.Do(req)
	if err != nil {
		return "", silent(ctx, err, token)
	}
	defer res.Body.Close()
	if res.StatusCode != http.StatusOK {
		return "", fmt.Errorf("%w: status %d", errStatus, res.StatusCode)
	}
	if kind, _, err := mime.ParseMediaType(res.Header.Get("Content-Type")); err != nil || kind != "application/json" {
		return "", errNotJSON
	}
	data, err := io.ReadAll(io.LimitReader(res.Body, maxBody+1))
	switch {
	case err != nil:
		return "", silent(ctx, err, token)
	case len(data) > maxBody:
		return "", errTooLarge
	}
	return textOf(data)
}

// silent returns what went wrong on the way, if the words are the machine's own
// and not the server's.
func silent(ctx context.Context, err error, token string) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	op := new(net.OpError)
	if !errors.As(err, &op) || token != "" && strings.Contains(op.Error(), token) {
		return errNoHTTP
	}
	return op
}

// textOf returns the one text of a completion.
func textOf(data []byte) (string, error) {
	var answer struct {
		Choices []struct {
			Message struct {
				Role    string `json:"role"`
				Content string `json:"content"`
			} `json:"message"`
			Finish string `json:"finish_reason"`
		} `json:"choices"`
	}
	if json.Unmarshal(data, &answer) != nil {
		return "", errNotJSON
	}
	if len(answer.Choices) != 1 {
		return "", errNoText
	}
	only := answer.Choices[0]
	text := strings.TrimSpace(only.Message.Content)
	if text == "" || only.Finish != "stop" || only.Message.Role != "" && only.Message.Role != "assistant" {
		return "", errNoText
	}
	return text, nil
}
