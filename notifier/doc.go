// Package notifier decides who hears what and when, and keeps each message
// until it is delivered.
//
// A card is wanted state: "this chat should show ISU-42 at revision 8". A ping
// is an event: one reply under the card, for one reason. Both are written in
// the transaction of the change they tell of, and sent after its commit by one
// worker per chat. A note is an event too, for the chats of the admins, and
// about no incident. What rules in shadow say stays in these chats.
//
// Clock brings what time does, from what is stored: no timer is kept (ADR 11).
// Ladder calls people for what nobody has taken, in their groups and alone; what
// quiet hours held back leaves as one message when they end. The shelves:
//
//	card/<dest>/<id>                     Delivery: what the chat shows, and what it should
//	wanted/<dest>/<id>                   Want: the cards that have to be sent or edited
//	shown/<dest>/<message>               Shown: which incident a message in a chat is about
//	digest/<dest>                        Digested: up to when a chat has had its digests
//	ping/<dest>/<due>/<kind>/<id>/<n>    Ping: kind is the reason, n the revision; of a note
//	                                     id is 0 and n a hash; of the end of a silence its number
//	card/<dest>/storm/<n>                Delivery: the card of a storm, the n-th of its chat;
//	                                     likewise in wanted
//	storm/<dest>                         Storm: when the latest incidents came
//	gathered/<dest>/<n>/<id>             Gathered: what stands on a storm card
//	stray/<dest>/<message>               Stray: a message that is to lose its buttons
//	moved/<dest>                         Moved: the address of today of a chat that has a new one
//	reach/<dest>, reach/<transport>      Reach: why a chat cannot be reached, or nobody listened to
//	outage/<subject>                     Outage: what was said about that, and to whom
//	calls/<chat>                         Calls: those of the last minute, which its limits count;
//	                                     the topics of a group are one chat
//	silence/on/<id>, silence/off/<id>    Silence: in force, over
//	silences/last                        counter: the last number given to a silence
package notifier
