/* What expands one format of compressed data: three functions that move bytes from an input window to an
 * output window. */
#ifndef MAILWHY_CODEC_H
#define MAILWHY_CODEC_H

#include <stdbool.h>
#include <stddef.h>

enum step { STEP_MORE, STEP_MEMBER_END, STEP_BAD };

struct window {
    const unsigned char *in;
    size_t in_left;
    unsigned char *out;
    size_t out_left;
};

struct codec {
    void *(*open)(void); /* the state of a member */
    enum step (*step)(void *state, struct window *w);
    void (*close)(void *state);
};

#endif
