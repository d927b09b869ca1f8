// Package escalation says when people are called for an incident, and whose
// turn it is.
//
// It keeps no timers. What is due is computed from the incident as it is
// stored and from the policy in force, each time somebody looks: nothing can
// be lost in a crash or be out of date after a reload (ADR 11).
package escalation
