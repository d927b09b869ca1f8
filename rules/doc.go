// Package rules decides, from a post and what was counted before, which rule
// fires.
//
// Compile makes an immutable Set of what an admin wrote; Set.Eval asks package
// query which rules a batch of posts matches, counts the matches on the shelves
// below and returns what the rules have to say. It neither reads the clock nor
// logs.
//
//	hit@<day>  <rule>/<site>/<bucket>  the matches published in five minutes
//	series     <rule>/<site>           pending or firing, since when
//	quote      <rule>/<site>           the posts that a first card would show
//	activation <rule>                  what two admins said about a rule in shadow
package rules
