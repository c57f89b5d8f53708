package schedule

import "testing"

func TestEveryZoneOfTheTableExists(t *testing.T) {
	for code, name := range businessZone {
		if ZoneOf(code) == nil {
			t.Errorf("%s: no zone %s", code, name)
		}
	}
	for _, code := range known {
		if ZoneOf(code) == nil {
			t.Errorf("%s has holidays but no zone", code)
		}
	}
}
