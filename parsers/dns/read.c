/* The lines of a snapshot file: records, our own directives (";! …"), and what dig's comments say of an
 * answer. See read.h; the format is described in docs/dns.md. */
#include "parsers/dns/read.h"

#include "parsers/base/date.h"
#include "parsers/base/shown_name.h"
#include "parsers/dns/name.h"
#include "parsers/dns/record.h"

#include <ldns/ldns.h>

#define MOST_OF_RECORD ((size_t)1 << 20) /* bytes of one record with its continued lines */
#define MOST_OF_ERRORS 20

/* What dig has told of the answer that is being read. */
struct digging {
    struct slice name; /* empty: no question was seen */
    unsigned type;
    enum dns_status status; /* UNKNOWN: not told */
    bool is_in_question;
};

struct reading {
    struct dns_file *file;
    struct file_errors *errors;
    struct zone_state zone;
    struct digging dig;
    GString *record; /* the logical line so far, without comments and parentheses */
    unsigned line, record_line;
    unsigned depth; /* of parentheses */
    bool is_quoted,
        is_other; /* is_other: the first thing in it was no record, so it is another kind of file */
};

static void complain(struct reading *r, unsigned line, size_t column, const char *what, struct slice where) {
    if (r->errors->count++ >= MOST_OF_ERRORS || !r->errors->out)
        return;
    g_autofree char *shown = g_strndup(where.ptr ? where.ptr : "", MIN(where.len, 120));
    g_autofree char *clean = g_strescape(shown, NULL);
    g_autofree char *file = shown_name(r->file->path);
    fprintf(r->errors->out, "%s:%u:%zu: %s\n    %s\n", file, line, column, what, clean);
}

/* --- what dig says --- */

/* Where the question leads by the aliases that the answer gave. */
static struct slice follow_aliases(const struct dns_file *file, struct slice name) {
    for (int i = 0; i < DNS_MOST_ALIASES; i++) {
        const struct dns_entry *e = dns_file_entry(file, name, DNS_CNAME);
        if (!e || !e->records)
            break;
        name = e->records->host;
    }
    return name;
}

static void end_answer(struct reading *r) {
    struct digging *dig = &r->dig;
    if (dig->name.len && dig->status != DNS_UNKNOWN) {
        struct slice end = dig->type == DNS_CNAME ? dig->name : follow_aliases(r->file, dig->name);
        enum dns_status status = dig->status == DNS_FOUND ? DNS_NODATA : dig->status;
        if (!dns_file_entry(r->file, end, dig->type))
            dns_file_note_status(r->file, end, status == DNS_NXDOMAIN ? DNS_ANY : dig->type, status);
    }
    *dig = (struct digging){0};
}

static void take_question(struct reading *r, struct slice name, struct slice type) {
    struct slice parsed;
    unsigned number = dns_type_of(type);
    if (number && dns_name_parse(name, &r->file->arena, &parsed)) {
        r->dig.name = parsed;
        r->dig.type = number;
    }
}

/* "; <<>> DiG 9.18 <<>> -t TXT example.org @192.0.2.53": the question, where no server answered. */
static void read_banner(struct reading *r, struct slice line) {
    struct slice rest = slice_from(line, slice_find(line, SLICE("<<>> ")) + 5);
    rest = slice_from(rest, slice_find(rest, SLICE("<<>>")) + 4);
    struct slice name = SLICE_EMPTY;
    struct slice type = SLICE("A");
    end_answer(r);
    for (struct slice word; slice_next_word(&rest, &word);) {
        if (slice_equal(word, SLICE("-x"))) {
            struct ip ip;
            if (!slice_next_word(&rest, &word))
                break;
            type = SLICE("PTR");
            name = ip_parse(word, &ip) ? ip_reverse_name(&r->file->arena, &ip) : SLICE_EMPTY;
        } else if (ascii_is_any(word.ptr[0], "+@-")) {
            continue;
        } else if (dns_type_of(word) && slice_find_char(word, '.') == word.len) {
            type = word;
        } else if (!slice_equal_nocase(word, SLICE("IN"))) {
            name = word;
        }
    }
    if (name.len)
        take_question(r, name, type);
}

static void read_header(struct reading *r, struct slice line) {
    static const struct {
        const char *word;
        enum dns_status status;
    } words[] = {{"NOERROR", DNS_FOUND}, {"NXDOMAIN", DNS_NXDOMAIN}};
    struct slice rest = slice_from(line, slice_find(line, SLICE("status: ")) + 8);
    struct slice word = slice_upto(rest, slice_find_char(rest, ','));
    if (r->dig.status != DNS_UNKNOWN) /* else the banner has told the question */
        end_answer(r);
    r->dig.status = DNS_SERVFAIL; /* SERVFAIL, REFUSED and what else there is: no answer */
    for (size_t i = 0; i < G_N_ELEMENTS(words); i++)
        if (slice_equal(word, slice_of(words[i].word)))
            r->dig.status = words[i].status;
}

static void read_date(struct reading *r, struct slice text) {
    int64_t time = date_parse(slice_trim(text));
    if (time != -1 && (r->file->taken == -1 || time < r->file->taken))
        r->file->taken = time;
}

static void read_dig(struct reading *r, struct slice line) {
    if (slice_find(line, SLICE("<<>> DiG")) < line.len) {
        read_banner(r, line);
    } else if (slice_find(line, SLICE("->>HEADER<<-")) < line.len) {
        read_header(r, line);
    } else if (slice_find(line, SLICE("no servers could be reached")) < line.len) {
        r->dig.status = DNS_TIMEOUT;
        end_answer(r);
    } else if (slice_starts_nocase(line, SLICE(";; WHEN: "))) {
        read_date(r, slice_from(line, 9));
    } else if (slice_ends_nocase(line, SLICE(" SECTION:"))) {
        r->dig.is_in_question = slice_find(line, SLICE("QUESTION")) < line.len;
    } else if (r->dig.is_in_question && line.len > 1 && line.ptr[1] != ';') {
        struct slice rest = slice_from(line, 1);
        struct slice name, class, type;
        if (slice_next_word(&rest, &name) && slice_next_word(&rest, &class) && slice_next_word(&rest, &type))
            take_question(r, name, type);
        r->dig.is_in_question = false;
    }
}

/* --- our own directives --- */

static void read_status(struct reading *r, struct slice line, struct slice rest, enum dns_status status) {
    struct slice name, word, parsed;
    unsigned type = DNS_ANY;
    if (!slice_next_word(&rest, &name) || !dns_name_parse(name, &r->file->arena, &parsed)) {
        complain(r, r->line, 4, "expected a name of the DNS", line);
        return;
    }
    if (slice_next_word(&rest, &word) && status != DNS_NXDOMAIN && (type = dns_type_of(word)) == 0)
        complain(r, r->line, (size_t)(word.ptr - line.ptr) + 1, "expected a type of record, as TXT or ANY",
                 line);
    else
        dns_file_note_status(r->file, parsed, type, status);
}

static void read_directive(struct reading *r, struct slice line) {
    struct slice rest = slice_from(line, 2);
    struct slice word = SLICE_EMPTY;
    slice_next_word(&rest, &word);
    for (enum dns_status status = DNS_NODATA; status <= DNS_TIMEOUT; status++)
        if (slice_equal_nocase(word, slice_of(dns_status_name(status)))) {
            read_status(r, line, rest, status);
            return;
        }
    if (slice_equal(word, SLICE("complete")))
        r->file->is_complete = true;
    else if (!slice_equal(word, SLICE("taken")))
        complain(r, r->line, 4, "expected taken, complete, NXDOMAIN, NODATA, SERVFAIL or TIMEOUT", line);
    else if (date_parse(slice_trim(rest)) == -1)
        complain(r, r->line, 10, "expected a time, as 2026-11-24T15:00:00Z", line);
    else
        read_date(r, rest);
}

/* --- records --- */

static void set_origin(struct reading *r, const char *line) {
    ldns_rdf *origin = ldns_dname_new_frm_str(slice_trim(slice_of(line)).ptr);
    if (!origin) {
        complain(r, r->record_line, 9, "expected a name of the DNS", slice_of(line));
        return;
    }
    ldns_rdf_deep_free(r->zone.origin);
    r->zone.origin = origin;
}

/* The column of the third word or so: where a record's type and what follows it stand. */
static size_t column_of_fields(const char *line) {
    struct slice rest = slice_of(line);
    struct slice word = rest;
    while (slice_next_word(&rest, &word))
        if (word.ptr != line && dns_type_of(word))
            break;
    return (size_t)(word.ptr - line) + 1;
}

/* Of a mail or a log that was given by mistake one line is enough. */
static void complain_of_record(struct reading *r, const char *line, const char *wrong) {
    r->is_other = g_hash_table_size(r->file->answers) == 0;
    g_autofree char *what = g_strdup_printf(
        "%s%s", wrong,
        r->is_other ? ": is this a DNS snapshot? Records are expected, as `dig` prints them" : "");
    complain(r, r->record_line, column_of_fields(line), what, slice_of(line));
}

static void end_record(struct reading *r) {
    const char *line = r->record->str;
    struct dns_record *record = ARENA_NEW(&r->file->arena, struct dns_record);
    struct slice name;
    if (g_ascii_strncasecmp(line, "$ORIGIN", 7) == 0) {
        set_origin(r, g_strchug(r->record->str + 7));
    } else if (g_ascii_strncasecmp(line, "$TTL", 4) == 0) {
        r->zone.ttl = (uint32_t)g_ascii_strtoull(line + 4, NULL, 10);
    } else if (line[0] == '$') {
        complain(r, r->record_line, 1, "only $ORIGIN and $TTL are understood", slice_of(line));
    } else {
        const char *wrong = dns_record_parse(line, &r->zone, &r->file->arena, &name, record);
        if (wrong)
            complain_of_record(r, line, wrong);
        else if (record->type) {
            record->line = r->record_line;
            dns_file_add(r->file, name, record);
        }
    }
    g_string_truncate(r->record, 0);
}

/* Put a line to the record, without its comment and parentheses; quoted text and escapes as they are. */
static void take_characters(struct reading *r, struct slice line) {
    for (size_t i = 0; i < line.len; i++) {
        char c = line.ptr[i];
        if (c == '\\' && i + 1 < line.len) {
            g_string_append_c(r->record, c);
            c = line.ptr[++i];
        } else if (c == '"') {
            r->is_quoted = !r->is_quoted;
        } else if (!r->is_quoted && c == ';') {
            break;
        } else if (!r->is_quoted && (c == '(' || c == ')')) {
            r->depth += c == '(';
            r->depth -= c == ')' && r->depth;
            c = ' ';
        }
        g_string_append_c(r->record, c ? c : ' ');
    }
}

static void read_record(struct reading *r, struct slice line) {
    bool is_begun = r->record->len > 0;
    if (!is_begun)
        r->record_line = r->line;
    take_characters(r, line);
    if (r->record->len > MOST_OF_RECORD) {
        complain(r, r->record_line, 1, "a record longer than 1 MiB",
                 slice_upto(slice_of(r->record->str), 100));
        r->depth = r->is_quoted = 0;
        g_string_truncate(r->record, 0);
    } else if (r->is_quoted && r->depth == 0) {
        complain(r, r->line, 1, "a quotation mark is not closed", line);
        r->is_quoted = false;
        g_string_truncate(r->record, 0);
    } else if (r->depth == 0) {
        if (slice_trim((struct slice){r->record->str, r->record->len}).len)
            end_record(r);
        g_string_truncate(r->record, 0);
    } else {
        g_string_append_c(r->record, ' ');
    }
}

static void read_line(struct reading *r, struct slice line) {
    if (r->depth)
        read_record(r, line);
    else if (line.len > 1 && line.ptr[0] == ';' && line.ptr[1] == '!')
        read_directive(r, line);
    else if (line.len && line.ptr[0] == ';')
        read_dig(r, line);
    else
        read_record(r, line);
}

void dns_file_read(struct dns_file *file, struct slice text, struct file_errors *errors) {
    struct reading r = {.file = file, .errors = errors, .zone = {.ttl = 3600}, .record = g_string_new(NULL)};
    unsigned before = errors->count;
    for (struct slice line; slice_next_line(&text, &line);) {
        if (!file->is_of_strangers && (errors->count - before >= MOST_OF_ERRORS || r.is_other))
            break;
        r.line++;
        read_line(&r, line);
    }
    if (r.depth)
        complain(&r, r.record_line, 1, "a parenthesis is not closed", slice_of(r.record->str));
    end_answer(&r);
    ldns_rdf_deep_free(r.zone.origin);
    ldns_rdf_deep_free(r.zone.previous);
    g_string_free(r.record, TRUE);
}
