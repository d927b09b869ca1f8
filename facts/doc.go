// Package facts holds approved facts with their sources, those of the files and
// those that were proposed and accepted in the chats, and says which may answer
// what and where each was used, or that we should listen and act instead.
package facts
