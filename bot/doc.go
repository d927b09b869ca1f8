// Package bot speaks and listens in the chat rooms: terminal, Telegram, Slack.
//
// Three transports (packages terminal, telegram, slack) share one command
// table and one card model, and know nothing of incidents but what stands here:
//
//	NewLang(code string) (*Lang, error)                // "id" or "en"
//	(*Lang) Layout(m notifier.Message) []Block         // a card or a ping, to be drawn
//	(*Lang) Buttons(c notifier.Card) [][]Button        // what can be pressed under it
//	(*Lang) Aside(c notifier.Card) []Button            // what is seldom pressed, to be folded away
//	(*Lang) Replies(m notifier.Message) []Button       // what can be pressed under a ping
//	(*Lang) Next(c notifier.Card) string               // the buttons as commands to type
//	(*Lang) Replied(to, line string) (string, bool)    // the command that a reply to a question stands for
//	(*Lang) Update(c notifier.Card) string             // one line: only counts have changed
//	(*Lang) More(n int) string                         // "+2 lagi", for dropped blocks
//	(*Lang) Menu() []MenuItem                          // for setMyCommands
//	(*Lang) Say(key string) string                     // a sentence of one transport: "telegram.private"
//	NewTalk(c TalkConfig) *Talk
//	(*Talk) Hear(ctx, Saying) (Answer, error)          // a line of text
//	(*Talk) Press(ctx, Press) (Answer, error)          // a tap on a button
//	ParseData(s string) (Data, error), Data.String()   // what a button carries
//
//	letters/<incident>           the names of its stories and posts, A and A2, as chats were shown them
//	rating/<incident>/<person>   what they think of the alert: a proposal, no change
//	shift/@<site>                who handed the watch over to whom last
//	link/<account>               whose account it is, beside what the configuration says
//	code/<code>                  the account that waits to be linked
//	proposal/<user>              the mute that a person was asked to confirm last
//
// What a transport has to do before it calls Hear or Press:
//   - It drops bots, people of another Slack team and guests. Telegram's
//     service accounts and anonymous group admins are known by their ids here.
//   - It writes a mention of the bot at the start of a text as "@siaga", and
//     drops commands that are addressed to another bot ("/ambil@other").
//   - When the error is not nil, the store failed and nothing was marked as
//     read: it shows Answer.Text and hears the same update again later.
//   - When Answer.Text is empty there is nothing to say, unless there is a Form.
//   - A chat that can show a Form says so with Press.Form, and sends what was
//     filled in as a Press. Where a person answers an Answer with Reply by a
//     reply to it, it hears what Lang.Replied makes of that.
package bot
