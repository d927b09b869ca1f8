// Package model asks a language model, where the admin has turned one on, for
// other words for a draft, and takes them only if they say nothing but what the
// cited facts say; else the draft stays as its form made it (matching.md 6).
package model
