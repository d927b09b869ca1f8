package fakeslack

import (
	"encoding/base64"
	"math"
	"slices"
	"strconv"
	"strings"
)

// page says which messages a reading method wants.
type page struct {
	oldest, latest stamp
	inclusive      bool
	limit          int
	metadata       bool
	// cursor is the last message of the page before, 0 for the first page.
	cursor stamp
}

func readPage(req request) (pg page, err error) {
	pg = page{
		latest: math.MaxInt64, limit: historyDefault,
		inclusive: req.flag("inclusive"), metadata: req.flag("include_all_metadata"),
	}
	var readable bool
	if text := req.get("oldest"); text != "" {
		if pg.oldest, readable = parseStamp(text); !readable {
			return pg, malformed("invalid_ts_oldest")
		}
	}
	if text := req.get("latest"); text != "" {
		if pg.latest, readable = parseStamp(text); !readable {
			return pg, malformed("invalid_ts_latest")
		}
	}
	if text := req.get("limit"); text != "" {
		if pg.limit, err = strconv.Atoi(text); err != nil || pg.limit < 1 || pg.limit > historyMost {
			return pg, malformed("invalid_limit")
		}
	}
	if text := req.get("cursor"); text != "" {
		if pg.cursor, readable = readCursor(text); !readable {
			return pg, malformed("invalid_cursor")
		}
	}
	return pg, nil
}

// within keeps to the bounds, which are exclusive unless asked for otherwise.
func (pg page) within(p *post) bool {
	if pg.inclusive {
		return pg.oldest <= p.ts && p.ts <= pg.latest
	}
	return pg.oldest < p.ts && p.ts < pg.latest
}

// cut takes one page out of posts, which stand in the order of the method, and says where the next
// page begins.
func (pg page) cut(posts []*post) ([]*post, string) {
	if at := slices.IndexFunc(posts, func(p *post) bool { return p.ts == pg.cursor }); at >= 0 {
		posts = posts[at+1:]
	}
	if len(posts) <= pg.limit {
		return posts, ""
	}
	posts = posts[:pg.limit]
	return posts, writeCursor(posts[pg.limit-1].ts)
}

// Cursors are opaque; in this shape nobody mistakes them for a ts.
func writeCursor(t stamp) string {
	return base64.StdEncoding.EncodeToString([]byte("after_ts:" + t.String()))
}

func readCursor(text string) (stamp, bool) {
	decoded, err := base64.StdEncoding.DecodeString(text)
	ts, ok := strings.CutPrefix(string(decoded), "after_ts:")
	if err != nil || !ok {
		return 0, false
	}
	return parseStamp(ts)
}

// history lists a channel newest first, without the replies in threads.
func (s *Server) history(req request) (object, error) {
	ch, err := s.room(req)
	if err != nil {
		return nil, err
	}
	pg, err := readPage(req)
	if err != nil {
		return nil, err
	}
	var posts []*post
	for _, p := range slices.Backward(ch.posts) {
		if (p.thread == 0 || p.broadcast) && pg.within(p) {
			posts = append(posts, p)
		}
	}
	return ch.pageJSON(pg, posts), nil
}

// replies lists a thread: the parent first, then the replies, oldest first.
func (s *Server) replies(req request) (object, error) {
	ch, err := s.room(req)
	if err != nil {
		return nil, err
	}
	parent := ch.find(req.get("ts"))
	if parent == nil {
		return nil, refuse("thread_not_found")
	}
	pg, err := readPage(req)
	if err != nil {
		return nil, err
	}
	outside := func(p *post) bool { return !pg.within(p) }
	posts := append([]*post{parent}, slices.DeleteFunc(ch.thread(parent.ts), outside)...)
	return ch.pageJSON(pg, posts), nil
}

func (ch *channel) pageJSON(pg page, posts []*post) object {
	posts, next := pg.cut(posts)
	messages := make([]object, len(posts))
	for i, p := range posts {
		messages[i] = ch.json(p, pg.metadata)
	}
	return object{
		"messages": messages, "has_more": next != "",
		"response_metadata": object{"next_cursor": next},
	}
}
