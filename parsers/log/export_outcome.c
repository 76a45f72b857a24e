/* Outcomes of exports: see export_outcome.h. */
#include "parsers/log/export_outcome.h"

#include "parsers/rules/export_word.h"

static const struct export_outcome outcomes[] = {
    {.word = "sent", .status = LOG_SENT},           {.word = "deferred", .status = LOG_DEFERRED},
    {.word = "bounced", .status = LOG_BOUNCED},     {.word = "expired", .status = LOG_GIVEN_UP},
    {.word = "discarded", .status = LOG_DISCARDED}, {.word = "held", .status = LOG_HELD},
    {.word = "rejected", .kind = OUTCOME_REFUSAL},  {.word = "none", .kind = OUTCOME_NONE},
    {.word = "said", .kind = OUTCOME_SAID},         {.word = "heard", .kind = OUTCOME_HEARD},
    {.word = "over", .kind = OUTCOME_OVER},         {.word = "complaint", .kind = OUTCOME_NONE},
    {.word = "auto-reply", .kind = OUTCOME_NONE},   {.word = "challenge", .kind = OUTCOME_NONE},
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

const struct export_outcome *export_outcome_of(const struct export_kind *kind, struct slice event) {
    const char *word = export_word_of(kind, event);
    return word ? by_word(word) : NULL;
}
