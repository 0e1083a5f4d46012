package coopweb_test

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/gorilla/websocket"
)

const (
	crowdSize    = 1000
	crowdNotices = 200 // two of each of a hundred members
	crowdPause   = time.Second / 20
	crowdEnv     = "LIEN_BOARD_CROWD" // set in a process that plays the readers
)

// crowd is many readers of one board, and where they find it.
type crowd struct {
	Addr, Origin string
	Board        uuid.UUID
	Members      []uuid.UUID
}

// figures are what the crowd saw: deliveries, and the time from a POST to a socket.
type figures struct {
	Delivered, Lost, Doubled, Reordered int64
	P50, P99                            float64 // ms
}

// gather has a process of its own play the crowd; begin is called when all look and
// nothing was pinned yet.
func gather(b *testing.B, c crowd, begin func()) (f figures) {
	b.Helper()
	child := exec.CommandContext(b.Context(), os.Args[0])
	child.Env = append(os.Environ(), crowdEnv+"=1")
	child.Stderr = os.Stderr
	in, err := child.StdinPipe()
	if err != nil {
		b.Fatal(err)
	}
	out, err := child.StdoutPipe()
	if err != nil {
		b.Fatal(err)
	}
	if err := child.Start(); err != nil {
		b.Fatal(err)
	}
	lines := bufio.NewReader(out)
	if err := json.NewEncoder(in).Encode(c); err != nil {
		b.Fatal(err)
	}
	if _, err := lines.ReadString('\n'); err != nil {
		b.Fatal("the crowd did not come in")
	}
	begin()
	_, _ = io.WriteString(in, "\"go\"\n")
	if err := json.NewDecoder(lines).Decode(&f); err != nil {
		b.Fatal(err)
	}
	_ = in.Close()
	if err := child.Wait(); err != nil {
		b.Fatal(err)
	}
	return f
}

// playCrowd is the process: everybody comes in, notices are pinned at a steady pace, and
// what arrives is judged.
func playCrowd() {
	var c crowd
	said := json.NewDecoder(os.Stdin)
	if err := said.Decode(&c); err != nil {
		panic(err)
	}
	readers := make([]*reader, len(c.Members))
	turns, entering := make(chan struct{}, 32), sync.WaitGroup{}
	for i, m := range c.Members {
		turns <- struct{}{}
		entering.Go(func() { readers[i] = c.enter(m); <-turns })
	}
	entering.Wait()
	fmt.Println("ready")
	var word string
	_ = said.Decode(&word)
	var watching, pinning sync.WaitGroup
	for _, r := range readers {
		watching.Go(r.watch)
	}
	tick := time.NewTicker(crowdPause)
	for n := range crowdNotices {
		<-tick.C
		pinning.Go(func() { c.pin(c.Members[n%100]) })
	}
	pinning.Wait()
	watching.Wait()
	_ = json.NewEncoder(os.Stdout).Encode(judge(readers))
}

// reader is one of the crowd.
type reader struct {
	ws   *websocket.Conn
	last int64
	seen figures
	late []float64
}

func (c crowd) enter(member uuid.UUID) *reader {
	d := websocket.Dialer{ReadBufferSize: 4096}
	ws, _, err := d.Dial("ws://"+c.Addr+"/live", http.Header{"Origin": {c.Origin}, asksAs: {member.String()}})
	if err == nil {
		err = ws.WriteMessage(websocket.TextMessage, fmt.Appendf(nil, `{"follow":[{"board":"%s","after":0}]}`, c.Board))
	}
	if err == nil {
		_, _, err = ws.ReadMessage()
	}
	if err != nil {
		panic(err)
	}
	return &reader{ws: ws}
}

// pin posts a notice that says when it was posted.
func (c crowd) pin(member uuid.UUID) {
	form := said(fmt.Sprintf("posted-%019d ", time.Now().UnixNano()) + strings.Repeat("Qui peut m’aider à porter un meuble ? ", 5)).Encode()
	r, _ := http.NewRequest(http.MethodPost, "http://"+c.Addr+"/boards/"+c.Board.String(), strings.NewReader(form))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set(asksAs, member.String())
	answer, err := http.DefaultTransport.RoundTrip(r)
	if err != nil || answer.StatusCode != http.StatusSeeOther {
		panic(fmt.Sprint("not pinned: ", err, answer))
	}
	_, _ = io.Copy(io.Discard, answer.Body)
	_ = answer.Body.Close()
}

// watch reads until the last notice has come, or nothing does for ten seconds.
func (r *reader) watch() {
	for r.last < crowdNotices {
		_ = r.ws.SetReadDeadline(time.Now().Add(10 * time.Second))
		_, text, err := r.ws.ReadMessage()
		if err != nil {
			break
		}
		now := time.Now().UnixNano()
		var m message
		_ = json.Unmarshal(text, &m)
		if _, rest, ok := strings.Cut(m.HTML, "posted-"); ok {
			var at int64
			_, _ = fmt.Sscan(rest[:19], &at)
			r.late = append(r.late, float64(now-at)/1e6)
		}
		switch r.seen.Delivered++; {
		case m.N == r.last:
			r.seen.Doubled++
		case m.N != r.last+1:
			r.seen.Reordered++
		}
		r.last = max(r.last, m.N)
	}
	r.seen.Lost = crowdNotices - r.seen.Delivered
}

func judge(readers []*reader) (f figures) {
	var late []float64
	for _, r := range readers {
		f.Delivered, f.Lost = f.Delivered+r.seen.Delivered, f.Lost+r.seen.Lost
		f.Doubled, f.Reordered = f.Doubled+r.seen.Doubled, f.Reordered+r.seen.Reordered
		late = append(late, r.late...)
	}
	slices.Sort(late)
	if len(late) > 0 {
		f.P50, f.P99 = late[len(late)/2], late[len(late)*99/100]
	}
	return f
}
