package files

import (
	"os"
	"path/filepath"

	"stoke/model"
)

// Paths says where everything of one rep lives.
type Paths struct {
	Config string // the file
	Data   string // the folder of the database, templates and sequences
	State  string // the folder of logs
}

// Locate decides where things live: flag, else STOKE_CONFIG and STOKE_DATA, else the XDG base directories (on macOS too).
// home is the rep's home folder.
func Locate(env func(string) string, home, configFlag, dataFlag string) (Paths, error) {
	p := Paths{Config: first(configFlag, env("STOKE_CONFIG")), Data: first(dataFlag, env("STOKE_DATA"))}
	base := func(name string, under ...string) string {
		if dir := env(name); filepath.IsAbs(dir) { // the specification: relative ones are ignored
			return dir
		}
		if home == "" {
			return ""
		}
		return filepath.Join(append([]string{home}, under...)...)
	}
	if p.Config == "" {
		p.Config = below(base("XDG_CONFIG_HOME", ".config"), "stoke", "config.toml")
	}
	if p.Data == "" {
		p.Data = below(base("XDG_DATA_HOME", ".local", "share"), "stoke")
	}
	p.State = below(base("XDG_STATE_HOME", ".local", "state"), "stoke")
	if p.State == "" {
		p.State = p.Data
	}
	if p.Config == "" || p.Data == "" {
		return p, model.Errorf(model.BadConfig, "There is no home folder to look in. Set STOKE_CONFIG and STOKE_DATA.")
	}
	for _, path := range []*string{&p.Config, &p.Data, &p.State} {
		whole, err := filepath.Abs(*path)
		if err != nil {
			return p, model.Errorf(model.BadConfig, "Could not tell where %s is: %w", *path, err)
		}
		*path = whole
	}
	return p, nil
}

// Database is the file that holds the contacts.
func (p Paths) Database() string { return filepath.Join(p.Data, "stoke.db") }

// Log is the file that failures are written to.
func (p Paths) Log() string { return filepath.Join(p.State, "stoke.log") }

// Templates is the folder whose templates shadow the starter set.
func (p Paths) Templates() string { return filepath.Join(p.Data, "templates") }

// Sequences is the folder whose sequences shadow the starter set.
func (p Paths) Sequences() string { return filepath.Join(p.Data, "sequences") }

// Snippets is the folder of the rep's snippets, a file each.
func (p Paths) Snippets() string { return filepath.Join(p.Data, "snippets") }

// Make creates the folders of data and logs, readable by the rep alone.
func (p Paths) Make() error {
	for _, dir := range []string{p.Data, p.State} {
		if err := os.MkdirAll(dir, 0o700); err != nil {
			return model.Errorf(model.BadConfig, "Could not create the folder %s: %w", dir, err)
		}
	}
	return nil
}

func first(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

func below(dir string, names ...string) string {
	if dir == "" {
		return ""
	}
	return filepath.Join(append([]string{dir}, names...)...)
}
