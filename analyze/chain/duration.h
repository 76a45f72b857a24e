/* Spans of time in words, as people say them: "90 s", "25 h 6 min", "12 days". */
#ifndef MAILWHY_DURATION_H
#define MAILWHY_DURATION_H

#include "parsers/base/arena.h"

#include <stdint.h>

/* The sign does not matter. */
struct slice duration_words(struct arena *arena, int64_t seconds);

#endif
