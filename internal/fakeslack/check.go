package fakeslack

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// checker collects everything that is wrong with blocks, in Slack's words as far as they are known,
// each with a JSON pointer to where.
type checker struct {
	faults   []string
	blockIDs map[string]bool
	// actionIDs are those of the block at hand.
	actionIDs map[string]bool
	// runes is the length of all texts so far.
	runes int
}

func newChecker() *checker { return &checker{blockIDs: map[string]bool{}} }

func (c *checker) fail(path, format string, args ...any) {
	c.faults = append(c.faults, "[ERROR] "+fmt.Sprintf(format, args...)+" [json-pointer:"+path+"]")
}

// checkMessage refuses the blocks of a message.
func (s *Server) checkMessage(path string, blocks []object) error {
	c := newChecker()
	if len(blocks) > maxBlocks {
		c.fail(path, "no more than %d items allowed", maxBlocks)
	}
	c.blocks(path, blocks)
	if len(c.faults) > 0 {
		return malformed("invalid_blocks", c.faults...)
	}
	if c.runes > maxAllText {
		return malformed("msg_blocks_too_long")
	}
	s.nameBlocks(blocks)
	return nil
}

// nameBlocks gives an id to each block and element that came without one, as Slack does.
func (s *Server) nameBlocks(blocks []object) {
	for _, b := range blocks {
		s.name(b, "block_id")
		for _, e := range elements(b) {
			if e["type"] != "image" && e["type"] != "plain_text" && e["type"] != "mrkdwn" {
				s.name(e, "action_id")
			}
		}
	}
}

func (s *Server) name(o object, key string) {
	if str(o, key) == "" {
		o[key] = "x" + strconv.Itoa(s.next())
	}
}

// shape checks which fields an object has. Names that end in "!" are required; any object may have
// a type.
func (c *checker) shape(path string, o object, fields ...string) {
	known := []string{"type"}
	for _, f := range fields {
		name, required := strings.CutSuffix(f, "!")
		known = append(known, name)
		if _, ok := o[name]; required && !ok {
			c.fail(path, "missing required field: %s", name)
		}
	}
	for name := range o {
		if !slices.Contains(known, name) {
			c.fail(path, "invalid additional property: %s", name)
		}
	}
}

// text checks an optional text object.
func (c *checker) text(path string, o object, key string, most int, kinds ...string) {
	value, ok := o[key]
	if !ok {
		return
	}
	path += "/" + key
	text, ok := value.(object)
	if !ok {
		c.fail(path, "must provide an object")
		return
	}
	c.textObject(path, text, most, kinds...)
}

func (c *checker) textObject(path string, text object, most int, kinds ...string) {
	kind := str(text, "type")
	if !slices.Contains(kinds, kind) {
		c.fail(path+"/type", "must be one of %s", strings.Join(kinds, ", "))
	}
	if kind == "plain_text" {
		c.shape(path, text, "text!", "emoji")
	} else {
		c.shape(path, text, "text!", "verbatim")
	}
	if str(text, "text") == "" {
		c.fail(path+"/text", "must be more than 0 characters")
	}
	c.length(path, text, "text", most)
	c.runes += utf8.RuneCountInString(str(text, "text"))
}

func plainOnly() []string   { return []string{"plain_text"} }
func plainOrMark() []string { return []string{"plain_text", "mrkdwn"} }

// length checks an optional string.
func (c *checker) length(path string, o object, key string, most int) {
	value, ok := o[key]
	if !ok {
		return
	}
	text, ok := value.(string)
	if !ok {
		c.fail(path+"/"+key, "must be a string")
	}
	if utf8.RuneCountInString(text) > most {
		c.fail(path+"/"+key, "must be less than %d characters", most+1)
	}
}

// unique checks an id and that it was not seen before.
func (c *checker) unique(path string, o object, key string, seen map[string]bool) {
	c.length(path, o, key, maxID)
	id := str(o, key)
	if id != "" && seen[id] {
		c.fail(path+"/"+key, "`%s` %q already exists", key, id)
	}
	seen[id] = true
}

// list returns the objects of an optional list, which may not be empty.
func (c *checker) list(path string, o object, key string, most int) []object {
	value, ok := o[key]
	if !ok {
		return nil
	}
	path += "/" + key
	list := objects(value)
	switch raw, isList := value.([]any); {
	case !isList || len(raw) != len(list):
		c.fail(path, "must be a list of objects")
	case len(list) == 0:
		c.fail(path, "no less than 1 items allowed")
	case len(list) > most:
		c.fail(path, "no more than %d items allowed", most)
	}
	return list
}

// oneOf checks an optional string against a closed list.
func (c *checker) oneOf(path string, o object, key string, values ...string) {
	if _, ok := o[key]; ok && !slices.Contains(values, str(o, key)) {
		c.fail(path+"/"+key, "must be one of %s", strings.Join(values, ", "))
	}
}

// str returns a string field, or "" if it is absent or something else.
func str(o object, key string) string {
	text, _ := o[key].(string)
	return text
}

// sub returns an object field; reading from what it returns is safe in any case.
func sub(o object, key string) object {
	inner, _ := o[key].(object)
	return inner
}

// objects returns the objects among the items of a decoded JSON list.
func objects(list any) []object {
	items, _ := list.([]any)
	found := make([]object, 0, len(items))
	for _, item := range items {
		if o, ok := item.(object); ok {
			found = append(found, o)
		}
	}
	return found
}
