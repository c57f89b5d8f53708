package frame

import "strconv"

// Count writes a number of people in at most four cells: 950, 1.2k, 85k, 1.3m.
func Count(n int) string {
	switch {
	case n < 1000:
		return strconv.Itoa(n)
	case n < 9950:
		return strconv.FormatFloat(float64(n)/1000, 'f', 1, 64) + "k"
	case n < 999_500:
		return strconv.Itoa((n+500)/1000) + "k"
	case n < 9_950_000:
		return strconv.FormatFloat(float64(n)/1_000_000, 'f', 1, 64) + "m"
	default:
		return strconv.Itoa((n+500_000)/1_000_000) + "m"
	}
}
