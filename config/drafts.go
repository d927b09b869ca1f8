package config

import (
	"fmt"
	"net/url"

	"github.com/siaga-id/siaga/draft"
)

// draftsEntry says who speaks in drafts, and in which forms.
type draftsEntry struct {
	Company at[string]     `yaml:"company"`
	Contact at[string]     `yaml:"contact"`
	Forms   []at[string]   `yaml:"forms"`
	Model   at[modelEntry] `yaml:"model"`
}

// modelEntry names a language model behind an OpenAI-compatible endpoint.
type modelEntry struct {
	URL       at[string] `yaml:"url,required"`
	Name      at[string] `yaml:"name,required"`
	TokenEnv  at[string] `yaml:"token_env"`
	TokenFile at[string] `yaml:"token_file"`
}

// Model is who may reword a draft.
type Model struct {
	URL   string // without /chat/completions; empty: nobody may
	Name  string
	Token Secret // may be missing: a server of one's own asks for none
}

const modelEnv = "SIAGA_MODEL_TOKEN"

// checkModel reads who may reword a draft.
func (c *checker) checkModel() {
	m := c.doc.Drafts.Model
	if !m.ok {
		return
	}
	e := m.Value
	c.cfg.Model = Model{
		URL: e.URL.Value, Name: e.Name.Value, Token: c.token("token", "requests to the model carry none", e.TokenEnv, e.TokenFile, modelEnv),
	}
	switch u, err := url.Parse(e.URL.Value); {
	case !e.URL.ok:
	case err != nil || !isAddress(e.URL.Value) || u.RawQuery != "" || u.Fragment != "":
		c.refuse(e.URL.place, "drafts: model: url is no address of http or https", "such as https://api.example.com/v1; without user name, query and fragment")
	case u.Scheme == "http" && c.cfg.Model.Token.Set():
		c.warn(e.URL.place, "the token of the model goes over the network in the clear", "use https")
	}
	if e.Name.ok && e.Name.Value == "" {
		c.refuse(e.Name.place, "drafts: model: name is empty", "the name by which the server knows the model")
	}
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
	c.checkModel()
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
