/* Files that were given in the place of mail: see other_file.h. */
#include "parsers/bounce/other_file.h"

#include "parsers/base/file_magic.h"
#include "parsers/dns/type.h"
#include "parsers/rules/schema.h"

#define MOST_LINES 40 /* that are looked at */

/* --- records of the DNS --- */

struct zone_text {
    bool has_record; /* or a line that only dig or a snapshot has */
    int open;        /* parentheses: the record goes on in the next line */
};

static bool is_number(struct slice word) {
    for (size_t i = 0; i < word.len; i++)
        if (!ascii_is_digit(word.ptr[i]))
            return false;
    return word.len > 0;
}

/* What a quoted string holds is not looked at. */
static void count_parentheses(struct zone_text *z, struct slice line) {
    bool is_quoted = false;
    for (size_t i = 0; i < line.len && (is_quoted || line.ptr[i] != ';'); i++) {
        char c = line.ptr[i];
        if (c == '"')
            is_quoted = !is_quoted;
        else if (!is_quoted)
            z->open += (c == '(') - (c == ')');
    }
}

/* "name 300 IN TXT …", "@ IN MX …", "    IN A …": the class or a time to live, then the type. A line that
 * begins with a number is one of a reverse zone and has the class, or a reply. */
static bool is_record(struct slice line) {
    struct slice rest = line;
    struct slice word;
    bool is_led = false; /* by a class or a time to live */
    bool may_be_reply = false;
    for (int i = 0; i < 5 && slice_next_word(&rest, &word); i++) {
        if (is_led && dns_type_of(word))
            return !may_be_reply;
        bool is_class = slice_equal_nocase(word, SLICE("IN"));
        if (i > 0 && is_led && !is_class && !is_number(word))
            return false;
        may_be_reply = i ? may_be_reply && !is_class : is_number(word);
        is_led = is_class || (i > 0 && is_number(word));
    }
    return false;
}

static bool is_comment_of_ours(struct slice line) {
    return slice_starts_nocase(line, SLICE(";! ")) || slice_starts_nocase(line, SLICE("; <<>> DiG")) ||
           slice_starts_nocase(line, SLICE(";; ->>HEADER<<-"));
}

static bool is_zone_line(struct zone_text *z, struct slice line) {
    struct slice text = slice_trim(line);
    if (!text.len)
        return true;
    if (text.ptr[0] == ';') {
        z->has_record |= is_comment_of_ours(text);
        return true;
    }
    bool goes_on = z->open > 0;
    count_parentheses(z, line);
    if (goes_on || slice_starts_nocase(text, SLICE("$ORIGIN ")) || slice_starts_nocase(text, SLICE("$TTL ")))
        return true;
    if (!is_record(text))
        return false;
    return z->has_record = true;
}

static bool is_zone(struct slice bytes) {
    struct zone_text z = {0};
    struct slice line;
    for (int i = 0; i < MOST_LINES && slice_next_line(&bytes, &line); i++)
        if (!is_zone_line(&z, line))
            return false;
    return z.has_record;
}

/* --- rules --- */

static bool is_list_of_rules(struct slice line) {
    for (size_t i = 0; i < RULE_KINDS; i++) {
        struct slice key = slice_of(rule_schemas[i].key);
        if (line.len == key.len + 1 && line.ptr[key.len] == ':' &&
            slice_equal(slice_upto(line, key.len), key))
            return true;
    }
    return false;
}

static bool is_rules(struct slice bytes) {
    struct slice line;
    bool has_key = false;
    for (int i = 0; i < MOST_LINES && slice_next_line(&bytes, &line); i++) {
        struct slice text = slice_trim(line);
        if (!text.len || text.ptr[0] == '#')
            continue;
        if (has_key)
            return slice_starts_nocase(text, SLICE("- id: "));
        if (!is_list_of_rules(text))
            return false;
        has_key = true;
    }
    return false;
}

const char *other_file_advice(struct slice bytes) {
    const char *advice = file_magic_advice(bytes);
    if (!advice && is_zone(bytes))
        advice =
            "this is a DNS snapshot or a zone file, no mail: name it with --dns, and give the mail beside "
            "it (mailwhy --dns FILE bounce.eml)";
    if (!advice && is_rules(bytes))
        advice =
            "this is a file of rules, no mail: name it with --rules, and give the mail beside it (mailwhy "
            "--rules FILE bounce.eml)";
    return advice;
}
