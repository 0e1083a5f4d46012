package live_test

// The hub beside a naive one (gorilla's usual shape: two goroutines and a channel per
// reader), in one run: fan-out of 20 notices a second to 1,000 readers, and memory of
// 10,000 idle readers. Servers and readers are processes of their own, so that the
// figures are the server's alone. It takes about 40 seconds:
//
//	go test -run '^$' -bench BesideANaiveHub -benchtime 1x ./server/live

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"lien/server/live"

	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"
	"github.com/gorilla/websocket"
)

const (
	fanReaders  = 1000
	fanNotices  = 200
	fanPause    = time.Second / 20
	idleReaders = 10_000
	benchEnv    = "LIEN_LIVE_BENCH" // the role of a process started by the benchmark
)

var benchBoard = uuid.MustParse("0193f0a0-0000-7000-8000-000000000001")

// figures are what one server measured of itself, and what its readers saw.
type figures struct {
	CPU       float64 // µs of the server per delivery
	Heap, RSS float64 // KB per idle reader
	seen
}

type seen struct {
	Delivered, Lost, Doubled, Reordered int64
	P50, P99                            float64 // ms from publishing to the reader's socket
}

func BenchmarkBesideANaiveHub(b *testing.B) {
	if testing.Short() {
		b.Skip("takes 40 seconds")
	}
	for range b.N {
		ours, naive := measure(b, "ours fan"), measure(b, "naive fan")
		oursIdle, naiveIdle := measure(b, "ours idle"), measure(b, "naive idle")
		row := func(name, unit string, a, n float64) {
			fmt.Printf("%-34s %10.2f %10.2f %8.2f  %s\n", name, a, n, a/n, unit)
		}
		fmt.Printf("\n%-34s %10s %10s %8s\n", "", "hub", "naive hub", "ratio")
		row("fan-out, p50", "ms", ours.P50, naive.P50)
		row("fan-out, p99", "ms", ours.P99, naive.P99)
		row("fan-out, server CPU per delivery", "µs", ours.CPU, naive.CPU)
		row("idle reader, heap and stack", "KB", oursIdle.Heap, naiveIdle.Heap)
		row("idle reader, resident memory", "KB", oursIdle.RSS, naiveIdle.RSS)
		fmt.Printf("hub: %d delivered, %d lost, %d doubled, %d reordered; naive: %d delivered, %d lost\n\n",
			ours.Delivered, ours.Lost, ours.Doubled, ours.Reordered, naive.Delivered, naive.Lost)
		b.ReportMetric(ours.CPU/naive.CPU, "cpu-ratio")
		b.ReportMetric(oursIdle.Heap/naiveIdle.Heap, "memory-ratio")
		if ours.Lost+ours.Doubled+ours.Reordered != 0 || ours.Delivered != fanReaders*fanNotices {
			b.Fatalf("not everything arrived once and in order: %+v", ours.seen)
		}
	}
}

// measure runs one server in a process of its own and reads its figures.
func measure(b *testing.B, role string) (f figures) {
	b.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 50*time.Second)
	defer cancel()
	server := child(ctx, role)
	out, err := server.Output()
	if err == nil {
		err = json.Unmarshal(out, &f)
	}
	if err != nil {
		b.Fatalf("%s: %v: %s", role, err, out)
	}
	return f
}

func child(ctx context.Context, role string) *exec.Cmd {
	c := exec.CommandContext(ctx, os.Args[0])
	c.Env = append(os.Environ(), benchEnv+"="+role)
	c.Stderr = os.Stderr
	return c
}

// playBenchRole is what a process started by the benchmark does instead of testing.
func playBenchRole(role string) {
	words := strings.Fields(role)
	if words[0] == "readers" {
		var count, notices int
		_, _ = fmt.Sscan(words[2]+" "+words[3], &count, &notices)
		readAll(words[1], count, notices)
		return
	}
	start := map[string]func() (string, func(string)){"ours": oursServer, "naive": naiveServer}[words[0]]
	addr, publish := start()
	var f figures
	if words[1] == "fan" {
		f = serveFan(addr, publish)
	} else {
		f = serveIdle(addr)
	}
	_ = json.NewEncoder(os.Stdout).Encode(f)
}

// serveFan publishes at a steady pace while readers look, and weighs what that costs.
func serveFan(addr string, publish func(string)) (f figures) {
	readers := startReaders(addr, fanReaders, fanNotices)
	filler := strings.Repeat("Qui peut m’aider à porter un meuble ? ", 25)
	before := cpu()
	for range fanNotices {
		publish(fmt.Sprintf(`<article data-t="%019d">%s</article>`, time.Now().UnixNano(), filler))
		time.Sleep(fanPause)
	}
	used := cpu() - before
	readers.finish(&f.seen)
	f.CPU = float64(used.Microseconds()) / float64(f.Delivered)
	return f
}

// serveIdle weighs what a connected reader holds while nothing happens.
func serveIdle(addr string) (f figures) {
	heap, rss := memory()
	readers := startReaders(addr, idleReaders, 0)
	heapNow, rssNow := memory()
	readers.finish(&f.seen)
	f.Heap, f.RSS = float64(heapNow-heap)/1024/idleReaders, float64(rssNow-rss)/1024/idleReaders
	return f
}

func cpu() time.Duration {
	var u syscall.Rusage
	_ = syscall.Getrusage(syscall.RUSAGE_SELF, &u)
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// memory gives what heap and stacks hold, and what the system counts, both after the
// garbage is gone.
func memory() (inUse, resident int64) {
	time.Sleep(500 * time.Millisecond)
	runtime.GC()
	debug.FreeOSMemory()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	status, _ := os.ReadFile("/proc/self/status")
	if _, rest, ok := strings.Cut(string(status), "VmRSS:"); ok {
		_, _ = fmt.Sscan(rest, &resident)
	}
	return int64(m.HeapInuse + m.StackInuse), resident * 1024
}

// oursServer is the hub behind Fiber, with a log in memory.
func oursServer() (addr string, publish func(string)) {
	l := newLedger()
	hub := live.New(l.source(), live.Options{Origins: []string{home}})
	go hub.Run(context.Background())
	app := fiber.New(fiber.Config{DisableStartupMessage: true, Immutable: true})
	app.Get("/live", hub.Upgrade(app, identify))
	ln, _ := net.Listen("tcp", "127.0.0.1:0")
	go func() { _ = app.Listener(ln) }()
	return ln.Addr().String(), func(html string) {
		l.pin(benchBoard, html)
		hub.Wake(benchBoard)
	}
}

// naiveServer is the shape of gorilla's own example.
func naiveServer() (addr string, publish func(string)) {
	var mu sync.Mutex
	readers := map[chan []byte]bool{}
	var n int64
	upgrader := websocket.Upgrader{ReadBufferSize: 1024, WriteBufferSize: 1024, CheckOrigin: func(*http.Request) bool { return true }}
	ln, _ := net.Listen("tcp", "127.0.0.1:0")
	go func() {
		_ = http.Serve(ln, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			ws, err := upgrader.Upgrade(w, r, nil)
			if err != nil {
				return
			}
			send := make(chan []byte, 256)
			send <- []byte(`{"at":0}`)
			mu.Lock()
			readers[send] = true
			mu.Unlock()
			go naiveWrite(ws, send)
			go naiveRead(ws, func() { mu.Lock(); delete(readers, send); mu.Unlock(); close(send) })
		}))
	}()
	return ln.Addr().String(), func(html string) {
		n++
		text, _ := json.Marshal(message{Board: benchBoard, N: n, Kind: "notice", HTML: html})
		mu.Lock()
		defer mu.Unlock()
		for send := range readers {
			select {
			case send <- text:
			default:
			}
		}
	}
}

func naiveRead(ws *websocket.Conn, leave func()) {
	defer leave()
	ws.SetReadLimit(8 << 10)
	_ = ws.SetReadDeadline(time.Now().Add(time.Minute))
	ws.SetPongHandler(func(string) error { return ws.SetReadDeadline(time.Now().Add(time.Minute)) })
	for {
		if _, _, err := ws.ReadMessage(); err != nil {
			return
		}
	}
}

func naiveWrite(ws *websocket.Conn, send chan []byte) {
	ping := time.NewTicker(25 * time.Second)
	defer ping.Stop()
	defer ws.Close()
	for {
		kind, text, ok := websocket.PingMessage, []byte(nil), true
		select {
		case text, ok = <-send:
			kind = websocket.TextMessage
		case <-ping.C:
		}
		_ = ws.SetWriteDeadline(time.Now().Add(10 * time.Second))
		if !ok || ws.WriteMessage(kind, text) != nil {
			return
		}
	}
}

// crowd is the process of the readers. It says "ready" when all of them follow, and
// what they saw once its input ends.
type crowd struct {
	in  io.Closer
	out *bufio.Reader
	cmd *exec.Cmd
}

func startReaders(addr string, count, notices int) *crowd {
	c := child(context.Background(), fmt.Sprint("readers ", addr, " ", count, " ", notices))
	in, _ := c.StdinPipe()
	out, _ := c.StdoutPipe()
	if err := c.Start(); err != nil {
		panic(err)
	}
	r := &crowd{in, bufio.NewReader(out), c}
	if line, err := r.out.ReadString('\n'); line != "ready\n" {
		panic(fmt.Sprint("readers: ", line, err))
	}
	return r
}

func (c *crowd) finish(s *seen) {
	_ = c.in.Close()
	_ = json.NewDecoder(c.out).Decode(s)
	_ = c.cmd.Wait()
}

// readAll connects the readers and counts what they get until standard input ends, and
// a little longer for what is still under way.
func readAll(addr string, count, notices int) {
	var all seen
	var mu sync.Mutex // guards what the readers add up
	var late []float64
	var ready, done sync.WaitGroup
	var sockets []*websocket.Conn
	turns := make(chan struct{}, 64)
	pool := &sync.Pool{}
	for i := range count {
		ready.Add(1)
		done.Add(1)
		turns <- struct{}{}
		go func() {
			defer done.Done()
			ws := greet(addr, i, pool)
			<-turns
			mu.Lock()
			sockets = append(sockets, ws)
			mu.Unlock()
			ready.Done()
			one, times := watch(ws)
			mu.Lock()
			defer mu.Unlock()
			one.Lost = int64(notices) - one.Delivered
			all.Delivered, all.Lost = all.Delivered+one.Delivered, all.Lost+one.Lost
			all.Doubled, all.Reordered = all.Doubled+one.Doubled, all.Reordered+one.Reordered
			late = append(late, times...)
		}()
	}
	ready.Wait()
	fmt.Println("ready")
	_, _ = io.Copy(io.Discard, os.Stdin)
	if notices > 0 {
		time.Sleep(time.Second)
		for _, ws := range sockets {
			_ = ws.SetReadDeadline(time.Now()) // ends its watch
		}
		done.Wait()
		slices.Sort(late)
		all.P50, all.P99 = late[len(late)/2], late[len(late)*99/100]
	}
	_ = json.NewEncoder(os.Stdout).Encode(all)
}

// greet connects one reader and waits until it follows the board.
func greet(addr string, i int, pool websocket.BufferPool) *websocket.Conn {
	var member uuid.UUID
	copy(member[:], fmt.Sprintf("%016d", i))
	d := websocket.Dialer{ReadBufferSize: 4096, WriteBufferPool: pool}
	ws, _, err := d.Dial("ws://"+addr+"/live", http.Header{"Origin": {home}, "X-Member": {member.String()}})
	if err == nil {
		err = ws.WriteMessage(websocket.TextMessage, fmt.Appendf(nil, `{"follow":[{"board":"%s","after":0}]}`, benchBoard))
	}
	if err == nil {
		_, _, err = ws.ReadMessage()
	}
	if err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	return ws
}

// watch reads one socket and judges the order of what comes.
func watch(ws *websocket.Conn) (s seen, late []float64) {
	last := int64(0)
	for {
		_, text, err := ws.ReadMessage()
		if err != nil {
			return s, late
		}
		now := time.Now().UnixNano()
		_, at, _ := strings.Cut(string(text), `data-t=\"`)
		var m struct{ N int64 }
		var t int64
		_ = json.Unmarshal(text, &m)
		_, _ = fmt.Sscan(at[:19], &t)
		late = append(late, float64(now-t)/1e6)
		switch s.Delivered++; {
		case m.N == last:
			s.Doubled++
		case m.N < last:
			s.Reordered++
		}
		last = max(last, m.N)
	}
}
