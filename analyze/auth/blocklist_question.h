/* What a DNS block list is asked (RFC 5782 section 2.1). */
#ifndef MAILWHY_BLOCKLIST_QUESTION_H
#define MAILWHY_BLOCKLIST_QUESTION_H

#include "parsers/base/ip.h"
#include "parsers/rules/rules.h"

/* Of a list with zones: the name to ask for the domain; for the address where the domain is empty. */
struct slice blocklist_question(const struct blocklist *list, const struct ip *ip, struct slice domain,
                                struct arena *arena);

/* Of a list of addresses: the entry that all such lists have, for tests (RFC 5782 section 5), before the
 * zone. */
#define BLOCKLIST_TEST_ENTRY "2.0.0.127."
struct slice blocklist_test_entry(const struct blocklist *list, struct arena *arena);

/* Can anybody ask it in the DNS, and does an answer say that something is listed? */
bool blocklist_can_be_asked(const struct blocklist *list);

/* May it be asked about the domain, or the address where that is empty? Names and addresses of private use
 * mean something only inside their network: no list knows them, and none is to hear of them. */
bool blocklist_may_hear(const struct ip *ip, struct slice domain);

bool blocklist_holds_domains(const struct blocklist *list);
bool blocklist_holds_addresses(const struct blocklist *list);

#endif
