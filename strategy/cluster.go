package strategy

import "github.com/siaga-id/siaga/incident"

// Cluster is how much of a crisis people lay at the door of the company. The
// order is that of the blame; the zero Cluster is Accidental, which claims
// neither innocence nor guilt.
type Cluster int

// The clusters.
const (
	Victim      Cluster = iota - 1 // of a rumour, of nature, of somebody else
	Accidental                     // it was not meant
	Preventable                    // it could have been prevented
)

// Clusters lists the clusters in the order of the blame.
func Clusters() []Cluster { return []Cluster{Victim, Accidental, Preventable} }

// String returns the word of the configuration.
func (c Cluster) String() string {
	switch c {
	case Victim:
		return "victim"
	case Preventable:
		return "preventable"
	case Accidental:
	}
	return "accidental"
}

// ParseCluster reads the word of the configuration.
func ParseCluster(word string) (Cluster, bool) {
	for _, c := range Clusters() {
		if c.String() == word {
			return c, true
		}
	}
	return Accidental, false
}

// Topic is what the admin says of a topic.
type Topic struct {
	Cluster Cluster
	Hazard  bool   // people may come to harm: UU KIP art. 10 holds for it
	Safety  string // one sentence on how to stay safe; may be empty
}

// cluster returns the cluster of a case, and whether earlier incidents made it
// worse. What the field found stands above what the topic usually is. History
// counts once, however long it is: Coombs knows a crisis history, not its length.
func (c Case) cluster() (cluster Cluster, raised bool) {
	cluster = c.Cluster
	switch c.Finding {
	case incident.False:
		cluster = Victim
	case incident.True, incident.Partly:
		cluster = max(cluster, Accidental)
	case incident.Unchecked:
	}
	if c.Earlier > 0 && cluster < Preventable {
		return cluster + 1, true
	}
	return cluster, false
}
