package config

import (
	"fmt"
	"maps"
	"slices"

	"github.com/siaga-id/siaga/bot"
	"github.com/siaga-id/siaga/source"
)

// The words that checks and schemas have in common.

func languages() []string { return []string{"id", "en"} }

// Severities returns the values of severity: in labels: the words of Prometheus
// and then those of people, each three in the order of rules.Severity.
func Severities() []string {
	return []string{"info", "warning", "critical", "pantau", "waspada", "siaga"}
}

func sourceKinds() []string {
	return []string{string(source.News), string(source.Social), string(source.Video), string(source.Forum), string(source.Handed)}
}

func roles() []string {
	var names []string
	for _, r := range bot.Roles() {
		names = append(names, string(r))
	}
	return names
}

// The forms that checks ask for. TestThePatternsOfTheSchemaAreTheChecks keeps
// them together.
const (
	datePattern     = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
	channelPattern  = "^[CDG][A-Z0-9]+$"
	memberPattern   = "^[UW][A-Z0-9]+$"
	variablePattern = "^[A-Za-z_][A-Za-z0-9_]*$"
	sumPattern      = "^[0-9a-f]{64}$"
	languagePattern = "^[A-Za-z0-9]{2,3}(-[A-Za-z0-9]{1,8})*$"
)

func namePattern() string  { return fmt.Sprintf("^[a-z0-9][a-z0-9-]{0,%d}$", maxName-1) }
func setPattern() string   { return fmt.Sprintf("^[a-z0-9][a-z0-9_-]{0,%d}$", maxName-1) }
func alertPattern() string { return fmt.Sprintf("^[A-Za-z][A-Za-z0-9_]{0,%d}$", maxAlert-1) }

func about(text string) schema { return schema{Description: text} }

func (s schema) otherwise(v any) schema { s.Default = v; return s }
func (s schema) named() schema          { s.Pattern = namePattern(); return s }

func (s schema) oneOf(words ...string) schema {
	s.Type, s.Enum = []string{"string"}, words
	return s
}

func (s schema) formed(pattern string) schema {
	s.Type, s.Pattern = []string{"string"}, pattern
	return s
}

func (s schema) from(n int64) schema           { s.Minimum = &n; return s }
func (s schema) upTo(n int64) schema           { s.Maximum = &n; return s }
func (s schema) above(n int64) schema          { s.Above = &n; return s }
func (s schema) keyed(pattern string) schema   { s.PropertyNames = &schema{Pattern: pattern}; return s }
func (s schema) each(item schema) schema       { s.Items = &item; return s }
func (s schema) anyOf(fields ...string) schema { s.AnyOf = needing(fields); return s }

func needing(fields []string) []*schema {
	var out []*schema
	for _, f := range fields {
		out = append(out, &schema{Required: []string{f}})
	}
	return out
}

// forType asks for fields in the sources of one type.
func forType(name string, needed *schema) *schema {
	is := &schema{Properties: map[string]*schema{"type": {Enum: []string{name}}}, Required: []string{"type"}}
	return &schema{If: is, Then: needed}
}

// schema asks for what belongs to a condition, and for nothing else.
func (k condition) schema() *schema {
	asked := &schema{Required: k.needs, Properties: map[string]*schema{}}
	for _, field := range besides() {
		if !slices.Contains(k.needs, field) && !slices.Contains(k.takes, field) {
			asked.Properties[field] = &schema{nothing: true}
		}
	}
	if k.of != nil {
		asked.Properties["of"] = &schema{Enum: words(k.of)}
	}
	return &schema{If: &schema{Required: []string{k.field}}, Then: asked}
}

// whenSchema is about a condition as a whole.
func whenSchema() schema {
	s := schema{Type: []string{"object"}}
	for _, k := range conditions() {
		s.OneOf = append(s.OneOf, &schema{Required: []string{k.field}})
		s.AllOf = append(s.AllOf, k.schema())
	}
	return s
}

// schemaNotes says of every field, by the struct that holds it and its name in
// YAML, what an editor shows beside it and what the checks will ask of it. An
// entry without a point is about the struct as a whole.
func schemaNotes() map[string]schema {
	notes := map[string]schema{}
	for _, part := range []map[string]schema{documentNotes(), sourceNotes(), chatNotes(), dutyNotes(), ruleNotes(), whenNotes(), factNotes()} {
		maps.Copy(notes, part)
	}
	return notes
}

func documentNotes() map[string]schema {
	words := about("Sets of words that queries name with $.").keyed(setPattern())
	groups := about("Rules, in groups.")
	return map[string]schema{
		"document":                     {Title: "Siaga: config.yaml"},
		"document.timezone":            about("For sites and sources that name none, and for the days of facts: Asia/Jakarta (WIB), Asia/Makassar (WITA), Asia/Jayapura (WIT).").otherwise(defaultZone),
		"document.language":            about("What the chats read.").oneOf(languages()...).otherwise(languages()[0]),
		"document.store":               about("The data file. Paths start at the folder of config.yaml.").otherwise(defaultStore),
		"document.contact":             about("An address or URL, shown to the sites that are fetched from."),
		"document.max_alerts_per_week": about("siaga check warns of a rule that would have fired more often in the posts that are kept. 0: never.").from(0).otherwise(defaultMaxAlerts),
		"document.web":                 about("Health, metrics and webhooks."),
		"document.allow_hosts":         about("Addresses of your own servers that feeds may lead to, such as 10.0.0.0/8. All others must be public."),
		"document.heartbeat":           about("An address that is fetched while Siaga is well, so that a service outside notices when it is not."),
		"document.telegram":            about("Where the token of the Telegram bot is, if not in " + telegramEnv + "."),
		"document.slack":               about("Where the tokens of the Slack app are, if not in " + slackBotEnv + " and " + slackAppEnv + "."),
		"document.sites":               about("Your sites, by short names such as rembang.").keyed(namePattern()),
		"document.topics":              about("What incidents are about, by short names such as debu.").keyed(namePattern()),
		"document.sources":             about("Where posts come from."),
		"document.words":               words,
		"document.groups":              groups,
		"document.rule_files":          about("Files of rules, or patterns such as rules.d/*.yaml. Each must find a file."),
		"document.fact_files":          about("Files of facts, or patterns such as facts.d/*.yaml. Each must find a file."),
		"document.drafts":              about("Who speaks in drafts of public statements, and in which forms."),
		"document.admin_receivers":     about("The receivers of the admins: rules in shadow, refused configurations."),
		"document.receivers":           about("Who hears of incidents, and in which chats. While there are none, the terminal hears everything."),
		"document.people":              about("Who may do what in the chats. Everybody in a chat may look."),

		"ruleDocument":        {Title: "Siaga: a file of rules"},
		"ruleDocument.words":  words,
		"ruleDocument.groups": groups,
		"factDocument":        {Title: "Siaga: a file of facts"},
		"factDocument.facts":  about("Approved facts, with their sources."),

		"webEntry.listen":           about("host:port, or off.").otherwise(defaultListen),
		"heartbeatEntry.url_env":    about("The environment variable that holds the address. It never stands here: whoever knows it can feign life.").formed(variablePattern).otherwise(heartbeatEnv),
		"heartbeatEntry.url_file":   about("The file that holds the address."),
		"heartbeatEntry.every":      about("Between two fetches, at least 30s.").otherwise("1m"),
		"draftsEntry.company":       about("The company as drafts name it."),
		"draftsEntry.contact":       about("Where people ask and report, as drafts say it: an address, a number."),
		"draftsEntry.model":         about("A language model that may reword drafts. Off unless it is here; what it adds to the facts is not taken."),
		"modelEntry.url":            about("The address of an OpenAI-compatible endpoint, without /chat/completions."),
		"modelEntry.name":           about("The name of the model."),
		"modelEntry.token_env":      about("The environment variable that holds the token.").formed(variablePattern).otherwise(modelEnv),
		"modelEntry.token_file":     about("The file that holds the token."),
		"draftsEntry.forms":         about("Files of forms such as drafts.d/*.tmpl, each in place of the one that comes with Siaga: holding.formal.tmpl, clarification.plain.tmpl and so on."),
		"telegramEntry.token_env":   about("The environment variable that holds the token.").formed(variablePattern).otherwise(telegramEnv),
		"telegramEntry.token_file":  about("The file that holds the token."),
		"slackEntry.bot_token_env":  about("The environment variable that holds the bot token (xoxb-).").formed(variablePattern).otherwise(slackBotEnv),
		"slackEntry.bot_token_file": about("The file that holds the bot token (xoxb-)."),
		"slackEntry.app_token_env":  about("The environment variable that holds the app token (xapp-).").formed(variablePattern).otherwise(slackAppEnv),
		"slackEntry.app_token_file": about("The file that holds the app token (xapp-)."),
		"siteEntry.name":            about("The site as people say it. Left out: its short name."),
		"siteEntry.places":          about("Names of places that make a post belong to this site. No place belongs to two sites."),
		"siteEntry.timezone":        about("For the times on its cards. Left out: that of the top level."),
		"siteEntry.receivers":       about("Names of those who hear of it. Left out: all."),
		"topicEntry.name":           about("The topic as people say it. Left out: its short name."),
		"topicEntry.under":          about("The branch of the issue map.").named(),
		"topicEntry.cluster":        about("How much of an incident people lay at the door of the company: victim (of a rumour, of somebody else), accidental (it was not meant) or preventable (it could have been prevented).").oneOf(clusters()...).otherwise(clusterWord()),
		"topicEntry.hazard":         about("Whether people may come to harm: the law then asks for seven things to be announced at once, and the card says so."),
		"topicEntry.safety":         about("One sentence on how to stay safe. It stands first in every answer."),
		"alsoEntry.also":            about("Words that are looked for as they are spelled, without forms."),
	}
}

func sourceNotes() map[string]schema {
	secret := schema{AnyOf: needing([]string{"secret_env", "secret_file"})}
	return map[string]schema{
		"sourceEntry": {AllOf: []*schema{
			forType("feed", &schema{Required: []string{"url"}}),
			forType("file", &schema{Required: []string{"path"}}),
			forType("webhook", &secret),
		}},
		"sourceEntry.name":        about("It stands in the ids of posts: a new name is a new source.").named(),
		"sourceEntry.type":        about("feed: RSS, Atom or JSON Feed. file: JSONL or CSV. webhook: posts that others push to /hooks/NAME.").oneOf(source.KnownTypes()...),
		"sourceEntry.url":         about("feed: its address, by http or https."),
		"sourceEntry.path":        about("file: its path, which ends in .jsonl, .ndjson, .csv or .tsv."),
		"sourceEntry.every":       about("Between two looks. Feeds: at least 1m, by default 2m. Files: at least 1s, by default 1s."),
		"sourceEntry.kind":        about("What its posts are. Left out: news for a feed, else social.").oneOf(sourceKinds()...),
		"sourceEntry.outlet":      about("The outlet as people know it. Left out: the host of a feed."),
		"sourceEntry.tier":        about("1 national, 2 regional, 3 local. Left out: unknown.").from(1).upTo(3),
		"sourceEntry.site":        about("Where posts belong that name no place."),
		"sourceEntry.lang":        about("The language of its posts, such as id, jv or en.").formed(languagePattern),
		"sourceEntry.timezone":    about("For dates that name no zone. Left out: that of the top level."),
		"sourceEntry.secret_env":  about("webhook: the environment variable that holds the shared secret.").formed(variablePattern),
		"sourceEntry.secret_file": about("webhook: the file that holds the shared secret."),
	}
}

func chatNotes() map[string]schema {
	return map[string]schema{
		"receiverEntry":          schema{}.anyOf("telegram", "slack", "terminal"),
		"receiverEntry.name":     about("Sites name their receivers by it.").named(),
		"receiverEntry.telegram": about("A group in Telegram."),
		"receiverEntry.slack":    about("A channel in Slack."),
		"receiverEntry.terminal": about("true: also the terminal in which siaga runs."),
		"telegramChat.chat":      about("The id of the group, a negative number such as -1001234567890."),
		"telegramChat.thread":    about("The id of a topic in the group. Left out: the group itself.").from(0),
		"slackChannel.channel":   about("The id of the channel, such as C0123456. It stands at the end of the channel's details.").formed(channelPattern),
		"personEntry.name":       about("The name that cards show."),
		"personEntry.telegram":   about("The numeric id of the person in Telegram.").from(1),
		"personEntry.slack":      about("The member id of the person in Slack, such as U0123456.").formed(memberPattern),
		"personEntry.roles":      about("What the person may do. Left out: look.").each(schema{}.oneOf(roles()...)),
		"personEntry.sites":      about("The sites that the person looks after. Left out: all."),
	}
}

func ruleNotes() map[string]schema {
	return map[string]schema{
		"groupEntry.name":           about("The name of the group."),
		"groupEntry.rules":          about("The rules of the group."),
		"ruleEntry.alert":           about("The name of the rule, once over all files.").formed(alertPattern()),
		"ruleEntry.query":           about(`Which posts it is about: words, "phrases", $sets, AND OR NOT, NEAR/5, prefix*, #tag, site:rembang. docs/query.md explains it.`),
		"ruleEntry.status":          about("shadow: only the admins hear of it, until two of them activate it in the chat.").oneOf("active", statusShadow),
		"ruleEntry.colloquial":      about("Its words also take the vowels of colloquial speech: dapat, dapet. That finds names too."),
		"ruleEntry.by":              about("[site]: every site is counted, and alerts, for itself. Left out: all together. [source], with silent: alone: every source.").each(schema{}.oneOf("site", "source")),
		"ruleEntry.when":            about("The condition: so many (posts, stories, voices), many more than before (ratio), than usual (spike), none (silent), a new place (new), more sites (spread). Left out: each new story alerts."),
		"ruleEntry.for":             about("How long the condition must hold before the alert."),
		"ruleEntry.keep_firing_for": about("How long the alert goes on after the condition has ended."),
		"ruleEntry.labels":          about("What the alert is about, and how loud it is."),
		"ruleEntry.annotations":     about("What the card says."),
		"ruleEntry.examples":        about("Texts that the query must match, and must not. They are tried at every load."),
		"labelsEntry.topic":         about("A topic of config.yaml."),
		"labelsEntry.severity":      about("info (pantau): no card. warning (waspada): a card. critical (siaga): a card with sound.").oneOf(Severities()...),
		"labelsEntry.kind":          about("grievance: a complaint, which is acknowledged and never denied.").oneOf("grievance", ""),
		"annotationsEntry.summary":  about("One sentence with {{ .Voices }}, {{ .Stories }}, {{ .Posts }}, {{ .Site }}, {{ .Topic }} or {{ .Within }}."),
		"examplesEntry.match":       about("Texts that the query must match."),
		"examplesEntry.no_match":    about("Texts that the query must not match."),
	}
}

func whenNotes() map[string]schema {
	return map[string]schema{
		"whenEntry":         whenSchema(),
		"whenEntry.posts":   about("At least so many posts within: a window.").from(1),
		"whenEntry.stories": about("At least so many stories within: a window. Copies of one text count once.").from(1),
		"whenEntry.voices":  about("At least so many voices within: a window: different authors or outlets.").from(1),
		"whenEntry.within":  about("The window in which they are counted, at most 1d. Of spike: 15m, 1h or 3h, the default. Of spread: at most 14d."),
		"whenEntry.ratio":   about("So many times as many, within: a window, as in the time before it, against:. More than 1.").above(1),
		"whenEntry.against": about("ratio: how long a time before the window it is compared with; longer than the window, at most 28d."),
		"whenEntry.spike":   about("Unusually many for this hour, by the history of this very rule. " + spikeLevelsMean + ".").oneOf(spikeLevels()...),
		"whenEntry.floor":   about("ratio and spike: with fewer than this the rule keeps silent, as one post after none is an infinite rise. Of spike by default 5.").from(minFloor),
		"whenEntry.of":      about("What ratio and spike count: voices (the default), stories or posts. A voice counts once an hour. Of spread: posts (the default): the theme of the rule at so many sites; stories: one and the same story.").oneOf(words(units())...),
		"whenEntry.silent":  about("Nothing for so long, at hours at which there usually is something. Between 15m and 7d. It is told to the admins."),
		"whenEntry.new":     about("place: the first post in 30 days that names this place of a site.").oneOf("place"),
		"whenEntry.spread":  about("Posts of so many sites, such as 2 sites, within: a window.").from(minSpread),
	}
}

func factNotes() map[string]schema {
	return map[string]schema{
		"factEntry":               {Required: []string{"id", "text", "source", "tier", "proves_not", "topics", "valid_until", "owner", "approver"}},
		"factEntry.id":            about("The id of the fact, once over all files, such as FAKTA-003."),
		"factEntry.text":          about("The approved sentence."),
		"factEntry.number":        about("The figure in the sentence, as it stands there."),
		"factEntry.unit":          about("The unit of the figure."),
		"factEntry.date":          about("The day of the figure, such as 2026-11-03.").formed(datePattern),
		"factEntry.source":        about("Who says so, and where it can be read."),
		"factEntry.tier":          about("1 regulator or court, 2 independent expert, 3 company measurement.").from(1).upTo(3),
		"factEntry.independent":   about("Whether the source is independent of the company."),
		"factEntry.proves_not":    about("What the fact does not prove."),
		"factEntry.topics":        about("The topics that it may answer."),
		"factEntry.sites":         about("Where it may answer. Left out: everywhere."),
		"factEntry.valid_until":   about("The last day on which it may be used, such as 2027-06-30.").formed(datePattern),
		"factEntry.owner":         about("Who answers for the fact."),
		"factEntry.approver":      about("Who approved it: somebody else than the owner."),
		"factEntry.superseded_by": about("The id of the fact that replaces it. It may not be used from then on."),
		"factSourceEntry":         {Required: []string{"name", "url"}},
		"factSourceEntry.name":    about("The document."),
		"factSourceEntry.url":     about("Its address."),
		"factSourceEntry.sha256":  about("The SHA-256 of the document: 64 hex digits in lower case, as sha256sum prints them.").formed(sumPattern),
	}
}
