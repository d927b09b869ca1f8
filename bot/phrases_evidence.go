package bot

// Facts that answer what people write, and those that do not.
const (
	buttonFacts phrase = "button.facts"
	buttonUnfit phrase = "button.unfit"

	factsDraft  phrase = "facts.draft"
	cardChecked phrase = "card.checked"

	factCell   phrase = "fact.cell"
	factNone   phrase = "fact.none"
	factAsk    phrase = "fact.ask"
	factUnsure phrase = "fact.unsure"
	factList   phrase = "fact.list"

	factsHead   phrase = "facts.head"
	factsGated  phrase = "facts.gated"
	factsShadow phrase = "facts.shadow"
	factsBlank  phrase = "facts.blank"
	factsMet    phrase = "facts.met"
	factsLimit  phrase = "facts.limit"
	factsHeld   phrase = "facts.held"

	heldThin   phrase = "held.thin"
	heldSite   phrase = "held.site"
	heldNumber phrase = "held.number"
	heldVetoed phrase = "held.vetoed"
	heldFar    phrase = "held.far"

	formUnfit    phrase = "form.unfit"
	exampleUnfit phrase = "example.unfit"
	helpUnfit    phrase = "help.unfit"
	askUnfit     phrase = "ask.unfit"
	askFits      phrase = "ask.fits"
	doneUnfit    phrase = "done.unfit"
	doneFits     phrase = "done.fits"
	alreadyUnfit phrase = "already.unfit"
	alreadyFits  phrase = "already.fits"

	trailFits phrase = "trail.fits"
)
