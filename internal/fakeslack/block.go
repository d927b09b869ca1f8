package fakeslack

import "strconv"

// blocks checks a list of blocks. A block type that Siaga has no use for counts as unsupported.
func (c *checker) blocks(path string, blocks []object) {
	for i, b := range blocks {
		c.block(path+"/"+strconv.Itoa(i), b)
	}
}

func (c *checker) block(path string, b object) {
	c.actionIDs = map[string]bool{}
	c.unique(path, b, "block_id", c.blockIDs)
	switch kind := str(b, "type"); kind {
	case "header":
		c.shape(path, b, "block_id", "text!")
		c.text(path, b, "text", maxHeader, plainOnly()...)
	case "divider":
		c.shape(path, b, "block_id")
	case "section":
		c.section(path, b)
	case "context":
		c.context(path, b)
	case "actions":
		c.actions(path, b)
	case "image":
		c.shape(path, b, "block_id", "image_url!", "alt_text!", "title")
		c.length(path, b, "image_url", maxURL)
		c.length(path, b, "alt_text", maxAltText)
		c.text(path, b, "title", maxAltText, plainOnly()...)
	case "input":
		c.input(path, b)
	default:
		c.fail(path, "unsupported type: %s", kind)
	}
}

func (c *checker) section(path string, b object) {
	c.shape(path, b, "block_id", "text", "fields", "accessory", "expand")
	_, hasText := b["text"]
	_, hasFields := b["fields"]
	if !hasText && !hasFields {
		c.fail(path, "must define either `text` or `fields`")
	}
	c.text(path, b, "text", maxTextObject, plainOrMark()...)
	for i, f := range c.list(path, b, "fields", maxFields) {
		c.textObject(path+"/fields/"+strconv.Itoa(i), f, maxField, plainOrMark()...)
	}
	if _, ok := b["accessory"]; ok {
		c.element(path+"/accessory", sub(b, "accessory"),
			"button", "overflow", "static_select", "users_select", "datepicker", "timepicker", "radio_buttons", "checkboxes", "image")
	}
}

func (c *checker) context(path string, b object) {
	c.shape(path, b, "block_id", "elements!")
	for i, e := range c.list(path, b, "elements", maxContext) {
		at := path + "/elements/" + strconv.Itoa(i)
		if str(e, "type") == "image" {
			c.element(at, e, "image")
			continue
		}
		c.textObject(at, e, maxTextObject, plainOrMark()...)
	}
}

func (c *checker) actions(path string, b object) {
	c.shape(path, b, "block_id", "elements!")
	for i, e := range c.list(path, b, "elements", maxActions) {
		c.element(path+"/elements/"+strconv.Itoa(i), e,
			"button", "overflow", "static_select", "users_select", "datepicker", "timepicker", "radio_buttons", "checkboxes")
	}
}

func (c *checker) input(path string, b object) {
	c.shape(path, b, "block_id", "label!", "element!", "hint", "optional", "dispatch_action")
	c.text(path, b, "label", maxLabel, plainOnly()...)
	c.text(path, b, "hint", maxLabel, plainOnly()...)
	if _, ok := b["element"]; ok {
		c.element(path+"/element", sub(b, "element"),
			"plain_text_input", "static_select", "users_select", "datepicker", "timepicker", "radio_buttons", "checkboxes")
	}
}

// elements returns the elements of any block.
func elements(b object) []object {
	found := objects(b["elements"])
	for _, key := range []string{"accessory", "element"} {
		if e := sub(b, key); e != nil {
			found = append(found, e)
		}
	}
	return found
}
