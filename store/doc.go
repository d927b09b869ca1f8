// Package store keeps things on ordered, transactional shelves and knows no noun.
//
// Every shelf belongs to one room, which declares it as a typed constant; no
// other room reads or writes it. All of them, key and value:
//
//	store
//	  meta        schema                             {schema}: how far the migrations came
//
//	source
//	  cursor      <source>                           where the next poll of a source begins
//	  seen@day    <stamp>                            []byte: the hashed ids of one batch, packed
//	  post@day    <stamp>/<post id>                  the post as fetched, by time of fetch
//	  story@day   <stamp>/<post id>                  a story, named by its first post
//
//	rules
//	  hit@day     <minute>/<rule>/<series>           counter: matches
//	  series      <rule>/<series>                    what is usual for a series
//
//	incident
//	  incident    <id>                               Topic Site Severity State Rev StateRev Owner
//	                                                 AckAt SnoozeUntil Mute Grievance Verified Rung
//	                                                 NextAt Counts First Last Facts
//	  cell        <topic>/<site>                     id of the one incident there that is not resolved
//	  timeline    <id>/<seq>                         at, who, chat, verb, old and new Rev, text;
//	                                                 only ever appended to
//
//	notifier
//	  card        <dest>/<id>                        WantRev SentRev SentHash MsgID Thread State Nonce
//	                                                 Since Maybe Resent Attempts LastErr
//	  ping        <due>/<dest>/<kind>/<id>/<n>       (dest, kind, id, n) is queued once, ever
//	  timer       <due>/<id>/<kind>                  ladder, repeat, snooze, ack timeout, digest;
//	                                                 rebuilt at boot
//
//	bot
//	  inbox       telegram                           offset of the next update
//	              slack/<envelope or trigger id>     seen, kept for an hour
//
// Keys are words joined by "/" (Path). Numbers in them (<id>, <seq>, <n>) are
// written by Num, times (<stamp>, <due>) by Stamp and Minute, so that a scan
// meets them in their order. What comes first in a key is what it is looked up
// by; what grows with the posts has its time first, since a batch then touches
// neighbouring pages, and is a Daily or a DailyCounter, since retention then
// drops a whole shelf (BenchmarkBatch has the numbers). A word that comes from
// outside, and so may hold a "/", goes last.
//
// Values are JSON objects that begin with {"v":1, unless they have a binary
// form of their own, are []byte, or are counters: 8 bytes, big endian.
//
// Inside a transaction use the Tx and never the DB, which may wait for that
// very transaction. A Tx is for one goroutine, until its function returns.
package store
