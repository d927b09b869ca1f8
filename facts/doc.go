// Package facts holds approved facts with their sources, and says which of them
// live and what they speak of, and whom to ask for more.
package facts
