package coach

// The numbers of DOMAIN.md, "Draft coach". A figure with a vendor's source comes from a company that sells mail tools
// and counted its own customers' mail: it is shown with that source, and is a hint, never a law.
const (
	openerLeast, openerMost     = 25, 50
	followUpLeast, followUpMost = 50, 125
	questionsMost               = 3
	gradeGood                   = 5.0
	gradeWarn                   = 8.0
	gradeRed                    = 10.0
	subjectLeast, subjectMost   = 3, 4
	subjectCells                = 50
	sentenceMost                = 25
	exclamationsMost            = 1
	openerLinksMost             = 1
)

// Bounds of what is looked at. A mail of this size is no mail; whatever is beyond is counted and not judged.
const (
	// Window is how many bytes of the body are judged.
	Window = 6 << 10
	// counted is how many bytes of the body its words are counted in.
	counted = 256 << 10
	// remembered is how many bytes of what was written last are read.
	remembered = 4 << 10
	// gradeWords is how many words a reading grade needs to mean anything.
	gradeWords = 10
)

// Who says so. Vendors are named as such.
const (
	lavender  = "a vendor's figure: Lavender, sales mail of its users"
	boomerang = "a vendor's figure: Boomerang, 40 million mails of its users, 2016"
	kincaid   = "Flesch–Kincaid (1975), US school years; the aim is a vendor's figure: Lavender"
	govuk     = "the limit of GOV.UK's style guide, 2014"
	canSpam   = "a false Re: deceives, and US law (CAN-SPAM) forbids deceptive subjects"
	house     = "stoke's own rule"
	gate      = "a mail with a blank is never sent"
)
