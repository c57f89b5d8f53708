package ui

import (
	"context"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"

	"stoke/model"
	"stoke/themes"
	"stoke/ui/frame"
	"stoke/ui/keys"
)

// Options are what main hands to the screen.
type Options struct {
	// Ctx ends every command when the program ends.
	Ctx  context.Context
	Desk Desk
	Wire Wire
	// Now gives the time in the rep's zone. It is called by commands only.
	Now func() time.Time
	// After calls f once d has passed, in real time; nil means tea.Tick. Tests
	// pass their own.
	After func(d time.Duration, f func() tea.Msg) tea.Cmd
	Theme themes.Theme
	// Glyphs: frame.GlyphsNamed reads the config and the locale.
	Glyphs frame.Glyphs
	// Keys: keys.Default(), or what Rebind made of it.
	Keys keys.Table
	// Rulebook gives what decisions and mails are made with, as the rep's files
	// have it now: numbers, sequences, signatures, snippets. It is called from
	// Update and must not block.
	Rulebook func() *model.Rulebook
	// Page tells whether the mails of an account carry a page of HTML beside
	// their text; nil means that none does.
	Page func(account string) bool
	// Own are the rep's addresses, which an answer to all leaves out.
	Own []string
	// Account is the address shown in the status bar.
	Account string
	// Editor is the argv of the rep's own editor; empty for none.
	Editor []string
	// Demo shows what to try next.
	Demo bool
	// Log receives errors that the rep sees only as "details in the log"; it
	// must not block.
	Log func(doing string, err error)
}

// Colour gives the options for --color (always, never, auto or empty) and
// NO_COLOR, which counts with any value that is not empty (no-color.org).
func Colour(flag string, environ []string, noColor string) []tea.ProgramOption {
	switch {
	case flag == "never", flag != "always" && noColor != "":
		return []tea.ProgramOption{tea.WithColorProfile(colorprofile.ASCII)}
	case flag == "always":
		return []tea.ProgramOption{tea.WithColorProfile(max(colorprofile.Env(environ), colorprofile.ANSI))}
	default:
		return nil
	}
}
