/* Names of hosts: see host.h. */
#include "parsers/base/host.h"

#include "parsers/base/ascii_name.h"

#define MOST_OF_NAME  253
#define MOST_OF_LABEL 63

bool host_ends_with(struct slice name, struct slice domain) {
    return slice_ends_nocase(name, domain) &&
           (name.len == domain.len || name.ptr[name.len - domain.len - 1] == '.');
}

bool host_fits_entry(struct slice host, struct slice entry) {
    if (entry.len && entry.ptr[0] == '.')
        return host_is_within(host, slice_from(entry, 1));
    return slice_equal_nocase(host, entry);
}

/* A hyphen, and behind it a number or what such machines are called. */
bool host_is_machine(struct slice word) {
    static const struct slice parts[] = {SLICE("gw"), SLICE("mx"), SLICE("cluster"), SLICE("node"),
                                         SLICE("srv")};
    size_t hyphen = word.len;
    while (hyphen && word.ptr[hyphen - 1] != '-')
        hyphen--;
    struct slice last = slice_from(word, hyphen);
    size_t digits = last.len;
    while (digits && ascii_is_digit(last.ptr[digits - 1]))
        digits--;
    struct slice name = slice_upto(last, digits);
    if (hyphen < 2 || !ascii_is_alpha(word.ptr[0]) || !last.len)
        return false;
    size_t i = 0;
    while (i < sizeof parts / sizeof *parts && !slice_equal_nocase(name, parts[i]))
        i++;
    return i < sizeof parts / sizeof *parts || name.len == 0;
}

bool host_is_literal(struct slice host) {
    while (host.len && host.ptr[host.len - 1] == '.')
        host.len--;
    size_t digits = 0;
    while (digits < host.len && ascii_is_digit(host.ptr[host.len - 1 - digits]))
        digits++;
    bool is_number = digits && (digits == host.len || host.ptr[host.len - 1 - digits] == '.');
    bool is_bracketed = host.len && host.ptr[host.len - 1] == ']';
    return is_number || is_bracketed || slice_find_char(host, ':') < host.len;
}

static bool is_label(struct slice label) {
    for (size_t i = 0; i < label.len; i++)
        if (!ascii_is_alpha(label.ptr[i]) && !ascii_is_digit(label.ptr[i]) && !strchr("-_", label.ptr[i]))
            return false;
    return label.len && label.len <= MOST_OF_LABEL && label.ptr[0] != '-' && label.ptr[label.len - 1] != '-';
}

static bool holds_labels(struct slice name) {
    for (size_t end; name.len > 0; name = slice_from(name, end + 1)) {
        end = slice_find_char(name, '.');
        if (!is_label(slice_upto(name, end)))
            return false;
        if (end == name.len)
            return true;
    }
    return false; /* nothing, or nothing behind the last dot */
}

bool host_is_name(struct slice name) {
    struct arena arena = {0};
    name = slice_upto(name, name.len - (name.len > 1 && name.ptr[name.len - 1] == '.'));
    if (name.len > MOST_OF_NAME || host_is_literal(name) || slice_find_char(name, '\0') < name.len)
        return false;
    if (!slice_is_ascii(name))
        name = FROM_MODULE(MODULE_NAMES, ascii_name)(arena_copy(&arena, name).ptr, &arena);
    bool is_name = holds_labels(name);
    arena_free(&arena);
    return is_name;
}
