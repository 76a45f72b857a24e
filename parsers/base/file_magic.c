/* First bytes of files that people save mail in, or take for mail: see file_magic.h. */
#include "parsers/base/file_magic.h"

struct magic {
    size_t at;
    struct slice bytes;
    const char *advice;
};

/* Source, seen 2026-11-26: file(1) 5.44 calls each of them so. What is compressed (gzip, xz, bzip2, zstd) is
 * not here: it is read. */
static const struct magic magics[] = {
    {0, SLICE("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
     "this is an Outlook message (.msg) or another file of Microsoft Office, no mail as it was sent: in "
     "Outlook "
     "save it as .eml, or open the message, choose File > Properties, and copy the Internet headers"},
    {0, SLICE("PK\x03\x04"), "this is a ZIP archive, no mail: unpack it, and give the files that are in it"},
    {0, SLICE("PK\x05\x06"), "this is an empty ZIP archive, no mail"},
    {0, SLICE("%PDF-"),
     "this is a PDF document, no mail: save the message as .eml, or paste the words of the "
     "bounce as text"},
    {257, SLICE("ustar"), "this is a TAR archive, no mail: unpack it, and give the files that are in it"},
    {0, SLICE("\x89PNG\r\n\x1a\n"),
     "this is a picture (PNG), no mail: paste the words of the bounce as text"},
    {0, SLICE("\xff\xd8\xff"), "this is a picture (JPEG), no mail: paste the words of the bounce as text"},
};

const char *file_magic_advice(struct slice bytes) {
    for (size_t i = 0; i < sizeof magics / sizeof *magics; i++)
        if (slice_equal(slice_upto(slice_from(bytes, magics[i].at), magics[i].bytes.len), magics[i].bytes))
            return magics[i].advice;
    return NULL;
}
