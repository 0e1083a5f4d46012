package words

import "testing"

func TestOneSlipMakesNoDifference(t *testing.T) {
	for _, c := range []struct {
		typed, meant string
		want         bool
	}{
		{"ascenseur", "ascenseur", true},
		{"asenseur", "ascenseur", true},
		{"asscenseur", "ascenseur", true},
		{"ascenceur", "ascenseur", true},
		{"acsenseur", "ascenseur", true},
		{"acsenceur", "ascenseur", false},
		{"velo", "vol", false},
		{"مصعد", "مصد", true},
	} {
		if got := Slip(c.typed, c.meant); got != c.want {
			t.Errorf("%s for %s: %v", c.typed, c.meant, got)
		}
	}
}

func TestAWordIsMendedOnlyByWhatIsWrittenThere(t *testing.T) {
	for _, c := range []struct {
		a    asked
		want string
	}{
		{asked{Word: "le"}, ""},
		{asked{Word: "velos", Stem: "velos", Near: []string{"velo"}}, "('velos' | 'velo')"},
		{asked{Word: "balayge", Stem: "balayg", Near: []string{"balayag", "balcon"}}, "('balayg' | 'balayag')"},
		{asked{Word: "balayage", Stem: "balayag", Near: []string{"balayag", "balayagx"}}, "('balayag')"},
		{asked{Word: "bus", Stem: "bus", Near: []string{"buse"}}, "('bus')"},
		{asked{Word: "test", Stem: "test", Near: []string{"tes't"}}, "('test')"},
	} {
		if got := c.a.query(); got != c.want {
			t.Errorf("%+v asks for %s, want %s", c.a, got, c.want)
		}
	}
}

func TestATextIsCutIntoWords(t *testing.T) {
	if got := Of("L’ascenseur, 2 fois -- 'drop' | & ! <->"); len(got) != 5 {
		t.Errorf("got %q", got)
	}
}
