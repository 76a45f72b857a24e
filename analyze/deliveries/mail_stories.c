/* The stories of mails: see mail_stories.h. */
#include "analyze/deliveries/mail_stories.h"

#include "parsers/base/hash.h"

#define RETURN_WITHIN (5 * 86400) /* seconds: servers try for 4-5 days (RFC 5321 section 4.5.4.1) */

static void free_legs(gpointer legs) {
    g_ptr_array_free(legs, TRUE);
}

void mail_stories_init(struct mail_stories *s, const struct log_filters *filters) {
    *s = (struct mail_stories){.filters = filters, .stories = g_ptr_array_new()};
    s->wanted = g_hash_table_new_full(hash_string, g_str_equal, g_free, NULL);
    s->legs = g_hash_table_new_full(hash_string, g_str_equal, g_free, free_legs);
    for (int i = 0; i < 2; i++)
        s->past[i].stories = g_ptr_array_new();
}

void mail_stories_free(struct mail_stories *s) {
    if (!s->stories)
        return;
    g_ptr_array_free(s->stories, TRUE);
    g_hash_table_destroy(s->wanted);
    g_hash_table_destroy(s->legs);
    for (int i = 0; i < 2; i++) {
        g_ptr_array_free(s->past[i].stories, TRUE);
        arena_free(&s->past[i].arena);
    }
    arena_free(&s->arena);
}

static const struct delivery_try *copy_tries(struct arena *arena, const struct delivery_try *tries) {
    struct delivery_try *first = NULL;
    struct delivery_try **end = &first;
    for (; tries; tries = tries->next) {
        struct delivery_try *copy = ARENA_NEW(arena, struct delivery_try);
        *copy = *tries;
        copy->relay = arena_copy(arena, tries->relay);
        copy->relay_ip = arena_copy(arena, tries->relay_ip);
        copy->reply = arena_copy(arena, tries->reply);
        if (tries->class) { /* the run's own go with it */
            struct reply_class *class = ARENA_NEW(arena, struct reply_class);
            *class = *tries->class;
            copy->class = class;
        }
        *end = copy;
        end = &copy->next;
    }
    *end = NULL;
    return first;
}

static const struct delivery_line *copy_lines(struct arena *arena, const struct delivery_line *lines) {
    struct delivery_line *first = NULL;
    struct delivery_line **end = &first;
    for (; lines; lines = lines->next) {
        struct delivery_line *copy = ARENA_NEW(arena, struct delivery_line);
        *copy = *lines;
        copy->text = arena_copy(arena, lines->text);
        *end = copy;
        end = &copy->next;
    }
    *end = NULL;
    return first;
}

static struct mail_story *copy_story(struct arena *arena, const struct delivery *d) {
    struct mail_story *story = ARENA_NEW(arena, struct mail_story);
    struct delivery *copy = &story->delivery;
    *copy = *d;
    struct slice *const texts[] = {&copy->host,      &copy->queue_id, &copy->message_id, &copy->sender,
                                   &copy->recipient, &copy->original, &copy->client,     &copy->client_ip,
                                   &copy->user,      &copy->relay,    &copy->relay_ip,   &copy->reply,
                                   &copy->script,    &copy->local_ip};
    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++)
        *texts[i] = arena_copy(arena, *texts[i]);
    if (d->class) {
        story->class = *d->class;
        copy->class = &story->class;
    }
    copy->tries_kept = copy_tries(arena, d->tries_kept);
    copy->lines = copy_lines(arena, d->lines);
    return story;
}

static struct mail_story *keep_story(struct mail_stories *s, const struct delivery *d, bool is_handed_over) {
    struct mail_story *story = copy_story(&s->arena, d);
    story->is_handed_over = is_handed_over;
    story->number = s->count++;
    return story;
}

/* The mail's number, and the recipient as the sender wrote it. */
static char *key_of(const struct delivery *d) {
    struct slice recipient = d->original.len ? d->original : d->recipient;
    g_autofree char *key = g_strdup_printf("%" G_GUINT64_FORMAT " %.*s", d->mail, S(recipient));
    return g_ascii_strdown(key, -1);
}

/* What came of it and ended before this was told. */
static void want_past(struct mail_stories *s, const char *key) {
    for (int half = 1; half >= 0; half--) {
        GPtrArray *past = s->past[half].stories;
        for (guint i = 0; i < past->len; i++) {
            const struct mail_story *story = past->pdata[i];
            g_autofree char *own = story ? key_of(&story->delivery) : NULL;
            if (!own || strcmp(own, key) != 0)
                continue;
            g_ptr_array_add(s->stories, keep_story(s, &story->delivery, false));
            if (s->revived)
                s->revived(s->context, &story->delivery);
            past->pdata[i] = NULL;
        }
    }
}

/* What went before is told too. */
static void want_mail(struct mail_stories *s, const struct delivery *d) {
    char *key = key_of(d);
    if (d->mail)
        want_past(s, key);
    const GPtrArray *legs = d->mail ? g_hash_table_lookup(s->legs, key) : NULL;
    for (guint i = 0; legs && i < legs->len; i++)
        g_ptr_array_add(s->stories, legs->pdata[i]);
    g_hash_table_remove(s->legs, key);
    g_hash_table_add(s->wanted, key);
}

static bool is_wanted(const struct mail_stories *s, const struct delivery *d) {
    g_autofree char *key = d->mail && g_hash_table_size(s->wanted) ? key_of(d) : NULL;
    return key && g_hash_table_contains(s->wanted, key);
}

bool mail_stories_pass(const struct mail_stories *s, const struct delivery *d) {
    return filters_pass(s->filters, d) || is_wanted(s, d);
}

void mail_stories_note_past(struct mail_stories *s, const struct delivery *d) {
    if (!d->mail || d->outcome == OUTCOME_REJECTED)
        return;
    if (s->past[0].stories->len == FEW_PAST) {
        struct past_stories older = s->past[1];
        s->past[1] = s->past[0];
        s->past[0] = older;
        g_ptr_array_set_size(older.stories, 0);
        arena_reset(&s->past[0].arena);
    }
    g_ptr_array_add(s->past[0].stories, copy_story(&s->past[0].arena, d));
}

void mail_stories_add(struct mail_stories *s, const struct delivery *d) {
    if (s->stories->len >= LIMIT_MAIL_STORIES) {
        s->left_out++;
        return;
    }
    want_mail(s, d);
    g_ptr_array_add(s->stories, keep_story(s, d, false));
}

void mail_stories_add_leg(struct mail_stories *s, const struct delivery *d) {
    bool is_full = s->stories->len >= LIMIT_MAIL_STORIES;
    bool passes = mail_stories_pass(s, d);
    if (passes && !is_full) {
        want_mail(s, d);
        g_ptr_array_add(s->stories, keep_story(s, d, true));
        return;
    }
    if (passes && g_hash_table_size(s->wanted) < LIMIT_WANTED) /* what comes of it counts */
        g_hash_table_add(s->wanted, key_of(d));
    if (passes || s->leg_count == LIMIT_LEGS)
        return;
    char *key = key_of(d);
    GPtrArray *legs = g_hash_table_lookup(s->legs, key);
    if (!legs) {
        legs = g_ptr_array_new();
        g_hash_table_insert(s->legs, key, legs);
    } else {
        g_free(key);
    }
    g_ptr_array_add(legs, keep_story(s, d, true));
    s->leg_count++;
}

bool mail_story_is_same(const struct mail_story *a, const struct mail_story *b) {
    return a->delivery.mail && a->delivery.mail == b->delivery.mail;
}

bool mail_story_is_same_queue(const struct mail_story *a, const struct mail_story *b) {
    return mail_story_is_same(a, b) && slice_equal(a->delivery.queue_id, b->delivery.queue_id) &&
           slice_equal(a->delivery.host, b->delivery.host);
}

/* --- the order --- */

static int by_number(int64_t a, int64_t b) {
    return (a > b) - (a < b);
}

static int by_mail_and_time(gconstpointer a, gconstpointer b) {
    const struct mail_story *x = *(const struct mail_story *const *)a;
    const struct mail_story *y = *(const struct mail_story *const *)b;
    int order = by_number((int64_t)x->delivery.mail, (int64_t)y->delivery.mail);
    if (!order)
        order = by_number(x->delivery.first, y->delivery.first);
    if (!order)
        order = (int)y->is_handed_over - (int)x->is_handed_over; /* what went on came before what took it */
    return order ? order : by_number((int64_t)x->number, (int64_t)y->number);
}

struct mail { /* stories that belong together */
    size_t at, count;
    int64_t first;
    size_t number;
};

static gint by_first(gconstpointer a, gconstpointer b) {
    const struct mail *x = a;
    const struct mail *y = b;
    int order = by_number(x->first, y->first);
    return order ? order : by_number((int64_t)x->number, (int64_t)y->number);
}

/* The same sender and recipient. */
static char *pair_of(const struct delivery *d) {
    struct slice recipient = d->original.len ? d->original : d->recipient;
    g_autofree char *pair = g_strdup_printf("%.*s %.*s", S(d->sender), S(recipient));
    return g_ascii_strdown(pair, -1);
}

/* What this server put off, as greylisting does, and the next mail of that sender to that recipient that it
 * took. From the last to the first, so that the next one is known. */
static void link_returned(GPtrArray *stories) {
    g_autoptr(GHashTable) taken = g_hash_table_new_full(hash_string, g_str_equal, g_free, NULL);
    for (guint i = stories->len; i-- > 0;) {
        struct mail_story *story = stories->pdata[i];
        const struct delivery *d = &story->delivery;
        if (story->is_handed_over)
            continue;
        if (d->outcome != OUTCOME_REJECTED) {
            g_hash_table_replace(taken, pair_of(d), story);
            continue;
        }
        g_autofree char *pair = pair_of(d);
        const struct mail_story *next = g_hash_table_lookup(taken, pair);
        bool is_next =
            next && next->delivery.first >= d->last && next->delivery.first - d->last < RETURN_WITHIN;
        story->later = is_next && d->class && !d->class->is_permanent ? next : NULL;
    }
}

void mail_stories_sort(struct mail_stories *s) {
    g_autoptr(GArray) mails = g_array_new(FALSE, FALSE, sizeof(struct mail));
    g_ptr_array_sort(s->stories, by_mail_and_time);
    for (size_t i = 0; i < s->stories->len; i++) {
        const struct mail_story *story = s->stories->pdata[i];
        if (i && mail_story_is_same(s->stories->pdata[i - 1], story)) {
            g_array_index(mails, struct mail, mails->len - 1).count++;
            continue;
        }
        struct mail mail = {i, 1, story->delivery.first, story->number};
        g_array_append_val(mails, mail);
    }
    g_array_sort(mails, by_first);
    GPtrArray *sorted = g_ptr_array_sized_new(s->stories->len + 1);
    for (guint m = 0; m < mails->len; m++) {
        const struct mail *mail = &g_array_index(mails, struct mail, m);
        for (size_t i = 0; i < mail->count; i++)
            g_ptr_array_add(sorted, s->stories->pdata[mail->at + i]);
    }
    g_ptr_array_free(s->stories, TRUE);
    s->stories = sorted;
    link_returned(s->stories);
}
