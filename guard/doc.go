// Package guard finds what a public text of the company must not say: legal
// threats, names of private critics, claims about motive, absolutes, figures
// that no quoted fact has; and denials, which a complaint locks (crisis.md).
package guard
