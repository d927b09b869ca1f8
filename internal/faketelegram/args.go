package faketelegram

import (
	"encoding/json"
	"errors"
	"io"
	"maps"
	"mime"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
)

const bodyMax = 1 << 20 // bytes read of a request; ours are a few kilobytes

// args are a request's parameters as the Bot API sees them: strings, whatever the encoding, nested values as JSON. The
// first parameter that cannot be read sticks in err, so that a method reads all it needs and checks once.
type args struct {
	values map[string]string
	err    error
}

// readArgs reads the query string and a JSON, form or multipart body.
func readArgs(r *http.Request) (*args, error) {
	a := &args{values: map[string]string{}}
	if r.Body == nil { // a client's request without a body
		r.Body = http.NoBody
	}
	r.Body = http.MaxBytesReader(nil, r.Body, bodyMax)
	kind, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if kind == "application/json" {
		a.add(r.URL.Query())
		return a, a.readJSON(r.Body)
	}
	if err := r.ParseMultipartForm(bodyMax); err != nil && !errors.Is(err, http.ErrNotMultipart) {
		return a, malformed("can't parse request body")
	}
	a.add(r.Form)
	return a, nil
}

func (a *args) add(form url.Values) {
	for name, all := range form {
		a.values[name] = all[0]
	}
}

// readJSON takes an object, or null: that is what a client without parameters sends.
func (a *args) readJSON(body io.Reader) error {
	var object map[string]json.RawMessage
	if err := json.NewDecoder(body).Decode(&object); err != nil && err != io.EOF {
		return malformed("can't parse request body as JSON object")
	}
	for name, raw := range object {
		if text := plainValue(raw); text != "null" {
			a.values[name] = text
		}
	}
	return nil
}

// plainValue returns a JSON string's content, and any other value as it is written.
func plainValue(raw json.RawMessage) string {
	var text string
	if raw[0] == '"' && json.Unmarshal(raw, &text) == nil {
		return text
	}
	return string(raw)
}

func (a *args) str(name string) string { return a.values[name] }

func (a *args) flag(name string) bool {
	return slices.Contains([]string{"true", "1", "yes"}, strings.ToLower(a.values[name]))
}

// integer returns 0 for an absent parameter and refuses with complaint what is not a number.
func (a *args) integer(name, complaint string) int {
	text, ok := a.values[name]
	if !ok || text == "" {
		return 0
	}
	n, err := strconv.Atoi(text)
	if err != nil {
		a.fail(malformed(complaint))
	}
	return n
}

// object decodes a parameter that is JSON in itself, and refuses with complaint what does not fit.
func (a *args) object(name string, into any, complaint string) {
	text, ok := a.values[name]
	if !ok || text == "" {
		return
	}
	if err := json.Unmarshal([]byte(text), into); err != nil {
		a.fail(malformed(complaint))
	}
}

func (a *args) fail(err error) {
	if a.err == nil {
		a.err = err
	}
}

// unknown names the parameters outside known, sorted. The real server ignores them in silence, which is how a
// misspelt option is lost.
func (a *args) unknown(known []string) []string {
	return slices.DeleteFunc(slices.Sorted(maps.Keys(a.values)), func(name string) bool {
		return slices.Contains(known, name)
	})
}
