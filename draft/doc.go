// Package draft keeps what may be said in public: made of live facts or of the
// acknowledge-and-act form, changed by people, approved by others, and published
// by none of us.
package draft
