// Package promise keeps what was promised to people who complain: by whom,
// until when, and what proves that it was kept.
//
// A promise outlives its incident. It is shown on the cards of its cell, a topic
// at a site, until it is kept, and its owner is reminded of it. Nothing is ever
// removed: what was promised, moved and kept is also on the timeline of the
// incident. The shelf:
//
//	promise/open/<id>/<n>, promise/kept/<id>/<n>   Promise: the n-th of its incident
package promise
