package demo

func (t *teller) planPinning() {}
