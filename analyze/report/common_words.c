/* Words that are no names: see common_words.h. */
#include "analyze/report/common_words.h"

#include "analyze/report/words.h"
#include "parsers/base/hash.h"
#include "parsers/base/hash_table.h"
#include "parsers/rules/packed.h"
#include "parsers/rules/schema.h"

#include <glib.h>

#define LEAST_LETTERS 5 /* of words of texts: shorter ones may be names */

/* Local parts that name a task, not a person (RFC 2142, and what is common). */
static const char *const roles[] = {
    "abuse",         "accounting",    "accounts",   "admin",     "administrator",
    "alerts",        "billing",       "bounce",     "bounces",   "careers",
    "contact",       "customer",      "daemon",     "devnull",   "dmarc",
    "double-bounce", "enquiries",     "feedback",   "finance",   "hello",
    "help",          "helpdesk",      "hostmaster", "info",      "invoice",
    "invoices",      "jobs",          "list",       "mail",      "mailbox",
    "mailer",        "mailer-daemon", "mailman",    "marketing", "news",
    "newsletter",    "no-reply",      "nobody",     "noc",       "noreply",
    "notify",        "office",        "orders",     "owner",     "postmaster",
    "press",         "privacy",       "receipts",   "register",  "reply",
    "request",       "return",        "root",       "sales",     "security",
    "server",        "service",       "shop",       "spam",      "staff",
    "store",         "subscribe",     "support",    "system",    "team",
    "unsubscribe",   "user",          "users",      "verify",    "virus",
    "webmaster",     "welcome",       "www-data",   "apache",    "undisclosed-recipients",
    "delist",        "delisting",     "unblock",    "removal",   "remove",
    "whitelist",     "allowlist",     "blacklist",  "blocklist", "sendersupport",
    "reputation",    "complaints",    "fbl",        "dnsbl",     "rbl",
    "mailops",       "antispam",      "netadmin",   "mailadmin", "postmasters"};

/* Of every sentence, and results of checks. */
static const char *const function_words[] = {
    "a", "about", "all", "already", "am", "an", "and", "any", "are", "as", "at", "be", "been", "but", "by",
    "can", "could", "cannot", "did", "do", "does", "doesn", "done", "due", "each", "either", "else", "error",
    "ever", "exceeds", "exist", "exists", "false", "fail", "failed", "find", "for", "found", "from", "full",
    "get", "got", "had", "has", "hasn", "have", "he", "her", "here", "his", "host", "how", "id", "if", "in",
    "into", "invalid", "is", "isn", "it", "its", "just", "local", "may", "me", "more", "must", "my", "name",
    "named", "never", "new", "no", "non", "none", "nor", "not", "now", "null", "of", "off", "ok", "on", "one",
    "only", "or", "our", "out", "over", "pass", "please", "quota", "re", "said", "see", "sent", "she",
    "should", "so", "some", "such", "than", "that", "the", "their", "them", "then", "there", "they", "this",
    "through", "to", "too", "true", "try", "under", "up", "upon", "us", "use", "very", "via", "was", "wasn",
    "we", "were", "what", "when", "where", "which", "who", "why", "will", "with", "within", "yet", "yes",
    "you", "your", "http", "https", "smtp", "esmtp", "tls", "dns", "spf", "dkim", "dmarc", "arc", "rcpt",
    "helo", "ehlo", "mx", "ip", "ptr", "uid", "gid", "deleted", "disabled", "inactive", "suspended",
    "rejected", "blocked", "denied", "unknown", "unavailable", "refused", "mail", "mails", "email", "size",
    "disk", "line", "data", "list", "spam", "hop", "hops", "loop", "zone", "type", "code", "text", "time",
    "late", "long", "many", "much", "last", "next", "like", "less", "least", "most", "both", "also", "back",
    "down", "open", "close", "take", "make", "want", "need", "reason", "policy", "bad", "good", "low", "high",
    "big", "large", "small", "old", "day", "days", "hour", "hours", "rate", "url", "net", "domain", "isp",
    "bl", "mta", "tcp", "udp", "utf", "ascii", "mime", "html", "loops", "rule", "rules", "test", "sorry",
    "access", "spool", "var", "home", "auth", "relay", "unable", "dear", "date", "subject", "sender",
    /* unknown, in other languages */
    "unbekannt", "unbekannte", "unbekannter", "inconnu", "inconnue", "desconocido", "desconocida",
    "desconhecido", "sconosciuto", "onbekend", "onbekende", "ukendt", "ukjent", "okänd", "tuntematon",
    "nieznany", "neznámý", "bilinmeyen"};

/* Of the sentences that checks and the chain make; those of reports are in words.def. */
static const char *const sentences[] = {
    "added",      "advised",    "algorithm",  "aligns",     "along",       "asserted",  "believed",
    "capture",    "carries",    "claimed",    "clock",      "contradicts", "converted", "counted",
    "damaged",    "decoded",    "differ",     "difference", "differences", "different", "differs",
    "encoded",    "entities",   "evidence",   "expires",    "explains",    "expired",   "fetches",
    "folded",     "footer",     "forwarders", "front",      "genuine",     "hardfail",  "highest",
    "inner",      "instance",   "instances",  "insiders",   "lately",      "meets",     "neutral",
    "noted",      "oldest",     "ordinary",   "others",     "partly",      "piece",     "printable",
    "properties", "question",   "quoted",     "relaxed",    "sealed",      "secret",    "selectors",
    "semicolons", "shorter",    "signer",     "simple",     "snapshot",    "stood",     "strict",
    "supports",   "temperror",  "permerror",  "tested",     "testing",     "those",     "treats",
    "trust",      "unassigned", "unbroken",   "unchecked",  "undone",      "unfolded",  "unnamed",
    "wants",      "younger",    "mailfrom",   "softfail",   "header",      "hashes",    "verified"};

struct common_words {
    struct arena arena;
    struct hash_table table;
    struct hash_table user_fields;
};

static bool is_word(const void *entry, const void *key) {
    return slice_equal_nocase(slice_of(entry), *(const struct slice *)key);
}

static uint64_t hash_folded(struct slice word) {
    char folded[64] = "";
    size_t length = MIN(word.len, sizeof folded);
    for (size_t i = 0; i < length; i++)
        folded[i] = ascii_lower(word.ptr[i]);
    return hash_bytes(folded, length, word.len);
}

static void add_to(struct common_words *w, struct hash_table *table, struct slice word) {
    uint64_t hash = hash_folded(word);
    if (word.len && !hash_table_find(table, hash, is_word, &word))
        hash_table_add(table, hash, arena_string(&w->arena, word));
}

static void add_word(struct common_words *w, struct slice word) {
    add_to(w, &w->table, word);
}

/* The letters of a text; of a pattern without what a backslash escapes. */
static void add_text(struct common_words *w, const char *text) {
    for (const char *p = text; p && *p;) {
        size_t n = 0;
        if (*p == '\\' && p[1]) {
            p += 2;
            continue;
        }
        while (ascii_is_alpha(p[n]))
            n++;
        if (n >= LEAST_LETTERS)
            add_word(w, (struct slice){p, n});
        p += n ? n : 1;
    }
}

static void add_texts(struct common_words *w, const char *const *texts) {
    for (; texts && *texts; texts++)
        add_text(w, *texts);
}

static void add_patterns(struct common_words *w, const struct rule_pattern *pattern) {
    for (; pattern && pattern->regex; pattern++)
        add_text(w, pattern->regex);
}

static void add_member(struct common_words *w, enum key_type type, const void *member) {
    switch (type) {
    case KEY_STRING:
        add_text(w, *(const char *const *)member);
        break;
    case KEY_PATTERNS:
    case KEY_CHOICES:
        add_patterns(w, *(const struct rule_pattern *const *)member);
        break;
    case KEY_STRINGS:
    case KEY_PAIRS:
        add_texts(w, *(const char *const *const *)member);
        break;
    case KEY_ENTRIES: /* names of checks and results */
        break;
    }
}

/* All strings of the entries but those that stand for what a stranger wrote. */
static void add_list(struct common_words *w, const struct rule_schema *schema, const struct rule_list *list) {
    static const char *const not_ours[] = {"examples", "not", "source", "seen", "how", NULL};
    for (size_t i = 0; i < schema->key_count; i++) {
        if (g_strv_contains(not_ours, schema->keys[i].name))
            continue;
        for (size_t n = 0; n < list->count; n++)
            add_member(w, schema->keys[i].type,
                       (const char *)rule_list_entry(list, n) + schema->keys[i].offset);
    }
}

static void add_user_fields(struct common_words *w, const struct header_rule *rule) {
    bool names_user = strstr(rule->say, "{user}") || strstr(rule->say, "{script}");
    for (const char *const *field = rule->field; names_user && *field; field++)
        add_to(w, &w->user_fields, slice_of(*field));
}

struct common_words *common_words_new(const struct rulebase *rules) {
    struct common_words *w = g_new0(struct common_words, 1);
    w->table.arena = w->user_fields.arena = &w->arena;
    for (size_t kind = 0; kind < RULE_KINDS; kind++)
        add_list(w, &rule_schemas[kind], &rules->lists[kind]);
    for (size_t i = 0; i < rules->lists[RULES_HEADERS].count; i++)
        add_user_fields(w, rule_list_entry(&rules->lists[RULES_HEADERS], i));
    for (size_t i = 0; i < G_N_ELEMENTS(roles); i++)
        add_word(w, slice_of(roles[i]));
    for (size_t i = 0; i < G_N_ELEMENTS(function_words); i++)
        add_word(w, slice_of(function_words[i]));
    for (size_t i = 0; i < G_N_ELEMENTS(sentences); i++)
        add_text(w, sentences[i]);
    for (enum words i = NO_WORDS; i < WORDS_COUNT; i++)
        add_text(w, words_text(i));
    return w;
}

void common_words_free(struct common_words *w) {
    if (w)
        arena_free(&w->arena);
    g_free(w);
}

bool common_words_among(struct slice word, const char *const *list, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (slice_equal_nocase(slice_of(list[i]), word))
            return true;
    return false;
}

bool common_words_are_role(struct slice local) {
    if (common_words_among(local, roles, G_N_ELEMENTS(roles)))
        return true;
    bool is_role = false;
    for (size_t at = 0; at < local.len;) { /* abuse-team */
        struct slice part = slice_from(local, at);
        size_t end = 0;
        while (end < part.len && !strchr("-_.", part.ptr[end]))
            end++;
        part = slice_upto(part, end);
        if (!common_words_among(part, roles, G_N_ELEMENTS(roles)))
            return false;
        is_role = true;
        at += end + 1;
    }
    return is_role;
}

bool common_words_hold(const struct common_words *w, struct slice word) {
    if (w)
        return hash_table_find(&w->table, hash_folded(word), is_word, &word) != NULL;
    return common_words_among(word, roles, G_N_ELEMENTS(roles)) ||
           common_words_among(word, function_words, G_N_ELEMENTS(function_words));
}

bool common_words_are_field_of_user(const struct common_words *words, struct slice field) {
    return words && hash_table_find(&words->user_fields, hash_folded(field), is_word, &field) != NULL;
}
