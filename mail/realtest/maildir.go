package realtest

import (
	"cmp"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// maildir is where a mailbox lies: Maildir++, INBOX at the top, the others in
// dot-folders beside its own.
func (s *Servers) maildir(account, box string) string {
	top := filepath.Join(s.home(account), "Maildir")
	if strings.EqualFold(box, "INBOX") {
		return top
	}
	return filepath.Join(top, "."+strings.ReplaceAll(box, "/", "."))
}

// readMaildir reads new and cur. A client may mark or move a mail while we
// look, which renames its file; then we look again.
func readMaildir(dir string) ([][]byte, error) {
	for {
		mails, err := scanMaildir(dir)
		if !errors.Is(err, errMoved) {
			return mails, err
		}
	}
}

var errMoved = errors.New("a mail was renamed while the folder was read")

func scanMaildir(dir string) ([][]byte, error) {
	var paths []string
	for _, sub := range []string{"new", "cur"} {
		entries, err := os.ReadDir(filepath.Join(dir, sub))
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return nil, err
		}
		for _, e := range entries {
			paths = append(paths, filepath.Join(dir, sub, e.Name()))
		}
	}
	slices.SortFunc(paths, func(a, b string) int {
		sa, ua := arrival(a)
		sb, ub := arrival(b)
		return cmp.Or(cmp.Compare(sa, sb), cmp.Compare(ua, ub), cmp.Compare(filepath.Base(a), filepath.Base(b)))
	})
	mails := make([][]byte, 0, len(paths))
	for _, p := range paths {
		raw, err := os.ReadFile(p)
		if errors.Is(err, fs.ErrNotExist) {
			return nil, errMoved
		}
		if err != nil {
			return nil, err
		}
		mails = append(mails, raw)
	}
	return mails, nil
}

// arrival reads seconds and microseconds out of a Maildir file name, which
// begins 1795500000.M123456P: Dovecot does not pad the second number, so names
// do not sort.
func arrival(path string) (seconds, micros int) {
	sec, rest, _ := strings.Cut(filepath.Base(path), ".M")
	usec, _, _ := strings.Cut(rest, "P")
	seconds, _ = strconv.Atoi(sec)
	micros, _ = strconv.Atoi(usec)
	return seconds, micros
}
