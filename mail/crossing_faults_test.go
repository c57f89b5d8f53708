package mail

import "stoke/mail/mailtest"

// turningPoints are before and after each transaction of a send.
func turningPoints() (all []string) {
	for _, method := range []string{"Recover", "Claim", "Freeze", "Commit", "Settle", "Receive", "Looked", "Copied"} {
		all = append(all, "before "+method, "after "+method)
	}
	return all
}

// dotFaults is all that can go wrong from the last octets of a mail to its copy in Sent, and what goes wrong before.
func dotFaults() map[string]struct {
	fault mailtest.Fault
	imap  bool
} {
	type at = struct {
		fault mailtest.Fault
		imap  bool
	}
	open := make(chan struct{})
	close(open)
	all := map[string]at{
		"no fault":                {mailtest.Late(mailtest.AfterDot, open), false},
		"451 before anything":     {mailtest.Reply(mailtest.Greeting, "451 4.3.2 Later"), false},
		"the log-in is refused":   {mailtest.AuthRefused(), false},
		"421 at MAIL":             {mailtest.Reply(mailtest.Mail, "421 4.3.2 Bye"), false},
		"550 at RCPT":             {mailtest.Reply(mailtest.Rcpt, "550 5.1.1 No such user"), false},
		"DATA's answer twice":     {mailtest.Repeat(mailtest.Data), false},
		"DATA's answer cut":       {mailtest.Cut(mailtest.Data, 2), false},
		"RST in the body":         {mailtest.DropRST(mailtest.Body), false},
		"silence in the body":     {mailtest.Silent(mailtest.Body), false},
		"FIN, not taken":          {mailtest.DropFIN(mailtest.AfterDot), false},
		"RST, not taken":          {mailtest.DropRST(mailtest.AfterDot), false},
		"silence, not taken":      {mailtest.Silent(mailtest.AfterDot), false},
		"421 at the dot":          {mailtest.Reply(mailtest.AfterDot, "421 4.3.0 Bye"), false},
		"451 at the dot":          {mailtest.Reply(mailtest.AfterDot, "451 4.3.0 Later"), false},
		"554 at the dot":          {mailtest.Reply(mailtest.AfterDot, "554 5.7.1 No"), false},
		"FIN, taken":              {mailtest.AcceptThenFIN(), false},
		"RST, taken":              {mailtest.AcceptThenRST(), false},
		"silence, taken":          {mailtest.AcceptThenSilent(), false},
		"nonsense, taken":         {mailtest.AcceptThenReply("hello?"), false},
		"an answer without end":   {mailtest.AcceptThenReply("250-2.0.0 And"), false},
		"a blank line before 250": {mailtest.BlankLine(mailtest.AfterDot), false},
		"250 is cut":              {mailtest.Cut(mailtest.AfterDot, 2), false},
		"250 comes twice":         {mailtest.Repeat(mailtest.AfterDot), false},
		"cut at QUIT":             {mailtest.Cut(mailtest.Quit, 1), false},
		"RST at QUIT":             {mailtest.DropRST(mailtest.Quit), false},
		"silence at QUIT":         {mailtest.Silent(mailtest.Quit), false},
		"the copy is refused":     {mailtest.AppendRefused(), true},
		"no folder for the copy":  {mailtest.AppendTryCreate(), true},
		"silence at the copy":     {mailtest.Silent(mailtest.Append), true},
		"RST at the copy":         {mailtest.DropRST(mailtest.Append), true},
		"the copy's answer cut":   {mailtest.Cut(mailtest.Append, 3), true},
		"the copy's answer twice": {mailtest.Repeat(mailtest.Append), true},
		"IMAP goes, first thing":  {mailtest.DropRST(mailtest.Greeting), true},
		"IMAP goes in a FETCH":    {mailtest.CutInFetch(20), true},
	}
	for name, a := range all {
		a.fault = a.fault.Times(1)
		all[name] = a
	}
	return all
}
