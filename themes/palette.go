package themes

import (
	"embed"
	"errors"
	"fmt"
	"path"
	"sort"
	"strings"

	"github.com/BurntSushi/toml"
)

//go:embed palettes/*.toml
var builtin embed.FS

// Default is the palette of a rep who chose none: the terminal's own colours.
const Default = "terminal"

// palette is one file, every role filled.
type palette struct {
	name   string
	about  string
	dark   bool
	values [roleCount]value
}

// Names returns the built-in palettes, the default first, then by name.
func Names() []string {
	files, err := builtin.ReadDir("palettes")
	if err != nil {
		return []string{Default}
	}
	names := []string{Default}
	for _, f := range files {
		if name := strings.TrimSuffix(f.Name(), ".toml"); name != Default {
			names = append(names, name)
		}
	}
	sort.Strings(names[1:])
	return names
}

// Load returns a built-in theme; the empty name means Default. An unknown name
// is an error that suggests the nearest known one.
func Load(name string) (Theme, error) {
	if name == "" {
		name = Default
	}
	raw, err := builtin.ReadFile(path.Join("palettes", name+".toml"))
	if err != nil {
		return Theme{}, fmt.Errorf("no theme is called %q%s; there are: %s",
			name, didYouMean(name, Names()), strings.Join(Names(), ", "))
	}
	return Parse(name, raw)
}

// Parse reads a palette file. All its mistakes are reported at once.
func Parse(name string, raw []byte) (Theme, error) {
	p, err := parsePalette(name, raw)
	if err != nil {
		return Theme{}, err
	}
	return build(p), nil
}

func parsePalette(name string, raw []byte) (palette, error) {
	var file struct {
		About string            `toml:"about"`
		Dark  bool              `toml:"dark"`
		Roles map[string]string `toml:"roles"`
	}
	meta, err := toml.Decode(string(raw), &file)
	if err != nil {
		return palette{}, fmt.Errorf("theme %s: %w", name, err)
	}
	var mistakes []error
	for _, key := range meta.Undecoded() {
		mistakes = append(mistakes, fmt.Errorf("theme %s: %q is unknown%s", name, key.String(),
			didYouMean(key.String(), []string{"about", "dark", "roles"})))
	}
	p := palette{name: name, about: file.About, dark: file.Dark}
	given := [roleCount]bool{}
	for _, roleName := range sortedKeys(file.Roles) {
		role, ok := roleNamed(roleName)
		if !ok {
			mistakes = append(mistakes, fmt.Errorf("theme %s: no role is called %q%s", name, roleName, didYouMean(roleName, roleNames[:])))
			continue
		}
		v, err := parseValue(file.Roles[roleName])
		if err != nil {
			mistakes = append(mistakes, fmt.Errorf("theme %s: %s: %w", name, roleName, err))
			continue
		}
		p.values[role], given[role] = v, true
	}
	for _, role := range Roles() {
		from := role
		for !given[from] && from != Text {
			from = parents[from]
		}
		if role != Surface {
			p.values[role] = p.values[from]
		}
	}
	return p, errors.Join(mistakes...)
}

func sortedKeys(m map[string]string) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	return keys
}
