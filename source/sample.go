package source

import (
	"path/filepath"
	"strings"
)

// Texts returns title and text of the records that stand at the beginning of
// a JSONL or CSV file, for trying rules on. Name tells by its end which of the
// two it is. Records that cannot be read are left out, such as the last one of
// a file that was cut off.
func Texts(name string, data []byte) []string {
	read := readJSONL
	if ext := strings.ToLower(filepath.Ext(name)); ext == ".csv" || ext == ".tsv" {
		read = readCSV
	}
	rows, err := read(toUTF8(data, ""))
	if err != nil {
		return nil
	}
	var texts []string
	for _, r := range rows {
		if t := compose(r.record["title"], r.record["text"]); r.err == nil && t != "" {
			texts = append(texts, t)
		}
	}
	return texts
}
