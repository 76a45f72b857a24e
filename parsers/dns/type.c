/* Types of records: see type.h. */
#include "parsers/dns/type.h"

#include <glib.h>

static const struct {
    unsigned type;
    const char *name;
} types[] = {
    {DNS_A, "A"},       {DNS_NS, "NS"},     {DNS_CNAME, "CNAME"}, {6, "SOA"},         {DNS_PTR, "PTR"},
    {13, "HINFO"},      {DNS_MX, "MX"},     {DNS_TXT, "TXT"},     {17, "RP"},         {DNS_AAAA, "AAAA"},
    {29, "LOC"},        {33, "SRV"},        {35, "NAPTR"},        {39, "DNAME"},      {43, "DS"},
    {44, "SSHFP"},      {46, "RRSIG"},      {47, "NSEC"},         {48, "DNSKEY"},     {50, "NSEC3"},
    {51, "NSEC3PARAM"}, {DNS_TLSA, "TLSA"}, {53, "SMIMEA"},       {61, "OPENPGPKEY"}, {64, "SVCB"},
    {65, "HTTPS"},      {DNS_SPF, "SPF"},   {DNS_ANY, "ANY"},     {257, "CAA"}};

const char *dns_type_name(unsigned type) {
    for (size_t i = 0; i < G_N_ELEMENTS(types); i++)
        if (types[i].type == type)
            return types[i].name;
    return "other";
}

unsigned dns_type_of(struct slice name) {
    for (size_t i = 0; i < G_N_ELEMENTS(types); i++)
        if (slice_equal_nocase(name, slice_of(types[i].name)))
            return types[i].type;
    if (!slice_starts_nocase(name, SLICE("TYPE"))) /* RFC 3597 */
        return 0;
    int number = slice_number(slice_from(name, 4), NULL);
    return number > 0 && number < 65536 ? (unsigned)number : 0;
}
