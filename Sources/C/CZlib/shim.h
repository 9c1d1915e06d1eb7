// zlib's starters are macros, which Swift cannot import. 16 beside the window's bits asks for gzip (RFC 1952) and nothing else.
#pragma once
#include <zlib.h>

static inline int bom_inflate_start(z_stream *stream) { return inflateInit2(stream, 15 + 16); }

static inline int bom_deflate_start(z_stream *stream, int level) {
    return deflateInit2(stream, level, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
}
