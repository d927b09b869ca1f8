// Package grievance reads whether a public post is a credible complaint
// (keluhan), and by which words.
//
// A person, a place, a time and a sign of harm make a complaint (crisis.md,
// "The grievance gate"); hearsay, a reporter's verbs, an advertisement, a joke
// and their like speak against it. signs.txt lists the words, weigh.go what each
// sign is worth; nothing else decides.
package grievance
