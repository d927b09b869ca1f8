package bot

import (
	"context"
	"maps"
	"slices"
	"strings"

	"github.com/siaga-id/siaga/incident"
	"github.com/siaga-id/siaga/notifier"
	"github.com/siaga-id/siaga/rules"
	"github.com/siaga-id/siaga/text"
)

const (
	// maxMatchers bounds the words that say what is meant.
	maxMatchers = 40
	// maxNameWords is how many words the name of a topic or a site may have.
	maxNameWords = 5
)

// labels are the values that a matcher may name: what is said, in lower case, to
// what it means.
type labels struct {
	topics, sites, rules map[string]string
}

// labels returns the keys and names of the configuration in force.
func (t *turn) labels(ctx context.Context) (labels, error) {
	standing, _, err := t.Shadows.Look(ctx)
	topics, sites := t.Labels()
	x := labels{said(topics), said(sites), map[string]string{}}
	for _, st := range standing {
		x.rules[strings.ToLower(st.Rule)] = st.Rule
	}
	return x, err
}

func said(names map[string]string) map[string]string {
	out := map[string]string{}
	for _, key := range slices.Sorted(maps.Keys(names)) {
		out[strings.ToLower(strings.Join(strings.Fields(names[key]), " "))] = key
	}
	for key := range names { // a key goes before the name of another
		out[strings.ToLower(key)] = key
	}
	return out
}

// matcher reads what incidents are meant: "topic=debu", "site=Kota Lama", a
// bare word of either, a level, a rule, or an incident for its cell. It returns
// the word that it does not understand; empty: it understands all.
func (t *turn) matcher(ctx context.Context, words []string) (m notifier.Matcher, odd string, err error) {
	x, err := t.labels(ctx)
	for err == nil && len(words) > 0 {
		n := 0
		for size := min(len(words), maxNameWords); size > 0 && n == 0; size-- {
			if x.add(&m, strings.Join(words[:size], " ")) {
				n = size
			}
		}
		if n == 0 {
			if n, err = t.addCell(ctx, &m, words); n == 0 {
				return m, words[0], err
			}
		}
		words = words[n:]
	}
	return m, "", err
}

// add takes in one value, with its label before "=" or without.
func (x labels) add(m *notifier.Matcher, word string) bool {
	label, value, named := strings.Cut(strings.ToLower(word), "=")
	if !named {
		label, value = "", label
	}
	is := func(names ...string) bool { return label == "" || slices.Contains(names, label) }
	if topic, ok := x.topics[value]; ok && is("topic", "topik") {
		m.Topics = with(m.Topics, topic)
		return true
	}
	if site, ok := x.sites[value]; ok && is("site", "lokasi", "situs") {
		m.Sites = with(m.Sites, site)
		return true
	}
	if level, ok := parseLevel(value); ok && is("level", "severity", "tingkat") {
		m.Levels = with(m.Levels, level)
		return true
	}
	if rule, ok := x.rules[value]; ok && is("rule", "aturan") {
		m.Rules = with(m.Rules, rule)
		return true
	}
	return false
}

func with[T comparable](all []T, one T) []T {
	if slices.Contains(all, one) {
		return all
	}
	return append(all, one)
}

// addCell takes in the topic and the site of an incident that is named, and
// returns how many words name it.
func (t *turn) addCell(ctx context.Context, m *notifier.Matcher, words []string) (int, error) {
	n := 1
	if isUmbrella(fold(words[0])) && len(words) > 1 {
		n = 2
	}
	if !isID(words[n-1]) {
		return 0, nil
	}
	id, err := incident.ParseID(words[n-1])
	if err != nil {
		return 0, err
	}
	in, err := t.Desk.Get(ctx, id)
	if err != nil || in.Shadow {
		return 0, ignore(err, incident.ErrNotFound)
	}
	m.Topics, m.Sites = with(m.Topics, in.Topic), with(m.Sites, in.Site)
	return n, nil
}

// strange answers a word that is no matcher with the one most like it.
func (t *turn) strange(ctx context.Context, word string) (Answer, error) {
	x, err := t.labels(ctx)
	if err != nil {
		return Answer{}, err
	}
	word = one(word, maxRule)
	_, value, named := strings.Cut(word, "=")
	if !named {
		value = word
	}
	var names []string
	for _, of := range []map[string]string{x.topics, x.sites, x.rules} {
		names = append(names, slices.Sorted(maps.Keys(of))...)
	}
	example := t.example(exampleMute, 0)
	if near, ok := text.Nearest(value, names); ok {
		return t.private(askNearest, "word", word, "nearest", near, "example", example), nil
	}
	return t.private(askMatcher, "word", word, "example", example), nil
}

// scope says what a matcher with the names of Plan.Named means: "topik Debu
// atau Air, lokasi Rembang, tingkat 🟠 WASPADA".
func (l *Lang) scope(m notifier.Matcher) string {
	var levels []string
	for _, s := range m.Levels {
		levels = append(levels, l.level(s))
	}
	sites := slices.Clone(m.Sites)
	for i, s := range sites {
		if s == "" {
			sites[i] = l.say(scopeSiteless)
		}
	}
	var parts []string
	for _, label := range []struct {
		key  phrase
		each []string
	}{{scopeTopic, m.Topics}, {scopeSite, sites}, {scopeLevel, levels}, {scopeRule, m.Rules}} {
		if len(label.each) > 0 {
			parts = append(parts, l.say(label.key, "names", l.eitherName(label.each)))
		}
	}
	return strings.Join(parts, ", ")
}

func (l *Lang) eitherName(all []string) string {
	shown := slices.Clone(all[:min(len(all), maxNames)])
	for i := range shown {
		shown[i] = one(shown[i], placeRunes)
	}
	said := strings.Join(shown, " "+l.say(scopeOr)+" ")
	if rest := len(all) - len(shown); rest > 0 {
		said += " " + l.More(rest)
	}
	return said
}

// sparesCritical reports whether a silence leaves what is critical its voice.
func sparesCritical(m notifier.Matcher) bool { return !slices.Contains(m.Levels, rules.Critical) }
