/* Stories by what reports name: see story_index.h. A report is looked up under the keys of what it names, so
 * that many reports and many stories cost no product of the two. */
#include "analyze/deliveries/story_index.h"

#include "parsers/base/address.h"
#include "parsers/base/hash.h"

/* Seconds between a try and the report about it, when only the recipient tells that they belong together. */
#define NEAR (6 * 24 * 3600)

static void free_stories(gpointer stories) {
    g_ptr_array_free(stories, TRUE);
}

void story_index_init(struct story_index *index) {
    index->stories = g_hash_table_new_full(hash_string, g_str_equal, g_free, free_stories);
}

void story_index_free(struct story_index *index) {
    g_hash_table_destroy(index->stories);
}

/* Of an id, a recipient, or both; neither holds a line end. */
static char *key_of(struct slice id, struct slice recipient) {
    g_autofree char *key =
        recipient.len ? g_strdup_printf("%.*s\n%.*s", S(id), S(recipient)) : g_strdup_printf("%.*s", S(id));
    return g_ascii_strdown(key, -1);
}

static void add(struct story_index *index, struct slice id, struct slice recipient, struct log_story *story) {
    char *key = key_of(id, recipient);
    GPtrArray *stories = g_hash_table_lookup(index->stories, key);
    if (!stories) {
        stories = g_ptr_array_new();
        g_hash_table_insert(index->stories, key, stories);
    } else {
        g_free(key);
    }
    if (stories->len == 0 || stories->pdata[stories->len - 1] != story)
        g_ptr_array_add(stories, story);
}

void story_index_add(struct story_index *index, struct log_story *story) {
    const struct delivery *d = &story->delivery;
    const struct slice ids[] = {d->queue_id, d->message_id};
    const struct slice recipients[] = {d->recipient, d->original};
    for (size_t i = 0; i < G_N_ELEMENTS(ids); i++)
        if (ids[i].len)
            add(index, ids[i], SLICE_EMPTY, story);
    for (size_t r = 0; r < G_N_ELEMENTS(recipients); r++) {
        if (!recipients[r].len)
            continue;
        add(index, SLICE_EMPTY, recipients[r], story);
        for (size_t i = 0; i < G_N_ELEMENTS(ids); i++)
            if (ids[i].len)
                add(index, ids[i], recipients[r], story);
    }
}

static int by_last_try(gconstpointer a, gconstpointer b) {
    const struct log_story *x = *(const struct log_story *const *)a;
    const struct log_story *y = *(const struct log_story *const *)b;
    int64_t difference = x->delivery.last - y->delivery.last;
    return difference ? (difference > 0) - (difference < 0)
                      : (x->number > y->number) - (x->number < y->number);
}

static void sort_by_last_try(gpointer key, gpointer stories, gpointer context) {
    (void)context;
    if (((const char *)key)[0] == '\n') /* a recipient alone */
        g_ptr_array_sort(stories, by_last_try);
}

void story_index_finish(struct story_index *index) {
    g_hash_table_foreach(index->stories, sort_by_last_try, NULL);
}

static const GPtrArray *look_up(const struct story_index *index, struct slice id, struct slice recipient) {
    static const GPtrArray none = {0};
    g_autofree char *key = key_of(id, recipient);
    const GPtrArray *stories = id.len || recipient.len ? g_hash_table_lookup(index->stories, key) : NULL;
    return stories ? stories : &none;
}

/* Those of either id, in the order of their numbers, each once. */
static size_t find_by_ids(const struct story_index *index, const struct story_query *q,
                          const struct log_story **found, size_t most) {
    struct slice message_id = address_unbracket(q->message_id);
    const GPtrArray *a = q->queue_id.len ? look_up(index, q->queue_id, q->recipient) : NULL;
    const GPtrArray *b = message_id.len ? look_up(index, message_id, q->recipient) : NULL;
    size_t count = 0;
    for (guint i = 0, k = 0; (a && i < a->len) || (b && k < b->len);) {
        const struct log_story *x = a && i < a->len ? a->pdata[i] : NULL;
        const struct log_story *y = b && k < b->len ? b->pdata[k] : NULL;
        const struct log_story *next = !x || (y && y->number < x->number) ? y : x;
        i += next == x;
        k += next == y;
        if (count == most)
            return most + 1;
        found[count++] = next;
    }
    return count;
}

/* The first story whose last try was not too long before. */
static guint first_near(const GPtrArray *stories, int64_t time) {
    guint from = 0;
    guint to = stories->len;
    while (from < to) {
        guint middle = from + (to - from) / 2;
        const struct log_story *story = stories->pdata[middle];
        if (time - story->delivery.last < NEAR)
            to = middle;
        else
            from = middle + 1;
    }
    return from;
}

static size_t find_by_recipient(const struct story_index *index, const struct story_query *q,
                                const struct log_story **found, size_t most) {
    const GPtrArray *stories = look_up(index, SLICE_EMPTY, q->recipient);
    guint i = 0;
    size_t count = 0;
    while (i < stories->len) {
        const struct log_story *story = stories->pdata[i];
        bool is_timed = q->time != -1 && story->delivery.last != -1;
        guint near = is_timed ? MAX(i, first_near(stories, q->time)) : i;
        if (near > i) {
            i = near;
            continue;
        }
        if (is_timed && story->delivery.first - q->time >= NEAR)
            break;
        if (count == most)
            return most + 1;
        found[count++] = story;
        i++;
    }
    return count;
}

size_t story_index_find(const struct story_index *index, const struct story_query *query,
                        const struct log_story **found, size_t most) {
    bool has_id = query->queue_id.len || address_unbracket(query->message_id).len;
    return has_id                 ? find_by_ids(index, query, found, most)
           : query->recipient.len ? find_by_recipient(index, query, found, most)
                                  : 0;
}
