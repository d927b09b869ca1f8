package bot

import (
	"context"
	"slices"
	"strings"

	"github.com/siaga-id/siaga/incident"
	"github.com/siaga-id/siaga/text"
)

// verb is one row of the command table: what can be said, by whom, and what
// runs. Buttons go through the same rows.
type verb struct {
	names   [2]string // Indonesian, English; both are always understood
	also    []string  // other names, shown nowhere
	items   bool      // it may be about one draft of an incident: 42.2
	role    Role      // at least; ownership is for package incident to decide
	does    incident.Verb
	about   about
	form    phrase // how it is written in full
	example phrase
	help    phrase
	// anywhere is for what may be said in a chat that is not configured.
	anywhere bool
	run      func(t *turn, ctx context.Context, rest string) (Answer, error)
}

// about says whether a verb needs an incident.
type about int

const (
	noIncident about = iota
	maybeIncident
	anIncident
)

// verbs is the command table, in the order in which help shows it.
func verbs() []verb {
	return []verb{
		{
			names: [2]string{"isu", "issues"}, also: []string{"issue"}, role: Viewer, about: maybeIncident,
			form: formIssues, example: exampleIssues, help: helpIssues, run: (*turn).issues,
		},
		{
			names: [2]string{"ambil", "ack"}, role: Responder, does: incident.Ack, about: anIncident,
			form: formAck, example: exampleAck, help: helpAck, run: (*turn).simply,
		},
		{
			names: [2]string{"lepas", "release"}, role: Responder, does: incident.Release, about: anIncident,
			form: formRelease, example: exampleRelease, help: helpRelease, run: (*turn).simply,
		},
		{
			names: [2]string{"selesai", "resolve"}, role: Responder, does: incident.Resolve, about: anIncident,
			form: formResolve, example: exampleResolve, help: helpResolve, run: (*turn).resolve,
		},
		{
			names: [2]string{"buka", "reopen"}, role: Responder, does: incident.Reopen, about: anIncident,
			form: formReopen, example: exampleReopen, help: helpReopen, run: (*turn).simply,
		},
		{
			names: [2]string{"tunda", "snooze"}, role: Responder, does: incident.Snooze, about: anIncident,
			form: formSnooze, example: exampleSnooze, help: helpSnooze, run: (*turn).snooze,
		},
		{
			names: [2]string{"bangunkan", "wake"}, role: Responder, does: incident.Wake, about: anIncident,
			form: formWake, example: exampleWake, help: helpWake, run: (*turn).simply,
		},
		{
			names: [2]string{"eskalasi", "escalate"}, role: Responder, does: incident.Escalate, about: anIncident,
			form: formEscalate, example: exampleEscalate, help: helpEscalate, run: (*turn).escalate,
		},
		{
			names: [2]string{"masih", "still"}, role: Responder, does: incident.Confirm, about: anIncident,
			form: formStill, example: exampleStill, help: helpStill, run: (*turn).simply,
		},
		{
			names: [2]string{"nilai", "rate"}, role: Responder, about: anIncident,
			form: formRate, example: exampleRate, help: helpRate, run: (*turn).rate,
		},
		{
			names: [2]string{"catat", "note"}, role: Responder, does: incident.Note, about: anIncident,
			form: formNote, example: exampleNote, help: helpNote, run: (*turn).note,
		},
		{
			names: [2]string{"tingkat", "severity"}, role: Lead, does: incident.SetLevel, about: anIncident,
			form: formLevel, example: exampleLevel, help: helpLevel, run: (*turn).level,
		},
		{
			names: [2]string{"keluhan", "grievance"}, role: Responder, does: incident.Grieve, about: anIncident,
			form: formFlag, example: exampleFlag, help: helpFlag, run: (*turn).flag,
		},
		{
			names: [2]string{"verifikasi", "verify"}, role: Responder, does: incident.Verify, about: anIncident,
			form: formVerify, example: exampleVerify, help: helpVerify, run: (*turn).verify,
		},
		{
			names: [2]string{"draf", "draft"}, role: Viewer, does: incident.Drafted, about: anIncident, items: true,
			form: formDraft, example: exampleDraft, help: helpDraft, run: (*turn).draft,
		},
		{
			names: [2]string{"ubah", "edit"}, role: Responder, does: incident.Edited, about: anIncident, items: true,
			form: formEdit, example: exampleEdit, help: helpEdit, run: (*turn).edit,
		},
		{
			names: [2]string{"setujui", "approve"}, role: Approver, does: incident.Approved, about: anIncident, items: true,
			form: formApprove, example: exampleApprove, help: helpApprove, run: (*turn).approve,
		},
		{
			names: [2]string{"tolak", "reject"}, role: Approver, does: incident.Rejected, about: anIncident, items: true,
			form: formReject, example: exampleReject, help: helpReject, run: (*turn).reject,
		},
		{
			names: [2]string{"tayang", "published"}, role: Responder, does: incident.Published, about: anIncident, items: true,
			form: formPublished, example: examplePublished, help: helpPublished, run: (*turn).published,
		},
		{
			names: [2]string{"tidak-cocok", "unfit"}, role: Responder, does: incident.Unfit, about: anIncident,
			form: formUnfit, example: exampleUnfit, help: helpUnfit, run: (*turn).unfit,
		},
		{
			names: [2]string{"fakta", "facts"}, also: []string{"fact"}, role: Viewer, about: maybeIncident,
			form: formFacts, example: exampleFacts, help: helpFacts, run: (*turn).facts,
		},
		{
			names: [2]string{"fakta-usul", "facts-propose"}, also: []string{"facts-usul", "fakta-propose"}, role: Responder,
			form: formFactPropose, example: exampleFactPropose, help: helpFactPropose, run: (*turn).proposeFact,
		},
		{
			names: [2]string{"fakta-terima", "facts-accept"}, also: []string{"facts-terima", "fakta-accept"}, role: Approver,
			form: formFactAccept, example: exampleFactAccept, help: helpFactAccept, run: (*turn).acceptFact,
		},
		{
			names: [2]string{"fakta-tolak", "facts-reject"}, also: []string{"facts-tolak", "fakta-reject"}, role: Approver,
			form: formFactReject, example: exampleFactReject, help: helpFactReject, run: (*turn).rejectFact,
		},
		{
			names: [2]string{"janji", "promises"}, also: []string{"promise"}, role: Viewer, does: incident.Promised, about: maybeIncident,
			form: formPromises, example: examplePromise, help: helpPromises, run: (*turn).promises,
		},
		{
			names: [2]string{"janji-tepati", "promises-keep"}, also: []string{"tepati", "promise-keep"}, role: Responder, does: incident.Kept,
			form: formKeep, example: exampleKeep, help: helpKeep, run: (*turn).keepPromise,
		},
		{
			names: [2]string{"janji-ubah", "promises-move"}, also: []string{"promise-move"}, role: Responder, does: incident.Moved,
			form: formMove, example: exampleMove, help: helpMove, run: (*turn).movePromise,
		},
		{
			names: [2]string{"bisukan", "mute"}, role: Lead,
			form: formMute, example: exampleMute, help: helpMute, run: (*turn).mute,
		},
		{
			names: [2]string{"bisukan-daftar", "mutes"}, also: []string{"mute-list"}, role: Viewer,
			form: formMutes, example: exampleMutes, help: helpMutes, run: (*turn).mutes,
		},
		{
			names: [2]string{"bunyikan", "unmute"}, role: Lead,
			form: formUnmute, example: exampleUnmute, help: helpUnmute, run: (*turn).unmute,
		},
		{
			names: [2]string{"jejak", "timeline"}, role: Viewer, about: anIncident,
			form: formTimeline, example: exampleTimeline, help: helpTimeline, run: (*turn).timeline,
		},
		{
			names: [2]string{"kenapa-tidak", "why-not"}, role: Viewer,
			form: formWhyNot, example: exampleWhyNot, help: helpWhyNot, run: (*turn).whyNot,
		},
		{
			names: [2]string{"aktifkan", "activate"}, role: Admin,
			form: formActivate, example: exampleActivate, help: helpActivate, run: (*turn).activate,
		},
		{
			names: [2]string{"tidurkan", "shadow"}, role: Admin,
			form: formSuspend, example: exampleSuspend, help: helpSuspend, run: (*turn).suspend,
		},
		{
			names: [2]string{"kenapa", "why"}, role: Viewer, about: anIncident,
			form: formWhy, example: exampleWhy, help: helpWhy, run: (*turn).why,
		},
		{
			names: [2]string{"pisah", "split"}, role: Responder, does: incident.Split, about: anIncident,
			form: formSplit, example: exampleSplit, help: helpSplit, run: (*turn).split,
		},
		{
			names: [2]string{"gabung", "join"}, role: Responder, does: incident.Join, about: anIncident,
			form: formJoin, example: exampleJoin, help: helpJoin, run: (*turn).join,
		},
		{
			names: [2]string{"uji", "test"}, role: Admin,
			form: formTry, example: exampleTry, help: helpTry, run: (*turn).try,
		},
		{
			names: [2]string{"muatulang", "reload"}, role: Admin,
			form: formReload, example: exampleReload, help: helpReload, run: (*turn).reload,
		},
		{
			names: [2]string{"ringkasan", "digest"}, role: Viewer,
			form: formDigest, example: exampleDigest, help: helpDigest, run: (*turn).digest,
		},
		{
			names: [2]string{"status", "status"}, role: Viewer,
			form: formStatus, example: exampleStatus, help: helpStatus, run: (*turn).status,
		},
		{
			names: [2]string{"piket", "oncall"}, role: Viewer,
			form: formOncall, example: exampleOncall, help: helpOncall, run: (*turn).oncall,
		},
		{
			names: [2]string{"serah", "handover"}, also: []string{"piket-serah", "oncall-handover", "piket-handover"}, role: Lead,
			form: formHandover, example: exampleHandover, help: helpHandover, run: (*turn).handover,
		},
		{
			names: [2]string{"tautkan", "link"}, role: Viewer, anywhere: true,
			form: formLink, example: exampleLink, help: helpLink, run: (*turn).link,
		},
		{
			names: [2]string{"bantuan", "help"}, also: []string{"", "start"}, role: Viewer, anywhere: true,
			form: formHelp, example: exampleHelp, help: helpHelp, run: (*turn).help,
		},
	}
}

// find returns the verb that has the name, in either language.
func find(name string) (verb, bool) {
	for _, v := range verbs() {
		if slices.Contains(v.names[:], name) || slices.Contains(v.also, name) {
			return v, true
		}
	}
	return verb{}, false
}

// doing returns the verb that does one of the changes which people can ask for.
func doing(does incident.Verb) verb {
	all := verbs()
	return all[slices.IndexFunc(all, func(v verb) bool { return v.does == does })]
}

// nearest returns the verb whose name is most like a mistyped one.
func nearest(name string) (verb, string, bool) {
	var names []string
	for _, v := range verbs() {
		names = append(names, v.names[:]...)
	}
	name, ok := text.Nearest(name, names)
	v, _ := find(name)
	return v, name, ok
}

// MenuItem is one command as a messenger's menu shows it.
type MenuItem struct {
	Name string // without the slash, [a-z0-9_]
	Text string // what it does, below 60 characters
}

// Menu returns the commands for a messenger's menu.
func (l *Lang) Menu() []MenuItem {
	var items []MenuItem
	for _, v := range verbs() {
		items = append(items, MenuItem{Name: strings.ReplaceAll(l.pick(v.names), "-", "_"), Text: upper(l.say(v.help))})
	}
	return items
}
