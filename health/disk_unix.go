//go:build linux || darwin

package health

import "syscall"

// space asks the file system of a folder.
func space(dir string) (Disk, error) {
	var st syscall.Statfs_t
	if err := syscall.Statfs(dir, &st); err != nil {
		return Disk{}, err
	}
	block := int64(st.Bsize)                                                          //nolint:unconvert // it is narrower on some systems
	return Disk{Free: int64(st.Bavail) * block, Total: int64(st.Blocks) * block}, nil //nolint:gosec // no file system has 2^63 bytes
}
