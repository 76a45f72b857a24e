/* Whose mail it is: see present_side.h. */
#include "analyze/report/present_side.h"

#include "analyze/report/present_cause.h"

/* How sure it is that one's own sent it. */
static const enum words outbound_words[STANCE_GROUNDS] = {[STANCE_KNOWN] = SAY_SIDE_OUTBOUND,
                                                          [STANCE_TOLD] = SAY_SIDE_OUTBOUND_TOLD,
                                                          [STANCE_BARE] = SAY_SIDE_OUTBOUND_BARE,
                                                          [STANCE_OPEN] = SAY_SIDE_OPEN};
static const enum words internal_words[STANCE_GROUNDS] = {[STANCE_KNOWN] = SAY_SIDE_INTERNAL,
                                                          [STANCE_TOLD] = SAY_SIDE_INTERNAL_TOLD,
                                                          [STANCE_BARE] = SAY_SIDE_INTERNAL_BARE,
                                                          [STANCE_OPEN] = SAY_SIDE_OPEN};

static enum words words_of(const struct stance *s) {
    switch (s->side) {
    case OWN_SIDE_OUTBOUND:
        return s->is_forwarded ? SAY_SIDE_FORWARDED : outbound_words[s->ground];
    case OWN_SIDE_INBOUND:
        return SAY_SIDE_INBOUND;
    case OWN_SIDE_INTERNAL:
        return internal_words[s->ground];
    case OWN_SIDE_BACKSCATTER:
        return SAY_SIDE_BACKSCATTER;
    case OWN_SIDE_UNKNOWN:
        break;
    }
    return NO_WORDS;
}

void present_side(struct page *p, const struct stance *s) {
    if (!s || !s->name.len)
        return;
    enum words words = words_of(s);
    page_row(p, word(LABEL_WHOSE_MAIL),
             words == SAY_SIDE_BACKSCATTER ? page_say(p, words, stance_name(s), as_note(s->reason))
                                           : page_say(p, words, stance_name(s)));
}

static struct value said(struct page *p, const struct stance *s) {
    struct value name = stance_name(s);
    struct stance claimed = {.name = s->claimed};
    if (s->side == OWN_SIDE_INBOUND && s->claimed.len)
        return page_say(p, SAY_CAME_IN_CLAIMED, name, stance_name(&claimed));
    if (s->side == OWN_SIDE_INBOUND)
        return page_say(p, SAY_CAME_IN, name);
    if (s->side == OWN_SIDE_UNKNOWN)
        return page_say(p, SAY_IN_YOUR_NAME, name, as_note(s->reason));
    if (s->ground == STANCE_OPEN)
        return page_say(p, SAY_WENT_OUT_OPEN, name);
    bool is_internal = s->side == OWN_SIDE_INTERNAL;
    if (s->ground == STANCE_TOLD && !is_internal)
        return page_say(p, SAY_WENT_OUT_TOLD, name, as_host(s->server));
    if (s->ground != STANCE_KNOWN || !s->server.len)
        return page_say(p, is_internal ? internal_words[s->ground] : outbound_words[s->ground], name);
    return page_say(p, is_internal ? SAY_STAYED_BY : SAY_WENT_OUT_BY, name, as_host(s->server));
}

void present_message_side(struct page *p, const struct stance *s) {
    if (s && s->name.len)
        page_row(p, word(LABEL_WHOSE_MAIL), said(p, s));
}
