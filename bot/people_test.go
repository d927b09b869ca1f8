package bot

import (
	"strings"
	"testing"
)

func TestOnePersonIsTheSameInEveryChat(t *testing.T) {
	people, err := NewPeople(crew())
	if err != nil {
		t.Fatal(err)
	}
	for user, want := range map[string]string{
		"telegram:111":  "Sari",
		"slack:T01:U01": "Sari",
		"slack:T99:U03": "Budi", // the team is the transport's to check
		"terminal":      "operator",
		"telegram:0":    "",
		"telegram:U01":  "",
		"slack:T01:111": "",
		"slack:":        "",
		"":              "",
		"111":           "",
	} {
		got, found := people.Find(user)
		if got.Name != want || found != (want != "") {
			t.Errorf("Find(%q) = %q, %v, want %q", user, got.Name, found, want)
		}
	}
}

func TestRolesAreAdditive(t *testing.T) {
	for _, c := range []struct {
		has  []Role
		want string
	}{
		{nil, "viewer"},
		{[]Role{Responder}, "viewer responder"},
		{[]Role{Lead}, "viewer responder lead"},
		{[]Role{Approver}, "viewer approver"},
		{[]Role{Admin}, "viewer admin"},
		{[]Role{Admin, Responder}, "viewer responder admin"},
		{operator().Roles, "viewer responder lead approver admin"},
	} {
		var got []string
		for _, role := range Roles() {
			if (Person{Roles: c.has}).Has(role) {
				got = append(got, string(role))
			}
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%v: %v, want %s", c.has, got, c.want)
		}
	}
}

func TestPeopleAreRefusedForWhatWouldConfuseThem(t *testing.T) {
	for name, c := range map[string]struct {
		rows []Person
		want []string
	}{
		"no name":          {[]Person{{Telegram: 1}}, []string{"needs a name"}},
		"unknown role":     {[]Person{{Name: "A", Roles: []Role{"boss"}}}, []string{`no role is called "boss"`}},
		"same name":        {[]Person{{Name: "Sari"}, {Name: "sari"}}, []string{"name is taken"}},
		"the machine":      {[]Person{{Name: "Siaga"}}, []string{"name is taken"}},
		"the operator":     {[]Person{{Name: "Operator"}}, []string{"name is taken"}},
		"same telegram id": {[]Person{{Name: "A", Telegram: 1}, {Name: "B", Telegram: 1}}, []string{"telegram:1 is A already"}},
		"same slack id":    {[]Person{{Name: "A", Slack: "U1"}, {Name: "B", Slack: "U1"}}, []string{"slack:U1 is A already"}},
		"all at once": {
			[]Person{{Name: ""}, {Name: "A", Roles: []Role{"x"}}},
			[]string{"needs a name", `called "x"`},
		},
	} {
		people, err := NewPeople(c.rows)
		if err == nil || people != nil {
			t.Errorf("%s: accepted", name)
			continue
		}
		for _, want := range c.want {
			if !strings.Contains(err.Error(), want) {
				t.Errorf("%s: %v, want %q", name, err, want)
			}
		}
	}
}

func TestSitesLimitWhatAPersonCovers(t *testing.T) {
	for _, c := range []struct {
		sites []string
		site  string
		want  bool
	}{
		{nil, "rembang", true},
		{nil, "", true},
		{[]string{"rembang"}, "rembang", true},
		{[]string{"rembang"}, "kupang", false},
		{[]string{"rembang"}, "", false},
	} {
		if got := (Person{Sites: c.sites}).Covers(c.site); got != c.want {
			t.Errorf("%v covers %q: %v", c.sites, c.site, got)
		}
	}
}
