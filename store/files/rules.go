package files

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"

	"stoke/model/coach"
)

// Rules is a fingerprint of everything that decides when a contact is due: numbers, sequences and the calendar.
func (s Set) Rules() string {
	c := s.Config
	rules := c.Rules
	rules.Coach = coach.Aims{} // which moves nobody
	return fingerprint(rules, s.Sequences.List(), c.Zone.String(), c.Country, c.Hours, c.Free, c.Away)
}

// Heat is a fingerprint of the numbers that heat is made of.
func (s Set) Heat() string {
	r := s.Config.Rules
	return fingerprint(r.HalfLife, r.Points, r.AskPoints, r.Cooling)
}

func fingerprint(parts ...any) string {
	hash := sha256.New()
	if err := json.NewEncoder(hash).Encode(parts); err != nil {
		return err.Error() // these are plain values: it cannot fail
	}
	return hex.EncodeToString(hash.Sum(nil)[:8])
}
