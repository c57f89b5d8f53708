package model

import (
	"fmt"
	"slices"
	"strings"
)

// MaxAttached is the most that the files of one mail may weigh together. Most providers refuse a mail of more than 25 MB,
// and some count the third that a file grows by on its way; their words are then shown in the outbox.
const MaxAttached = 25 << 20

// Attachment is a file that goes with a mail, as the rep attached it. Its bytes are read when the rep approves the mail,
// and from then on they do not change.
type Attachment struct {
	Path string // where the rep has it
	Name string // what the recipient reads
	Size int64  // bytes
	Sum  string // SHA-256 of the bytes, in hexadecimal
}

// Says is the name with its size.
func (a Attachment) Says() string { return a.Name + " (" + SaySize(a.Size) + ")" }

// Now compares a file with what the rep attached. The error is a GateAttachment when it was written to since; the rep who
// has read that may send it as it is now.
func (a Attachment) Now(size int64, sum string) error {
	if a.Sum == sum && a.Size == size {
		return nil
	}
	was, is := SaySize(a.Size), SaySize(size)
	if was == is {
		return Errorf(GateAttachment, "%s was changed since you attached it. Look at it; then send again to confirm.", a.Name)
	}
	return Errorf(GateAttachment, "%s was changed since you attached it: it had %s and has %s. Look at it; then send again to confirm.", a.Name, was, is)
}

// Weigh tells whether files can go together in one mail.
func Weigh(files []Attachment) error {
	var all int64
	for _, a := range files {
		all += a.Size
	}
	if all <= MaxAttached {
		return nil
	}
	if len(files) == 1 {
		return Errorf(Invalid, "%s has %s; a mail carries at most %s. Send a link to it instead.", files[0].Name, SaySize(all), SaySize(MaxAttached))
	}
	return Errorf(Invalid, "The attached files have %s together; a mail carries at most %s. Take one out, or send a link to it.", SaySize(all), SaySize(MaxAttached))
}

// Attached is files with one more; one of the same path is taken anew. The error says that they are too much for one mail.
func Attached(files []Attachment, one Attachment) ([]Attachment, error) {
	files = slices.DeleteFunc(slices.Clone(files), func(a Attachment) bool { return a.Path == one.Path })
	files = append(files, one)
	return files, Weigh(files)
}

// SayFiles lists files with their sizes.
func SayFiles(files []Attachment) string {
	each := make([]string, len(files))
	for i, a := range files {
		each[i] = a.Says()
	}
	return strings.Join(each, ", ")
}

// SaySize is a number of bytes as people say it: 812 bytes, 34 KB, 1.2 MB.
func SaySize(n int64) string {
	switch {
	case n == 1:
		return "1 byte"
	case n < 1000:
		return fmt.Sprintf("%d bytes", n)
	case n < 1<<20-1<<9:
		return fmt.Sprintf("%d KB", max(1, (n+1<<9)>>10))
	case n%(1<<20) == 0:
		return fmt.Sprintf("%d MB", n>>20)
	}
	return fmt.Sprintf("%.1f MB", float64(n)/(1<<20))
}
