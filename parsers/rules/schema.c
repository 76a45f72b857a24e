/* The keys of rule files: see schema.h. Adding a key is a row here and a member in rules.h. */
#include "parsers/rules/schema.h"

#include <stddef.h>

#define KEY(type, member, kind, required)                                                                    \
    { #member, offsetof(struct type, member), kind, required, false, NULL }
#define COUNT(array) (sizeof(array) / sizeof(array)[0])

/* Where a fact was seen, when, and how (documentation, guide, provider-page, real-reply, source-code,
 * thread). */
#define KEYS_OF_ORIGIN(type)                                                                                 \
    KEY(type, source, KEY_STRING, false), KEY(type, seen, KEY_STRING, false),                                \
        KEY(type, how, KEY_STRING, false)

#define SCHEMA(key, type, keys)                                                                              \
    { key, "struct " #type, sizeof(struct type), keys, COUNT(keys) }

static const struct rule_key cause_check_keys[] = {
    KEY(cause_check, check, KEY_STRING, true),          KEY(cause_check, role, KEY_STRING, false),
    KEY(cause_check, subject, KEY_STRING, false),       KEY(cause_check, contradicted_by, KEY_STRINGS, false),
    KEY(cause_check, supported_by, KEY_STRINGS, false), KEY(cause_check, claim, KEY_STRING, false),
};
static const struct rule_schema cause_check_schema = SCHEMA("checked_by", cause_check, cause_check_keys);

static const struct rule_key cause_keys[] = {
    KEY(cause, id, KEY_STRING, true),
    KEY(cause, title, KEY_STRING, true),
    KEY(cause, meaning, KEY_STRING, true),
    KEY(cause, fixer, KEY_STRING, true),
    KEY(cause, permanent, KEY_STRING, true),
    KEY(cause, names, KEY_STRINGS, false),
    KEY(cause, hits, KEY_STRING, false),
    KEY(cause, given_up_fixer, KEY_STRING, false),
    KEY(cause, remedy, KEY_STRINGS, true),
    KEY(cause, verify, KEY_STRINGS, false),
    KEY(cause, links, KEY_STRINGS, false),
    KEY(cause, background, KEY_STRINGS, false),
    {"checked_by", offsetof(struct cause, checked_by), KEY_ENTRIES, false, false, &cause_check_schema},
    KEYS_OF_ORIGIN(cause),
};

static const struct rule_key reply_keys[] = {
    KEY(reply_rule, id, KEY_STRING, true),
    KEY(reply_rule, cause, KEY_STRING, true),
    KEY(reply_rule, text, KEY_CHOICES, false),
    KEY(reply_rule, code, KEY_STRINGS, false),
    KEY(reply_rule, enhanced, KEY_STRINGS, false),
    KEY(reply_rule, command, KEY_STRINGS, false),
    KEY(reply_rule, provider, KEY_STRINGS, false),
    KEY(reply_rule, software, KEY_STRINGS, false),
    KEY(reply_rule, reporter, KEY_STRINGS, false),
    KEY(reply_rule, names, KEY_STRING, false),
    KEY(reply_rule, taught, KEY_STRING, false),
    KEY(reply_rule, proven, KEY_STRING, false),
    KEY(reply_rule, level, KEY_STRING, false),
    KEY(reply_rule, set, KEY_PAIRS, false),
    KEY(reply_rule, written_by, KEY_STRING, false),
    KEY(reply_rule, permanent, KEY_STRING, false),
    KEY(reply_rule, fixer, KEY_STRING, false),
    KEY(reply_rule, remedy, KEY_STRINGS, false),
    KEY(reply_rule, links, KEY_STRINGS, false),
    KEY(reply_rule, examples, KEY_STRINGS, true),
    {"not", offsetof(struct reply_rule, not_examples), KEY_STRINGS, false, false, NULL},
    KEYS_OF_ORIGIN(reply_rule),
};

static const struct rule_key provider_advice_keys[] = {
    KEY(provider_advice, cause, KEY_STRINGS, true),
    KEY(provider_advice, says, KEY_STRINGS, false),
    KEY(provider_advice, permanent, KEY_STRING, false),
    KEY(provider_advice, fixer, KEY_STRING, false),
    KEY(provider_advice, remedy, KEY_STRINGS, true),
    KEY(provider_advice, links, KEY_STRINGS, false),
    KEYS_OF_ORIGIN(provider_advice),
};
static const struct rule_schema provider_advice_schema =
    SCHEMA("advice", provider_advice, provider_advice_keys);

static const struct rule_key provider_keys[] = {
    KEY(provider, id, KEY_STRING, true),
    KEY(provider, name, KEY_STRING, true),
    KEY(provider, hosts, KEY_STRINGS, false),
    KEY(provider, names, KEY_STRINGS, false),
    KEY(provider, text, KEY_CHOICES, false),
    KEY(provider, spf, KEY_STRINGS, false),
    KEY(provider, relays, KEY_STRINGS, false),
    KEY(provider, page, KEY_STRING, false),
    KEY(provider, form, KEY_STRING, false),
    KEY(provider, loop, KEY_STRING, false),
    KEY(provider, tool, KEY_STRING, false),
    KEY(provider, asks, KEY_STRINGS, false),
    KEY(provider, asks_in, KEY_STRINGS, false),
    KEY(provider, networks, KEY_STRINGS, false),
    KEY(provider, results, KEY_STRING, false),
    KEY(provider, mailboxes, KEY_STRING, false),
    KEY(provider, one_of, KEY_STRINGS, false),
    KEY(provider, spoken, KEY_STRINGS, false),
    KEY(provider, source, KEY_STRINGS, false),
    KEY(provider, seen, KEY_STRING, false),
    KEY(provider, how, KEY_STRING, false),
    {"advice", offsetof(struct provider, advice), KEY_ENTRIES, false, true, &provider_advice_schema},
};

static const struct rule_key blocklist_keys[] = {
    KEY(blocklist, id, KEY_STRING, true),       KEY(blocklist, name, KEY_STRING, true),
    KEY(blocklist, cause, KEY_STRING, true),    KEY(blocklist, zones, KEY_STRINGS, false),
    KEY(blocklist, answers, KEY_PAIRS, false),  KEY(blocklist, lookup, KEY_STRING, false),
    KEY(blocklist, removal, KEY_STRING, false), KEY(blocklist, who, KEY_STRING, true),
    KEY(blocklist, lists, KEY_STRING, true),    KEY(blocklist, closed, KEY_STRING, false),
    KEY(blocklist, asked, KEY_STRING, false),   KEYS_OF_ORIGIN(blocklist),
};

static const struct rule_key format_keys[] = {
    KEY(format, id, KEY_STRING, true),           KEY(format, software, KEY_STRING, false),
    KEY(format, kind, KEY_STRING, false),        KEY(format, rank, KEY_STRING, false),
    KEY(format, recognise, KEY_CHOICES, true),   KEY(format, also, KEY_PATTERNS, false),
    KEY(format, begin, KEY_PATTERNS, false),     KEY(format, returned, KEY_PATTERNS, false),
    KEY(format, recipient, KEY_PATTERNS, false), KEY(format, end, KEY_PATTERNS, false),
    KEY(format, find, KEY_PATTERNS, false),      KEY(format, outcome, KEY_STRING, false),
    KEY(format, join, KEY_STRING, false),        KEY(format, names, KEY_STRING, false),
};

static const struct rule_key phrase_keys[] = {
    KEY(phrase, id, KEY_STRING, true),
    KEY(phrase, text, KEY_CHOICES, true),
};

static const struct rule_key header_keys[] = {
    KEY(header_rule, id, KEY_STRING, true),
    KEY(header_rule, field, KEY_STRINGS, true),
    KEY(header_rule, written_by, KEY_STRINGS, false),
    KEY(header_rule, has, KEY_STRINGS, false),
    KEY(header_rule, find, KEY_PATTERNS, false),
    KEY(header_rule, each, KEY_PATTERNS, false),
    KEY(header_rule, decode, KEY_STRING, false),
    KEY(header_rule, kind, KEY_STRING, true),
    KEY(header_rule, say, KEY_STRING, true),
    KEY(header_rule, values, KEY_PAIRS, false),
    KEY(header_rule, examples, KEY_PAIRS, true),
    {"not", offsetof(struct header_rule, not_examples), KEY_STRINGS, false, false, NULL},
    KEYS_OF_ORIGIN(header_rule),
};

static const struct rule_key topic_part_keys[] = {
    KEY(topic_part, title, KEY_STRING, true),   KEY(topic_part, text, KEY_STRINGS, true),
    KEY(topic_part, steps, KEY_STRINGS, false), KEY(topic_part, source, KEY_STRINGS, true),
    KEY(topic_part, seen, KEY_STRING, true),    KEY(topic_part, how, KEY_STRING, true),
};
static const struct rule_schema topic_part_schema = SCHEMA("parts", topic_part, topic_part_keys);

static const struct rule_key topic_keys[] = {
    KEY(topic, id, KEY_STRING, true),
    KEY(topic, title, KEY_STRING, true),
    KEY(topic, summary, KEY_STRING, true),
    KEY(topic, names, KEY_STRINGS, false),
    {"parts", offsetof(struct topic, parts), KEY_ENTRIES, true, false, &topic_part_schema},
    KEY(topic, causes, KEY_STRINGS, false),
    KEY(topic, lists, KEY_STRINGS, false),
    KEY(topic, fields, KEY_STRINGS, false),
    KEY(topic, links, KEY_STRINGS, false),
};

static const struct rule_key export_keys[] = {
    KEY(export_kind, id, KEY_STRING, true),
    KEY(export_kind, about, KEY_STRING, true),
    KEY(export_kind, known_by, KEY_STRINGS, true),
    KEY(export_kind, inside, KEY_STRINGS, false),
    KEY(export_kind, event, KEY_STRINGS, true),
    KEY(export_kind, outcomes, KEY_PAIRS, true),
    KEY(export_kind, recipient, KEY_STRINGS, false),
    KEY(export_kind, time, KEY_STRINGS, false),
    KEY(export_kind, queued, KEY_STRINGS, false),
    KEY(export_kind, sender, KEY_STRINGS, false),
    KEY(export_kind, reply, KEY_STRINGS, false),
    KEY(export_kind, code, KEY_STRINGS, false),
    KEY(export_kind, status, KEY_STRINGS, false),
    KEY(export_kind, last_reply, KEY_STRINGS, false),
    KEY(export_kind, relay, KEY_STRINGS, false),
    KEY(export_kind, relay_ip, KEY_STRINGS, false),
    KEY(export_kind, client, KEY_STRINGS, false),
    KEY(export_kind, client_ip, KEY_STRINGS, false),
    KEY(export_kind, user, KEY_STRINGS, false),
    KEY(export_kind, queue_id, KEY_STRINGS, false),
    KEY(export_kind, message_id, KEY_STRINGS, false),
    KEY(export_kind, size, KEY_STRINGS, false),
    KEY(export_kind, find, KEY_PATTERNS, false),
    KEY(export_kind, remote, KEY_STRING, false),
    KEY(export_kind, repeats, KEY_STRING, false),
    KEY(export_kind, lines, KEY_STRING, false),
    KEY(export_kind, of_domain, KEY_STRINGS, false),
    KEY(export_kind, examples, KEY_STRINGS, true),
    KEYS_OF_ORIGIN(export_kind),
};

static const struct rule_key reader_keys[] = {
    KEY(reader_text, id, KEY_STRING, true),     KEY(reader_text, customer, KEY_STRING, true),
    KEY(reader_text, steps, KEY_STRINGS, true), KEY(reader_text, turn, KEY_STRING, false),
    KEY(reader_text, ask, KEY_STRING, false),
};

static const struct rule_key inbound_keys[] = {
    KEY(inbound_text, id, KEY_STRING, true),
    KEY(inbound_text, title, KEY_STRING, false),
    KEY(inbound_text, fixer, KEY_STRING, true),
    KEY(inbound_text, steps, KEY_STRINGS, true),
    KEYS_OF_ORIGIN(inbound_text),
};

static const struct rule_key taken_keys[] = {
    KEY(taken_rule, id, KEY_STRING, true),
    KEY(taken_rule, text, KEY_CHOICES, true),
    KEY(taken_rule, outcome, KEY_STRING, true),
    KEY(taken_rule, examples, KEY_STRINGS, true),
    {"not", offsetof(struct taken_rule, not_examples), KEY_STRINGS, false, false, NULL},
    KEYS_OF_ORIGIN(taken_rule),
};

const struct rule_schema rule_schemas[RULE_KINDS] = {
    [RULES_CAUSES] = SCHEMA("causes", cause, cause_keys),
    [RULES_REPLIES] = SCHEMA("replies", reply_rule, reply_keys),
    [RULES_PROVIDERS] = SCHEMA("providers", provider, provider_keys),
    [RULES_BLOCKLISTS] = SCHEMA("blocklists", blocklist, blocklist_keys),
    [RULES_FORMATS] = SCHEMA("formats", format, format_keys),
    [RULES_PHRASES] = SCHEMA("phrases", phrase, phrase_keys),
    [RULES_HEADERS] = SCHEMA("headers", header_rule, header_keys),
    [RULES_TOPICS] = SCHEMA("topics", topic, topic_keys),
    [RULES_EXPORTS] = SCHEMA("exports", export_kind, export_keys),
    [RULES_READERS] = SCHEMA("readers", reader_text, reader_keys),
    [RULES_TAKEN] = SCHEMA("taken", taken_rule, taken_keys),
    [RULES_INBOUND] = SCHEMA("inbound", inbound_text, inbound_keys),
};
