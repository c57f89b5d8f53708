package files

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"stoke/model"
	"stoke/model/config"
	"stoke/model/sequence"
	"stoke/model/template"
	"stoke/model/text"
)

// largest is the most bytes that a file of the rep may have.
const largest = 1 << 20

// Set is everything that was read, at one moment.
type Set struct {
	Paths     Paths
	Found     bool // there is a config file
	Config    config.Config
	Templates template.Library
	Sequences sequence.Set
	Snippets  map[string]template.Template
	Mistakes  config.Mistakes // in templates, sequences and snippets; a file that cannot be used was left out

	stamp stamp
}

// Rulebook is what decisions are made with.
func (s Set) Rulebook() (model.Rulebook, error) {
	b, err := s.Config.Rulebook(s.Templates, s.Sequences)
	b.Snippets = s.Snippets
	return b, err
}

// Read reads config, templates and sequences. Without a config file the config is the default one and Found is false.
// The error says that the config cannot be used, all its mistakes at once; the rest of the Set is still good then. env
// looks into the environment.
func Read(p Paths, env func(string) string) (Set, error) {
	s := Set{Paths: p, stamp: stampOf(p)}
	var err, failed error
	s.Config, s.Found, failed = readConfig(p, env)
	if s.Config.Zone == nil {
		s.Config.Zone = time.Local
	}
	if s.Templates, err = template.Starter(); err != nil {
		return s, err
	}
	if s.Sequences, err = sequence.Starter(); err != nil {
		return s, err
	}
	var templates []template.Template
	s.each(p.Templates(), ".md", func(file string, src []byte) error {
		t, err := template.Parse(file, src)
		if err != nil {
			return err
		}
		templates = append(templates, t)
		for _, wrong := range t.Check() {
			s.Mistakes = append(s.Mistakes, mistakeOf(file, wrong))
		}
		return nil
	})
	s.Templates = s.Templates.With(templates...)
	var sequences []sequence.Sequence
	s.each(p.Sequences(), ".toml", func(file string, src []byte) error {
		q, err := sequence.Parse(file, src)
		if err == nil {
			sequences = append(sequences, q)
			s.checkSteps(file, src, q)
			if doubt := sequence.Doubt(file, src, q); doubt != nil {
				s.Mistakes = append(s.Mistakes, mistakeOf(file, doubt))
			}
		}
		return err
	})
	s.each(p.Snippets(), ".md", func(file string, src []byte) error {
		t, err := template.ParseSnippet(file, src)
		if err == nil {
			if s.Snippets == nil {
				s.Snippets = map[string]template.Template{}
			}
			s.Snippets[t.Name] = t
		}
		return err
	})
	s.Sequences = s.Sequences.With(sequences...)
	return s, failed
}

func readConfig(p Paths, env func(string) string) (config.Config, bool, error) {
	src, info, err := readFile(p.Config)
	if errors.Is(err, fs.ErrNotExist) {
		c, _ := config.Parse(p.Config, nil, env)
		return c, false, nil
	}
	if err != nil {
		c, _ := config.Parse(p.Config, nil, env)
		return c, true, model.Errorf(model.BadConfig, "Could not read the config %s: %w", text.Line(p.Config), reason(err))
	}
	c, err := config.Parse(p.Config, src, env)
	var found config.Mistakes
	if err != nil && !errors.As(err, &found) {
		return c, true, err
	}
	if c.PlainPassword() && info.Mode().Perm()&0o077 != 0 {
		found = append(found, config.Mistake{File: p.Config,
			Text: "A password stands in this file and others on this machine can read it. Run: chmod 600 " + p.Config})
	}
	for i, a := range c.Accounts {
		if a.CAFile == "" {
			continue
		}
		c.Accounts[i].CAFile = resolve(a.CAFile, filepath.Dir(p.Config), env("HOME"))
		if _, _, err := readFile(c.Accounts[i].CAFile); err != nil {
			found = append(found, config.Mistake{File: p.Config,
				Text: fmt.Sprintf("The certificate file %s of the account %s cannot be read: %v", c.Accounts[i].CAFile, a.Name, reason(err))})
		}
	}
	if len(found) > 0 {
		return c, true, found
	}
	return c, true, nil
}

// each reads every file of a folder with an ending, in the order of their names, and collects what is wrong with them.
func (s *Set) each(dir, ending string, take func(file string, src []byte) error) {
	wrong := func(file string, err error) {
		s.Mistakes = append(s.Mistakes, mistakeOf(file, err))
	}
	root, err := os.OpenRoot(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return
	}
	if err != nil {
		wrong(dir, reason(err))
		return
	}
	defer root.Close()
	entries, err := fs.ReadDir(root.FS(), ".")
	if err != nil {
		wrong(dir, reason(err))
		return
	}
	for _, e := range entries {
		if e.IsDir() || strings.HasPrefix(e.Name(), ".") || filepath.Ext(e.Name()) != ending {
			continue
		}
		file := filepath.Join(dir, e.Name())
		src, err := readInside(root, e.Name())
		if err == nil {
			err = take(text.Line(file), src)
		}
		if err != nil {
			wrong(file, err)
		}
	}
}

// checkSteps looks for steps of an own sequence that name a template which there is none of.
func (s *Set) checkSteps(file string, src []byte, q sequence.Sequence) {
	for i, step := range q.Steps {
		if step.Template == "" {
			continue
		}
		if _, ok := s.Templates.Find(step.Template); ok {
			continue
		}
		var names []string
		for _, t := range s.Templates.List() {
			names = append(names, t.Name)
		}
		says := fmt.Sprintf("step %d of the sequence %s names the template %q, which does not exist", i+1, q.Name, step.Template)
		if near := text.Nearest(step.Template, names); near != "" {
			says += fmt.Sprintf("; did you mean %q?", near)
		}
		s.Mistakes = append(s.Mistakes, config.Mistake{File: file, Line: sequence.LineOf(src, i+1, "template"), Text: text.Line(says)})
	}
}

// readInside reads a regular file of a folder. Links are followed as long as they stay inside.
func readInside(root *os.Root, name string) ([]byte, error) {
	info, err := root.Stat(name)
	if err != nil {
		if link, e := root.Lstat(name); e == nil && link.Mode()&fs.ModeSymlink != 0 {
			return nil, errors.New("this link leads nowhere or out of the folder; put the file itself here")
		}
		return nil, reason(err)
	}
	if !info.Mode().IsRegular() { // opening a pipe would wait for ever
		return nil, errors.New("this is no file")
	}
	f, err := root.Open(name)
	if err != nil {
		return nil, reason(err)
	}
	defer f.Close()
	return bounded(f)
}

func readFile(path string) ([]byte, fs.FileInfo, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, nil, errors.New("it is no file")
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, nil, err
	}
	defer f.Close()
	src, err := bounded(f)
	return src, info, err
}

func bounded(r io.Reader) ([]byte, error) {
	src, err := io.ReadAll(io.LimitReader(r, largest+1))
	if err != nil {
		return nil, reason(err)
	}
	if len(src) > largest {
		return nil, errors.New("it is larger than 1 MB")
	}
	return src, nil
}

// reason is the bare cause of a failed read, without the path that the sentence around it names already.
func reason(err error) error {
	var p *fs.PathError
	if errors.As(err, &p) {
		return p.Err
	}
	return err
}

// mistakeOf takes the place out of an error that starts with it.
func mistakeOf(file string, err error) config.Mistake {
	m := config.Mistake{File: text.Line(file), Text: text.Line(err.Error())}
	var t *template.Error
	if errors.As(err, &t) {
		m.Line, m.Text = t.Line, text.Line(t.Reason)
		return m
	}
	rest, ok := strings.CutPrefix(m.Text, text.Line(file)+":")
	if !ok {
		return m
	}
	var line int
	if n, _ := fmt.Sscanf(rest, "%d:", &line); n == 1 {
		_, rest, _ = strings.Cut(rest, ":")
		m.Line = line
	}
	m.Text = strings.TrimSpace(rest)
	return m
}

// resolve makes a path of the config whole: ~ is the home folder, a relative one starts beside the config.
func resolve(path, beside, home string) string {
	if rest, ok := strings.CutPrefix(path, "~/"); ok && home != "" {
		return filepath.Join(home, rest)
	}
	if filepath.IsAbs(path) {
		return path
	}
	return filepath.Join(beside, path)
}
