package strategy

import (
	"slices"

	"github.com/siaga-id/siaga/facts"
	"github.com/siaga-id/siaga/incident"
)

// Why is a reason for a lock or a wait. The list is closed.
type Why string

// The reasons for a lock.
const (
	NotChecked    Why = "not-checked"    // a complaint that nobody has looked into
	ClaimTrue     Why = "claim-true"     // the field found it true
	ClaimPartly   Why = "claim-partly"   // the field found it true in part
	ClaimFalse    Why = "claim-false"    // the field found it false: there is nothing to repair
	NoBlame       Why = "no-blame"       // nothing says so far that it is the company's doing
	CouldPrevent  Why = "could-prevent"  // the cluster is Preventable
	NoStrongFact  Why = "no-strong-fact" // no live fact of tier 1 or 2
	NoFact        Why = "no-fact"        // no live fact
	NothingBeside Why = "nothing-beside" // there is no response that it could go with
)

// complained reports whether people complain of what has not been found to be
// false. While incident.Gated they are told of nothing but what is done; of a
// complaint that is true in part, facts may say how far.
func (c Case) complained() bool { return c.Grievance && c.Finding != incident.False }

// found returns why what the field found, or has yet to find, forbids to say
// that nothing happened; empty: it does not.
func (c Case) found() Why {
	switch c.Finding {
	case incident.True:
		return ClaimTrue
	case incident.Partly:
		return ClaimPartly
	case incident.Unchecked:
		if c.Grievance {
			return NotChecked
		}
	case incident.False:
	}
	return ""
}

// deny is for a rumour, with a regulator or an independent expert behind it.
func (c Case) deny(cluster Cluster) Why {
	switch why := c.found(); {
	case why != "":
		return why
	case cluster == Preventable:
		return CouldPrevent
	case !c.backed(expert):
		return NoStrongFact
	}
	return ""
}

// diminish needs a fact, as all that contradicts does. Who complains of what is
// so, or may be, is not told that it is little.
func (c Case) diminish(cluster Cluster) Why {
	switch {
	case c.Grievance && (c.Finding == incident.Unchecked || c.Finding == incident.True):
		return c.found()
	case cluster == Preventable:
		return CouldPrevent
	case !c.backed(company):
		return NoFact
	}
	return ""
}

// rebuild is for what happened: an apology for a rumour confirms it.
func (c Case) rebuild(cluster Cluster) Why {
	switch {
	case c.Finding == incident.False:
		return ClaimFalse
	case cluster == Victim:
		return NoBlame
	}
	return ""
}

// bolster goes beside another response. People who complain do not want to
// hear of good works.
func (c Case) bolster(cluster Cluster, beside bool) Why {
	switch {
	case c.complained():
		return c.found()
	case cluster == Preventable:
		return CouldPrevent
	case !beside:
		return NothingBeside
	}
	return ""
}

// The tiers of facts.Fact that are asked for.
const (
	expert  = 2
	company = 3
)

// backed reports whether a live fact of a tier, or a better one, is there.
func (c Case) backed(tier int) bool {
	return slices.ContainsFunc(c.Facts, func(f facts.Fact) bool { return f.Live(c.Now) && f.Tier >= 1 && f.Tier <= tier })
}
