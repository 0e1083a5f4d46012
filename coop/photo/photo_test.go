package photo

import (
	"bytes"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"io"
	"runtime"
	"testing"

	"github.com/bep/imagemeta"

	"lien/rule"
)

// painted is a picture with a red corner, top left.
func painted(w, h int) *image.RGBA {
	m := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			m.SetRGBA(x, y, color.RGBA{230, 230, 230, 255})
			if x < w/4 && y < h/4 {
				m.SetRGBA(x, y, color.RGBA{200, 20, 20, 255})
			}
		}
	}
	return m
}

func asJPEG(t *testing.T, m image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, m, nil); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func asPNG(t *testing.T, m image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, m); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

const phone = "CanaryPhone 12"

// exif is what a phone writes beside a picture: how it was held, its name, where it was.
func exif(held uint16) []byte {
	var b bytes.Buffer
	put := func(vs ...any) {
		for _, v := range vs {
			_ = binary.Write(&b, binary.LittleEndian, v) // a buffer takes everything
		}
	}
	name := append([]byte(phone), 0, 0)
	put([]byte("II*\x00"), uint32(8), uint16(3))
	put(uint16(0x0110), uint16(2), uint32(len(name)), uint32(8+2+3*12+4)) // Model
	put(uint16(0x0112), uint16(3), uint32(1), uint32(held))               // Orientation
	gps := 8 + 2 + 3*12 + 4 + len(name)
	put(uint16(0x8825), uint16(4), uint32(1), uint32(gps), uint32(0), name) // where the GPS data lies
	put(uint16(2))
	put(uint16(1), uint16(2), uint32(2), []byte("N\x00\x00\x00"))
	put(uint16(2), uint16(5), uint32(3), uint32(gps+2+2*12+4), uint32(0))
	put(uint32(47), uint32(1), uint32(51), uint32(1), uint32(1234), uint32(100))
	return b.Bytes()
}

// withEXIF puts what a phone writes into a JPEG, right after its beginning.
func withEXIF(file []byte, held uint16) []byte {
	body := append([]byte("Exif\x00\x00"), exif(held)...)
	out := append([]byte{}, file[:2]...)
	out = append(out, 0xFF, 0xE1)
	out = binary.BigEndian.AppendUint16(out, uint16(len(body)+2))
	out = append(out, body...)
	return append(out, file[2:]...)
}

// withChunk puts a chunk into a PNG, right after its header.
func withChunk(file []byte, name string, body []byte) []byte {
	const after = 8 + 25
	out := append([]byte{}, file[:after]...)
	out = binary.BigEndian.AppendUint32(out, uint32(len(body)))
	out = append(out, name...)
	out = append(out, body...)
	out = binary.BigEndian.AppendUint32(out, crc32.ChecksumIEEE(append([]byte(name), body...)))
	return append(out, file[after:]...)
}

func develop(t *testing.T, sent []byte) (developed, error) {
	t.Helper()
	return NewDarkroom(1).develop(t.Context(), sent)
}

func tags(file []byte, format imagemeta.ImageFormat) (found []string) {
	_, _ = imagemeta.Decode(imagemeta.Options{
		R: bytes.NewReader(file), ImageFormat: format, Sources: imagemeta.EXIF | imagemeta.XMP | imagemeta.IPTC,
		ShouldHandleTag: func(imagemeta.TagInfo) bool { return true },
		HandleTag:       func(tag imagemeta.TagInfo) error { found = append(found, tag.Tag); return nil },
	})
	return found
}

func TestWhereAPictureWasTakenIsNeverKept(t *testing.T) {
	plain := asPNG(t, painted(400, 300))
	for name, c := range map[string]struct {
		sent   []byte
		format imagemeta.ImageFormat
	}{
		"a phone's JPEG": {withEXIF(asJPEG(t, painted(400, 300)), 1), imagemeta.JPEG},
		"a PNG":          {withChunk(withChunk(plain, "eXIf", exif(1)), "tEXt", []byte("Author\x00"+phone)), imagemeta.PNG},
	} {
		found := tags(c.sent, c.format)
		if !bytes.Contains(c.sent, []byte(phone)) || !contains(found, "GPSLatitude") {
			t.Fatalf("%s carries only %v: the test tests nothing", name, found)
		}
		made, err := develop(t, c.sent)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		for _, size := range Sizes() {
			file := made.Files[size]
			if found := tags(file, imagemeta.JPEG); len(found) > 0 {
				t.Errorf("%s, %s: still says %v", name, size, found)
			}
			for _, trace := range []string{phone, "Exif", "GPS", "http://ns.adobe.com"} {
				if bytes.Contains(file, []byte(trace)) {
					t.Errorf("%s, %s: still holds %q", name, size, trace)
				}
			}
		}
	}
}

func contains(all []string, one string) bool {
	for _, a := range all {
		if a == one {
			return true
		}
	}
	return false
}

func TestAPictureStandsUprightHoweverThePhoneWasHeld(t *testing.T) {
	// Where the red corner of the picture, stored top left, stands once it is upright.
	corners := map[uint16]image.Point{
		1: {0, 0}, 2: {1, 0}, 3: {1, 1}, 4: {0, 1}, 5: {0, 0}, 6: {1, 0}, 7: {1, 1}, 8: {0, 1},
	}
	for held, corner := range corners {
		made, err := develop(t, withEXIF(asJPEG(t, painted(400, 200)), held))
		if err != nil {
			t.Fatal(err)
		}
		if lying := made.Width > made.Height; lying != (held < 5) {
			t.Errorf("held %d: %d × %d", held, made.Width, made.Height)
		}
		m, err := jpeg.Decode(bytes.NewReader(made.Files[Large]))
		if err != nil {
			t.Fatal(err)
		}
		b := m.Bounds().Inset(8)
		at := image.Pt(b.Min.X+corner.X*b.Dx(), b.Min.Y+corner.Y*b.Dy())
		if r, g, _, _ := m.At(at.X, at.Y).RGBA(); r < g*2 {
			t.Errorf("held %d: the red corner is not at %v", held, corner)
		}
	}
}

func TestEachSizeFitsAndKeepsTheProportions(t *testing.T) {
	made, err := develop(t, asJPEG(t, painted(4000, 3000)))
	if err != nil {
		t.Fatal(err)
	}
	if made.Width != 1280 || made.Height != 960 {
		t.Errorf("kept as %d × %d, want 1280 × 960", made.Width, made.Height)
	}
	for size, want := range map[Size]image.Point{Small: {240, 180}, Medium: {640, 480}, Large: {1280, 960}} {
		c, err := jpeg.DecodeConfig(bytes.NewReader(made.Files[size]))
		if err != nil || c.Width != want.X || c.Height != want.Y {
			t.Errorf("%s is %d × %d (%v), want %v", size, c.Width, c.Height, err, want)
		}
	}
}

func TestASmallPictureIsNotBlownUp(t *testing.T) {
	made, err := develop(t, asPNG(t, painted(100, 60)))
	if err != nil || made.Width != 100 || made.Height != 60 {
		t.Errorf("kept as %d × %d (%v)", made.Width, made.Height, err)
	}
}

func TestTheFirstPictureOfAMovingOneIsTaken(t *testing.T) {
	var b bytes.Buffer
	first := image.NewPaletted(image.Rect(0, 0, 64, 64), color.Palette{color.White, color.RGBA{200, 20, 20, 255}})
	second := image.NewPaletted(first.Rect, color.Palette{color.Black, color.White})
	if err := gif.EncodeAll(&b, &gif.GIF{Image: []*image.Paletted{first, second}, Delay: []int{1, 1}}); err != nil {
		t.Fatal(err)
	}
	made, err := develop(t, b.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	m, err := jpeg.Decode(bytes.NewReader(made.Files[Small]))
	if err != nil {
		t.Fatal(err)
	}
	if r, _, _, _ := m.At(30, 30).RGBA(); r < 0xf000 {
		t.Error("it is not the first picture")
	}
}

// pngOf is a PNG's beginning that claims a size.
func pngOf(w, h uint32) []byte {
	head := binary.BigEndian.AppendUint32(nil, w)
	head = binary.BigEndian.AppendUint32(head, h)
	head = append(head, 8, 6, 0, 0, 0)
	out := append([]byte("\x89PNG\r\n\x1a\n"), 0, 0, 0, 13)
	out = append(append(out, "IHDR"...), head...)
	return binary.BigEndian.AppendUint32(out, crc32.ChecksumIEEE(append([]byte("IHDR"), head...)))
}

// webpOf is a WebP's beginning that claims a canvas.
func webpOf(w, h uint32) []byte {
	out := append([]byte("RIFF"), 100, 0, 0, 0)
	out = append(append(out, "WEBPVP8X"...), 10, 0, 0, 0, 0, 0, 0, 0)
	out = append(out, byte(w-1), byte((w-1)>>8), byte((w-1)>>16), byte(h-1), byte((h-1)>>8), byte((h-1)>>16))
	return append(out, make([]byte, 64)...)
}

func TestABombIsRefusedBeforeItIsOpened(t *testing.T) {
	gifBomb := append([]byte("GIF89a\xff\xff\xff\xff\x00\x00\x00"), make([]byte, 64)...)
	jpegBomb := asJPEG(t, painted(64, 64))
	sof := bytes.Index(jpegBomb, []byte{0xFF, 0xC0})
	copy(jpegBomb[sof+5:], []byte{0xff, 0xf0, 0xff, 0xf0})
	for name, sent := range map[string][]byte{
		"a PNG of 4 thousand million pixels": pngOf(65_000, 65_000),
		"a PNG of one endless line":          pngOf(1_000_000, 16),
		"a JPEG":                             jpegBomb,
		"a GIF":                              gifBomb,
		"a WebP":                             webpOf(16_000, 16_000),
	} {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		_, err := develop(t, sent)
		runtime.ReadMemStats(&after)
		if !errors.Is(err, errWide) {
			t.Errorf("%s: got %v, want it refused for its size", name, err)
		}
		if grown := after.TotalAlloc - before.TotalAlloc; grown > 1<<20 {
			t.Errorf("%s: %d bytes were taken to refuse it", name, grown)
		}
	}
}

func TestWhatIsNoPictureSaysWhy(t *testing.T) {
	whole := asJPEG(t, painted(300, 300))
	for name, c := range map[string]struct {
		sent []byte
		want error
	}{
		"nothing":           {nil, errMissing},
		"too heavy":         {make([]byte, MostBytes+1), errHeavy},
		"a page":            {[]byte("<html><script>alert(1)</script></html>"), errKind},
		"a drawing in SVG":  {[]byte(`<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>`), errKind},
		"an iPhone's HEIC":  {append([]byte("\x00\x00\x00\x18ftypheic"), make([]byte, 100)...), errHEIC},
		"half a JPEG":       {whole[:len(whole)/2], errDamaged},
		"a name of a JPEG":  {[]byte("\xff\xd8\xff\xe0 not really"), errDamaged},
		"a broken WebP":     {webpOf(100, 100), errDamaged},
		"a PNG without end": {pngOf(100, 100), errDamaged},
		"one pixel":         {asPNG(t, painted(1, 1)), errTooSmall},
	} {
		_, err := develop(t, c.sent)
		var invalid *rule.Invalid
		if !errors.Is(err, c.want) || !errors.As(err, &invalid) || invalid.Field != "photo" {
			t.Errorf("%s: got %v, want %v", name, err, c.want)
		}
	}
}

func FuzzNothingSentBreaksTheDarkroom(f *testing.F) {
	for _, m := range []image.Image{painted(32, 20)} {
		var p, j bytes.Buffer
		_, _ = png.Encode(&p, m), jpeg.Encode(&j, m, nil)
		f.Add(p.Bytes())
		f.Add(j.Bytes())
		f.Add(withEXIF(j.Bytes(), 6))
	}
	f.Add(webpOf(20, 20))
	f.Fuzz(func(t *testing.T, sent []byte) {
		made, err := NewDarkroom(1).develop(t.Context(), sent)
		var invalid *rule.Invalid
		if err != nil && !errors.As(err, &invalid) {
			t.Errorf("answered with %v", err)
		}
		for size, file := range made.Files {
			if _, err := jpeg.Decode(bytes.NewReader(file)); err != nil && !errors.Is(err, io.EOF) {
				t.Errorf("%s is no picture: %v", size, err)
			}
		}
	})
}
