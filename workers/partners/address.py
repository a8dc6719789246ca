"""Finds the address behind a partner's URL and refuses what lies inside a network."""

from __future__ import annotations

import ipaddress
import socket
from dataclasses import dataclass
from urllib.parse import urlsplit

_NAT64 = ipaddress.ip_network("64:ff9b::/96")


class RefusedAddress(Exception):
    """The URL may not be called; the text says why, in Dutch, without naming it."""


class Unresolved(Exception):
    """The name has no address at this moment."""


@dataclass(frozen=True, slots=True)
class Target:
    """Where to connect (`address`, checked), and as whom (`host`, for TLS and the Host header)."""

    scheme: str
    host: str
    port: int
    address: str
    path: str

    @property
    def host_header(self) -> str:
        """The Host header: the name, with the port where it is not the scheme's own."""
        name = f"[{self.host}]" if ":" in self.host else self.host
        return name if self.port == {"https": 443, "http": 80}[self.scheme] else f"{name}:{self.port}"


def find_target(url: str, *, allow_private: bool) -> Target:
    """The checked address of this URL. Connect to it and to nothing else: a second look-up could answer otherwise.

    Outside demo mode plain http is refused, and so is a name of which any address is private, loopback, link-local
    (where clouds keep their metadata), multicast or reserved, also when wrapped in IPv6.
    """
    try:
        parts = urlsplit(url)
        port = parts.port or {"https": 443, "http": 80}.get(parts.scheme, 0)
    except ValueError:
        raise RefusedAddress("Het adres van de partner is ongeldig.") from None
    host = parts.hostname
    if parts.scheme not in ("http", "https") or not host or parts.username is not None:
        raise RefusedAddress("Het adres van de partner is ongeldig.")
    if parts.scheme == "http" and not allow_private:
        raise RefusedAddress("Het adres van de partner is niet versleuteld (http).")
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise Unresolved from None
    addresses = [str(entry[4][0]) for entry in found]
    if not allow_private and not all(is_public(address) for address in addresses):
        raise RefusedAddress("Het adres van de partner ligt in een besloten netwerk.")
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Target(parts.scheme, host, port, addresses[0], path)


def is_public(address: str) -> bool:
    """Whether this is an address of the open internet."""
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if ip in _NAT64:
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(str(inner))
    return ip.is_global and not ip.is_multicast and not ip.is_reserved
