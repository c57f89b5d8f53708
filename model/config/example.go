package config

import _ "embed"

//go:embed example.toml
var example string

// Example is a config with every key explained: what a new rep starts from. It is valid as it stands.
func Example() string { return example }
