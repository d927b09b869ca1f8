// Package strategy says which kinds of answer fit an incident, which are
// locked and why, and when it is better not to answer in public yet.
//
// It is Situational Crisis Communication Theory (Coombs 2007) with the
// grievance gate of crisis.md. It touches nothing: whoever asks brings the case.
package strategy
