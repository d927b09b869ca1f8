package fakeslack

import (
	"encoding/json"
	"errors"
	"io"
	"mime"
	"net/http"
	"net/url"
	"strings"
)

const maxBody = 1 << 20 // ours; far above anything Slack accepts

// request is one call of a Web API method, whichever way its arguments were sent.
type request struct {
	method string
	host   string
	token  string
	args   url.Values
	// hook is the secret of a response_url, which needs no token.
	hook string
}

func (r request) get(name string) string { return r.args.Get(name) }

func (r request) flag(name string) bool {
	value := r.get(name)
	return value == "1" || value == "true"
}

// readRequest reads the body whole, so that a request whose sender gives up still takes effect.
func readRequest(r *http.Request) (request, error) {
	req := request{method: r.PathValue("method"), host: r.Host, args: url.Values{}}
	body, err := io.ReadAll(http.MaxBytesReader(nil, r.Body, maxBody))
	if err != nil {
		return req, malformed("invalid_form_data")
	}
	if err := req.readArgs(r, body); err != nil {
		return req, err
	}
	req.readToken(r)
	for name, values := range req.args {
		if len(values) > 1 {
			return req, malformed("invalid_arguments", "[ERROR] argument sent twice: "+name)
		}
	}
	return req, nil
}

func (r *request) readArgs(from *http.Request, body []byte) (err error) {
	if from.Method == http.MethodGet {
		r.args = from.URL.Query()
		return nil
	}
	kind, _, _ := mime.ParseMediaType(from.Header.Get("Content-Type"))
	switch kind {
	case "application/json":
		r.args, err = jsonArgs(body)
	case "application/x-www-form-urlencoded":
		if r.args, err = url.ParseQuery(string(body)); err != nil {
			err = malformed("invalid_form_data")
		}
	default:
		err = malformed("invalid_post_type")
	}
	return err
}

// jsonArgs brings a JSON body to the shape of a form: texts as they are, anything else as JSON.
func jsonArgs(body []byte) (url.Values, error) {
	args := url.Values{}
	if len(body) == 0 {
		return args, nil
	}
	var fields map[string]json.RawMessage
	if err := json.Unmarshal(body, &fields); err != nil {
		if _, ok := errors.AsType[*json.UnmarshalTypeError](err); ok {
			return nil, malformed("json_not_object")
		}
		return nil, malformed("invalid_json")
	}
	for name, raw := range fields {
		var text string
		if json.Unmarshal(raw, &text) != nil {
			text = string(raw)
		}
		args.Set(name, text)
	}
	return args, nil
}

// readToken takes the token from the header or, in forms only, from the arguments.
func (r *request) readToken(from *http.Request) {
	bearer, ok := strings.CutPrefix(from.Header.Get("Authorization"), "Bearer ")
	if !ok && strings.HasPrefix(from.Header.Get("Content-Type"), "application/x-www-form-urlencoded") {
		bearer = r.args.Get("token")
	}
	r.token = bearer
	r.args.Del("token")
}
