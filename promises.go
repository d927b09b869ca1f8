package main

import (
	"cmp"
	"time"

	"github.com/siaga-id/siaga/promise"
)

// connectPromises makes the way from an incident to what was promised for it.
func (a *app) connectPromises() {
	a.ledger = &promise.Ledger{
		DB: a.db, Act: a.desk.Act, Refresh: a.outbox.Refresh,
		Zone: func(site string) *time.Location {
			_, _, zone := a.name("", site)
			return cmp.Or(zone, time.UTC)
		},
	}
}
