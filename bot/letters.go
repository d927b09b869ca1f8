package bot

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/siaga-id/siaga/incident"
	"github.com/siaga-id/siaga/store"
)

const letterBooks store.Shelf[letters] = "letters"

// letters is how the stories of one incident and their posts are called in
// chats: the first story that was shown is A, its second post A2. A name that
// was shown is given to nothing else: between the list and the command that
// it leads to new posts arrive, and somebody splits another story.
type letters struct {
	Stories []lettered `json:"stories"` // A, B, ...
}

// lettered is one story and the posts that were ever shown in it: 1, 2, ...
type lettered struct {
	Story string   `json:"story"`
	Posts []string `json:"posts"`
}

const (
	// maxLetters is what one or two letters can name, and maxNumber what we
	// care to number; a book that is full begins anew.
	maxLetters = 26 + 26*26
	maxNumber  = 999
)

func readLetters(tx store.Tx, id incident.ID) (letters, error) {
	l, _, err := letterBooks.Get(tx, store.Key(store.Num(uint64(id))))
	if err != nil {
		return letters{}, fmt.Errorf("read letters of %v: %w", id, err)
	}
	return l, nil
}

func (l *letters) keep(tx store.Tx, id incident.ID) error {
	if err := letterBooks.Put(tx, store.Key(store.Num(uint64(id))), *l); err != nil {
		return fmt.Errorf("keep letters of %v: %w", id, err)
	}
	return nil
}

// name returns the name of a post in its story, a new one where it has none.
func (l *letters) name(x incident.Excerpt) ref {
	i := l.find(x.Story)
	if i < 0 {
		if len(l.Stories) == maxLetters {
			*l = letters{}
		}
		l.Stories = append(l.Stories, lettered{Story: x.Story})
		i = len(l.Stories) - 1
	}
	s := &l.Stories[i]
	k := slices.Index(s.Posts, x.Post)
	if k < 0 {
		if len(s.Posts) == maxNumber {
			s.Posts = nil
		}
		s.Posts = append(s.Posts, x.Post)
		k = len(s.Posts) - 1
	}
	return ref{story: i, number: k + 1}
}

// find returns the place of a story, or -1.
func (l *letters) find(story string) int {
	return slices.IndexFunc(l.Stories, func(s lettered) bool { return s.Story == story })
}

// story returns the story that a letter was given to, or "".
func (l *letters) story(r ref) string {
	if r.story >= len(l.Stories) {
		return ""
	}
	return l.Stories[r.story].Story
}

// post returns the post that a name was given to, or "".
func (l *letters) post(r ref) string {
	if r.number == 0 || l.story(r) == "" || r.number > len(l.Stories[r.story].Posts) {
		return ""
	}
	return l.Stories[r.story].Posts[r.number-1]
}

// ref is a name: A, or A2.
type ref struct {
	story  int // from 0
	number int // from 1; 0: the story as a whole
}

func (r ref) String() string {
	const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	name := alphabet[r.story%26:][:1]
	if r.story >= 26 {
		name = alphabet[r.story/26-1:][:1] + name
	}
	if r.number > 0 {
		name += strconv.Itoa(r.number)
	}
	return name
}

func (r ref) compare(other ref) int {
	return cmp.Or(cmp.Compare(r.story, other.story), cmp.Compare(r.number, other.number))
}

// parseRefs reads names that are separated by spaces or commas: "A B", "A2",
// "a2, a4-a6". A range stays within one story.
func parseRefs(s string) (refs []ref, ok bool) {
	for _, word := range strings.FieldsFunc(s, func(r rune) bool { return r == ' ' || r == ',' || r == '\n' }) {
		from, to, isRange := strings.Cut(word, "-")
		first, ok := parseRef(from)
		last := first
		if isRange && ok {
			last, ok = parseRef(to)
		}
		if !ok || last.story != first.story || last.number < first.number || isRange && first.number == 0 {
			return nil, false
		}
		for n := first.number; n <= last.number; n++ {
			refs = append(refs, ref{first.story, n})
		}
		if len(refs) > maxNumber {
			return nil, false
		}
	}
	return refs, true
}

func parseRef(word string) (r ref, ok bool) {
	word = strings.ToUpper(word)
	end := 0
	for end < len(word) && 'A' <= word[end] && word[end] <= 'Z' {
		end++
	}
	switch end {
	case 1:
		r.story = int(word[0] - 'A')
	case 2:
		r.story = 26*int(word[0]-'A'+1) + int(word[1]-'A')
	default:
		return ref{}, false
	}
	if end == len(word) {
		return r, true
	}
	n, err := strconv.ParseUint(word[end:], 10, 16)
	if err != nil || n == 0 || n > maxNumber {
		return ref{}, false
	}
	r.number = int(n)
	return r, true
}

// sayRefs writes names as short as they can be read: "A2, A4-A6".
func sayRefs(refs []ref) string {
	refs = slices.Clone(refs)
	slices.SortFunc(refs, ref.compare)
	var words []string
	for i := 0; i < len(refs); {
		end := i
		for refs[i].number > 0 && end+1 < len(refs) && refs[end+1] == (ref{refs[end].story, refs[end].number + 1}) {
			end++
		}
		word := refs[i].String()
		if end > i {
			word += "-" + refs[end].String()
		}
		words = append(words, word)
		i = end + 1
	}
	return strings.Join(words, ", ")
}
