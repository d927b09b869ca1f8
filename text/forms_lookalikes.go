package text

func lookalikes() []member { return nil }

// among returns the member with those of its roots that are known.
func (m member) among(known map[string]bool) member {
	var roots []string
	for _, r := range m.roots {
		if known[r] {
			roots = append(roots, r)
		}
	}
	return member{m.text, roots}
}
