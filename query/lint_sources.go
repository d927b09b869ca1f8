package query

import (
	"fmt"
	"slices"
	"strings"

	"golang.org/x/text/language"

	"github.com/siaga-id/siaga/source"
)

// ungiven returns why none of the sources can give a post that matches, or nil.
func (a Around) ungiven(root node) *Error {
	if len(a.Sources) == 0 || slices.ContainsFunc(a.Sources, func(s source.Spec) bool { return a.can(root, s) }) {
		return nil
	}
	asked := askedFields(root)
	for _, n := range asked {
		f, ok := n.(*fieldNode)
		if ok && f.name == "site" && !slices.ContainsFunc(a.Sources, func(s source.Spec) bool { return a.may(f, s) }) {
			return f.problem(fmt.Sprintf("no post can belong to site %s, which has no places and no source", f.value), "give the site places, or a source with site: "+f.value)
		}
	}
	return asked[0].place().problem("no source gives posts with "+joined(asked, " "), "change the query, or the kind, tier, outlet or lang of a source")
}

// askedFields returns the fields of a query, or the NOT before one.
func askedFields(root node) []node {
	var asked []node
	denied := map[node]bool{}
	for n := range walk(root) {
		switch n := n.(type) {
		case *notNode:
			if f, ok := n.x.(*fieldNode); ok {
				denied[f] = true
				asked = append(asked, n)
			}
		case *fieldNode:
			if !denied[n] {
				asked = append(asked, n)
			}
		}
	}
	return asked
}

// can reports whether a post of a source may hold n.
func (a Around) can(n node, s source.Spec) bool {
	switch n := n.(type) {
	case *fieldNode:
		return a.may(n, s)
	case *andNode:
		return !slices.ContainsFunc(n.all, func(x node) bool { return !a.can(x, s) })
	case *orNode:
		return slices.ContainsFunc(n.any, func(x node) bool { return a.can(x, s) })
	case *notNode:
		f, ok := n.x.(*fieldNode)
		return !ok || !fixed(f, s) || !a.may(f, s)
	}
	return true
}

// fixed reports whether every post of a source has the same value of a field.
// What files and webhooks bring may say otherwise in every record.
func fixed(f *fieldNode, s source.Spec) bool {
	switch f.name {
	case "source":
		return true
	case "kind", "tier":
		return s.Type == "feed"
	case "outlet":
		return s.Type == "feed" && s.Outlet != "" // else its host
	case "lang":
		return s.Type == "feed" && base(s.Lang) != "" // else what the feed says
	}
	return false
}

// may reports whether a post of a source may be what a field asks for.
func (a Around) may(f *fieldNode, s source.Spec) bool {
	if f.name == "site" {
		return s.Type != "feed" || strings.EqualFold(s.Site, f.value) || a.hasPlaces(f.value)
	}
	if !fixed(f, s) {
		return true
	}
	p := source.Post{Source: s.Name, Kind: s.Kind, Outlet: s.Outlet, Tier: s.Tier, Lang: base(s.Lang)}
	if p.Kind == "" {
		p.Kind = source.News // as feeds have it
	}
	return f.accepts(&p)
}

func (a Around) hasPlaces(site string) bool {
	for key, places := range a.Places {
		if strings.EqualFold(key, site) && len(places) > 0 {
			return true
		}
	}
	return false
}

// base is the language of a tag as posts carry it; empty: none.
func base(tag string) string {
	t, err := language.Parse(tag)
	if b, _, _ := t.Raw(); err == nil && b.String() != "und" {
		return b.String()
	}
	return ""
}
