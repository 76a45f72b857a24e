/* Audits: a table of faults, each with what must be told of it and the record that mends it, and one of
 * controls, of which nothing may be told. A fault is a few lines that stand before a zone where all is well.
 */
#include "analyze/auth/auth.h"
#include "analyze/auth/bulk_rules.h"
#include "tests/analyze/auth/signer.h"

#define AT(name, text) name " 60 IN TXT \"" text "\"\n"
#define D              "good.example."
#define SPF(text)      AT(D, "v=spf1 " text)
#define DMARC(text)    AT("_dmarc." D, text)

/* {2048} and the like are keys. */
static const char base[] = ";! complete\n" SPF("ip4:192.0.2.5 include:_spf.provider.example -all")
    AT("_spf.provider.example.", "v=spf1 ip4:198.51.100.0/22 ip6:2001:db8:1::/48 ~all")
        DMARC("v=DMARC1; p=reject; rua=mailto:dmarc@good.example") D
    " 60 IN MX 10 mail.good.example.\n"
    "mail.good.example. 60 IN A 192.0.2.5\n"
    "5.2.0.192.in-addr.arpa. 60 IN PTR mail.good.example.\n"
    "mail._domainkey." D " 60 IN TXT {2048}\n"
    "_mta-sts." D " 60 IN TXT \"v=STSv1; id=20260101\"\n"
    "mta-sts." D " 60 IN A 192.0.2.6\n"
    "_smtp._tls." D " 60 IN TXT \"v=TLSRPTv1; rua=mailto:tls@good.example\"\n"
    "_25._tcp.mail.good.example. 60 IN TLSA 3 1 1 "
    "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef\n"
    "default._bimi." D " 60 IN TXT \"v=BIMI1; l=https://good.example/logo.svg; a=\"\n"
    "*._report._dmarc.reports.example. 60 IN TXT \"v=DMARC1; p=none\"\n"
    "reports.good.example. 60 IN A 192.0.2.8\n"
    "other.example. 60 IN A 192.0.2.9\n"
    "a.spare.example. 60 IN A 192.0.2.7\n"
    "x.five.example. 60 IN TXT \"v=spf1 a:a.spare.example a:a.spare.example a:a.spare.example "
    "a:a.spare.example a:a.spare.example ip4:203.0.113.9 -all\"\n";

static const struct {
    const char *zone;
    const char *expected; /* check:result of all that is no pass, in order; | and the records that mend it */
} faults[] = {
    /* SPF */
    {SPF("ip4:192.0.2.5 ~all") SPF("mx -all"),
     "spf:permerror dmarc:unchecked spf:two-records | good.example v=spf1 ip4:192.0.2.5 mx ~all"},
    {SPF("ip:192.0.2.5 mx -all"),
     "spf:permerror dmarc:unchecked spf:syntax | good.example v=spf1 ip4:192.0.2.5 mx -all"},
    {SPF("ip4=192.0.2.5 include= _spf.provider.example, - all"),
     "spf:permerror dmarc:unchecked spf:syntax | good.example v=spf1 ip4:192.0.2.5 "
     "include:_spf.provider.example -all"},
    {SPF("ip4=192.0.2.5 mx include=_spf.provider.example -all"),
     "spf:ignored-term spf:ignored-term | good.example v=spf1 ip4:192.0.2.5 mx include:_spf.provider.example "
     "-all"},
    {SPF("ip4:mail.good.example ip6:192.0.2.5 a:192.0.2.5 192.0.2.5 include:https://_spf.provider.example/ "
         "redirect:x.five.example"),
     "spf:permerror dmarc:unchecked spf:syntax | good.example v=spf1 a:mail.good.example ip4:192.0.2.5 "
     "include:_spf.provider.example redirect=x.five.example"},
    {SPF("ip4:192.0.2.5 ip4:203.0.113/24 ip4:198.51.100.* -al"),
     "spf:permerror dmarc:unchecked spf:syntax | good.example v=spf1 ip4:192.0.2.5 ip4:203.0.113.0/24 "
     "ip4:198.51.100.0/24 -all"},
    {SPF("ip4:192.0.2.5 all~"),
     "spf:permerror dmarc:unchecked spf:syntax | good.example v=spf1 ip4:192.0.2.5 ~all"},
    {SPF("ip4:192.0.2.5 ip4:203.0.113.8-203.0.113.15 ip6:[2001:db8:5::7] --all"),
     "spf:permerror dmarc:unchecked spf:syntax | good.example v=spf1 ip4:192.0.2.5 ip4:203.0.113.8/29 "
     "ip6:2001:db8:5::7 -all"},
    {SPF("ip4:192.0.2.5,203.0.113.9 ip4:203.0.113.16:25 -any"),
     "spf:permerror dmarc:unchecked spf:syntax | good.example v=spf1 ip4:192.0.2.5 ip4:203.0.113.9 "
     "ip4:203.0.113.16 -all"},
    {SPF("ip4:192.0.2.5 exists:%i._spf.good.example -allgoogle-site-verification=abc"),
     "spf:permerror dmarc:unchecked spf:syntax | good.example v=spf1 ip4:192.0.2.5 "
     "exists:%{i}._spf.good.example -all"},
    {SPF("ip4:192.0.2.5 -allv=spf1 include:_spf.provider.example ~all"),
     "spf:permerror dmarc:unchecked spf:syntax spf:behind-all spf:version-again | good.example v=spf1 "
     "ip4:192.0.2.5 "
     "include:_spf.provider.example ~all"},
    {SPF("ip4:192.0.2.5 include:_spf.provider.example,gone.example -all"),
     "spf:ignored-term spf:dead-include | good.example v=spf1 ip4:192.0.2.5 include:_spf.provider.example "
     "include:gone.example -all"},
    {SPF("ip4:192.0.2.5 -all v=DMARC1; p=reject"),
     "spf:other-record | good.example v=spf1 ip4:192.0.2.5 -all"},
    {SPF("ip4:192.0.2.5 include _spf.provider.example ip4 203.0.113.9 -all"),
     "spf:permerror dmarc:unchecked spf:syntax | good.example v=spf1 ip4:192.0.2.5 "
     "include:_spf.provider.example ip4:203.0.113.9 -all"},
    {SPF("ip4:192.0.2.5 include:_spf. provider.example -all"),
     "spf:permerror dmarc:unchecked spf:syntax | good.example v=spf1 ip4:192.0.2.5 "
     "include:_spf.provider.example -all"},
    {AT(D, "v=spf2 ip4:192.0.2.5 -all"),
     "spf:none dmarc:unchecked spf:unread-record | good.example v=spf1 ip4:192.0.2.5 -all"},
    {";! NODATA good.example. TXT\n", "spf:none dmarc:unchecked | good.example v=spf1 ip4:192.0.2.5 ~all"},
    {SPF("~ip4:192.0.2.5 -all"), "spf:softfail dmarc:unchecked | good.example v=spf1 ip4:192.0.2.5 -all"},
    {D " 60 IN TXT \"@ IN TXT \\\"v=spf1 ip4:192.0.2.5 -all\\\"\"\n",
     "spf:none dmarc:unchecked spf:unread-record | good.example v=spf1 ip4:192.0.2.5 -all"},
    {";! NODATA good.example. TXT\n" AT(D D, "v=spf1 ip4:192.0.2.5 -all"),
     "spf:none dmarc:unchecked spf:misplaced | good.example v=spf1 ip4:192.0.2.5 -all"},
    {";! NODATA good.example. TXT\n" AT("www." D, "v=spf1 ip4:192.0.2.5 -all"),
     "spf:none dmarc:unchecked spf:misplaced | good.example v=spf1 ip4:192.0.2.5 -all"},
    {SPF("ip4:192.0.2.5 inculde:_spf.provider.example -all"),
     "spf:permerror dmarc:unchecked spf:syntax | good.example v=spf1 ip4:192.0.2.5 "
     "include:_spf.provider.example -all"},
    {SPF("ip4:192.0.2.5 redirct=_spf.provider.example"),
     "spf:no-all spf:ignored-term | good.example v=spf1 ip4:192.0.2.5 redirect=_spf.provider.example"},
    {AT(D, "v=spf1;ip4:192.0.2.5 -all"),
     "spf:none dmarc:unchecked spf:unread-record | good.example v=spf1 ip4:192.0.2.5 -all"},
    {AT(D, " v=spf1 ip4:192.0.2.5 -all"),
     "spf:none dmarc:unchecked spf:unread-record | good.example v=spf1 ip4:192.0.2.5 -all"},
    {AT(D, "ip4:192.0.2.5 mx -all"),
     "spf:none dmarc:unchecked spf:unread-record | good.example v=spf1 ip4:192.0.2.5 mx -all"},
    {AT(D, "spf2.0/mfrom,pra ip4:192.0.2.5 ~all"),
     "spf:none dmarc:unchecked spf:unread-record | good.example v=spf1 ip4:192.0.2.5 ~all"},
    {";! NODATA good.example. TXT\n" AT("_spf." D, "v=spf1 ip4:192.0.2.5 -all"),
     "spf:none dmarc:unchecked spf:misplaced | good.example v=spf1 ip4:192.0.2.5 -all"},
    {D " 60 IN TXT \"v=spf1 ip4:192.0.2.5\" \"include:_spf.provider.example~all\"\n",
     "spf:permerror dmarc:unchecked spf:syntax | good.example v=spf1 ip4:192.0.2.5 "
     "include:_spf.provider.example ~all"},
    {SPF("ip4:192.0.2.5 \xe2\x80\x93"
         "all"),
     "spf:permerror dmarc:unchecked spf:syntax | good.example v=spf1 ip4:192.0.2.5 -all"},
    {SPF("ip4:192.0.2.50 -all"),
     "spf:fail dmarc:unchecked | good.example v=spf1 ip4:192.0.2.5 ip4:192.0.2.50 -all"},
    {SPF("ip4:192.0.2.5 mx:many.example -all") "many.example. 60 IN MX 1 a.spare.example.\nmany.example. 60 "
                                               "IN MX 2 a.spare.example.\n"
                                               "many.example. 60 IN MX 3 a.spare.example.\nmany.example. 60 "
                                               "IN MX 4 a.spare.example.\n"
                                               "many.example. 60 IN MX 5 a.spare.example.\nmany.example. 60 "
                                               "IN MX 6 a.spare.example.\n"
                                               "many.example. 60 IN MX 7 a.spare.example.\nmany.example. 60 "
                                               "IN MX 8 a.spare.example.\n"
                                               "many.example. 60 IN MX 9 a.spare.example.\nmany.example. 60 "
                                               "IN MX 10 a.spare.example.\n"
                                               "many.example. 60 IN MX 11 a.spare.example.\n",
     "spf:too-many-hosts | good.example v=spf1 ip4:192.0.2.5 -all"},
    {SPF("include:x.five.example include:_spf.provider.example include:x.five.example -all"),
     "spf:permerror dmarc:unchecked spf:repeated-term spf:too-many-lookups | good.example v=spf1 "
     "ip4:192.0.2.5 "
     "include:x.five.example include:_spf.provider.example -all"},
    {SPF("include:x.five.example include:y.five.example -all")
         AT("y.five.example.", "v=spf1 include:x.five.example -all"),
     "spf:permerror dmarc:unchecked spf:too-many-lookups | good.example v=spf1 ip4:192.0.2.7 ip4:203.0.113.9 "
     "-all"},
    {SPF("include:loop.example ip4:192.0.2.5 -all") AT("loop.example.", "v=spf1 include:good.example -all"),
     "spf:permerror dmarc:unchecked spf:loop | good.example v=spf1 ip4:192.0.2.5 -all"},
    {SPF("ip4:192.0.2.5 include:good.example -all"), "spf:loop | good.example v=spf1 ip4:192.0.2.5 -all"},
    {SPF("ip4:192.0.2.5 include:gone.example -all"),
     "spf:dead-include | good.example v=spf1 ip4:192.0.2.5 -all"},
    {SPF("ip4:192.0.2.5 include:a.spare.example -all"),
     "spf:dead-include | good.example v=spf1 ip4:192.0.2.5 -all"},
    {SPF("ip4:192.0.2.5 include:bad.example -all") AT("bad.example.", "v=spf1 ip:1.2.3.4 -all"),
     "spf:broken-include | good.example v=spf1 ip4:192.0.2.5 -all"},
    {SPF("ip4:192.0.2.5 include:bad.example -all") AT("bad.example.", "v=spf1 -all")
         AT("bad.example.", "v=spf1 ~all"),
     "spf:broken-include | good.example v=spf1 ip4:192.0.2.5 -all"},
    {SPF("redirect=gone.example"),
     "spf:permerror dmarc:unchecked spf:dead-include | good.example v=spf1 ip4:192.0.2.5 ~all"},
    {SPF("ip4:192.0.2.5 +all"), "spf:pass-all | good.example v=spf1 ip4:192.0.2.5 ~all"},
    {SPF("ip4:192.0.2.5 all"), "spf:pass-all | good.example v=spf1 ip4:192.0.2.5 ~all"},
    {SPF("ip4:192.0.2.5 ?all"), "spf:neutral-all | good.example v=spf1 ip4:192.0.2.5 ~all"},
    {SPF("ip4:192.0.2.5"), "spf:no-all | good.example v=spf1 ip4:192.0.2.5 ~all"},
    {SPF("ptr ip4:192.0.2.5 -all"), "spf:ptr | good.example v=spf1 ip4:192.0.2.5 -all"},
    {SPF("ip4:192.0.2.5 ip4:198.0.0.0/8 -all"), "spf:huge-network | good.example v=spf1 ip4:192.0.2.5 -all"},
    {SPF("ip4:192.0.2.5 ip4:0.0.0.0/0 -all"), "spf:huge-network | good.example v=spf1 ip4:192.0.2.5 -all"},
    {SPF("ip4:0.0.0.0/0 -all"), "spf:huge-network | good.example v=spf1 ip4:192.0.2.5 -all"},
    {SPF("ip4:192.0.2.5 mx/0 -all"), "spf:huge-network | good.example v=spf1 ip4:192.0.2.5 mx -all"},
    {SPF("ip4:192.0.2.5 a:mail.good.example/8//16 -all"),
     "spf:huge-network | good.example v=spf1 ip4:192.0.2.5 a:mail.good.example -all"},
    {SPF("+all"), "spf:pass-all | good.example v=spf1 ip4:192.0.2.5 ~all"},
    {AT(D, "v=spf1,ip4:192.0.2.5,-all"),
     "spf:none dmarc:unchecked spf:unread-record | good.example v=spf1 ip4:192.0.2.5 -all"},
    {SPF("ip4:192.0.2.5 include:https://_spf.provider.example -all"),
     "spf:ignored-term spf:dead-include | good.example v=spf1 ip4:192.0.2.5 include:_spf.provider.example "
     "-all"},
    {SPF("a:http://mail.good.example -all"), "spf:fail dmarc:unchecked spf:ignored-term spf:void-lookup | "
                                             "good.example v=spf1 ip4:192.0.2.5 a:mail.good.example -all"},
    {SPF("ip4:192.0.2.5 ip6:2001::/16 -all"), "spf:huge-network | good.example v=spf1 ip4:192.0.2.5 -all"},
    {SPF("ip4:192.0.2.5 ip4:192.168.1.0/24 -all"),
     "spf:private-network | good.example v=spf1 ip4:192.0.2.5 -all"},
    {SPF("ip4:192.0.2.5 v=spf1 -all"), "spf:version-again | good.example v=spf1 ip4:192.0.2.5 -all"},
    {SPF("ip4:192.0.2.5 -all mx"), "spf:behind-all | good.example v=spf1 ip4:192.0.2.5 mx -all"},
    {SPF("ip4:192.0.2.5 -all redirect=x.five.example"),
     "spf:redirect-and-all | good.example v=spf1 ip4:192.0.2.5 -all"},
    {SPF("ip4:192.0.2.5 a:gone.example -all"), "spf:void-lookup | good.example v=spf1 ip4:192.0.2.5 -all"},
    /* what stands behind the first error */
    {SPF("ip:192.0.2.5 ptr ip4:198.51.0.0/15 ip6:192.0.2.9 -all include:gone.example"),
     "spf:permerror dmarc:unchecked spf:syntax spf:behind-all spf:ptr spf:huge-network | good.example v=spf1 "
     "ip4:192.0.2.5 ip4:192.0.2.9 include:gone.example -all"},
    {SPF("ip4:192.0.2.5 -all") SPF("include:gone.example ~all"),
     "spf:permerror dmarc:unchecked spf:two-records spf:dead-include | good.example v=spf1 ip4:192.0.2.5 "
     "~all"},
    {AT(D, "v=spf1; ip4:192.0.2.5 ptr ?all"),
     "spf:none dmarc:unchecked spf:unread-record spf:neutral-all spf:ptr | good.example v=spf1 ip4:192.0.2.5 "
     "~all"},
    {AT(D, "\xe2\x80\x9cv=spf1 ip4:192.0.2.5 \xe2\x80\x93"
           "all\xe2\x80\x9d"),
     "spf:none dmarc:unchecked spf:unread-record | good.example v=spf1 ip4:192.0.2.5 -all"},
    {SPF("include:x.five.example include:y.five.example ip4:0.0.0.0/2 -all")
         AT("y.five.example.", "v=spf1 include:x.five.example -all"),
     "spf:permerror dmarc:unchecked spf:huge-network spf:too-many-lookups | good.example v=spf1 "
     "ip4:192.0.2.7 ip4:203.0.113.9 -all"},
    {D " 60 IN CNAME web.host.example.\nweb.host.example. 60 IN A 192.0.2.80\n" D
       " 60 IN MX 10 mail.good.example.\n" SPF("ip4:192.0.2.5 -all"),
     "mx:alias-beside"},
    {SPF("ip4:192.0.2.5 exists:gone.example -all"),
     "spf:void-lookup | good.example v=spf1 ip4:192.0.2.5 -all"},
    {SPF("ip4:192.0.2.5 include:x.example -all") AT("x.example.", "v=spf1 include:y.example -all")
         AT("y.example.", "v=spf1 ip4:0.0.0.0/1 -all"),
     "spf:pass-all | good.example v=spf1 ip4:192.0.2.5 -all"},
    {SPF("ip4:192.0.2.5 include:x.example -all") AT("x.example.", "v=spf1 +all"),
     "spf:pass-all | good.example v=spf1 ip4:192.0.2.5 -all"},
    {SPF("include:gone.example include:_spf.provider.example -all"),
     "spf:permerror dmarc:unchecked spf:dead-include | good.example v=spf1 ip4:192.0.2.5 "
     "include:_spf.provider.example -all"},
    {SPF("include:gone.example include:ours.example -all")
         AT("ours.example.", "v=spf1 ip4:192.0.2.0/28 -all"),
     "spf:permerror dmarc:unchecked spf:dead-include | good.example v=spf1 include:ours.example -all"},
    {SPF("include:gone.example mx -all"),
     "spf:permerror dmarc:unchecked spf:dead-include | good.example v=spf1 mx -all"},
    {SPF("include:gone.example exists:%{i}.ours.example -all"),
     "spf:permerror dmarc:unchecked spf:dead-include | good.example v=spf1 exists:%{i}.ours.example -all"},
    {SPF("ip4:192.0.2.5 include:_spf.provider.example mx INCLUDE:_spf.provider.example mx -all"),
     "spf:repeated-term spf:repeated-term | good.example v=spf1 ip4:192.0.2.5 include:_spf.provider.example "
     "mx "
     "-all"},
    {SPF("ip4:192.0.2.5 include:x.example -all") AT("x.example.", "v=spf1 ptr:x.example -all"), "spf:ptr"},
    {SPF("ip4:192.0.2.5 exp=why.good.example -all"),
     "spf:explanation | good.example v=spf1 ip4:192.0.2.5 -all"},
    {SPF("ip4:192.0.2.5 exp=why.%{d} -all") AT("why." D, "one") AT("why." D, "two"),
     "spf:explanation | good.example v=spf1 ip4:192.0.2.5 -all"},
    {SPF("ip4:192.0.2.5 exp=why.%{d} -all") AT("why." D, "%{z} is not ours"),
     "spf:explanation | good.example v=spf1 ip4:192.0.2.5 -all"},
    {SPF("ip4:192.0.2.5 exp=why.%{d} -all") AT("why." D, "%{i} is no server of ours"), ""},
    {SPF("ip4:192.0.2.5 exp=%{l}.why.good.example -all"), ""},
    {";! NODATA good.example. TXT\n" D " 60 IN SPF \"v=spf1 ip4:192.0.2.5 -all\"\n",
     "spf:none dmarc:unchecked spf:old-type | good.example v=spf1 ip4:192.0.2.5 -all"},
    {D " 60 IN SPF \"v=spf1 ip4:192.0.2.9 -all\"\n", ""},
    /* DMARC */
    {DMARC("v=DMARC1; p=reject; rua=https://good.example/d"), "dmarc:no-mail-address"},
    {DMARC("v=DMARC1; p=reject; sp=rejct; rua=d@good.example"),
     "dmarc:none dmarc:broken-record dmarc:report-address bimi:policy | _dmarc.good.example v=DMARC1; "
     "p=reject; "
     "rua=mailto:d@good.example"},
    {DMARC("v=DMARC1; p=reject; rua=mailto:d@good.example!10x"),
     "dmarc:report-address | _dmarc.good.example v=DMARC1; p=reject; rua=mailto:d@good.example"},
    {";! NXDOMAIN _dmarc.good.example.\n" AT("_dmarc._dmarc." D,
                                             "v=DMARC1; p=reject; rua=mailto:d@good.example"),
     "dmarc:none dmarc:misplaced | _dmarc.good.example v=DMARC1; p=reject; rua=mailto:d@good.example"},
    {"_dmarc." D " 60 IN CNAME d.provider.example.\n" DMARC("v=DMARC1; p=reject; rua=mailto:d@good.example"),
     "dmarc:alias-beside"},
    {DMARC("v=DMARC1; p=none; rua=mailto:d@good.example"),
     "dmarc:policy-none bimi:policy | _dmarc.good.example v=DMARC1; p=quarantine; rua=mailto:d@good.example"},
    {DMARC("v=DMARC1; p=reject; sp=none; rua=mailto:d@good.example"),
     "dmarc:subdomains bimi:policy | _dmarc.good.example v=DMARC1; p=reject; rua=mailto:d@good.example"},
    {DMARC("v=DMARC1; p=reject; np=none; rua=mailto:d@good.example"),
     "dmarc:nonexistent | _dmarc.good.example v=DMARC1; p=reject; rua=mailto:d@good.example"},
    {DMARC("v=DMARC1; p=reject"),
     "dmarc:no-reports | _dmarc.good.example v=DMARC1; p=reject; rua=mailto:postmaster@good.example"},
    {DMARC("v=DMARC1; p=reject; rua=maito:d@good.example"),
     "dmarc:report-address | _dmarc.good.example v=DMARC1; p=reject; rua=mailto:d@good.example"},
    {DMARC("v=DMARC1; p=reject; rua=d@good.example"),
     "dmarc:report-address | _dmarc.good.example v=DMARC1; p=reject; rua=mailto:d@good.example"},
    {DMARC("v=DMARC1; p=reject; rua=mailto://d@good.example"),
     "dmarc:report-address | _dmarc.good.example v=DMARC1; p=reject; rua=mailto:d@good.example"},
    {DMARC("v=DMARC1; p=reject; rua=mailto:d@good.example mailto:e@good.example"),
     "dmarc:report-address | _dmarc.good.example v=DMARC1; p=reject; "
     "rua=mailto:d@good.example,mailto:e@good.example"},
    {DMARC("v=DMARC1; p=reject; rua=mailto:d@good.example; mailto:e@good.example"),
     "dmarc:syntax | _dmarc.good.example v=DMARC1; p=reject; "
     "rua=mailto:d@good.example,mailto:e@good.example"},
    {DMARC("v=DMARC1; p=\xe2\x80\x9creject\xe2\x80\x9d; rua=mailto:d@good.example"),
     "dmarc:syntax bimi:policy | _dmarc.good.example v=DMARC1; p=reject; rua=mailto:d@good.example"},
    {AT("_dmarc." D, "v=spf1 -all"), "dmarc:none dmarc:other-record | _dmarc.good.example v=DMARC1; p=none; "
                                     "rua=mailto:postmaster@good.example"},
    {"_dmarc." D " 60 IN CNAME gone.provider.example.\n",
     "dmarc:none dmarc:dangling-alias | _dmarc.good.example v=DMARC1; p=none; "
     "rua=mailto:postmaster@good.example"},
    {";! NXDOMAIN _dmarc.good.example.\n" AT("dmarc." D, "v=DMARC1; p=reject; rua=mailto:d@good.example"),
     "dmarc:none dmarc:misplaced | _dmarc.good.example v=DMARC1; p=reject; rua=mailto:d@good.example"},
    {DMARC("v=DMARC1; p=reject; rua=mailto: d@good.example"),
     "dmarc:report-address | _dmarc.good.example v=DMARC1; p=reject; rua=mailto:d@good.example"},
    {DMARC("v=DMARC1; p=reject; rua=mailto:d@good.example; rua=mailto:e@good.example"),
     "dmarc:none dmarc:broken-record | _dmarc.good.example v=DMARC1; p=reject; "
     "rua=mailto:d@good.example,mailto:e@good.example"},
    {DMARC("v=DMARC1; p=reject; rua=mailto:d@gone.good.example; ruf=mailto:e@gone.good.example"),
     "dmarc:report-domain"},
    {DMARC("v=DMARC1; p=reject; rua=mailto:d@good.example,mailto:d@reports.example") "reports.example. 60 IN "
                                                                                     "MX 0 .\n",
     "dmarc:report-domain"},
    {DMARC("v=DMARC1; p=reject; rua=mailto:d@text.good.example") AT("text." D, "no host"),
     "dmarc:report-domain"},
    {DMARC("v=DMARC1; p=reject; rua=mailto:d@other.example"),
     "dmarc:reports-not-authorised | good.example._report._dmarc.other.example v=DMARC1;"},
    {DMARC("v=DMARC1; p=reject; rua=mailto:d@good.example; pct=50"),
     "dmarc:percent | _dmarc.good.example v=DMARC1; p=reject; rua=mailto:d@good.example"},
    {DMARC("v=DMARC1; p=reject; rua=mailto:d@good.example; t=y"),
     "dmarc:testing | _dmarc.good.example v=DMARC1; p=reject; rua=mailto:d@good.example"},
    {DMARC("v=DMARC1; p=reject; psd=y; rua=mailto:d@good.example"),
     "dmarc:psd | _dmarc.good.example v=DMARC1; p=reject; rua=mailto:d@good.example"},
    {DMARC("v=DMARC1 p=reject rua=mailto:d@good.example"),
     "dmarc:none dmarc:broken-record | _dmarc.good.example v=DMARC1; p=reject; rua=mailto:d@good.example"},
    {DMARC("v=dmarc1; p=reject; rua=mailto:d@good.example"),
     "dmarc:none dmarc:broken-record | _dmarc.good.example v=DMARC1; p=reject; rua=mailto:d@good.example"},
    {DMARC("p=reject; v=DMARC1; rua=mailto:d@good.example"),
     "dmarc:none dmarc:broken-record | _dmarc.good.example v=DMARC1; p=reject; rua=mailto:d@good.example"},
    {DMARC("v=DMARC1; p=reject; rua=mailto:d@good.example") DMARC("v=DMARC1; p=none"),
     "dmarc:none dmarc:broken-record | _dmarc.good.example v=DMARC1; p=reject; rua=mailto:d@good.example"},
    {DMARC("v=DMARC1; p=reject; p=none; rua=mailto:d@good.example"),
     "dmarc:none dmarc:broken-record | _dmarc.good.example "
     "v=DMARC1; p=none; rua=mailto:d@good.example"},
    {DMARC("v=DMARC1; p=rejct"),
     "dmarc:none dmarc:broken-record dmarc:no-reports bimi:policy | _dmarc.good.example v=DMARC1; p=reject; "
     "rua=mailto:postmaster@good.example"},
    {DMARC("v=DMARC1; p=rejct; rua=mailto:d@good.example"),
     "dmarc:syntax bimi:policy | _dmarc.good.example v=DMARC1; p=reject; rua=mailto:d@good.example"},
    {DMARC("v=DMARC1; p=reject; rua=mailto:d@good.example; adkim=strict"),
     "dmarc:syntax | _dmarc.good.example v=DMARC1; p=reject; rua=mailto:d@good.example"},
    {DMARC("v=DMARC1; p=reject; rua=mailto:d@good.example; polcy=x"),
     "dmarc:unknown-tag | _dmarc.good.example v=DMARC1; p=reject; rua=mailto:d@good.example"},
    {";! NXDOMAIN _dmarc.good.example.\n" SPF("ip4:192.0.2.5 -all")
         AT(D, "v=DMARC1; p=reject; rua=mailto:d@good.example"),
     "dmarc:none dmarc:misplaced | _dmarc.good.example v=DMARC1; p=reject; rua=mailto:d@good.example"},
    {";! NXDOMAIN _dmarc.good.example.\n_dmarc.good.example.good.example. 60 IN TXT \"v=DMARC1; p=reject; "
     "rua=mailto:d@good.example\"\n",
     "dmarc:none dmarc:misplaced | _dmarc.good.example v=DMARC1; p=reject; rua=mailto:d@good.example"},
    {DMARC("v=DMARC1; p:reject; rua:mailto:d@good.example"),
     "dmarc:none dmarc:broken-record bimi:policy | _dmarc.good.example v=DMARC1; p=reject; "
     "rua=mailto:d@good.example"},
    {DMARC("v=DMARC1; p=reject; rua=mailto:d@good.example e@good.example"),
     "dmarc:report-address | _dmarc.good.example v=DMARC1; p=reject; "
     "rua=mailto:d@good.example,mailto:e@good.example"},
    {DMARC("v=DMARC1; p='reject'; rua='mailto:d@good.example'"),
     "dmarc:none dmarc:broken-record bimi:policy | _dmarc.good.example v=DMARC1; p=reject; "
     "rua=mailto:d@good.example"},
    {DMARC("v=DMARC1; p=reject; rua=mailto:mailto:d@good.example"),
     "dmarc:report-address | _dmarc.good.example v=DMARC1; p=reject; rua=mailto:d@good.example"},
    {DMARC("v=DMARC1; p=reject; rua=mailto:<d@good.example>"),
     "dmarc:report-address | _dmarc.good.example v=DMARC1; p=reject; rua=mailto:d@good.example"},
    {DMARC("v=DMARC1; p=reject; rua=mailto:d@good.examplev=DMARC1; p=reject; rua=mailto:e@good.example"),
     "dmarc:none dmarc:broken-record | _dmarc.good.example v=DMARC1; p=reject; "
     "rua=mailto:d@good.example,mailto:e@good.example"},
    /* DKIM */
    {";! NODATA mail._domainkey.good.example. TXT\n_domainkey." D " 60 IN TXT {2048}\n", "dkim:misplaced"},
    {"mail._domainkey." D " 60 IN TXT {512}\n", "dkim:short-key"},
    {"mail._domainkey." D " 60 IN TXT {1024}\n", "dkim:weak-key"},
    {"mail._domainkey." D " 60 IN TXT {2048 t=y; }\n",
     "dkim:testing | mail._domainkey.good.example v=DKIM1; k=rsa; p=MII"},
    {"mail._domainkey." D " 60 IN TXT {2048 h=sha1; }\n",
     "dkim:sha1-only | mail._domainkey.good.example v=DKIM1; k=rsa; p=MII"},
    {"mail._domainkey." D " 60 IN TXT {ed}\n", "dkim:ed25519-only"},
    {"mail._domainkey." D " 60 IN TXT \"v=DKIM1; p=\"\n", "dkim:only-revoked"},
    {"mail._domainkey." D " 60 IN CNAME gone.provider.example.\n", "dkim:dangling-alias"},
    {"mail._domainkey." D " 60 IN TXT \"v=DKIM1; p=MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8A\"\n", "dkim:bad-key"},
    {"mail._domainkey." D " 60 IN TXT \"v=DKIM1\\\\; k=rsa\\\\; p=MIIB\"\n", "dkim:bad-key"},
    {";! NODATA mail._domainkey.good.example. TXT\n" AT("s1._domainkey." D, "v=spf1 -all")
         AT("s2._domainkey." D, "v=spf1 -all"),
     "dkim:bad-key"},
    {AT("mail._domainkey." D, "mail._domainkey IN TXT ( \\\"v=DKIM1; k=ed25519; \\\" "
                              "\\\"p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=\\\" )  ; ----- DKIM key"),
     "dkim:bad-key | mail._domainkey.good.example v=DKIM1; k=ed25519; "
     "p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo="},
    /* MX */
    {D " 60 IN MX 10 alias.good.example.\nalias.good.example. 60 IN CNAME mail.good.example.\n",
     "mx:mx-alias | good.example 10 mail.good.example."},
    {D " 60 IN MX 10 192.0.2.5.\n", "mx:no-address mx:mx-address"},
    {D " 60 IN MX 10 mail.good.example.good.example.\n",
     "mx:no-address mx:mx-doubled | good.example 10 mail.good.example."},
    {D " 60 IN MX 10 mail.good.example.\n" D " 60 IN MX 20 gone.good.example.\n",
     "mx:partly tls:tlsa-partly | good.example 10 mail.good.example."},
    {D " 60 IN MX 10 localhost.\n", "mx:no-address mx:mx-internal"},
    {AT("mail._domainkey." D, "v=dkim1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo="),
     "dkim:bad-key | mail._domainkey.good.example v=DKIM1; k=ed25519; "
     "p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo="},
    {AT("mail._domainkey." D, "v=DKIM1; k=ed; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo="),
     "dkim:bad-key | mail._domainkey.good.example v=DKIM1; k=ed25519; "
     "p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo="},
    {"mail.good.example. 60 IN A 127.0.0.1\n",
     "ptr:mismatch helo:other-address mx:mx-private | mail.good.example 192.0.2.5"},
    {D " 60 IN MX 10 inside.good.example.\ninside.good.example. 60 IN A 10.0.0.1\n", "mx:mx-private"},
    {D " 60 IN MX 0 .\n", "mx:null-mx mx:null-mx"},
    {D " 60 IN MX 0 .\n" D " 60 IN MX 10 mail.good.example.\n",
     "mx:null-mx | good.example 10 mail.good.example."},
    /* the server */
    {"mail.good.example. 60 IN AAAA 2001:db8:1::5\n", "helo:no-ptr"},
    {"mail.good.example. 60 IN AAAA 2001:db8:2::5\n"
     "5.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.2.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa. 60 IN PTR "
     "mail.good.example.\n",
     "helo:spf"},
    {";! NXDOMAIN 5.2.0.192.in-addr.arpa.\n", "ptr:none | 5.2.0.192.in-addr.arpa mail.good.example."},
    {"5.2.0.192.in-addr.arpa. 60 IN PTR mail.good.example.\n"
     "5.2.0.192.in-addr.arpa. 60 IN PTR old.good.example.\n",
     "ptr:stale-name"},
    {"5.2.0.192.in-addr.arpa. 60 IN PTR mail.good.example.2.0.192.in-addr.arpa.\n",
     "ptr:mismatch | 5.2.0.192.in-addr.arpa mail.good.example."},
    {"5.2.0.192.in-addr.arpa. 60 IN PTR static-192-0-2-5.isp.example.\nstatic-192-0-2-5.isp.example. 60 IN A "
     "192.0.2.5\n",
     "ptr:generic | 5.2.0.192.in-addr.arpa mail.good.example."},
    {"mail.good.example. 60 IN A 192.0.2.99\n",
     "ptr:mismatch helo:other-address | mail.good.example 192.0.2.5"},
    /* TLS */
    {";! NXDOMAIN mta-sts.good.example.\n", "tls:sts-host"},
    {";! NXDOMAIN _mta-sts." D "\n", "tls:sts-record | _mta-sts.good.example v=STSv1; id=1;"},
    {";! NXDOMAIN _mta-sts." D "\n*." D " 60 IN A 192.0.2.98\n", ""},
    {"_smtp._tls." D " 60 IN TXT \"v=TLSRPTv1; rua=mailto:t@rep.example\"\nrep.example. 60 IN MX 0 .\n",
     "tls:report-domain"},
    {"_mta-sts." D " 60 IN CNAME _mta-sts.gone.example.\n", "tls:dangling-alias"},
    {"_mta-sts." D " 60 IN TXT \"v=STSv1; id=2026-11-01\"\n",
     "tls:sts-id | _mta-sts.good.example v=STSv1; id=20261101;"},
    {"_mta-sts." D " 60 IN TXT \"v=STSv1;\"\n", "tls:sts-id | _mta-sts.good.example v=STSv1; id=1;"},
    {"_mta-sts." D " 60 IN TXT \"v=STSv1; id=1\"\n_mta-sts." D " 60 IN TXT \"v=STSv1; id=2\"\n",
     "tls:several-records | _mta-sts.good.example v=STSv1; id=1;"},
    {"_mta-sts." D " 60 IN TXT \"id=1; STSv1\"\n",
     "tls:broken-record | _mta-sts.good.example v=STSv1; id=1;"},
    {"_mta-sts." D " 60 IN TXT \"v=STS1; id=1\"\n",
     "tls:broken-record | _mta-sts.good.example v=STSv1; id=1;"},
    {AT("_mta-sts." D, "_mta-sts IN TXT \\\"v=STSv1; id=20260101\\\""),
     "tls:broken-record | _mta-sts.good.example v=STSv1; id=20260101;"},
    {"_smtp._tls." D " 60 IN TXT \"v=TLSRPT1; rua=mailto:tls@good.example\"\n",
     "tls:broken-record | _smtp._tls.good.example v=TLSRPTv1; rua=mailto:tls@good.example;"},
    {"_mta-sts." D " 60 IN TXT \"v=STSv1 id=20260101\"\n",
     "tls:broken-record | _mta-sts.good.example v=STSv1; id=20260101;"},
    {"_mta-sts." D " 60 IN TXT \"version: STSv1 mode: enforce\"\n",
     "tls:broken-record | _mta-sts.good.example v=STSv1; id=1;"},
    {"_smtp._tls." D " 60 IN TXT \"v=TLSRPTv1; rua=mailto:a@good.example; rua=mailto:b@good.example\"\n",
     "tls:syntax | _smtp._tls.good.example v=TLSRPTv1; rua=mailto:a@good.example,mailto:b@good.example;"},
    {"_smtp._tls." D " 60 IN TXT \"v=TLSRPTv1; rua=mailto:a@good.example; mailto:b@good.example\"\n",
     "tls:syntax | _smtp._tls.good.example v=TLSRPTv1; rua=mailto:a@good.example, mailto:b@good.example;"},
    {"_smtp._tls." D " 60 IN TXT \"v=TLSRPTv1;\"\n",
     "tls:report-address | _smtp._tls.good.example v=TLSRPTv1; rua=mailto:postmaster@good.example"},
    {"_smtp._tls." D " 60 IN TXT \"v=TLSRPTv1; rua=tls@good.example\"\n",
     "tls:report-address | _smtp._tls.good.example v=TLSRPTv1; rua=mailto:tls@good.example"},
    {"_25._tcp.mail.good.example. 60 IN TLSA 3 1 1 0123456789abcdef\n", "tls:tlsa"},
    {"_25._tcp.mail.good.example. 60 IN TLSA 4 1 1 "
     "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef\n",
     "tls:tlsa"},
    {"_25._tcp.mail.good.example. 60 IN TLSA 1 1 1 "
     "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef\n",
     "tls:tlsa"},
    {";! NXDOMAIN _smtp._tls.good.example.\n" AT("_tls." D, "v=TLSRPTv1; rua=mailto:t@good.example"),
     "tls:misplaced | _smtp._tls.good.example v=TLSRPTv1; rua=mailto:t@good.example;"},
    {";! NXDOMAIN _mta-sts.good.example.\n" AT("_mta-sts.good.example." D, "v=STSv1; id=1"),
     "tls:misplaced | _mta-sts.good.example v=STSv1; id=1;"},
    {D " 60 IN MX 10 mail.good.example.\n" D
       " 60 IN MX 20 mx2.good.example.\nmx2.good.example. 60 IN A 192.0.2.8\n",
     "tls:tlsa-partly"},
    {";! NXDOMAIN _25._tcp.mail.good.example.\n_25_tcp.mail.good.example. 60 IN TLSA 3 1 1 "
     "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef\n",
     "tls:tlsa-misplaced"},
    {";! NXDOMAIN _25._tcp.mail.good.example.\n_25._tcp.good.example. 60 IN TLSA 3 1 1 "
     "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef\n",
     "tls:tlsa-beside"},
    {";! NXDOMAIN _25._tcp.mail.good.example.\n_587._tcp.mail.good.example. 60 IN TLSA 3 1 1 "
     "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef\n",
     "tls:tlsa-port"},
    {D " 60 IN MX 10 mail_1.good.example.\nmail_1.good.example. 60 IN A 192.0.2.8\n"
       "_25._tcp.mail_1.good.example. 60 IN TLSA 3 1 1 "
       "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef\n",
     "mx:mx-underscore"},
    /* BIMI */
    {";! NXDOMAIN default._bimi.good.example.\n" AT("_bimi." D, "v=BIMI1; l=https://good.example/logo.svg"),
     "bimi:misplaced | default._bimi.good.example v=BIMI1; l=https://good.example/logo.svg;"},
    {"default._bimi." D " 60 IN TXT \"v=BIMI1; l=http://good.example/logo.svg\"\n",
     "bimi:http | default._bimi.good.example v=BIMI1; l=https://good.example/logo.svg; a=;"},
    {"default._bimi." D " 60 IN TXT \"v=BIMI1; l=logo.svg\"\n", "bimi:no-uri"},
    {"default._bimi." D " 60 IN TXT \"v=BIMI1; l=https://good.example/l.svg a=https://good.example/v.pem\"\n",
     "bimi:syntax | default._bimi.good.example v=BIMI1; l=https://good.example/l.svg; "
     "a=https://good.example/v.pem;"},
    {DMARC("v=DMARC1; p=quarantine; pct=50; rua=mailto:d@good.example"),
     "dmarc:percent bimi:policy | _dmarc.good.example v=DMARC1; p=quarantine; rua=mailto:d@good.example"},
    {"default._bimi." D " 60 IN TXT \"v=BIMI1; l=https://good.example/logo.PNG\"\n", "bimi:no-svg"},
    {"default._bimi." D " 60 IN TXT \"v=BIMI1; a=https://good.example/vmc.pem\"\n", "bimi:no-logo"},
    {"default._bimi." D " 60 IN TXT \"BIMI1; l=https://good.example/logo.svg\"\n",
     "bimi:broken-record | default._bimi.good.example v=BIMI1; l=https://good.example/logo.svg;"},
    {"default._bimi." D " 60 IN TXT \"v=BIMI1; l=https://good.example/logo.svg\"\n"
     "default._bimi." D " 60 IN TXT \"v=BIMI1; l=https://good.example/2.svg\"\n",
     "bimi:several-records | default._bimi.good.example v=BIMI1; l=https://good.example/logo.svg;"},
};

static const char *const controls[] = {
    "",
    SPF("redirect=_all.good.example") AT("_all." D, "v=spf1 ip4:192.0.2.5 -all"),
    SPF("a:mail.good.example mx ip4:192.0.2.5 ip6:2001:db8:1::/48 a:mail.good.example/28 ~all"),
    SPF("include:_spf.provider.example exists:%{i}._spf.good.example ip4:192.0.2.5 "
        "exp=why.good.example -all") AT("why." D, "%{i} may not send for %{d}"),
    SPF("ip4:192.0.2.5 include:x.five.example include:_spf.provider.example a:mail.good.example mx "
        "-all"), /* ten */
    AT(D, "V=SPF1 IP4:192.0.2.5 -ALL") AT(D, "google-site-verification=v=spf1"),
    SPF("ip4:192.0.2.5 ip4:198.51.0.0/17 ip6:2001:db8::/32 -all"),
    DMARC("v=DMARC1; p=reject; sp=quarantine; rua=mailto:d@good.example"),
    DMARC("v=DMARC1; p=quarantine; sp=reject; np=reject; adkim=s; aspf=s; rua=mailto:d@good.example; "
          "ruf=mailto:f@"
          "reports.good.example; fo=1:d:s; pct=100; ri=86400; rf=afrf"),
    DMARC("v=DMARC1;p=reject;rua=mailto:d@good.example!10m,https://good.example/dmarc;psd=n"),
    DMARC("v=DMARC1; p=reject; rua=mailto:d@other.example")
        AT("good.example._report._dmarc.other.example.", "v=DMARC1"),
    DMARC("v=DMARC1; p=reject; rua=mailto:d@reports.example"),
    "_dmarc." D " 60 IN CNAME good.dmarc.provider.example.\n" AT(
        "good.dmarc.provider.example.", "v=DMARC1; p=reject; rua=mailto:d@good.example"),
    "mail._domainkey." D " 60 IN CNAME k.provider.example.\nk.provider.example. 60 IN TXT {2048}\n",
    "mail._domainkey." D " 60 IN TXT {2048 t=s; h=sha256; s=email; n=note; }\ns1._domainkey." D
    " 60 IN TXT {ed}\n",
    "s1._domainkey." D " 60 IN TXT \"v=DKIM1; p=\"\n", /* a retired key */
    D " 60 IN MX 10 mail.good.example.\n" D
      " 60 IN MX 20 mx2.good.example.\nmx2.good.example. 60 IN A 192.0.2.8\n"
      "_25._tcp.mx2.good.example. 60 IN TLSA 2 0 2 "
      "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcd"
      "ef0123456789abcdef"
      "0123456789abcdef\n",
    "mail.good.example. 60 IN AAAA 2001:db8:1::5\n"
    "5.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.1.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa. 60 IN PTR "
    "mail.good.example.\n",
    "_mta-sts." D " 60 IN CNAME sts.provider.example.\n" AT(
        "sts.provider.example.",
        "v=STSv1;id=ABC1;") "mta-sts." D " 60 IN CNAME sts.provider.example.\nsts.provider.example. "
                            "60 IN A 192.0.2.20\n",
    ";! NXDOMAIN _mta-sts.good.example.\n;! NXDOMAIN mta-sts.good.example.\n;! NXDOMAIN "
    "_smtp._tls.good.example.\n;! NXDOMAIN "
    "default._bimi.good.example.\n",
    "_smtp._tls." D " 60 IN TXT \"v=TLSRPTv1;rua=https://good.example/tls,mailto:t@other.example\"\n",
    "default._bimi." D " 60 IN TXT \"v=BIMI1; l=; a=\"\n",
};

static const struct {
    const char *word;
    unsigned bits;
} keys[] = {{"{512", 512}, {"{1024", 1024}, {"{2048", 2048}, {"{ed", 0}};

/* Keys in the place of {2048 t=y; }. */
static const char *with_keys(EVP_PKEY *const *made, const char *zone, struct arena *arena) {
    struct slice text = slice_of(zone);
    for (size_t k = 0; k < ROWS(keys); k++) {
        size_t at;
        while ((at = slice_find(text, slice_of(keys[k].word))) < text.len) {
            struct slice rest = slice_from(text, at + strlen(keys[k].word));
            size_t end = slice_find_char(rest, '}');
            const char *tags = arena_string(arena, slice_from(slice_upto(rest, end), end > 0));
            text = arena_printf(arena, "%.*s%.*s%.*s", S(slice_upto(text, at)),
                                S(signer_record(made[k], tags, arena)), S(slice_from(rest, end + 1)));
        }
    }
    return arena_string(arena, text);
}

static void add_zone(struct snapshot *s, const char *zone) {
    struct file_errors errors = {.out = stderr};
    dns_file_read(snapshot_add(s, "zone"), slice_of(zone), &errors);
    assert_int_equal(errors.count, 0);
}

/* All that is no pass, and the records that mend it, each once. */
static struct slice found(const struct check_list *list, struct arena *arena) {
    struct slice text = SLICE_EMPTY;
    struct slice records = SLICE_EMPTY;
    for (const struct check *c = list->first; c; c = c->next) {
        bool is_none = slice_equal(c->result, SLICE("unknown"));
        if (c->outcome != CHECK_PASS && !is_none)
            text =
                arena_printf(arena, "%.*s%s%s:%.*s", S(text), text.len ? " " : "", c->kind->id, S(c->result));
        for (const struct proposal *p = c->proposals; p; p = p->next) {
            size_t key = slice_find(p->text, SLICE("p=MII")); /* each time another */
            struct slice record =
                arena_printf(arena, " | %.*s %.*s", S(p->name), S(slice_upto(p->text, key + 5)));
            if (slice_find(records, record) == records.len)
                records = arena_printf(arena, "%.*s%.*s", S(records), S(record));
        }
    }
    return arena_printf(arena, "%.*s%.*s", S(text), S(records));
}

static struct slice answers(const struct auth *auth, struct arena *arena) {
    size_t count;
    const struct bulk_row *rows = bulk_judge(auth, &count);
    struct slice text = SLICE_EMPTY;
    for (size_t i = 0; i < count; i++) {
        text = arena_printf(arena, "%.*s%c", S(text), "yn?"[rows[i].answer]);
        assert_int_equal(rows[i].text.len == 0, rows[i].answer == BULK_MET);
    }
    return text;
}

static void expect_found(EVP_PKEY *const *made, const char *zone, const char *expected, bool is_bulk) {
    struct arena arena = {0};
    struct auth auth;
    struct rulebase rules = {0};
    struct snapshot *snapshot = snapshot_new();
    add_zone(snapshot, with_keys(made, zone, &arena));
    add_zone(snapshot, with_keys(made, base, &arena));
    struct auth_tools tools = {.snapshot = snapshot, .rules = &rules};
    struct transaction s = {.ip = ip_of("192.0.2.5"),
                            .helo = SLICE("mail.good.example"),
                            .sender = SLICE("postmaster@good.example"),
                            .has_sender = true,
                            .from_domain = SLICE("good.example"),
                            .time = 1790000000};
    auth_open(&auth, &tools, &arena);
    auth_audit(&auth, &s, &tools, NULL, 0);
    expect_text(zone, is_bulk ? answers(&auth, &arena) : found(&auth.checks, &arena), expected);
    auth_close(&auth);
    arena_free(&arena);
    snapshot_free(snapshot);
}

/* The rules for bulk senders: y, n and ? for each row, in their order. */
static const struct {
    const char *zone, *expected;
} bulk[] = {
    {"", "yyyyyy????"},
    {SPF("-all"), "nyy?yy????"},
    {SPF("-all") "mail._domainkey." D " 60 IN TXT {512}\n", "nnynyy????"},
    {"mail._domainkey." D " 60 IN TXT {512}\n", "ynyyyy????"},
    {DMARC("v=DMARC1; p=none"), "yyyyyy????"},
    {DMARC("v=DMARC1 p=none"), "yyn?yy????"},
    {";! NXDOMAIN 5.2.0.192.in-addr.arpa.\n" D " 60 IN MX 0 .\n", "yyyynn????"},
};

static void test_rows(void **state) {
    EVP_PKEY *made[ROWS(keys)];
    (void)state;
    for (size_t k = 0; k < ROWS(keys); k++)
        made[k] = signer_key(keys[k].bits);
    for (size_t i = 0; i < ROWS(faults); i++)
        expect_found(made, faults[i].zone, faults[i].expected, false);
    for (size_t i = 0; i < ROWS(controls); i++)
        expect_found(made, controls[i], "", false);
    for (size_t i = 0; i < ROWS(bulk); i++)
        expect_found(made, bulk[i].zone, bulk[i].expected, true);
    for (size_t k = 0; k < ROWS(keys); k++)
        EVP_PKEY_free(made[k]);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_rows)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
