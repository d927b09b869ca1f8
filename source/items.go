package source

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/mmcdole/gofeed"
	"golang.org/x/text/language"
)

const (
	// maxID keeps a post's ID usable as a key of the store (bbolt: 32 KiB).
	maxID = 200
	// maxItems keeps one transaction of the watcher short. Feeds show 10 to
	// 100 items, the newest first.
	maxItems = 1000
	// maxURL is the length up to which browsers and chats handle addresses.
	maxURL = 2000
)

// decodeFeed returns the posts of an RSS, Atom or JSON feed in order of time.
// Errors are *Permanent for what is no feed at all, and *Temporary for a feed
// that is broken, which mends with the newsroom's next article.
func decodeFeed(body []byte, contentType string, spec Spec, fetched time.Time) ([]Post, error) {
	body = cleanXML(toUTF8(body, contentType))
	var ids []string
	if !bytes.HasPrefix(body, []byte("{")) {
		o, err := outlineOf(body)
		if err := judge(o, err); err != nil {
			return nil, err
		}
		body, ids = body[o.start:], o.ids
	}
	feed, err := parseFeed(body)
	if err != nil {
		return nil, &Temporary{Err: fmt.Errorf("parse feed: %w", err)}
	}
	var posts []Post
	for i, item := range feed.Items[:min(len(feed.Items), maxItems)] {
		if len(ids) == len(feed.Items) {
			item.GUID = ids[i]
		}
		posts = append(posts, postOf(item, feed.Language, spec, fetched))
	}
	posts = slices.DeleteFunc(posts, func(p Post) bool { return p.Text == "" })
	if len(posts) == 0 {
		return nil, &Permanent{Err: errors.New("feed has no items"), Hint: "look for the site's current feed address"}
	}
	slices.SortStableFunc(posts, func(a, b Post) int { return a.Published.Compare(b.Published) })
	return posts, nil
}

// cleanXML cuts what stands before the first element or object, and drops
// control characters that XML forbids. The XML declaration goes too: after
// toUTF8 its encoding is wrong, and version 1.1 would be refused.
func cleanXML(doc []byte) []byte {
	doc = bytes.Map(func(r rune) rune {
		if r < ' ' && r != '\t' && r != '\n' && r != '\r' {
			return -1
		}
		return r
	}, doc)
	doc = doc[max(0, bytes.IndexAny(doc, "<{")):]
	if bytes.HasPrefix(doc, []byte("<?xml")) {
		_, doc, _ = bytes.Cut(doc, []byte("?>"))
	}
	return doc
}

// judge turns what the outline shows into an error that says what to do.
func judge(o outline, err error) error {
	switch {
	case errors.Is(err, errNested):
		return &Permanent{Err: err, Hint: "this is no ordinary feed; check the address"}
	case o.root == "html" || o.root == "":
		return &Permanent{Err: errors.New("a web page instead of a feed"), Hint: "open the address in a browser: the feed may have moved, or the site asks visitors to prove they are people"}
	case o.root != "rss" && o.root != "rdf" && o.root != "feed":
		return &Permanent{Err: fmt.Errorf("XML <%.40s> instead of a feed", o.root), Hint: "look for an RSS, Atom or JSON feed of the site"}
	case err != nil:
		return &Temporary{Err: err}
	default:
		return nil
	}
}

// parseFeed recovers since gofeed 1.4.2 panics on a JSON Feed with a null
// among its items or authors.
func parseFeed(doc []byte) (feed *gofeed.Feed, err error) {
	defer func() {
		if cause := recover(); cause != nil {
			feed, err = nil, fmt.Errorf("parser panicked: %v", cause)
		}
	}()
	p := gofeed.NewParser()
	p.RSSTranslator = &gofeed.DefaultRSSTranslator{DisableContentImageScan: true}
	return p.Parse(bytes.NewReader(doc))
}

func postOf(item *gofeed.Item, feedLang string, spec Spec, fetched time.Time) Post {
	body := plain(item.Content)
	if summary := plain(item.Description); len(summary) > len(body) {
		body = summary
	}
	p := Post{
		Source:    spec.Name,
		Kind:      spec.Kind,
		URL:       address(item.Link),
		Outlet:    spec.Outlet,
		Tier:      spec.Tier,
		Text:      compose(plain(item.Title), body),
		Lang:      lang(spec.Lang, feedLang),
		Published: notAfter(publishedAt(item, spec.Location), fetched),
		Fetched:   fetched,
	}
	p.ID = spec.Name + ":" + nativeID(item.GUID, p)
	p.Voice = cmp.Or(domain(p.URL), domain(spec.URL))
	return p
}

// publishedAt returns the zero time where a feed gives none.
func publishedAt(item *gofeed.Item, loc *time.Location) time.Time {
	if t, ok := parseDate(item.Published, loc); ok {
		return t
	}
	if item.PublishedParsed != nil {
		return *item.PublishedParsed
	}
	return time.Time{}
}

// notAfter returns t in UTC, or fetched where t is ahead of it, missing, or
// from before the web.
func notAfter(t, fetched time.Time) time.Time {
	if t.Year() < 1990 || t.After(fetched) {
		return fetched
	}
	return t.UTC()
}

// nativeID returns what identifies a post at its source: the id it gives, else
// its address, else its text. Long ids are hashed.
func nativeID(given string, p Post) string {
	id := cmp.Or(strings.TrimSpace(strings.Map(dropControl, strings.ToValidUTF8(given, ""))), p.URL)
	if id != "" && len(id) <= maxID {
		return id
	}
	sum := sha256.Sum256([]byte(cmp.Or(id, p.Text)))
	return hex.EncodeToString(sum[:16])
}

// address returns a web address in canonical form, and nothing for what is none.
func address(raw string) string {
	link := Canonical(raw)
	if domain(link) == "" || len(link) > maxURL {
		return ""
	}
	return link
}

// lang returns the language of the first tag that names one, without region:
// rules ask for id, not for id-ID. The deprecated "in" becomes "id".
func lang(tags ...string) string {
	for _, raw := range tags {
		tag, err := language.Parse(raw)
		if base, _, _ := tag.Raw(); err == nil && base.String() != "und" {
			return base.String()
		}
	}
	return ""
}
