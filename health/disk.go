package health

import (
	"fmt"
	"os"
	"path/filepath"
)

// Measure returns the space around the data file at path. On systems that do
// not say how much is free, only the size of the file is known.
func Measure(path string) (Disk, error) {
	info, err := os.Stat(path)
	if err != nil {
		return Disk{}, fmt.Errorf("measure the data file: %w", err)
	}
	d, err := space(filepath.Dir(path))
	if err != nil {
		return Disk{}, fmt.Errorf("measure the disk of the data file: %w", err)
	}
	d.Store = info.Size()
	return d, nil
}
