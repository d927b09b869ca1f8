package fakeslack

import (
	"slices"
	"strconv"
)

// element checks an element of one of the types that may stand in its place.
func (c *checker) element(path string, e object, allowed ...string) {
	kind := str(e, "type")
	if !slices.Contains(allowed, kind) {
		c.fail(path, "unsupported type: %s", kind)
		return
	}
	if kind == "image" {
		c.shape(path, e, "image_url!", "alt_text!")
		return
	}
	c.unique(path, e, "action_id", c.actionIDs)
	c.confirm(path, e)
	c.text(path, e, "placeholder", maxPlaceholder, plainOnly()...)
	switch kind {
	case "button":
		c.button(path, e)
	case "overflow":
		c.shape(path, e, "action_id", "options!", "confirm")
		c.options(path, e, maxOverflow)
	case "static_select":
		c.shape(path, e, "action_id", "options!", "initial_option", "placeholder", "confirm", "focus_on_load")
		c.options(path, e, maxOptions)
	case "radio_buttons":
		c.shape(path, e, "action_id", "options!", "initial_option", "confirm", "focus_on_load")
		c.options(path, e, maxChoices)
	case "checkboxes":
		c.shape(path, e, "action_id", "options!", "initial_options", "confirm", "focus_on_load")
		c.options(path, e, maxChoices)
	default:
		c.field(path, e)
	}
}

// field checks the elements that a person fills in.
func (c *checker) field(path string, e object) {
	switch str(e, "type") {
	case "users_select":
		c.shape(path, e, "action_id", "initial_user", "placeholder", "confirm", "focus_on_load")
	case "datepicker":
		c.shape(path, e, "action_id", "initial_date", "placeholder", "confirm", "focus_on_load")
	case "timepicker":
		c.shape(path, e, "action_id", "initial_time", "placeholder", "confirm", "focus_on_load", "timezone")
	case "plain_text_input":
		c.shape(path, e, "action_id", "initial_value", "multiline", "min_length", "max_length",
			"placeholder", "focus_on_load", "dispatch_action_config")
	}
}

func (c *checker) button(path string, e object) {
	c.shape(path, e, "action_id", "text!", "value", "url", "style", "confirm", "accessibility_label")
	c.text(path, e, "text", maxButtonText, plainOnly()...)
	c.length(path, e, "value", maxValue)
	c.length(path, e, "url", maxURL)
	c.length(path, e, "accessibility_label", maxButtonText)
	c.oneOf(path, e, "style", "primary", "danger")
}

func (c *checker) options(path string, e object, most int) {
	for i, o := range c.list(path, e, "options", most) {
		at := path + "/options/" + strconv.Itoa(i)
		c.shape(at, o, "text!", "value", "description", "url")
		c.text(at, o, "text", maxOptionText, plainOrMark()...)
		c.text(at, o, "description", maxOptionText, plainOrMark()...)
		c.length(at, o, "value", maxOptionText)
		c.length(at, o, "url", maxURL)
	}
}

func (c *checker) confirm(path string, e object) {
	if _, ok := e["confirm"]; !ok {
		return
	}
	dialog, at := sub(e, "confirm"), path+"/confirm"
	c.shape(at, dialog, "title", "text!", "confirm", "deny", "style")
	c.text(at, dialog, "title", maxConfirmTitle, plainOnly()...)
	c.text(at, dialog, "text", maxConfirmText, plainOrMark()...)
	c.text(at, dialog, "confirm", maxConfirmWord, plainOnly()...)
	c.text(at, dialog, "deny", maxConfirmWord, plainOnly()...)
	c.oneOf(at, dialog, "style", "primary", "danger")
}
