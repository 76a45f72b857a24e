/* What a DNS block list is asked: see blocklist_question.h. */
#include "analyze/auth/blocklist_question.h"

#include "parsers/base/organisation.h"

struct slice blocklist_question(const struct blocklist *b, const struct ip *ip, struct slice domain,
                                struct arena *arena) {
    const char *zone = b->zones[0]; /* the others are copies, or older names of the same list */
    return domain.len ? arena_printf(arena, "%.*s.%s", S(domain), zone) : ip_reversed(arena, ip, zone);
}

bool blocklist_may_hear(const struct ip *ip, struct slice domain) {
    return domain.len ? !host_is_private(domain) : ip->family && !ip_is_internal(ip);
}

bool blocklist_can_be_asked(const struct blocklist *b) {
    return b->zones && b->zones[0] && !(b->asked && strcmp(b->asked, "no") == 0);
}

struct slice blocklist_test_entry(const struct blocklist *b, struct arena *arena) {
    return arena_printf(arena, BLOCKLIST_TEST_ENTRY "%s", b->zones[0]);
}

/* What a list holds stands in its rule, in words. */
bool blocklist_holds_domains(const struct blocklist *b) {
    return strstr(b->lists, "domain") != NULL;
}

bool blocklist_holds_addresses(const struct blocklist *b) {
    return !blocklist_holds_domains(b) || strstr(b->lists, "address");
}
