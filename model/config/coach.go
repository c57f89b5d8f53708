package config

import "stoke/model/coach"

// coach reads what the draft coach aims for. A pair of a least and a most must be one.
func (c *Config) coach(s *section) {
	a := &c.Rules.Coach
	s.whole("opener_least", &a.OpenerLeast, 0, 1000)
	s.whole("opener_most", &a.OpenerMost, 1, 1000)
	s.whole("follow_up_least", &a.FollowUpLeast, 0, 1000)
	s.whole("follow_up_most", &a.FollowUpMost, 1, 1000)
	s.whole("questions_most", &a.Questions, 1, 50)
	s.number("grade_good", &a.GradeGood, 0, 30)
	s.number("grade_warn", &a.GradeWarn, 0, 30)
	s.number("grade_red", &a.GradeRed, 0, 30)
	s.whole("subject_least", &a.SubjectLeast, 1, 50)
	s.whole("subject_most", &a.SubjectMost, 1, 50)
	s.whole("subject_characters", &a.SubjectCharacters, 1, 500)
	s.whole("sentence_most", &a.SentenceMost, 1, 500)
	s.whole("exclamations_most", &a.Exclamations, 0, 50)
	s.whole("opener_links", &a.OpenerLinks, 0, 50)
	usual := coach.DefaultAims()
	if a.OpenerLeast > a.OpenerMost {
		s.wrong("opener_least", "opener_least is %d and opener_most %d; the least cannot be more than the most.", a.OpenerLeast, a.OpenerMost)
		a.OpenerLeast, a.OpenerMost = usual.OpenerLeast, usual.OpenerMost
	}
	if a.FollowUpLeast > a.FollowUpMost {
		s.wrong("follow_up_least", "follow_up_least is %d and follow_up_most %d; the least cannot be more than the most.", a.FollowUpLeast, a.FollowUpMost)
		a.FollowUpLeast, a.FollowUpMost = usual.FollowUpLeast, usual.FollowUpMost
	}
	if a.SubjectLeast > a.SubjectMost {
		s.wrong("subject_least", "subject_least is %d and subject_most %d; the least cannot be more than the most.", a.SubjectLeast, a.SubjectMost)
		a.SubjectLeast, a.SubjectMost = usual.SubjectLeast, usual.SubjectMost
	}
	if a.GradeGood > a.GradeWarn || a.GradeWarn > a.GradeRed {
		s.wrong("grade_warn", "grade_good, grade_warn and grade_red are %g, %g and %g; each must be at least the one before.", a.GradeGood, a.GradeWarn, a.GradeRed)
		a.GradeGood, a.GradeWarn, a.GradeRed = usual.GradeGood, usual.GradeWarn, usual.GradeRed
	}
	s.rest()
}
