package ui_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"stoke/model"
	"stoke/ui/uitest"
)

// scripts is a text as people of many places write it: wide letters, letters of several parts, emoji that are joined,
// toned or flags, marks that combine, and words from right to left.
const scripts = "田中様、お世話になっております。先日のお見積りの件ですが、来週の火曜日に三十分ほどお時間をいただけますでしょうか。\n" +
	"한국어 문장도 폭이 두 칸입니다. 다음 주에 시간이 되십니까?\n" +
	"Family 👩‍👩‍👧‍👦, a technologist 👩🏽‍💻, thumbs 👍🏿, flags 🇳🇱🇯🇵🏴󠁧󠁢󠁳󠁣󠁴󠁿, a heart ❤️, a key 1️⃣, fine?\n" +
	"Ze\u0301ro\u0308 a\u0323\u0302 Z\u0351\u036b\u0343\u036a\u0302\u036b\u033d\u034f\u0334\u0319\u0324\u031e\u0349\u035a\u032f\u031e\u0320\u034d e\u0301te\u0301, ﬁligree and ｗｉｄｅ letters\n" +
	"שלום רב, האם יום שלישי בשעה עשר מתאים לך? مرحبا، هل يناسبك يوم الثلاثاء؟\n" +
	"कृपया बताएं क्षि ठीक है? ขอบคุณครับ น้ำ"

// At three sizes, a draft that is hard to draw. The driver judges every frame on the way: each line has its exact width,
// and the cursor is in the text.
func TestADraftInManyScripts(t *testing.T) {
	for _, size := range sizes {
		for _, who := range []struct{ scene, name, company string }{
			{"hebrew", "נועה בן־דוד", "חברת הצפון"},
			{"japanese", "田中 さくら", "株式会社ノースウィンド"},
			{"arabic", "ليلى 👩‍💻 حداد", "Ze\u0301ro\u0308 🇳🇱"},
		} {
			name := fmt.Sprintf("scripts-%s-%dx%d", who.scene, size.w, size.h)
			t.Run(name, func(t *testing.T) {
				s := empty(t)
				at := monday.Add(-2 * time.Hour)
				id := s.desk.Put(model.Contact{Name: who.name, Company: who.company, Title: "部長 🇯🇵", Emails: []string{"n@north.example"},
					FollowUp: model.FollowUp{Sorted: true, Next: model.Touch{Kind: model.TouchReply, About: model.Mail, Asks: true, Since: at, ReadyAt: at, DueAt: monday.Add(time.Hour)}}},
					model.Interaction{Kind: model.Mail, Direction: model.In, At: at, Subject: "価格 🔥 מחיר", Text: "四十席の価格は？ 👩‍👩‍👧", MessageID: "q@north.example", Asks: true})
				s.open(t, size.w, size.h)
				s.Press("r", "ctrl+home", "ctrl+space", "ctrl+end", "delete")
				s.Paste(scripts)
				for range 30 { // the cursor walks through what is several letters wide, and the driver looks at each frame
					s.Press("left")
				}
				s.Press("up", "up", "home", "shift+right", "shift+right", "shift+right")
				uitest.Golden(t, name, s.Screen())
				s.Press("right")
				s.Wait(time.Second)
				if d := s.desk.Dossier(id).Draft; d == nil || d.Body != scripts {
					t.Errorf("the draft holds %q", d.Body)
				}
				for range strings.Count(scripts, "\n") + 30 {
					s.Press("ctrl+z")
				}
				s.Press("esc", "enter", "enter", "esc", "esc")
			})
		}
	}
}
