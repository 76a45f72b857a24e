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

struct opinion opinion_of(const struct opinion_model *model, int code, const int enhanced[3],
                          struct slice folded, int scores[LIMIT_OPINION_CAUSES]) {
    uint16_t buckets[FEATURES_MOST];
    int32_t sums[LIMIT_OPINION_CAUSES] = {0};
    struct opinion o = {0};
    size_t count = features_of(code, enhanced, folded, buckets, &o.wording);
    if (model->cause_count < 2 || count == 0)
        return o;
    add_features(model, buckets, count, sums);
    size_t best = 0;
    size_t second = 1;
    for (size_t i = 0; i < model->cause_count; i++) {
        if (scores)
            scores[i] = per_feature(sums[i], count);
        if (i == 0)
            continue;
        if (sums[i] > sums[best]) {
            second = best;
            best = i;
        } else if (i == 1 || sums[i] > sums[second]) {
            second = i;
        }
    }
    return (struct opinion){.cause = model->causes[best],
                            .second = model->causes[second],
                            .score = per_feature(sums[best], count),
                            .second_score = per_feature(sums[second], count),
                            .lead = (sums[best] - sums[second]) * LEAD_UNIT / square_root(count),
                            .heard = heard_before(model, o.wording.identity),
                            .wording = o.wording};
}
