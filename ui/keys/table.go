package keys

// The actions. An ID never changes once released: configs name it.
const (
	Down       ID = "down"
	Up         ID = "up"
	Top        ID = "top"
	Bottom     ID = "bottom"
	HalfDown   ID = "half-down"
	HalfUp     ID = "half-up"
	NextGroup  ID = "next-group"
	PrevGroup  ID = "previous-group"
	NextPane   ID = "next-pane"
	PrevPane   ID = "previous-pane"
	ScrollDown ID = "scroll-down"
	ScrollUp   ID = "scroll-up"
	Open       ID = "open"
	Back       ID = "back"
	Fold       ID = "fold"

	ViewQueue   ID = "view-queue"
	ViewWaiting ID = "view-waiting"
	ViewSnoozed ID = "view-snoozed"
	ViewNurture ID = "view-nurture"
	ViewRetired ID = "view-retired"
	ViewOutbox  ID = "view-outbox"
	ViewPeople  ID = "view-people"

	Reply    ID = "reply"
	ReplyAll ID = "reply-all"
	New      ID = "new"
	Template ID = "template"
	Send     ID = "send"
	Done     ID = "done"
	Log      ID = "log"

	Snooze      ID = "snooze"
	SnoozeAgain ID = "snooze-again"
	Promise     ID = "promise"
	Follow      ID = "follow-up"
	Retire      ID = "retire"
	Revive      ID = "revive"
	Warmer      ID = "warmer"
	Colder      ID = "colder"
	MoveOn      ID = "move-on"
	OnceMore    ID = "once-more"
	Hold        ID = "hold"

	SortKeep   ID = "sort-keep"
	SortNotNow ID = "sort-not-now"
	SortNever  ID = "sort-never"

	Why      ID = "why"
	Find     ID = "find"
	FindNext ID = "find-next"
	FindPrev ID = "find-previous"
	Filters  ID = "filters"
	Company  ID = "company"
	Going    ID = "going-today"
	Preview  ID = "preview"
	Side     ID = "preview-side"
	Copy     ID = "copy"
	CopyText ID = "copy-text"

	Remember  ID = "remember"
	Undo      ID = "undo"
	History   ID = "history"
	Mark      ID = "mark"
	MarkRange ID = "mark-range"
	Palette   ID = "palette"
	Help      ID = "help"
	Sync      ID = "sync"
	Suspend   ID = "suspend"
	Quit      ID = "quit"
	Leave     ID = "leave"
	// TextHelp is Help where ? is text.
	TextHelp ID = "text-help"

	NextBlank    ID = "next-blank"
	PrevField    ID = "previous-field"
	TextTemplate ID = "text-template"
	External     ID = "external-editor"
	Leaving      ID = "what-leaves"
	TextUndo     ID = "text-undo"
	TextRedo     ID = "text-redo"
	Discard      ID = "discard"
	Coach        ID = "coach"
	Attach       ID = "attach"
	Quote        ID = "quote"
	TextMark     ID = "select"
	TextAll      ID = "select-all"
	TextCopy     ID = "copy-selected"
	TextCut      ID = "cut"
	TextPaste    ID = "paste"
	Keep         ID = "keep"

	Retry   ID = "retry"
	Resolve ID = "resolve"
)

// Default returns the keys as they are delivered. Never the only key of an
// action: [ ] { } (AltGr layouts). Never bound: ctrl+h, i, j, m and [ (a plain
// terminal cannot tell them from backspace, tab, enter and escape).
func Default() Table {
	const lists = List | Sort | Outbox
	const contact = List | Sort | Thread // whatever the contact is
	const sorted = List | Thread
	const live = Queue | Waiting | Snoozed | Nurture | People | Thread
	return newTable([]Binding{
		{ID: Open, Keys: []string{"enter"}, Also: []string{"o"}, Hint: "open", Help: "Open the contact", Section: Move, In: lists, Rank: 8},
		{ID: Reply, Keys: []string{"r"}, Hint: "draft", Help: "Put the cursor into the draft", Section: Act, In: contact, Rank: 1, Shows: live | Sort},
		{ID: ReplyAll, Keys: []string{"a"}, Help: "Reply to everybody who got the mail", Section: Act, In: contact},
		{ID: New, Keys: []string{"c"}, Also: []string{"m"}, Help: "Write a new message, outside the thread", Section: Act, In: contact},
		{ID: Template, Keys: []string{"t"}, Hint: "template", Help: "Choose another template for the draft", Section: Act, In: contact, Rank: 8, Shows: Queue | Thread},
		{ID: Send, Keys: []string{"ctrl+s"}, Also: []string{"ctrl+enter", "alt+enter"}, Hint: "send", Help: "Send: it waits in the outbox while you can undo, and you are with the next contact", Section: Act, In: contact | Text, Rank: 2, Shows: Queue | Waiting | Nurture | Thread | Text},
		{ID: Done, Keys: []string{"e"}, Hint: "done", Help: "Handled without mail: the next touch is set", Section: Act, In: sorted, Rank: 4, Shows: Queue | Thread},
		{ID: Log, Keys: []string{"l"}, Hint: "log", Help: "Log a call, a meeting, a text or a note", Section: Act, In: contact, Rank: 9, Shows: Queue | Waiting | Nurture | Thread},

		{ID: Snooze, Keys: []string{"s"}, Also: []string{"h", "b"}, Hint: "snooze", Help: "Hide the contact until a date; their mail wakes them early", Section: Later, In: contact, Rank: 3, Shows: live | Sort},
		{ID: SnoozeAgain, Keys: []string{"S"}, Help: "Snooze for the same time as the last one", Section: Later, In: contact},
		{ID: Promise, Keys: []string{"i"}, Hint: "promise", Help: "Promise a date: the contact comes up on that day, whatever comes in meanwhile", Section: Later, In: contact, Rank: 10, Shows: Queue | Waiting | Nurture | Thread},
		{ID: Follow, Keys: []string{"f"}, Hint: "follow up", Help: "Follow-up: enrol in a sequence, move to another, or stop", Section: Later, In: contact, Rank: 10, Shows: live | Sort},
		{ID: Retire, Keys: []string{"d"}, Also: []string{"#", "delete"}, Hint: "retire", Help: "Retire the contact with a reason", Section: Later, In: sorted, Rank: 4, Shows: live},
		{ID: Revive, Keys: []string{"D"}, Help: "Bring a retired contact back, or wake a snoozed one", Section: Later, In: sorted, Hint: "bring back", Shows: Retired | Snoozed, Rank: 1},
		{ID: SortKeep, Keys: []string{"e"}, Also: []string{"D"}, Hint: "keep", Help: "Keep: the contact gets the next touch that the row proposes", Section: Sorting, In: Sort, Rank: 1},
		{ID: SortNotNow, Keys: []string{"n"}, Hint: "not now", Help: "Not now: into nurture, with a first touch in a quarter", Section: Sorting, In: Sort, Rank: 1},
		{ID: SortNever, Keys: []string{"d"}, Also: []string{"#", "delete"}, Hint: "never", Help: "Never: retire somebody nobody has decided on; d again says not a fit", Section: Sorting, In: Sort, Rank: 2},
		{ID: MoveOn, Keys: []string{"M"}, Hint: "move on", Help: "Move on, as the row proposes: retire with the reason it names", Section: Later, In: sorted, Shows: Asked, Rank: 2},
		{ID: OnceMore, Keys: []string{"O"}, Hint: "once more", Help: "Once more, where the row proposes to move on: one more touch today", Section: Later, In: sorted, Shows: Asked, Rank: 2},
		{ID: Hold, Keys: []string{"H"}, Hint: "hold", Help: "Hold the mail that would go by itself; it waits for your key", Section: Later, In: sorted, Shows: ByItself, Rank: 2},
		{ID: Warmer, Keys: []string{"+"}, Also: []string{"="}, Help: "Pin warmer for 30 days", Section: Later, In: contact},
		{ID: Colder, Keys: []string{"-"}, Help: "Pin colder for 30 days", Section: Later, In: contact},
		{ID: Undo, Keys: []string{"u"}, Also: []string{"z"}, Hint: "undo", Help: "Undo the last change, a send in its window too", Section: Later, In: lists | Thread, Rank: 7},
		{ID: Remember, Keys: []string{"A"}, Help: "Keep on the contact what you filled into the blanks", Section: Later, In: contact},
		{ID: History, Keys: []string{"U"}, Help: "What you did lately; any of it can be undone", Section: Later, In: lists | Thread},
		{ID: Mark, Keys: []string{"space"}, Also: []string{"x"}, Help: "Mark the contact; the keys above act on all marked", Section: Later, In: List | Sort, Hint: "mark", Shows: Sort, Rank: 7},
		{ID: MarkRange, Keys: []string{"v"}, Help: "Mark from the last mark to here", Section: Later, In: List | Sort},

		{ID: Down, Keys: []string{"j"}, Also: []string{"down"}, Help: "Next row", Section: Move, In: lists | Thread},
		{ID: Up, Keys: []string{"k"}, Also: []string{"up"}, Help: "Previous row", Section: Move, In: lists | Thread},
		{ID: Top, Keys: []string{"g"}, Also: []string{"home"}, Help: "First row", Section: Move, In: lists | Thread},
		{ID: Bottom, Keys: []string{"G"}, Also: []string{"end"}, Help: "Last row", Section: Move, In: lists | Thread},
		{ID: HalfDown, Keys: []string{"ctrl+d"}, Also: []string{"pgdown"}, Help: "Half a page down", Section: Move, In: lists | Thread},
		{ID: HalfUp, Keys: []string{"ctrl+u"}, Also: []string{"pgup"}, Help: "Half a page up", Section: Move, In: lists | Thread},
		{ID: NextGroup, Keys: []string{">"}, Help: "Next group", Section: Move, In: List},
		{ID: PrevGroup, Keys: []string{"<"}, Help: "Previous group", Section: Move, In: List},
		{ID: NextPane, Keys: []string{"tab"}, Help: "Next pane", Section: Move, In: lists | Thread},
		{ID: PrevPane, Keys: []string{"shift+tab"}, Help: "Previous pane", Section: Move, In: lists | Thread},
		{ID: ScrollDown, Keys: []string{"J"}, Help: "Scroll the thread down without leaving the list", Section: Move, In: contact},
		{ID: ScrollUp, Keys: []string{"K"}, Help: "Scroll the thread up", Section: Move, In: contact},
		{ID: Fold, Keys: []string{"enter"}, Also: []string{"o"}, Hint: "unfold", Help: "Show or fold what was quoted", Section: Move, In: Thread, Rank: 9},
		{ID: Back, Keys: []string{"esc"}, Help: "Back by one layer", Section: Move, In: lists | Thread},

		{ID: Why, Keys: []string{"w"}, Hint: "why", Help: "Why this contact is here: the whole sum", Section: Look, In: contact, Rank: 5},
		{ID: Company, Keys: []string{"C"}, Help: "Everybody at this contact's company, and who spoke last", Section: Look, In: contact},
		{ID: Going, Keys: []string{"T"}, Help: "Going today: the mails that leave by themselves, each to hold with one key", Section: Look, In: lists | Thread},
		{ID: Find, Keys: []string{"/"}, Hint: "find", Help: "Narrow the list as you type: words, tag: company: seq: kind: value:", Section: Look, In: contact, Rank: 6, Shows: List | Sort},
		{ID: FindNext, Keys: []string{"n"}, Help: "Next match", Section: Look, In: List},
		{ID: FindPrev, Keys: []string{"N"}, Help: "Previous match", Section: Look, In: List},
		{ID: Filters, Keys: []string{"F"}, Help: "Filters kept under a name: take one, or keep the present one", Section: Look, In: List | Sort},
		{ID: Preview, Keys: []string{"p"}, Hint: "preview", Help: "Contact beside the list on or off", Section: Look, In: List | Sort, Rank: 11, Shows: Queue},
		{ID: Side, Keys: []string{"P"}, Help: "Contact to the right of the list, or below it", Section: Look, In: List | Sort},
		{ID: Copy, Keys: []string{"y"}, Help: "Copy the address", Section: Look, In: contact},
		{ID: CopyText, Keys: []string{"Y"}, Help: "Copy the last message", Section: Look, In: contact},
		{ID: ViewQueue, Keys: []string{"1"}, Help: "Queue: who waits for you", Section: Look, In: lists | Thread},
		{ID: ViewWaiting, Keys: []string{"2"}, Help: "Waiting: they owe an answer, or the next touch lies ahead", Section: Look, In: lists | Thread},
		{ID: ViewSnoozed, Keys: []string{"3"}, Help: "Snoozed", Section: Look, In: lists | Thread},
		{ID: ViewNurture, Keys: []string{"4"}, Help: "Nurture: a slow, friendly touch", Section: Look, In: lists | Thread},
		{ID: ViewRetired, Keys: []string{"5"}, Help: "Retired", Section: Look, In: lists | Thread},
		{ID: ViewOutbox, Keys: []string{"6"}, Help: "Outbox: mail that has not left", Section: Look, In: lists | Thread},
		{ID: ViewPeople, Keys: []string{"7"}, Help: "People: everyone", Section: Look, In: lists | Thread},

		{ID: NextBlank, Keys: []string{"tab"}, Hint: "next blank", Help: "Next blank, else the next field", Section: Writing, In: Text, Rank: 3},
		{ID: PrevField, Keys: []string{"shift+tab"}, Help: "Previous field", Section: Writing, In: Text},
		{ID: TextTemplate, Keys: []string{"ctrl+t"}, Hint: "template", Help: "Choose another template; ctrl+z brings your text back", Section: Writing, In: Text, Rank: 4},
		{ID: External, Keys: []string{"ctrl+o"}, Hint: "$EDITOR", Help: "Write in your own editor", Section: Writing, In: Text, Rank: 6},
		{ID: Leaving, Keys: []string{"f3"}, Hint: "preview", Help: "See the mail as it leaves", Section: Writing, In: Text, Rank: 7},
		{ID: TextUndo, Keys: []string{"ctrl+z"}, Help: "Undo typing", Section: Writing, In: Text},
		{ID: TextRedo, Keys: []string{"ctrl+y"}, Help: "Redo typing", Section: Writing, In: Text},
		{ID: Coach, Keys: []string{"f2"}, Help: "The coach's list: what may keep the mail from being answered; enter goes to the place", Section: Writing, In: Text},
		{ID: Attach, Keys: []string{"ctrl+l"}, Hint: "attach", Help: "Attach a file, or take one out", Section: Writing, In: Text, Rank: 9},
		{ID: Quote, Keys: []string{"ctrl+q"}, Help: "Quote the mail you answer below the text, or leave it out", Section: Writing, In: Text},
		{ID: TextMark, Keys: []string{"ctrl+space"}, Also: []string{"ctrl+@"}, Help: "Begin a selection that every move extends, or let go of it; shift and an arrow do it, too", Section: Writing, In: Text},
		{ID: TextAll, Keys: []string{"alt+a"}, Help: "Select the whole field", Section: Writing, In: Text},
		{ID: TextCopy, Keys: []string{"alt+c"}, Also: []string{"alt+w", "ctrl+insert"}, Help: "Copy the selected text, to the system's clipboard too", Section: Writing, In: Text},
		{ID: TextCut, Keys: []string{"alt+x"}, Also: []string{"shift+delete"}, Help: "Cut the selected text; ctrl+w and ctrl+x do it, too, while text is selected", Section: Writing, In: Text},
		{ID: TextPaste, Keys: []string{"ctrl+v"}, Also: []string{"shift+insert"}, Help: "Paste what was cut or copied here", Section: Writing, In: Text},
		{ID: Discard, Keys: []string{"ctrl+x"}, Hint: "discard", Help: "Discard the draft, after asking", Section: Writing, In: Text, Rank: 8},
		{ID: Keep, Keys: []string{"esc"}, Hint: "keep & back", Help: "Keep the draft and go back, always", Section: Writing, In: Text, Rank: 1},

		{ID: Retry, Keys: []string{"r"}, Hint: "try now", Help: "Try this mail again now", Section: Owed, In: Outbox, Rank: 2},
		{ID: Resolve, Keys: []string{"e"}, Hint: "decide", Help: "Decide about a mail that stoke cannot be sure of", Section: Owed, In: Outbox, Rank: 1},

		{ID: Palette, Keys: []string{":"}, Also: []string{"ctrl+p", "ctrl+k"}, Hint: "palette", Help: "Every action by name", Section: Program, In: lists | Thread, Rank: 12},
		{ID: Sync, Keys: []string{"R"}, Help: "Look for mail now, and sort the list anew", Section: Program, In: lists | Thread},
		{ID: Suspend, Keys: []string{"ctrl+z"}, Help: "Suspend; fg brings stoke back", Section: Program, In: lists | Thread},
		{ID: Help, Keys: []string{"?"}, Also: []string{"f1"}, Hint: "help", Help: "These keys", Section: Program, In: lists | Thread},
		{ID: TextHelp, Keys: []string{"f1"}, Hint: "help", Help: "These keys, while writing", Section: Program, In: Text},
		{ID: Quit, Keys: []string{"q"}, Hint: "quit", Help: "Back, and from the queue: quit", Section: Program, In: lists | Thread},
		{ID: Leave, Keys: []string{"ctrl+c"}, Help: "Leave at once; drafts are safe", Section: Program, In: Everywhere},
	})
}
