package themes

// Role is what a piece of the screen means. The zero Role is plain text.
type Role uint8

// The roles of the screen. What a palette leaves out inherits from its parent
// (see parents), in the end from Text.
const (
	Text Role = iota
	TextDim
	TextStrong
	// Surface is the ground everything lies on.
	Surface
	// Selection is the row under the cursor.
	Selection
	Border
	Accent
	Hot
	Warm
	Cold
	Overdue
	OK
	Warn
	Error
	// Blank is a merge tag without a value.
	Blank
	// Key is a key named in a hint or in the help.
	Key
	// Quote is text that somebody wrote earlier.
	Quote
	// Mark is the sign of a row chosen for a bulk verb.
	Mark
	roleCount
)

var roleNames = [roleCount]string{
	"text", "text_dim", "text_strong", "surface", "selection", "border", "accent",
	"hot", "warm", "cold", "overdue", "ok", "warn", "error", "blank", "key", "quote", "mark",
}

// parents says where a role looks when its palette does not name it.
var parents = [roleCount]Role{
	TextStrong: Text, TextDim: Text, Selection: Text, Border: TextDim, Accent: TextStrong,
	Hot: Error, Warm: Warn, Cold: Accent, Overdue: Error, OK: Accent, Warn: TextStrong,
	Error: TextStrong, Blank: Warn, Key: TextStrong, Quote: TextDim, Mark: Accent,
}

// String returns the name that palettes use.
func (r Role) String() string {
	if r >= roleCount {
		return "unknown"
	}
	return roleNames[r]
}

// Roles returns every role, in the order of the documentation.
func Roles() []Role {
	all := make([]Role, roleCount)
	for i := range all {
		all[i] = Role(i)
	}
	return all
}

func roleNamed(name string) (Role, bool) {
	for i, n := range roleNames {
		if n == name {
			return Role(i), true
		}
	}
	return 0, false
}
