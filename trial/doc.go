// Package trial plays posts, of the past or invented, through the rooms in a
// store of their own and says what would have been sent.
//
// It exists because three things ask the same question of the same machine: a
// test of rules (invented posts, expected alerts), a replay (an archive, how
// many alerts a week) and a dry run in the chat (the posts that are kept). A
// second implementation of "what would have happened" would be wrong the day
// after the first one changed, so posts go the way of every post here: Take of
// package watcher, with the time at which they came instead of the clock, down
// to an incident.Desk whose changes are heard by nobody.
//
// # Time
//
// Posts that came within one second are one batch, at the time of the last of
// them; matches are counted by the second as well. In between, time passes in
// ticks: at every whole minute while a series is pending or firing, and at the
// moments that Setup asks for. Only then can time alone change anything: a series
// that is neither waits for a post. A running Siaga ticks every ten seconds; a
// minute is exact enough for what is judged here and six times cheaper, so an
// alert with for:, and every end of one, may be told up to a minute late.
//
// Nobody answers in a trial. An incident of which nothing was heard for a day
// counts as resolved, as a team would have done; otherwise the first card of a
// cell would be its only one for ever.
//
// # Looking back
//
// What the rules said is written down as they say it. How near the others came,
// what is drawn around an alert and what a chart is told is read at the end, from
// the counts that the trial leaves on the shelves (rules.Set.History), over at
// most the two years for which they are kept. Only the largest window of plain
// counts is followed day by day, because matches are dropped sooner.
//
// # Shadow
//
// A rule in shadow is asked what it would do if it were active: who would be
// shown its cards, and how they would look. That is counted apart from what would
// have been sent. What two admins said in a chat is not known here: in shadow is
// what the file of a rule calls so.
//
// Many batches share one transaction of the scratch store. Nothing depends on
// where they are cut, since the store dies with the trial.
package trial
