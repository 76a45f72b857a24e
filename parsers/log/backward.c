/* See backward.h. */
#include "parsers/log/backward.h"

const char backward_words[] =
    "its newest line stands first, and it is compressed, comes by a pipe or holds records of "
    "several lines: what became of a mail over a long time may be told in the wrong order. "
    "A plain file of lines is read from its end on";

bool backward_is_shown(struct backward *b, struct log_reader *reader, const struct log_chunk *chunk) {
    if (b->is_known)
        return false;
    struct slice start = slice_upto(chunk->bytes, BACKWARD_BYTES);
    size_t whole = slice_find_last(start, SLICE("\n"));
    log_read(reader, &(struct log_input){
                         .bytes = slice_upto(start, whole), .header = chunk->header, .now = chunk->now});
    bool is_one = reader->is_newest_first && (!b->has_begun || reader->last <= b->oldest);
    b->is_known = b->has_begun || !is_one;
    bool is_shown = b->has_begun && is_one;
    b->has_begun = true;
    b->oldest = reader->first;
    return is_shown;
}
