package text

import "strings"

// Nearest returns the name in among that a person most likely meant by word:
// the one with the fewest slips (a letter wrong, missing, too many, or two
// swapped; upper and lower case alike), if these are at most about a third of
// its letters. Of equals the first wins.
func Nearest(word string, among []string) (string, bool) {
	typed := []rune(strings.ToLower(word))
	best, name := (len(typed)+1)/3+1, ""
	for _, other := range among {
		if d := slips(typed, []rune(strings.ToLower(other))); d < best {
			best, name = d, other
		}
	}
	return name, name != ""
}

// slips is the Damerau-Levenshtein distance in its restricted form: no part is
// changed twice.
func slips(a, b []rune) int {
	var before []int // the row before last, for swapped letters
	last := make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := range a {
		row := make([]int, len(b)+1)
		row[0] = i + 1
		for j := range b {
			change := last[j]
			if a[i] != b[j] {
				change++
			}
			row[j+1] = min(change, last[j+1]+1, row[j]+1)
			if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] {
				row[j+1] = min(row[j+1], before[j-1]+1)
			}
		}
		before, last = last, row
	}
	return last[len(b)]
}
