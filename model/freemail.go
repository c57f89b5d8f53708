package model

// freeMail are the domains whose people are no colleagues of each other.
var freeMail = map[string]bool{
	"gmail.com": true, "googlemail.com": true, "outlook.com": true, "hotmail.com": true, "live.com": true, "msn.com": true,
	"yahoo.com": true, "yahoo.co.uk": true, "ymail.com": true, "icloud.com": true, "me.com": true, "mac.com": true, "aol.com": true,
	"gmx.de": true, "gmx.net": true, "gmx.at": true, "gmx.ch": true, "web.de": true, "t-online.de": true, "freenet.de": true,
	"proton.me": true, "protonmail.com": true, "fastmail.com": true, "zoho.com": true, "mail.com": true, "mail.ru": true, "yandex.ru": true,
	"orange.fr": true, "free.fr": true, "laposte.net": true, "libero.it": true, "wp.pl": true, "seznam.cz": true, "uol.com.br": true,
	"bol.com.br": true, "qq.com": true, "163.com": true, "126.com": true, "comcast.net": true, "verizon.net": true, "att.net": true,
}

// CompanyDomain is the domain of an address if its people are likely to be colleagues, else "".
func CompanyDomain(address string) string {
	domain := Address{Addr: address}.Domain()
	if freeMail[domain] {
		return ""
	}
	return domain
}
