// Package rules decides, from a post and what was counted before, which rule
// fires.
//
// Compile makes an immutable Set of what an admin wrote; Set.Eval asks package
// query which rules a batch of posts matches, counts the matches on the shelves
// below and returns what the rules have to say. It neither reads the clock nor
// logs.
//
//	hit@<day>   <rule>/<site>/<bucket>  the matches published in five minutes
//	count@<day> <rule>/<site>           how many of them there were, in every five minutes
//	pace        <rule>, <rule>/<site>   since when it is counted, from which sources, and which counts are in force
//	held        <rule>/<site>/<from>    until when it stays out of its own baseline
//	place       <rule>/<place>          when the place was named last
//	series      <rule>/<site>           pending or firing, since when; the last call
//	quote       <rule>/<site>           the posts that a first card would show
//	activation  <rule>                  what two admins said about a rule in shadow
package rules
