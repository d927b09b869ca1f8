package config

import (
	"fmt"

	"github.com/siaga-id/siaga/draft"
)

// draftsEntry says who speaks in drafts, and in which forms.
type draftsEntry struct {
	Company at[string]   `yaml:"company"`
	Contact at[string]   `yaml:"contact"`
	Forms   []at[string] `yaml:"forms"`
}

// readForms reads the files of forms.
func (c *checker) readForms() {
	for _, name := range c.expand(c.doc.Drafts.Forms) {
		c.files = append(c.files, name.Value)
		data, err := c.opt.disk.ReadFile(name.Value)
		switch {
		case err != nil:
			c.refuse(name.place, fmt.Sprintf("%s cannot be read: %v", name.Value, cause(err)), "")
		case len(data) > maxFile:
			c.refuse(name.place, name.Value+" is too large", "a form is some lines")
		default:
			fmt.Fprintf(c.sum, "%s\x00%d\x00%s", name.Value, len(data), data)
			c.forms[name.Value] = string(data)
		}
	}
}

// checkDrafts makes the book of drafts.
func (c *checker) checkDrafts() {
	d := c.doc.Drafts
	c.cfg.forms, c.cfg.voice = c.forms, draft.Voice{Company: d.Company.Value, Contact: d.Contact.Value}
	book, wrong := draft.NewBook(c.cfg.voice, c.forms)
	c.cfg.Forms = book
	for _, w := range wrong {
		if w.File == "" { // what is said of the company fits into no form
			where := c.root
			for _, a := range []at[string]{d.Company, d.Contact} {
				if a.set() {
					where = a.place
				}
			}
			c.refuse(where, "drafts: "+w.Error(), "it stands in every draft")
			continue
		}
		c.errs = append(c.errs, &Error{File: w.File, Line: w.Line, Column: w.Column, Msg: w.Error()})
	}
}
