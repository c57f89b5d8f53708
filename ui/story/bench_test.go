package story

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"stoke/store/storetest"
)

// desk is a full desk on disk and the environment in which stoke works on it; no account, so nothing but the screen.
func desk(b *testing.B) []string {
	b.Helper()
	dir := b.TempDir()
	d := storetest.OpenAt(b, filepath.Join(dir, "data"))
	n, m := storetest.BenchSize()
	storetest.Seed(b, d, n, m)
	data := filepath.Dir(d.Path())
	if err := d.Close(); err != nil {
		b.Fatal(err)
	}
	config := filepath.Join(dir, "config.toml")
	if err := os.WriteFile(config, nil, 0o600); err != nil {
		b.Fatal(err)
	}
	env := []string{"STOKE_CONFIG=" + config, "STOKE_DATA=" + data, "XDG_STATE_HOME=" + dir, "STOKE_NOW=" + storetest.Start.Format(time.RFC3339)}
	// The seed knows no rules: the first stoke ever plans everybody once. What is measured is every later one.
	first := exec.Command(stoke(b), "queue", "--json")
	first.Env = append(os.Environ(), env...)
	if out, err := first.CombinedOutput(); err != nil {
		b.Fatalf("%v\n%s", err, out)
	}
	return env
}

// The first queue frame against the first frame of the least Bubble Tea program, in one run: exec to the last octet of it.
func BenchmarkFirstFrame(b *testing.B) {
	empty := filepath.Join(b.TempDir(), "empty")
	build := exec.Command("go", "build", "-trimpath", "-ldflags", "-s -w", "-o", empty, "./testdata/empty")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		b.Fatalf("%v\n%s", err, out)
	}
	env := desk(b)
	program := stoke(b)
	for name, run := range map[string]struct {
		command []string
		want    string
	}{"empty": {[]string{empty}, "an empty program"}, "stoke": {[]string{program}, " NOW "}} {
		b.Run(name, func(b *testing.B) {
			var all []time.Duration
			for b.Loop() {
				began := time.Now()
				s := start(b, 120, 40, env, run.command...)
				s.shows(b, run.want)
				all = append(all, time.Since(began))
				s.end()
			}
			b.ReportMetric(percentile(all, 0.5), "ms-p50")
			b.ReportMetric(percentile(all, 0.99), "ms-p99")
		})
	}
}

// A key in the queue to the first octets of its frame.
func BenchmarkKeyToFrame(b *testing.B) {
	s := start(b, 120, 40, desk(b), stoke(b))
	defer s.end()
	s.shows(b, " NOW ")
	s.quiet(300 * time.Millisecond)
	var all []time.Duration
	keys := "jjjjjjjjkkkkkkkk"
	for i := 0; b.Loop(); i++ {
		began := time.Now()
		s.press(b, keys[i%len(keys):i%len(keys)+1])
		s.first(b)
		all = append(all, time.Since(began))
		s.quiet(30 * time.Millisecond)
	}
	b.ReportMetric(percentile(all, 0.5), "ms-p50")
	b.ReportMetric(percentile(all, 0.99), "ms-p99")
}
