// Package evidence finds the approved facts that answer what people write, says
// what they share with it, and is silent where none is near enough.
//
// How near a fact is to a text is a sum of three numbers between 0 and 1:
//
//	words  BM25 of the roots of words, divided by the idf of all that was asked
//	parts  cosine of the tf-idf weights of runs of 3 and 4 letters in words
//	pairs  the share of the text's neighbouring words that are neighbours in the fact
//
// The sum is raised by how far the fact leads the next one that says something
// else, and multiplied by the root of how many words the text has: of a long
// post a fact can answer only a part, and a share of it would tell too little. Nothing is kept: an Index is made of the facts at every reload.
package evidence
