package live

import (
	"bytes"
	"context"

	"github.com/google/uuid"
)

// CatchUp answers by plain HTTP what a socket would have sent: a JSON array of the same
// messages, every entry above a number in order, then the state with the number reached
// and the epoch. Too far behind, or of another epoch, it says reload. ErrRefused if the
// reader may not read the board. Epoch is the one last heard, or empty.
func (h *Hub) CatchUp(ctx context.Context, r Reader, board uuid.UUID, after int64, epoch string) ([]byte, error) {
	ok, err := h.source.Admit(ctx, r, board)
	if err != nil {
		return nil, err
	}
	if !ok {
		return nil, ErrRefused
	}
	o, err := h.open(ctx, r, board, after, epoch)
	if err != nil {
		return nil, err
	}
	defer h.release(o.feed, o.tape)
	messages, head, ok := o.tape.messages(o.after)
	messages = append(messages, encode(stateMessage{Board: board, At: head, Epoch: h.epochOf(r, o.edition), Reload: !ok}))
	return slicesOf(messages), nil
}

func slicesOf(messages [][]byte) []byte {
	return append(append([]byte{'['}, bytes.Join(messages, []byte{','})...), ']')
}
