/* Mailboxes inside local parts: see local_part.h. */
#include "analyze/report/local_part.h"

/* The last place of one of these characters; s.len: none. */
static size_t find_last(struct slice s, const char *set) {
    for (size_t i = s.len; i-- > 0;)
        if (s.ptr[i] && strchr(set, s.ptr[i]))
            return i;
    return s.len;
}

static struct slice behind_last(struct slice s, const char *set) {
    size_t at = find_last(s, set);
    return at < s.len ? slice_from(s, at + 1) : s;
}

static bool has_dot(struct slice s) {
    return slice_find_char(s, '.') < s.len;
}

static void tell(struct slice part, struct slice local, local_part_found *found, void *context) {
    if (part.len && part.len < local.len)
        found(context, part);
}

void local_part_inner(struct slice local, local_part_found *found, void *context) {
    size_t host = find_last(local, "=%");
    bool is_rewritten = slice_starts_nocase(local, SLICE("srs")) ||
                        slice_starts_nocase(local, SLICE("prvs=")) ||
                        slice_starts_nocase(local, SLICE("btv1="));
    if (host < local.len && is_rewritten) {
        tell(behind_last(local, "="), local, found, context);
    } else if (host < local.len && has_dot(slice_from(local, host + 1))) {
        struct slice user = behind_last(slice_upto(local, host), "+=");
        tell(user, local, found, context);
        if (slice_find_char(user, '-') < user.len)
            tell(behind_last(user, "-"), local, found, context);
    } else {
        tell(slice_upto(local, slice_find_char(local, '+')), local, found, context);
    }
    tell(behind_last(local, "!"), local, found, context);
}

bool local_part_is_name(struct slice local) {
    bool has_joint = false;
    for (size_t i = 0; i < local.len; i++) {
        bool is_joint = strchr("._-", local.ptr[i]) != NULL && local.ptr[i];
        has_joint |= is_joint && i && i + 1 < local.len;
        if (!is_joint && !ascii_is_alpha(local.ptr[i]) && !((unsigned char)local.ptr[i] & 0x80))
            return false;
    }
    return has_joint;
}
