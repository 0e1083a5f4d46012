package demo

import "context"

func (t *teller) accompany(context.Context) error { return nil }
