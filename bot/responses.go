package bot

import (
	"strconv"
	"strings"

	"github.com/siaga-id/siaga/strategy"
)

// The words for kinds of answer, and for why they are locked or wait.

func (l *Lang) responses(all []strategy.Response) string {
	names := make([]string, len(all))
	for i, r := range all {
		names[i] = l.response(r)
	}
	return strings.Join(names, ", ")
}

func (l *Lang) response(r strategy.Response) string {
	return l.say(map[strategy.Response]phrase{
		strategy.Instruct: responseInstruct, strategy.Adjust: responseAdjust, strategy.Deny: responseDeny,
		strategy.Diminish: responseDiminish, strategy.Rebuild: responseRebuild, strategy.Bolster: responseBolster,
	}[r])
}

func (l *Lang) lock(w strategy.Why) string {
	return l.say(map[strategy.Why]phrase{
		strategy.NotChecked: lockNotChecked, strategy.ClaimTrue: lockClaimTrue, strategy.ClaimPartly: lockClaimPartly,
		strategy.ClaimFalse: lockClaimFalse, strategy.NoBlame: lockNoBlame, strategy.CouldPrevent: lockCouldPrevent,
		strategy.NoStrongFact: lockNoStrongFact, strategy.NoFact: lockNoFact, strategy.NothingBeside: lockNothingBeside,
	}[w])
}

func (l *Lang) waits(w strategy.Wait) string {
	key := map[strategy.Why]phrase{strategy.FewVoices: waitFew, strategy.Fading: waitFading}[w.Why]
	return l.say(key, "n", strconv.Itoa(w.Voices), "least", strconv.Itoa(w.Least))
}

func (l *Lang) cluster(c strategy.Cluster) string {
	return l.say(map[strategy.Cluster]phrase{
		strategy.Victim: clusterVictim, strategy.Accidental: clusterAccidental, strategy.Preventable: clusterPreventable,
	}[c])
}

func (l *Lang) announced() []string {
	var lines []string
	for _, d := range strategy.Duties() {
		text := l.say(map[strategy.Duty]phrase{
			strategy.DutyHazard: announceHazard, strategy.DutyPeople: announcePeople, strategy.DutyAct: announceAct, strategy.DutyAvoid: announceAvoid,
			strategy.DutyHelp: announceHelp, strategy.DutySpeaker: announceSpeaker, strategy.DutyDone: announceDone,
		}[d])
		lines = append(lines, l.say(counselPoint, "text", text))
	}
	return lines
}
