package ui

import (
	"time"

	"charm.land/bubbles/v2/spinner"
	tea "charm.land/bubbletea/v2"

	"stoke/model"
	"stoke/ui/compose"
	"stoke/ui/field"
	"stoke/ui/frame"
	"stoke/ui/keys"
	"stoke/ui/modal"
	"stoke/ui/outbox"
	"stoke/ui/queue"
	"stoke/ui/thread"
)

// viewOutbox is the sixth tab; it lists mails and not contacts.
const viewOutbox model.View = "outbox"

// place is where the keys go.
type place uint8

const (
	inList place = iota
	inThread
	inDraft
)

// Root is the screen: router and compositor.
type Root struct {
	o       Options
	look    frame.Look
	keys    keys.Table
	w, h    int
	layout  frame.Layout
	preview frame.Preview
	now     time.Time
	blurred bool

	view   model.View
	lists  map[model.View]*queue.Pane
	outbox *outbox.Pane
	thread *thread.Pane
	draft  *compose.Pane
	place  place
	// from is where the rep was before the draft.
	from place

	filter *field.Field // not nil while the rep types a filter
	modal  modal.Modal
	grace  bool // the modal opened by itself just now and takes no keys
	// opening says that a modal was asked for whose content is being loaded.
	opening bool
	// morning is the day for which the mails that go by themselves were asked.
	morning string
	// visiting is the contact that was opened from outside the list, zero for
	// none, and visitFrom what going back leads to.
	visiting  int64
	visitFrom string
	// targets are the contacts that the modal's verb is for.
	targets []int64

	counts model.Counts
	load   loading
	mail   mailState
	spin   spinner.Model
	toast  toast
	// answers are what can be kept of the mail that was sent last.
	answers answers
	news    []news
	save    saving
	// force is the contact whose mail was refused by a gate that the rep may
	// overrule by sending once more.
	force int64
	// sending is the contact whose mail is being handed to the store.
	sending int64
	// folder is where the last file was attached from, as it was typed.
	folder string
	held   held
	// lastSnooze are the words of the last snooze; "until reply" is its own.
	lastSnooze string
	untilReply bool
	then       waiting
	quitting   bool
	owing      *modal.Question // how to leave while mail has not left
	lastKey    time.Time
	lesson     lesson
}

// New returns the screen. Run it with tea.NewProgram; hand it the engine's
// events with Program.Send(model.Event{…}).
func New(o Options) *Root {
	if o.Log == nil {
		o.Log = func(string, error) {}
	}
	look := frame.Look{Theme: o.Theme, Glyphs: o.Glyphs}
	r := &Root{
		o: o, look: look, keys: o.Keys, view: model.ViewQueue, lists: map[model.View]*queue.Pane{},
		outbox: outbox.New(look), thread: thread.New(look), draft: compose.New(look),
		spin: spinner.New(spinner.WithSpinner(wheel(o.Glyphs))), mail: mailState{trouble: map[string]string{}}, save: saving{flying: map[int64]model.Draft{}, waiting: map[int64]model.Draft{}},
	}
	r.list().SetFocus(true)
	return r
}

// Init implements tea.Model: the first page and the clock.
func (r *Root) Init() tea.Cmd {
	return tea.Batch(r.reload(queue.Anew), tick(r.o, time.Second))
}

// list is the list of the view, made when it is first seen. In the outbox it
// is the queue's, which keeps its cursor.
func (r *Root) list() *queue.Pane {
	view := r.view
	if view == viewOutbox {
		view = model.ViewQueue
	}
	p := r.lists[view]
	if p == nil {
		p = queue.New(r.look, view)
		p.SetNow(r.now)
		p.SetCounts(r.counts)
		p.SetSize(r.layout.List.W, r.listHeight(), r.layout.TwoLines)
		r.lists[view] = p
	}
	return p
}

// context is where the keys mean something.
func (r *Root) context() keys.Context {
	switch {
	case r.place == inDraft:
		return keys.Text
	case r.inOutbox():
		return keys.Outbox
	case r.place == inThread:
		return keys.Thread
	default:
		return places[r.view]
	}
}

// places are the contexts of the lists.
var places = map[model.View]keys.Context{
	model.ViewQueue: keys.Queue, model.ViewWaiting: keys.Waiting, model.ViewSnoozed: keys.Snoozed, model.ViewNurture: keys.Nurture,
	model.ViewRetired: keys.Retired, model.ViewPeople: keys.People, model.ViewUnsorted: keys.Sort,
}

// hints is what the hint bar may show: the place, and what the contact under
// the cursor asks for.
func (r *Root) hints() keys.Context {
	c := r.context()
	row, ok := r.list().Selected()
	if !ok || c&(keys.List|keys.Thread) == 0 {
		return c
	}
	if _, asks := row.Parting(); asks {
		c |= keys.Asked
	}
	if row.Contact.FollowUp.Next.GoesAt.After(r.now) {
		c |= keys.ByItself
	}
	return c
}

// open says that a narrow screen shows the contact and not the list.
func (r *Root) open() bool { return r.place != inList }

// arrange lays the panes out anew.
func (r *Root) arrange() {
	preview := r.preview
	if r.inOutbox() {
		preview = frame.PreviewOff
	}
	r.layout = frame.Arrange(r.w, r.h, preview, r.open())
	r.list().SetSize(r.layout.List.W, r.listHeight(), r.layout.TwoLines)
	r.outbox.SetSize(r.layout.List.W, r.layout.List.H)
	r.splitContact()
	inTheList := r.place == inList
	r.list().SetFocus(inTheList)
	r.outbox.SetFocus(inTheList)
}

func (r *Root) listHeight() int { return max(0, r.layout.List.H-r.layout.Peek) }

// splitContact divides the contact's pane between thread and draft: the draft
// takes more while it is written, the thread no more than it needs.
func (r *Root) splitContact() {
	room := r.layout.Contact.H - r.headHeight()
	share := 45
	if r.place == inDraft {
		share = 66
	}
	draft := max(room*share/100, min(room, 8))
	r.thread.SetSize(r.layout.Contact.W, room-draft)
	if spare := room - draft - r.thread.Need(); spare > 0 {
		draft += spare
		r.thread.SetSize(r.layout.Contact.W, room-draft)
	}
	r.draft.SetSize(r.layout.Contact.W, draft)
}

// headHeight is how many lines the contact's pane begins with; a narrow screen
// names the contact in the header.
func (r *Root) headHeight() int {
	if r.layout.Class == frame.Narrow {
		return 0
	}
	return 3
}

// goTo moves the keys to another place.
func (r *Root) goTo(p place) {
	if r.place == inDraft && p != inDraft {
		r.draft.Leave()
	}
	r.place = p
	if p == inList {
		r.visiting = 0
	}
	if p == inDraft {
		r.draft.Enter()
	}
	r.arrange()
}
