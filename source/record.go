package source

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"
)

// record is one post as files and pushes write it down: fields by name in
// lower case, values as text. Unknown fields are let be, since exports of
// listening tools bring dozens.
type record map[string]string

// UnmarshalJSON takes an object. Numbers and booleans become their text; null,
// lists and objects count as absent.
func (r *record) UnmarshalJSON(data []byte) error {
	var fields map[string]json.RawMessage
	if err := json.Unmarshal(data, &fields); err != nil {
		return err
	}
	*r = make(record, len(fields))
	for _, name := range slices.Sorted(maps.Keys(fields)) { // of ID and id, the latter wins
		if err := r.put(strings.ToLower(name), fields[name]); err != nil {
			return err
		}
	}
	return nil
}

// put takes one field.
func (r record) put(name string, raw json.RawMessage) error {
	text := string(raw)
	switch text[0] {
	case '{', '[', 'n':
		return nil
	case '"':
		if err := json.Unmarshal(raw, &text); err != nil {
			return err
		}
	}
	r[name] = text
	return nil
}

// event makes an event of a record, all but its times. The name of an author
// goes no further than to voices.
func (r record) event(spec Spec, voices Voices) (Event, error) {
	kind, err := kindOf(cmp.Or(r["kind"], string(spec.Kind)))
	if err != nil {
		return Event{}, err
	}
	tier, err := whole(r, "tier", spec.Tier, 3)
	if err != nil {
		return Event{}, err
	}
	reach, err := whole(r, "reach", 0, maxReach)
	if err != nil {
		return Event{}, err
	}
	p := Post{
		Source: spec.Name,
		Kind:   kind,
		URL:    address(r["url"]),
		Outlet: r.outlet(spec),
		Tier:   tier,
		Text:   compose(r["title"], r["text"]),
		Lang:   lang(r["lang"], spec.Lang),
		Reach:  reach,
		Site:   r["site"],
	}
	p.ID = spec.Name + ":" + nativeID(r["id"], p)
	p.Voice = voices.voice(spec.Name, kind, p.URL, r["author"], p.Outlet)
	if of := r["repost"]; of != "" {
		p.Repost = spec.Name + ":" + nativeID(of, Post{})
	}
	return r.finish(p)
}

// finish decides what is left of a post: of a deleted one, its ID.
func (r record) finish(p Post) (Event, error) {
	gone, err := strconv.ParseBool(cmp.Or(r["deleted"], "false"))
	switch {
	case err != nil:
		return Event{}, fmt.Errorf("deleted: %q is neither true nor false", r["deleted"])
	case gone && r["id"] == "" && p.URL == "":
		return Event{}, errors.New("deleted, but neither id nor url says what")
	case gone:
		return Event{Post: Post{ID: p.ID}, Deleted: true}, nil
	case p.Text == "" && p.Repost == "":
		return Event{}, errors.New("neither title nor text")
	default:
		return Event{Post: p}, nil
	}
}

// seen gives an event its times; a deletion needs none.
func (e Event) seen(published, fetched time.Time) Event {
	if !e.Deleted {
		e.Post.Published, e.Post.Fetched = notAfter(published, fetched), fetched
	}
	return e
}

// outlet is for people to read, and so must not be the author in disguise:
// exports of listening tools put account names there.
func (r record) outlet(spec Spec) string {
	outlet := oneLine(cmp.Or(r["outlet"], spec.Outlet))
	author := strings.TrimPrefix(oneLine(r["author"]), "@")
	if strings.HasPrefix(outlet, "@") || strings.EqualFold(outlet, author) {
		return ""
	}
	return outlet
}

func kindOf(name string) (Kind, error) {
	switch kind := Kind(strings.ToLower(name)); kind {
	case News, Social, Video, Forum, Handed:
		return kind, nil
	default:
		return "", fmt.Errorf("kind: %q is none of news, social, video, forum, handed-in", name)
	}
}

// maxReach is more people than there are.
const maxReach = 1e10

func whole(r record, field string, missing, most int) (int, error) {
	if r[field] == "" {
		return missing, nil
	}
	n, err := strconv.Atoi(r[field])
	if err != nil || n < 0 || n > most {
		return 0, fmt.Errorf("%s: %q is no whole number from 0 to %d", field, r[field], most)
	}
	return n, nil
}
