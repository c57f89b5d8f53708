package story

import (
	"path/filepath"
	"strings"
	"testing"
)

// What a rep types for a date means the same to the binary as to the screens, in the rep's zone and with the rep's
// holidays; what cannot be read is refused with a way out.
func TestWordsOfTime(t *testing.T) {
	dir := t.TempDir()
	r := &rep{t: t, config: filepath.Join(dir, "config.toml"), data: filepath.Join(dir, "data")}
	r.env = []string{"STOKE_CONFIG=" + r.config, "STOKE_DATA=" + r.data, "HOME=" + dir, "XDG_STATE_HOME=" + dir, "TZ=Europe/Berlin", "STOKE_NOW=2026-11-23T09:41:00+01:00"}
	r.write(r.config, []byte("tz = \"Europe/Berlin\"\ncountry = \"de\"\n"))
	for words, want := range map[string]string{
		"february": "2027-02-01T08:30:00+01:00", "second week of february": "2027-02-08T08:30:00+01:00", "early march": "2027-03-01T08:30:00+01:00",
		"mid january": "2027-01-15T08:30:00+01:00", "tuesday afternoon": "2026-11-24T14:00:00+01:00", "friday next week": "2026-12-04T08:30:00+01:00",
		"in half an hour": "2026-11-23T10:11:00+01:00", "in an hour and a half": "2026-11-23T11:11:00+01:00", "tonight": "2026-11-23T18:00:00+01:00",
		"this afternoon": "2026-11-23T14:00:00+01:00", "14.12.": "2026-12-14T08:30:00+01:00", "end of next week": "2026-12-04T08:30:00+01:00",
		"q1": "2027-01-04T08:30:00+01:00", "q3": "2027-07-01T08:30:00+02:00", "after christmas": "2026-12-28T08:30:00+01:00",
		"fri 2pm": "2026-11-27T14:00:00+01:00", "next tue": "2026-12-01T08:30:00+01:00", "day after tomorrow": "2026-11-25T08:30:00+01:00",
	} {
		var got struct{ At string }
		r.asks(&got, append([]string{"when"}, strings.Fields(words)...)...)
		if got.At != want {
			t.Errorf("%s: %s, want %s", words, got.At, want)
		}
	}
	for words, why := range map[string]string{"yesterday": "is past", "this morning": "is past", "5.1.2027": "could be a day and month", "soon": "no date I can read"} {
		_, errs, code := r.tries(append([]string{"when"}, strings.Fields(words)...)...)
		if code != 2 || !strings.Contains(errs, why) || !strings.Contains(errs, ": try ") && !strings.Contains(errs, ": write ") {
			t.Errorf("%s: exit %d, %s", words, code, errs)
		}
	}
}
