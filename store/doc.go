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
//	  seen@day    <hash of id>                       hash of the text, story, place of the text; kept by week, copied
//	                                                 to this week whenever the id turns up again
//	  post@day    <stamp>/<hash of id>               the post, on the day and at the time of its fetch
//	  story@day   u/<hash>, t/<hash>/<site>, r/<hash> the post that has an address, its very words, reposts something
//	              v/<hash of story>                  the voice of the outlets that print the story
//	  member@day  <hash of story>/<key of post>      nothing: the post is in the story that another one names
//	  health      <source>                           seen last, blind since, error
//	  key         voices                             the key with which authors are hashed
//
//	rules
//	  hit@day     <rule>/<site>/<minute>             the matches published in five minutes, 32 bytes each
//	  count@day   <rule>/<site>                      how many matches there were in every five minutes: posts,
//	                                                 stories, voices
//	  pace        <rule>, <rule>/<site>              since when it is counted, the posts of each source, a number that
//	                                                 changes with counts and holds
//	  held        <rule>/<site>/<stamp>              until when the series stays out of its own baseline
//	  place       <rule>/<place>                     when a post of the rule named the place last
//	  series      <rule>/<site>                      pending or firing, and since when; how large it was when
//	                                                 people were last called
//	  quote       <rule>/<site>                      posts that the first card would show
//	  activation  <rule>                             fingerprint of a rule in shadow, who asked for its
//	                                                 activation, who agreed, and when
//
//	incident
//	  incident    <id>                               the incident
//	  cell        <topic>/<site>                     id of the incident that is, or was last, there;
//	              bayangan~<rule>/<site>             the same for a rule in shadow
//	  timeline    <id>/<rev>                         at, who, chat, verb, old and new Rev, text;
//	                                                 only ever appended to
//	              <id>/<stateRev>/<verb>/<who>       the same for what was refused
//	  sequence    incident                           counter: the last id given out
//
//	facts
//	  proposed    <n>                                a fact that somebody asks for, by whom, when; never changed
//	  verdict     <n>                                what was decided about it, by whom, when, why; id of the fact
//	                                                 that it became; never changed
//	  proposals   last                               counter: the last number given to a proposal
//	  watched     <fact>                             the fact as it was last in force, which reminders are over,
//	                                                 whether it is known to be dead
//	  used        <fact>/<id>/<n>/<hash of where>    a draft that rests on a fact, or where it was published;
//	                                                 only ever appended to
//
//	draft
//	  draft       <id>/<n>                           what may be said: its text, the facts it is made of, who wrote it,
//	                                                 who approved which hash, where it was published, why it ended
//	  reading     <id>/<n>/<person>                  the hash of the text that the person saw last
//
//	evidence
//	  veto        <topic>/<site>/<fact>              a fact that was said not to answer the cell: who, when
//
//	promise
//	  promise     open/<id>/<n>, kept/<id>/<n>       what was promised, by whom and until when: owed; kept, with proof
//
//	notifier
//	  card        <dest>/<id>                        what the chat shows and what it should:
//	                                                 WantRev SentRev SentHash At State Nonce Since Maybe ...
//	  wanted      <dest>/<id>                        the cards that have to be sent or edited, since when
//	  shown       <dest>/<message>                   id of the incident that a message is about
//	  ping        <dest>/<due>/<kind>/<id>/<n>       an event to be told once; n is the revision; dest is
//	                                                 also the chat that a person has alone with the bot
//	  digest      <dest>                             up to when a chat has had its digests
//	  storm       <dest>                             when the latest incidents came, how many storms there were
//	  gathered    <dest>/<storm>/<id>                the incidents on a storm card, since when
//	  stray       <dest>/<message>                   a message that is no card any more, and does not say so yet
//	  moved       <dest>                             the address of today of a chat that has a new one
//	  reach       <dest>, <transport>                why a chat cannot be reached, or heard, and since when
//	  outage      <dest>, <transport>                what was said about that, and to whom
//	  calls       <chat>                             when it was called in the last minute
//	  silence     on/<id>, off/<id>                  what was muted, by whom, why and until when; in force, over
//	  silences    last                               counter: the last number given to a silence
//
//	health
//	  alarm       <trouble>                          what is wrong with Siaga itself, and since when
//	  growth      store                              how fast the data file grew in a day
//	  proof       store                              when the store last took something for its own sake
//
//	bot
//	  inbox       telegram                           offset of the next update
//	              slack/<trigger or event id>        seen, kept for an hour
//	  letters     <id>                               the names of its stories and posts, A and A2, as they were shown
//	  rating      <id>/<person>                      what they think of the alert: rule, said, at; kept 14 days
//	  refused     <month>/<what>                     counter: how often it was asked for, and refused on principle
//	  shift       @<site>                            who handed the watch over to whom last, and when
//	  link        <transport>:<user>                 whose account it is beside people, which admin said so, when
//	  code        <code>                             the account that it was given to, and when; kept 10 minutes
//	  proposal    <user>                             the mute that the person was asked to confirm last
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
