/* Elements become members by a table of their paths: see dmarc_xml.h. */
#define _GNU_SOURCE
#include "parsers/feedback/dmarc_xml.h"

#include "parsers/base/date.h"
#include "parsers/base/text.h"

#include <expat.h>
#include <glib.h>
#include <string.h>
#include <unistd.h>

#define LIMIT_TAG       ((size_t)64 << 10)
#define LIMIT_DEPTH     16
#define LIMIT_TEXT_KEPT 1000 /* bytes of an element's text */
#define LONGEST_PATH    160

struct reading {
    XML_Parser parser;
    struct feedback *f;
    struct feedback_row **rows_end;
    struct feedback_row *row;       /* that is open; NULL: none */
    struct feedback_result *result; /* the same */
    struct arena *arena;
    char path[LONGEST_PATH]; /* names from the root, each with a slash before it */
    unsigned depth, too_deep;
    GString *text;
    const char *wrong;
};

#define IN_REPORT(member) offsetof(struct feedback, member), FEEDBACK
#define IN_ROW(member)    offsetof(struct feedback_row, member), ROW
#define IN_RESULT(member) offsetof(struct feedback_result, member), RESULT

enum owner { FEEDBACK, ROW, RESULT };

static const struct {
    const char *path;
    size_t member;
    enum owner owner;
    bool is_number; /* of int64_t; else a slice */
} members[] = {
    {"/feedback/report_metadata/org_name", IN_REPORT(organisation), false},
    {"/feedback/report_metadata/email", IN_REPORT(contact), false},
    {"/feedback/report_metadata/report_id", IN_REPORT(id), false},
    {"/feedback/report_metadata/date_range/begin", IN_REPORT(begin), true},
    {"/feedback/report_metadata/date_range/end", IN_REPORT(end), true},
    {"/feedback/policy_published/domain", IN_REPORT(policy.domain), false},
    {"/feedback/policy_published/p", IN_REPORT(policy.p), false},
    {"/feedback/policy_published/sp", IN_REPORT(policy.sp), false},
    {"/feedback/policy_published/np", IN_REPORT(policy.np), false},
    {"/feedback/policy_published/adkim", IN_REPORT(policy.adkim), false},
    {"/feedback/policy_published/aspf", IN_REPORT(policy.aspf), false},
    {"/feedback/policy_published/pct", IN_REPORT(policy.pct), false},
    {"/feedback/policy_published/testing", IN_REPORT(policy.testing), false},
    {"/feedback/record/row/source_ip", IN_ROW(ip), false},
    {"/feedback/record/row/count", IN_ROW(count), true},
    {"/feedback/record/row/policy_evaluated/disposition", IN_ROW(disposition), false},
    {"/feedback/record/row/policy_evaluated/dkim", IN_ROW(dkim), false},
    {"/feedback/record/row/policy_evaluated/spf", IN_ROW(spf), false},
    {"/feedback/record/row/policy_evaluated/reason/type", IN_ROW(reason), false},
    {"/feedback/record/row/policy_evaluated/reason/comment", IN_ROW(comment), false},
    {"/feedback/record/identifiers/header_from", IN_ROW(header_from), false},
    {"/feedback/record/identifiers/envelope_from", IN_ROW(envelope_from), false},
    {"/feedback/record/identifiers/envelope_to", IN_ROW(envelope_to), false},
    {"/feedback/record/auth_results/dkim/domain", IN_RESULT(domain), false},
    {"/feedback/record/auth_results/dkim/selector", IN_RESULT(selector), false},
    {"/feedback/record/auth_results/dkim/result", IN_RESULT(result), false},
    {"/feedback/record/auth_results/spf/domain", IN_RESULT(domain), false},
    {"/feedback/record/auth_results/spf/result", IN_RESULT(result), false},
    {"/feedback/record/auth_results/spf/scope", IN_RESULT(scope), false},
};

static void stop(struct reading *r, const char *why) {
    r->wrong = why;
    XML_StopParser(r->parser, XML_FALSE);
}

static void open_row(struct reading *r) {
    if (r->f->row_count++ >= LIMIT_FEEDBACK_ROWS) {
        r->f->has_more = true;
        return;
    }
    r->row = ARENA_NEW(r->arena, struct feedback_row);
    *r->rows_end = r->row;
    r->rows_end = &r->row->next;
}

static void open_result(struct reading *r, bool is_dkim) {
    if (!r->row || r->row->result_count++ >= LIMIT_FEEDBACK_RESULTS)
        return;
    struct feedback_result **end = &r->row->results;
    while (*end)
        end = &(*end)->next;
    *end = r->result = ARENA_NEW(r->arena, struct feedback_result);
    r->result->is_dkim = is_dkim;
}

/* The name without the prefix of its namespace. */
static const char *bare(const char *name) {
    const char *colon = strrchr(name, ':');
    return colon ? colon + 1 : name;
}

static void begin_element(void *context, const char *name, const char **attributes) {
    struct reading *r = context;
    size_t length = strlen(r->path);
    (void)attributes;
    g_string_truncate(r->text, 0);
    name = bare(name);
    if (r->too_deep || r->depth >= LIMIT_DEPTH || length + strlen(name) + 2 > sizeof r->path) {
        r->too_deep++;
        return;
    }
    r->depth++;
    r->path[length] = '/';
    memcpy(r->path + length + 1, name, strlen(name) + 1);
    if (r->depth == 1 && strcmp(r->path, "/feedback") != 0)
        stop(r, "the XML is no report of DMARC: its root is not <feedback>");
    else if (strcmp(r->path, "/feedback/record") == 0)
        open_row(r);
    else if (strcmp(r->path, "/feedback/record/auth_results/dkim") == 0)
        open_result(r, true);
    else if (strcmp(r->path, "/feedback/record/auth_results/spf") == 0)
        open_result(r, false);
}

static void take(struct reading *r) {
    void *const owners[] = {[FEEDBACK] = r->f, [ROW] = r->row, [RESULT] = r->result};
    for (size_t i = 0; i < G_N_ELEMENTS(members); i++) {
        if (strcmp(members[i].path, r->path) != 0 || !owners[members[i].owner])
            continue;
        char *place = (char *)owners[members[i].owner] + members[i].member;
        struct slice text = slice_trim(
            text_clean_line(r->arena, arena_copy(r->arena, (struct slice){r->text->str, r->text->len})));
        if (members[i].is_number)
            *(int64_t *)(void *)place = g_ascii_strtoll(r->text->str, NULL, 10);
        else if (!((struct slice *)(void *)place)->len)
            *(struct slice *)(void *)place = text;
    }
}

static void end_element(void *context, const char *name) {
    struct reading *r = context;
    (void)name;
    if (r->too_deep) {
        r->too_deep--;
        return;
    }
    take(r);
    if (strcmp(r->path, "/feedback/record") == 0)
        r->row = NULL;
    if (strcmp(r->path, "/feedback/record/auth_results/dkim") == 0 ||
        strcmp(r->path, "/feedback/record/auth_results/spf") == 0)
        r->result = NULL;
    *strrchr(r->path, '/') = '\0';
    r->depth--;
    g_string_truncate(r->text, 0);
}

static void add_text(void *context, const char *bytes, int length) {
    struct reading *r = context;
    size_t room = LIMIT_TEXT_KEPT - MIN(r->text->len, LIMIT_TEXT_KEPT);
    g_string_append_len(r->text, bytes, (gssize)MIN((size_t)length, room));
}

static void refuse_doctype(void *context, const char *name, const char *system, const char *public,
                           int has_subset) {
    (void)name;
    (void)system;
    (void)public;
    (void)has_subset;
    stop(context, "the report has a document type declaration, which none may have: it is not read");
}

/* A tag that is longer than any of a report: comparing its attributes takes more than its share. */
static bool has_long_tag(struct slice text) {
    for (size_t open; (open = slice_find_char(text, '<')) < text.len;) {
        text = slice_from(text, open);
        size_t close = slice_find_char(slice_upto(text, LIMIT_TAG + 1), '>');
        if (close > LIMIT_TAG)
            return true;
        text = slice_from(text, MIN(close + 1, text.len));
    }
    return false;
}

#define LONGEST_ADDRESS 320

/* "<email><reports@example.net></email>", as some reporters write it: no name of an element has an @. The
 * brackets become blanks in a copy; the text itself where there is none. */
static struct slice without_bracketed_addresses(struct slice text, struct arena *arena) {
    char *copy = NULL;
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] != '<')
            continue;
        struct slice rest = slice_upto(slice_from(text, i + 1), LONGEST_ADDRESS);
        size_t end = 0;
        while (end < rest.len && !strchr("<>\"'= \t\r\n", rest.ptr[end]))
            end++;
        if (end == rest.len || rest.ptr[end] != '>' || !memchr(rest.ptr, '@', end))
            continue;
        copy = copy ? copy : (char *)arena_copy(arena, text).ptr;
        copy[i] = copy[i + 1 + end] = ' ';
    }
    return copy ? (struct slice){copy, text.len} : text;
}

const char *dmarc_xml_read(struct feedback *feedback, struct slice text, struct arena *arena) {
    if (has_long_tag(text))
        return "the report has a tag of more than 64 KiB: it is not read";
    struct reading r = {
        .parser = XML_ParserCreate(NULL), .f = feedback, .rows_end = &feedback->rows, .arena = arena};
    unsigned long salt = 0;
    text = without_bracketed_addresses(text, arena);
    if (!r.parser || getentropy(&salt, sizeof salt) != 0)
        return "there is no memory for the report";
    r.text = g_string_new(NULL);
    XML_SetHashSalt(r.parser, salt | 1);
    XML_SetUserData(r.parser, &r);
    XML_SetElementHandler(r.parser, begin_element, end_element);
    XML_SetCharacterDataHandler(r.parser, add_text);
    XML_SetStartDoctypeDeclHandler(r.parser, refuse_doctype);
    if (XML_Parse(r.parser, text.ptr, (int)MIN(text.len, LIMIT_FEEDBACK_BYTES), XML_TRUE) != XML_STATUS_OK &&
        !r.wrong)
        r.wrong = "the report's XML is damaged: what stands before the damage was read";
    XML_ParserFree(r.parser);
    g_string_free(r.text, TRUE);
    return r.wrong;
}
