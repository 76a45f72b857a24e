/* What a domain asks of the TLS of senders. */
#include "analyze/auth/tls_check.h"
#include "tests/analyze/auth/on_zone.h"

#define STS    "_mta-sts.d.example. 1 IN TXT \"v=STSv1; id=1\"\n"
#define DANE   "d.example. 1 IN MX 10 mx.d.example.\n_25._tcp.mx.d.example. 1 IN TLSA 3 1 1 00aa\n"
#define REPORT "_smtp._tls.d.example. 1 IN TXT \"v=TLSRPTv1; rua=mailto:a@d.example\"\n"
#define ASKS   "d.example asks senders to use TLS and to check its certificate "
#define ON_WEB "; whether it enforces that is in its policy on the web, not in the DNS"

static const struct {
    const char *zone;
    bool is_known, is_tls;
    const char *expected;
} rows[] = {
    {";! complete\n", false, false,
     "pass none d.example: d.example does not require TLS of senders (no MTA-STS, no DANE)"},
    {";! complete\n" REPORT, false, false,
     "pass none d.example: d.example does not require TLS of senders (no MTA-STS, no DANE), and wants "
     "reports on it (TLS-RPT)"},
    {";! complete\n" STS, false, false, "pass mta-sts d.example: " ASKS "(MTA-STS)" ON_WEB},
    {";! complete\n" STS, true, true,
     "pass mta-sts d.example: " ASKS "(MTA-STS)" ON_WEB "; the hop to it used TLS"},
    {";! complete\n" STS, true, false,
     "warning mta-sts d.example: " ASKS "(MTA-STS)" ON_WEB "; but no TLS is noted for the hop to it"},
    {";! complete\n" DANE, false, false,
     "pass dane d.example: " ASKS "(DANE: TLSA records, binding only where DNSSEC signs them)"},
    {";! complete\n" STS DANE REPORT, false, false,
     "pass mta-sts+dane d.example: " ASKS "(MTA-STS and DANE: TLSA records, binding only where DNSSEC signs "
     "them), and wants reports on it (TLS-RPT)" ON_WEB},
    {"", false, false,
     "unchecked unchecked d.example: what d.example requires of TLS is not known: the snapshot does not say"},
    {";! complete\n;! SERVFAIL _mta-sts.d.example. TXT\n", false, false,
     "unchecked temperror d.example: what d.example requires of TLS is not known: its name servers failed"},
};

static void test_rows(void **state) {
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++) {
        struct transaction s = {.from_domain = SLICE("f.example"),
                                .recipient_domain = SLICE("d.example"),
                                .is_tls_known = rows[i].is_known,
                                .is_tls = rows[i].is_tls};
        expect_results(rows[i].zone, &tls_check, rows[i].zone, &s, NULL, rows[i].expected);
        s.from_domain = s.recipient_domain; /* counts where there is no recipient */
        s.recipient_domain = SLICE_EMPTY;
        expect_results(rows[i].zone, &tls_check, rows[i].zone, &s, NULL, rows[i].expected);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_rows)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
