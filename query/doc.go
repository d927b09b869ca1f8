// Package query reads what an admin asks for, and finds which of many such
// queries a post matches, and why.
//
// Compile makes a Query of an expression. An Index is made of many of them: it
// looks once for what several ask for, and asks of a post only those that may
// match it. Index.Explain says what is missing, and a Linter what is hardly
// meant. It knows nothing of rules, counts nothing and keeps nothing but how
// rare words are.
package query
