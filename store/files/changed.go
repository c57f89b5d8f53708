package files

import (
	"os"
	"path/filepath"
	"time"
)

// mark is what tells one version of a file from another.
type mark struct {
	size int64
	at   time.Time
}

// stamp holds the marks of everything that Read looks at, by path.
type stamp map[string]mark

func stampOf(p Paths) stamp {
	s := stamp{}
	s.add(p.Config)
	for _, dir := range []string{p.Templates(), p.Sequences(), p.Snippets()} {
		entries, err := os.ReadDir(dir)
		if err != nil {
			continue // what cannot be read looks like what is not there, before and after
		}
		for _, e := range entries {
			s.add(filepath.Join(dir, e.Name()))
		}
	}
	return s
}

func (s stamp) add(path string) {
	if info, err := os.Stat(path); err == nil {
		s[path] = mark{info.Size(), info.ModTime()}
	}
}

// Changed tells whether a file was written, added or removed since the Set was read. It looks at names, sizes and times
// only and is cheap enough for every few seconds.
func (s Set) Changed() bool {
	now := stampOf(s.Paths)
	if len(now) != len(s.stamp) {
		return true
	}
	for path, m := range now {
		old, ok := s.stamp[path]
		if !ok || old.size != m.size || !old.at.Equal(m.at) {
			return true
		}
	}
	return false
}
