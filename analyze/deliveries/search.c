/* One mail's story in the logs: see search.h. */
#include "analyze/deliveries/search.h"

#include "parsers/base/address.h"
#include "parsers/base/hash.h"
#include "parsers/base/text.h"

#include <unistd.h>

static char *lower_key(struct slice s) {
    return g_ascii_strdown(s.ptr, (gssize)s.len);
}

static char *story_key(const struct delivery *d) {
    g_autofree char *key = g_strdup_printf("%.*s\n%.*s", S(d->queue_id), S(d->recipient));
    return g_ascii_strdown(key, -1);
}

void search_init(struct log_search *s) {
    *s = (struct log_search){0};
    s->ids = g_hash_table_new_full(hash_string, g_str_equal, g_free, NULL);
    s->recipients = g_hash_table_new_full(hash_string, g_str_equal, g_free, NULL);
    s->found = g_hash_table_new_full(hash_string, g_str_equal, g_free, NULL);
    s->end = &s->stories;
    story_index_init(&s->index);
}

void search_free(struct log_search *s) {
    g_hash_table_destroy(s->ids);
    g_hash_table_destroy(s->recipients);
    g_hash_table_destroy(s->found);
    story_index_free(&s->index);
    arena_free(&s->arena);
}

void search_want(struct log_search *s, struct slice queue_id, struct slice message_id,
                 struct slice recipient) {
    message_id = address_unbracket(message_id);
    if (queue_id.len)
        g_hash_table_add(s->ids, lower_key(queue_id));
    if (message_id.len)
        g_hash_table_add(s->ids, lower_key(message_id));
    if (!queue_id.len && !message_id.len && recipient.len)
        g_hash_table_add(s->recipients, lower_key(recipient));
}

static bool holds(GHashTable *table, struct slice text) {
    if (!text.len)
        return false;
    g_autofree char *key = lower_key(text);
    return g_hash_table_contains(table, key);
}

static struct delivery copy_delivery(struct log_search *s, const struct delivery *d) {
    struct delivery copy = *d;
    struct slice *const texts[] = {&copy.host,      &copy.queue_id, &copy.message_id, &copy.sender,
                                   &copy.recipient, &copy.original, &copy.client,     &copy.client_ip,
                                   &copy.user,      &copy.relay,    &copy.relay_ip,   &copy.reply};
    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++)
        *texts[i] = arena_copy(&s->arena, *texts[i]);
    copy.class = NULL; /* belongs to the run */
    return copy;
}

void search_add(struct log_search *s, struct log_story *story) {
    story->number = s->count++;
    *s->end = story;
    s->end = &story->next;
    story_index_add(&s->index, story);
}

void search_read_try(struct log_try *try, struct arena *arena) {
    reply_parse(&try->said, text_clean_line(arena, try->reply), arena);
}

struct pass {
    struct log_search *search;
    GPtrArray *logs;
};

static void add_story(void *context, const struct delivery *d) {
    struct pass *pass = context;
    struct log_search *s = pass->search;
    sent_mails_add(&s->sent, d, &s->arena);
    bool is_wanted =
        holds(s->ids, d->queue_id) || holds(s->ids, d->message_id) || holds(s->recipients, d->recipient);
    if (!is_wanted || s->count >= LIMIT_STORIES)
        return;
    g_autofree char *key = story_key(d);
    struct log_story *same = d->queue_id.len ? g_hash_table_lookup(s->found, key) : NULL;
    if (same && same->same_count >= LIMIT_SAME_STORIES)
        return;
    struct log_story *story = ARENA_NEW(&s->arena, struct log_story);
    story->delivery = copy_delivery(s, d);
    story->file = d->file < pass->logs->len ? pass->logs->pdata[d->file] : NULL;
    story->end = &story->tries;
    story->same = same;
    story->same_count = same ? same->same_count + 1 : 1;
    search_add(s, story);
    if (d->queue_id.len)
        g_hash_table_insert(s->found, g_steal_pointer(&key), story);
}

static bool is_try_of(const struct log_story *story, const struct delivery *d) {
    const struct delivery *of = &story->delivery;
    bool is_within = d->first == -1 || (d->first >= of->first && d->first <= of->last);
    return slice_equal(of->queue_id, d->queue_id) && slice_equal_nocase(of->recipient, d->recipient) &&
           slice_equal(of->host, d->host) && is_within;
}

/* Of many tries the first ones and the last ones are kept. */
static void append_try(struct log_story *story, struct log_try *try) {
    *story->end = try;
    story->end = &try->next;
    story->try_count++;
    if (story->try_count == FIRST_TRIES)
        story->last_of_first = try;
    if (story->try_count > LIMIT_TRIES)
        story->last_of_first->next = story->last_of_first->next->next;
}

static void add_try(void *context, const struct delivery *d) {
    struct log_search *s = ((struct pass *)context)->search;
    g_autofree char *key = story_key(d);
    struct log_story *story = g_hash_table_lookup(s->found, key);
    while (story && !is_try_of(story, d))
        story = story->same;
    if (!story)
        return;
    struct log_try *try = ARENA_NEW(&s->arena, struct log_try);
    *try = (struct log_try){.time = d->first,
                            .outcome = d->outcome,
                            .relay = arena_copy(&s->arena, d->relay),
                            .relay_ip = arena_copy(&s->arena, d->relay_ip),
                            .reply = arena_copy(&s->arena, text_upto(d->reply, LIMIT_TRY_REPLY))};
    append_try(story, try);
}

static void read_replies(struct log_search *s) {
    for (struct log_story *story = s->stories; story; story = story->next)
        for (struct log_try *try = story->tries; try; try = try->next)
            search_read_try(try, &s->arena);
}

/* The logs are read twice: the second time tells only what the first had not met. */
struct telling {
    const struct log_watcher *to;
    unsigned of_first, of_second;
    bool is_second;
};

static void tell_problem(void *context, const char *path, int error, const char *damage) {
    struct telling *t = context;
    unsigned number = t->is_second ? ++t->of_second : ++t->of_first;
    if (!t->is_second || number > t->of_first)
        t->to->problem(t->to->context, path, error, damage);
}

static void tell_repeat(void *context, const char *path, const char *other, bool is_start) {
    const struct telling *t = context;
    if (!t->is_second && t->to->repeated)
        t->to->repeated(t->to->context, path, other, is_start);
}

void search_run(struct log_search *s, GPtrArray *logs, const int *descriptors, unsigned jobs,
                const struct log_clock *clock, const struct log_watcher *watcher) {
    struct telling telling = {.to = watcher};
    const struct log_watcher teller = {.problem = tell_problem, .context = &telling, .repeated = tell_repeat};
    struct pass pass = {s, logs};
    struct log_summary summary;
    struct log_options options = {.descriptors = descriptors,
                                  .jobs = jobs,
                                  .wants_stories = true,
                                  .clock = clock,
                                  .filters = {.since = -1, .until = -1},
                                  .watcher = &teller,
                                  .delivered = add_story,
                                  .context = &pass};
    log_run(&summary, logs, &options);
    s->lines = summary.lines;
    s->sent.log_first = summary.first;
    s->sent.log_last = summary.last;
    s->known_lines = log_summary_known_lines(&summary);
    s->is_partial = telling.of_first || !s->known_lines;
    log_summary_free(&summary);
    if (!s->stories)
        return;
    story_index_finish(&s->index);
    for (guint i = 0; descriptors && i < logs->len; i++)
        if (descriptors[i] >= 0)
            lseek(descriptors[i], 0, SEEK_SET);
    telling.is_second = true;
    options.delivered = NULL;
    options.tried = add_try;
    log_run(&summary, logs, &options);
    log_summary_free(&summary);
    read_replies(s);
}
