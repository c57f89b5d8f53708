package cli

import (
	"errors"
	"strconv"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
	"golang.org/x/text/language"

	"stoke/model"
)

// amount is a flag that takes money, in whole units of the rep's currency.
type amount int64

func (a *amount) String() string { return strconv.FormatInt(int64(*a), 10) }
func (a *amount) Type() string   { return "AMOUNT" }

func (a *amount) Set(s string) error {
	n, err := model.ParseAmount(s)
	*a = amount(n)
	return err
}

// misread words the error of a flag.
func misread(cmd *cobra.Command, err error) error {
	said := sentence(err.Error())
	var wrong *pflag.InvalidValueError
	if errors.As(err, &wrong) {
		flag, value := wrong.GetFlag().Name, wrong.GetValue()
		switch why := wrong.Unwrap(); {
		case model.CodeOf(why) != "":
			return usagef("--%s: %s", flag, why)
		case errors.Is(why, strconv.ErrRange):
			said = "--" + flag + ": " + strconv.Quote(value) + " is too large"
		case errors.Is(why, strconv.ErrSyntax):
			said = "--" + flag + ": " + strconv.Quote(value) + " is no whole number"
		}
	}
	return usagef("%s. `%s --help` shows what there is.", said, cmd.CommandPath())
}

// countryCode reads an ISO 3166 code; "" stays.
func countryCode(s string) (string, error) {
	if s == "" {
		return "", nil
	}
	region, err := language.ParseRegion(s)
	if code := region.Canonicalize().String(); err == nil && region.IsCountry() && len(s) == 2 && len(code) == 2 {
		return code, nil
	}
	return "", usagef("%q is no country code. It has two letters, like DE.", s)
}
