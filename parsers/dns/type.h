/* Types of DNS records by name and number (RFC 1035 section 3.2.2 and the registry of IANA). */
#ifndef MAILWHY_DNS_TYPE_H
#define MAILWHY_DNS_TYPE_H

#include "parsers/base/slice.h"

enum dns_type {
    DNS_A = 1,
    DNS_NS = 2,
    DNS_CNAME = 5,
    DNS_PTR = 12,
    DNS_MX = 15,
    DNS_TXT = 16,
    DNS_AAAA = 28,
    DNS_TLSA = 52,
    DNS_SPF = 99, /* as SPF records were published too before RFC 7208 (section 3.1) */
    DNS_ANY = 255
};

const char *dns_type_name(unsigned type); /* "TXT"; "other" where it is none that we know */
unsigned dns_type_of(struct slice name);  /* 0: no such type */

#endif
