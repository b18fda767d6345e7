"""A body as it was before it was compressed for the way, never more of it than is allowed."""

import zlib


class TooLargeError(Exception):
    """The body is larger than is allowed."""


class GarbledError(Exception):
    """The body is not compressed in the way the server says."""


class Inflating:
    """Takes a body's pieces as they come; what would grow beyond the limit is never unpacked."""

    def __init__(self, encoding: str, limit: int) -> None:
        """Unpack by a ``Content-Encoding``: ``gzip``, ``deflate`` or none.

        Raises:
            GarbledError: it is another one, which was not asked for.
        """
        names = [name for name in (part.strip().lower() for part in encoding.split(",")) if name]
        kinds = [name for name in names if name != "identity"]
        if len(kinds) > 1 or any(kind not in ("gzip", "x-gzip", "deflate") for kind in kinds):
            raise GarbledError(f"compressed as {encoding[:40]!r}, which was not asked for")
        self._kind = kinds[0] if kinds else ""
        self._left = limit
        self._pieces: list[bytes] = []
        # 47: zlib or gzip, told by the first bytes (https://zlib.net/manual.html#Advanced).
        self._unpacker = zlib.decompressobj(47)
        self._begun = False

    def add(self, piece: bytes) -> None:
        """Take the next piece.

        Raises:
            TooLargeError: the body is larger than the limit.
            GarbledError: it cannot be unpacked.
        """
        if not self._kind:
            self._keep(piece)
            return
        while piece:
            self._keep(self._unpacked(piece))
            piece = self._unpacker.unconsumed_tail
            if self._unpacker.eof:
                # gzip may hold several members in a row; anything else behind the end is no part of it.
                piece = self._unpacker.unused_data if self._kind != "deflate" else b""
                piece = piece if piece.startswith(b"\x1f\x8b") else b""
                self._unpacker = zlib.decompressobj(47)
                if not piece:
                    self._kind = "ended"
        self._begun = True

    def _unpacked(self, piece: bytes) -> bytes:
        if self._kind == "ended":
            return b""
        try:
            return self._unpacker.decompress(piece, self._left + 1)
        except zlib.error as error:
            if self._kind == "deflate" and not self._begun:
                # Many servers send bare deflate data where the standard wants zlib's header around it.
                self._unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
                self._begun = True
                return self._unpacked(piece)
            raise GarbledError("it is damaged: it cannot be unpacked") from error

    def _keep(self, piece: bytes) -> None:
        self._left -= len(piece)
        if self._left < 0:
            raise TooLargeError
        self._pieces.append(piece)

    def end(self) -> bytes:
        """The whole body."""
        return b"".join(self._pieces)
