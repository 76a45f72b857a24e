/* The second opinion: see opinion.h. */
#include "parsers/rules/opinion.h"

size_t opinion_cause(const struct opinion_model *model, const char *id) {
    size_t low = 0;
    size_t high = model->cause_count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        int order = strcmp(model->causes[middle], id);
        if (order == 0)
            return middle;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return model->cause_count;
}

/* The weights of a feature are read from a place of their own in a large table: asked for some features
 * ahead, they are there when they are needed. */
#define AHEAD 8

static const unsigned char *weights_of(const struct opinion_model *model, size_t bucket) {
    return model->weights + 2 * (size_t)model->first[bucket];
}

static void add_features(const struct opinion_model *model, const uint16_t *buckets, size_t count,
                         int32_t sums[LIMIT_OPINION_CAUSES]) {
    for (size_t i = 0; i < count; i++)
        __builtin_prefetch(&model->first[buckets[i]]);
    for (size_t i = 0; i < count; i++) {
        if (i + AHEAD < count) {
            const unsigned char *w = weights_of(model, buckets[i + AHEAD]);
            __builtin_prefetch(w);
            __builtin_prefetch(w + 64);
        }
        const unsigned char *end = weights_of(model, buckets[i] + (size_t)1);
        for (const unsigned char *w = weights_of(model, buckets[i]); w < end; w += 2)
            sums[w[0]] += w[1] - 128;
    }
}

static const char *heard_before(const struct opinion_model *model, uint64_t words) {
    size_t low = 0;
    size_t high = words ? model->heard_count : 0;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (model->heard[middle].words == words)
            return model->causes[model->heard[middle].cause];
        if (model->heard[middle].words < words)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

static int per_feature(int32_t sum, size_t count) {
    return sum * OPINION_UNIT / (int32_t)count;
}

static int32_t square_root(size_t of) {
    int32_t root = 1;
    while ((size_t)root * (size_t)root < of)
        root++;
    return root;
}

/* The place of the greatest sum and of the next. */
struct first_two {
    size_t best, second;
};

static struct first_two first_two(const int32_t *sums, size_t count) {
    struct first_two f = {0, 1};
    for (size_t i = 1; i < count; i++) {
        if (sums[i] > sums[f.best])
            f = (struct first_two){i, f.best};
        else if (i == 1 || sums[i] > sums[f.second])
            f.second = i;
    }
    return f;
}

static const char *half_says(const struct opinion_model *model, const int32_t *sums) {
    size_t best = first_two(sums, model->cause_count).best;
    return sums[best] > 0 ? model->causes[best] : NULL;
}

struct opinion opinion_of(const struct opinion_model *model, int code, const int enhanced[3],
                          struct slice folded, int scores[LIMIT_OPINION_CAUSES]) {
    uint16_t buckets[FEATURES_MOST];
    int32_t sums[LIMIT_OPINION_CAUSES] = {0}; /* of the words; then of all */
    int32_t runs[LIMIT_OPINION_CAUSES] = {0};
    struct opinion o = {0};
    size_t count = features_of(code, enhanced, folded, buckets, &o.wording);
    if (model->cause_count < 2 || count == 0)
        return o;
    size_t words = o.wording.of_words;
    add_features(model, buckets, words, sums);
    add_features(model, buckets + words, count - words, runs);
    o.halves[0] = half_says(model, sums);
    o.halves[1] = half_says(model, runs);
    for (size_t i = 0; i < model->cause_count; i++) {
        sums[i] += runs[i];
        if (scores)
            scores[i] = per_feature(sums[i], count);
    }
    struct first_two f = first_two(sums, model->cause_count);
    return (struct opinion){.cause = model->causes[f.best],
                            .second = model->causes[f.second],
                            .halves = {o.halves[0], o.halves[1]},
                            .score = per_feature(sums[f.best], count),
                            .second_score = per_feature(sums[f.second], count),
                            .lead = (sums[f.best] - sums[f.second]) * LEAD_UNIT / square_root(count),
                            .heard = heard_before(model, o.wording.identity),
                            .wording = o.wording};
}
