/* Patterns over PCRE2: see pattern.h. */
#define PCRE2_CODE_UNIT_WIDTH 8
#include "parsers/rules/pattern.h"

#include <glib.h>
#include <pcre2.h>

#define COMPILE_OPTIONS (PCRE2_UTF | PCRE2_NO_UTF_CHECK | PCRE2_CASELESS | PCRE2_MULTILINE | PCRE2_DUPNAMES)
#define NO_MEMORY       "there is no memory to match a pattern"
#define JIT_AFTER_USES  8 /* compiling to machine code costs some 20 matches */

static _Thread_local pcre2_match_data *match_data;
static _Thread_local pcre2_match_context *match_context;

static void thread_begin(void) {
    match_data = pcre2_match_data_create(LIMIT_MATCH_GROUPS, NULL);
    match_context = pcre2_match_context_create(NULL);
    if (!match_data || !match_context)
        g_error(NO_MEMORY);
    pcre2_set_match_limit(match_context, LIMIT_MATCH_STEPS);
    pcre2_set_depth_limit(match_context, LIMIT_MATCH_DEPTH);
}

void pattern_thread_end(void) {
    pcre2_match_data_free(match_data);
    pcre2_match_context_free(match_context);
    match_data = NULL;
    match_context = NULL;
}

static void make_code(struct pattern *p, const char *regex) {
    int error;
    PCRE2_SIZE offset;
    if (p->code)
        return;
    p->code = pcre2_compile((PCRE2_SPTR)regex, PCRE2_ZERO_TERMINATED, COMPILE_OPTIONS, &error, &offset, NULL);
    if (!p->code) /* loaded rules were checked with pattern_check */
        g_error(NO_MEMORY);
}

void pattern_compile(struct pattern *p, const char *regex) {
    make_code(p, regex);
    if (p->uses < JIT_AFTER_USES)
        p->is_fast = pcre2_jit_compile(p->code, PCRE2_JIT_COMPLETE) == 0;
    p->uses = JIT_AFTER_USES;
}

static void pattern_prepare(struct pattern *p, const char *regex) {
    make_code(p, regex);
    if (++p->uses == JIT_AFTER_USES)
        p->is_fast = pcre2_jit_compile(p->code, PCRE2_JIT_COMPLETE) == 0;
    if (!match_data)
        thread_begin();
}

static void fill_groups(struct pattern_match *m, struct slice text, int count) {
    const PCRE2_SIZE *at = pcre2_get_ovector_pointer(match_data);
    m->groups = count ? count : LIMIT_MATCH_GROUPS;
    for (int i = 0; i < m->groups; i++) {
        bool unset = at[2 * i] == PCRE2_UNSET || at[2 * i + 1] < at[2 * i];
        m->group[i] = unset ? SLICE_EMPTY : (struct slice){text.ptr + at[2 * i], at[2 * i + 1] - at[2 * i]};
    }
    m->whole = m->group[0];
}

int pattern_match(struct pattern *p, const char *regex, struct slice text, size_t start,
                  struct pattern_match *m) {
    pattern_prepare(p, regex);
    PCRE2_SPTR bytes = (PCRE2_SPTR)(text.ptr ? text.ptr : "");
    int rc =
        p->is_fast
            ? pcre2_jit_match(p->code, bytes, text.len, start, PCRE2_NO_UTF_CHECK, match_data, match_context)
            : pcre2_match(p->code, bytes, text.len, start, PCRE2_NO_UTF_CHECK, match_data, match_context);
    if (rc == PCRE2_ERROR_NOMATCH)
        return PATTERN_NO_MATCH;
    if (rc == PCRE2_ERROR_NOMEMORY)
        g_error(NO_MEMORY);
    if (rc < 0)
        return PATTERN_LIMIT;
    m->pattern = p;
    fill_groups(m, text, rc);
    return PATTERN_MATCH;
}

void pattern_each_group(const struct pattern_match *m, pattern_visit *visit, void *context) {
    uint32_t count = 0;
    uint32_t size = 0;
    PCRE2_SPTR entry = NULL;
    pcre2_pattern_info(m->pattern->code, PCRE2_INFO_NAMECOUNT, &count);
    pcre2_pattern_info(m->pattern->code, PCRE2_INFO_NAMEENTRYSIZE, &size);
    pcre2_pattern_info(m->pattern->code, PCRE2_INFO_NAMETABLE, &entry);
    for (uint32_t i = 0; i < count; i++, entry += size) {
        int number = entry[0] << 8 | entry[1];
        if (number < m->groups && m->group[number].ptr)
            visit(context, (const char *)entry + 2, m->group[number]);
    }
}

struct named {
    const char *name;
    struct slice text;
};

static void take_named(void *context, const char *name, struct slice text) {
    struct named *wanted = context;
    if (strcmp(name, wanted->name) == 0)
        wanted->text = text;
}

struct slice pattern_group(const struct pattern_match *m, const char *name) {
    struct named wanted = {.name = name};
    pattern_each_group(m, take_named, &wanted);
    return wanted.text;
}

void pattern_free(struct pattern *p) {
    pcre2_code_free(p->code);
    *p = (struct pattern){0};
}

bool pattern_check(const char *regex, char message[256], size_t *offset) {
    int error;
    PCRE2_SIZE at;
    pcre2_code *code = pcre2_compile((PCRE2_SPTR)regex, PCRE2_ZERO_TERMINATED,
                                     COMPILE_OPTIONS & ~PCRE2_NO_UTF_CHECK, &error, &at, NULL);
    if (!code) {
        pcre2_get_error_message(error, (PCRE2_UCHAR *)message, 256);
        *offset = at;
        return false;
    }
    uint32_t groups = 0;
    pcre2_pattern_info(code, PCRE2_INFO_CAPTURECOUNT, &groups);
    pcre2_code_free(code);
    if (groups < LIMIT_MATCH_GROUPS)
        return true;
    g_snprintf(message, 256, "more than %d capture groups", LIMIT_MATCH_GROUPS - 1);
    *offset = 0;
    return false;
}
