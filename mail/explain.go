package mail

import (
	"time"

	"stoke/mail/mime"
	"stoke/model/signal"
)

// Explain tells what a mail is, from its bytes.
func Explain(raw []byte) (signal.Verdict, error) {
	parsed, err := mime.Parse(raw, time.Time{})
	if err != nil {
		return signal.Verdict{}, err
	}
	return signal.Classify(parsed.Mail), nil
}
