/* Stories and what is wanted as bytes: see story_bytes.h. A story is a head,
 * the texts of its delivery, the name of its file, and its tries. */
#include "analyze/deliveries/story_bytes.h"

#include "parsers/base/packed.h"

/* Where texts stand in a delivery. */
static const size_t texts[] = {
    offsetof(struct delivery, host),       offsetof(struct delivery, queue_id),
    offsetof(struct delivery, message_id), offsetof(struct delivery, sender),
    offsetof(struct delivery, recipient),  offsetof(struct delivery, original),
    offsetof(struct delivery, client),     offsetof(struct delivery, client_ip),
    offsetof(struct delivery, user),       offsetof(struct delivery, relay),
    offsetof(struct delivery, relay_ip),   offsetof(struct delivery, reply),
};

struct story_head {
    int64_t size, first, last;
    uint64_t line, tries, try_count;
    uint32_t attempts, outcome, direction, file, status_tries[LOG_STATUSES];
};

struct try_head {
    int64_t time;
    uint32_t outcome, unused;
};

/* --- writing --- */

static void put(GString *out, const void *bytes, size_t length) {
    g_string_append_len(out, bytes, (gssize)length);
}

/* What is wanted: a mail, or how many of a domain were sent. */
struct want_head {
    int64_t is_sent, begin, end;
};

void want_write(GString *out, struct slice queue_id, struct slice message_id, struct slice recipient) {
    struct want_head head = {0};
    put(out, &head, sizeof head);
    packed_put(out, queue_id);
    packed_put(out, message_id);
    packed_put(out, recipient);
}

void want_sent_write(GString *out, struct slice domain, int64_t begin, int64_t end) {
    struct want_head head = {true, begin, end};
    put(out, &head, sizeof head);
    packed_put(out, domain);
}

static void put_story(GString *out, const struct log_story *story) {
    const struct delivery *d = &story->delivery;
    struct story_head head = {d->size,     d->first,   d->last,      d->line, 0,  story->try_count,
                              d->attempts, d->outcome, d->direction, d->file, {0}};
    for (size_t i = 0; i < LOG_STATUSES; i++)
        head.status_tries[i] = d->tries[i];
    for (const struct log_try *try = story->tries; try; try = try->next)
        head.tries++;
    put(out, &head, sizeof head);
    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++)
        packed_put(out, *(const struct slice *)(const void *)((const char *)d + texts[i]));
    packed_put(out, slice_of(story->file));
    for (const struct log_try *try = story->tries; try; try = try->next) {
        struct try_head t = {try->time, try->outcome, 0};
        put(out, &t, sizeof t);
        packed_put(out, try->relay);
        packed_put(out, try->relay_ip);
        packed_put(out, try->reply);
    }
}

void stories_write(const struct log_search *search, GString *out) {
    int64_t is_partial = search->is_partial;
    put(out, &is_partial, sizeof is_partial);
    sent_mails_write(&search->sent, out);
    for (const struct log_story *story = search->stories; story; story = story->next)
        put_story(out, story);
}

/* --- reading --- */

void wants_read(struct log_search *search, struct slice bytes) {
    struct slice wanted[3];
    struct want_head head;
    while (packed_take_bytes(&bytes, &head, sizeof head) &&
           packed_take_all(&bytes, wanted, head.is_sent ? 1 : 3))
        if (head.is_sent)
            sent_mails_want(&search->sent, wanted[0], head.begin, head.end, &search->arena);
        else
            search_want(search, wanted[0], wanted[1], wanted[2]);
}

static bool take_try(struct slice *bytes, struct log_story *story, struct arena *arena) {
    struct log_try *try = ARENA_NEW(arena, struct log_try);
    struct try_head t;
    if (!packed_take_bytes(bytes, &t, sizeof t) || t.outcome >= OUTCOMES ||
        !packed_take(bytes, &try->relay) || !packed_take(bytes, &try->relay_ip) ||
        !packed_take(bytes, &try->reply))
        return false;
    try->time = t.time;
    try->outcome = (enum outcome)t.outcome;
    search_read_try(try, arena);
    *story->end = try;
    story->end = &try->next;
    return true;
}

static bool take_story(struct slice *bytes, struct log_story *story, struct arena *arena) {
    struct delivery *d = &story->delivery;
    struct slice file;
    struct story_head head;
    if (!packed_take_bytes(bytes, &head, sizeof head) || head.outcome >= OUTCOMES ||
        head.direction >= DIRECTIONS)
        return false;
    *d = (struct delivery){.size = head.size,
                           .first = head.first,
                           .last = head.last,
                           .attempts = head.attempts,
                           .outcome = (enum outcome)head.outcome,
                           .direction = (enum direction)head.direction,
                           .file = head.file,
                           .line = head.line};
    for (size_t i = 0; i < LOG_STATUSES; i++)
        d->tries[i] = head.status_tries[i];
    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++)
        if (!packed_take(bytes, (struct slice *)(void *)((char *)d + texts[i])))
            return false;
    if (!packed_take(bytes, &file) || head.tries > LIMIT_TRIES)
        return false;
    story->file = arena_string(arena, file);
    story->try_count = head.try_count;
    story->end = &story->tries;
    for (uint64_t i = 0; i < head.tries; i++)
        if (!take_try(bytes, story, arena))
            return false;
    return true;
}

void stories_read(struct log_search *search, struct slice bytes) {
    int64_t is_partial = true; /* where nothing came, whoever read the logs did not get that far */
    bool is_whole = packed_take_bytes(&bytes, &is_partial, sizeof is_partial) &&
                    sent_mails_read(&search->sent, &bytes, &search->arena);
    while (is_whole && bytes.len && search->count < LIMIT_STORIES) {
        struct log_story *story = ARENA_NEW(&search->arena, struct log_story);
        is_whole = take_story(&bytes, story, &search->arena);
        if (is_whole)
            search_add(search, story);
    }
    search->is_partial = is_partial || !is_whole;
    story_index_finish(&search->index);
}
