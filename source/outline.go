package source

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"

	"golang.org/x/net/html/charset"
)

const (
	// maxDepth bounds nesting: feeds need 5 levels, XHTML inside Atom some 30,
	// while 11 MB of nothing but nesting made gofeed take 1 GB.
	maxDepth = 100
	// maxNamespaces bounds the namespaces in scope; WordPress declares 10.
	// gofeed's XML parser copies them at each element: with 100 of them, 4 MiB
	// of empty elements took 11 s and 13 GB of allocations.
	maxNamespaces = 40
)

// errNested says that a feed is nested deeper, or declares more namespaces,
// than any honest feed.
var errNested = errors.New("XML is nested too deeply")

// outline is what one cheap reading of an XML document tells before gofeed
// builds it up in memory.
type outline struct {
	root  string   // local name, lower case
	start int64    // bytes before the root element
	ids   []string // atom:id of each entry as written; gofeed resolves and escapes them
}

// outlineOf reads with the decoder that gofeed reads with, set up the same way,
// so that both see the same elements.
func outlineOf(doc []byte) (outline, error) {
	w := walk{}
	d := xml.NewDecoder(bytes.NewReader(doc))
	d.Strict = false
	d.CharsetReader = charset.NewReaderLabel
	for {
		before := d.InputOffset()
		switch token, err := d.Token(); token := token.(type) {
		case xml.StartElement:
			if err := w.open(token, before); err != nil {
				return outline{}, err
			}
		case xml.EndElement:
			w.close()
		case xml.CharData:
			w.text(token)
		case nil:
			if !errors.Is(err, io.EOF) {
				return w.outline(), fmt.Errorf("read XML: %w", err)
			}
			return w.outline(), nil
		}
	}
}

// walk is the state of outlineOf: the open elements and what was found so far.
type walk struct {
	root  string
	start int64
	names []string // of open elements
	scope []int    // namespaces declared up to each open element
	ids   [][]byte
}

func (w *walk) open(e xml.StartElement, offset int64) error {
	declared := 0
	if n := len(w.scope); n > 0 {
		declared = w.scope[n-1]
	}
	for _, a := range e.Attr {
		if a.Name.Space == "xmlns" || a.Name.Local == "xmlns" {
			declared++
		}
	}
	w.names = append(w.names, strings.ToLower(e.Name.Local))
	w.scope = append(w.scope, declared)
	if len(w.names) > maxDepth || declared > maxNamespaces {
		return errNested
	}
	if w.root == "" {
		w.root, w.start = w.names[0], offset
	}
	if len(w.names) == 2 && w.names[1] == "entry" {
		w.ids = append(w.ids, nil)
	}
	return nil
}

func (w *walk) close() {
	w.names = w.names[:len(w.names)-1]
	w.scope = w.scope[:len(w.scope)-1]
}

func (w *walk) text(chars xml.CharData) {
	if len(w.names) == 3 && w.names[1] == "entry" && w.names[2] == "id" {
		last := len(w.ids) - 1
		w.ids[last] = append(w.ids[last], chars...)
	}
}

func (w *walk) outline() outline {
	o := outline{root: w.root, start: w.start}
	for _, id := range w.ids {
		o.ids = append(o.ids, strings.TrimSpace(string(id)))
	}
	return o
}
