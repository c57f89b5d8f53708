package store

import (
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"slices"
	"strings"

	"stoke/model"
)

// hash is an address as the list of erased people keeps it: SHA-256 behind a salt of this database, so that one who reads
// the file cannot try addresses against another list. "" when nobody was ever erased, unless a salt is to be made.
func (t *tx) hash(address string, make bool) (string, error) {
	var salt string
	err := t.one("SELECT value FROM salt", nil, &salt)
	switch {
	case errors.Is(err, sql.ErrNoRows) && !make:
		return "", nil
	case errors.Is(err, sql.ErrNoRows):
		salt = t.o.NewID() + t.o.NewID()
		if _, err := t.exec("INSERT INTO salt (value) VALUES (?)", salt); err != nil {
			return "", err
		}
	case err != nil:
		return "", err
	}
	sum := sha256.Sum256([]byte(salt + strings.ToLower(address)))
	return hex.EncodeToString(sum[:]), nil
}

// erased is the suppression of the first of some addresses whose person was erased.
func (t *tx) erased(addresses []string) (*model.Suppression, error) {
	for _, a := range slices.Compact(slices.Clone(addresses)) {
		hash, err := t.hash(a, false)
		if err != nil || hash == "" {
			return nil, err
		}
		s := model.Suppression{What: strings.ToLower(a), Why: "everything about them was erased"}
		err = t.one("SELECT at FROM erased WHERE hash = ?", []any{hash}, moment{&s.At})
		if !errors.Is(err, sql.ErrNoRows) {
			return &s, err
		}
	}
	return nil, nil
}

// unerase lets an address of an erased person be mailed again.
func (t *tx) unerase(address string) (bool, error) {
	hash, err := t.hash(address, false)
	if err != nil || hash == "" {
		return false, err
	}
	n, err := t.exec("DELETE FROM erased WHERE hash = ?", hash)
	return n > 0, err
}
