package keys

// ID is the stable name of an action, the one a config may bind a key to.
type ID string

// Context is where a key means something; several may be joined.
type Context uint16

// The places where keys mean something.
const (
	// Queue to People are the views 1 to 7 with the cursor in the list; the
	// outbox is not among them.
	Queue Context = 1 << iota
	Waiting
	Snoozed
	Nurture
	Retired
	People
	// Sort is the list of people whom nobody has decided on.
	Sort
	// Thread is the contact with its conversation.
	Thread
	// Text is the draft: printable keys are text and nothing else.
	Text
	// Outbox is the list of mail that has not left.
	Outbox
	// Asked says that the contact's row proposes to move on, and ByItself that
	// a mail to the contact goes without a key. They add hints, never keys.
	Asked
	ByItself
	// List is any list of people that are sorted.
	List = Queue | Waiting | Snoozed | Nurture | Retired | People
	// Everywhere is any place without a modal on top.
	Everywhere = List | Sort | Thread | Text | Outbox
)

// Section groups actions in the help and in the hint bar.
type Section string

// The sections, in the order of the help.
const (
	Move    Section = "Move"
	Act     Section = "Follow up"
	Later   Section = "Put away"
	Sorting Section = "People to sort"
	Look    Section = "Look"
	Writing Section = "In the draft"
	Owed    Section = "Outbox"
	Program Section = "Program"
)

// Sections returns the sections in the order of the help.
func Sections() []Section { return []Section{Act, Later, Sorting, Move, Look, Writing, Owed, Program} }

// Binding is one action: its keys (the first is the one shown), further keys,
// the word of the hint bar, the sentence of the help, where it holds.
type Binding struct {
	ID      ID
	Keys    []string
	Also    []string
	Hint    string
	Help    string
	Section Section
	In      Context
	// Shows is where the hint bar has the key; zero means wherever it holds.
	Shows Context
	// Rank says how early the hint leaves a bar that is too narrow: 0 never,
	// then the highest first. No hint word, no place in the bar.
	Rank int
}

// All returns every key of the binding, the shown ones first.
func (b Binding) All() []string {
	all := make([]string, 0, len(b.Keys)+len(b.Also))
	return append(append(all, b.Keys...), b.Also...)
}

// Shown is the key the help and the hints name.
func (b Binding) Shown() string {
	if len(b.Keys) == 0 {
		return ""
	}
	return b.Keys[0]
}
