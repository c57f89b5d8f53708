package files_test

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"stoke/model"
	"stoke/store/files"
)

func none(string) string { return "" }

func env(pairs ...string) func(string) string {
	m := map[string]string{}
	for i := 0; i < len(pairs); i += 2 {
		m[pairs[i]] = pairs[i+1]
	}
	return func(name string) string { return m[name] }
}

func write(t *testing.T, path, content string, mode os.FileMode) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(content), mode); err != nil {
		t.Fatal(err)
	}
}

func house(t *testing.T) files.Paths {
	dir := t.TempDir()
	return files.Paths{Config: filepath.Join(dir, "config.toml"), Data: filepath.Join(dir, "data"), State: filepath.Join(dir, "state")}
}

func TestWhereThingsLive(t *testing.T) {
	for _, c := range []struct {
		name               string
		env                []string
		config, data       string
		wantConfig, wantDB string
	}{
		{name: "home", wantConfig: "/home/r/.config/stoke/config.toml", wantDB: "/home/r/.local/share/stoke/stoke.db"},
		{name: "XDG", env: []string{"XDG_CONFIG_HOME", "/c", "XDG_DATA_HOME", "/d"}, wantConfig: "/c/stoke/config.toml", wantDB: "/d/stoke/stoke.db"},
		{name: "relative XDG is ignored", env: []string{"XDG_CONFIG_HOME", "c"}, wantConfig: "/home/r/.config/stoke/config.toml", wantDB: "/home/r/.local/share/stoke/stoke.db"},
		{name: "environment", env: []string{"STOKE_CONFIG", "/e.toml", "STOKE_DATA", "/e"}, wantConfig: "/e.toml", wantDB: "/e/stoke.db"},
		{name: "flag over environment", env: []string{"STOKE_CONFIG", "/e.toml", "STOKE_DATA", "/e"}, config: "/f.toml", data: "/f", wantConfig: "/f.toml", wantDB: "/f/stoke.db"},
	} {
		t.Run(c.name, func(t *testing.T) {
			p, err := files.Locate(env(c.env...), "/home/r", c.config, c.data)
			if err != nil || p.Config != c.wantConfig || p.Database() != c.wantDB {
				t.Errorf("got %+v, %v", p, err)
			}
		})
	}
	if _, err := files.Locate(none, "", "", ""); model.CodeOf(err) != model.BadConfig {
		t.Errorf("without a home: %v", err)
	}
}

func TestWithoutAConfig(t *testing.T) {
	p := house(t)
	s, err := files.Read(p, none)
	if err != nil || s.Found || len(s.Config.Accounts) != 0 || len(s.Mistakes) != 0 {
		t.Fatalf("got %+v, %v", s, err)
	}
	if s.Config.Zone != time.Local || len(s.Templates.List()) == 0 || len(s.Sequences.List()) == 0 {
		t.Error("no zone, or no starter set")
	}
	if _, err := s.Rulebook(); err != nil {
		t.Error(err)
	}
}

func TestOwnFilesShadowAndBadOnesCostOnlyThemselves(t *testing.T) {
	p := house(t)
	write(t, p.Config, "name = \"Robin\"\n", 0o644)
	starter, _ := files.Read(p, none)
	name := starter.Templates.List()[0].Name
	kind := starter.Templates.List()[0].Kind
	write(t, filepath.Join(p.Templates(), name+".md"), "---\nkind: "+kind+"\nchannel: mail\nsubject: Mine\n---\nHi {{ first_name | default: \"there\" }},\n", 0o644)
	write(t, filepath.Join(p.Templates(), "broken.md"), "---\nkind: sales\nsubject: x\n---\n{{ first_nam\n", 0o644)
	write(t, filepath.Join(p.Templates(), ".hidden.md"), "{{", 0o644)
	write(t, filepath.Join(p.Templates(), "notes.txt"), "{{", 0o644)
	write(t, filepath.Join(p.Sequences(), "own.toml"), "kind = \"sales\"\n[[step]]\nwait = 1\ntemplate = \""+name+"x\"\n", 0o644)
	write(t, filepath.Join(p.Sequences(), "broken.toml"), "kind = \n", 0o644)
	s, err := files.Read(p, none)
	if err != nil {
		t.Fatal(err)
	}
	if got, _ := s.Templates.Find(name); got.Subject != "Mine" {
		t.Errorf("the starter template was not shadowed: %+v", got)
	}
	if _, ok := s.Sequences.Find("own"); !ok {
		t.Error("the own sequence is missing")
	}
	if len(s.Templates.List()) != len(starter.Templates.List()) || len(s.Mistakes) != 3 {
		t.Fatalf("%d templates, mistakes:\n%v", len(s.Templates.List()), s.Mistakes)
	}
	for i, want := range []string{"broken.md:", "broken.toml:1: ", "did you mean \"" + name + "\"?"} {
		if !strings.Contains(s.Mistakes[i].String(), want) {
			t.Errorf("mistake %d is %q, should have %q", i, s.Mistakes[i], want)
		}
	}
}

func TestNothingLeadsOutOfTheFolder(t *testing.T) {
	p := house(t)
	secret := filepath.Join(filepath.Dir(p.Config), "secret.md")
	write(t, secret, "---\nkind: sales\nsubject: secret\n---\nsecret\n", 0o644)
	write(t, filepath.Join(p.Templates(), "inside", "x"), "", 0o644)
	if err := os.Symlink(secret, filepath.Join(p.Templates(), "absolute.md")); err != nil {
		t.Skip("no links here")
	}
	_ = os.Symlink("../../secret.md", filepath.Join(p.Templates(), "relative.md"))
	if err := syscall.Mkfifo(filepath.Join(p.Templates(), "pipe.md"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(filepath.Join(p.Templates(), "folder.md"), 0o700); err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(p.Templates(), "\x1b]0;x\a.md"), "{{", 0o644)
	s, err := files.Read(p, none)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"absolute", "relative", "pipe", "folder"} {
		if _, ok := s.Templates.Find(name); ok {
			t.Errorf("%s was read", name)
		}
	}
	if len(s.Mistakes) != 4 {
		t.Errorf("mistakes:\n%v", s.Mistakes)
	}
	for _, m := range s.Mistakes {
		if strings.ContainsAny(m.String(), "\x1b\a") {
			t.Errorf("raw: %q", m)
		}
	}
}

func TestAPasswordNeedsAFileOfOnesOwn(t *testing.T) {
	p := house(t)
	const src = "[[account]]\naddress = \"a@b.example\"\nsmtp.host = \"s.example\"\npassword = \"p\"\nallow_plaintext = true\n"
	write(t, p.Config, src, 0o644)
	if _, err := files.Read(p, none); err == nil || !strings.Contains(err.Error(), "chmod 600 "+p.Config) {
		t.Errorf("readable by all: %v", err)
	}
	if err := os.Chmod(p.Config, 0o600); err != nil {
		t.Fatal(err)
	}
	if s, err := files.Read(p, none); err != nil || s.Config.Accounts[0].Password != "p" {
		t.Errorf("0600: %v", err)
	}
}

func TestTheCertificateFileIsFound(t *testing.T) {
	p := house(t)
	home := filepath.Dir(p.Config)
	write(t, filepath.Join(home, "ca.pem"), "x", 0o644)
	src := func(file string) string {
		return "[[account]]\naddress = \"a@b.example\"\nsmtp.host = \"s.example\"\npassword_env = \"P\"\nca_file = \"" + file + "\"\n"
	}
	for _, file := range []string{"ca.pem", "~/ca.pem", filepath.Join(home, "ca.pem")} {
		write(t, p.Config, src(file), 0o644)
		s, err := files.Read(p, env("HOME", home))
		if err != nil || s.Config.Accounts[0].CAFile != filepath.Join(home, "ca.pem") {
			t.Errorf("%s: %v", file, err)
		}
	}
	write(t, p.Config, src("gone.pem"), 0o644)
	if _, err := files.Read(p, none); err == nil || !strings.Contains(err.Error(), "gone.pem") {
		t.Errorf("a missing file: %v", err)
	}
}

func TestBadConfigsAreToldWhole(t *testing.T) {
	p := house(t)
	write(t, p.Config, "nam = 1\ncountri = 2\n", 0o644)
	s, err := files.Read(p, none)
	if model.CodeOf(err) != model.BadConfig || strings.Count(err.Error(), p.Config+":") != 2 || !s.Found {
		t.Errorf("got %v", err)
	}
	if len(s.Templates.List()) == 0 {
		t.Error("the rest is lost")
	}
	write(t, p.Config, strings.Repeat("#", 2<<20), 0o644)
	if _, err := files.Read(p, none); err == nil || !strings.Contains(err.Error(), "larger than 1 MB") {
		t.Errorf("a huge file: %v", err)
	}
	_ = os.Remove(p.Config)
	_ = os.Mkdir(p.Config, 0o700)
	if _, err := files.Read(p, none); model.CodeOf(err) != model.BadConfig {
		t.Errorf("a folder as config: %v", err)
	}
}

func TestChangedSeesEveryKindOfChange(t *testing.T) {
	p := house(t)
	write(t, p.Config, "", 0o644)
	own := filepath.Join(p.Templates(), "own.md")
	for _, step := range []struct {
		name   string
		change func()
	}{
		{"config written", func() { write(t, p.Config, "name = \"R\"", 0o644) }},
		{"template added", func() { write(t, own, "x", 0o644) }},
		{"same size, other time", func() { _ = os.Chtimes(own, time.Unix(1, 0), time.Unix(1, 0)) }},
		{"sequence added", func() { write(t, filepath.Join(p.Sequences(), "s.toml"), "x", 0o644) }},
		{"template removed", func() { _ = os.Remove(own) }},
		{"config removed", func() { _ = os.Remove(p.Config) }},
	} {
		s, _ := files.Read(p, none)
		if s.Changed() {
			t.Errorf("before %s: changed", step.name)
		}
		step.change()
		if !s.Changed() {
			t.Errorf("%s: not seen", step.name)
		}
	}
}

func TestFoldersAreTheRepsAlone(t *testing.T) {
	p := house(t)
	if err := p.Make(); err != nil {
		t.Fatal(err)
	}
	for _, dir := range []string{p.Data, p.State} {
		if info, err := os.Stat(dir); err != nil || info.Mode().Perm() != 0o700 {
			t.Errorf("%s: %v, %v", dir, info, err)
		}
	}
}
