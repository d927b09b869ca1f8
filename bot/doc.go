// Package bot speaks and listens in the chat rooms: terminal, Telegram, Slack.
//
// Three transports (packages terminal, telegram, slack) share one command
// table and one card model, and know nothing of incidents but what stands here:
//
//	NewLang(code string) (*Lang, error)                // "id" or "en"
//	(*Lang) Layout(m notifier.Message) []Block         // a card or a ping, to be drawn
//	(*Lang) Buttons(c notifier.Card) [][]Button        // what can be pressed under it
//	(*Lang) Next(c notifier.Card) string               // the same as commands to type
//	(*Lang) Update(c notifier.Card) string             // one line: only counts have changed
//	(*Lang) More(n int) string                         // "+2 lagi", for dropped blocks
//	(*Lang) Menu() []MenuItem                          // for setMyCommands
//	(*Lang) Say(key string) string                     // a sentence of one transport: "telegram.private"
//	NewTalk(c TalkConfig) *Talk
//	(*Talk) Hear(ctx, Saying) (Answer, error)          // a line of text
//	(*Talk) Press(ctx, Press) (Answer, error)          // a tap on a button
//	ParseData(s string) (Data, error), Data.String()   // what a button carries
//
//	letters/<incident>   the names of its stories and posts, A and A2, as chats were shown them
//
// What a transport has to do before it calls Hear or Press:
//   - It drops bots, people of another Slack team and guests. Telegram's
//     service accounts and anonymous group admins are known by their ids here.
//   - It writes a mention of the bot at the start of a text as "@siaga", and
//     drops commands that are addressed to another bot ("/ambil@other").
//   - When the error is not nil, the store failed and nothing was marked as
//     read: it shows Answer.Text and hears the same update again later.
//   - When Answer.Text is empty there is nothing to say.
package bot
