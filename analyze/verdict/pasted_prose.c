/* Words among which no reply stands: see pasted_prose.h. */
#include "analyze/verdict/pasted_prose.h"

#include "parsers/bounce/about_mail.h"
#include "parsers/message/limits.h"
#include "parsers/rules/rank.h"

#include <glib.h>

bool prose_is_reply(struct slice text) {
    return reply_code(slice_trim(text)) >= 400;
}

void prose_judge(struct verdict *v) {
    if (v->rule && rule_level(v->rule) < LEVEL_PHRASE)
        v->rule = NULL;
    v->confidence = MIN(v->confidence, CONFIDENCE_GUESS);
    v->score = v->other_score = 0; /* nobody has measured that */
}

bool prose_is_to_the_letter(const struct reply_rule *rule, bool of_program, struct slice text) {
    bool is_named = rule && ((rule->names && strcmp(rule->names, "program") == 0) || rule->written_by);
    return rule && rule_level(rule) >= LEVEL_EXACT && (of_program || (is_named && speaks_of_mail(text)));
}

bool prose_is_of_opinion(const struct verdict *v, struct slice text) {
    bool is_about_mail = v->reply.command.len || (text.len <= SHORT_TEXT && speaks_of_mail(text));
    return v->doubt == DOUBT_LEADS && v->confidence >= CONFIDENCE_LIKELY && is_about_mail;
}

/* Is each paragraph about mail a question? Beside an error one asks what to do. */
static bool is_asked_only(struct slice text) {
    while (text.len) {
        struct slice paragraph = next_paragraph(&text);
        if (speaks_of_mail(paragraph) && !is_question(paragraph))
            return false;
    }
    return true;
}

bool prose_is_told(struct verdict *v, struct slice text) {
    int level = v->rule ? (int)rule_level(v->rule) : LEVEL_BARE;
    bool is_own = speaks_of_own_mail(text);
    bool is_asked = is_question(text) && (level < LEVEL_EXACT || is_asked_only(text));
    if (is_asked || (is_own && level < LEVEL_PHRASE))
        return false;
    enum confidence most = is_own ? CONFIDENCE_GUESS
                           : (level < LEVEL_EXACT && !v->is_of_program) || !speaks_of_mail(text)
                               ? CONFIDENCE_LIKELY
                               : CONFIDENCE_CERTAIN;
    if (v->confidence > most) {
        v->confidence = most;
        v->score = 0;
    }
    return true;
}

bool prose_is_any_number(const struct verdict *v, struct slice text) {
    return v->confidence <= CONFIDENCE_GUESS && v->reply.code && !v->reply.enhanced[0] &&
           !prose_is_reply(text) && !v->reply.command.len && !speaks_of_mail(slice_upto(text, LIMIT_PASTED));
}
