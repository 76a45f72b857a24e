/* Pseudonyms by the type of a value: see redact.h. */
#include "analyze/report/redact.h"

#include "analyze/report/redact_address.h"
#include "analyze/report/redact_host.h"
#include "analyze/report/redact_plain.h"
#include "analyze/report/redact_text.h"
#include "parsers/base/address.h"
#include "parsers/base/visible.h"

#include <glib.h>

#define LEAST_IDENTIFIER     5  /* bytes; shorter ones are hidden only where they are written as such */
#define LEAST_OF_CUT_SUBJECT 3  /* words */
#define LONGEST_PREFIX       24 /* bytes of a subject before a colon */

struct redactor {
    struct names names;
};

struct redactor *redactor_new(const struct redaction *redaction) {
    struct redactor *r = g_new0(struct redactor, 1);
    names_init(&r->names, redaction);
    return r;
}

void redactor_free(struct redactor *r) {
    if (r)
        names_free(&r->names);
    g_free(r);
}

/* --- the parts of a mailbox list --- */

/* One mailbox of a list: the name beside the address, and the address without brackets; either may be empty.
 */
struct mailbox {
    struct slice name, comment, address;
    bool is_bracketed;
};

/* The first place of `c` outside quotes, comments and brackets; s.len: none. */
static size_t find_outside(struct slice s, char c) {
    bool is_quoted = false;
    unsigned depth = 0;
    bool is_bracketed = false;
    for (size_t i = 0; i < s.len; i++) {
        if (s.ptr[i] == c && !is_quoted && !depth && !is_bracketed)
            return i;
        if (s.ptr[i] == '"' && !depth)
            is_quoted = !is_quoted;
        else if (s.ptr[i] == '(' && !is_quoted)
            depth++;
        else if (s.ptr[i] == ')' && !is_quoted && depth)
            depth--;
        else if (s.ptr[i] == '<' && !is_quoted && !depth)
            is_bracketed = true;
        else if (s.ptr[i] == '>')
            is_bracketed = false;
    }
    return s.len;
}

static struct slice unquote(struct slice s) {
    s = slice_trim(s);
    return s.len >= 2 && s.ptr[0] == '"' && s.ptr[s.len - 1] == '"' ? slice_from(slice_upto(s, s.len - 1), 1)
                                                                    : s;
}

/* Take the next one off a list. */
static bool next_mailbox(struct slice *list, struct mailbox *m) {
    if (!list->len)
        return false;
    size_t end = find_outside(*list, ',');
    struct slice one = slice_trim(slice_upto(*list, end));
    *list = slice_from(*list, end + 1);
    *m = (struct mailbox){0};
    size_t open = find_outside(one, '<');
    size_t paren = find_outside(one, '(');
    if (open < one.len) {
        m->is_bracketed = true;
        m->name = unquote(slice_upto(one, open));
        m->address = slice_from(one, open + 1);
        m->address = slice_upto(m->address, slice_find_char(m->address, '>'));
    } else if (slice_find_char(slice_upto(one, paren), '@') < paren) {
        m->address = slice_trim(slice_upto(one, paren));
        m->comment = slice_trim(slice_from(one, paren));
    } else {
        m->name = unquote(one);
    }
    return true;
}

/* --- collecting --- */

/* The whole name, each word of it, and of two words (Miller, Bob) the other order too. */
static void collect_person(struct names *names, struct slice name) {
    struct slice words[3];
    size_t count = 0;
    names_add(names, NAME_PERSON, name, false);
    if (slice_find_char(name, '@') < name.len) { /* an address in place of a name */
        redact_text_collect(names, name);
        return;
    }
    for (size_t at = 0; at < name.len;) {
        size_t length = word_length(slice_from(name, at));
        struct slice word = slice_upto(slice_from(name, at), length);
        if (length)
            names_add(names, NAME_PERSON, word, false);
        if (length && count < G_N_ELEMENTS(words))
            words[count++] = word;
        at += length ? length : 1;
    }
    if (count == 2) {
        struct slice swapped = arena_printf(&names->arena, "%.*s %.*s", S(words[1]), S(words[0]));
        names_add_form(names, NAME_PERSON, swapped, name);
        redact_collect_joined(names, NAME_PERSON, words[0], words[1], name);
        redact_collect_joined(names, NAME_PERSON, words[1], words[0], name);
    }
}

static struct slice local_part(struct slice address) {
    struct slice domain = address_domain(address);
    return domain.len ? slice_upto(address, (size_t)(domain.ptr - address.ptr) - 1) : address;
}

static void collect_address(struct names *names, struct slice address) {
    address = address_unbracket(slice_trim(address));
    names_add_party(names, address);
    redact_text_collect(names, address);
    redact_collect_local(names, unquote(local_part(address)));
}

/* Without "Re:", "Fwd:", their like in other languages, and the tag of a list. */
static struct slice without_prefixes(struct slice subject) {
    static const char *const prefixes[] = {"re:",          "fw:",
                                           "fwd:",         "aw:",
                                           "wg:",          "sv:",
                                           "vs:",          "tr:",
                                           "rv:",          "rif:",
                                           "ynt:",         "odp:",
                                           "antw:",        "ref:",
                                           "enc:",         "undeliverable:",
                                           "undelivered:", "automatic reply:",
                                           "auto:",        "out of office:"};
    for (bool is_found = true; is_found;) {
        is_found = false;
        subject = slice_trim(subject);
        for (size_t i = 0; i < G_N_ELEMENTS(prefixes) && !is_found; i++)
            if ((is_found = slice_starts_nocase(subject, slice_of(prefixes[i]))))
                subject = slice_from(subject, strlen(prefixes[i]));
        size_t tag = subject.len && subject.ptr[0] == '[' ? slice_find_char(subject, ']') : subject.len;
        if (tag < subject.len && (is_found = true))
            subject = slice_from(subject, tag + 1);
    }
    return subject;
}

/* As programs write it into a link or a name of one word: "Offer_for_Kim", "Offer%20for%20Kim". */
static void collect_joined(struct names *names, struct slice subject, struct slice whole) {
    static const char *const joints[] = {"_", "+", "%20"};
    for (size_t i = 0; i < G_N_ELEMENTS(joints); i++) {
        g_autoptr(GString) joined = g_string_sized_new(subject.len);
        for (size_t k = 0; k < subject.len; k++)
            if (subject.ptr[k] == ' ')
                g_string_append(joined, joints[i]);
            else
                g_string_append_c(joined, subject.ptr[k]);
        names_add_form(names, NAME_SUBJECT, (struct slice){joined->str, joined->len}, whole);
    }
}

/* What follows a word or two and a colon: "Read: Offer for Kim", in whatever language. */
static struct slice behind_colon(struct slice subject) {
    size_t colon = slice_find(slice_upto(subject, LONGEST_PREFIX), SLICE(": "));
    return slice_trim(slice_from(subject, colon + 1));
}

/* As it is, and cut behind three words or more, of which one is no ordinary one. They have the pseudonym of
 * `whole`. */
static void collect_cut(struct names *names, struct slice subject, struct slice whole) {
    bool is_telling = false;
    unsigned words = 0;
    for (size_t at = 0; at < subject.len && words < NAME_MOST_WORDS;) {
        size_t length = word_length(slice_from(subject, at));
        is_telling |= length && names_is_telling(names, slice_upto(slice_from(subject, at), length));
        words += length > 0;
        at += length ? length : 1;
        if (length && words >= LEAST_OF_CUT_SUBJECT && is_telling)
            names_add_form(names, NAME_SUBJECT, slice_upto(subject, at), whole);
    }
    if (words < 2 || !is_telling)
        return;
    names_add_form(names, NAME_SUBJECT, subject, whole);
    collect_joined(names, subject, whole);
}

/* As it is, without its prefixes, and parts of it. */
static void collect_subject(struct names *names, struct slice subject) {
    struct slice bare = without_prefixes(subject);
    names_add(names, NAME_SUBJECT, bare.len ? bare : subject, false);
    names_add_form(names, NAME_SUBJECT, subject, bare);
    collect_cut(names, bare, bare);
    collect_cut(names, behind_colon(bare), bare);
}

/* The whole, and the file's own name. */
static void collect_script(struct names *names, struct slice script) {
    struct slice file = script;
    for (size_t i = 0; i < script.len; i++)
        if (strchr("/\\:", script.ptr[i]))
            file = slice_from(script, i + 1);
    names_add(names, NAME_FILE, script, false);
    names_add_form(names, NAME_FILE, file, script);
}

static void collect_mailboxes(struct names *names, struct slice list) {
    struct mailbox m;
    while (next_mailbox(&list, &m)) {
        collect_address(names, m.address);
        collect_person(names, m.name);
        collect_person(names, m.comment);
    }
}

void redactor_collect(struct redactor *r, struct value v) {
    if (v.type < VALUE_OURS && v.text.len) /* as it will be shown */
        v.text = redact_plain(text_visible(&r->names.arena, text_seen(&r->names.arena, v.text), VISIBLE_TEXT),
                              &r->names.arena);
    switch (v.type) {
    case VALUE_MAILBOX:
        collect_mailboxes(&r->names, v.text);
        break;
    case VALUE_ADDRESS:
    case VALUE_USER:
        collect_address(&r->names, v.text);
        break;
    case VALUE_SCRIPT:
        collect_script(&r->names, v.text);
        break;
    case VALUE_SUBJECT:
        collect_subject(&r->names, v.text);
        break;
    case VALUE_IDENTIFIER:
        names_add(&r->names, NAME_IDENTIFIER, local_part(address_unbracket(v.text)),
                  v.text.len >= LEAST_IDENTIFIER);
        break;
    case VALUE_REPLY:
        redact_reply_collect(&r->names, v.text);
        break;
    case VALUE_STRANGER:
    case VALUE_SENTENCE:
    case VALUE_NOTE:
        redact_text_collect(&r->names, v.text);
        break;
    case VALUE_SERVER:
        names_add_server(&r->names, v.text);
        redact_text_collect(&r->names, v.text);
        break;
    case VALUE_HOST:
    case VALUE_SELECTOR:
    case VALUE_NETWORK:
        redact_text_collect(&r->names, v.text);
        break;
    default:
        break;
    }
}

/* --- hiding --- */

static void append_pseudonym(struct redactor *r, enum name_kind kind, struct slice text, GString *out) {
    char pseudonym[PSEUDONYM_SIZE];
    names_pseudonym(&r->names, kind, text, pseudonym);
    g_string_append(out, pseudonym);
}

static bool is_host(struct slice s) {
    for (size_t i = 0; i < s.len; i++)
        if (!is_word_char(s.ptr[i]) && !(s.ptr[i] && strchr(":[]%/", s.ptr[i])))
            return false;
    return true;
}

/* A host's name or a part of one; what only claims to be that is a stranger's text. */
static void hide_host(struct redactor *r, struct slice host, GString *out,
                      void (*hide)(struct names *, struct slice, GString *)) {
    (is_host(host) ? hide : redact_text)(&r->names, host, out);
}

/* A local part with its domain, or alone; brackets stay. */
static void hide_address(struct redactor *r, enum name_kind kind, struct slice address, GString *out) {
    struct slice bare = address_unbracket(slice_trim(address));
    struct slice domain = address_domain(bare);
    struct slice local = local_part(bare);
    bool is_bracketed = bare.len < slice_trim(address).len;
    if (!bare.len) {
        g_string_append_len(out, address.ptr, (gssize)address.len);
        return;
    }
    g_string_append(out, is_bracketed ? "<" : "");
    if (local.len)
        append_pseudonym(r, kind, unquote(local), out);
    if (domain.len) {
        g_string_append_c(out, '@');
        hide_host(r, domain, out, redact_domain);
    }
    g_string_append(out, is_bracketed ? ">" : "");
}

static void hide_mailboxes(struct redactor *r, struct slice list, GString *out) {
    struct mailbox m;
    for (bool is_first = true; next_mailbox(&list, &m); is_first = false) {
        bool is_group = m.name.len && !m.address.len && slice_find_char(m.name, ':') < m.name.len;
        struct slice person = m.name.len ? m.name : m.comment;
        g_string_append(out, is_first ? "" : ", ");
        if (person.len && !is_group)
            append_pseudonym(r, NAME_PERSON, person, out);
        if (is_group) /* undisclosed-recipients:; */
            redact_text(&r->names, person, out);
        if (!m.address.len)
            continue;
        bool has_brackets = m.is_bracketed || person.len;
        g_string_append(out, person.len ? " " : "");
        g_string_append(out, has_brackets ? "<" : "");
        hide_address(r, NAME_USER, m.address, out);
        g_string_append(out, has_brackets ? ">" : "");
    }
}

/* What our sentence quotes goes altogether. */
static void hide_quoted(struct redactor *r, struct slice text, GString *out) {
    g_autoptr(GString) left = g_string_sized_new(text.len);
    bool is_quoted = false;
    for (size_t i = 0; i < text.len; i++) {
        bool is_mark = text.ptr[i] == '"';
        if (!is_quoted || is_mark)
            g_string_append_c(left, text.ptr[i]);
        is_quoted ^= is_mark;
    }
    redact_text(&r->names, (struct slice){left->str, left->len}, out);
}

/* The whole name, but for the end that tells what is in it. */
static void hide_file(struct redactor *r, struct slice path, GString *out) {
    static const char *const ends[] = {".eml",  ".mbox", ".mbx", ".msg", ".txt", ".log", ".json",
                                       ".yaml", ".zone", ".gz",  ".xz",  ".zst", ".bz2"};
    struct slice end = SLICE_EMPTY;
    bool is_ours = slice_starts_nocase(path, SLICE("rules/")) && slice_ends_nocase(path, SLICE(".yaml"));
    if (is_ours || names_no_file(path)) {
        g_string_append_len(out, path.ptr, (gssize)path.len);
        return;
    }
    for (size_t i = 0; i < G_N_ELEMENTS(ends); i++)
        if (slice_ends_nocase(path, slice_of(ends[i])))
            end = slice_from(path, path.len - strlen(ends[i]));
    append_pseudonym(r, NAME_FILE, path, out);
    g_string_append_len(out, end.ptr, (gssize)end.len);
}

struct slice redactor_hide(struct redactor *r, struct value v, struct arena *arena) {
    if (v.type == VALUE_OURS || v.type > VALUE_SHOWN || v.type == VALUE_SHOWN || !v.text.len)
        return v.text;
    g_autoptr(GString) out = g_string_sized_new(v.text.len);
    switch (v.type) {
    case VALUE_MAILBOX:
        hide_mailboxes(r, v.text, out);
        break;
    case VALUE_ADDRESS:
    case VALUE_USER:
        hide_address(r, NAME_USER, v.text, out);
        break;
    case VALUE_IDENTIFIER:
        hide_address(r, NAME_IDENTIFIER, v.text, out);
        break;
    case VALUE_SCRIPT:
        append_pseudonym(r, NAME_FILE, v.text, out);
        break;
    case VALUE_UNTYPED:
    case VALUE_SUBJECT:
        append_pseudonym(r, NAME_SUBJECT, v.text, out);
        break;
    case VALUE_HOST:
    case VALUE_SERVER:
    case VALUE_NETWORK:
        hide_host(r, v.text, out, redact_host);
        break;
    case VALUE_SELECTOR:
        hide_host(r, v.text, out, redact_selector);
        break;
    case VALUE_SENTENCE:
        hide_quoted(r, v.text, out);
        break;
    case VALUE_REPLY:
        redact_reply(&r->names, v.text, out);
        break;
    case VALUE_FILE:
        hide_file(r, v.text, out);
        break;
    default:
        redact_text(&r->names, v.text, out);
    }
    return arena_copy(arena, (struct slice){out->str, out->len});
}
