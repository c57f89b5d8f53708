package cli

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"stoke/model"
	"stoke/model/config"
)

func (c *command) editConfig() *cobra.Command {
	return &cobra.Command{Use: "edit", Short: "Opens the config in your editor (VISUAL or EDITOR), and checks it afterwards",
		RunE: func(cmd *cobra.Command, _ []string) error {
			s := c.lenient()
			if !c.app.Terminal || c.flags.JSON {
				return usagef("`stoke config edit` needs a terminal. The file is %s.", s.Paths.Config)
			}
			changed, err := c.editAt(cmd.Context(), s.Paths.Config)
			if err != nil {
				return err
			}
			if !changed {
				c.say("Nothing was changed.")
			}
			return c.checkConfig()
		}}
}

// editAt lets the rep edit the config. Where there is none they get the example, which becomes the config when they have
// changed it: its account is nobody's.
func (c *command) editAt(ctx context.Context, path string) (changed bool, err error) {
	before, err := os.ReadFile(path)
	if err == nil {
		if err := c.app.Edit(ctx, path); err != nil {
			return false, err
		}
		after, err := os.ReadFile(path)
		return !bytes.Equal(before, after), unreadable(path, err)
	}
	if !errors.Is(err, fs.ErrNotExist) {
		return false, unreadable(path, err)
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return false, fmt.Errorf("make the folder of the config: %w", err)
	}
	f, err := os.CreateTemp(filepath.Dir(path), "new-*.toml") // which only the rep can read
	if err != nil {
		return false, fmt.Errorf("write the example of a config: %w", err)
	}
	begun := f.Name()
	_, err = f.WriteString(config.Example())
	if err = errors.Join(err, f.Close()); err != nil {
		return false, fmt.Errorf("write the example of a config: %w", err)
	}
	failed := c.app.Edit(ctx, begun)
	after, err := os.ReadFile(begun)
	switch {
	case err != nil:
		return false, errors.Join(failed, unreadable(begun, err))
	case string(after) == config.Example():
		return false, errors.Join(failed, os.Remove(begun))
	case failed != nil:
		return false, model.Errorf(model.Conflict, "%w What you wrote is in %s.", failed, begun)
	}
	return true, os.Rename(begun, path)
}

func unreadable(path string, err error) error {
	if err == nil {
		return nil
	}
	return model.Errorf(model.NotFound, "Could not read %s: %w.", path, bareCause(err))
}
