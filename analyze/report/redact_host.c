/* Names of hosts under --redact: see redact_host.h. */
#include "analyze/report/redact_host.h"

#include "analyze/report/common_words.h"
#include "parsers/base/organisation.h"

/* The end, with its dot, of a name that no server on the Internet has: networks at home (RFC 6762, RFC 8375),
 * what routers give out, names of files. 0: it is none. */
static size_t private_suffix(struct slice host) {
    static const char *const suffixes[] = {
        ".local",    ".lan",     ".home",   ".localdomain", ".internal", ".home.arpa", ".fritz.box", ".corp",
        ".intranet", ".private", ".router", ".workgroup",   ".domain",   ".php",       ".cgi",       ".asp",
        ".aspx",     ".jsp",     ".html",   ".htm",         ".txt",      ".log",       ".eml"};
    for (size_t i = 0; i < G_N_ELEMENTS(suffixes); i++)
        if (slice_ends_nocase(host, slice_of(suffixes[i])))
            return strlen(suffixes[i]);
    return 0;
}

static bool names_somebody(const struct name *name) {
    return name->kind == NAME_USER || name->kind == NAME_PERSON;
}

/* Do the words of a label, which hyphens and underscores separate, hold a name of more than one word? */
static bool holds_whole_name(struct names *names, struct slice label) {
    char words[64];
    size_t length = MIN(label.len, sizeof words);
    if (names->counts <= 1 || !(memchr(label.ptr, '-', label.len) || memchr(label.ptr, '_', label.len)))
        return false; /* there is no such name, or the label is one word */
    for (size_t i = 0; i < length; i++)
        words[i] = label.ptr[i] == '-' || label.ptr[i] == '_' ? ' ' : label.ptr[i];
    for (size_t at = 0; at < length; at++) {
        size_t taken = 0;
        bool is_begin = at == 0 || words[at - 1] == ' ';
        const struct name *name = is_begin && words[at] != ' '
                                      ? names_at(names, (struct slice){words + at, length - at}, &taken)
                                      : NULL;
        if (name && names_somebody(name) && slice_find_char(name->words, ' ') < name->words.len)
            return true;
    }
    return false;
}

/* What a host's name is, and so how much of a label must be a name. */
enum host_role { HOST_SERVER, HOST_ANY, HOST_NO_SERVER };

static bool is_personal(struct names *names, struct slice label, enum host_role role) {
    const struct name *whole = label.len ? names_find(names, label) : NULL;
    if (!label.len)
        return false;
    if (whole && names_somebody(whole) && names_is_telling(names, label))
        return true;
    return (role != HOST_SERVER && holds_whole_name(names, label)) ||
           (role == HOST_NO_SERVER && names_are_inside(names, label));
}

/* The labels before `keep` bytes at the end. */
static void redact_labels(struct names *names, struct slice host, size_t keep, enum host_role role,
                          GString *out) {
    for (bool is_first = true; host.len > keep; is_first = false) {
        size_t dot = slice_find_char(host, '.');
        struct slice label = slice_upto(host, dot);
        if ((is_first || role == HOST_NO_SERVER) && is_personal(names, label, role)) {
            char pseudonym[PSEUDONYM_SIZE];
            names_pseudonym(names, NAME_HOST, label, pseudonym);
            g_string_append(out, pseudonym);
        } else {
            g_string_append_len(out, label.ptr, (gssize)label.len);
        }
        g_string_append(out, dot < host.len ? "." : "");
        host = slice_from(host, dot + 1);
    }
    g_string_append_len(out, host.ptr, (gssize)host.len);
}

static bool has_personal_label(struct names *names, struct slice host, enum host_role role) {
    for (size_t at = 0; at < host.len;) {
        struct slice label = slice_from(host, at);
        label = slice_upto(label, slice_find_char(label, '.'));
        at += label.len + 1;
        if (is_personal(names, label, role))
            return true;
        if (role != HOST_NO_SERVER)
            break;
    }
    return false;
}

void redact_host(struct names *names, struct slice host, GString *out) {
    size_t suffix = private_suffix(host);
    bool is_no_server = suffix || slice_find_char(host, '.') == host.len;
    enum host_role role = is_no_server                   ? HOST_NO_SERVER
                          : names_is_server(names, host) ? HOST_SERVER
                                                         : HOST_ANY;
    if (!names->table.count || role == HOST_SERVER || !has_personal_label(names, host, role)) {
        g_string_append_len(out, host.ptr, (gssize)host.len);
        return;
    }
    struct arena arena = {0};
    redact_labels(names, host, is_no_server ? suffix : organisation_of(&arena, host).len, role, out);
    arena_free(&arena);
}

void redact_domain(struct names *names, struct slice domain, GString *out) {
    if (private_suffix(domain))
        redact_host(names, domain, out);
    else
        g_string_append_len(out, domain.ptr, (gssize)domain.len);
}

void redact_selector(struct names *names, struct slice selector, GString *out) {
    redact_labels(names, selector, 0, HOST_NO_SERVER, out);
}

static struct slice last_label(struct slice host) {
    for (size_t i = host.len; i > 0; i--)
        if (host.ptr[i - 1] == '.')
            return slice_from(host, i);
    return host;
}

bool redact_is_host(struct names *names, struct slice word) {
    bool has_dot = slice_find_char(word, '.') < word.len;
    return has_dot &&
           (private_suffix(word) || names_is_readable(names, word) || host_is_registry(last_label(word)));
}

bool redact_is_page(struct slice word) {
    static const char *const ends[] = {".php", ".cgi", ".asp", ".aspx", ".jsp", ".html", ".htm", ".txt"};
    for (size_t i = 0; i < G_N_ELEMENTS(ends); i++)
        if (slice_ends_nocase(word, slice_of(ends[i])))
            return true;
    return false;
}

bool redact_is_dotted_name(struct names *names, struct slice word) {
    static const char *const pages[] = {"shtml", "xhtml", "cfm", "mspx", "json", "xml", "pdf",
                                        "jpg",   "png",   "gif", "css",  "act",  "svg", "ico",
                                        "yaml",  "conf",  "cfg", "map",  "zip",  "doc"};
    size_t joints = 0;
    struct slice end = last_label(word);
    for (size_t i = 0; i < word.len; i++) {
        bool is_letter = ascii_is_alpha(word.ptr[i]) || (unsigned char)word.ptr[i] >= 0x80;
        bool is_joint = word.ptr[i] == '.' || word.ptr[i] == '-' || word.ptr[i] == '_';
        if (!is_letter && !is_joint)
            return false;
        joints += word.ptr[i] == '.';
    }
    return joints > 0 && !common_words_among(end, pages, G_N_ELEMENTS(pages)) && joints < 3 && end.len > 2 &&
           !redact_is_host(names, word) && !names_is_readable(names, end);
}
