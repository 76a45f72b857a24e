/* Training of the second opinion: see train.h. */
#include "parsers/rules/train.h"

#include <glib.h>
#include <stdlib.h>

#define PASSES       8
#define RUNS         3 /* in other orders of the lessons; their mean is steadier than any of them */
#define SIXTEENTHS   16
#define MARGIN       6   /* by which the right cause must lead, for each feature of the text */
#define MOST_WEIGHT  127 /* what a byte holds */
#define LEAST_WEIGHT 4   /* smaller ones are left out: two thirds of the table, and nothing is lost by it */

/* Weights of all features, FEATURE_BUCKETS rows of LIMIT_OPINION_CAUSES. `earned` is the sum of each change
 * times the lessons before it: weight × lessons − earned is the average over all lessons, times their number.
 * `sums` adds up the averages of all runs, in SIXTEENTHS. */
struct training {
    const struct lessons *lessons;
    size_t cause_count;
    GPtrArray *causes;
    int32_t *weights;
    int64_t *earned;
    int64_t *sums;
    int64_t seen; /* lessons so far */
};

static gint by_name(gconstpointer a, gconstpointer b) {
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void collect_causes(struct training *t, const bool *leave_out) {
    t->causes = g_ptr_array_new();
    for (size_t i = 0; i < t->lessons->count; i++)
        for (size_t c = 0; c < t->lessons->list[i].cause_count && !(leave_out && leave_out[i]); c++)
            g_ptr_array_add(t->causes, (gpointer)t->lessons->list[i].causes[c]);
    g_ptr_array_sort(t->causes, by_name);
    guint kept = 0;
    for (guint i = 0; i < t->causes->len; i++)
        if (kept == 0 || strcmp(t->causes->pdata[i], t->causes->pdata[kept - 1]) != 0)
            t->causes->pdata[kept++] = t->causes->pdata[i];
    g_ptr_array_set_size(t->causes, (gint)kept);
    t->cause_count = kept;
    g_assert(kept <= LIMIT_OPINION_CAUSES);
}

static size_t number_of(const struct training *t, const char *cause) {
    struct opinion_model names = {.causes = (const char *const *)t->causes->pdata,
                                  .cause_count = t->cause_count};
    return opinion_cause(&names, cause);
}

static void change(struct training *t, const struct lesson *lesson, size_t cause, int32_t by) {
    for (size_t i = 0; i < lesson->feature_count; i++) {
        size_t at = (size_t)lesson->features[i] * LIMIT_OPINION_CAUSES + cause;
        t->weights[at] += by;
        t->earned[at] += by * t->seen;
    }
}

static void learn(struct training *t, const struct lesson *lesson) {
    int32_t sums[LIMIT_OPINION_CAUSES] = {0};
    bool is_right[LIMIT_OPINION_CAUSES] = {false};
    for (size_t i = 0; i < lesson->feature_count; i++) {
        const int32_t *row = t->weights + (size_t)lesson->features[i] * LIMIT_OPINION_CAUSES;
        for (size_t c = 0; c < LIMIT_OPINION_CAUSES; c++)
            sums[c] += row[c];
    }
    for (size_t c = 0; c < lesson->cause_count; c++)
        is_right[number_of(t, lesson->causes[c])] = true;
    size_t right = t->cause_count;
    size_t wrong = t->cause_count;
    for (size_t c = 0; c < t->cause_count; c++) {
        size_t *best = is_right[c] ? &right : &wrong;
        if (*best == t->cause_count || sums[c] > sums[*best])
            *best = c;
    }
    if (right < t->cause_count && wrong < t->cause_count &&
        sums[right] - sums[wrong] <= MARGIN * (int32_t)lesson->feature_count) {
        change(t, lesson, right, lesson->step);
        change(t, lesson, wrong, -lesson->step);
    }
    t->seen++;
}

/* Shuffled by a generator of our own (Knuth's MMIX): another pass, another order, always the same ones. */
static void run_passes(struct training *t, uint64_t seed, const bool *leave_out) {
    size_t count = 0;
    size_t *order = g_new(size_t, t->lessons->count + 1);
    uint64_t state = seed;
    for (size_t i = 0; i < t->lessons->count; i++)
        if (!leave_out || !leave_out[i])
            order[count++] = i;
    for (int pass = 0; pass < PASSES; pass++) {
        for (size_t i = count; i > 1; i--) {
            state = state * 6364136223846793005u + 1442695040888963407u;
            size_t other = (size_t)(state >> 33) % i;
            size_t swap = order[i - 1];
            order[i - 1] = order[other];
            order[other] = swap;
        }
        for (size_t i = 0; i < count; i++)
            learn(t, &t->lessons->list[order[i]]);
    }
    g_free(order);
}

/* One run from nothing; its seed makes the order of the lessons. */
static void add_run(struct training *t, uint64_t seed, const bool *leave_out) {
    size_t cells = (size_t)FEATURE_BUCKETS * LIMIT_OPINION_CAUSES;
    memset(t->weights, 0, cells * sizeof *t->weights);
    memset(t->earned, 0, cells * sizeof *t->earned);
    t->seen = 0;
    run_passes(t, seed, leave_out);
    for (size_t i = 0; i < cells && t->seen; i++)
        t->sums[i] += (t->weights[i] * t->seen - t->earned[i]) * SIXTEENTHS / t->seen;
}

/* The average, as a byte holds it. */
static int quantised(const struct training *t, size_t at) {
    int64_t value = t->sums[at] / (SIXTEENTHS * RUNS);
    return (int)CLAMP(value, -MOST_WEIGHT, MOST_WEIGHT);
}

static struct opinion_model *model_of(const struct training *t) {
    struct opinion_model *model = g_new0(struct opinion_model, 1);
    GByteArray *weights = g_byte_array_new();
    uint32_t *first = g_new(uint32_t, FEATURE_BUCKETS + 1);
    for (size_t b = 0; b < FEATURE_BUCKETS; b++) {
        first[b] = weights->len / 2;
        for (size_t c = 0; c < t->cause_count; c++) {
            int weight = quantised(t, b * LIMIT_OPINION_CAUSES + c);
            guint8 pair[] = {(guint8)c, (guint8)(weight + 128)};
            if (abs(weight) >= LEAST_WEIGHT)
                g_byte_array_append(weights, pair, sizeof pair);
        }
    }
    first[FEATURE_BUCKETS] = weights->len / 2;
    model->cause_count = t->cause_count;
    model->causes = (const char *const *)g_ptr_array_free(t->causes, FALSE);
    model->first = first;
    model->weights = g_byte_array_free(weights, FALSE);
    return model;
}

static int compare_heard(gconstpointer a, gconstpointer b) {
    const struct heard_words *one = a;
    const struct heard_words *other = b;
    return one->words != other->words ? (one->words < other->words ? -1 : 1) : one->cause - other->cause;
}

/* What was heard with one cause alone; the same words with two say nothing. */
static void remember_words(const struct lessons *lessons, struct opinion_model *model,
                           const bool *leave_out) {
    GArray *all = g_array_new(FALSE, FALSE, sizeof(struct heard_words));
    GArray *kept = g_array_new(FALSE, FALSE, sizeof(struct heard_words));
    for (size_t i = 0; i < lessons->count; i++) {
        const struct lesson *lesson = &lessons->list[i];
        for (size_t c = 0; lesson->words && c < lesson->cause_count && !(leave_out && leave_out[i]); c++) {
            struct heard_words one = {lesson->words, (unsigned char)opinion_cause(model, lesson->causes[c])};
            g_array_append_val(all, one);
        }
    }
    g_array_sort(all, compare_heard);
    const struct heard_words *list = (const struct heard_words *)(const void *)all->data;
    for (guint i = 0, end; i < all->len; i = end) {
        for (end = i + 1; end < all->len && list[end].words == list[i].words;)
            end++;
        if (list[i].cause == list[end - 1].cause)
            g_array_append_val(kept, list[i]);
    }
    model->heard_count = kept->len;
    model->heard = (const struct heard_words *)(const void *)g_array_free(kept, FALSE);
    g_array_free(all, TRUE);
}

struct opinion_model *train(const struct lessons *lessons, const bool *leave_out) {
    size_t cells = (size_t)FEATURE_BUCKETS * LIMIT_OPINION_CAUSES;
    struct training t = {.lessons = lessons,
                         .weights = g_new0(int32_t, cells),
                         .earned = g_new0(int64_t, cells),
                         .sums = g_new0(int64_t, cells)};
    collect_causes(&t, leave_out);
    for (uint64_t run = 1; run <= RUNS; run++)
        add_run(&t, run, leave_out);
    struct opinion_model *model = model_of(&t);
    remember_words(lessons, model, leave_out);
    g_free(t.weights);
    g_free(t.earned);
    g_free(t.sums);
    return model;
}

void trained_free(struct opinion_model *model) {
    g_free((gpointer)model->causes);
    g_free((gpointer)model->first);
    g_free((gpointer)model->weights);
    g_free((gpointer)model->heard);
    g_free(model);
}
