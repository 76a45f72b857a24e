/* Replies in the events of sending services: see event_json.h. Only strings that stand under a key are looked
 * for, so that a half event, or one inside words, is read too. */
#include "parsers/bounce/event_json.h"

#include "parsers/base/json_nodes.h"
#include "parsers/base/smtp_reply.h"
#include "parsers/rules/export_word.h"
#include "parsers/rules/packed.h"

#include <glib.h>

bool json_begins(struct slice text) {
    struct slice s = slice_trim(text);
    if (s.len < 2 || (s.ptr[0] != '{' && s.ptr[0] != '['))
        return false;
    struct slice next = slice_trim(slice_from(s, 1));
    return next.len && strchr("{[\"\\", next.ptr[0]) && next.ptr[0];
}

/* The string that begins behind its quote at the start of `s`, without escapes. `used` becomes its length
 * with the quote at its end. */
static struct slice read_string(struct slice s, size_t *used, struct arena *arena) {
    size_t end = 0;
    while (end < s.len && s.ptr[end] != '"')
        end += s.ptr[end] == '\\' && end + 1 < s.len ? 2 : 1;
    end = MIN(end, s.len);
    *used = MIN(end + 1, s.len);
    return json_unescape(slice_upto(s, end), arena);
}

/* The value under the next `key` of `rest`, a string or a number; `rest` becomes what follows it. */
static bool next_value(struct slice *rest, struct slice key, struct slice *value, struct arena *arena) {
    for (size_t at; key.len && (at = slice_find(*rest, key)) < rest->len;) {
        *rest = slice_from(*rest, at + key.len);
        struct slice s = *rest;
        while (s.len && (ascii_is_space(s.ptr[0]) || s.ptr[0] == ':'))
            s = slice_from(s, 1);
        size_t used = 0;
        if (s.len && s.ptr[0] == '"') {
            *value = slice_trim(read_string(slice_from(s, 1), &used, arena));
            *rest = slice_from(s, 1 + used);
        } else {
            slice_number(s, &used);
            *value = slice_upto(s, used);
        }
        if (value->len)
            return true;
    }
    return false;
}

static struct slice without_type(struct slice reply) { /* "smtp; 550 …" (RFC 3464 section 2.3.6) */
    static const struct slice type = SLICE("smtp;");
    return slice_starts_nocase(reply, type) ? slice_trim(slice_from(reply, type.len)) : reply;
}

/* A code is put in front of a reply that begins with none. */
static struct slice with_code(struct slice reply, struct slice code, struct arena *arena) {
    size_t own = 0;
    slice_number(reply, &own);
    if (own == 3 || reply_code(code) < 400)
        return reply;
    return arena_printf(arena, "%.*s %.*s", S(code), S(reply));
}

/* The last of the steps of a name of the rules, or the one before it, as a key of JSON: "a.b[].c" is "\"c\""
 * and
 * "\"b\"". Empty: there is none before it. */
static struct slice key_of(const char *name, bool is_before, struct arena *arena) {
    struct slice steps = slice_of(name);
    const char *dot = strrchr(name, '.');
    struct slice before = dot ? (struct slice){name, (size_t)(dot - name)} : SLICE_EMPTY;
    struct slice step = is_before ? before : steps;
    for (size_t i = step.len; i > 0; i--)
        if (step.ptr[i - 1] == '.') {
            step = slice_from(step, i);
            break;
        }
    if (step.len > 2 && memcmp(step.ptr + step.len - 2, "[]", 2) == 0)
        step.len -= 2;
    return step.len ? arena_printf(arena, "\"%.*s\"", S(step)) : SLICE_EMPTY;
}

/* Does one of the names stand in the text? */
static bool has_one(struct slice text, const char *const *names, struct arena *arena) {
    for (; names && *names; names++)
        if (slice_find(text, key_of(*names, false, arena)) < text.len)
            return true;
    return false;
}

/* Where what a kind says under `name` begins: at the object that holds it, or, where nothing does, anywhere
 * in a text that names the event or the code. text.len: it is not of that kind. */
static size_t find_start(struct slice text, const struct export_kind *kind, const char *name,
                         struct arena *arena) {
    struct slice holder = key_of(name, true, arena);
    if (holder.len)
        return slice_find(text, holder);
    bool is_marked = has_one(text, kind->event, arena) || has_one(text, kind->code, arena);
    return is_marked ? 0 : text.len;
}

static void name_recipients(struct slice text, const char *const *names, struct event_reply *replies,
                            size_t count, struct arena *arena) {
    for (; names && *names; names++) {
        struct slice rest = text;
        struct slice key = key_of(*names, false, arena);
        struct slice address;
        size_t named = 0;
        for (; named <= count && next_value(&rest, key, &address, arena); named++)
            if (named < count)
                replies[named].recipient = address;
        if (named == count)
            return;
    }
    for (size_t i = 0; i < count; i++) /* whose each is cannot be told */
        replies[i].recipient = SLICE_EMPTY;
}

static size_t read_replies(struct slice text, const struct export_kind *kind, const char *name,
                           struct event_reply *replies, size_t most, struct arena *arena) {
    struct slice rest = slice_from(text, find_start(text, kind, name, arena));
    struct slice codes = rest;
    struct slice key = key_of(name, false, arena);
    struct slice code_key = kind->code && *kind->code ? key_of(*kind->code, false, arena) : SLICE_EMPTY;
    size_t count = 0;
    for (struct slice reply; rest.len && count < most && next_value(&rest, key, &reply, arena);) {
        struct slice code = SLICE_EMPTY;
        next_value(&codes, code_key, &code, arena);
        replies[count++] =
            (struct event_reply){with_code(without_type(reply), code, arena), SLICE_EMPTY, SLICE_EMPTY, NULL};
    }
    return count;
}

/* The values of the kind's names of the event, as export_word.h takes them. */
static struct slice event_words(struct slice text, const struct export_kind *kind, struct arena *arena) {
    struct slice words = SLICE_EMPTY;
    size_t count = 0;
    for (const char *const *name = kind->event; name && *name && count < LIMIT_EVENT_NAMES; name++) {
        struct slice rest = text;
        struct slice value;
        if (!next_value(&rest, key_of(*name, false, arena), &value, arena))
            continue;
        words = count++ ? arena_printf(arena, "%.*s%c%.*s", S(words), EXPORT_WORD_END, S(value)) : value;
    }
    return words;
}

static size_t read_kind(struct slice text, const struct export_kind *kind, struct event_reply *replies,
                        size_t most, struct arena *arena) {
    size_t count = 0;
    for (const char *const *name = kind->reply; name && *name && !count; name++)
        count = read_replies(text, kind, *name, replies, most, arena);
    if (!count)
        return 0;
    name_recipients(text, kind->recipient, replies, count, arena);
    const char *outcome = export_word_of(kind, event_words(text, kind, arena));
    for (size_t i = 0; i < count; i++)
        replies[i].outcome = outcome;
    return count;
}

/* An event inside a string of another one (SNS puts that of SES into "Message"): its escapes are undone. */
static struct slice unwrapped(struct slice text, struct arena *arena) {
    size_t at = slice_find(text, SLICE("\"{\\\""));
    size_t used;
    return at < text.len ? read_string(slice_from(text, at + 1), &used, arena) : text;
}

/* Which of the names that a kind is known by stand in the text. */
struct known {
    size_t names, choices; /* of those that stand alone; of those of which one must be there ("a|b") */
    size_t of_names, of_choices;
};

static struct known known_of(struct slice text, const struct export_kind *kind, struct arena *arena) {
    struct known known = {0};
    for (const char *const *name = kind->known_by; *name; name++) {
        g_auto(GStrv) names = g_strsplit(*name, "|", -1);
        bool is_there = has_one(text, (const char *const *)names, arena);
        *(names[1] ? &known.choices : &known.names) += is_there;
        ++*(names[1] ? &known.of_choices : &known.of_names);
    }
    return known;
}

/* An event without a reply, of which its kind says what it is: the kind that more of the names fit. */
static size_t read_bare(struct slice text, const struct rule_list *kinds, struct event_reply *reply,
                        const struct export_kind **best, struct arena *arena) {
    size_t most = 1;
    for (size_t i = 0; i < kinds->count; i++) {
        const struct export_kind *kind = rule_list_entry(kinds, i);
        struct slice words = kind->lines ? SLICE_EMPTY : event_words(text, kind, arena);
        const char *outcome = export_word_of(kind, words);
        if (!outcome || strcmp(outcome, "none") == 0)
            continue;
        struct known known = known_of(text, kind, arena);
        size_t count = known.names + known.choices + has_one(text, kind->recipient, arena);
        if (count <= most)
            continue;
        most = count;
        *best = kind;
        *reply = (struct event_reply){words, SLICE_EMPTY, SLICE_EMPTY, outcome};
    }
    if (*best)
        name_recipients(text, (*best)->recipient, reply, 1, arena);
    return *best != NULL;
}

/* Does the kind know the event? Of half a text it may not be there. */
static bool knows_event(struct slice text, const struct export_kind *kind, struct arena *arena) {
    struct slice words = event_words(text, kind, arena);
    return !words.len || export_word_of(kind, words);
}

/* How well a kind fits a text: the better, the earlier it is tried. */
struct fit {
    const struct export_kind *kind;
    bool knows; /* the event */
    size_t marks,
        of_marks;  /* how much of what it is known by is there: a name counts more than one of several */
    size_t number; /* among the kinds */
};

static int by_fit(const void *a, const void *b) {
    const struct fit *x = a;
    const struct fit *y = b;
    return x->knows != y->knows         ? (x->knows ? -1 : 1)
           : x->marks != y->marks       ? (x->marks > y->marks ? -1 : 1)
           : x->of_marks != y->of_marks ? (x->of_marks < y->of_marks ? -1 : 1)
                                        : (x->number > y->number) - (x->number < y->number);
}

static struct fit fit_of(struct slice text, const struct export_kind *kind, size_t number,
                         struct arena *arena) {
    struct known known = known_of(text, kind, arena);
    return (struct fit){.kind = kind,
                        .knows = knows_event(text, kind, arena),
                        .marks = 2 * known.names + known.choices,
                        .of_marks = 2 * known.of_names + known.of_choices,
                        .number = number};
}

static size_t read_event(struct slice text, const struct rule_list *kinds, struct event_reply *replies,
                         size_t most, const struct export_kind **found, struct arena *arena) {
    g_autofree struct fit *fits = g_new0(struct fit, kinds->count + 1);
    size_t fit_count = 0;
    for (size_t i = 0; i < kinds->count; i++) {
        const struct export_kind *kind = rule_list_entry(kinds, i);
        if (!kind->lines)
            fits[fit_count++] = fit_of(text, kind, i, arena);
    }
    qsort(fits, fit_count, sizeof *fits, by_fit);
    for (size_t i = 0; i < fit_count; i++) {
        size_t count = read_kind(text, fits[i].kind, replies, most, arena);
        if (count) {
            *found = fits[i].kind;
            return count;
        }
    }
    return most ? read_bare(text, kinds, replies, found, arena) : 0;
}

/* The length of the object at the start of `s`, whose strings may hold braces; a half one is all of it. */
static size_t object_length(struct slice s) {
    size_t depth = 0;
    bool is_string = false;
    for (size_t i = 0; i < s.len; i++) {
        char c = s.ptr[i];
        if (is_string && c == '\\')
            i++;
        else if (c == '"')
            is_string = !is_string;
        else if (!is_string && c == '{')
            depth++;
        else if (!is_string && c == '}' && --depth == 0)
            return i + 1;
    }
    return s.len;
}

/* The next of the objects in a list, such as a service posts them; all of a text that is no list. */
static bool next_event(struct slice *rest, bool is_list, struct slice *event) {
    struct slice s = *rest;
    if (is_list)
        s = slice_from(s, slice_find_char(s, '{'));
    *event = is_list && s.len ? slice_upto(s, object_length(s)) : s;
    *rest = slice_from(s, event->len);
    return event->len > 0;
}

size_t event_json_read(struct slice text, const struct rulebase *rules, struct event_reply *replies,
                       size_t most, const char **service, struct arena *arena) {
    struct slice rest = slice_trim(unwrapped(text, arena));
    bool is_list = rest.len && rest.ptr[0] == '[';
    size_t count = 0;
    for (struct slice event; count < most && next_event(&rest, is_list, &event);) {
        const struct export_kind *kind = NULL;
        count += read_event(event, &rules->lists[RULES_EXPORTS], replies + count, most - count, &kind, arena);
        if (kind && service)
            *service = kind->id;
    }
    return count;
}

struct slice json_list_lines(struct slice text, struct arena *arena) {
    struct slice s = slice_trim(text);
    if (!s.len || s.ptr[0] != '[')
        return SLICE_EMPTY;
    GString *lines = g_string_new(NULL);
    for (s = slice_trim(slice_from(s, 1)); s.len && s.ptr[0] == '"';) {
        size_t used;
        struct slice line = read_string(slice_from(s, 1), &used, arena);
        g_string_append_len(lines, line.ptr, (gssize)line.len);
        g_string_append_c(lines, '\n');
        s = slice_trim(slice_from(s, 1 + used));
        if (s.len && s.ptr[0] == ',')
            s = slice_trim(slice_from(s, 1));
    }
    struct slice copy = arena_copy(arena, (struct slice){lines->str, lines->len});
    g_string_free(lines, TRUE);
    return copy;
}
