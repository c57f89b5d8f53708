package store

import (
	"errors"
	"time"

	"stoke/model"
)

// When reads the rep's words for a moment, in the rep's zone: "fri 2pm".
func (s *Store) When(words string) (time.Time, error) {
	at, err := s.o.Rules().Calendar.Parse(words, s.o.Now())
	var worded *model.Error
	if err != nil && !errors.As(err, &worded) {
		err = &model.Error{Code: model.Invalid, Message: err.Error()}
	}
	return at, err
}
