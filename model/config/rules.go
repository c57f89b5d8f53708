package config

import (
	"time"

	"stoke/model"
)

// rules reads every number of model.Rules.
func (c *Config) rules(top *section) {
	c.heat(top.sub("heat", "[heat]"))
	c.followUp(top.sub("rules", "[rules]"))
	c.outbox(top.sub("outbox", "[outbox]"))
	c.retire(top.sub("retire", "[retire]"))
	c.coach(top.sub("coach", "[coach]"))
}

func (c *Config) heat(s *section) {
	r := &c.Rules
	days := int(r.HalfLife / (24 * time.Hour))
	s.whole("half_life_days", &days, 1, 365)
	r.HalfLife = time.Duration(days) * 24 * time.Hour
	s.number("hot_from", &r.HotFrom, 1, 10000)
	s.number("warm_from", &r.WarmFrom, 1, 10000)
	if r.WarmFrom >= r.HotFrom {
		s.wrong("warm_from", "warm_from is %v and hot_from %v; hot must be more than warm.", r.WarmFrom, r.HotFrom)
	}
	s.number("ask_points", &r.AskPoints, 0, 1000)
	s.number("no_answer_points", &r.Cooling, -1000, 0)
	s.whole("pin_days", &r.PinDays, 1, 3650)
	s.whole("customer_warm_days", &r.CustomerWarmDays, 0, 3650)
	points := s.sub("points", "[heat.points]")
	for _, kind := range append(model.Kinds(), model.Mail) {
		value, given := r.Points[kind]
		points.number(string(kind), &value, -1000, 1000)
		if _, set := points.keys[string(kind)]; set || given {
			r.Points[kind] = value
		}
	}
	points.rest()
	s.rest()
}

func (c *Config) followUp(s *section) {
	r := &c.Rules
	const year = 365 * 24 * time.Hour
	s.span("inquiry_hour", &r.InquiryHour, time.Minute, 7*24*time.Hour)
	s.span("inquiry_amber", &r.InquiryAmber, 0, 7*24*time.Hour)
	s.span("inquiry_old", &r.InquiryOld, time.Hour, year)
	s.span("reply_amber", &r.ReplyAmber, 0, 7*24*time.Hour)
	s.whole("reply_red_days", &r.ReplyRedDays, 1, 250)
	s.whole("after_meeting_days", &r.AfterMeeting, 0, 250)
	s.whole("after_proposal_days", &r.AfterProposal, 0, 250)
	s.span("after_event", &r.AfterEvent, time.Hour, 14*24*time.Hour)
	s.whole("nurture_days", &r.NurtureDays, 1, 3650)
	s.whole("nurture_rows", &r.NurtureRows, 0, 100_000)
	s.whole("quiet_days", &r.QuietDays, 1, 3650)
	s.whole("alive_days", &r.AliveDays, 1, 250)
	s.whole("move_on_days", &r.MoveOnDays, 1, 250)
	s.whole("move_on_for_days", &r.MoveOnFor, 0, 250)
	s.whole("attempts_cold", &r.AttemptsCold, 1, 50)
	s.whole("attempts_warm", &r.AttemptsWarm, 1, 50)
	s.whole("attempts_hot", &r.AttemptsHot, 1, 50)
	s.whole("attempt_window_days", &r.AttemptWindow, 1, 365)
	s.whole("mail_gap_days", &r.MailGapDays, 0, 250)
	s.whole("next_hot_days", &r.NextHot, 1, 250)
	s.whole("next_warm_days", &r.NextWarm, 1, 3650)
	s.whole("next_cold_days", &r.NextCold, 1, 3650)
	s.whole("out_of_office_days", &r.OutOfOfficeDays, 1, 250)
	s.whole("after_return_days", &r.AfterReturn, 0, 250)
	s.whole("until_reply_days", &r.UntilReplyMaxDays, 1, 3650)
	s.whole("soft_bounces", &r.SoftBounces, 1, 50)
	s.whole("soft_bounce_days", &r.SoftDays, 1, 365)
	s.whole("colleague_days", &r.ColleagueDays, 0, 250)
	s.whole("call_value", &r.CallValue, 0, 1_000_000_000)
	s.whole("call_after", &r.CallAfter, 1, 50)
	s.rest()
}

func (c *Config) outbox(s *section) {
	r := &c.Rules
	const day = 24 * time.Hour
	s.span("undo_window", &r.UndoWindow, 0, time.Hour)
	s.span("sync_fresh", &r.SyncFresh, time.Minute, day)
	s.span("give_up", &r.GiveUp, time.Hour, 7*day)
	s.spans("retry", &r.Retry, time.Minute, day)
	s.spans("looks", &r.Looks, 0, day)
	s.whole("pace_day", &r.PaceDay, 0, 100_000)
	s.whole("pace_hour", &r.PaceHour, 0, 100_000)
	s.span("pace_gap", &r.PaceGap, 0, time.Hour)
	s.number("bounce_share", &r.BounceShare, 0, 1)
	s.whole("bounce_of", &r.BounceOf, 1, 10_000)
	s.whole("bounce_least", &r.BounceLeast, 1, 10_000)
	s.rest()
}

// retire reads after how many days a contact that was retired for a reason comes back; 0 means never.
func (c *Config) retire(s *section) {
	for _, reason := range model.Reasons() {
		days := c.Rules.RetireDays[reason]
		s.whole(string(reason), &days, 0, 3650)
		if days == 0 {
			delete(c.Rules.RetireDays, reason)
			continue
		}
		if reason == model.ReasonOptOut {
			s.wrong(string(reason), "who asked not to be contacted does not come back by itself.")
			continue
		}
		c.Rules.RetireDays[reason] = days
	}
	s.rest()
}
