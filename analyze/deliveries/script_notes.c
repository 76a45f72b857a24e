/* Who hands a message in: see script_notes.h. */
#include "analyze/deliveries/script_notes.h"

#include <string.h>

static size_t copy_upto(char *room, struct slice text) {
    text = slice_upto(text, SCRIPT_BYTES);
    if (text.len)
        memcpy(room, text.ptr, text.len);
    return text.len;
}

void script_note_set(struct script_note *n, const struct log_event *e) {
    n->len = copy_upto(n->text, e->script);
    n->host_len = copy_upto(n->host, e->host);
    n->time = e->time;
}

struct slice script_note_take(struct script_note *n, const struct log_event *e) {
    struct slice script = {n->text, n->len};
    bool is_local = e->user.len && !e->client_ip.len;
    if (!n->len || !is_local ||
        !slice_equal((struct slice){n->host, n->host_len}, slice_upto(e->host, SCRIPT_BYTES)))
        return SLICE_EMPTY;
    n->len = 0;
    return e->time >= n->time && e->time - n->time <= SCRIPT_SECONDS ? script : SLICE_EMPTY;
}
