// Package spec knows what is published about the chat APIs, as far as it lies
// in ../shared/data/spec: the JSON schemas of Slack's messages and modals, and
// the limits and refusals of Telegram's Bot API. The fakes and their tests
// hold every request against it. Where the folder is absent it knows nothing
// and has nothing against anything: the fakes then rely on their own tables.
package spec

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"sync"
)

// SlackMessage returns the schema of chat.postMessage's arguments channel,
// text, thread_ts and blocks, or nil where it is absent.
func SlackMessage() *Schema { return slackMessage() }

// SlackModal returns the schema of a modal as views.open takes it, or nil
// where it is absent.
func SlackModal() *Schema { return slackModal() }

// Refusal is one error that the Bot API server has in its source.
type Refusal struct {
	Code        int    `json:"code"`
	Description string `json:"description"` // with its prefix: "Bad Request: chat not found"
}

// TelegramRefusals returns the errors of the Bot API server, nil where they
// are absent. Those of the layer behind it, such as "message is not
// modified", are not among them.
func TelegramRefusals() []Refusal {
	var all []Refusal
	mustRead("telegram_server_errors.json", &all)
	return all
}

// What a test binary reads once, for the fakes of all its tests.
//
//nolint:gochecknoglobals // never written after the first reading
var (
	slackMessage   = sync.OnceValue(func() *Schema { return readSchema("slack_message.schema.json") })
	slackModal     = sync.OnceValue(func() *Schema { return readSchema("slack_modal.schema.json") })
	telegramLimits = sync.OnceValue(readLimits)
)

// mustRead decodes a file of the folder and reports whether it is there. A
// file that is there and cannot be read would silently check nothing, so it
// panics.
func mustRead(name string, into any) bool {
	_, here, _, _ := runtime.Caller(0) // with -trimpath no path, and then nothing is found
	data, err := os.ReadFile(filepath.Join(filepath.Dir(here), "..", "..", "..", "shared", "data", "spec", name))
	if errors.Is(err, fs.ErrNotExist) {
		return false
	}
	if err == nil {
		err = json.Unmarshal(data, into)
	}
	if err != nil {
		panic(fmt.Sprintf("spec: read %s: %v", name, err))
	}
	return true
}
