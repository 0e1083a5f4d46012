package live

import (
	"bytes"
	"encoding/binary"
	"encoding/json"

	"github.com/google/uuid"
)

// entryMessage is what a reader gets for one entry.
type entryMessage struct {
	Board  uuid.UUID `json:"board"`
	N      int64     `json:"n"`
	Kind   string    `json:"kind,omitempty"`
	HTML   string    `json:"html,omitempty"`
	Reload bool      `json:"reload,omitempty"` // the entry exists and could not be rendered
}

// stateMessage says where a subscription stands: at a number, to be reloaded because
// the numbers in between cannot be had, or refused.
type stateMessage struct {
	Board   uuid.UUID `json:"board"`
	At      int64     `json:"at"`
	Epoch   string    `json:"epoch,omitempty"`
	Reload  bool      `json:"reload,omitempty"`
	Refused bool      `json:"refused,omitempty"`
}

// encode writes a message as JSON. The HTML in it stays legible and short: it is put
// into a document by a script, never parsed inside one.
func encode(message any) []byte {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(message); err != nil {
		panic("live: a message of strings and numbers always encodes: " + err.Error())
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n"))
}

// The kinds of websocket frames (RFC 6455, 5.2).
const (
	textFrame  = 1
	closeFrame = 8
	pingFrame  = 9
	pongFrame  = 10
)

// frame puts the header of an unmasked, unfragmented frame before its payload.
func frame(kind byte, payload []byte) []byte {
	n := len(payload)
	b := append(make([]byte, 0, n+10), 0x80|kind)
	switch {
	case n < 126:
		b = append(b, byte(n))
	case n < 1<<16:
		b = binary.BigEndian.AppendUint16(append(b, 126), uint16(n))
	default:
		b = binary.BigEndian.AppendUint64(append(b, 127), uint64(n))
	}
	return append(b, payload...)
}

// payload takes the header of one complete frame off again.
func payload(frame []byte) []byte {
	switch frame[1] {
	case 126:
		return frame[4:]
	case 127:
		return frame[10:]
	}
	return frame[2:]
}

// farewell is the frame that closes a connection, with its reason as a code.
func farewell(code int) []byte {
	return frame(closeFrame, binary.BigEndian.AppendUint16(nil, uint16(code)))
}
