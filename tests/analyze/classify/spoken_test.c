/* Providers that somebody's sentences name. */
#define _GNU_SOURCE
#include "analyze/classify/spoken.h"
#include "tests/analyze/rules.h"

static const struct {
    const char *text, *provider;
} rows[] = {
    {"Office365 returns the error 535 5.7.139", "microsoft365"},
    {"My helpdesk sends with Office 365.", "microsoft365"},
    {"用163邮箱发送失败", "netease"},
    {"使用腾讯企业邮箱，配置如下", "qq"},
    {"I send to Gmail from my own server", ""},
    {"163邮箱给QQ邮箱发送失败", "netease"},
    {"kim@gmail.com gmailify", ""},
    {"Yahoo works, Zoho does not", ""}, /* which? */
    {"", ""},
};

static void tells_who_is_spoken_of(void **state) {
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++) {
        const struct provider *p = provider_spoken_of(&builtin_rules, slice_of(rows[i].text));
        expect_text(rows[i].text, slice_of(p ? p->id : ""), rows[i].provider);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(tells_who_is_spoken_of)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
