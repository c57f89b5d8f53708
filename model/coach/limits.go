package coach

// Aims are the numbers of DOMAIN.md, "Draft coach". A figure with a vendor's source comes from a company that sells mail
// tools and counted its own customers' mail: it is shown with that source, and is a hint, never a law.
type Aims struct {
	OpenerLeast, OpenerMost         int     // words of a first mail
	FollowUpLeast, FollowUpMost     int     // words of any other
	Questions                       int     // more than one is a hint, more than this a warning
	GradeGood, GradeWarn, GradeRed  float64 // Flesch–Kincaid, US school years
	SubjectLeast, SubjectMost       int     // words
	SubjectCharacters, SentenceMost int     // characters; words
	Exclamations                    int     // marks in subject and text
	OpenerLinks                     int     // links in a first mail
}

// whose is who says an aim: the source of the usual one, or the rep, who set another.
func whose(source string, usual bool) string {
	if usual {
		return source
	}
	return yours
}

// usual are the aims that the sources speak of.
var usual = DefaultAims()

// DefaultAims are those of DOMAIN.md.
func DefaultAims() Aims {
	return Aims{OpenerLeast: 25, OpenerMost: 50, FollowUpLeast: 50, FollowUpMost: 125, Questions: 3, GradeGood: 5, GradeWarn: 8, GradeRed: 10,
		SubjectLeast: 3, SubjectMost: 4, SubjectCharacters: 50, SentenceMost: 25, Exclamations: 1, OpenerLinks: 1}
}

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
	yours     = "your own aim, from the config"
)
