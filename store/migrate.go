package store

import (
	"database/sql"
	"embed"
	"fmt"
	"io/fs"

	"stoke/model"
)

// Each file of migrations is one rung: it takes a database from the version before its number to that number, and is
// never changed once it was released.
//
//go:embed migrations/*.sql
var migrations embed.FS

// migrate climbs the ladder in one immediate transaction, so that two processes that start at once take turns and a
// failure leaves the file as it was.
func migrate(db *sql.DB, path string) error {
	files, err := fs.Glob(migrations, "migrations/*.sql")
	if err != nil {
		return err
	}
	var version int
	if err := db.QueryRow("PRAGMA user_version").Scan(&version); err != nil {
		return fmt.Errorf("could not open %s: %w", path, err)
	}
	if version == len(files) {
		return nil // nearly always; and who only reads needs no turn at writing, which another process may keep for long
	}
	tx, err := db.Begin()
	if err != nil {
		return fmt.Errorf("could not open %s: %w", path, err)
	}
	defer tx.Rollback() //nolint:errcheck // after a commit there is nothing to roll back
	if err := tx.QueryRow("PRAGMA user_version").Scan(&version); err != nil {
		return fmt.Errorf("could not open %s: %w", path, err)
	}
	if version > len(files) {
		return model.Errorf(model.Newer, "%s was written by a newer stoke (its format is %d, this one knows %d). Update stoke, or name another folder with --data.",
			path, version, len(files))
	}
	if version == len(files) {
		return nil
	}
	for _, f := range files[version:] {
		rung, err := migrations.ReadFile(f)
		if err != nil {
			return err
		}
		if _, err := tx.Exec(string(rung)); err != nil {
			return fmt.Errorf("could not bring %s up to date: %s: %w", path, f, err)
		}
	}
	if _, err := tx.Exec(fmt.Sprintf("PRAGMA user_version = %d", len(files))); err != nil {
		return fmt.Errorf("could not bring %s up to date: %w", path, err)
	}
	return tx.Commit()
}
