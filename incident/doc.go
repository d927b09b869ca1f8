// Package incident keeps the life of a crisis: opened, acknowledged,
// resolved, and who did what when.
//
// Step is the whole state machine and touches nothing; Desk runs it inside
// transactions and keeps what it says on these shelves:
//
//	incident/<id>              Incident
//	cell/<topic>/<site>        Cell: the incident that is or was last in the cell; of a rule
//	                           in shadow the cell is bayangan~<rule>/<site>
//	timeline/<id>/<rev>        Entry, append-only; of a refusal <stateRev>/<verb>/<who>
//	sequence/incident          counter: the last id given out
//
// While an incident is not resolved, Desk has its rules hold their series:
// what is counted then is not what is usual.
package incident
