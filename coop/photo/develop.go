package photo

import (
	"bytes"
	"context"
	"image"
	"image/color"
	"image/draw"
	"image/gif"
	"image/jpeg"
	"image/png"
	"io"
	"net/http"

	"github.com/bep/imagemeta"
	scale "golang.org/x/image/draw"
	"golang.org/x/image/webp"
)

// quality is that of the pictures we write: at 82 nobody sees a difference on a phone.
const quality = 82

// Darkroom makes pictures anew, a few at a time: each needs a lot of memory for a moment.
type Darkroom struct{ places chan struct{} }

// NewDarkroom returns a darkroom where so many pictures are made at once.
func NewDarkroom(places int) *Darkroom { return &Darkroom{places: make(chan struct{}, places)} }

// developed is a picture made anew: its proportions, and a JPEG of each size.
type developed struct {
	Width, Height int
	Files         map[Size][]byte
}

// format is one kind of picture that we can open.
type format struct {
	config func(io.Reader) (image.Config, error)
	decode func(io.Reader) (image.Image, error)
	meta   imagemeta.ImageFormat
}

// formats are the kinds of pictures, by what their first bytes say. Of a GIF the first
// picture is taken.
func formats() map[string]format {
	return map[string]format{
		"image/jpeg": {jpeg.DecodeConfig, jpeg.Decode, imagemeta.JPEG},
		"image/png":  {png.DecodeConfig, png.Decode, imagemeta.PNG},
		"image/webp": {webp.DecodeConfig, webp.Decode, imagemeta.WebP},
		"image/gif":  {gif.DecodeConfig, gif.Decode, 0},
	}
}

// develop opens what was sent and makes it anew in every size. It returns *rule.Invalid on
// "photo" for what is no picture, too large or damaged.
func (d *Darkroom) develop(ctx context.Context, sent []byte) (developed, error) {
	f, err := look(sent)
	if err != nil {
		return developed{}, err
	}
	select {
	case d.places <- struct{}{}:
		defer func() { <-d.places }()
	case <-ctx.Done():
		return developed{}, ctx.Err()
	}
	picture, err := f.decode(bytes.NewReader(sent))
	if err != nil {
		return developed{}, errDamaged
	}
	return sizes(turned(fit(flat(picture, Large.longest()), Large.longest()), orientation(sent, f)))
}

// look finds the kind of what was sent by its first bytes, and refuses before anything is
// opened what would be too large.
func look(sent []byte) (format, error) {
	if len(sent) == 0 {
		return format{}, errMissing
	}
	if len(sent) > MostBytes {
		return format{}, errHeavy
	}
	f, known := formats()[http.DetectContentType(sent)]
	if !known {
		if isHEIC(sent) {
			return f, errHEIC
		}
		return f, errKind
	}
	c, err := f.config(bytes.NewReader(sent))
	switch {
	case err != nil:
		return f, errDamaged
	case c.Width > mostSide || c.Height > mostSide || c.Width*c.Height > mostPixels:
		return f, errWide
	case c.Width < 16 || c.Height < 16:
		return f, errTooSmall
	}
	return f, nil
}

// isHEIC reports whether it is the kind that some phones keep and browsers cannot show.
func isHEIC(sent []byte) bool {
	return len(sent) > 12 && string(sent[4:8]) == "ftyp" && (string(sent[8:10]) == "he" || string(sent[8:11]) == "mif")
}

// flat draws a picture on white, taking whole squares of pixels together while the result
// stays at least longest: memory grows with the result, not with what was sent.
func flat(from image.Image, longest int) *image.RGBA {
	b := from.Bounds()
	k := max(1, max(b.Dx(), b.Dy())/longest)
	w, h := max(1, b.Dx()/k), max(1, b.Dy()/k)
	out := image.NewRGBA(image.Rect(0, 0, w, h))
	strip, sums := image.NewRGBA(image.Rect(0, 0, w*k, 1)), make([]uint32, w*3)
	for y := range h {
		clear(sums)
		for row := range k {
			draw.Draw(strip, strip.Bounds(), image.White, image.Point{}, draw.Src)
			draw.Draw(strip, strip.Bounds(), from, image.Pt(b.Min.X, b.Min.Y+y*k+row), draw.Over)
			for x := range w * k {
				for c := range 3 {
					sums[x/k*3+c] += uint32(strip.Pix[x*4+c])
				}
			}
		}
		for x := range w {
			at, n := sums[x*3:], uint32(k*k)                                                         // #nosec G115 -- at most mostSide squared
			out.SetRGBA(x, y, color.RGBA{uint8(at[0] / n), uint8(at[1] / n), uint8(at[2] / n), 255}) // #nosec G115 -- an average of bytes
		}
	}
	return out
}

// fit makes a picture smaller, so that its longest side is at most longest.
func fit(from *image.RGBA, longest int) *image.RGBA {
	w, h := from.Rect.Dx(), from.Rect.Dy()
	most := max(w, h)
	if most <= longest {
		return from
	}
	out := image.NewRGBA(image.Rect(0, 0, max(1, w*longest/most), max(1, h*longest/most)))
	if most < 2*longest {
		scale.ApproxBiLinear.Scale(out, out.Rect, from, from.Rect, draw.Src, nil)
	} else {
		scale.BiLinear.Scale(out, out.Rect, from, from.Rect, draw.Src, nil)
	}
	return out
}

// orientation is how the camera was held, from 1 (upright) to 8 (Exif 2.32, tag 0x0112).
func orientation(sent []byte, f format) (held int) {
	held = 1
	if f.meta == 0 {
		return held
	}
	// What it cannot read leaves the picture as it lies.
	_, _ = imagemeta.Decode(imagemeta.Options{
		R: bytes.NewReader(sent), ImageFormat: f.meta, Sources: imagemeta.EXIF, LimitNumTags: 500, LimitTagSize: 64,
		ShouldHandleTag: func(tag imagemeta.TagInfo) bool { return tag.Namespace == "IFD0" && tag.Tag == "Orientation" },
		HandleTag: func(tag imagemeta.TagInfo) error {
			if v, ok := tag.Value.(uint16); ok && v >= 1 && v <= 8 {
				held = int(v)
			}
			return imagemeta.ErrStopWalking
		},
	})
	return held
}

// turned sets a picture upright.
func turned(from *image.RGBA, held int) *image.RGBA {
	if held <= 1 {
		return from
	}
	w, h := from.Rect.Dx(), from.Rect.Dy()
	turn := map[int]func(x, y int) (int, int){
		2: func(x, y int) (int, int) { return w - 1 - x, y },
		3: func(x, y int) (int, int) { return w - 1 - x, h - 1 - y },
		4: func(x, y int) (int, int) { return x, h - 1 - y },
		5: func(x, y int) (int, int) { return y, x },
		6: func(x, y int) (int, int) { return h - 1 - y, x },
		7: func(x, y int) (int, int) { return h - 1 - y, w - 1 - x },
		8: func(x, y int) (int, int) { return y, w - 1 - x },
	}[held]
	size := image.Rect(0, 0, w, h)
	if held >= 5 {
		size = image.Rect(0, 0, h, w)
	}
	out := image.NewRGBA(size)
	for y := range h {
		for x := range w {
			tx, ty := turn(x, y)
			copy(out.Pix[out.PixOffset(tx, ty):][:4], from.Pix[from.PixOffset(x, y):][:4])
		}
	}
	return out
}

// sizes writes every size of a picture as a JPEG.
func sizes(picture *image.RGBA) (developed, error) {
	made := developed{Width: picture.Rect.Dx(), Height: picture.Rect.Dy(), Files: map[Size][]byte{}}
	for _, size := range Sizes() {
		var file bytes.Buffer
		if err := jpeg.Encode(&file, fit(picture, size.longest()), &jpeg.Options{Quality: quality}); err != nil {
			return made, err
		}
		made.Files[size] = file.Bytes()
	}
	return made, nil
}
