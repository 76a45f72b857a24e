/* Aliases that are not alone: see alias_audit.h. */
#include "analyze/auth/alias_audit.h"

#include "parsers/dns/name.h"

/* Which type of record stands at the name itself, in words; NULL: none that is known. */
static const char *stands_beside(struct check_list *list, struct slice raw) {
    static const struct {
        unsigned type;
        const char *name;
    } types[] = {{DNS_TXT, "TXT"}, {DNS_MX, "MX"}, {DNS_A, "A"}, {DNS_AAAA, "AAAA"}};
    struct slice name;
    if (!dns_name_of(dns_name_to_ascii(raw, list->arena), list->arena, &name))
        return NULL;
    for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
        struct dns_answer answer = snapshot_find(list->resolver->snapshot, name, types[i].type);
        if (answer.status == DNS_FOUND && answer.records->type == types[i].type)
            return types[i].name;
    }
    return NULL;
}

void alias_audit(struct check_list *list, const struct check_kind *kind, struct slice subject,
                 struct slice name) {
    struct slice target;
    if (!dns_is_alias(list->resolver, name, &target))
        return;
    const char *type = stands_beside(list, name);
    if (!type)
        return;
    struct check *c = check_add(
        list, kind, CHECK_FAIL, "alias-beside", subject,
        TEXT(list,
             "%.*s is an alias (CNAME) of %.*s and has a record of its own beside it (%s), which is not "
             "allowed: most servers see only the alias (RFC 1034 section 3.6.2)",
             S(name), S(dns_name_show(list->arena, target)), type));
    check_remedy(list, c,
                 SLICE("Remove the CNAME: name the addresses of its target, or keep only the CNAME."));
}
