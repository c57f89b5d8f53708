package story

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"stoke/mail/mailtest"
)

// The rep's own editor is a real script, named with arguments and spaces in its path. Whatever it does to the file, the
// rep reads what happened in plain words, what was typed before is safe, and what was written meanwhile is not lost.
func TestAnEditorMayDoAnything(t *testing.T) {
	r := newRep(t, mailtest.Options{})
	r.dana()
	dir := filepath.Join(t.TempDir(), "my tools")
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	script, does := filepath.Join(dir, "the editor.sh"), filepath.Join(dir, "does")
	r.write(script, []byte("#!/bin/sh\n[ \"$1\" = -x ] && [ \"$2\" = 'two words' ] && [ $# = 3 ] || exit 99\nmv '"+does+"' '"+does+".now'\n. '"+does+".now'\n"))
	if err := os.Chmod(script, 0o700); err != nil {
		t.Fatal(err)
	}
	r.env = append(r.env, "TMPDIR="+dir, "EDITOR='"+script+`' -x "two words"`, "VISUAL=")

	x := r.screen(120, 40)
	x.sees("NOW 1", "Dana Whitfield")
	x.press("r")
	x.sees("Subject  Re: Pricing for 40 seats")
	x.types("Typed before. ")
	x.sees("Typed before.")
	body := func() string {
		var draft struct{ Body string }
		r.asks(&draft, "draft", "dana")
		return draft.Body
	}
	eventually(t, "the text is saved", func() bool { return strings.Contains(body(), "Typed before.") })
	safe := body()

	left := func() []string {
		files, err := filepath.Glob(filepath.Join(dir, "stoke-*"))
		if err != nil {
			t.Fatal(err)
		}
		return files
	}
	// keeps holds the file to what the draft does not have; none is left where that is nothing.
	keeps := func(name, what string) {
		if what == "" {
			eventually(t, name+": the file is gone", func() bool { return len(left()) == 0 })
			return
		}
		files := left()
		if len(files) != 1 {
			t.Fatalf("%s: left %q", name, files)
		}
		if got, err := os.ReadFile(files[0]); err != nil || string(got) != what {
			t.Errorf("%s: the file has %d bytes, %v", name, len(got), err)
		}
		if err := os.Remove(files[0]); err != nil {
			t.Fatal(err)
		}
	}
	// opens presses the key, and waits until the editor has begun to do something.
	opens := func(commands string) {
		r.write(does, []byte(commands+"\n"))
		x.press("C-o")
		eventually(t, "the editor runs", func() bool {
			_, err := os.Stat(does)
			return err != nil
		})
	}
	for _, c := range []struct {
		name, does string
		says       []string
		keeps      string // what is still in the file, where the draft does not have it
	}{
		{name: "fails", does: "exit 1", says: []string{"Your editor gave up (exit status 1). The draft is as it was."}},
		{name: "writes, then fails", does: "echo 'Only in the file.' >\"$3\"; exit 3", says: []string{"Your editor gave up (exit status 3).", "What you wrote is in"}, keeps: "Only in the file.\n"},
		{name: "is killed", does: "kill -9 $$", says: []string{"Your editor gave up (signal: killed). The draft is as it was."}},
		{name: "deletes the file", does: "rm \"$3\"", says: []string{"Your editor left no file. The draft is as it was."}},
		{name: "leaves a folder", does: "rm \"$3\"; mkdir \"$3\"", says: []string{"The text could not be taken from your editor. The draft is as it was."}},
		{name: "writes 10 MB", does: "dd if=/dev/zero bs=1048576 count=10 2>/dev/null | tr '\\000' x >\"$3\"",
			says: []string{"Your editor left more than 1 MB, too much for a mail.", "What you wrote is in"}, keeps: strings.Repeat("x", 10<<20)},
		{name: "leaves it as it was", does: "true"},
	} {
		opens(c.does)
		for _, says := range c.says {
			says := strings.Join(strings.Fields(says), "")
			x.until(c.name+": "+says, func(picture string) bool { return strings.Contains(strings.Join(strings.Fields(picture), ""), says) })
		}
		x.sees("Typed before.")
		if got := body(); got != safe {
			t.Errorf("%s: the draft is %q", c.name, got)
		}
		keeps(c.name, c.keeps)
		x.press("Escape") // away with what was said
		x.sees("NOW 1")
		x.press("r")
		x.sees("keep & back", "Typed before.")
	}

	for _, c := range []struct{ name, does, shows, body, keeps string }{
		{"writes UTF-8 that is none", `printf 'Gr\374\337e aus K\366ln.\n' >"$3"`, "Not all that your editor wrote is text; it is whole in", "Gr\uFFFDe aus K\uFFFDln.", "Gr\374\337e aus K\366ln.\n"},
		{"writes control characters", `printf 'One\033]0;title\007 two\000 three\033[31m four.\n' >"$3"`, "Not all that your editor wrote is text; it is whole in", "One two three four.",
			"One\033]0;title\007 two\000 three\033[31m four.\n"},
		{"writes CRLF and a mark", `printf '\357\273\277First.\r\n\r\nSecond.\r\n' >"$3"`, "Second.", "First.\n\nSecond.", ""},
		{"writes nothing", `: >"$3"`, "", "", ""},
		{"writes an ordinary text", `printf 'Sch\303\266n, \346\227\245\346\234\254. 👍\n' >"$3"`, "Schön, 日本.", "Schön, 日本. 👍", ""},
	} {
		opens(c.does)
		if c.shows != "" {
			x.sees(c.shows)
		}
		eventually(t, c.name, func() bool { return strings.TrimRight(body(), "\n") == c.body })
		keeps(c.name, c.keeps)
		x.press("C-z")
		eventually(t, c.name+": ctrl+z brings the text from before", func() bool { return body() == safe })
	}
	if files := left(); len(files) != 0 {
		t.Errorf("left %q", files)
	}
}
