/* Outcomes of exports: see export_outcome.h. */
#include "parsers/log/export_outcome.h"

#include "parsers/base/slice.h"

static const struct export_outcome outcomes[] = {
    {.word = "sent", .status = LOG_SENT},           {.word = "deferred", .status = LOG_DEFERRED},
    {.word = "bounced", .status = LOG_BOUNCED},     {.word = "expired", .status = LOG_GIVEN_UP},
    {.word = "discarded", .status = LOG_DISCARDED}, {.word = "held", .status = LOG_HELD},
    {.word = "rejected", .kind = OUTCOME_REFUSAL},  {.word = "none", .kind = OUTCOME_NONE},
    {.word = "said", .kind = OUTCOME_SAID},         {.word = "heard", .kind = OUTCOME_HEARD},
    {.word = "over", .kind = OUTCOME_OVER},
};

static const struct export_outcome *by_word(const char *word) {
    for (size_t i = 0; i < sizeof outcomes / sizeof *outcomes; i++)
        if (strcmp(outcomes[i].word, word) == 0)
            return &outcomes[i];
    return NULL;
}

const char *export_status_word(enum log_status status) {
    size_t i = 0;
    while (outcomes[i].kind != OUTCOME_TRY || outcomes[i].status != status)
        i++;
    return outcomes[i].word;
}

/* The values as the rules write them: case does not count, and a blank stands between two of them. */
static bool is_value(struct slice event, const char *value) {
    size_t i = 0;
    while (i < event.len && value[i]) {
        char c = event.ptr[i] == EXPORT_WORD_END ? ' ' : ascii_lower(event.ptr[i]);
        if (c != ascii_lower(value[i]))
            return false;
        i++;
    }
    return i == event.len && !value[i];
}

const struct export_outcome *export_outcome_of(const struct export_kind *kind, struct slice event) {
    while (event.len) {
        for (const char *const *pair = kind->outcomes; pair && pair[0] && pair[1]; pair += 2)
            if (is_value(event, pair[0]))
                return by_word(pair[1]);
        while (event.len && event.ptr[event.len - 1] != EXPORT_WORD_END)
            event.len--;
        event.len -= event.len > 0;
    }
    return NULL;
}
