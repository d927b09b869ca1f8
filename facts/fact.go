package facts

import "time"

// Source says where a fact stands written.
type Source struct {
	Name   string
	URL    string
	SHA256 string // of the document, lower-case hex; may be empty
}

// Fact is one approved sentence that may answer a claim while it is live.
type Fact struct {
	ID           string // FAKTA-012
	Text         string
	Number       string // the figure as it stands in Text; may be empty
	Unit         string
	Date         string // of the measurement or ruling, YYYY-MM-DD
	Source       Source
	Tier         int // 1 regulator or court, 2 independent expert, 3 company measurement
	Independent  bool
	ProvesNot    string // what it does not prove
	Topics       []string
	Sites        []string  // empty: all
	ValidUntil   time.Time // the first instant at which it is no longer live
	Owner        string
	Approver     string // never the owner
	SupersededBy string
}
