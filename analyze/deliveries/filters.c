/* Which deliveries are asked for: see filters.h. */
#include "analyze/deliveries/filters.h"

#include "parsers/base/address.h"
#include "parsers/base/host.h"
#include "parsers/base/ip.h"

#include <glib.h>
#include <string.h>

static bool fits_text(const char *wanted, struct slice text) {
    return !wanted || slice_equal_nocase(text, slice_of(wanted));
}

/* * stands for any text, ? for a character. After a mismatch only the last * is tried with more. */
static bool fits_pattern(struct slice pattern, struct slice text) {
    size_t p = 0;
    size_t star = pattern.len;
    size_t behind = 0;
    for (size_t t = 0; t < text.len;) {
        if (p < pattern.len && pattern.ptr[p] == '*') {
            star = p++;
            behind = t;
        } else if (p < pattern.len &&
                   (pattern.ptr[p] == '?' || ascii_lower(pattern.ptr[p]) == ascii_lower(text.ptr[t]))) {
            p++;
            t++;
        } else if (star < pattern.len) {
            p = star + 1;
            t = ++behind;
        } else {
            return false;
        }
    }
    while (p < pattern.len && pattern.ptr[p] == '*')
        p++;
    return p == pattern.len;
}

static bool is_pattern(struct slice wanted) {
    return slice_find_char(wanted, '*') < wanted.len || slice_find_char(wanted, '?') < wanted.len;
}

/* An address as it was copied: " Bob Berg <bob@example.org>, ", "mailto:bob@example.org". */
static struct slice wanted_address(const char *text) {
    struct slice wanted = slice_trim(slice_of(text));
    while (wanted.len && strchr(",;", wanted.ptr[wanted.len - 1]))
        wanted.len--;
    if (slice_starts_nocase(wanted, SLICE("mailto:")))
        wanted = slice_from(wanted, 7);
    wanted = address_unbracket(wanted);
    struct slice named = address_in_brackets(wanted);
    return named.len ? named : wanted;
}

/* "bob" or "example.org" of bob@example.org */
static bool fits_half(struct slice wanted, struct slice address) {
    size_t at = slice_find_last(address, SLICE("@"));
    return wanted.len && at < address.len &&
           (slice_equal_nocase(address_domain(address), wanted) ||
            slice_equal_nocase(slice_upto(address, at), wanted));
}

static bool fits_address(const char *text, struct slice address) {
    if (!text)
        return true;
    struct slice wanted = wanted_address(text);
    if (is_pattern(wanted))
        return fits_pattern(wanted, address);
    if (wanted.len && wanted.ptr[0] == '@')
        return slice_equal_nocase(address_domain(address), slice_from(wanted, 1));
    bool is_half = slice_find_char(wanted, '@') == wanted.len;
    return slice_equal_nocase(address, wanted) || (is_half && fits_half(wanted, address));
}

static bool fits_host(const char *text, struct slice name, struct slice address) {
    struct slice wanted = slice_of(text);
    struct network network;
    struct ip ip;
    if (!text)
        return true;
    if (network_parse(wanted, &network))
        return ip_parse(address, &ip) && network_holds(&network, &ip);
    if (is_pattern(wanted))
        return fits_pattern(wanted, name) || fits_pattern(wanted, address);
    wanted = slice_from(wanted, wanted.len && wanted.ptr[0] == '.');
    return slice_equal_nocase(name, wanted) || host_is_within(name, wanted);
}

/* The domain, or one below it. */
static bool fits_domain_of(const char *text, struct slice address) {
    struct slice wanted = slice_of(text);
    struct slice domain = address_domain(address);
    return fits_text(text, domain) || (!is_pattern(wanted) && host_is_within(domain, wanted));
}

static bool fits_domain(const char *wanted, const struct delivery *d) {
    return fits_domain_of(wanted, d->recipient) || fits_domain_of(wanted, d->sender);
}

static bool fits_cause(const char *wanted, const struct delivery *d) {
    const struct cause *cause = delivery_cause(d);
    if (!wanted)
        return true;
    if (!cause || d->outcome == OUTCOME_SENT)
        return false;
    return cause_is_of(cause->id, wanted);
}

static bool fits_recipient(const char *wanted, const struct delivery *d) {
    return fits_address(wanted, d->recipient) || (d->original.len && fits_address(wanted, d->original));
}

static bool fits_message_id(const char *wanted, struct slice id) {
    return !wanted || slice_equal_nocase(address_unbracket(id), address_unbracket(slice_of(wanted)));
}

/* As a line has it in front, "4Fq2xR6hLmz9rJ:", too. */
static bool fits_queue_id(const char *text, struct slice id) {
    struct slice wanted = slice_of(text);
    wanted.len -= wanted.len && wanted.ptr[wanted.len - 1] == ':';
    return !text || slice_equal_nocase(id, wanted);
}

bool filters_pass(const struct log_filters *f, const struct delivery *d) {
    return (f->since == -1 || d->last >= f->since) && (f->until == -1 || d->first <= f->until) &&
           (!f->outcome || d->outcome == f->outcome - 1) && fits_address(f->sender, d->sender) &&
           fits_recipient(f->recipient, d) && fits_domain(f->domain, d) && fits_cause(f->cause, d) &&
           fits_queue_id(f->queue_id, d->queue_id) && fits_message_id(f->message_id, d->message_id) &&
           fits_host(f->client, d->client, d->client_ip) && fits_host(f->relay, d->relay, d->relay_ip);
}

bool filters_name_mail(const struct log_filters *f) {
    bool is_set_aside = f->outcome == OUTCOME_DISCARDED + 1 || f->outcome == OUTCOME_HELD + 1;
    return f->sender || f->recipient || f->queue_id || f->message_id || is_set_aside;
}

bool filters_are_set(const struct log_filters *f) {
    return filters_name_mail(f) || f->since != -1 || f->until != -1 || f->domain || f->cause || f->client ||
           f->relay || f->outcome;
}

char *filters_words(const struct log_filters *f) {
    GString *words = g_string_new(NULL);
    const struct {
        const char *name, *value;
    } texts[] = {{"sender", f->sender},         {"recipient", f->recipient},
                 {"domain", f->domain},         {"queue-id", f->queue_id},
                 {"message-id", f->message_id}, {"cause", f->cause},
                 {"client", f->client},         {"relay", f->relay}};
    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++)
        if (texts[i].value)
            g_string_append_printf(words, "--%s %s\n", texts[i].name, texts[i].value);
    if (f->since != -1)
        g_string_append_printf(words, "--since %" G_GINT64_FORMAT "\n", f->since);
    if (f->until != -1)
        g_string_append_printf(words, "--until %" G_GINT64_FORMAT "\n", f->until);
    if (f->outcome)
        g_string_append_printf(words, "--outcome %u\n", f->outcome);
    return g_string_free(words, FALSE);
}
