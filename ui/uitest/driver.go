package uitest

import (
	"reflect"
	"sort"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"stoke/ui/frame"
)

// Driver runs a model: messages in, commands done at once and in order, timers
// when the test lets time pass.
type Driver struct {
	t     testing.TB
	model tea.Model
	w, h  int
	now   time.Time

	timers []timer
	// Quit says that the program would have ended.
	Quit bool
	// Copied is what was put on the clipboard last.
	Copied string
	// Rung is what was written raw to the terminal, the bell among it.
	Rung string
	// Hold keeps commands back until Release, as a slow disk would.
	Hold bool
	held []tea.Cmd
	// depth guards against commands that call each other for ever.
	depth int
}

type timer struct {
	at  time.Time
	msg func() tea.Msg
}

// NewDriver returns a driver whose clock starts at now.
func NewDriver(t testing.TB, now time.Time) *Driver { return &Driver{t: t, now: now} }

// Now is the driver's clock, for Options.Now.
func (d *Driver) Now() time.Time { return d.now }

// After is the driver's timer, for Options.After.
func (d *Driver) After(wait time.Duration, msg func() tea.Msg) tea.Cmd {
	return func() tea.Msg {
		d.timers = append(d.timers, timer{d.now.Add(wait), msg})
		return nil
	}
}

// Start runs the model on a screen of w by h cells.
func (d *Driver) Start(m tea.Model, w, h int) {
	d.t.Helper()
	d.model, d.w, d.h = m, 0, 0
	d.run(m.Init())
	d.Resize(w, h)
}

// Resize changes the screen.
func (d *Driver) Resize(w, h int) {
	d.t.Helper()
	d.w, d.h = w, h
	d.Send(tea.WindowSizeMsg{Width: w, Height: h})
}

// Send hands the model a message and does the commands it answers with.
func (d *Driver) Send(msg tea.Msg) {
	d.t.Helper()
	if d.Quit {
		return
	}
	next, cmd := d.model.Update(msg)
	d.model = next
	d.run(cmd)
	d.check()
}

// Wait lets time pass: timers fire in their order.
func (d *Driver) Wait(long time.Duration) {
	d.t.Helper()
	end := d.now.Add(long)
	for {
		sort.SliceStable(d.timers, func(i, j int) bool { return d.timers[i].at.Before(d.timers[j].at) })
		if len(d.timers) == 0 || d.timers[0].at.After(end) || d.Quit {
			break
		}
		next := d.timers[0]
		d.timers = d.timers[1:]
		if next.at.After(d.now) {
			d.now = next.at
		}
		d.Send(next.msg())
	}
	d.now = end
}

func (d *Driver) run(cmd tea.Cmd) {
	d.t.Helper()
	if cmd == nil {
		return
	}
	if d.Hold {
		d.held = append(d.held, cmd)
		return
	}
	if d.depth++; d.depth > 200 {
		d.t.Fatal("commands call each other without end")
	}
	defer func() { d.depth-- }()
	switch msg := cmd().(type) {
	case nil:
	case tea.BatchMsg:
		for _, c := range msg {
			d.run(c)
		}
	case tea.QuitMsg:
		d.Quit = true
	case tea.RawMsg:
		if s, ok := msg.Msg.(string); ok {
			d.Rung += s
		}
	default:
		if v := reflect.ValueOf(msg); v.Kind() == reflect.String && v.Type().String() == "tea.setClipboardMsg" {
			d.Copied = v.String()
			return
		}
		d.Send(msg)
	}
}

// Release does the commands that were held back, the newest first, because
// commands answer in no fixed order.
func (d *Driver) Release() {
	d.t.Helper()
	d.Hold = false
	held := d.held
	d.held = nil
	for i := len(held) - 1; i >= 0; i-- {
		d.run(held[i])
	}
}

// Press presses keys by the names of the table: "j", "ctrl+s", "enter".
func (d *Driver) Press(keys ...string) {
	d.t.Helper()
	for _, k := range keys {
		d.Send(Key(k))
	}
}

// Type types text, a letter after the other.
func (d *Driver) Type(text string) {
	d.t.Helper()
	for _, r := range text {
		switch r {
		case '\n':
			d.Press("enter")
		case ' ':
			d.Press("space")
		default:
			d.Send(tea.KeyPressMsg{Code: r, Text: string(r)})
		}
	}
}

// Paste pastes text.
func (d *Driver) Paste(text string) {
	d.t.Helper()
	d.Send(tea.PasteMsg{Content: text})
}

// View is what the model draws now.
func (d *Driver) View() tea.View { return d.model.View() }

// Screen is what a person sees, in plain text.
func (d *Driver) Screen() string {
	d.t.Helper()
	return Picture(d.View(), d.w, d.h)
}

// Line is one line of the screen.
func (d *Driver) Line(y int) string {
	d.t.Helper()
	return strings.Split(d.Screen(), "\n")[y]
}

// Sees fails the test unless the screen shows every text.
func (d *Driver) Sees(texts ...string) {
	d.t.Helper()
	screen := d.Screen()
	for _, text := range texts {
		if !strings.Contains(screen, text) {
			d.t.Fatalf("the screen does not show %q:\n%s", text, screen)
		}
	}
}

// SeesNot fails the test if the screen shows one of the texts.
func (d *Driver) SeesNot(texts ...string) {
	d.t.Helper()
	screen := d.Screen()
	for _, text := range texts {
		if strings.Contains(screen, text) {
			d.t.Fatalf("the screen should not show %q:\n%s", text, screen)
		}
	}
}

// check holds every frame to the contract: exactly h lines of w cells, and a
// cursor inside them.
func (d *Driver) check() {
	d.t.Helper()
	if d.w <= 0 || d.h <= 0 {
		return
	}
	v := d.View()
	lines := strings.Split(v.Content, "\n")
	if len(lines) != d.h {
		d.t.Fatalf("%d lines on a screen of %d:\n%s", len(lines), d.h, v.Content)
	}
	for y, l := range lines {
		if got := frame.Width(l); got != d.w {
			d.t.Fatalf("line %d is %d cells wide, not %d: %q", y, got, d.w, l)
		}
	}
	if c := v.Cursor; c != nil && (c.X < 0 || c.X >= d.w || c.Y < 0 || c.Y >= d.h) {
		d.t.Fatalf("the cursor is at %d,%d of %d,%d", c.X, c.Y, d.w, d.h)
	}
}

// Timed hands the model a message and gives how long Update and View took by a
// clock; the commands run after that.
func (d *Driver) Timed(clock func() time.Time, msg tea.Msg) time.Duration {
	start := clock()
	next, cmd := d.model.Update(msg)
	view := next.View()
	took := clock().Sub(start)
	d.model = next
	if view.Content == "" {
		d.t.Fatal("an empty frame")
	}
	d.run(cmd)
	return took
}
