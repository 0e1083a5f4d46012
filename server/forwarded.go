package server

import (
	"net/netip"
	"strings"

	"github.com/gofiber/fiber/v2"
)

// forwarded keeps of X-Forwarded-For the one address that a proxy of ours saw itself: the
// last that is no proxy's. Those before it were sent by the client, who may write anything
// there and so be somebody else at each guess.
func forwarded(proxies []string) fiber.Handler {
	ours := ranges(proxies)
	return func(c *fiber.Ctx) error {
		var said []string
		for _, line := range c.Request().Header.PeekAll(fiber.HeaderXForwardedFor) {
			said = append(said, strings.Split(string(line), ",")...)
		}
		if len(said) > 0 {
			c.Request().Header.Set(fiber.HeaderXForwardedFor, nearest(said, ours))
		}
		return c.Next()
	}
}

// nearest is the last address that is not one of ours, or "" when the way to it cannot be read.
func nearest(said []string, ours []netip.Prefix) string {
	for n := len(said) - 1; n >= 0; n-- {
		ip, err := netip.ParseAddr(strings.TrimSpace(said[n]))
		if err != nil {
			return ""
		}
		if !within(ours, ip.Unmap()) {
			return ip.Unmap().String()
		}
	}
	return ""
}

func within(ours []netip.Prefix, ip netip.Addr) bool {
	for _, block := range ours {
		if block.Contains(ip) {
			return true
		}
	}
	return false
}

// ranges reads addresses and ranges; the settings have refused what is neither.
func ranges(proxies []string) (list []netip.Prefix) {
	for _, text := range proxies {
		if block, err := netip.ParsePrefix(text); err == nil {
			list = append(list, block)
		} else if ip, err := netip.ParseAddr(text); err == nil {
			list = append(list, netip.PrefixFrom(ip, ip.BitLen()))
		}
	}
	return list
}
