/* What a rule file's schema cannot say: see check.h. */
#include "parsers/rules/check.h"

#include "parsers/base/shown_name.h"
#include "parsers/rules/cause_check.h"
#include "parsers/rules/format_words.h"
#include "parsers/rules/packed.h"
#include "parsers/rules/rank.h"

#include <glib.h>

static const char *const hits[] = {"sender", NULL};
static const char *const fixers[] = {"sender-operator",
                                     "author",
                                     "recipient",
                                     "receiver-operator",
                                     "list-operator",
                                     "network-operator",
                                     "nobody",
                                     "as the underlying cause",
                                     NULL};
static const char *const permanences[] = {"yes", "no", "reply", NULL};

/* What a header field can say: judged as spam, ham, bulk mail or virus; put into the inbox; a mailing list;
 * an automatic mail; passed on by somebody, who its author was before; a loop; where it came from; what SPF,
 * DKIM and DMARC came to; how it was handled. */
static const char *const taught_words[] = {"yes", "no", NULL};
static const char *const proven_words[] = {"yes", NULL};
static const char *const things_named[] = {"list", "code", "program", NULL};
static const char *const header_encodings[] = {"vade", "base64", NULL};
static const char *const header_kinds[] = {"spam",       "ham",           "filter", "bulk",      "virus",
                                           "list",       "auto",          "loop",   "origin",    "forward",
                                           "greylist",   "moderated",     "points", "threshold", "verdict",
                                           "handling",   "resent",        "author", "results",   "passed",
                                           "passed_for", "passed_sender", "failed", "inbox",     NULL};

void rule_complain(struct file_errors *errors, const struct rule_place *place, const char *what,
                   const char *word, const char *const *expected) {
    if (!file_errors_add(errors))
        return;
    g_autofree char *file = shown_name(place->file);
    g_autofree char *shown = shown_name(word);
    fprintf(errors->out, "%s:%u:%u: %s `%s`", file, place->line, place->column, what, shown);
    for (size_t i = 0; expected && expected[i]; i++)
        fprintf(errors->out, "%s%s", i ? ", " : "; expected one of: ", expected[i]);
    fputc('\n', errors->out);
}

static void check_word(struct file_errors *errors, const struct rule_place *place, const char *what,
                       const char *word, const char *const *expected) {
    if (word && !g_strv_contains(expected, word))
        rule_complain(errors, place, what, word, expected);
}

static void check_cause(const struct rulebase *base, struct file_errors *errors,
                        const struct rule_place *place, const char *id) {
    if (!rulebase_cause(base, id))
        rule_complain(errors, place, "no such cause:", id, NULL);
}

static void check_checks(struct file_errors *errors, const struct cause_check *const *list) {
    for (; list && *list; list++) {
        const struct cause_check *c = *list;
        bool is_detail = cause_check_role(c) == CHECK_DETAIL;
        check_word(errors, &c->place, "unknown role", c->role, check_role_words);
        check_word(errors, &c->place, "unknown subject", c->subject, check_subject_words);
        if (!is_detail && !c->claim)
            rule_complain(errors, &c->place, "without a `claim`, which says what the reply says: check",
                          c->check, NULL);
    }
}

static const char *const ways_seen[] = {"documentation", "guide",       "provider-page", "real-reply",
                                        "registry",      "source-code", "thread",        NULL};

/* A date as YYYY, YYYY-MM or YYYY-MM-DD. */
static bool is_day(const char *text) {
    static const char form[] = "dddd-dd-dd";
    size_t length = strlen(text);
    bool fits = length == 4 || length == 7 || length == 10;
    for (size_t i = 0; fits && i < length; i++)
        fits = form[i] == 'd' ? g_ascii_isdigit(text[i]) : text[i] == form[i];
    return fits;
}

/* Where a fact was seen goes with when and how. */
static void check_origin(struct file_errors *errors, const struct rule_place *place, const char *source,
                         const char *seen, const char *how) {
    check_word(errors, place, "unknown word for how it was seen", how, ways_seen);
    if (seen && !is_day(seen))
        rule_complain(errors, place, "seen on no day (write YYYY-MM-DD or YYYY-MM):", seen, NULL);
    if (source && (!seen || !how))
        rule_complain(errors, place, "a source without `seen` (a day) and `how` it was seen:", source, NULL);
}

/* Causes, or categories that have some. */
static void check_causes(const struct rulebase *base, struct file_errors *errors,
                         const struct rule_place *place, const char *const *words) {
    for (; words && *words; words++)
        if (!rulebase_has_cause(base, *words))
            rule_complain(errors, place, "no such cause, and no category of causes:", *words, NULL);
}

static void check_providers(const struct rulebase *base, struct file_errors *errors,
                            const struct rule_place *place, const char *const *ids) {
    for (; ids && *ids; ids++)
        if (!rulebase_provider(base, *ids))
            rule_complain(errors, place, "no such provider:", *ids, NULL);
}

static void check_provider(const struct rulebase *base, struct file_errors *errors,
                           const struct provider *p) {
    check_origin(errors, &p->place, p->source ? p->source[0] : NULL, p->seen, p->how);
    check_causes(base, errors, &p->place, p->asks_in);
    check_providers(base, errors, &p->place, p->one_of);
    for (const struct provider_advice *const *a = p->advice; a && *a; a++) {
        check_origin(errors, &(*a)->place, (*a)->source, (*a)->seen, (*a)->how);
        check_word(errors, &(*a)->place, "unknown permanence", (*a)->permanent, permanences);
        check_word(errors, &(*a)->place, "unknown fixer", (*a)->fixer, fixers);
        check_causes(base, errors, &(*a)->place, (*a)->cause);
    }
}

static void check_topic(const struct rulebase *base, struct file_errors *errors, const struct topic *t) {
    check_causes(base, errors, &t->place, t->causes);
    check_causes(base, errors, &t->place, t->lists);
    for (const struct topic_part *const *p = t->parts; *p; p++) {
        check_origin(errors, &(*p)->place, (*p)->source[0], (*p)->seen, (*p)->how);
        if (!(*p)->source[0])
            rule_complain(errors, &(*p)->place, "without a source: part", (*p)->title, NULL);
    }
}

static void check_reply(const struct rulebase *base, struct file_errors *errors, const struct reply_rule *r) {
    check_cause(base, errors, &r->place, r->cause);
    check_word(errors, &r->place, "unknown level", r->level, rule_level_words);
    check_word(errors, &r->place, "unknown word for what it names", r->names, things_named);
    check_word(errors, &r->place, "taught is yes (which need not be said) or no:", r->taught, taught_words);
    check_word(errors, &r->place, "proven is yes, or is not said:", r->proven, proven_words);
    check_word(errors, &r->place, "unknown permanence", r->permanent, permanences);
    check_word(errors, &r->place, "unknown fixer", r->fixer, fixers);
    check_origin(errors, &r->place, r->source, r->seen, r->how);
    check_providers(base, errors, &r->place, (const char *const[]){r->written_by, NULL});
    if (!r->text && !r->code && !r->enhanced)
        rule_complain(errors, &r->place, "this rule asks for nothing: give it text, code or enhanced; id",
                      r->id, NULL);
}

static const char *const yes_or_no[] = {"yes", "no", NULL};
static const char *const export_outcomes[] = {"sent", "deferred",  "bounced",    "expired",   "discarded",
                                              "held", "rejected",  "none",       "said",      "heard",
                                              "over", "complaint", "auto-reply", "challenge", NULL};

static void check_export(struct file_errors *errors, const struct export_kind *x) {
    check_origin(errors, &x->place, x->source, x->seen, x->how);
    check_word(errors, &x->place, "repeats is yes or no:", x->repeats, yes_or_no);
    check_word(errors, &x->place, "remote is yes or no:", x->remote, yes_or_no);
    check_word(errors, &x->place, "lines is yes or no:", x->lines, yes_or_no);
    for (const char *const *pair = x->outcomes; pair[0] && pair[1]; pair += 2)
        check_word(errors, &x->place, "unknown outcome", pair[1], export_outcomes);
}

static void check_taken(struct file_errors *errors, const struct taken_rule *t) {
    static const char *const outcomes[] = {"held", "discarded", "bounced", "forwarded", NULL};
    check_origin(errors, &t->place, t->source, t->seen, t->how);
    check_word(errors, &t->place, "unknown outcome", t->outcome, outcomes);
}

void rulebase_check(const struct rulebase *base, struct file_errors *errors) {
    const struct rule_list *lists = base->lists;
    for (size_t i = 0; i < lists[RULES_CAUSES].count; i++) {
        const struct cause *c = lists[RULES_CAUSES].items[i];
        check_word(errors, &c->place, "unknown fixer", c->fixer, fixers);
        check_word(errors, &c->place, "unknown fixer", c->given_up_fixer, fixers);
        check_word(errors, &c->place, "unknown word in hits", c->hits, hits);
        check_word(errors, &c->place, "unknown permanence", c->permanent, permanences);
        check_checks(errors, c->checked_by);
        check_origin(errors, &c->place, c->source, c->seen, c->how);
    }
    for (size_t i = 0; i < lists[RULES_REPLIES].count; i++)
        check_reply(base, errors, rule_list_entry(&lists[RULES_REPLIES], i));
    for (size_t i = 0; i < lists[RULES_PROVIDERS].count; i++)
        check_provider(base, errors, lists[RULES_PROVIDERS].items[i]);
    for (size_t i = 0; i < lists[RULES_BLOCKLISTS].count; i++) {
        const struct blocklist *b = lists[RULES_BLOCKLISTS].items[i];
        check_cause(base, errors, &b->place, b->cause);
        check_word(errors, &b->place, "asked is yes or no:", b->asked, yes_or_no);
        check_origin(errors, &b->place, b->source, b->seen, b->how);
    }
    for (size_t i = 0; i < lists[RULES_FORMATS].count; i++) {
        const struct format *f = lists[RULES_FORMATS].items[i];
        check_word(errors, &f->place, "unknown kind", f->kind, format_kind_words);
        check_word(errors, &f->place, "unknown outcome", f->outcome, action_words);
        check_word(errors, &f->place, "unknown rank", f->rank, format_rank_words);
        check_word(errors, &f->place, "unknown word for join", f->join, format_join_words);
        check_word(errors, &f->place, "unknown word for names", f->names, format_names_words);
    }
    for (size_t i = 0; i < lists[RULES_EXPORTS].count; i++)
        check_export(errors, lists[RULES_EXPORTS].items[i]);
    for (size_t i = 0; i < lists[RULES_HEADERS].count; i++) {
        const struct header_rule *h = lists[RULES_HEADERS].items[i];
        check_word(errors, &h->place, "unknown kind", h->kind, header_kinds);
        if (h->decode)
            check_word(errors, &h->place, "unknown encoding", h->decode, header_encodings);
        check_providers(base, errors, &h->place, h->written_by);
    }
    for (size_t i = 0; i < lists[RULES_READERS].count; i++) {
        const struct reader_text *t = lists[RULES_READERS].items[i];
        check_causes(base, errors, &t->place, (const char *const[]){t->id, NULL});
        check_word(errors, &t->place, "unknown fixer", t->turn, fixers);
    }
    for (size_t i = 0; i < lists[RULES_INBOUND].count; i++) {
        const struct inbound_text *t = lists[RULES_INBOUND].items[i];
        check_causes(base, errors, &t->place, (const char *const[]){t->id, NULL});
        check_word(errors, &t->place, "unknown fixer", t->fixer, fixers);
        check_origin(errors, &t->place, t->source, t->seen, t->how);
    }
    for (size_t i = 0; i < lists[RULES_TAKEN].count; i++)
        check_taken(errors, lists[RULES_TAKEN].items[i]);
    for (size_t i = 0; i < lists[RULES_TOPICS].count; i++)
        check_topic(base, errors, lists[RULES_TOPICS].items[i]);
}
