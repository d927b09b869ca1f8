package main

import (
	"strings"
	"testing"
)

func TestEachLineIsAnsweredWithWhatItMayMean(t *testing.T) {
	const words = "parahhh\nhati2nya\nke-merah2an\nDEBU\"\ns3men\n\nstaff\nsеmеnnn\n"
	const want = "parahhh\tparah\nhati2nya\thati-hatinya|hatinya|hati\nke-merah2an\tkemerah-merahan|kemerah-kemerahan|merahan|merah\nDEBU\"\tdebu-debu\n" +
		"s3men\tsemen\n\t\nstaff\t\nsеmеnnn\tsemen\n"
	var out strings.Builder
	if err := spell(&out, strings.NewReader(words)); err != nil {
		t.Fatal(err)
	}
	if out.String() != want {
		t.Errorf("got\n%s\nwant\n%s", out.String(), want)
	}
}

func TestALineWithoutEndIsRefused(t *testing.T) {
	err := spell(&strings.Builder{}, strings.NewReader(strings.Repeat("a", 1<<17)))
	if err == nil || !strings.Contains(err.Error(), "read words") {
		t.Errorf("got %v", err)
	}
}
