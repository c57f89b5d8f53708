package ui

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"stoke/model/text"
	"stoke/ui/modal"
)

// namesMost bounds how many names of one folder are looked at.
const namesMost = 5000

// listFolder reads the names in a folder, folders first. "" is the folder that
// stoke was started in.
func listFolder(ask int, folder string) tea.Cmd {
	return func() tea.Msg {
		m := folderMsg{ask: ask}
		dir, err := os.Open(filepath.Clean(atHome(folder)))
		if err == nil {
			defer dir.Close()
			var all []fs.DirEntry
			if all, err = dir.ReadDir(namesMost); len(all) > 0 || errors.Is(err, io.EOF) {
				err = nil
			}
			m.in = entries(dir.Name(), all)
		}
		switch {
		case errors.Is(err, fs.ErrNotExist):
			m.wrong = "no such folder"
		case errors.Is(err, fs.ErrPermission):
			m.wrong = "not yours to read"
		case err != nil:
			m.wrong = "no folder"
		}
		return m
	}
}

// entries are the names that can be chosen; a link counts as what it leads to.
func entries(folder string, all []fs.DirEntry) []modal.Entry {
	in := make([]modal.Entry, 0, len(all))
	for _, e := range all {
		if e.Name() != text.Line(e.Name()) {
			continue // its name cannot be shown, nor typed
		}
		info, err := e.Info()
		if err == nil && info.Mode()&fs.ModeSymlink != 0 {
			info, err = os.Stat(filepath.Join(folder, e.Name()))
		}
		if err != nil || !info.IsDir() && !info.Mode().IsRegular() {
			continue
		}
		in = append(in, modal.Entry{Name: e.Name(), Folder: info.IsDir(), Size: info.Size()})
	}
	slices.SortFunc(in, func(a, b modal.Entry) int {
		if a.Folder != b.Folder {
			if a.Folder {
				return -1
			}
			return 1
		}
		return strings.Compare(strings.ToLower(a.Name), strings.ToLower(b.Name))
	})
	return in
}

// atHome puts the rep's home folder in the place of ~.
func atHome(path string) string {
	if rest, ok := strings.CutPrefix(path, "~/"); ok {
		if home, err := os.UserHomeDir(); err == nil {
			return filepath.Join(home, rest)
		}
	}
	if path == "" {
		return "."
	}
	return path
}
