package live

import (
	"bufio"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/gorilla/websocket"
)

// Upgrade makes the handler that opens sockets on the app's own port. identify runs
// inside Fiber's handler, where cookies and the session are readable, and says who is
// there; its error is answered as any handler's. Everything is decided before the
// connection is taken over: who, from which origin, whether there is room.
func (h *Hub) Upgrade(app *fiber.App, identify func(*fiber.Ctx) (Reader, error)) fiber.Handler {
	// Without this fasthttp keeps a goroutine and its buffers for each socket and closes
	// it when the handler returns.
	app.Server().KeepHijackedConns = true
	return func(c *fiber.Ctx) error {
		r := copied(c)
		if !websocket.IsWebSocketUpgrade(r) {
			return fiber.ErrUpgradeRequired
		}
		if !slices.Contains(h.opts.Origins, r.Header.Get("Origin")) {
			return fiber.ErrForbidden // absent counts as foreign: every browser sends it
		}
		reader, err := identify(c)
		if err != nil {
			return err
		}
		if !h.room(reader) {
			return fiber.ErrServiceUnavailable
		}
		c.Context().HijackSetNoResponse(true) // gorilla writes the 101 itself
		c.Context().Hijack(func(conn net.Conn) { h.take(conn, r, reader) })
		return nil
	}
}

// copied is the request as net/http knows it, sharing no memory with fasthttp, which
// uses its own again for the next one.
func copied(c *fiber.Ctx) *http.Request {
	header := http.Header{}
	for name, value := range c.Request().Header.All() {
		header.Add(string(name), string(value))
	}
	return &http.Request{
		Method: strings.Clone(c.Method()), URL: &url.URL{Path: strings.Clone(c.Path())},
		Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
		Header: header, Host: string(c.Request().Host()), Body: http.NoBody,
	}
}

// take upgrades a connection and leaves it with a goroutine that reads.
func (h *Hub) take(hijacked net.Conn, r *http.Request, reader Reader) {
	early, conn := parted(hijacked)
	s := newSeat(h, reader, conn)
	w := &wire{Conn: conn, seat: s, early: early}
	if !h.enter(s) {
		w.refuse(http.StatusServiceUnavailable)
		return
	}
	upgrader := websocket.Upgrader{
		ReadBufferSize:  256, // a request names a board or two; longer ones are read in pieces
		WriteBufferPool: unused{},
		CheckOrigin:     func(*http.Request) bool { return true }, // checked before the hijack
	}
	ws, err := upgrader.Upgrade(w, r, nil)
	if err != nil {
		h.leave(s)
		return
	}
	ws.SetReadLimit(readLimit)
	go s.listen(ws)
}

// parted separates the socket from fasthttp's wrapper around it, keeping what a client
// sent right behind its handshake: those bytes stand in the wrapper's buffer. A deadline
// that has passed makes it give what it has without waiting for more.
func parted(hijacked net.Conn) (early []byte, conn net.Conn) {
	u, ok := hijacked.(interface{ UnsafeConn() net.Conn })
	if !ok {
		return nil, hijacked
	}
	conn = u.UnsafeConn()
	_ = conn.SetReadDeadline(time.Unix(1, 0)) // fails only on a closed socket, as the next read will
	for buf := make([]byte, 1024); ; {
		n, err := hijacked.Read(buf)
		early = append(early, buf[:n]...)
		if err != nil {
			_ = conn.SetReadDeadline(time.Time{})
			return early, conn
		}
	}
}

// wire is what gorilla holds for the connection. Reading begins with what came early;
// writing goes through the seat, because gorilla answers some faults itself and its
// words must not fall into the middle of a frame.
type wire struct {
	net.Conn
	seat   *seat
	early  []byte
	header http.Header
}

func (w *wire) Read(p []byte) (int, error) {
	if len(w.early) == 0 {
		return w.Conn.Read(p)
	}
	n := copy(p, w.early)
	if w.early = w.early[n:]; len(w.early) == 0 {
		w.early = nil
	}
	return n, nil
}

func (w *wire) Write(p []byte) (int, error) {
	w.seat.send(slices.Clone(p)) // the seat may keep it for later
	return len(p), nil
}

// The seat alone sets deadlines: one left behind would fail its next write.
func (w *wire) SetDeadline(time.Time) error      { return nil }
func (w *wire) SetReadDeadline(time.Time) error  { return nil }
func (w *wire) SetWriteDeadline(time.Time) error { return nil }

// Header, WriteHeader and Hijack make the wire the ResponseWriter and Hijacker that
// gorilla's Upgrader asks for. WriteHeader is only called to refuse.
func (w *wire) Header() http.Header {
	if w.header == nil {
		w.header = http.Header{}
	}
	return w.header
}

func (w *wire) WriteHeader(status int) { w.refuse(status) }

func (w *wire) refuse(status int) {
	w.seat.send([]byte("HTTP/1.1 " + strconv.Itoa(status) + " " + http.StatusText(status) +
		"\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"))
	_ = w.Conn.Close() // the answer was written or the socket is gone
}

func (w *wire) Hijack() (net.Conn, *bufio.ReadWriter, error) {
	return w, bufio.NewReadWriter(bufio.NewReaderSize(w, 16), bufio.NewWriterSize(w, 512)), nil
}

// unused keeps gorilla from holding a write buffer for each connection: nothing is ever
// written through it but the answer to the handshake.
type unused struct{}

func (unused) Get() any { return nil }
func (unused) Put(any)  {}
