/* Signs of one's own hosts and domains: see config_signs.h. */
#include "analyze/commands/config_signs.h"

#include "analyze/deliveries/run.h"
#include "analyze/worker.h"
#include "parsers/base/address.h"
#include "parsers/base/packed.h"
#include "parsers/log/likely.h"

#include <string.h>
#include <unistd.h>

#define MOST_OF_VALUE 253      /* bytes of a name (RFC 1035 section 2.3.4) */
#define MOST_OF_LABEL 63       /* of it, the same */
#define MOST_TIMES    99999999 /* that one input can tell of */
#define MOST_VALUES   10000    /* kept apart of one input */

struct finding_signs {
    struct mailwhy_worker *worker;
    GHashTable *counts; /* the sign as a letter and the value → times */
};

static char letter_of(enum sign sign) {
    return (char)('a' + sign);
}

/* Only letters, digits, dots and dashes; of an address colons too. */
static bool is_value(struct slice s) {
    bool is_ip = address_is_ip(s);
    if (s.len > MOST_OF_VALUE || !(is_ip || address_is_host(s)))
        return false;
    for (size_t i = 0; i < s.len; i++)
        if (!g_ascii_isalnum(s.ptr[i]) && s.ptr[i] != '.' && s.ptr[i] != '-' && !(is_ip && s.ptr[i] == ':'))
            return false;
    return g_ascii_isalnum(s.ptr[0]) || is_ip;
}

static bool is_label(struct slice s) {
    for (size_t i = 0; i < s.len; i++)
        if (!g_ascii_isalnum(s.ptr[i]) && s.ptr[i] != '-')
            return false;
    return s.len && s.len <= MOST_OF_LABEL && g_ascii_isalpha(s.ptr[0]) &&
           !slice_equal_nocase(s, SLICE("localhost"));
}

static bool is_value_of(enum sign sign, struct slice value) {
    return sign == SIGN_SHORT_HOST ? is_label(value) : is_value(value);
}

static void note(struct finding_signs *f, enum sign sign, struct slice value) {
    if (!is_value_of(sign, value) || g_hash_table_size(f->counts) >= MOST_VALUES)
        return;
    g_autofree char *name = g_ascii_strdown(value.ptr, (gssize)value.len);
    char *key = g_strdup_printf("%c%s", letter_of(sign), name);
    gsize count = GPOINTER_TO_SIZE(g_hash_table_lookup(f->counts, key));
    g_hash_table_replace(f->counts, key, GSIZE_TO_POINTER(count + 1));
}

/* --- messages --- */

/* Whose mailbox it lies in, where the receiving side says so: above its own Received field. */
static struct slice delivered_to(const struct trace *trace, const struct chain *chain) {
    const struct chain_hop *boundary = chain->boundary;
    return boundary && trace->delivered_to_position > boundary->hop->position ? SLICE_EMPTY
                                                                              : trace->delivered_to;
}

/* A message as it lies in the mailbox: who received it, and for whom. */
static void find_in_message(struct finding_signs *f, struct slice message) {
    struct report report;
    struct mailwhy_input input = {
        .size = sizeof(struct mailwhy_input), .name = "", .bytes = message.ptr, .length = message.len};
    worker_report(f->worker, &input, &report);
    const struct chain *chain = &report.carrier.chain;
    struct slice domain = address_domain(delivered_to(&report.carrier.trace, chain));
    for (size_t i = 0; i < chain->count; i++) {
        const struct chain_hop *hop = &chain->hops[i];
        if (hop->trust == HOP_UNVERIFIED)
            continue;
        if (!address_is_ip(hop_writer(hop->hop))) /* inside networks of providers these are everybody's */
            note(f, SIGN_RECEIVER, hop_writer(hop->hop));
        if (!domain.len)
            domain = address_domain(hop->hop->recipient);
    }
    note(f, SIGN_ADDRESSED, domain);
    report_verification_close(&report);
}

/* --- logs --- */

static bool begins_with_label(struct slice name, struct slice label) {
    return name.len > label.len && name.ptr[label.len] == '.' && slice_starts_nocase(name, label);
}

/* The host that wrote the id of a message itself, with its own queue id in it, as Postfix does
 * (cleanup_message.c: time.queue-id@myhostname), and Sendmail. Only of what no other host handed in. */
static struct slice writer_of_message_id(const struct delivery *d) {
    struct slice id = d->message_id;
    size_t at = slice_find_char(id, '@');
    bool is_ours = d->queue_id.len && at > d->queue_id.len && at < id.len &&
                   slice_ends_nocase(slice_upto(id, at), d->queue_id) &&
                   id.ptr[at - d->queue_id.len - 1] == '.' && (!d->client_ip.len || d->user.len);
    return is_ours ? slice_from(id, at + 1) : SLICE_EMPTY;
}

/* The full name of the host that wrote the log: what stands in its lines; where that is short, the name by
 * which it hands mail to its own mailboxes, sends what its own programs hand in, or wrote a message. Nothing
 * that others write tells. */
static struct slice full_name(const struct delivery *d) {
    bool is_local = d->relay_ip.len && !address_is_ip(d->relay_ip); /* a socket of this machine */
    bool is_programs = !d->user.len && (d->uid >= 0 || d->script.len);
    if (!is_label(d->host))
        return d->host;
    if (is_local && begins_with_label(d->relay, d->host))
        return d->relay;
    struct slice writer = writer_of_message_id(d);
    if (begins_with_label(writer, d->host))
        return writer;
    struct slice domain = address_domain(d->sender);
    return is_programs && begins_with_label(domain, d->host) ? domain : SLICE_EMPTY;
}

static void find_in_delivery(void *context, const struct delivery *d) {
    struct finding_signs *f = context;
    bool is_handed_in = d->user.len || d->uid >= 0 || d->script.len;
    if (d->outcome == OUTCOME_REJECTED)
        return;
    struct slice host = full_name(d);
    note(f, host.len ? SIGN_LOG_HOST : SIGN_SHORT_HOST, host.len ? host : d->host);
    note(f, SIGN_LOCAL_IP, d->local_ip);
    if (d->direction == DIRECTION_LOCAL && d->outcome == OUTCOME_SENT)
        note(f, SIGN_MAILBOX, address_domain(d->recipient));
    if (is_handed_in)
        note(f, SIGN_ACCOUNT, address_domain(d->sender));
}

static void pass_over(void *context, const char *path, int error, const char *damage) {
    (void)context, (void)path, (void)error, (void)damage;
}

static void find_in_log(struct finding_signs *f, struct slice bytes) {
    struct log_summary summary;
    struct log_clock clock = {.zone = zone_new_fixed(0)}; /* no time is looked at */
    struct log_watcher watcher = {.problem = pass_over};
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    g_ptr_array_add(names, (gpointer) "-");
    const int unread = STDIN_FILENO; /* all bytes are held */
    struct log_options log = {.held = bytes,
                              .descriptors = &unread,
                              .jobs = 1,
                              .wants_stories = true,
                              .clock = &clock,
                              .filters = {.since = -1, .until = -1},
                              .rules = &f->worker->why->rules,
                              .watcher = &watcher,
                              .delivered = find_in_delivery,
                              .context = f};
    log_run(&summary, names, &log);
    log_summary_free(&summary);
    zone_free((struct zone *)clock.zone);
}

/* --- both --- */

void signs_find(struct mailwhy_worker *worker, const struct input *file, GString *found) {
    struct finding_signs f = {worker, g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL)};
    GHashTableIter iter;
    gpointer key;
    gpointer count;
    if (log_bytes_are_likely(file->bytes))
        find_in_log(&f, file->bytes);
    else
        find_in_message(&f, file->bytes);
    g_hash_table_iter_init(&iter, f.counts);
    while (g_hash_table_iter_next(&iter, &key, &count)) {
        g_autofree char *number = g_strdup_printf("%u", (unsigned)MIN(GPOINTER_TO_SIZE(count), MOST_TIMES));
        packed_put(found, slice_of(key));
        packed_put(found, slice_of(number));
    }
    g_hash_table_destroy(f.counts);
}

bool signs_take(struct slice *found, enum sign *sign, struct slice *value, unsigned *count) {
    struct slice key;
    struct slice number;
    while (packed_take(found, &key) && packed_take(found, &number)) {
        *value = slice_from(key, 1);
        long long times = number.len <= 8 ? slice_number(number, NULL) : -1;
        if (!key.len || key.ptr[0] < letter_of(0) || key.ptr[0] >= letter_of(SIGNS) ||
            !is_value_of((enum sign)(key.ptr[0] - letter_of(0)), *value) || times < 1 || times > MOST_TIMES)
            continue;
        *sign = (enum sign)(key.ptr[0] - letter_of(0));
        *count = (unsigned)times;
        return true;
    }
    return false;
}
