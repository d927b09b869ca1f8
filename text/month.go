package text

// Month returns 1 to 12 for the name of a month, in lower case, as people write
// it in Indonesian or English, short or in full; 0: it is none.
func Month(word string) int {
	switch word {
	case "jan", "januari", "january":
		return 1
	case "feb", "peb", "februari", "pebruari", "february":
		return 2
	case "mar", "maret", "march":
		return 3
	case "apr", "april":
		return 4
	case "mei", "may":
		return 5
	case "jun", "juni", "june":
		return 6
	case "jul", "juli", "july":
		return 7
	case "agu", "agt", "ags", "agst", "agust", "agustus", "aug", "august":
		return 8
	case "sep", "sept", "september":
		return 9
	case "okt", "oktober", "oct", "october":
		return 10
	case "nov", "nop", "november", "nopember":
		return 11
	case "des", "desember", "dec", "december":
		return 12
	}
	return 0
}
