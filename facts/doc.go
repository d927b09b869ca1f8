// Package facts holds approved facts with their sources, and says which may
// answer what, or that we should listen and act instead.
package facts
