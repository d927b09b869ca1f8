package forms

import "iter"

// A formList is a list of different words in one piece of memory.
type formList struct {
	text  []byte
	ends  []int
	table []int32 // open addressing: 1 + a word's place in ends
}

// newFormList returns a list with room for what a usual root needs.
func newFormList() *formList {
	return &formList{make([]byte, 0, 1<<12), make([]int, 0, 256), make([]int32, 1024)}
}

// add appends a word made of three parts, unless the list has it.
func (l *formList) add(a []byte, b, c string) {
	start := len(l.text)
	l.text = append(append(append(l.text, a...), b...), c...)
	if 2*len(l.ends) >= len(l.table) {
		l.grow()
	}
	i := l.find(l.text[start:])
	if l.table[i] != 0 {
		l.text = l.text[:start]
		return
	}
	l.ends = append(l.ends, len(l.text))
	l.table[i] = int32(len(l.ends))
}

func (l *formList) find(word []byte) int {
	mask := len(l.table) - 1
	i := int(hashOf(word)>>32) & mask
	for l.table[i] != 0 && string(l.at(int(l.table[i]-1))) != string(word) {
		i = (i + 1) & mask
	}
	return i
}

func (l *formList) grow() {
	l.table = make([]int32, 2*len(l.table))
	for n := range l.ends {
		l.table[l.find(l.at(n))] = int32(n + 1)
	}
}

// at returns word n, which begins where the one before it ends.
func (l *formList) at(n int) []byte {
	if n == 0 {
		return l.text[:l.ends[0]]
	}
	return l.text[l.ends[n-1]:l.ends[n]]
}

// strings returns the words in the order in which they were added.
func (l *formList) strings() iter.Seq[string] {
	return func(yield func(string) bool) {
		text, start := string(l.text), 0
		for _, end := range l.ends {
			if !yield(text[start:end]) {
				return
			}
			start = end
		}
	}
}

// without returns the words of l that are not in other.
func (l *formList) without(other *formList) *formList {
	kept := newFormList()
	for n := range l.ends {
		if word := l.at(n); other.table[other.find(word)] == 0 {
			kept.add(word, "", "")
		}
	}
	return kept
}
