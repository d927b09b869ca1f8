package config

// The files as admins write them. docs/config.md explains every field.

type document struct {
	Timezone   at[string]          `yaml:"timezone"`
	Language   at[string]          `yaml:"language"`
	Store      at[string]          `yaml:"store"`
	Contact    at[string]          `yaml:"contact"`
	MaxAlerts  at[int]             `yaml:"max_alerts_per_week"`
	Web        webEntry            `yaml:"web"`
	AllowHosts []at[string]        `yaml:"allow_hosts"`
	Heartbeat  at[heartbeatEntry]  `yaml:"heartbeat"`
	Telegram   telegramEntry       `yaml:"telegram"`
	Slack      slackEntry          `yaml:"slack"`
	Sites      table[siteEntry]    `yaml:"sites"`
	Topics     table[topicEntry]   `yaml:"topics"`
	Sources    []at[sourceEntry]   `yaml:"sources"`
	Words      table[wordList]     `yaml:"words"`
	Groups     []groupEntry        `yaml:"groups"`
	RuleFiles  []at[string]        `yaml:"rule_files"`
	FactFiles  []at[string]        `yaml:"fact_files"`
	Receivers  []at[receiverEntry] `yaml:"receivers"`
	Admins     []at[string]        `yaml:"admin_receivers"`
	People     []at[personEntry]   `yaml:"people"`
	Duty       table[dutyEntry]    `yaml:"duty"`
	Escalation escalationEntry     `yaml:"escalation"`
	Quiet      table[quietEntry]   `yaml:"quiet_hours"`
	Digest     at[digestEntry]     `yaml:"digest"`
	Drafts     draftsEntry         `yaml:"drafts"`
}

type ruleDocument struct {
	Words  table[wordList] `yaml:"words"`
	Groups []groupEntry    `yaml:"groups"`
}

type factDocument struct {
	Facts []at[factEntry] `yaml:"facts"`
}

type webEntry struct {
	Listen at[string] `yaml:"listen"`
}

type heartbeatEntry struct {
	URLEnv  at[string]   `yaml:"url_env"`
	URLFile at[string]   `yaml:"url_file"`
	Every   at[duration] `yaml:"every"`
}

type telegramEntry struct {
	TokenEnv  at[string] `yaml:"token_env"`
	TokenFile at[string] `yaml:"token_file"`
}

type slackEntry struct {
	BotTokenEnv  at[string] `yaml:"bot_token_env"`
	BotTokenFile at[string] `yaml:"bot_token_file"`
	AppTokenEnv  at[string] `yaml:"app_token_env"`
	AppTokenFile at[string] `yaml:"app_token_file"`
}

type siteEntry struct {
	Name      at[string]   `yaml:"name"`
	Places    []at[string] `yaml:"places"`
	Timezone  at[string]   `yaml:"timezone"`
	Receivers []at[string] `yaml:"receivers"`
	Quiet     []at[string] `yaml:"quiet"`
}

type topicEntry struct {
	Name    at[string] `yaml:"name"`
	Under   at[string] `yaml:"under"`
	Cluster at[string] `yaml:"cluster"`
	Hazard  bool       `yaml:"hazard"`
	Safety  at[string] `yaml:"safety"`
}

type sourceEntry struct {
	Name       at[string]   `yaml:"name,required"`
	Type       at[string]   `yaml:"type,required"`
	URL        at[string]   `yaml:"url"`
	Path       at[string]   `yaml:"path"`
	Every      at[duration] `yaml:"every"`
	Kind       at[string]   `yaml:"kind"`
	Outlet     at[string]   `yaml:"outlet"`
	Tier       at[int]      `yaml:"tier"`
	Site       at[string]   `yaml:"site"`
	Lang       at[string]   `yaml:"lang"`
	Timezone   at[string]   `yaml:"timezone"`
	SecretEnv  at[string]   `yaml:"secret_env"`
	SecretFile at[string]   `yaml:"secret_file"`
}

type receiverEntry struct {
	Name     at[string]       `yaml:"name,required"`
	Telegram at[telegramChat] `yaml:"telegram"`
	Slack    at[slackChannel] `yaml:"slack"`
	Terminal bool             `yaml:"terminal"`
}

type telegramChat struct {
	Chat   at[int64] `yaml:"chat,required"`
	Thread at[int]   `yaml:"thread"`
}

type slackChannel struct {
	Channel at[string] `yaml:"channel,required"`
}

type personEntry struct {
	Name     at[string]   `yaml:"name,required"`
	Telegram at[int64]    `yaml:"telegram"`
	Slack    at[string]   `yaml:"slack"`
	Roles    []at[string] `yaml:"roles"`
	Sites    []at[string] `yaml:"sites"`
}

type groupEntry struct {
	Name  at[string]      `yaml:"name,required"`
	Rules []at[ruleEntry] `yaml:"rules"`
}

type ruleEntry struct {
	Alert         at[string]       `yaml:"alert,required"`
	Status        at[string]       `yaml:"status"`
	Query         at[string]       `yaml:"query,required"`
	By            []at[string]     `yaml:"by"`
	When          at[whenEntry]    `yaml:"when"`
	For           at[duration]     `yaml:"for"`
	KeepFiringFor at[duration]     `yaml:"keep_firing_for"`
	Colloquial    bool             `yaml:"colloquial"`
	Labels        labelsEntry      `yaml:"labels,required"`
	Annotations   annotationsEntry `yaml:"annotations"`
	Examples      examplesEntry    `yaml:"examples"`
}

// whenEntry is one condition; conditions says which fields make one.
type whenEntry struct {
	Posts   at[int]       `yaml:"posts"`
	Stories at[int]       `yaml:"stories"`
	Voices  at[int]       `yaml:"voices"`
	Within  at[duration]  `yaml:"within"`
	Ratio   at[float64]   `yaml:"ratio"`
	Against at[duration]  `yaml:"against"`
	Spike   at[string]    `yaml:"spike"`
	Floor   at[int]       `yaml:"floor"`
	Of      at[string]    `yaml:"of"`
	Silent  at[duration]  `yaml:"silent"`
	New     at[string]    `yaml:"new"`
	Spread  at[siteCount] `yaml:"spread"`
}

type labelsEntry struct {
	Topic    at[string] `yaml:"topic,required"`
	Severity at[string] `yaml:"severity,required"`
	Kind     at[string] `yaml:"kind"`
}

type annotationsEntry struct {
	Summary string `yaml:"summary"`
}

type examplesEntry struct {
	Match   []string `yaml:"match"`
	NoMatch []string `yaml:"no_match"`
}

// factEntry has no required fields: package facts says what is missing, and why.
type factEntry struct {
	ID           at[string]      `yaml:"id"`
	Text         string          `yaml:"text"`
	Number       string          `yaml:"number"`
	Unit         string          `yaml:"unit"`
	Date         at[string]      `yaml:"date"`
	Source       factSourceEntry `yaml:"source"`
	Tier         int             `yaml:"tier"`
	Independent  bool            `yaml:"independent"`
	ProvesNot    string          `yaml:"proves_not"`
	Topics       []at[string]    `yaml:"topics"`
	Sites        []at[string]    `yaml:"sites"`
	ValidUntil   at[string]      `yaml:"valid_until"`
	Owner        string          `yaml:"owner"`
	Approver     string          `yaml:"approver"`
	SupersededBy string          `yaml:"superseded_by"`
}

type factSourceEntry struct {
	Name   string     `yaml:"name"`
	URL    string     `yaml:"url"`
	SHA256 at[string] `yaml:"sha256"`
}
