package bot

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/siaga-id/siaga/incident"
)

// Role is what a person may do. Roles are additive: each must be listed,
// except that everyone is a viewer and a lead is a responder too.
type Role string

// The roles.
const (
	Viewer    Role = "viewer"    // looks: anyone in a configured chat
	Responder Role = "responder" // takes incidents and works on them
	Lead      Role = "lead"      // acts on the incidents of others too
	Approver  Role = "approver"  // approves drafts of others
	Admin     Role = "admin"     // configures and tests
)

// Roles lists all roles.
func Roles() []Role { return []Role{Viewer, Responder, Lead, Approver, Admin} }

// Person is one row of people in config.yaml: the same person in every chat.
type Person struct {
	Name     string
	Telegram int64  // numeric user id; 0: not on Telegram
	Slack    string // user id, without the team; empty: not on Slack
	Roles    []Role
	Sites    []string // keys of sites; empty: all
}

// Has reports whether p has the role, by itself or within another.
func (p Person) Has(role Role) bool {
	switch {
	case role == Viewer, slices.Contains(p.Roles, role):
		return true
	case role == Responder:
		return slices.Contains(p.Roles, Lead)
	}
	return false
}

// Covers reports whether p may act at the site. An incident without a site
// belongs to those who are not limited to some.
func (p Person) Covers(site string) bool {
	return len(p.Sites) == 0 || slices.Contains(p.Sites, site)
}

// terminalUser is who types at the machine itself. While no chat token is set
// there is nobody else, so that person has every role (chat.md 4).
const terminalUser = "terminal"

func operator() Person { return Person{Name: "operator", Roles: Roles()} }

// People are all who are known by name. The zero value knows the operator only.
type People struct {
	rows  []Person
	index map[string]int // "telegram:111", "slack:U01" -> row
}

// NewPeople checks the rows, and reports all of what is wrong with them.
func NewPeople(rows []Person) (*People, error) {
	p := &People{rows: slices.Clone(rows), index: map[string]int{}}
	names := map[string]bool{operator().Name: true, incident.Machine.Name: true}
	var wrong []error
	for i, row := range p.rows {
		if err := row.check(); err != nil {
			wrong = append(wrong, err)
		}
		name := strings.ToLower(row.Name)
		if names[name] {
			wrong = append(wrong, fmt.Errorf("person %q: the name is taken", row.Name))
		}
		names[name] = true
		for _, key := range row.keys() {
			if j, taken := p.index[key]; taken {
				wrong = append(wrong, fmt.Errorf("person %q: %s is %s already", row.Name, key, p.rows[j].Name))
			}
			p.index[key] = i
		}
	}
	if wrong != nil {
		return nil, errors.Join(wrong...)
	}
	return p, nil
}

func (p Person) check() error {
	if strings.TrimSpace(p.Name) == "" {
		return errors.New("a person needs a name")
	}
	for _, role := range p.Roles {
		if !slices.Contains(Roles(), role) {
			return fmt.Errorf("person %q: no role is called %q: want one of %v", p.Name, role, Roles())
		}
	}
	return nil
}

func (p Person) keys() []string {
	var keys []string
	if p.Telegram != 0 {
		keys = append(keys, "telegram:"+strconv.FormatInt(p.Telegram, 10))
	}
	if p.Slack != "" {
		keys = append(keys, "slack:"+p.Slack)
	}
	return keys
}

// Find returns the person behind a user as transports name them:
// "telegram:111", "slack:T01:U01" (the transport has checked the team),
// "terminal".
func (p *People) Find(user string) (Person, bool) {
	if user == terminalUser {
		return operator(), true
	}
	transport, id, _ := strings.Cut(user, ":")
	if transport == "slack" {
		id = id[strings.LastIndexByte(id, ':')+1:]
	}
	i, found := p.index[transport+":"+id]
	if !found {
		return Person{}, false
	}
	return p.rows[i], true
}

// who returns the names of those of whom may is true, in the order of the
// configuration.
func (p *People) who(may func(Person) bool) []string {
	var names []string
	for _, row := range p.rows {
		if may(row) {
			names = append(names, row.Name)
		}
	}
	return names
}
