package page

import (
	"embed"
	"encoding/json"
	"path"
	"strings"

	"github.com/gofiber/fiber/v2"
)

// files is what npm's build left for the browser; on a plain clone only a note how to
// make it.
//
//go:embed all:assets/dist
var files embed.FS

const dist = "assets/dist/"

// manifest maps a file's plain name to the one with its content's hash, so that a browser
// may keep it for good.
var manifest = readManifest()

func readManifest() map[string]string {
	names := map[string]string{}
	text, err := files.ReadFile(dist + "manifest.json")
	if err == nil {
		err = json.Unmarshal(text, &names)
	}
	if err != nil {
		return map[string]string{}
	}
	return names
}

// Built says whether the assets are there. Without them pages work, undressed.
func Built() bool { return len(manifest) > 0 }

// Asset is the address of a file by its plain name.
func Asset(name string) string {
	if hashed, ok := manifest[name]; ok {
		return "/assets/" + hashed
	}
	return "/assets/" + name
}

func symbol(name string) string { return Asset("icons.svg") + "#" + name }

// ServeAsset answers with one file, packed when the browser takes it so.
func ServeAsset(c *fiber.Ctx) error {
	name := path.Base(c.Params("name"))
	for _, packed := range []struct{ encoding, ending string }{{"br", ".br"}, {"gzip", ".gz"}} {
		if !strings.Contains(c.Get(fiber.HeaderAcceptEncoding), packed.encoding) {
			continue
		}
		if body, err := files.ReadFile(dist + name + packed.ending); err == nil {
			c.Set(fiber.HeaderContentEncoding, packed.encoding)
			return sendAsset(c, name, body)
		}
	}
	body, err := files.ReadFile(dist + name)
	if err != nil || strings.HasSuffix(name, ".json") {
		return fiber.ErrNotFound
	}
	return sendAsset(c, name, body)
}

func sendAsset(c *fiber.Ctx, name string, body []byte) error {
	c.Type(strings.TrimPrefix(path.Ext(name), "."), "utf-8")
	c.Set(fiber.HeaderCacheControl, "public, max-age=31536000, immutable")
	c.Set(fiber.HeaderVary, fiber.HeaderAcceptEncoding)
	return c.Send(body)
}
