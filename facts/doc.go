// Package facts holds approved facts with their sources, those of the files and
// those that were proposed and accepted in the chats, and says which of them
// live, what they speak of and where each was used, and whom to ask for more.
package facts
