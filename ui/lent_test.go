package ui

import (
	"fmt"
	"os"
	"sync"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
)

// Whatever ran on the terminal, however short it was, the screen paints again.
func TestTheScreenPaintsAfterTheTerminalWasLent(t *testing.T) {
	const rounds = 200
	out := &painted{seen: make(chan struct{}, 1)}
	m := &lender{rounds: rounds, out: out}
	keys, typist, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _, _ = keys.Close(), typist.Close() })
	program := tea.NewProgram(m, tea.WithInput(keys), tea.WithOutput(out), tea.WithFPS(120), tea.WithWindowSize(40, 3), tea.WithoutSignals())
	if _, err := program.Run(); err != nil {
		t.Fatal(err)
	}
	if m.err != nil {
		t.Fatalf("after %d of %d: %v", m.round, rounds, m.err)
	}
	if m.stuck {

		t.Fatalf("after %d of %d the screen stood still", m.round, rounds)
	}
}

// lender lends the terminal again and again, and waits each time for the picture after it.
type lender struct {
	round, rounds int
	stuck         bool
	err           error
	out           *painted
}

type (
	backMsg   struct{ err error }
	seenMsg   struct{}
	unseenMsg struct{}
)

func (m *lender) Init() tea.Cmd { return m.lend() }

func (m *lender) lend() tea.Cmd {
	return tea.Exec(lent{nobody{}}, func(err error) tea.Msg { return backMsg{err} })
}

func (m *lender) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	switch msg := msg.(type) {
	case backMsg:
		if msg.err != nil {
			m.err = msg.err
			return m, tea.Quit
		}
		m.round++
		m.out.wants()
		return m, func() tea.Msg {
			select {
			case <-m.out.seen:
				return seenMsg{}
			case <-time.After(patience):
				return unseenMsg{}
			}
		}
	case seenMsg:
		if m.round == m.rounds {
			return m, tea.Quit
		}
		return m, m.lend()
	case unseenMsg:
		m.stuck = true
		return m, tea.Quit
	}
	return m, nil
}

func (m *lender) View() tea.View {
	v := tea.NewView(fmt.Sprint("round ", m.round))
	v.AltScreen = true
	return v
}

// painted is a terminal that tells when something was painted that was waited for.
type painted struct {
	mu      sync.Mutex
	waiting bool
	seen    chan struct{}
}

func (p *painted) wants() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.waiting = true
}

func (p *painted) Write(b []byte) (int, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.waiting {
		p.waiting = false
		p.seen <- struct{}{}
	}
	return len(b), nil
}
