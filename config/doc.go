// Package config reads the configuration whole, checks it whole, or refuses it.
//
// Load turns config.yaml and the rule and fact files that it names into ready
// values, or reports everything that is wrong with them, each thing with its
// place. Live holds what is in force and swaps rules, facts and people while
// the rest of the program runs. docs/config.md is the reference for admins.
//
// The way of a file: parse makes nodes of bytes, decoder makes the entries of
// document.go of nodes, and checker makes the values of the other rooms of
// entries, once all files are read.
package config
